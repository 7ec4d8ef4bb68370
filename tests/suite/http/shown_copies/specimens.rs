//! Documents that name their author in every place where programs write one, and say something else on their page.

use tests::attachments::{archive, pdf_with};

/// Who must not be found.
pub(super) const NAME: &str = "Jens Hemmelig";

/// What readers read.
pub(super) const WORDS: &str = "Vi er imod forslaget";

const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
const EXCEL: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships/metadata";
const MICROSOFT: &str = "http://schemas.microsoft.com/office/2017/10/relationships";

fn xmp() -> Vec<u8> {
    let packet = format!("<x:xmpmeta xmlns:x='adobe:ns:meta/'><dc:creator>{NAME}</dc:creator></x:xmpmeta>");
    format!("<</Type/Metadata/Subtype/XML/Length {}>>stream\n{packet}\nendstream", packet.len()).into_bytes()
}

/// The objects from 6 on: properties in both forms, what a program keeps on the page, and a remark.
fn objects() -> Vec<Vec<u8>> {
    let utf16: String = format!("\u{feff}{NAME}").encode_utf16().map(|unit| format!("{unit:04x}")).collect();
    vec![
        format!("<</Author({NAME})/Creator<{utf16}>/Title(Svar fra {NAME})>>").into_bytes(),
        xmp(),
        format!("<</Illustrator<</LastModified(D:20261127)/Private<</By({NAME})>>>>>>").into_bytes(),
        format!("<</Type/Annot/Subtype/Text/Rect[9 9 29 29]/T({NAME})/Contents(En bemaerkning)>>").into_bytes(),
        format!("<</Type/Sig/Name({NAME})/Contents<00>>>").into_bytes(),
        b"<</FT/Sig/T(Underskrift)/V 10 0 R>>".to_vec(),
        b"<</Fields[11 0 R]/SigFlags 3>>".to_vec(),
    ]
}

/// A PDF document as its author's program wrote it.
pub(super) fn pdf() -> Vec<u8> {
    let content = pdf_with(&objects(), "/Info 6 0 R", WORDS.as_bytes(), 0);
    // Of the same length, so that everything stays in its place.
    let text = content.iter().map(|byte| char::from(*byte)).collect::<String>();
    let page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>";
    assert!(text.contains(page));
    updated(
        &content,
        &[
            (1, "<</Type/Catalog/Pages 2 0 R/Metadata 7 0 R/AcroForm 12 0 R>>"),
            (
                3,
                "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>\
         /PieceInfo 8 0 R/Metadata 7 0 R/Annots[9 0 R]>>",
            ),
        ],
    )
}

/// The same, written anew with its objects in compressed streams.
pub(super) fn compressed_pdf() -> Vec<u8> {
    let mut document = lopdf::Document::load_mem(&pdf()).unwrap();
    document.compress();
    let mut content = Vec::new();
    document.save_modern(&mut content).unwrap();
    assert!(content.windows(7).any(|window| window == b"/ObjStm"), "its objects lie in streams");
    content
}

/// A PDF document whose author has put another text in the place of the first: both lie in the file.
pub(super) fn revised_pdf() -> Vec<u8> {
    let first = pdf_with(&objects(), "/Info 6 0 R", NAME.as_bytes(), 0);
    let hexadecimal: String = WORDS.bytes().map(|byte| format!("{byte:02x}")).collect();
    let shown = format!("BT /F1 12 Tf 72 720 Td <{hexadecimal}> Tj ET");
    updated(&first, &[(4, &format!("<</Length {}>>stream\n{shown}\nendstream", shown.len()))])
}

/// A document with some objects replaced behind its end.
fn updated(content: &[u8], objects: &[(u32, &str)]) -> Vec<u8> {
    let tail = String::from_utf8_lossy(&content[content.len() - 18..]).into_owned();
    let before: u64 = tail.split('\n').find_map(|line| line.parse().ok()).unwrap();
    let mut content = content.to_vec();
    let mut places = String::new();
    for (number, object) in objects {
        places += &format!("{number} 1\n{:010} 00000 n \n", content.len());
        content.extend(format!("{number} 0 obj\n{object}\nendobj\n").into_bytes());
    }
    let start = content.len();
    let trailer = format!("<</Size 13/Root 1 0 R/Info 6 0 R/Prev {before}>>");
    content.extend(format!("xref\n{places}trailer\n{trailer}\nstartxref\n{start}\n%%EOF\n").into_bytes());
    content
}

fn part(name: &str, content: impl Into<Vec<u8>>) -> (String, Vec<u8>) {
    (name.to_owned(), content.into())
}

