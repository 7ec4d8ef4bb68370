//! What is copied of an image and what is not, and which images are refused.

use std::io::Cursor;

use image::ImageReader;
use jpeg_decoder::Decoder;
use proptest::{prelude::*, sample::select};

use super::{
    specimens::{EVERY, GREY, HALF, INK, PROFILE, Png, SECRETS, chunk, exif, jpeg, photograph, profile, screenshot},
    *,
};
use crate::foreign::spoiled;

const KINDS: [FileType; 2] = [FileType::Jpeg, FileType::Png];

fn copied(kind: FileType, content: &[u8]) -> Result<(Header, Vec<u8>), Unfit> {
    let mut copied = Vec::new();
    // Pieces end in the middle of everything.
    let header = copy(kind, &mut io::BufReader::with_capacity(7, content), &mut copied)?;
    Ok((header, copied))
}

fn holds(content: &[u8], words: &str) -> bool {
    content.windows(words.len()).any(|window| window == words.as_bytes())
}

fn decoded(content: &[u8]) -> Vec<u8> {
    Decoder::new(content).decode().unwrap()
}

fn is_damaged(kind: FileType, content: &[u8]) -> bool {
    matches!(copied(kind, content), Err(Unfit::Damaged))
}

fn is_too_large(kind: FileType, content: &[u8]) -> bool {
    matches!(copied(kind, content), Err(Unfit::TooLarge { megapixels: 50 }))
}

#[test]
fn of_a_photograph_its_pixels_and_how_they_are_looked_at_are_kept_and_nothing_else() {
    let original = photograph(48, 32);
    let (header, copy) = copied(FileType::Jpeg, &original).unwrap();
    assert_eq!((header.width, header.height, header.orientation), (48, 32, Orientation::Rotate90));
    for secret in SECRETS {
        assert!(holds(&original, secret), "{secret} is there to be found");
        assert!(!holds(&copy, secret), "{secret}");
    }
    assert!(holds(&copy, PROFILE), "what the colours are is no secret");
    assert_eq!(decoded(&copy), decoded(&original));
    let mut decoder = Decoder::new(copy.as_slice());
    decoder.decode().unwrap();
    assert_eq!(Orientation::from_exif_chunk(decoder.exif_data().unwrap()), Some(Orientation::Rotate90));
    assert_eq!(decoder.exif_data().unwrap().len(), 26);
}

#[test]
fn every_way_of_holding_a_camera_is_kept() {
    for value in 1..=8 {
        let original = jpeg(16, 16, GREY, false, &[(0xe1, [&b"Exif\0\0"[..], &exif(value)].concat())]);
        let (header, copy) = copied(FileType::Jpeg, &original).unwrap();
        assert_eq!(header.orientation.to_exif(), value);
        assert_eq!(copied(FileType::Jpeg, &copy).unwrap().0, header);
        let png = Png::new(4, 4).file(&[(b"eXIf", &exif(value))]).unwrap();
        let (header, copy) = copied(FileType::Png, &png).unwrap();
        assert_eq!(header.orientation.to_exif(), value);
        assert!(!holds(&copy, SECRETS[0]));
        assert_eq!(copied(FileType::Png, &copy).unwrap().0, header);
    }
}

#[test]
fn of_a_screenshot_its_pixels_and_colours_are_kept_and_nothing_else() {
    let original = screenshot(20, 10).unwrap();
    let (header, copy) = copied(FileType::Png, &original).unwrap();
    assert_eq!((header.width, header.height), (20, 10));
    for secret in SECRETS {
        assert!(!holds(&copy, secret), "{secret}");
    }
    for chunk in ["tEXt", "iTXt", "zTXt", "tIME", "eXIf", "prVt"] {
        assert!(holds(&original, chunk) && !holds(&copy, chunk), "{chunk}");
    }
    assert!(holds(&copy, "gAMA"));
    assert!(copy.ends_with(b"\0\0\0\0IEND\xae\x42\x60\x82"));
    let pixels = |content: &[u8]| image::load_from_memory(content).unwrap().into_rgb8().into_raw();
    assert_eq!(pixels(&copy), pixels(&original));
}

