//! Parts that hide who wrote them, what lies in them and how large they are.

use super::*;

#[test]
fn nobody_is_named_in_what_no_reader_sees() {
    let hidden = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\" standalone=\"yes\" by=\"{NAME}\"?><!DOCTYPE a PUBLIC \"{NAME}\" \"x\">\
         <?pi {NAME}?><!-- {NAME} --><a><?pi {NAME}?><!-- {NAME} --><b>Hej &amp; du</b></a><!-- {NAME} --><?pi {NAME}?>"
    );
    let declared = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><a><b>Hej &amp; du</b></a>";
    let named =
        |target: &str| format!("<Relationships><Relationship Type=\"a/theme\" Target=\"{target}\"/></Relationships>");
    let copies = [
        shown(FileType::Docx, &docx_of(hidden.clone(), Vec::new())),
        shown(
            FileType::Docx,
            &docx_of(
                "<a/>",
                vec![
                    // XML to every program that goes by the list of types, whatever it is called.
                    ("word/_rels/document.xml.rels", named("theme.bin").into_bytes()),
                    ("word/theme.bin", hidden.clone().into_bytes()),
                ],
            ),
        ),
        shown(FileType::Xlsx, &office("xl/workbook.xml", EXCEL, hidden.clone().into_bytes(), Vec::new())),
        shown(FileType::Odt, &odt_of(hidden.clone(), Vec::new())),
        shown(FileType::Odt, &odt_of("<a/>", vec![("Pictures/a.png", hidden.clone().into_bytes())])),
    ];
    for copy in copies {
        let copy = copy.unwrap();
        assert!(!copy.contains(NAME), "{copy}");
        assert!(copy.contains(declared), "{copy}");
    }
    let padded =
        [FileType::Odt.media_type().as_bytes(), " ".repeat(2 * 1024 * 1024).as_bytes(), NAME.as_bytes()].concat();
    let list = b"<m><e:file-entry e:full-path=\"content.xml\"/></m>".to_vec();
    let content = archive(&[("mimetype", padded), ("content.xml", b"<a/>".to_vec()), ("META-INF/manifest.xml", list)]);
    assert!(!shown(FileType::Odt, &content).unwrap_or_default().contains(NAME));
}

/// What says something else in another coding is read in none.
#[test]
fn a_part_in_another_coding_is_not_taken() {
    let field = "<w:instrText>DDEAUTO x</w:instrText>";
    let wide = |bytes: fn(u16) -> [u8; 2], mark: &str| {
        format!("{mark}<w:document>{field}</w:document>").encode_utf16().flat_map(bytes).collect::<Vec<u8>>()
    };
    let codings = [
        wide(u16::to_le_bytes, "\u{feff}"),
        wide(u16::to_be_bytes, "\u{feff}"),
        wide(u16::to_le_bytes, ""),
        wide(u16::to_be_bytes, ""),
        b"<?xml version=\"1.0\" encoding=\"UTF-7\"?><a>+ADw-w:instrText+AD4-DDEAUTO</a>".to_vec(),
    ];
    for coding in codings {
        assert_eq!(shown(FileType::Docx, &docx_of(coding.clone(), Vec::new())), Err(Refusal::Damaged), "{coding:?}");
        let relation = b"<Relationships><Relationship Type=\"a/styles\" Target=\"s.bin\"/></Relationships>".to_vec();
        let more = vec![("word/_rels/document.xml.rels", relation), ("word/s.bin", coding.clone())];
        assert_eq!(shown(FileType::Docx, &docx_of("<a/>", more)), Err(Refusal::Damaged), "{coding:?}");
    }
}

