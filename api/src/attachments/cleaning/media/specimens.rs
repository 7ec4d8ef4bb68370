//! Images of the kinds that lie in office documents, for tests: each as it is, and with a name in every place where programs
//! write one.

/// An image, and what of it others may see.
#[derive(Debug, Clone)]
pub struct Specimen {
    /// What it is called in a document.
    pub file: &'static str,
    /// As its author's program wrote it.
    pub original: Vec<u8>,
    /// As it is shown.
    pub shown: Vec<u8>,
}

/// One of each kind, with this name in it.
#[must_use]
pub fn all(name: &str) -> Vec<Specimen> {
    let specimen = |file, of: fn(&str) -> Vec<u8>, shown: fn(&str) -> Vec<u8>| Specimen {
        file,
        original: of(name),
        shown: shown(&"\0".repeat(name.len())),
    };
    vec![
        specimen("image1.gif", gif, |_| gif_of(&[], &[])),
        specimen("image2.webp", webp, |_| webp_of(0x10, &[])),
        specimen("image3.bmp", bitmap, |_| bitmap_of("", "", true)),
        specimen("image4.tiff", tiff, |_| tiff_of(None)),
        specimen("image5.emf", extended_metafile, |blank| extended_metafile_of(blank, false)),
        specimen("image6.wmf", metafile, |blank| metafile_of(blank, false)),
    ]
}

fn gif(name: &str) -> Vec<u8> {
    let length = u8::try_from(name.len()).unwrap_or_default();
    let remark = [&[0x21, 0xfe, length][..], name.as_bytes(), &[0]].concat();
    let xmp = [&b"\x21\xff\x0bXMP DataXMP"[..], &[length], name.as_bytes(), &[0]].concat();
    gif_of(&[remark, xmp].concat(), name.as_bytes())
}

fn gif_of(beside: &[u8], behind: &[u8]) -> Vec<u8> {
    [
        &b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff"[..],
        b"\x21\xff\x0bNETSCAPE2.0\x03\x01\0\0\0",
        beside,
        b"\x21\xf9\x04\0\x0a\0\0\0",
        b"\x2c\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0",
        b"\x3b",
        behind,
    ]
    .concat()
}

fn riff(name: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let length = u32::try_from(content.len()).unwrap_or_default();
    [&name[..], &length.to_le_bytes(), content, if content.len() % 2 == 1 { &[0] } else { &[] }].concat()
}

fn webp(name: &str) -> Vec<u8> {
    let said = [riff(b"EXIF", name.as_bytes()), riff(b"XMP ", name.as_bytes()), riff(b"NAME", name.as_bytes())];
    let mut file = webp_of(0x1c, &said.concat());
    file.extend(name.as_bytes());
    file
}

