//! The user that PostgreSQL runs as: whoever started us, except for root, whom it refuses.

use std::fs;
use std::os::unix::fs::{MetadataExt, chown};
use std::path::{Path, PathBuf};

use crate::Error;

/// Root borrows the first of these that exists.
const BORROWED: [&str; 2] = ["postgres", "nobody"];

/// A user other than ourselves, to whom PostgreSQL's processes and files are given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Account {
    pub(crate) name: String,
    pub(crate) uid: u32,
    pub(crate) gid: u32,
}

impl Account {
    /// `None` when we are an ordinary user and PostgreSQL can simply run as ourselves.
    pub(crate) fn needed() -> Result<Option<Self>, Error> {
        if !rustix::process::geteuid().is_root() {
            return Ok(None);
        }
        let path = Path::new("/etc/passwd");
        let passwd = fs::read_to_string(path).map_err(Error::io("cannot read", path))?;
        Self::choose(&passwd).map(Some).ok_or(Error::NoAccount)
    }

    fn choose(passwd: &str) -> Option<Self> {
        let accounts: Vec<Self> = passwd.lines().filter_map(Self::parse).collect();
        BORROWED.iter().find_map(|name| accounts.iter().find(|account| account.name == *name)).cloned()
    }

    /// One line of /etc/passwd: `name:password:uid:gid:...`.
    fn parse(line: &str) -> Option<Self> {
        let mut fields = line.split(':');
        Some(Self {
            name: fields.next()?.to_owned(),
            uid: fields.nth(1)?.parse().ok()?,
            gid: fields.next()?.parse().ok()?,
        })
    }

    /// Gives this account a file or a folder (not what is in it).
    pub(crate) fn take(&self, path: &Path) -> Result<(), Error> {
        chown(path, Some(self.uid), Some(self.gid)).map_err(Error::io("cannot change the owner of", path))
    }

    /// Refuses a folder that this account cannot reach, such as one under a home folder with mode
    /// 0700. Otherwise initdb would fail later with a message that names neither the folder nor the
    /// remedy.
    pub(crate) fn must_reach(&self, directory: &Path) -> Result<(), Error> {
        let path = directory.canonicalize().map_err(Error::io("cannot find", directory))?;
        match path.ancestors().skip(1).find(|folder| !self.may_enter(folder)) {
            None => Ok(()),
            Some(folder) => Err(Error::Closed { account: self.name.clone(), folder: PathBuf::from(folder) }),
        }
    }

    fn may_enter(&self, folder: &Path) -> bool {
        fs::metadata(folder).is_ok_and(|meta| {
            let needed = if meta.uid() == self.uid {
                0o100
            } else if meta.gid() == self.gid {
                0o010
            } else {
                0o001
            };
            meta.mode() & needed != 0
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn postgres_is_preferred_to_nobody() {
        let passwd = "root:x:0:0:root:/root:/bin/bash\nnobody:x:65534:65534::/:/bin/false\n\
                      postgres:x:101:104:PostgreSQL:/var/lib/postgresql:/bin/bash\n";
        let account = Account::choose(passwd).unwrap();
        assert_eq!((account.name.as_str(), account.uid, account.gid), ("postgres", 101, 104));
        assert_eq!(Account::choose("root:x:0:0:root:/root:/bin/bash\n"), None);
    }

    #[test]
    fn a_closed_folder_is_told_from_an_open_one() {
        use std::os::unix::fs::PermissionsExt;
        let folder = std::env::temp_dir().join(format!("agora-closed-{}", std::process::id()));
        let inner = folder.join("inner");
        fs::create_dir_all(&inner).unwrap();
        // Somebody who is neither the folder's owner nor in its group.
        let stranger = Account { name: "stranger".to_owned(), uid: u32::MAX - 7, gid: u32::MAX - 7 };
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o700)).unwrap();
        let refused = stranger.must_reach(&inner);
        assert!(matches!(&refused, Err(Error::Closed { folder: named, .. }) if *named == folder), "{refused:?}");
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o711)).unwrap();
        stranger.must_reach(&inner).unwrap();
        fs::remove_dir_all(&folder).unwrap();
    }
}
