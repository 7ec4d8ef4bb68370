//! Contents on their way in: written to a folder piece by piece, so that none is ever whole in memory.

use std::{
    fs,
    io::{self, Read, Write},
    path::Path,
    time::{Duration, SystemTime},
};

use sha2::{Digest, Sha256};
use tempfile::{TempDir, TempPath};
use tokio::{fs::File, io::AsyncWriteExt, task};

/// What the names in the folder begin with: others may keep things there too.
const PREFIX: &str = "agora-incoming-";

/// Bytes that are read at a time.
const PIECE: usize = 64 * 1024;

/// How long something lies there at the most. Far longer than an upload may take.
const FORGOTTEN_AFTER: Duration = Duration::from_secs(24 * 3600);

/// A content that is being written. What is dropped before its end leaves nothing behind.
#[derive(Debug)]
pub struct Spool {
    file: File,
    path: TempPath,
    size: u64,
    hash: Sha256,
}

impl Spool {
    /// Begins a content in a folder.
    ///
    /// # Errors
    /// When nothing can be written there.
    pub async fn begin(folder: &Path) -> io::Result<Self> {
        let folder = folder.to_owned();
        let made = task::spawn_blocking(move || tempfile::Builder::new().prefix(PREFIX).tempfile_in(folder));
        let (file, path) = made.await.map_err(io::Error::other)??.into_parts();
        Ok(Self { file: File::from_std(file), path, size: 0, hash: Sha256::new() })
    }

    /// Bytes so far.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Writes the next piece.
    ///
    /// # Errors
    /// When the disk is full or fails.
    pub async fn write(&mut self, piece: &[u8]) -> io::Result<()> {
        self.hash.update(piece);
        self.size += piece.len() as u64;
        self.file.write_all(piece).await
    }

    /// The content, whole.
    ///
    /// # Errors
    /// When the last pieces could not be written.
    pub async fn finish(mut self) -> io::Result<Incoming> {
        self.file.flush().await?;
        Ok(Incoming { path: self.path, size: self.size, sha256: self.hash.finalize().into() })
    }
}

/// An empty file in a folder for contents on their way, to be written to by somebody else. Gone when dropped.
///
/// # Errors
/// When nothing can be written there.
pub(crate) fn place(folder: &Path) -> io::Result<TempPath> {
    Ok(tempfile::Builder::new().prefix(PREFIX).tempfile_in(folder)?.into_temp_path())
}

/// A folder beside contents on their way, for whoever looks at one. Gone with all that is in it when dropped.
///
/// # Errors
/// When nothing can be written there.
pub(crate) fn room(folder: &Path) -> io::Result<TempDir> {
    tempfile::Builder::new().prefix(PREFIX).tempdir_in(folder)
}

/// A content that has arrived whole. Gone when dropped, unless a store has taken it.
#[derive(Debug)]
pub struct Incoming {
    path: TempPath,
    size: u64,
    sha256: [u8; 32],
}

impl Incoming {
    /// What somebody else has written. Reads it, so it belongs on a thread that may wait.
    ///
    /// # Errors
    /// When the disk fails.
    pub(crate) fn measured(path: TempPath) -> io::Result<Self> {
        let (mut file, mut hash) = (fs::File::open(&path)?, Sha256::new());
        let mut piece = vec![0; PIECE];
        let mut size = 0;
        loop {
            let length = file.read(&mut piece)?;
            let Some(read) = piece.get(..length).filter(|read| !read.is_empty()) else { break };
            hash.update(read);
            size += read.len() as u64;
        }
        Ok(Self { path, size, sha256: hash.finalize().into() })
    }

    /// Where it lies.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Its size in bytes.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Its SHA-256.
    #[must_use]
    pub fn sha256(&self) -> [u8; 32] {
        self.sha256
    }

    /// Moves it to another place on the same disk.
    pub(crate) fn persist(self, place: &Path) -> io::Result<()> {
        self.path.persist(place).map_err(|error| error.error)
    }
}

/// Writes a byte into a folder and takes it away: a folder in which files can be made may have no room for what is in
/// them.
pub(super) fn write_a_byte(folder: &Path) -> io::Result<()> {
    let mut file = tempfile::tempfile_in(folder)?;
    file.write_all(b"x")?;
    file.sync_data()
}

/// Removes what a server that died left in a folder; tells how many.
///
/// # Errors
/// When the folder cannot be read.
pub async fn sweep(folder: &Path, now: SystemTime) -> io::Result<usize> {
    let folder = folder.to_owned();
    task::spawn_blocking(move || remove_forgotten(&folder, now)).await.map_err(io::Error::other)?
}

fn remove_forgotten(folder: &Path, now: SystemTime) -> io::Result<usize> {
    let mut removed = 0;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let is_ours = entry.file_name().to_string_lossy().starts_with(PREFIX);
        if is_ours && is_forgotten(&entry.path(), now) && remove_whole(&entry.path()).is_ok() {
            removed += 1;
        }
    }
    Ok(removed)
}

fn remove_whole(path: &Path) -> io::Result<()> {
    if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) }
}

fn is_forgotten(path: &Path, now: SystemTime) -> bool {
    let modified = fs::metadata(path).and_then(|metadata| metadata.modified());
    modified.is_ok_and(|modified| now.duration_since(modified).is_ok_and(|age| age > FORGOTTEN_AFTER))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    }

    #[tokio::test]
    async fn a_content_is_counted_and_hashed_as_it_comes() {
        let folder = tempfile::tempdir().unwrap();
        let mut spool = Spool::begin(folder.path()).await.unwrap();
        spool.write(b"Rugbr").await.unwrap();
        spool.write("ød".as_bytes()).await.unwrap();
        let incoming = spool.finish().await.unwrap();
        assert_eq!(incoming.size(), 8);
        assert_eq!(incoming.sha256()[..], Sha256::digest("Rugbrød")[..]);
        assert_eq!(fs::read_to_string(incoming.path()).unwrap(), "Rugbrød");
        drop(incoming);
        assert!(names(folder.path()).is_empty());
    }

    #[tokio::test]
    async fn what_breaks_off_leaves_nothing_behind() {
        let folder = tempfile::tempdir().unwrap();
        let mut spool = Spool::begin(folder.path()).await.unwrap();
        spool.write(b"half a f").await.unwrap();
        drop(spool);
        assert!(names(folder.path()).is_empty());
    }

    #[tokio::test]
    async fn what_a_dead_server_left_goes_and_nothing_else_does() {
        let folder = tempfile::tempdir().unwrap();
        let spool = Spool::begin(folder.path()).await.unwrap();
        fs::write(folder.path().join("somebody elses"), "x").unwrap();
        let now = fs::metadata(&spool.path).unwrap().modified().unwrap();
        assert_eq!(sweep(folder.path(), now + Duration::from_secs(3600)).await.unwrap(), 0);
        assert_eq!(sweep(folder.path(), now + 2 * FORGOTTEN_AFTER).await.unwrap(), 1);
        assert_eq!(names(folder.path()), ["somebody elses"]);
    }
}