/// A pixel that can be seen through.
fn webp_of(flags: u8, said: &[u8]) -> Vec<u8> {
    let header = riff(b"VP8X", &[flags, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    let image = riff(b"VP8L", b"\x2f\0\0\0\x10\x07\x10\x11\x11\x88\x88\xfe\x07\0");
    riff(b"RIFF", &[b"WEBP", &header[..], &image, said].concat())
}

fn bitmap(name: &str) -> Vec<u8> {
    bitmap_of(name, name, false)
}

/// Two pixels of 24 bits, with this before and behind them. Of what is shown the space before them is blank.
fn bitmap_of(before: &str, behind: &str, is_shown: bool) -> Vec<u8> {
    let gap =
        if is_shown { vec![0; 32] } else { [before.as_bytes(), &[0; 32]].concat().into_iter().take(32).collect() };
    let size: u32 = if is_shown { 94 } else { 4711 };
    let reserved = if is_shown { [0; 4] } else { *b"Jens" };
    [
        &b"BM"[..],
        &size.to_le_bytes(),
        &reserved,
        &86_u32.to_le_bytes(),
        &40_u32.to_le_bytes(),
        &2_u32.to_le_bytes(),
        &1_u32.to_le_bytes(),
        &[1, 0, 24, 0],
        &[0; 24],
        &gap,
        &[1, 2, 3, 4, 5, 6, 0, 0],
        behind.as_bytes(),
    ]
    .concat()
}

fn tiff(name: &str) -> Vec<u8> {
    tiff_of(Some(name))
}

/// Four pixels in grey; its values lie before the list, and who made it behind.
fn tiff_of(name: Option<&str>) -> Vec<u8> {
    let entry = |tag: u16, kind: u16, count: u32, value: u32| {
        [&tag.to_le_bytes()[..], &kind.to_le_bytes(), &count.to_le_bytes(), &value.to_le_bytes()].concat()
    };
    let length = u32::try_from(name.map_or(0, str::len)).unwrap_or_default();
    let mut things = vec![
        entry(256, 3, 1, 2),
        entry(257, 3, 1, 2),
        entry(258, 3, 1, 8),
        entry(259, 3, 1, 1),
        entry(262, 3, 1, 1),
        entry(273, 4, 1, 8),
        entry(278, 3, 1, 2),
        entry(279, 4, 1, 4),
    ];
    if name.is_some() {
        let behind = 12 + 2 + 12 * 11 + 4;
        things.insert(5, entry(270, 2, length, behind));
        things.push(entry(315, 2, length, behind));
        things.push(entry(0x8769, 4, 1, behind));
    }
    let count = u16::try_from(things.len()).unwrap_or_default();
    let next = if name.is_some() { 12_u32 } else { 0 };
    [
        &b"II*\0\x0c\0\0\0"[..],
        &[10, 20, 30, 40],
        &count.to_le_bytes(),
        &things.concat(),
        &next.to_le_bytes(),
        name.unwrap_or_default().as_bytes(),
    ]
    .concat()
}

fn extended_metafile(name: &str) -> Vec<u8> {
    extended_metafile_of(name, true)
}

/// An extended metafile that draws a line, described and with a note, the place of a profile, an order for a printer and
/// more behind its end.
fn extended_metafile_of(name: &str, is_original: bool) -> Vec<u8> {
    let order = |kind: u32, content: &[u8]| {
        let padded = content.len().next_multiple_of(4);
        let length = u32::try_from(8 + padded).unwrap_or_default();
        let blanks = vec![0; padded - content.len()];
        [&kind.to_le_bytes()[..], &length.to_le_bytes(), content, &blanks].concat()
    };
    let said = |number: u32| if is_original { number } else { 0 }.to_le_bytes();
    let described = u32::try_from(name.len()).unwrap_or_default();
    let rest = [
        order(70, &[&said(described)[..], name.as_bytes()].concat()),
        order(70, b"\x0c\0\0\0EMF+\x01\x40\0\0\0\0\0\0"),
        order(99, &[&[7; 72][..], name.as_bytes()].concat()),
        order(if is_original { 106 } else { 70 }, name.as_bytes()),
        order(54, &[9, 0, 0, 0, 9, 0, 0, 0]),
        order(14, &[0, 0, 0, 0, 16, 0, 0, 0, 20, 0, 0, 0]),
    ]
    .concat();
    let header = [
        &[1; 32][..],
        b" EMF\0\0\x01\0",
        &[2; 8],
        &[3, 0, 0, 0],
        &said(described),
        &said(108),
        &[4; 40],
        name.as_bytes(),
    ]
    .concat();
    let behind = if is_original { name.as_bytes() } else { &[] };
    [order(1, &header), rest, behind.to_vec()].concat()
}

fn metafile(name: &str) -> Vec<u8> {
    metafile_of(name, true)
}

/// A metafile that says how large it is, draws a line and has a printer do something.
fn metafile_of(name: &str, is_original: bool) -> Vec<u8> {
    let padded = name.len().next_multiple_of(2);
    let blanks = vec![0; padded - name.len()];
    let words = u32::try_from(5 + padded / 2).unwrap_or_default();
    let order: u16 = if is_original { 9 } else { 15 };
    let length = u16::try_from(if is_original { name.len() } else { padded }).unwrap_or_default();
    let escape = [
        &words.to_le_bytes()[..],
        &0x0626_u16.to_le_bytes(),
        &order.to_le_bytes(),
        &length.to_le_bytes(),
        name.as_bytes(),
        &blanks,
    ]
    .concat();
    let behind = if is_original { name.as_bytes() } else { &[] };
    [
        &b"\xd7\xcd\xc6\x9a"[..],
        &[5; 18],
        b"\x01\0\x09\0\0\x03",
        &[6; 12],
        &escape,
        b"\x05\0\0\0\x13\x02\x09\0\x09\0",
        b"\x03\0\0\0\0\0",
        behind,
    ]
    .concat()
}
