//! Documents that hide what they do, who wrote them, and what lies in them.

use std::{
    fs,
    io::{Cursor, Read, Write},
};

use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

use super::*;
use crate::attachments::inspection::agrees;

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
    let mut said = Vec::new();
    for index in 0..archive.len() {
        archive.by_index(index).unwrap().read_to_end(&mut said).unwrap();
    }
    Ok(String::from_utf8(said).unwrap())
}

fn is_active(kind: FileType, content: &[u8], why: &str) {
    let made = shown(kind, content);
    assert!(matches!(made, Err(Refusal::Active { .. })), "{why}: {made:?}");
}

#[test]
fn a_field_is_found_however_xml_writes_it() {
    for field in [
        "<w:instrText>D&#68;EAUTO c:\\x</w:instrText>",
        "<w:instrText>D&#x44;E<!-- -->AU<?x y?>TO c:\\x</w:instrText>",
        "<w:instrText><![CDATA[DDE]]>AUTO<![CDATA[ c:\\x]]></w:instrText>",
        "<w:instrText>DDE<x:y/>AUTO c:\\x</w:instrText>",
        "<w:instrText>DDE<x:y>AUTO</x:y> c:\\x</w:instrText>",
        "<w:instrText>IN<x:y>nothing</x:y>CLUDETEXT x</w:instrText>",
        "<instrText>dde</instrText><other:instrText>auto x</other:instrText>",
        "<w:fldChar/><w:instrText>DD</w:instrText><x:fldChar/><w:instrText>EAUTO x</w:instrText>",
        "<w:delInstrText>DDEAUTO\nx</w:delInstrText>",
        "<w:fldSimple w:instr=\"D&#68;EAUTO x\"/>",
        "<w:fldSimple w:instr=\"&unknown;\" x:instr=\"&#x9;D&#68;E&#10;x\"/>",
        "<w:docVars><w:instrText>DDEAUTO x</w:instrText></w:docVars>",
        "<x:metadata><x:author><w:instrText>DDEAUTO x</w:instrText></x:author></x:metadata>",
    ] {
        is_active(FileType::Docx, &docx(field), field);
    }
    for still in [
        "<w:fldChar/><w:instrText>HYPER</w:instrText><w:instrText>LINK \"https://x.example\"</w:instrText>",
        "<w:instrText>PAGE</w:instrText><w:t>DDEAUTO er et ord</w:t>",
        "<m:f xmlns:m=\"http://x/math\"><m:num><m:t>image(f)</m:t></m:num></m:f>",
    ] {
        shown(FileType::Docx, &docx(still)).expect(still);
    }
}

#[test]
fn a_formula_is_found_wherever_a_sheet_may_have_one() {
    for formula in [
        "<f>WEBSERVIC&#69;(\"x\")</f>",
        "<x:f>WEBSER<!-- -->VICE(\"x\")</x:f>",
        "<f>_xlfn.<![CDATA[webser]]>vice (\"x\")</f>",
        "<definedName name=\"a\">WEBSERVICE(\"x\")</definedName>",
        "<cfRule><formula>WEBSERVICE(\"x\")</formula></cfRule>",
        "<dataValidation><formula1>1</formula1><formula2>WEBSERVICE(\"x\")</formula2></dataValidation>",
        "<calculatedColumnFormula>WEBSERVICE(\"x\")</calculatedColumnFormula>",
        "<x:FmlaPict>IMAGE(\"x\")</x:FmlaPict>",
        "<cfvo type=\"formula\" val=\"WEBSERVICE(&quot;x&quot;)\"/>",
        "<cacheField formula=\"RT&#68;(1)\"/>",
    ] {
        is_active(FileType::Xlsx, &xlsx(formula), formula);
    }
    let elsewhere = "<m:f xmlns:m=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">IMAGE(1)</m:f>";
    assert_eq!(shown(FileType::Xlsx, &xlsx(elsewhere)), Err(Refusal::Damaged));
    shown(FileType::Xlsx, &xlsx("<f>SUM(A1:A3)&amp;\"x\"</f><t>WEBSERVICE(x)</t>")).unwrap();
}

#[test]
fn an_open_document_is_looked_at_in_the_same_way() {
    for active in [
        "<table:table-cell table:formula=\"of:=WEBSERVIC&#69;(&quot;x&quot;)\"/>",
        "<t:table-cell t:formula=\"of:=dde(1)\"/>",
        "<table:named-expression table:expression=\"WEBSERVICE(1)\"/>",
        "<table:content-validation table:condition=\"of:cell-content()=WEBSERVICE(1)\"/>",
        "<calcext:condition calcext:value=\"formula-is(WEBSERVICE(1))\"/>",
        "<draw:image x:href=\"Pictures/a.png\" xlink:href=\"&#104;ttps://x.example\"/>",
    ] {
        is_active(FileType::Odt, &odt(active), active);
    }
    for script in ["<office:script/>", "<o:script/>", "<svg:script/>"] {
        assert_eq!(shown(FileType::Odt, &odt(script)), Err(Refusal::Macros), "{script}");
    }
    let renamed = format!("<text:creator xmlns:text=\"http://purl.org/dc/elements/1.1/\">{NAME}</text:creator>");
    assert_eq!(shown(FileType::Odt, &odt(&renamed)), Err(Refusal::Damaged));
    shown(FileType::Odt, &odt("<table:table-cell table:formula=\"of:=SUM([.A1:.A3])\"/>")).unwrap();
}

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

        fn attribute<'a>(&mut self, _: &str, _: &str, value: &'a str) -> Option<&'a str> {
            Some(value)
        }
    }
    let mut budget = Budget::of(20);
    xml::look(&b"<a><b/>c<b/></a>"[..], &mut All, &mut budget).unwrap();
    xml::look(&b"<a><b/>c<b/></a>"[..], &mut All, &mut budget).unwrap();
    let spent = xml::look(&b"<a>&amp;&#1;<!-- --><?x y?><b/>c<b/></a>"[..], &mut All, &mut budget);
    assert!(matches!(spent, Err(Failure::Refused(Refusal::UnpacksTooLarge))), "{spent:?}");
}
