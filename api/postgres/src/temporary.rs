//! Folders for temporary clusters, and what becomes of those whose makers were killed.

use std::env;
use std::fs;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};
use std::process;
use std::sync::atomic::{AtomicU32, Ordering};

use rustix::process::{Pid, geteuid, test_kill_process};

use crate::{Error, remove};

/// A folder that no other cluster has or had.
pub(crate) fn directory() -> Result<PathBuf, Error> {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let base = base()?;
    sweep(&base);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    Ok(base.join(format!("{}-{number}", process::id())))
}

/// The folder of this user's temporary clusters. Others may pass through it, because root's
/// clusters run as another user, but not list it; a folder of that name that somebody else put
/// there is refused.
fn base() -> Result<PathBuf, Error> {
    let user = geteuid();
    let base = env::temp_dir().join(format!("agora-{}", user.as_raw()));
    fs::create_dir_all(&base).map_err(Error::io("cannot make the folder", &base))?;
    let meta = fs::symlink_metadata(&base).map_err(Error::io("cannot read", &base))?;
    if !meta.is_dir() || meta.uid() != user.as_raw() {
        return Err(Error::Foreign { directory: base });
    }
    fs::set_permissions(&base, fs::Permissions::from_mode(0o711)).map_err(Error::io("cannot open", &base))?;
    Ok(base)
}

/// Deletes the temporary clusters of processes that are gone. What cannot be deleted now is left
/// for the next sweep.
fn sweep(base: &Path) {
    for entry in fs::read_dir(base).into_iter().flatten().flatten() {
        let maker = entry.file_name().to_str().and_then(|name| name.split('-').next()?.parse().ok());
        let is_gone = maker.and_then(Pid::from_raw).is_some_and(|pid| test_kill_process(pid).is_err());
        if is_gone {
            let _ = remove(&entry.path());
        }
    }
}