/// Nothing else is kept under a profile's name: not what is none, not what it says in words, and not the name that a program
/// gave it.
#[test]
fn of_a_profile_its_numbers_stay_and_nothing_else() {
    let words = b"Astrid H\xc3\xb8jgaard in Kamera nr. 4711".repeat(9);
    let segments = |pieces: &[(u8, u8, &[u8])]| {
        let segment = |(number, count, piece): &(u8, u8, &[u8])| {
            (0xe2, [&b"ICC_PROFILE\0"[..], &[*number, *count], piece].concat())
        };
        jpeg(16, 16, EVERY, false, &pieces.iter().map(segment).collect::<Vec<_>>())
    };
    let whole = profile();
    let (first, second) = whole.split_at(140);
    for kept in [segments(&[(1, 1, &whole)]), segments(&[(1, 2, first), (2, 2, second)])] {
        let (_, copy) = copied(FileType::Jpeg, &kept).unwrap();
        assert!(holds(&copy, PROFILE) && holds(&copy, "desc"));
        assert!(SECRETS.iter().all(|secret| !holds(&copy, secret)));
        assert_eq!(copied(FileType::Jpeg, &copy).unwrap().1, copy);
    }
    for lost in [segments(&[(1, 1, &words)]), segments(&[(2, 2, second), (1, 2, first)]), segments(&[(1, 2, first)])] {
        assert!(!holds(&copied(FileType::Jpeg, &lost).unwrap().1, "ICC_PROFILE"));
    }
    let png = |name: &str, profile: &[u8]| {
        let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        packed.write_all(profile).unwrap();
        Png::new(4, 4).file(&[(b"iCCP", &[name.as_bytes(), &[0, 0], &packed.finish().unwrap()].concat())]).unwrap()
    };
    let (_, copy) = copied(FileType::Png, &png("Kamera nr. 4711", &whole)).unwrap();
    assert!(!holds(&copy, "Kamera"));
    let read = ::png::Decoder::new(Cursor::new(&copy)).read_info().unwrap();
    let kept = read.info().icc_profile.clone().unwrap();
    assert!(holds(&kept, PROFILE) && kept.len() == whole.len() && !holds(&kept, "Astrid"));
    assert_eq!(copied(FileType::Png, &copy).unwrap().1, copy);
    assert!(!holds(&copied(FileType::Png, &png("a", &words)).unwrap().1, "iCCP"));
}

/// The colours of four inks depend on what a program says beside them.
#[test]
fn colours_stay_what_they_are() {
    for components in [EVERY, HALF, GREY, INK] {
        for in_rounds in [false, true] {
            let original = jpeg(40, 24, components, in_rounds, &[]);
            let (header, copy) = copied(FileType::Jpeg, &original).unwrap();
            assert_eq!(decoded(&copy), decoded(&original));
            assert_eq!(header.in_rounds, in_rounds);
        }
    }
    assert_eq!(copied(FileType::Jpeg, &jpeg(40, 24, HALF, false, &[])).unwrap().0.samples, 40 * 24 * 3 / 2);
    assert!(holds(&copied(FileType::Jpeg, &jpeg(16, 16, INK, false, &[])).unwrap().1, "Adobe"));
}

#[test]
fn more_than_fifty_megapixels_are_refused_by_the_header_alone() {
    let header = |width, height| Png::new(width, height).file(&[]).map(|file| file[..33].to_vec()).unwrap_or_default();
    let png = |width: u32, height: u32| {
        let mut file = header(1, 1);
        let mut beginning = Vec::new();
        chunk(&mut beginning, b"IHDR", &Png::new(width, height).header());
        file.splice(8.., beginning);
        file
    };
    assert!(is_too_large(FileType::Png, &png(60_000, 60_000)));
    assert!(is_too_large(FileType::Png, &png(u32::MAX, u32::MAX)));
    assert!(is_too_large(FileType::Png, &png(50_000_001, 1)));
    assert!(is_damaged(FileType::Png, &png(50_000_000, 1)), "as many as there may be, but none of them came");
    assert!(is_damaged(FileType::Png, &png(0, 10)));
    let jpeg = |width, height| {
        let mut file = jpeg(8, 8, GREY, false, &[]);
        let place = file.windows(2).position(|window| window == [0xff, 0xc0]).unwrap() + 5;
        file.splice(place..place + 4, [u16::to_be_bytes(height), u16::to_be_bytes(width)].concat());
        file
    };
    assert!(is_too_large(FileType::Jpeg, &jpeg(60_000, 60_000)));
    assert!(copied(FileType::Jpeg, &jpeg(8, 8)).is_ok());
    assert!(is_damaged(FileType::Jpeg, &jpeg(8, 0)), "its height would come later, where not everybody looks");
}