fn relationships(name: &str, list: &[(&str, &str)]) -> (String, Vec<u8>) {
    let list: String = (1..)
        .zip(list)
        .map(|(number, (kind, target))| {
            let mode = if target.contains("://") { " TargetMode=\"External\"" } else { "" };
            format!("<Relationship Id=\"rId{number}\" Type=\"{kind}\" Target=\"{target}\"{mode}/>")
        })
        .collect();
    let space = "http://schemas.openxmlformats.org/package/2006/relationships";
    part(name, format!("<?xml version=\"1.0\"?><Relationships xmlns=\"{space}\">{list}</Relationships>"))
}

fn properties() -> [(String, Vec<u8>); 4] {
    [
        part("docProps/core.xml", format!("<cp:coreProperties><dc:creator>{NAME}</dc:creator></cp:coreProperties>")),
        part("docProps/app.xml", format!("<Properties><Manager>{NAME}</Manager></Properties>")),
        part("docProps/custom.xml", format!("<Properties><property><v>{NAME}</v></property></Properties>")),
        part("docProps/thumbnail.jpeg", format!("\u{fffd}{NAME}")),
    ]
}

fn root(main: &str) -> (String, Vec<u8>) {
    let (core, thumbnail) = (format!("{PACKAGE}/core-properties"), format!("{PACKAGE}/thumbnail"));
    let (main_kind, app) = (format!("{OFFICE}/officeDocument"), format!("{OFFICE}/extended-properties"));
    let custom = format!("{OFFICE}/custom-properties");
    relationships(
        "_rels/.rels",
        &[
            (&main_kind, main),
            (&core, "docProps/core.xml"),
            (&app, "docProps/app.xml"),
            (&custom, "docProps/custom.xml"),
            (&thumbnail, "docProps/thumbnail.jpeg"),
        ],
    )
}

fn types(main: &str, kind: &str) -> (String, Vec<u8>) {
    let list = format!(
        "<?xml version=\"1.0\"?><Types><Default Extension=\"xml\" ContentType=\"application/xml\"/>\
         <Override PartName=\"/{main}\" ContentType=\"{kind}\"/>\
         <Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/></Types>"
    );
    part("[Content_Types].xml", list)
}

/// A Word document.
pub(super) fn docx() -> Vec<u8> {
    let kinds = ["comments", "settings", "customXml", "hyperlink"].map(|kind| format!("{OFFICE}/{kind}"));
    let people = "http://schemas.microsoft.com/office/2011/relationships/people";
    let template = format!("{OFFICE}/attachedTemplate");
    let by = format!("w:author=\"{NAME}\" w:date=\"2026-11-27T10:00:00Z\"");
    let mut parts = vec![
        types("word/document.xml", WORD),
        root("word/document.xml"),
        relationships(
            "word/_rels/document.xml.rels",
            &[
                (&kinds[0], "comments.xml"),
                (&kinds[1], "settings.xml"),
                (&kinds[2], "../customXml/item1.xml"),
                (people, "people.xml"),
                (&kinds[3], "https://www.eksempel.dk/"),
            ],
        ),
        relationships("word/_rels/settings.xml.rels", &[(&template, "file:///C:\\Users\\Jens Hemmelig\\Brev.dotm")]),
        part(
            "word/document.xml",
            format!(
                "<?xml version=\"1.0\"?><!-- {NAME} --><w:document xmlns:w=\"w\"><w:body><w:p><w:ins w:id=\"1\" {by}><w:r>\
             <w:t>{WORDS}</w:t></w:r></w:ins><w:del {by}><w:r><w:delText>måske</w:delText></w:r></w:del>\
             <w:sdt><w:sdtPr><w:dataBinding w:xpath=\"/x\"/></w:sdtPr></w:sdt></w:p></w:body></w:document>"
            ),
        ),
        part(
            "word/comments.xml",
            format!(
                "<w:comments xmlns:w=\"w\"><w:comment w:id=\"0\" {by} w:initials=\"JHEM\"><w:p><w:r><w:t>En &amp; anden</w:t>\
             </w:r></w:p></w:comment></w:comments>"
            ),
        ),
        part("word/people.xml", format!("<w15:people><w15:person w15:author=\"{NAME}\"/></w15:people>")),
        part(
            "word/settings.xml",
            format!(
                "<w:settings xmlns:w=\"w\"><w:attachedTemplate r:id=\"rId1\"/><w:docVars><w:docVar w:name=\"Sagsbehandler\" \
             w:val=\"{NAME}\"/></w:docVars><w:zoom w:percent=\"100\"/></w:settings>"
            ),
        ),
        part("customXml/item1.xml", format!("<sag><forfatter>{NAME}</forfatter></sag>")),
        part("word/glemt.xml", format!("<w:p>{NAME}</w:p>")),
    ];
    parts.extend(properties());
    archive(&parts)
}

