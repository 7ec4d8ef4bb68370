//! Colour profiles (ICC): what the numbers of an image mean, without what a profile says in words.

/// Bytes that a colour profile may have. The large ones, of printing presses, have two mebibytes.
pub(super) const PROFILE: usize = 4 * 1024 * 1024;

/// Bytes before the list of what a profile says.
const HEADER: usize = 128;

/// Things that a profile says. Programs write some twenty.
const THINGS: u32 = 100;

/// What is said in numbers: curves, matrices, tables, points, and how they were measured.
const NUMBERS: [&[u8; 4]; 13] = [
    b"XYZ ", b"curv", b"para", b"sf32", b"mft1", b"mft2", b"mAB ", b"mBA ", b"mpet", b"chrm", b"view", b"meas", b"cicp",
];

/// What is said in words, of which the kind stays and not the words: programs expect them to be there.
const WORDS: [&[u8; 4]; 3] = [b"text", b"desc", b"mluc"];

/// A profile as it is passed on: as long as it says to be, with its words blank; nothing when it is no profile.
pub(in crate::attachments) fn colours(profile: &[u8]) -> Option<Vec<u8>> {
    let number = |at: usize| profile.get(at..)?.first_chunk().map(|bytes| u32::from_be_bytes(*bytes));
    let size = number(0)? as usize;
    let count = number(HEADER)?;
    if profile.get(36..40)? != b"acsp" || size > profile.len() || count > THINGS {
        return None;
    }
    let mut kept = vec![0; size];
    let mut keep = |from: usize, length: usize| {
        let range = from..from.checked_add(length)?;
        kept.get_mut(range.clone())?.copy_from_slice(profile.get(range)?);
        Some(())
    };
    // Up to its fingerprint, which is another one now.
    keep(0, 84)?;
    keep(HEADER, 4 + 12 * count as usize)?;
    for thing in 0..count as usize {
        let entry = HEADER + 4 + 12 * thing;
        let (from, length) = (number(entry + 4)? as usize, number(entry + 8)? as usize);
        let kind = profile.get(from..)?.first_chunk::<4>()?;
        if from.checked_add(length)? > size {
            return None;
        }
        if NUMBERS.contains(&kind) {
            keep(from, length)?;
        } else if WORDS.contains(&kind) {
            keep(from, 4.min(length))?;
        }
    }
    Some(kept)
}
