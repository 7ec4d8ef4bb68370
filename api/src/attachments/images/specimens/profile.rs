//! What is said of the colours of an image.

/// What is said of the colours of [`photograph`](super::photograph), and has to stay.
pub const PROFILE: &str = "how these colours are meant";

/// A colour profile that says [`PROFILE`] of its colours, and in words who made it.
#[must_use]
pub fn profile() -> Vec<u8> {
    let (colours, words) = ([b"mft2\0\0\0\0", PROFILE.as_bytes()].concat(), b"desc\0\0\0\0Astrid H\xc3\xb8jgaard");
    let number = |number: usize| u32::try_from(number).unwrap_or_default().to_be_bytes();
    let (first, second) = (132 + 24, 132 + 24 + colours.len());
    [
        &number(second + words.len()),
        &[0; 32][..],
        b"acsp",
        &[0; 44],
        b"edited with\0\0\0\0\0",
        &[0; 28],
        &number(2),
        b"A2B0",
        &number(first),
        &number(colours.len()),
        b"desc",
        &number(second),
        &number(words.len()),
        &colours,
        words,
    ]
    .concat()
}
