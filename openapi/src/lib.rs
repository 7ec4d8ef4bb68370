//! The contract: everything that goes over the wire between Agora's server and whoever calls it.
//!
//! The server answers with these types, the page and the tests speak them through [`client::Client`], and
//! `openapi.json` beside this crate is made from them. What a form must refuse, the server refuses by the same
//! function: each request type has a `validate`. Compiles to WebAssembly; what only the server needs (database and
//! schema derives) is behind the feature `server`.

pub mod attachments;
pub mod audit;
pub mod client;
pub mod danish;
pub mod drafts;
pub mod employees;
mod enums;
#[cfg(feature = "server")]
pub mod examples;
pub mod hearings;
pub mod ids;
pub mod integrations;
pub mod jobs;
pub mod limits;
pub mod operations;
pub mod page;
pub mod patch;
pub mod problem;
pub mod responses;
pub mod session;
pub mod text;
pub mod texts;
pub mod time;
pub mod validation;

/// The path every operation of this contract lies under.
pub const BASE_PATH: &str = "/api/v1";

/// The request header that carries [`session::Session::csrf_token`] on everything that is not a `GET`.
pub const CSRF_HEADER: &str = "X-CSRF-Token";
