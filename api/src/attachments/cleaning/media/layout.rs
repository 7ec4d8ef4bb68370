//! A file that is made of pieces of another, as they lie there.

use std::{
    fs::File,
    io::{self, BufReader, Read, Seek, SeekFrom, Write},
    path::Path,
};

use crate::attachments::images::{
    Unfit,
    copying::{short, take},
};

/// Pieces of one file. What is kept without a gap is one.
const PIECES: usize = 200_000;

/// A content that is read here and there.
pub(super) struct Source {
    content: BufReader<File>,
    at: u64,
    /// Bytes that it has.
    pub(super) length: u64,
}

impl Source {
    pub(super) fn open(content: &Path) -> io::Result<Self> {
        let content = File::open(content)?;
        let length = content.metadata()?.len();
        Ok(Self { content: BufReader::new(content), at: 0, length })
    }

    /// The bytes from there on.
    ///
    /// # Errors
    /// [`Unfit::Damaged`] when there are not so many.
    pub(super) fn bytes<const N: usize>(&mut self, at: u64) -> Result<[u8; N], Unfit> {
        if at.checked_add(N as u64).is_none_or(|end| end > self.length) {
            return Err(Unfit::Damaged);
        }
        // Without losing what was read ahead.
        self.content.seek_relative(at.cast_signed().wrapping_sub(self.at.cast_signed()))?;
        self.at = at + N as u64;
        take(&mut self.content)
    }

    pub(super) fn byte(&mut self, at: u64) -> Result<u8, Unfit> {
        self.bytes(at).map(|[byte]| byte)
    }

    /// So many bytes from there on, of which there are few.
    ///
    /// # Errors
    /// As [`Self::bytes`].
    pub(super) fn some(&mut self, at: u64, length: u64) -> Result<Vec<u8>, Unfit> {
        let fits = at.checked_add(length).is_some_and(|end| end <= self.length);
        let length = usize::try_from(length).ok().filter(|_| fits).ok_or(Unfit::Damaged)?;
        let [] = self.bytes(at)?;
        self.at = at + length as u64;
        short(&mut self.content, length)
    }

    /// A number of two bytes, the lower first.
    pub(super) fn short(&mut self, at: u64) -> Result<u64, Unfit> {
        Ok(u16::from_le_bytes(self.bytes(at)?).into())
    }

    /// A number of four bytes, the lowest first.
    pub(super) fn long(&mut self, at: u64) -> Result<u64, Unfit> {
        Ok(u32::from_le_bytes(self.bytes(at)?).into())
    }
}

enum Piece {
    New(Vec<u8>),
    Old { at: u64, length: u64 },
    Blank(u64),
}

/// What is written, in its order.
#[derive(Default)]
pub(super) struct Layout {
    pieces: Vec<Piece>,
    /// Bytes of all of them.
    pub(super) length: u64,
}

impl Layout {
    /// Bytes that were not there.
    pub(super) fn add(&mut self, bytes: impl Into<Vec<u8>>) -> Result<(), Unfit> {
        let bytes = bytes.into();
        self.length += bytes.len() as u64;
        self.push(Piece::New(bytes))
    }

    /// Bytes as they lie there.
    pub(super) fn old(&mut self, at: u64, length: u64) -> Result<(), Unfit> {
        self.length = self.length.checked_add(length).ok_or(Unfit::Damaged)?;
        match self.pieces.last_mut() {
            Some(Piece::Old { at: before, length: lasts }) if *before + *lasts == at => *lasts += length,
            _ if length == 0 => {}
            _ => return self.push(Piece::Old { at, length }),
        }
        Ok(())
    }

    /// Zeros.
    pub(super) fn blank(&mut self, length: u64) -> Result<(), Unfit> {
        self.length = self.length.checked_add(length).ok_or(Unfit::Damaged)?;
        if length == 0 { Ok(()) } else { self.push(Piece::Blank(length)) }
    }

    /// The pieces of another one behind these.
    pub(super) fn append(&mut self, other: Self) -> Result<(), Unfit> {
        self.length += other.length;
        self.pieces.extend(other.pieces);
        if self.pieces.len() > PIECES { Err(Unfit::Damaged) } else { Ok(()) }
    }

    fn push(&mut self, piece: Piece) -> Result<(), Unfit> {
        self.pieces.push(piece);
        if self.pieces.len() > PIECES { Err(Unfit::Damaged) } else { Ok(()) }
    }

    /// Writes it. Every piece has to lie in the source.
    pub(super) fn write(self, source: Source, copy: &mut dyn Write) -> Result<(), Unfit> {
        let mut content = source.content;
        for piece in self.pieces {
            match piece {
                Piece::New(bytes) => copy.write_all(&bytes)?,
                Piece::Old { at, length } => {
                    content.seek(SeekFrom::Start(at))?;
                    io::copy(&mut content.by_ref().take(length), copy)?;
                }
                Piece::Blank(length) => drop(io::copy(&mut io::repeat(0).take(length), copy)?),
            }
        }
        Ok(())
    }

    /// Passes when every piece lies in a source of that length, so that nothing breaks off when it is written.
    pub(super) fn within(self, length: u64) -> Result<Self, Unfit> {
        let lies_within = |piece: &Piece| match piece {
            Piece::Old { at, length: lasts } => at.checked_add(*lasts).is_some_and(|end| end <= length),
            // Nothing is made larger than it was by being blank.
            Piece::Blank(blank) => *blank <= length,
            Piece::New(_) => true,
        };
        if self.pieces.iter().all(lies_within) { Ok(self) } else { Err(Unfit::Damaged) }
    }
}
