//! PDF documents that become far larger than they are, and those that are large and are no such thing.

mod actions;
mod drawn;

use std::fs;

use lopdf::{Dictionary, Document, Object, Stream, dictionary};

use super::*;
use crate::attachments::images::specimens::{EVERY, deflated, jpeg};

const MEBIBYTE: usize = 1024 * 1024;

/// A document of a page with a text, and these streams as images and whatever else hangs on it.
fn document(text: Stream, others: Vec<Stream>) -> Document {
    let mut document = Document::with_version("1.7");
    let text = document.add_object(text);
    let others: Vec<(String, Object)> = others
        .into_iter()
        .enumerate()
        .map(|(at, other)| (format!("I{at}"), document.add_object(other).into()))
        .collect();
    let others = Dictionary::from_iter(others);
    let pages = document.new_object_id();
    let page = document.add_object(dictionary! {
        "Type" => "Page", "Parent" => pages, "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()],
        "Contents" => text, "Resources" => dictionary! { "XObject" => others },
    });
    let kids = dictionary! { "Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1 };
    document.objects.insert(pages, kids.into());
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages });
    document.trailer.set("Root", catalog);
    document
}

/// What is told of a document, of which so little may become that it is counted at once.
fn told(mut document: Document) -> Result<(), Failure> {
    let folder = tempfile::tempdir().unwrap();
    let content = folder.path().join("original");
    document.save(&content).unwrap();
    assert!(fs::metadata(&content).unwrap().len() < 12 * MEBIBYTE as u64);
    let mut document = read(&content)?;
    document.prune_objects();
    unpacking::bounded(&document, 40 * MEBIBYTE as u64)
}

/// A stream with these filters.
fn packed(filters: Object, content: Vec<u8>) -> Stream {
    Stream::new(Dictionary::from_iter([("Filter", filters)]), content)
}

fn image(width: i64, height: i64, bits: i64, filter: &str, content: Vec<u8>) -> Stream {
    let dictionary = dictionary! {
        "Type" => "XObject", "Subtype" => "Image", "Width" => width, "Height" => height,
        "ColorSpace" => "DeviceRGB", "BitsPerComponent" => bits, "Filter" => filter,
    };
    Stream::new(dictionary, content)
}

fn words() -> Stream {
    Stream::new(Dictionary::new(), b"BT ET".to_vec())
}

/// Mebibytes of numbers.
fn numbers(mebibytes: usize) -> Vec<u8> {
    deflated(&b"0 ".repeat(MEBIBYTE / 2), mebibytes)
}

fn names(filters: &[&str]) -> Object {
    filters.iter().map(|filter| Object::from(*filter)).collect::<Vec<_>>().into()
}

fn is_too_large(told: &Result<(), Failure>) -> bool {
    matches!(told, Err(Failure::Refused(Refusal::UnpacksTooLarge)))
}

#[test]
fn what_becomes_too_large_is_refused_however_it_is_packed() {
    assert!(told(document(packed("FlateDecode".into(), numbers(39)), Vec::new())).is_ok(), "as much as there may be");
    let run = [129_u8, b'0'].repeat(MEBIBYTE);
    let hexadecimal: String = numbers(60).iter().map(|byte| format!("{byte:02x}")).collect();
    let bombs = [
        ("once", packed("FlateDecode".into(), numbers(60))),
        ("short", packed("Fl".into(), numbers(60))),
        ("in a list", packed(names(&["FlateDecode"]), numbers(60))),
        ("twice", packed(names(&["FlateDecode", "FlateDecode"]), deflated(&numbers(60), 1))),
        ("behind digits", packed(names(&["ASCIIHexDecode", "FlateDecode"]), hexadecimal.into_bytes())),
        ("behind one nobody knows", packed(names(&["Nothing", "FlateDecode"]), numbers(60))),
        ("by runs", packed("RunLengthDecode".into(), run.clone())),
        ("by runs, packed", packed(names(&["FlateDecode", "RunLengthDecode"]), deflated(&run, 1))),
        ("by many", packed(names(&["FlateDecode"; 9]), numbers(1))),
    ];
    for (how, bomb) in bombs {
        let told = told(document(bomb, Vec::new()));
        assert!(is_too_large(&told), "{how}: {told:?}");
    }
    let mut referred = document(packed("FlateDecode".into(), numbers(60)), Vec::new());
    let filter = referred.add_object(Object::from("FlateDecode"));
    referred.get_object_mut((1, 0)).unwrap().as_stream_mut().unwrap().dict.set("Filter", filter);
    assert!(is_too_large(&told(referred)), "named elsewhere");
}

