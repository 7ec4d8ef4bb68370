//! Many files as one ZIP archive, made while it is sent: however large it gets, a few pieces of it are in memory.

use std::{
    io::{self, Write},
    pin::Pin,
    task::{Context, Poll},
};

use bytes::Bytes;
use futures::{Stream, StreamExt};
use tokio::{runtime::Handle, sync::mpsc, task};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

use super::{Served, content};
use crate::service::Service;

/// Pieces that wait for whoever reads the archive.
const PIECES: usize = 8;

/// A file with its name in an archive.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The name there, as no other entry has it.
    pub name: String,
    /// The file, as who fetches the archive gets it.
    pub file: Served,
}

/// An archive on its way out. Whoever stops reading it stops its making.
#[derive(Debug)]
pub struct Archive(mpsc::Receiver<io::Result<Bytes>>);

impl Archive {
    /// Begins an archive of these files.
    #[must_use]
    pub fn of(entries: Vec<Entry>, service: Service) -> Self {
        let (sender, receiver) = mpsc::channel(PIECES);
        let runtime = Handle::current();
        // The writer waits for its reader, so it gets a thread that may.
        task::spawn_blocking(move || {
            if let Err(error) = write(entries, &service, &runtime, &sender) {
                tracing::error!(%error, "an archive could not be made");
                // An archive that breaks off must look broken off.
                let _ = sender.blocking_send(Err(io::Error::other("the archive could not be made")));
            }
        });
        Self(receiver)
    }
}

impl Stream for Archive {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.poll_recv(context)
    }
}

fn write(
    entries: Vec<Entry>,
    service: &Service,
    runtime: &Handle,
    sender: &mpsc::Sender<io::Result<Bytes>>,
) -> io::Result<()> {
    let mut zip = ZipWriter::new_stream(Pieces(sender));
    // What is in it is compressed already, most of it.
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for Entry { name, file } in entries {
        zip.start_file(name, options.large_file(file.bytes() >= u32::MAX.into()))?;
        let whole = 0..file.bytes();
        let mut pieces = runtime.block_on(content(service, &file, whole)).map_err(io::Error::other)?;
        while let Some(piece) = runtime.block_on(pieces.next()) {
            if sender.is_closed() {
                return Ok(());
            }
            zip.write_all(&piece?)?;
        }
    }
    zip.finish()?;
    Ok(())
}

/// Where the archive is written to. A reader who has gone is no error: nobody needs to hear of it.
struct Pieces<'a>(&'a mpsc::Sender<io::Result<Bytes>>);

impl Write for Pieces<'_> {
    fn write(&mut self, piece: &[u8]) -> io::Result<usize> {
        let _ = self.0.blocking_send(Ok(Bytes::copy_from_slice(piece)));
        Ok(piece.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
