//! Looks at contents: whether one is what its name says, and holds nothing that runs. Reads files, so it belongs on a
//! process that may wait. No content is ever whole in memory here.

mod package;

use std::{
    fs::File,
    io::{self, BufRead, BufReader, Read},
    path::Path,
};

use openapi::attachments::FileType;

use self::package::Package;
use super::refusal::{Failure, Refusal};

/// Bytes by which a content is known.
const HEAD: u64 = 8192;

/// What documents of Office begin with that are no archives: those of before 2007, and those with a password.
const COMPOUND: [u8; 8] = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/// What holds the rest of a document with a password, as its list of contents says it.
const ENCRYPTED: &str = "EncryptedPackage";

/// Passes a content that is what it is said to be.
///
/// # Errors
/// What is wrong with it, or [`Failure::Disk`].
pub(crate) fn agrees(path: &Path, claimed: FileType) -> Result<(), Failure> {
    let mut head = Vec::new();
    File::open(path)?.take(HEAD).read_to_end(&mut head)?;
    let found = infer::get(&head).map(|kind| kind.mime_type());
    let agrees = match claimed {
        FileType::Pdf | FileType::Png | FileType::Jpeg => found == Some(claimed.media_type()),
        // A PDF may be text all through, and is a PDF all the same.
        FileType::Text => found != Some(FileType::Pdf.media_type()) && is_text(BufReader::new(File::open(path)?))?,
        FileType::Docx | FileType::Xlsx if head.starts_with(&COMPOUND) => {
            let name: Vec<u8> = ENCRYPTED.encode_utf16().flat_map(u16::to_le_bytes).collect();
            if holds(BufReader::new(File::open(path)?), &name)? {
                return Err(Refusal::Protected.into());
            }
            false
        }
        FileType::Docx | FileType::Xlsx | FileType::Odt => match Package::read(path)? {
            Some(package) if package.has_macros => return Err(Refusal::Macros.into()),
            Some(package) => package.is_a(claimed),
            None => false,
        },
        FileType::Unknown => false,
    };
    if agrees { Ok(()) } else { Err(Refusal::Mislabelled { found: found.map(str::to_owned) }.into()) }
}

/// Whether some bytes stand in a content.
fn holds(mut content: impl BufRead, wanted: &[u8]) -> io::Result<bool> {
    let mut last = Vec::new();
    loop {
        let piece = content.fill_buf()?;
        let length = piece.len();
        if length == 0 {
            return Ok(false);
        }
        last.extend_from_slice(piece);
        if last.windows(wanted.len()).any(|found| found == wanted) {
            return Ok(true);
        }
        // They may lie across two pieces.
        drop(last.drain(..last.len().saturating_sub(wanted.len())));
        content.consume(length);
    }
}

