//! Which sizes an image is shown in, what they show, and which images are refused.

use image::Rgba;
use moxcms::ColorProfile;
use proptest::prelude::*;

use super::*;
use crate::{
    attachments::images::specimens::{EVERY, GREY, HALF, INK, PROFILE, Png, SECRETS, jpeg, photograph, screenshot},
    foreign::spoiled,
};

fn made(kind: FileType, content: &[u8]) -> Result<Vec<Rendition>, Unfit> {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    images::copy(kind, &mut BufReader::new(content), &mut file)?;
    make(file.path(), kind)
}

fn sizes(made: &[Rendition]) -> Vec<(u32, u32)> {
    made.iter().map(|rendition| (rendition.width, rendition.height)).collect()
}

fn shown(rendition: &Rendition) -> DynamicImage {
    let image = image::load_from_memory(&rendition.content).unwrap();
    assert_eq!((image.width(), image.height()), (rendition.width, rendition.height));
    image
}

fn png(width: u32, height: u32) -> Vec<u8> {
    Png::new(width, height).file(&[]).unwrap()
}

#[test]
fn an_image_is_shown_for_small_and_large_screens() {
    for (width, height, expected) in [
        (2000, 1000, &[(480, 240), (960, 480), (1600, 800)][..]),
        (1600, 1200, &[(480, 360), (960, 720), (1600, 1200)]),
        (1000, 10, &[(480, 5), (1000, 10)]),
        (640, 480, &[(480, 360), (640, 480)]),
        (600, 300, &[(600, 300)]),
        (3, 2, &[(3, 2)]),
    ] {
        for (kind, content) in
            [(FileType::Jpeg, jpeg(width, height, HALF, false, &[])), (FileType::Png, png(width.into(), height.into()))]
        {
            let made = made(kind, &content).unwrap();
            assert_eq!(sizes(&made), expected, "{kind} {width} x {height}");
            let media_types: Vec<_> = made.iter().map(|it| infer::get(&it.content).unwrap().mime_type()).collect();
            assert!(media_types.iter().all(|it| *it == kind.media_type()), "{media_types:?}");
            made.iter().for_each(|rendition| drop(shown(rendition)));
        }
    }
}

/// None takes more than three million pixels, however high.
#[test]
fn what_is_very_high_becomes_less_wide() {
    let made = made(FileType::Png, &png(1600, 8000)).unwrap();
    assert_eq!(sizes(&made), [(480, 2400), (774, 3870)]);
}

#[test]
fn nothing_foreign_is_in_it() {
    let images = [(FileType::Jpeg, photograph(48, 32)), (FileType::Png, screenshot(48, 32).unwrap())];
    for (kind, content) in images {
        let [rendition] = made(kind, &content).unwrap().try_into().unwrap();
        for secret in SECRETS.iter().chain([&PROFILE, &"gAMA", &"Exif"]) {
            let found = rendition.content.windows(secret.len()).any(|window| window == secret.as_bytes());
            assert!(!found, "{secret} in a {kind}");
        }
    }
}

/// Browsers turn an image by what its camera says; what is made of it lies as it is looked at.
#[test]
fn it_is_upright() {
    let [upright] = made(FileType::Jpeg, &photograph(48, 32)).unwrap().try_into().unwrap();
    assert_eq!((upright.width, upright.height), (32, 48));
    let lying = image::load_from_memory(&photograph(48, 32)).unwrap();
    let upright = shown(&upright).into_rgb8().into_raw();
    let far = |image: DynamicImage| {
        let values = image.into_rgb8().into_raw();
        let apart: u64 = values.iter().zip(&upright).map(|(one, other)| u64::from(one.abs_diff(*other))).sum();
        apart / values.len() as u64
    };
    assert!(far(lying.rotate90()) < 8 && far(lying.rotate270()) > 20);
    let [wide, widest] = made(FileType::Jpeg, &photograph(480, 640)).unwrap().try_into().unwrap();
    assert_eq!([(wide.width, wide.height), (widest.width, widest.height)], [(480, 360), (640, 480)]);
}

#[test]
fn each_kind_of_image_is_shown_as_it_looks() {
    for colours in [0, 2, 4, 6] {
        for depth in [8, 16] {
            for in_rounds in [false, true] {
                let kind = Png { width: 40, height: 24, colours, depth, in_rounds };
                let content = kind.file(&[]).unwrap();
                let [rendition] = made(FileType::Png, &content).unwrap().try_into().unwrap();
                let expected = image::load_from_memory(&content).unwrap().into_rgba8();
                let shown = shown(&rendition).into_rgba8();
                let close = shown.pixels().zip(expected.pixels()).all(|(now, before)| alike(*now, *before));
                assert!(close, "{kind:?}");
            }
        }
    }
    for components in [EVERY, HALF, GREY, INK] {
        for in_rounds in [false, true] {
            let content = jpeg(40, 24, components, in_rounds, &[]);
            let [rendition] = made(FileType::Jpeg, &content).unwrap().try_into().unwrap();
            assert_eq!((rendition.width, rendition.height), (40, 24), "{components:?}, {in_rounds}");
        }
    }
}