#[test]
fn a_document_within_is_found_whether_or_not_something_refers_to_it() {
    let zeros = || archive(&[("word/document.xml", vec![0; 4096])]);
    let compound = || b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and more".to_vec();
    let list = |relations: &str| format!("<Relationships>{relations}</Relationships>").into_bytes();
    let within: [(&str, Parts); 7] = [
        ("an archive", vec![("word/embeddings/a.docx", zeros())]),
        ("by its folder", vec![("word/embeddings/a.bin", b"x".to_vec())]),
        ("elsewhere", vec![("word/media/image1.png", zeros())]),
        ("an object", vec![("word/a.bin", compound())]),
        ("a PDF", vec![("x/y", b"%PDF-1.7".to_vec())]),
        (
            "of no diagram",
            vec![
                ("word/_rels/document.xml.rels", list("<Relationship Type=\"a/theme\" Target=\"charts/c.xml\"/>")),
                ("word/charts/c.xml", b"<c/>".to_vec()),
                (
                    "word/charts/_rels/c.xml.rels",
                    list("<Relationship Type=\"a/package\" Target=\"../embeddings/a.xlsx\"/>"),
                ),
                ("word/embeddings/a.xlsx", zeros()),
            ],
        ),
        (
            "of a part that belongs to nothing",
            vec![
                ("word/charts/_rels/c.xml.rels", list("<Relationship Type=\"a/package\" Target=\"a.xlsx\"/>")),
                ("word/charts/a.xlsx", zeros()),
            ],
        ),
    ];
    for (why, more) in within {
        is_active(FileType::Docx, &docx_of("<a/>", more), why);
    }
    is_active(FileType::Odt, &odt_of("<a/>", vec![("Object 1", compound())]), "an object");
    is_active(FileType::Odt, &odt_of("<a/>", vec![("a.zip", zeros())]), "an archive");
    let earlier = odt_of("<a/>", vec![("Versions/Version1", zeros())]);
    assert!(!shown(FileType::Odt, &earlier).unwrap().contains('\0'), "earlier versions stay behind");
    let none = odt_of("<a/>", vec![("Versions/Version1", NAME.into())]);
    assert!(!shown(FileType::Odt, &none).unwrap().contains(NAME));
    let macros = archive(&[("Basic/Standard/Module1.xml", b"x".to_vec())]);
    assert_eq!(shown(FileType::Odt, &odt_of("<a/>", vec![("Versions/Version1", macros)])), Err(Refusal::Macros));
}

#[test]
fn numbers_of_a_diagram_may_lie_within_and_stay_behind() {
    let list = |relations: &str| format!("<Relationships>{relations}</Relationships>").into_bytes();
    let with = |numbers: Vec<u8>| {
        let more = vec![
            ("word/_rels/document.xml.rels", list("<Relationship Type=\"a/chart\" Target=\"charts/c.xml\"/>")),
            ("word/charts/c.xml", b"<c>Diagram</c>".to_vec()),
            (
                "word/charts/_rels/c.xml.rels",
                list("<Relationship Type=\"a/package\" Target=\"../embeddings/a.xlsx\"/>"),
            ),
            ("word/embeddings/a.xlsx", numbers),
        ];
        shown(FileType::Docx, &docx_of("<a/>", more))
    };
    let copy = with(xlsx("<c>7</c>")).unwrap();
    assert!(copy.contains("Diagram") && !copy.contains("embeddings"), "{copy}");
    let macros = office("xl/workbook.xml", EXCEL, b"<a/>".to_vec(), vec![("xl/vbaProject.bin", b"x".to_vec())]);
    assert_eq!(with(macros), Err(Refusal::Macros));
    let program = with(b"MZ\x90\0".to_vec());
    assert!(matches!(program, Err(Refusal::Active { .. })), "{program:?}");
}

#[test]
fn xml_is_neither_endlessly_deep_nor_endless() {
    let open = docx(&"<w:p>".repeat(100_000));
    assert_eq!(shown(FileType::Docx, &open), Err(Refusal::UnpacksTooLarge));
    let deep = |depth: usize| docx(&("<w:p>".repeat(depth) + &"</w:p>".repeat(depth)));
    shown(FileType::Docx, &deep(500)).unwrap();
    assert_eq!(shown(FileType::Docx, &deep(512)), Err(Refusal::UnpacksTooLarge));
    struct All;
    impl Rules for All {
        fn element(&mut self, _: &quick_xml::events::BytesStart<'_>) -> Result<xml::Element, Refusal> {
            Ok(xml::Element::Kept)
        }
    }
    let mut budget = Budget::of(20);
    xml::look(&b"<a><b/>c<b/></a>"[..], &mut All, &mut budget).unwrap();
    xml::look(&b"<a><b/>c<b/></a>"[..], &mut All, &mut budget).unwrap();
    let spent = xml::look(&b"<a>&amp;&#1;<!-- --><?x y?><b/>c<b/></a>"[..], &mut All, &mut budget);
    assert!(matches!(spent, Err(Failure::Refused(Refusal::UnpacksTooLarge))), "{spent:?}");
}
