//! A cluster's folder: where it is by default, who holds it, and how it goes away.

use std::env;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};

use crate::account::Account;
use crate::{Error, postmaster};

/// Where a cluster called `name` lives unless somebody says otherwise: `/var/lib/agora/<name>` for
/// root, because the user that PostgreSQL then runs as cannot enter `/root`;
/// `$XDG_DATA_HOME/agora/<name>`, or
/// `~/.local/share/agora/<name>`, for everybody else.
#[must_use]
pub fn default_directory(name: &str) -> PathBuf {
    let home = || env::var_os("HOME").map(|home| PathBuf::from(home).join(".local/share"));
    let base = if rustix::process::geteuid().is_root() {
        PathBuf::from("/var/lib")
    } else {
        env::var_os("XDG_DATA_HOME")
            .map(PathBuf::from)
            .filter(|path| path.is_absolute())
            .or_else(home)
            .unwrap_or_else(env::temp_dir)
    };
    base.join("agora").join(name)
}

/// Deletes a cluster's folder with all its data; one that does not exist is fine.
///
/// # Errors
///
/// [`Error::InUse`] while another program uses it, [`Error::Foreign`] when it is no cluster of
/// ours.
pub fn remove(path: &Path) -> Result<(), Error> {
    if !path.exists() {
        return Ok(());
    }
    Directory::open(path)?.remove()
}

/// The folder, locked for as long as this value lives. The kernel lets go of the lock when its
/// holder is killed.
#[derive(Debug)]
pub(crate) struct Directory {
    path: PathBuf,
    _lock: File,
}

impl Directory {
    /// Makes the folder if it is missing and takes its lock.
    pub(crate) fn open(path: &Path) -> Result<Self, Error> {
        fs::create_dir_all(path).map_err(Error::io("cannot make the folder", path))?;
        // Absolute and without links, so that it can be compared with what the kernel says about a
        // process.
        let path = path.canonicalize().map_err(Error::io("cannot find", path))?;
        let lock_path = path.join("lock");
        if !lock_path.exists() && !is_empty(&path)? {
            return Err(Error::Foreign { directory: path });
        }
        let lock = OpenOptions::new()
            .create(true)
            .append(true)
            .open(&lock_path)
            .map_err(Error::io("cannot write", &lock_path))?;
        match lock.try_lock() {
            Ok(()) => Ok(Self { path, _lock: lock }),
            Err(TryLockError::WouldBlock) => Err(Error::InUse { directory: path }),
            Err(TryLockError::Error(source)) => Err(Error::io("cannot lock", &lock_path)(source)),
        }
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.path.join("data")
    }

    pub(crate) fn password(&self) -> PathBuf {
        self.path.join("password")
    }

    pub(crate) fn log(&self) -> PathBuf {
        self.path.join("postgres.log")
    }

    /// The marker that setting up got to its end.
    pub(crate) fn complete(&self) -> PathBuf {
        self.path.join("complete")
    }

    /// Lets PostgreSQL's user, if it is another than ours, have the folder and come to it.
    pub(crate) fn give_to(&self, account: Option<&Account>) -> Result<(), Error> {
        account.map_or(Ok(()), |account| {
            account.must_reach(&self.path)?;
            account.take(&self.path)
        })
    }

    /// Stops what a killed run may have left running and deletes everything, the lock last.
    pub(crate) fn remove(self) -> Result<(), Error> {
        postmaster::stop_leftover(&self.data())?;
        // An interrupted removal must not pass for a whole cluster, nor for somebody else's folder.
        for file in [self.complete(), self.password(), self.log()] {
            if file.exists() {
                fs::remove_file(&file).map_err(Error::io("cannot delete", &file))?;
            }
        }
        if self.data().exists() {
            fs::remove_dir_all(self.data()).map_err(Error::io("cannot delete", &self.data()))?;
        }
        fs::remove_dir_all(&self.path).map_err(Error::io("cannot delete", &self.path))
    }
}

fn is_empty(path: &Path) -> Result<bool, Error> {
    let mut entries = fs::read_dir(path).map_err(Error::io("cannot read the folder", path))?;
    Ok(entries.next().is_none())
}