/// The same to within what sixteen bits say more precisely; the colour of what cannot be seen is none.
fn alike(one: Rgba<u8>, other: Rgba<u8>) -> bool {
    let near = |one: u8, other: u8| one.abs_diff(other) <= 1;
    let [.., opaque] = one.0;
    near(opaque, other.0[3]) && (opaque == 0 || one.0.iter().zip(other.0).all(|(one, other)| near(*one, other)))
}

/// A telephone's colours reach further than those of a page: what they mean is kept, and not their numbers.
#[test]
fn colours_mean_what_they_meant() {
    let with = |profile: ColorProfile| {
        let profile = [&b"ICC_PROFILE\0\x01\x01"[..], &profile.encode().unwrap()].concat();
        let content = jpeg(64, 64, EVERY, false, &[(0xe2, profile)]);
        let [rendition] = made(FileType::Jpeg, &content).unwrap().try_into().unwrap();
        shown(&rendition).into_rgb8().into_raw()
    };
    let [plain] = made(FileType::Jpeg, &jpeg(64, 64, EVERY, false, &[])).unwrap().try_into().unwrap();
    let plain = shown(&plain).into_rgb8().into_raw();
    let far = |one: &[u8]| one.iter().zip(&plain).map(|(one, plain)| one.abs_diff(*plain)).max().unwrap();
    assert!(far(&with(ColorProfile::new_srgb())) <= 2);
    assert!(far(&with(ColorProfile::new_display_p3())) > 10);
}

#[test]
fn a_smaller_image_is_the_mean_of_what_it_covers() {
    let reduce = |from: (u32, u32), to: (u32, u32), channels: u8, values: &[u8]| {
        let size = |(width, height)| Size { width, height };
        let mut reduction = Reduction::new(size(from), size(to), channels);
        values.chunks_exact(from.0 as usize * usize::from(channels)).for_each(|row| reduction.take(row));
        reduction.finish().unwrap().into_bytes()
    };
    let (black, white) = ([0, 0, 0], [255, 255, 255]);
    assert_eq!(reduce((2, 2), (1, 1), 3, &[black, white, white, white].concat()), [191; 3]);
    assert_eq!(reduce((3, 1), (2, 1), 3, &[black, white, white].concat()), [85, 85, 85, 255, 255, 255]);
    assert_eq!(reduce((1, 3), (1, 2), 3, &[black, white, white].concat()), [85, 85, 85, 255, 255, 255]);
    let same: Vec<u8> = (0..60).collect();
    assert_eq!(reduce((5, 4), (5, 4), 3, &same), same);
    let unseen = [[255, 0, 0, 255], [0, 255, 0, 0]].concat();
    assert_eq!(reduce((2, 1), (1, 1), 4, &unseen), [255, 0, 0, 128], "what cannot be seen has no colour");
}

/// What would need more memory than an image may take is refused before it is decoded.
#[test]
fn what_comes_in_rounds_has_fewer_pixels() {
    let cut = |mut content: Vec<u8>, width: u16, height: u16| {
        let place = content.windows(2).position(|window| window == [0xff, 0xc2]).unwrap() + 5;
        content.splice(place..place + 4, [height.to_be_bytes(), width.to_be_bytes()].concat());
        content
    };
    let wide = cut(jpeg(8, 8, EVERY, true, &[]), 4000, 3000);
    assert!(matches!(made(FileType::Jpeg, &wide), Err(Unfit::TooLarge { megapixels: 6 })));
    assert!(made(FileType::Jpeg, &jpeg(3000, 2000, EVERY, true, &[])).is_ok());
    let interlaced = Png { in_rounds: true, ..Png::new(3000, 2000) };
    assert!(made(FileType::Png, &interlaced.file(&[]).unwrap()).is_ok());
    let larger = Png { in_rounds: true, ..Png::new(4000, 2000) };
    let refused = made(FileType::Png, &larger.file(&[]).unwrap());
    assert!(matches!(refused, Err(Unfit::TooLarge { megapixels: 6 })), "{refused:?}");
    assert!(matches!(made(FileType::Png, &png(65_536, 1)), Err(Unfit::TooLarge { .. })));
}

fn specimens() -> Vec<Vec<u8>> {
    vec![
        photograph(48, 32),
        jpeg(24, 24, INK, true, &[]),
        jpeg(24, 24, EVERY, true, &[]),
        screenshot(20, 10).unwrap(),
        Png { in_rounds: true, colours: 6, depth: 16, ..Png::new(20, 10) }.file(&[]).unwrap(),
    ]
}

proptest! {
    /// Whatever the bytes: there is an answer, and what was made can be shown.
    #[test]
    fn fuzz_renditions(content in spoiled(specimens())) {
        for kind in [FileType::Jpeg, FileType::Png] {
            let made = made(kind, &content);
            prop_assert!(!matches!(made, Err(Unfit::Unreadable(_))), "{made:?}");
            for rendition in made.iter().flatten().filter(|rendition| rendition.content.len() < 100_000) {
                prop_assert!(image::load_from_memory(&rendition.content).is_ok());
            }
        }
    }
}
