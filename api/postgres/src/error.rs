//! What can go wrong with a private cluster, in words for the person at the terminal.

use std::io;
use std::path::{Path, PathBuf};

/// Why a cluster could not be made, started, stopped or removed. The texts say what to do next
/// where that is known.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No PostgreSQL server was found on this machine.
    #[error(
        "PostgreSQL is not installed. Debian, Ubuntu: `apt-get install postgresql`. Fedora: `dnf install \
         postgresql-server`. macOS: `brew install postgresql@17`. (Looked for `initdb` and `postgres` in PATH, \
         /usr/lib/postgresql/*/bin, /usr/pgsql-*/bin and Homebrew's folders.)"
    )]
    NotInstalled,
    /// A program for clients is not there.
    #[error(
        "{name} is not installed. Debian, Ubuntu: `apt-get install postgresql-client`. Fedora: `dnf install postgresql`. \
         macOS: `brew install postgresql@17`."
    )]
    NoProgram {
        /// Which.
        name: &'static str,
    },
    /// The folder was written by a major version that is no longer here.
    #[error(
        "the database in {} was written by PostgreSQL {major}, which is not installed. Install that version, or \
         start over in an empty folder.", .directory.display()
    )]
    OtherVersion {
        /// The cluster's folder.
        directory: PathBuf,
        /// The major version that wrote it.
        major: u32,
    },
    /// Another living process uses the folder.
    #[error("{} is in use by another running program (`agora demo`?). Stop that one first.", .directory.display())]
    InUse {
        /// The cluster's folder.
        directory: PathBuf,
    },
    /// The folder holds something that this crate did not make, so it is neither used nor deleted.
    #[error("{} is not empty and is not a database of Agora's. Choose another folder.", .directory.display())]
    Foreign {
        /// The folder.
        directory: PathBuf,
    },
    /// PostgreSQL refuses to run as root, and there is no user to run it as.
    #[error("PostgreSQL refuses to run as root, and this machine has neither a user `postgres` nor `nobody`.")]
    NoAccount,
    /// The user that PostgreSQL runs as may not enter the folder.
    #[error(
        "PostgreSQL refuses to run as root, so it runs as `{account}`, who may not enter {}. Choose a folder \
         elsewhere, such as /var/lib/agora, or let others enter it (`chmod o+x`).", .folder.display()
    )]
    Closed {
        /// The user that PostgreSQL would run as.
        account: String,
        /// The first folder on the way that it may not enter.
        folder: PathBuf,
    },
    /// The disk is full.
    #[error("the disk that holds {} is full. Free some space and start again.", .directory.display())]
    DiskFull {
        /// The cluster's folder.
        directory: PathBuf,
    },
    /// `initdb` failed.
    #[error("a new database could not be made in {}. initdb said:\n{said}", .directory.display())]
    Initdb {
        /// The cluster's folder.
        directory: PathBuf,
        /// The last lines of its output.
        said: String,
    },
    /// The server ended, or did not accept connections in time.
    #[error("PostgreSQL did not start: {why}. The end of {}:\n{said}", .log.display())]
    Start {
        /// What was seen from outside.
        why: String,
        /// The server's log.
        log: PathBuf,
        /// The log's last lines.
        said: String,
    },
    /// The server did not end, although it was told to in every way there is.
    #[error("PostgreSQL (process {pid}) did not stop")]
    Stop {
        /// The server's process id.
        pid: u32,
    },
    /// A file or process operation failed.
    #[error("{doing} {}", .path.display())]
    Io {
        /// What was tried, as the beginning of a sentence that ends with the path.
        doing: &'static str,
        /// On which file.
        path: PathBuf,
        /// Why it failed.
        source: io::Error,
    },
}

impl Error {
    /// For `map_err`: tells a full disk from every other failure, since only the first has an
    /// obvious remedy.
    pub(crate) fn io(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |source| match source.kind() {
            io::ErrorKind::StorageFull => Self::DiskFull { directory: path.to_path_buf() },
            _ => Self::Io { doing, path: path.to_path_buf(), source },
        }
    }
}

/// Whether PostgreSQL's own words say that the disk is full. The hint stands alone when a write got half-way.
pub(crate) fn tells_of_full_disk(said: &str) -> bool {
    said.contains("No space left on device") || said.contains("Check free disk space")
}

/// The last lines of what a program said: enough to see why it failed, not so much that it hides
/// our own sentence.
pub(crate) fn last_lines(said: &str) -> String {
    const KEPT: usize = 12;
    let lines: Vec<&str> = said.lines().filter(|line| !line.trim().is_empty()).collect();
    let skipped = lines.len().saturating_sub(KEPT);
    lines.into_iter().skip(skipped).map(|line| format!("  {line}\n")).collect()
}
