//! Many files as one ZIP archive, made while it is sent, as fast as it is read: a reader who is slow holds no thread, and
//! however large it gets, a piece of it is in memory. What could not be put into it is told by a text in it.

use std::{io, io::Write, sync::Arc, vec};

use bytes::Bytes;
use futures::{Stream, StreamExt, TryStreamExt, stream};
use parking_lot::Mutex;
use zip::{
    CompressionMethod, ZipWriter,
    write::{SimpleFileOptions, StreamWriter},
};

use super::{Error, Served, content};
use crate::{
    per_person::Place,
    ports::files::{self, Content},
    service::Service,
};

/// What the text is called that tells what is missing. No file is: their names begin with a number.
const MISSING: &str = "Manglende filer.txt";

/// A file for an archive.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The name there, as no other entry has it.
    pub name: String,
    /// The number of the answer that it belongs to.
    pub number: i32,
    /// What its reader gets of the file.
    pub file: Served,
}

/// What is put into an archive, and what is left out.
#[derive(Debug, Default)]
pub struct Contents {
    /// Files that are put into it.
    pub entries: Vec<Entry>,
    /// Files that the virus scanner has not passed.
    pub not_passed: Vec<Entry>,
}

/// An archive of these files, piece by piece. Whoever stops reading it stops its making, and gives the place back.
///
/// # Errors
/// When the file store is away: as long as nothing was sent, that can be said in words.
pub async fn archive(
    contents: Contents,
    service: Service,
    place: Place,
) -> Result<impl Stream<Item = io::Result<Bytes>>, Error> {
    let missing =
        contents.not_passed.iter().map(|entry| line(entry, "den er ikke godkendt af virusscanneren")).collect();
    let pieces = Pieces::default();
    let zip = Some(ZipWriter::new_stream(pieces.clone()));
    let entries = contents.entries.into_iter();
    let mut making = Making { service, zip, pieces, entries, under_way: None, missing, _place: place };
    let first = making.next_piece().await?;
    let others = stream::try_unfold(making, |mut making| async move {
        let piece = making.next_piece().await.inspect_err(|error| {
            tracing::error!(%error, "an archive could not be made");
        });
        // An archive that breaks off must look broken off.
        Ok(piece?.map(|piece| (piece, making)))
    });
    Ok(stream::iter(first.map(Ok)).chain(others))
}

/// An archive that is being made.
struct Making {
    service: Service,
    /// What writes it, until it is whole.
    zip: Option<ZipWriter<StreamWriter<Pieces>>>,
    pieces: Pieces,
    entries: vec::IntoIter<Entry>,
    under_way: Option<UnderWay>,
    /// A line for each file that is not in it, or not whole.
    missing: Vec<String>,
    _place: Place,
}

/// A file of which a part is in the archive.
struct UnderWay {
    entry: Entry,
    content: Content,
    /// Bytes that are still to come.
    left: u64,
}

impl Making {
    /// The next piece; nothing after the last.
    async fn next_piece(&mut self) -> io::Result<Option<Bytes>> {
        loop {
            let piece = self.pieces.take();
            if !piece.is_empty() {
                return Ok(Some(piece));
            }
            let Some(mut zip) = self.zip.take() else { return Ok(None) };
            if self.go_on(&mut zip).await? {
                self.zip = Some(zip);
            } else {
                self.tell_what_is_missing(&mut zip)?;
                zip.finish()?;
            }
        }
    }

    /// Writes a piece of a file, or begins the next; false when there is none.
    async fn go_on(&mut self, zip: &mut ZipWriter<StreamWriter<Pieces>>) -> io::Result<bool> {
        if let Some(under_way) = &mut self.under_way {
            // One file that cannot be read to its end does not end the archive.
            let piece = under_way.content.try_next().await.unwrap_or_else(|error| {
                tracing::error!(file = %under_way.entry.file.id, %error, "a file could not be read to its end");
                None
            });
            match piece {
                Some(piece) => {
                    under_way.left = under_way.left.saturating_sub(piece.len() as u64);
                    zip.write_all(&piece)?;
                }
                None => self.end_file(),
            }
            return Ok(true);
        }
        let Some(entry) = self.entries.next() else { return Ok(false) };
        let left = entry.file.bytes();
        match content(&self.service, &entry.file, 0..left).await {
            Ok(content) => {
                zip.start_file(entry.name.as_str(), options().large_file(left >= u32::MAX.into()))?;
                self.under_way = Some(UnderWay { entry, content, left });
            }
            Err(Error::Lost) => self.missing.push(line(&entry, "den er gået tabt i portalens fillager")),
            Err(Error::Gone) => self.missing.push(line(&entry, "den er fjernet, mens arkivet blev hentet")),
            Err(Error::Store(error)) if files::is_there(self.service.files()).await => {
                tracing::error!(file = %entry.file.id, error = files::whole(&error), "a file could not be read");
                self.missing.push(line(&entry, "den kunne ikke læses"));
            }
            Err(error) => return Err(io::Error::other(error)),
        }
        Ok(true)
    }

    fn end_file(&mut self) {
        if let Some(UnderWay { entry, left: 1.., .. }) = self.under_way.take() {
            self.missing.push(line(&entry, "kun begyndelsen af den kunne læses"));
        }
    }

    fn tell_what_is_missing(&self, zip: &mut ZipWriter<StreamWriter<Pieces>>) -> io::Result<()> {
        if self.missing.is_empty() {
            return Ok(());
        }
        zip.start_file(MISSING, options())?;
        // With the mark and the line breaks by which also old programs show it as it is.
        let lines = self.missing.join("\r\n");
        write!(
            zip,
            "\u{feff}Disse filer mangler i arkivet eller er ikke hele:\r\n\r\n{lines}\r\n\r\nResten er her.\r\n"
        )
    }
}

fn line(entry: &Entry, why: &str) -> String {
    format!("Høringssvar nr. {}: »{}« – {why}.", entry.number, entry.file.name())
}

/// What is in it is compressed already, most of it.
fn options() -> SimpleFileOptions {
    SimpleFileOptions::default().compression_method(CompressionMethod::Stored)
}

/// Where the archive is written to, and taken from before more is written.
#[derive(Clone, Default)]
struct Pieces(Arc<Mutex<Vec<u8>>>);

impl Pieces {
    fn take(&self) -> Bytes {
        std::mem::take(&mut *self.0.lock()).into()
    }
}

impl Write for Pieces {
    fn write(&mut self, piece: &[u8]) -> io::Result<usize> {
        self.0.lock().extend_from_slice(piece);
        Ok(piece.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
