//! The file of heads: what the chain's newest seal was, again and again, outside of the database.
//!
//! One [`AuditHead`] a line, as JSON; lines are only ever added, and each is on the disk before the next seal is made. The
//! file shows that the chain's end was cut off or written anew, but only where it, or a copy of it, is kept where
//! those who can change the database cannot change it.

use std::{
    fs::File,
    io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Split, Take, Write},
    path::{Path, PathBuf},
};

use openapi::audit::AuditHead;
use tokio::task;

/// More than the longest line has.
const TAIL: u64 = 4_096;

/// The file that a service shows its heads in.
#[derive(Debug, Clone)]
pub(super) struct HeadsFile(PathBuf);

impl HeadsFile {
    pub(super) fn new(path: &Path) -> Self {
        Self(path.to_owned())
    }

    pub(super) fn path(&self) -> &Path {
        &self.0
    }

    /// Adds a head and waits until it is on the disk.
    pub(super) async fn append(&self, head: &AuditHead) -> io::Result<()> {
        let (path, line) = (self.0.clone(), serde_json::to_string(head)?);
        task::spawn_blocking(move || append(&path, &line)).await?
    }

    /// The head that was added last; none in a file that is not there yet.
    pub(super) async fn newest(&self) -> io::Result<Option<AuditHead>> {
        let path = self.0.clone();
        task::spawn_blocking(move || newest(&path)).await?
    }
}

fn append(path: &Path, line: &str) -> io::Result<()> {
    let mut file = File::options().read(true).append(true).create(true).open(path)?;
    // A server that died in the middle of a line must not spoil the next one.
    let whole = tail(&mut file, 1)?.last().is_none_or(|byte| *byte == b'\n');
    let separator = if whole { "" } else { "\n" };
    file.write_all(format!("{separator}{line}\n").as_bytes())?;
    file.sync_all()
}

fn newest(path: &Path) -> io::Result<Option<AuditHead>> {
    match File::open(path) {
        Ok(mut file) => Ok(tail(&mut file, TAIL)?.rsplit(|byte| *byte == b'\n').find_map(head)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// The last bytes of a file, at most so many.
fn tail(file: &mut File, bytes: u64) -> io::Result<Vec<u8>> {
    let length = file.metadata()?.len();
    file.seek(SeekFrom::Start(length.saturating_sub(bytes)))?;
    let mut tail = Vec::new();
    file.read_to_end(&mut tail)?;
    Ok(tail)
}

fn head(line: &[u8]) -> Option<AuditHead> {
    serde_json::from_slice(line).ok()
}

/// The heads in a file, by line, from 1: as many as there were when it was opened. `None` is a line that cannot be read.
pub(super) struct RecordedHeads {
    pub(super) path: PathBuf,
    lines: std::iter::Enumerate<Split<BufReader<Take<File>>>>,
}

impl RecordedHeads {
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        let file = File::open(path)?;
        let length = file.metadata()?.len();
        let lines = BufReader::new(file.take(length)).split(b'\n').enumerate();
        Ok(Self { path: path.to_owned(), lines })
    }
}

impl Iterator for RecordedHeads {
    type Item = io::Result<(usize, Option<AuditHead>)>;

    fn next(&mut self) -> Option<Self::Item> {
        let (index, line) = self.lines.next()?;
        Some(line.map(|line| (index + 1, head(&line))))
    }
}

#[cfg(test)]
mod tests {
    use std::{env, fs};

    use super::*;

    fn written(position: i64) -> AuditHead {
        let sealed_at = "2026-11-23T09:32:05.123456Z".parse().unwrap();
        AuditHead { position, mac: "ab".repeat(32), sealed_at }
    }

    #[tokio::test]
    async fn a_line_that_was_torn_off_spoils_no_other() {
        let path = env::temp_dir().join(format!("agora-heads-{}", uuid::Uuid::now_v7()));
        let file = HeadsFile::new(&path);
        assert_eq!(file.newest().await.unwrap(), None, "no file, no head");
        file.append(&written(1)).await.unwrap();
        let whole = fs::read(&path).unwrap();
        File::options().append(true).open(&path).unwrap().write_all(&whole[..20]).unwrap();
        assert_eq!(file.newest().await.unwrap(), Some(written(1)));
        file.append(&written(2)).await.unwrap();
        assert_eq!(file.newest().await.unwrap(), Some(written(2)));
        let read: Vec<_> = RecordedHeads::open(&path).unwrap().map(Result::unwrap).collect();
        assert_eq!(read, [(1, Some(written(1))), (2, None), (3, Some(written(2)))]);
        fs::remove_file(path).unwrap();
    }
}
