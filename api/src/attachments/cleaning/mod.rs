//! What is shown of a file: a copy without what names the people who made it. One file for each kind.
//!
//! A reader of what a file hangs on gets the copy; its uploader gets the original, and of responses those who process them. A content of which no
//! copy can be made is refused when it is uploaded, so that the person who can do something about it hears of it.

mod image;
mod links;
mod media;
mod office;
mod pdf;

use std::{fs::File, path::Path};

use openapi::attachments::FileType;
use serde::{Deserialize, Serialize};

#[cfg(any(test, feature = "testing"))]
pub use self::media::specimens;
use super::refusal::{Failure, Refusal};

/// What is shown of a content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Cleaned {
    /// The original: nothing in it names people but what its readers read.
    Original,
    /// The copy that was written.
    Copy,
}

/// Makes the copy of a content that is shown, in `copy`, an empty file. The content is one that
/// [`agrees`](super::inspection::agrees) has passed.
///
/// # Errors
/// [`Failure`]: then nothing of the content may be shown.
pub(crate) fn clean(content: &Path, kind: FileType, copy: &mut File) -> Result<Cleaned, Failure> {
    match kind {
        FileType::Text => Ok(Cleaned::Original),
        FileType::Png | FileType::Jpeg => image::clean(content, kind, copy),
        FileType::Pdf => pdf::clean(content, copy),
        FileType::Docx | FileType::Xlsx | FileType::Odt => office::clean(content, kind, copy),
        FileType::Unknown => Err(Refusal::Mislabelled { found: None }.into()),
    }
}

#[cfg(test)]
mod tests {
    use std::{
        fs,
        io::{Cursor, Write},
    };

    use proptest::{prelude::*, sample::select};
    use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

    use super::*;
    use crate::{attachments::inspection::agrees, foreign::spoiled};

    const NAME: &str = "Jens Hemmelig";

    fn copied(content: &[u8], kind: FileType) -> Result<Option<Vec<u8>>, Failure> {
        let folder = tempfile::tempdir().unwrap();
        let (original, copy) = (folder.path().join("original"), folder.path().join("copy"));
        fs::write(&original, content).unwrap();
        agrees(&original, kind)?;
        let shown = clean(&original, kind, &mut File::create(&copy).unwrap())?;
        Ok((shown == Cleaned::Copy).then(|| fs::read(&copy).unwrap()))
    }

    fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in parts {
            zip.start_file(*name, SimpleFileOptions::default()).unwrap();
            zip.write_all(content.as_bytes()).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    fn specimens() -> Vec<Vec<u8>> {
        let kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
        let types = format!("<Types><Override PartName=\"/word/document.xml\" ContentType=\"{kind}\"/></Types>");
        let text =
            format!("<w:p><w:ins w:author=\"{NAME}\" w:x='1'>Hej &amp; &#229;</w:ins><!-- {NAME} --><w:br/></w:p>");
        let root = "<Relationships><Relationship Type=\"a/officeDocument\" Target=\"word/document.xml\"/>\
                    <Relationship Type=\"a/core-properties\" Target=\"docProps/core.xml\"/></Relationships>";
        let remark = format!("<o:t><dc:creator>{NAME}</dc:creator><text:p>Hej</text:p></o:t>");
        let pdf = format!(
            "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
             3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Annots[4 0 R]>>endobj\n\
             4 0 obj<</Type/Annot/Subtype/Text/Rect[1 1 2 2]/T({NAME})>>endobj\n5 0 obj<</Author({NAME})>>endobj\n\
             trailer<</Size 6/Root 1 0 R/Info 5 0 R>>\nstartxref\n0\n%%EOF\n"
        );
        vec![
            archive(&[
                ("[Content_Types].xml", &types),
                ("_rels/.rels", root),
                ("word/document.xml", &text),
                ("docProps/core.xml", NAME),
            ]),
            archive(&[
                ("mimetype", FileType::Odt.media_type()),
                ("content.xml", &remark),
                ("meta.xml", NAME),
                ("META-INF/manifest.xml", "<m><e:file-entry e:full-path=\"content.xml\"/></m>"),
            ]),
            pdf.into_bytes(),
        ]
    }

    /// Everything in a copy, unpacked.
    fn unpacked(copy: &[u8]) -> String {
        let mut said = format!("{:?}", String::from_utf8_lossy(copy));
        if let Ok(mut archive) = ZipArchive::new(Cursor::new(copy)) {
            for index in 0..archive.len() {
                let mut part = Vec::new();
                std::io::copy(&mut archive.by_index(index).unwrap(), &mut part).unwrap();
                said += &String::from_utf8_lossy(&part);
            }
        }
        if let Ok(document) = lopdf::Document::load_mem(copy) {
            said += &format!("{:?}", document.objects);
        }
        said
    }

    #[test]
    fn a_copy_names_nobody_and_is_of_its_kind() {
        for (content, kind) in specimens().iter().zip([FileType::Docx, FileType::Odt, FileType::Pdf]) {
            let copy = copied(content, kind).unwrap().expect("a copy is made");
            assert!(!unpacked(&copy).contains(NAME), "{kind}: {}", unpacked(&copy));
            // There is nothing more to take out of it.
            let again = copied(&copy, kind).unwrap().expect("a copy of the copy");
            assert_eq!(unpacked(&copy).len(), unpacked(&again).len(), "{kind}");
        }
    }

    proptest! {
        /// Whatever the bytes: there is a copy that can be copied again, or a refusal; never a failure of the disk.
        #[test]
        fn fuzz_documents(content in spoiled(specimens()), kind in select(FileType::ALL)) {
            match copied(&content, kind) {
                Ok(Some(copy)) => prop_assert!(copied(&copy, kind).is_ok(), "{kind}: a copy is no {kind}"),
                Ok(None) => {}
                Err(Failure::Refused(_)) => {}
                Err(Failure::Disk(error)) => prop_assert!(false, "{error:?}"),
            }
        }
    }
}
