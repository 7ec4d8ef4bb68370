//! Reading and copying in pieces. An end before the end is a damaged image, and not a disk that fails.

use std::io::{self, BufRead, Read, Write};

use super::Unfit;

/// The next bytes.
pub(in crate::attachments) fn take<const N: usize>(content: &mut impl Read) -> Result<[u8; N], Unfit> {
    let mut bytes = [0; N];
    content.read_exact(&mut bytes).map_err(broken_off)?;
    Ok(bytes)
}

/// The next byte.
pub(in crate::attachments) fn byte(content: &mut impl Read) -> Result<u8, Unfit> {
    let [byte] = take(content)?;
    Ok(byte)
}

/// So many bytes, of which there are few.
pub(in crate::attachments) fn short(content: &mut impl Read, length: usize) -> Result<Vec<u8>, Unfit> {
    let mut bytes = vec![0; length];
    content.read_exact(&mut bytes).map_err(broken_off)?;
    Ok(bytes)
}

/// Hands over so many bytes, however many, piece by piece.
pub(in crate::attachments) fn pieces(
    content: &mut impl BufRead,
    length: u64,
    mut piece_by_piece: impl FnMut(&[u8]) -> io::Result<()>,
) -> Result<(), Unfit> {
    let mut left = length;
    while left > 0 {
        let there = content.fill_buf()?;
        let size = there.len().min(usize::try_from(left).unwrap_or(usize::MAX));
        let piece = there.get(..size).filter(|piece| !piece.is_empty()).ok_or(Unfit::Damaged)?;
        piece_by_piece(piece)?;
        content.consume(size);
        left -= size as u64;
    }
    Ok(())
}

/// Copies up to a byte with this value, which is consumed and not copied.
pub(in crate::attachments) fn copy_up_to(
    value: u8,
    content: &mut impl BufRead,
    copy: &mut impl Write,
) -> Result<(), Unfit> {
    loop {
        let there = content.fill_buf()?;
        if there.is_empty() {
            return Err(Unfit::Damaged);
        }
        let found = there.iter().position(|byte| *byte == value);
        let size = found.unwrap_or(there.len());
        copy.write_all(there.get(..size).unwrap_or_default())?;
        content.consume(size + usize::from(found.is_some()));
        if found.is_some() {
            return Ok(());
        }
    }
}

fn broken_off(error: io::Error) -> Unfit {
    if error.kind() == io::ErrorKind::UnexpectedEof { Unfit::Damaged } else { Unfit::Unreadable(error) }
}
