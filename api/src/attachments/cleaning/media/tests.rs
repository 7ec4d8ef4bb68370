//! What is shown of images of every kind, and which parts are refused.

use proptest::prelude::*;

use super::{specimens::all, *};
use crate::{
    attachments::images::specimens::{SECRETS, photograph, screenshot},
    foreign::spoiled,
};

const NAME: &str = "Astrid Secret";

fn shown(content: &[u8]) -> Result<Vec<u8>, Refusal> {
    let mut original = NamedTempFile::new().unwrap();
    original.write_all(content).unwrap();
    let mut shown = Vec::new();
    match clean(original.path(), &mut shown) {
        Ok(()) => Ok(shown),
        Err(Failure::Refused(refusal)) => Err(refusal),
        Err(Failure::Disk(error)) => panic!("{error:?}"),
    }
}

fn holds(content: &[u8], words: &str) -> bool {
    content.windows(words.len()).any(|window| window == words.as_bytes())
}

fn is_neutral(content: &[u8]) -> bool {
    ::image::load_from_memory(content).is_ok_and(|image| (image.width(), image.height()) == (1, 1))
}

#[test]
fn of_every_kind_of_image_its_pixels_stay_and_nothing_else() {
    for specimen in all(NAME) {
        let file = specimen.file;
        assert!(holds(&specimen.original, NAME), "{file}: there is something to take out");
        let copy = shown(&specimen.original).unwrap();
        assert_eq!(copy, specimen.shown, "{file}");
        assert_eq!(shown(&copy).unwrap(), copy, "{file}: there is nothing more to take out");
    }
    for original in [photograph(48, 32), screenshot(20, 10).unwrap()] {
        let copy = shown(&original).unwrap();
        assert!(SECRETS.iter().all(|secret| !holds(&copy, secret)) && !is_neutral(&copy));
    }
}

/// Word packs what is drawn into a text, with the name of the file that it packed.
#[test]
fn a_packed_metafile_is_unpacked_and_packed_again() {
    let metafile = all(NAME).into_iter().find(|specimen| specimen.file.ends_with("emf")).unwrap();
    let packed = |content: &[u8]| {
        let mut packing = flate2::GzBuilder::new().filename(NAME).write(Vec::new(), Compression::fast());
        packing.write_all(content).unwrap();
        packing.finish().unwrap()
    };
    let copy = shown(&packed(&metafile.original)).unwrap();
    assert!(!holds(&copy, NAME));
    let mut unpacked = Vec::new();
    GzDecoder::new(copy.as_slice()).read_to_end(&mut unpacked).unwrap();
    assert_eq!(unpacked, metafile.shown);
    assert!(matches!(shown(&packed(b"MZ\x90\0")), Err(Refusal::Active { .. })));
    let beginning = [&metafile.original[..], &vec![0; 65 * 1024 * 1024]].concat();
    assert_eq!(shown(&packed(&beginning)), Err(Refusal::UnpacksTooLarge));
}

/// Who made an image of a kind that nobody takes apart here is not told, and where it was is still seen.
#[test]
fn what_cannot_be_read_gives_way_to_a_neutral_image() {
    let old = b"II*\0\x08\0\0\0\x01\0\x03\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0".to_vec();
    for original in [
        b"%!PS-Adobe-3.0 EPSF\n%%Creator: Astrid Secret".to_vec(),
        b"8BPS\0\x01 Astrid Secret".to_vec(),
        b"\0\0\0\x0cjP  \r\n\x87\n Astrid Secret".to_vec(),
        b"GIF89a\x01\0\x01\0 Astrid Secret".to_vec(),
        b"RIFF\x20\0\0\0WEBP Astrid Secret".to_vec(),
        old,
        b"Astrid Secret".to_vec(),
    ] {
        assert!(is_neutral(&shown(&original).unwrap()), "{original:?}");
    }
    assert_eq!(shown(b"").unwrap(), b"");
    for specimen in all(NAME) {
        let half = &specimen.original[..specimen.original.len() / 3];
        assert!(is_neutral(&shown(half).unwrap()), "half of {}", specimen.file);
    }
}

#[test]
fn programs_pages_and_other_files_are_refused_whatever_they_are_called() {
    for content in [
        &b"MZ\x90\0\x03"[..],
        b"\x7fELF\x02\x01\x01",
        b"#!/bin/sh\n",
        b"\xcf\xfa\xed\xfe\x07",
        b"L\0\0\0\x01\x14\x02\0\0",
        b"\xef\xbb\xbf \n<!DOCTYPE html><p>",
        b"<HTML>",
        b"<script>x</script>",
        b"{\\rtf1 x}",
        b"7z\xbc\xaf\x27\x1c\0\0",
        b"Rar!\x1a\x07\0\0",
        b"ID3\x03\0\0\0\0\0\0",
        b"\x1aE\xdf\xa3 webm",
    ] {
        assert!(matches!(shown(content), Err(Refusal::Active { .. })), "{content:?}");
    }
}

#[test]
fn an_image_in_a_document_has_as_many_pixels_as_one_outside() {
    let large = [
        b"GIF89a\xff\xff\xff\xff\0\0\0".to_vec(),
        [&b"BM\0\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0"[..], &[0xff, 0xff, 0, 0, 0xff, 0xff, 0, 0, 1, 0, 24, 0], &[0; 40]]
            .concat(),
        [&b"RIFF\x16\0\0\0WEBPVP8X\x0a\0\0\0"[..], &[0, 0, 0, 0, 0xff, 0xff, 0, 0xff, 0xff, 0]].concat(),
    ];
    for original in &large {
        assert_eq!(shown(original), Err(Refusal::ImageTooLarge { megapixels: 50 }), "{original:?}");
    }
    let mut tiff = all(NAME).into_iter().find(|specimen| specimen.file.ends_with("tiff")).unwrap().original;
    for entry in 0..2 {
        let place = 12 + 2 + 12 * entry + 8;
        tiff[place..place + 2].copy_from_slice(&[0xff, 0xff]);
    }
    assert_eq!(shown(&tiff), Err(Refusal::ImageTooLarge { megapixels: 50 }));
}

/// The image of a telephone in which one can see through.
#[test]
fn films_of_images_stay_films() {
    let chunk = |name: &[u8; 4], content: &[u8]| {
        [&name[..], &u32::try_from(content.len()).unwrap().to_le_bytes(), content].concat()
    };
    let image = chunk(b"VP8L", b"\x2f\0\0\0\x10\x07\x10\x11\x11\x88\x88\xfe\x07\0");
    let frame = |beside: &[u8]| chunk(b"ANMF", &[&[0; 16], &image[..], beside].concat());
    let film = |flags: u8, beside: &[u8]| {
        let content = [
            &b"WEBP"[..],
            &chunk(b"VP8X", &[flags, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
            &chunk(b"ANIM", &[0; 6]),
            &frame(beside),
            &frame(&[]),
        ];
        chunk(b"RIFF", &content.concat())
    };
    let copy = shown(&film(0x06, &chunk(b"NAME", b"Astrid Secret!"))).unwrap();
    assert_eq!(copy, film(0x02, &[]));
}

proptest! {
    /// Whatever the bytes: there is a copy, of which the copy is the same, or a refusal.
    #[test]
    fn fuzz_media(content in spoiled(all(NAME).into_iter().map(|specimen| specimen.original).collect())) {
        if let Ok(copy) = shown(&content) {
            prop_assert_eq!(shown(&copy), Ok(copy));
        }
    }
}