/// A film of small frames is as much work as one large image.
#[test]
fn frames_of_an_animation_are_counted() {
    let frames = |count: u32, width: u32| {
        let image = Png::new(1000, 1000);
        let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
        chunk(&mut file, b"IHDR", &image.header());
        chunk(&mut file, b"acTL", &[count.to_be_bytes(), [0; 4]].concat());
        let control = [[0; 4], width.to_be_bytes(), 1000_u32.to_be_bytes()].concat();
        chunk(&mut file, b"fcTL", &[&control[..], &[0; 14]].concat());
        chunk(&mut file, b"IDAT", &image.packed().unwrap());
        for _ in 1..count {
            chunk(&mut file, b"fcTL", &[&control[..], &[0; 14]].concat());
            chunk(&mut file, b"fdAT", &[0; 8]);
        }
        chunk(&mut file, b"IEND", &[]);
        file
    };
    let fifty = frames(50, 1000);
    assert_eq!(copied(FileType::Png, &fifty).unwrap().1, fifty, "it goes on moving");
    assert!(is_too_large(FileType::Png, &frames(51, 1000)));
    assert!(is_damaged(FileType::Png, &frames(2, 1001)), "larger than the image");
}

/// What two readers would read differently is no image.
#[test]
fn an_image_with_two_faces_is_none() {
    let whole = jpeg(16, 16, GREY, false, &[]);
    let frame = whole.windows(2).position(|window| window == [0xff, 0xc0]).unwrap();
    let scan = whole.windows(2).position(|window| window == [0xff, 0xda]).unwrap();
    let with = |place: usize, what: &[u8]| [&whole[..place], what, &whole[place..]].concat();
    let second: Vec<u8> = whole[frame..frame + 13].to_vec();
    assert!(is_damaged(FileType::Jpeg, &with(scan, &second)), "two sizes");
    assert!(is_damaged(FileType::Jpeg, &with(frame, &[0xff, 0xd8])), "two beginnings");
    assert!(is_damaged(FileType::Jpeg, &with(whole.len() - 2, b"\xff\xdc\0\x04\0\x20")), "a height that comes later");
    assert!(is_damaged(FileType::Jpeg, &with(frame, b"\xff\xde\0\x02")), "made of several");
    let (header, kept) = copied(FileType::Jpeg, &with(frame, b"noise\xff\xff\xfe\0\x04no")).unwrap();
    assert_eq!((header.width, kept), (16, whole.clone()), "what lies between is skipped, as decoders do");
    let rounds = whole[scan..whole.len() - 2].repeat(50);
    assert!(is_damaged(FileType::Jpeg, &with(scan, &rounds)), "more rounds than anybody needs");
    let png = Png::new(4, 4);
    assert!(is_damaged(FileType::Png, &png.file(&[(b"IHDR", &Png::new(8, 8).header())]).unwrap()), "two sizes");
    assert!(is_damaged(FileType::Png, &png.file(&[(b"IDAT", b"x"), (b"tEXt", b"a\0b")]).unwrap()), "in two pieces");
    assert!(is_damaged(FileType::Png, &png.file(&[(b"CgBI", b"x")]).unwrap()), "what cannot be understood");
    let mut wrong = png.file(&[]).unwrap();
    wrong[45] ^= 1;
    assert!(is_damaged(FileType::Png, &wrong), "a sum that is wrong");
}

#[test]
fn half_an_image_is_none() {
    for (kind, whole) in
        [(FileType::Jpeg, jpeg(40, 40, HALF, false, &[])), (FileType::Png, Png::new(9, 9).file(&[]).unwrap())]
    {
        assert!(copied(kind, &whole).is_ok());
        for length in 0..whole.len() {
            assert!(is_damaged(kind, &whole[..length]), "{kind}, {length} of {}", whole.len());
        }
    }
}

fn originals() -> Vec<Vec<u8>> {
    let interlaced = Png { in_rounds: true, colours: 6, depth: 16, ..Png::new(20, 10) };
    vec![
        photograph(48, 32),
        jpeg(24, 24, INK, true, &[]),
        screenshot(20, 10).unwrap(),
        interlaced.file(&[(b"acTL", &[0, 0, 0, 1, 0, 0, 0, 0])]).unwrap(),
    ]
}

proptest! {
    /// Whatever the bytes: there is an answer; another reader sees the size that was seen here; and a copy of a copy is
    /// that copy.
    #[test]
    fn fuzz_images(content in spoiled(originals()), kind in select(&KINDS[..])) {
        let copy = copied(kind, &content);
        prop_assert!(!matches!(copy, Err(Unfit::Unreadable(_))), "{copy:?}");
        if let Ok((header, copy)) = copy {
            prop_assert!(copy.len() <= content.len() + 40);
            let size = ImageReader::new(Cursor::new(&content)).with_guessed_format().unwrap().into_dimensions();
            prop_assert!(size.is_err() || size.unwrap() == (header.width, header.height));
            let (same, again) = copied(kind, &copy).unwrap();
            prop_assert_eq!(same, header);
            prop_assert_eq!(again, copy);
        }
    }
}
