//! What lies in a document beside its text.

use base64::{Engine, engine::general_purpose::STANDARD};

use super::*;
use crate::attachments::{
    images::specimens::{photograph, screenshot},
    media_specimens::all,
};

/// A document with this beside its text, related to it as an image, by the name of a Word document's part.
fn with(kind: FileType, file: &'static str, content: Vec<u8>) -> Vec<u8> {
    let relation = |folder: &str| {
        format!("<Relationships><Relationship Id=\"r1\" Type=\"a/image\" Target=\"{folder}{file}\"/></Relationships>")
    };
    let name = |folder: &str| -> &'static str { format!("{folder}{file}").leak() };
    match kind {
        FileType::Docx => {
            let list = ("word/_rels/document.xml.rels", relation("media/").into_bytes());
            docx_of("<w:t>Hej</w:t>", vec![list, (name("word/media/"), content)])
        }
        FileType::Xlsx => {
            let list = ("xl/_rels/workbook.xml.rels", relation("media/").into_bytes());
            office("xl/workbook.xml", EXCEL, b"<a/>".to_vec(), vec![list, (name("xl/media/"), content)])
        }
        _ => odt_of("<a/>", vec![(name("Pictures/"), content)]),
    }
}

const PACKAGES: [FileType; 3] = [FileType::Docx, FileType::Xlsx, FileType::Odt];

fn part_of(kind: FileType, file: &'static str, content: Vec<u8>) -> Result<Vec<u8>, Refusal> {
    let parts = shown_parts(kind, &with(kind, file, content))?;
    Ok(parts.into_iter().find(|(name, _)| name.ends_with(file)).expect("it comes along").1)
}

/// An ordinary document, with everything that Word and LibreOffice put into one.
#[test]
fn images_come_along_as_they_look_whatever_they_are_called() {
    for kind in PACKAGES {
        for specimen in all(NAME) {
            assert_eq!(part_of(kind, specimen.file, specimen.original.clone()).unwrap(), specimen.shown, "{kind}");
            assert_eq!(part_of(kind, "image1.png", specimen.original).unwrap(), specimen.shown, "{kind}");
        }
        let pixels = |content: &[u8]| image::load_from_memory(content).unwrap().into_rgb8().into_raw();
        for original in [photograph(48, 32), screenshot(20, 10).unwrap()] {
            let copy = part_of(kind, "image1.jpeg", original.clone()).unwrap();
            assert_eq!(pixels(&copy), pixels(&original), "{kind}");
            assert!(!String::from_utf8_lossy(&copy).contains("Astrid"), "{kind}");
        }
    }
}

#[test]
fn programs_and_pages_are_refused_wherever_they_lie() {
    for content in
        [&b"MZ\x90\0\x03"[..], b"\x7fELF\x02\x01\x01\0", b"<html><body>x</body></html>", b"#!/bin/sh\nx", b"{\\rtf1"]
    {
        for kind in PACKAGES {
            is_active(kind, &with(kind, "image1.png", content.to_vec()), "an image");
        }
        let unused = docx_of("<a/>", vec![("word/media/unused.png", content.to_vec())]);
        let made = shown_parts(FileType::Docx, &unused);
        assert!(matches!(made, Err(Refusal::Active { .. })) || content.starts_with(b"{"), "{content:?}: {made:?}");
    }
    is_active(FileType::Docx, &with(FileType::Docx, "a.svg", b"<?xml version=\"1.0\"?><x:html/>".to_vec()), "a page");
}

/// Word scrambles fonts, by which they are known to nobody.
#[test]
fn fonts_come_along() {
    let list = b"<Relationships><Relationship Id=\"r1\" Type=\"a/font\" Target=\"fonts/font1.odttf\"/></Relationships>";
    let font = vec![0x9a; 999];
    let more = vec![("word/_rels/document.xml.rels", list.to_vec()), ("word/fonts/font1.odttf", font.clone())];
    let parts = shown_parts(FileType::Docx, &docx_of("<a/>", more)).unwrap();
    assert!(parts.iter().any(|(name, content)| name == "word/fonts/font1.odttf" && *content == font));
}

fn svg(content: &str) -> Vec<u8> {
    format!("<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\">{content}</svg>")
        .into_bytes()
}

#[test]
fn a_drawing_does_nothing_and_loads_nothing_in_any_package() {
    for kind in PACKAGES {
        for script in ["<script>x</script>", "<s:script/>", "<rect onclick=\"x\"/>", "<g><set onbegin=\"x\"/></g>"] {
            assert_eq!(part_of(kind, "a.svg", svg(script)), Err(Refusal::Macros), "{kind}: {script}");
            assert_eq!(part_of(kind, "a.png", svg(script)), Err(Refusal::Macros), "{kind}: {script}");
        }
        for active in [
            "<image xlink:href=\"https://evil.example/x.png\"/>",
            "<image href=\"data:text/html,x\"/>",
            "<use href=\"file:///x.svg#a\"/>",
            "<a xlink:href=\"j&#97;vascript:x\"/>",
            "<style>@import 'https://evil.example';</style>",
            "<style>a{fill:u<!-- -->rl( \"https://evil.example\")}</style>",
            "<rect style=\"fill:url(//evil.example/x)\"/>",
            "<rect fill=\"URL(https://evil.example)\"/>",
        ] {
            is_active(kind, &with(kind, "a.svg", svg(active)), active);
        }
    }
}

#[test]
fn a_drawing_comes_along_without_its_maker() {
    let image = STANDARD.encode(photograph(16, 16));
    let drawing = svg(&format!(
        "<sodipodi:namedview x=\"{NAME}\"/><metadata>{NAME}</metadata><title>Kort</title><desc>C:\\{NAME}\\x.svg</desc>\
         <g sodipodi:docname=\"{NAME}.svg\" inkscape:export-filename=\"C:\\{NAME}\\x.png\" sodipodi:absref=\"{NAME}\">\
         <style>a{{fill:url(#b)}}</style><a href=\"https://a.example\"><rect fill=\"url(#b)\" width=\"9\"/></a>\
         <image xlink:href=\"data:image/jpeg;base64,{image}\"/><use xlink:href=\"#b\"/></g>"
    ));
    for kind in PACKAGES {
        let copy = String::from_utf8(part_of(kind, "a.svg", drawing.clone()).unwrap()).unwrap();
        assert!(!copy.contains(NAME), "{kind}: {copy}");
        for kept in [
            "<title>Kort</title>",
            "<g><style>a{fill:url(#b)}</style>",
            "<a href=\"https://a.example\"><rect fill=\"url(#b)\" width=\"9\"/></a>",
            "<use xlink:href=\"#b\"/>",
        ] {
            assert!(copy.contains(kept), "{kind}: {copy}");
        }
        let (_, packed) = copy.split_once("base64,").unwrap();
        let within = STANDARD.decode(packed.split_once('"').unwrap().0).unwrap();
        assert!(image::load_from_memory(&within).is_ok() && !String::from_utf8_lossy(&within).contains("Astrid"));
    }
}