#[test]
fn many_are_counted_together() {
    let others = |mebibytes| vec![packed("FlateDecode".into(), numbers(mebibytes)); 10];
    assert!(told(document(words(), others(3))).is_ok());
    assert!(is_too_large(&told(document(words(), others(5)))));
}

#[test]
fn an_image_has_as_many_pixels_as_one_in_a_file_of_its_own() {
    let megapixels = |told: &Result<(), Failure>| match told {
        Err(Failure::Refused(Refusal::ImageTooLarge { megapixels })) => Some(*megapixels),
        _ => None,
    };
    let scanned = |width, height| image(width, height, 8, "FlateDecode", deflated(&[0; 1024], 1));
    assert!(told(document(words(), vec![scanned(9933, 14_043)])).is_ok(), "a map on A0 at 300 dots an inch");
    let mut larger = jpeg(8, 8, EVERY, false, &[]);
    let frame = larger.windows(2).position(|marker| marker == [0xff, 0xc0]).unwrap();
    larger[frame + 5..frame + 9].copy_from_slice(&[0x40, 0, 0x40, 0]);
    let codestream = [&[0xff, 0x4f, 0xff, 0x51, 0, 41, 0, 0][..], &[0, 0, 0x40, 0], &[0, 0, 0x40, 0]].concat();
    for (how, image) in [
        ("as it says", scanned(30_000, 30_000)),
        ("absurd", scanned(i64::MAX, i64::MAX)),
        ("a JPEG that says otherwise", image(8, 8, 8, "DCTDecode", larger)),
        ("a JPEG 2000 that says otherwise", image(8, 8, 8, "JPXDecode", codestream)),
    ] {
        assert_eq!(megapixels(&told(document(words(), vec![image]))), Some(150), "{how}");
    }
    let plan = |width, height| image(width, height, 1, "FlateDecode", deflated(&[0; 1024], 1));
    assert!(told(document(words(), vec![plan(13_244, 18_724)])).is_ok(), "a plan on A0 at 400 dots an inch");
    assert_eq!(megapixels(&told(document(words(), vec![plan(30_000, 30_000)]))), Some(400));
    let mut short = Stream::new(dictionary! { "Subtype" => "Image", "W" => 30_000, "H" => 30_000 }, vec![0]);
    short.dict.set("BPC", 8);
    assert_eq!(megapixels(&told(document(words(), vec![short]))), Some(150));
}

/// An image that says that it is small, and a text that says that it is an image.
#[test]
fn what_says_otherwise_is_counted() {
    let small = image(8, 8, 8, "FlateDecode", numbers(60));
    assert!(is_too_large(&told(document(words(), vec![small]))));
    let text = image(7000, 7000, 16, "FlateDecode", numbers(60));
    assert!(is_too_large(&told(document(text, Vec::new()))));
}

/// Pages of a scanner that packs colours bit by bit: more than a document may become otherwise, and none of it is more than
/// a page.
#[test]
fn what_a_scanner_makes_is_taken() {
    let page = |at: u8| image(2480, 3508, 8, "FlateDecode", deflated(&vec![at; 2480 * 3], 3508));
    assert!(told(document(words(), (0..3).map(page).collect())).is_ok());
    let photograph = image(4000, 3000, 8, "DCTDecode", jpeg(4000, 3000, EVERY, false, &[]));
    assert!(told(document(words(), vec![photograph; 5])).is_ok());
}
