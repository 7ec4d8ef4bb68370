//! Documents that hide what they do, who wrote them, and what lies in them.

use std::{
    fs,
    io::{Cursor, Read, Write},
};

use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

use super::*;
use crate::attachments::inspection::agrees;

mod fields;
mod links;
mod media;
mod parts;
mod people;

const NAME: &str = "SECRETAUTHOR";
const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
const EXCEL: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml";

type Parts = Vec<(&'static str, Vec<u8>)>;

fn archive(parts: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn office(main: &'static str, kind: &str, content: Vec<u8>, more: Parts) -> Vec<u8> {
    let types = format!("<Types><Override PartName=\"/{main}\" ContentType=\"{kind}\"/></Types>");
    let root = format!("<Relationships><Relationship Type=\"a/officeDocument\" Target=\"{main}\"/></Relationships>");
    let parts = [("[Content_Types].xml", types.into_bytes()), ("_rels/.rels", root.into_bytes()), (main, content)];
    archive(&parts.into_iter().chain(more).collect::<Vec<_>>())
}

fn docx_of(content: impl Into<Vec<u8>>, more: Parts) -> Vec<u8> {
    office("word/document.xml", WORD, content.into(), more)
}

fn docx(content: &str) -> Vec<u8> {
    docx_of(format!("<w:document xmlns:w=\"urn:w\">{content}</w:document>"), Vec::new())
}

fn xlsx(content: &str) -> Vec<u8> {
    let content = format!("<worksheet>{content}</worksheet>");
    office("xl/workbook.xml", EXCEL, content.into_bytes(), Vec::new())
}

fn odt_of(content: impl Into<Vec<u8>>, more: Parts) -> Vec<u8> {
    let mut listed = String::from("<e:file-entry e:full-path=\"content.xml\"/>");
    more.iter().for_each(|(name, _)| listed += &format!("<e:file-entry e:full-path=\"{name}\"/>"));
    let parts = [
        ("mimetype", FileType::Odt.media_type().as_bytes().to_vec()),
        ("content.xml", content.into()),
        ("META-INF/manifest.xml", format!("<m>{listed}</m>").into_bytes()),
    ];
    archive(&parts.into_iter().chain(more).collect::<Vec<_>>())
}

fn odt(content: &str) -> Vec<u8> {
    odt_of(format!("<office:document-content>{content}</office:document-content>"), Vec::new())
}

/// What is shown of a document, its parts one behind the other.
fn shown(kind: FileType, content: &[u8]) -> Result<String, Refusal> {
    let parts = shown_parts(kind, content)?;
    Ok(String::from_utf8(parts.into_iter().flat_map(|(_, content)| content).collect()).unwrap())
}

/// What is shown of a document, part by part.
fn shown_parts(kind: FileType, content: &[u8]) -> Result<Vec<(String, Vec<u8>)>, Refusal> {
    let folder = tempfile::tempdir().unwrap();
    let (original, copy) = (folder.path().join("original"), folder.path().join("copy"));
    fs::write(&original, content).unwrap();
    let made = agrees(&original, kind).and_then(|()| clean(&original, kind, &mut File::create(&copy).unwrap()));
    match made {
        Ok(_) => {}
        Err(Failure::Refused(refusal)) => return Err(refusal),
        Err(Failure::Disk(error)) => panic!("{error:?}"),
    }
    let mut archive = ZipArchive::new(File::open(&copy).unwrap()).unwrap();
    let mut parts = Vec::new();
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).unwrap();
        let mut said = Vec::new();
        part.read_to_end(&mut said).unwrap();
        parts.push((part.name().unwrap().into_owned(), said));
    }
    Ok(parts)
}

fn is_active(kind: FileType, content: &[u8], why: &str) {
    let made = shown(kind, content);
    assert!(matches!(made, Err(Refusal::Active { .. })), "{why}: {made:?}");
}
