//! A private PostgreSQL cluster from the installed binaries.
//!
//! `agora demo` and the tests need a database that nobody has to set up first and that leaves
//! nothing behind. This crate makes one in a folder, starts it on a free port of the loopback
//! interface, and stops it again. It is blocking and small on purpose: no async runtime, no SQL
//! client. Real answers belong in a database that somebody looks after, so `agora serve` never uses
//! it.
//!
//! What a folder holds:
//!
//! | Entry | What |
//! |---|---|
//! | `data/` | PostgreSQL's own files |
//! | `password` | the owner's password, readable by its user alone |
//! | `complete` | written last: without it, an interrupted set-up is made anew |
//! | `lock` | locked while somebody uses the cluster |
//! | `postgres.log` | what the server said since its last start |
//!
//! ```no_run
//! use postgres::{Cluster, Durability};
//!
//! let cluster = Cluster::start(&postgres::default_directory("demo"), Durability::Durable)?;
//! println!("psql {}", cluster.url("postgres"));
//! cluster.stop()?;
//! # Ok::<(), postgres::Error>(())
//! ```

mod account;
mod cluster;
mod directory;
mod error;
mod installation;
mod postmaster;
mod setup;
mod temporary;
#[cfg(test)]
mod tests;

pub use cluster::{Cluster, Durability, OWNER};
pub use directory::{default_directory, remove};
pub use error::Error;
pub use installation::{client_program, is_installed};