/// Plain text: no control characters, and valid in UTF-8 or in Windows-1252, which leaves but five bytes undefined.
fn is_text(mut content: impl BufRead) -> io::Result<bool> {
    let (mut is_utf8, mut is_windows) = (true, true);
    let mut unfinished = Vec::new();
    loop {
        let piece = content.fill_buf()?;
        let length = piece.len();
        if length == 0 {
            return Ok(is_windows || (is_utf8 && unfinished.is_empty()));
        }
        if piece.iter().any(|byte| byte.is_ascii_control() && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c)) {
            return Ok(false);
        }
        is_windows &= !piece.iter().any(|byte| matches!(byte, 0x81 | 0x8d | 0x8f | 0x90 | 0x9d));
        unfinished.extend_from_slice(piece);
        match str::from_utf8(&unfinished) {
            Ok(_) => unfinished.clear(),
            // A character may lie across two pieces.
            Err(error) if error.error_len().is_none() => drop(unfinished.drain(..error.valid_up_to())),
            Err(_) => {
                is_utf8 = false;
                unfinished.clear();
            }
        }
        content.consume(length);
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use proptest::{prelude::*, sample::select};
    use zip::{ZipWriter, write::SimpleFileOptions};

    use super::{package::runs, *};
    use crate::foreign::spoiled;

    fn looked_at(content: &[u8], claimed: FileType) -> Result<(), Failure> {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(content).unwrap();
        agrees(file.path(), claimed)
    }

    fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in parts {
            zip.start_file(*name, SimpleFileOptions::default()).unwrap();
            zip.write_all(content.as_bytes()).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    fn word(main: &str, part: &str) -> Vec<u8> {
        let list = format!("<Types><Override ContentType=\"application/vnd.{main}.main+xml\"/></Types>");
        archive(&[("[Content_Types].xml", &list), ("word/document.xml", "<w/>"), (part, "x")])
    }

    const WORD: &str = "openxmlformats-officedocument.wordprocessingml.document";
    const EXCEL: &str = "openxmlformats-officedocument.spreadsheetml.sheet";
    const ODT: (&str, &str) = ("mimetype", "application/vnd.oasis.opendocument.text");

    #[test]
    fn each_kind_is_known_by_its_content_and_no_other() {
        let contents = [
            (FileType::Pdf, b"%PDF-1.7\n".to_vec()),
            (FileType::Docx, word(WORD, "word/styles.xml")),
            (FileType::Odt, archive(&[ODT, ("content.xml", "<o/>")])),
            (FileType::Xlsx, word(EXCEL, "xl/styles.xml")),
            (FileType::Png, b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec()),
            (FileType::Jpeg, b"\xff\xd8\xff\xe0\0\x10JFIF\0".to_vec()),
            (FileType::Text, "Blåbærgrød\r\n".into()),
        ];
        for (kind, content) in &contents {
            for claimed in FileType::ALL {
                let agrees = looked_at(content, *claimed).is_ok();
                assert_eq!(agrees, kind == claimed, "{kind} as {claimed}");
            }
        }
    }

    #[test]
    fn macros_are_found_wherever_they_hide() {
        let hidden = [
            (FileType::Docx, word(WORD, "word/vbaProject.bin")),
            (FileType::Docx, word(WORD, "word/VBAPROJECT.BIN")),
            (FileType::Docx, word("ms-word.document.macroEnabled", "word/styles.xml")),
            (FileType::Xlsx, word(EXCEL, "xl/macrosheets/sheet1.xml")),
            (FileType::Odt, archive(&[ODT, ("Basic/Standard/Module1.xml", "x")])),
            (FileType::Odt, archive(&[ODT, ("Scripts/python/evil.py", "x")])),
        ];
        for (claimed, content) in &hidden {
            assert!(matches!(looked_at(content, *claimed), Err(Failure::Refused(Refusal::Macros))), "{claimed}");
        }
    }

    #[test]
    fn half_a_document_is_none() {
        let whole = word(WORD, "word/styles.xml");
        for length in [4, whole.len() / 2, whole.len() - 1] {
            assert!(
                matches!(
                    looked_at(&whole[..length], FileType::Docx),
                    Err(Failure::Refused(Refusal::Mislabelled { .. }))
                ),
                "{length}"
            );
        }
    }

    /// Somebody who lists other parts than he has means to hide some from whoever looks.
    #[test]
    fn a_document_with_two_faces_is_none() {
        let mut content = word(WORD, "word/harmless.x");
        let place = content.windows(15).position(|window| window == b"word/harmless.x").unwrap();
        content[place..place + 15].copy_from_slice(b"word/vbaProject");
        assert!(looked_at(&content, FileType::Docx).is_err());
    }

    /// The parts of an archive as another reader sees them, who starts from its end.
    fn parts(content: &[u8]) -> Vec<String> {
        let archive = zip::ZipArchive::new(Cursor::new(content)).expect("what was passed is an archive");
        archive.file_names().filter_map(Result::ok).map(|name| name.to_lowercase()).collect()
    }

    proptest! {
        /// Whatever the bytes: there is an answer, and no document is passed that another reader would find programs in.
        #[test]
        fn fuzz_contents(content in spoiled(specimens()), claimed in select(FileType::ALL)) {
            let passed = looked_at(&content, claimed);
            prop_assert!(!matches!(passed, Err(Failure::Disk(_))), "{passed:?}");
            if passed.is_ok() && matches!(claimed, FileType::Docx | FileType::Xlsx | FileType::Odt) {
                prop_assert!(!parts(&content).iter().any(|part| runs(part)));
            }
        }
    }

    fn specimens() -> Vec<Vec<u8>> {
        vec![
            b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF".to_vec(),
            b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01".to_vec(),
            b"\xff\xd8\xff\xe0\0\x10JFIF\0".to_vec(),
            "Blåbærgrød 👩\u{200D}⚕️\r\n".into(),
            word(WORD, "word/styles.xml"),
            word(WORD, "word/vbaProject.bin"),
            word(EXCEL, "xl/macrosheets/sheet1.xml"),
            archive(&[ODT, ("content.xml", "<o/>")]),
            archive(&[ODT, ("Basic/Standard/Module1.xml", "x")]),
        ]
    }

    #[test]
    fn text_is_text_in_either_coding() {
        let is_text = |content: &[u8]| is_text(BufReader::with_capacity(3, content)).unwrap();
        assert!(is_text("Blåbærgrød 👩\u{200D}⚕️\ttab\r\n".as_bytes()), "UTF-8 across pieces");
        assert!(is_text(b"\xef\xbb\xbfmed BOM"));
        assert!(is_text(b"Bl\xe5b\xe6rgr\xf8d \x80 \x96"), "Windows-1252");
        assert!(is_text("Ý Í Á \u{c1d}".as_bytes()), "UTF-8 that is no Windows-1252");
        assert!(!is_text(b"UTF-16 \0B\0l\0"));
        assert!(!is_text(b"\x1b[31m"));
        assert!(!is_text(b"\xe5 \x81"), "neither");
        assert!(!is_text(b"MZ\x90\0\x03"));
    }
}