/// An Excel document.
pub(super) fn xlsx() -> Vec<u8> {
    let kinds = ["worksheet", "comments", "printerSettings"].map(|kind| format!("{OFFICE}/{kind}"));
    let (persons, threads) = (format!("{MICROSOFT}/person"), format!("{MICROSOFT}/threadedComment"));
    let mut parts = vec![
        types("xl/workbook.xml", EXCEL),
        root("xl/workbook.xml"),
        relationships(
            "xl/_rels/workbook.xml.rels",
            &[(&kinds[0], "worksheets/sheet1.xml"), (&persons, "persons/person.xml")],
        ),
        relationships(
            "xl/worksheets/_rels/sheet1.xml.rels",
            &[
                (&kinds[1], "../comments1.xml"),
                (&kinds[2], "../printerSettings/printerSettings1.bin"),
                (&threads, "/xl/threadedComments/threadedComment1.xml"),
            ],
        ),
        part(
            "xl/workbook.xml",
            format!(
                "<workbook><fileSharing userName=\"{NAME}\"/><mc:AlternateContent><mc:Choice><x15ac:absPath \
             url=\"C:\\Users\\{NAME}\\\"/></mc:Choice></mc:AlternateContent><sheets><sheet name=\"Ark1\"/></sheets></workbook>"
            ),
        ),
        part(
            "xl/worksheets/sheet1.xml",
            format!(
                "<worksheet><sheetData><row><c t=\"inlineStr\"><is><t>{WORDS}</t></is></c><c><f>SUM(A1:A2)</f></c></row>\
             </sheetData><pageSetup orientation=\"portrait\" r:id=\"rId2\"/></worksheet>"
            ),
        ),
        part(
            "xl/comments1.xml",
            format!(
                "<comments><authors><author>{NAME}</author></authors><commentList><comment authorId=\"0\"><text><t>Tal?</t>\
             </text></comment></commentList></comments>"
            ),
        ),
        part(
            "xl/persons/person.xml",
            format!(
                "<personList><person displayName=\"{NAME}\" id=\"{{1}}\" userId=\"{NAME}\" providerId=\"AD\"/></personList>"
            ),
        ),
        part(
            "xl/threadedComments/threadedComment1.xml",
            "<ThreadedComments><threadedComment personId=\"{1}\"/></ThreadedComments>",
        ),
        part(
            "xl/printerSettings/printerSettings1.bin",
            NAME.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>(),
        ),
    ];
    parts.extend(properties());
    archive(&parts)
}

/// An OpenDocument text.
pub(super) fn odt() -> Vec<u8> {
    let listed = ["content.xml", "meta.xml", "settings.xml", "Thumbnails/thumbnail.png", "Versions/Version1"];
    let entries: String =
        listed.iter().map(|name| format!("<manifest:file-entry manifest:full-path=\"{name}\"/>")).collect();
    archive(&[
        part("mimetype", "application/vnd.oasis.opendocument.text"),
        part(
            "content.xml",
            format!(
                "<?xml version=\"1.0\"?><office:document-content><office:scripts/><office:body><text:tracked-changes>\
             <office:change-info><dc:creator>{NAME}</dc:creator></office:change-info></text:tracked-changes><text:p>{WORDS}\
             <office:annotation><dc:creator>{NAME}</dc:creator><loext:sender-initials>{NAME}</loext:sender-initials>\
             <text:p>Hvorfor?</text:p></office:annotation><text:a xlink:href=\"https://www.eksempel.dk/\">her</text:a>\
             </text:p></office:body></office:document-content>"
            ),
        ),
        part(
            "meta.xml",
            format!("<office:document-meta><meta:initial-creator>{NAME}</meta:initial-creator></office:document-meta>"),
        ),
        part(
            "settings.xml",
            format!(
                "<office:document-settings><config:config-item config:name=\"PrinterName\">{NAME}</config:config-item>\
             </office:document-settings>"
            ),
        ),
        part("Thumbnails/thumbnail.png", NAME),
        part("Versions/Version1", NAME),
        part("glemt.xml", format!("<x>{NAME}</x>")),
        part("META-INF/documentsignatures.xml", format!("<X509SubjectName>{NAME}</X509SubjectName>")),
        part(
            "META-INF/manifest.xml",
            format!("<?xml version=\"1.0\"?><manifest:manifest>{entries}</manifest:manifest>"),
        ),
    ])
}
