//! Files that would not lie still: what loads or runs by itself, what hides behind a password, what is no whole document,
//! is told to the person who can do something about it.

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};

use api::attachments::specimens::deflated;
use futures::future::join_all;
use openapi::{hearings::Hearing, ids::DraftId, problem::ProblemCode};
use tests::{
    App, Person, Setup,
    attachments::{WORD, archive, files_in, pdf_of, pdf_with, txt, upload},
    key, refused,
};

const EXCEL: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

async fn writing(app: &App) -> (Person, Hearing, DraftId) {
    let (employee, hearing) = (app.employee(1), app.hearing().open().await);
    let draft = employee.write(hearing.id, "Mine ord").await;
    (employee, hearing, draft.id)
}

fn part(name: &str, content: &str) -> (String, Vec<u8>) {
    (name.to_owned(), content.as_bytes().to_vec())
}

fn relationship(kind: &str, target: &str, mode: &str) -> String {
    format!("<Relationship Id=\"r9\" Type=\"{OFFICE}/{kind}\" Target=\"{target}\" TargetMode=\"{mode}\"/>")
}

/// An office document with a relationship of its main part, or none, and more parts.
fn office(main: &str, kind: &str, content: &str, relationship: &str, more: &[(String, Vec<u8>)]) -> Vec<u8> {
    let (folder, file) = main.split_once('/').unwrap();
    let mut parts = vec![
        part("[Content_Types].xml", &format!("<Types><Override PartName=\"/{main}\" ContentType=\"{kind}\"/></Types>")),
        part(
            "_rels/.rels",
            &format!(
                "<Relationships><Relationship Type=\"{OFFICE}/officeDocument\" Target=\"{main}\"/></Relationships>"
            ),
        ),
        part(main, content),
        part(&format!("{folder}/_rels/{file}.rels"), &format!("<Relationships>{relationship}</Relationships>")),
    ];
    parts.extend_from_slice(more);
    archive(&parts)
}

fn docx(content: &str, relationship: &str) -> Vec<u8> {
    office("word/document.xml", WORD, &format!("<w:document>{content}</w:document>"), relationship, &[])
}

fn xlsx(content: &str, relationship: &str) -> Vec<u8> {
    office("xl/workbook.xml", EXCEL, &format!("<workbook>{content}</workbook>"), relationship, &[])
}

fn odt(content: &str, listed: &str) -> Vec<u8> {
    archive(&[
        part("mimetype", "application/vnd.oasis.opendocument.text"),
        part("content.xml", &format!("<office:document-content>{content}</office:document-content>")),
        part(
            "META-INF/manifest.xml",
            &format!("<m:manifest><m:file-entry m:full-path=\"content.xml\">{listed}</m:file-entry></m:manifest>"),
        ),
    ])
}

/// A PDF document whose catalog has this in it, and one object more.
fn pdf(catalog: &str, more: &str) -> Vec<u8> {
    let content = pdf_with(&[more.as_bytes().to_vec()], "", b"Hej", 0);
    let mut document = lopdf::Document::load_mem(&content).unwrap();
    let source = format!("<<{catalog}>>");
    let extra = lopdf::Document::load_mem(&pdf_with(&[source.into_bytes()], "/Info 6 0 R", b"", 0)).unwrap();
    let extra = extra.get_dictionary((6, 0)).unwrap().clone();
    document.catalog_mut().unwrap().extend(&extra);
    let mut written = Vec::new();
    // In streams of objects, where nobody finds them who only searches the bytes.
    document.save_modern(&mut written).unwrap();
    written
}

fn encrypted(user: &str) -> Vec<u8> {
    let mut document = lopdf::Document::load_mem(&pdf_with(&[], "/ID[<01><02>]", b"Hej", 0)).unwrap();
    let version = lopdf::EncryptionVersion::V2 {
        document: &document,
        owner_password: "ejer",
        user_password: user,
        key_length: 128,
        permissions: lopdf::Permissions::empty(),
    };
    let state = lopdf::EncryptionState::try_from(version).unwrap();
    document.encrypt(&state).unwrap();
    let mut written = Vec::new();
    document.save_to(&mut written).unwrap();
    written
}

#[tokio::test(flavor = "multi_thread")]
async fn what_loads_or_runs_by_itself_is_refused() {
    let app = App::start().await;
    let (employee, hearing, draft) = writing(&app).await;
    let field =
        "<w:fldChar w:fldCharType=\"begin\"/><w:instrText> DDE</w:instrText><w:instrText>AUTO c:\\x</w:instrText>";
    let image = "<draw:image xlink:href=\"https://spion.example/x.png\"/>";
    let within = ("word/embeddings/a.docx".to_owned(), archive(&[("word/document.xml".to_owned(), vec![0; 9999])]));
    let active = [
        ("skabelon.docx", docx("", &relationship("attachedTemplate", "https://ond.example/x.dotm", "External"))),
        ("netdrev.docx", docx("", &relationship("attachedTemplate", "file://server/x.dotm", "External"))),
        ("billede.docx", docx("", &relationship("image", "https://spion.example/x.png", "External"))),
        ("objekt.docx", docx("", &relationship("oleObject", "embeddings/o.bin", "Internal"))),
        ("pakke.docx", docx("", &relationship("package", "embeddings/o.xlsx", "Internal"))),
        ("kontrol.docx", docx("", &relationship("control", "activeX/a.xml", "Internal"))),
        ("andet.docx", docx("", &relationship("aFChunk", "chunk.html", "Internal"))),
        ("felt.docx", docx(field, "")),
        ("enkelt.docx", docx("<w:fldSimple w:instr=\"INCLUDEPICTURE &quot;https://x.example&quot;\"/>", "")),
        ("data.xlsx", xlsx("", &relationship("connections", "connections.xml", "Internal"))),
        ("entitet.docx", docx("<w:instrText>D&#68;EAUTO c:\\x</w:instrText>", "")),
        ("bemærkning.xlsx", xlsx("<f>WEBSER<!-- -->VICE(\"https://x.example\")</f>", "")),
        ("cdata.xlsx", xlsx("<f><![CDATA[WEBSER]]>VICE(\"https://x.example\")</f>", "")),
        ("navn.xlsx", xlsx("<definedName>WEBSERVIC&#69;(\"https://x.example\")</definedName>", "")),
        ("regel.xlsx", xlsx("<cfRule><formula>WEBSERVICE(\"https://x.example\")</formula></cfRule>", "")),
        ("løs.docx", office("word/document.xml", WORD, "<w:document/>", "", &[within])),
        ("formel.odt", odt("<table:table-cell table:formula=\"of:=WEBSERVICE(&quot;x&quot;)\"/>", "")),
        ("kobling.xlsx", xlsx("<ddeLink ddeService=\"cmd\"/>", "")),
        ("funktion.xlsx", xlsx("<f>1+_xlfn.WEBSERVICE(\"https://x.example\")</f>", "")),
        ("billede.odt", odt(image, "")),
        ("objekt.odt", odt("<draw:object-ole xlink:href=\"./Object 1\"/>", "")),
        ("kobling.odt", odt("<text:dde-connection-decl office:dde-application=\"soffice\"/>", "")),
        ("script.pdf", pdf("/OpenAction 6 0 R", "<</S/JavaScript/JS(app.alert(1))>>")),
        ("navne.pdf", pdf("/Names<</JavaScript<</Names[(a) 6 0 R]>>>>", "<</S/JavaScript/JS 5 0 R>>")),
        ("link.pdf", pdf("/AcroForm<</A 6 0 R>>", "<</S/SubmitForm/F(https://ond.example)>>")),
        ("link.docx", docx("", &relationship("hyperlink", "ms-msdt:/id", "External"))),
        ("terning.xlsx", xlsx("<f>CUBEVALUE(\"x\")</f>", "")),
        ("start.pdf", pdf("/OpenAction 6 0 R", "<</S/Launch/F(cmd.exe)>>")),
        ("adresse.pdf", pdf("/AA<</WC 6 0 R>>", "<</S/URI/URI(https://x.example)>>")),
        ("fil.pdf", pdf("/Names<</EmbeddedFiles<</Names[(a) 6 0 R]>>>>", "<</Type/Filespec/F(x.exe)/EF<</F 5 0 R>>>>")),
    ];
    for (name, content) in active {
        let refusal = refused(employee.create_attachment(hearing.id, draft, &upload(name, content), &key()).await);
        assert_eq!(refusal.code, ProblemCode::AttachmentActive, "{name}");
        assert_eq!(refusal.pointers, ["/file"], "{name}");
    }
    let listener = "<script:event-listener xlink:href=\"vnd.sun.star.script:x\"/>";
    for (name, content) in
        [("makro.odt", odt(listener, "")), ("makro.docx", docx("", &relationship("vbaProject", "v.bin", "Internal")))]
    {
        let refusal = refused(employee.create_attachment(hearing.id, draft, &upload(name, content), &key()).await);
        assert_eq!(refusal.code, ProblemCode::AttachmentMacros, "{name}");
    }
    assert!(files_in(app.files()).is_empty(), "nothing is left of them");
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_only_leads_somewhere_is_taken() {
    let app = App::start().await;
    let (employee, hearing, draft) = writing(&app).await;
    let chart = [
        part("word/charts/chart1.xml", "<c:chart><c:externalData r:id=\"r9\"/><c:v>7</c:v></c:chart>"),
        part(
            "word/charts/_rels/chart1.xml.rels",
            &format!(
                "<Relationships>{}</Relationships>",
                relationship("package", "../embeddings/tal.xlsx", "Internal")
            ),
        ),
        ("word/embeddings/tal.xlsx".to_owned(), xlsx("", "")),
    ];
    let to_chart = relationship("chart", "charts/chart1.xml", "Internal");
    let still = [
        ("henvisning.docx", docx("", &relationship("hyperlink", "https://www.eksempel.dk/", "External"))),
        ("skabelon.docx", docx("", &relationship("attachedTemplate", "file:///K:\\Brev.dotx", "External"))),
        ("diagram.docx", office("word/document.xml", WORD, "<w:document/>", &to_chart, &chart)),
        ("formel.xlsx", xlsx("<f>SUM(A1:A3)</f>", "")),
        ("henvisning.odt", odt("<text:a xlink:href=\"https://www.eksempel.dk/\">her</text:a>", "")),
        ("side.pdf", pdf("/OpenAction[3 0 R/Fit]", "<</S/URI/URI(https://www.eksempel.dk)>>")),
        ("kun til at læse.pdf", encrypted("")),
    ];
    for (name, content) in still {
        employee.create_attachment(hearing.id, draft, &upload(name, content), &key()).await.expect(name);
    }
    app.finish().await;
}

/// What cannot be read cannot be cleaned, and is not shown as it is: the person who has the password hears of it.
#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_read_is_refused_and_says_why() {
    let app = App::start().await;
    let (employee, hearing, draft) = writing(&app).await;
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let locked = [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec(), vec![0; 70_000], name].concat();
    let old = [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec(), vec![0; 70_000]].concat();
    let whole = pdf_with(&[], "", b"Hej", 0);
    let lost = String::from_utf8_lossy(&whole).into_owned().replace("<</Length 00", "<(/Length 00");
    let trick =
        office("word/document.xml", WORD, "<!DOCTYPE x [<!ENTITY a \"aaaa\">]><w:document>&a;</w:document>", "", &[]);
    for (name, content, code) in [
        ("låst.pdf", encrypted("hemmeligt"), ProblemCode::AttachmentProtected),
        ("låst.docx", locked, ProblemCode::AttachmentProtected),
        ("låst.odt", odt("", "<m:encryption-data/>"), ProblemCode::AttachmentProtected),
        ("gammel.docx", old, ProblemCode::AttachmentMislabelled),
        ("tom.pdf", b"%PDF-1.7\n".to_vec(), ProblemCode::AttachmentDamaged),
        ("halv.pdf", whole[..whole.len() / 2].to_vec(), ProblemCode::AttachmentDamaged),
        ("mistet.pdf", lost.into_bytes(), ProblemCode::AttachmentDamaged),
        ("halv.docx", docx("<w:p>", ""), ProblemCode::AttachmentDamaged),
        ("trick.docx", trick, ProblemCode::AttachmentDamaged),
        ("dyb.docx", docx(&"<w:p>".repeat(1_000_000), ""), ProblemCode::AttachmentUnpacksTooLarge),
    ] {
        let refusal = refused(employee.create_attachment(hearing.id, draft, &upload(name, content), &key()).await);
        assert_eq!(refusal.code, code, "{name}");
    }
    app.finish().await;
}

/// Programs that staff read them with would unpack a gigabyte of them, or an image of as many pixels.
#[tokio::test(flavor = "multi_thread")]
async fn pdf_documents_that_become_far_larger_are_named() {
    let app = App::start().await;
    let (employee, hearing, draft) = writing(&app).await;
    let stream = |more: &str, content: &[u8]| {
        [format!("<<{more}/Length {}>>stream\n", content.len()).as_bytes(), content, b"\nendstream"].concat()
    };
    let with_text = |filter: &str, content: &[u8]| {
        let mut objects =
            ["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>"].map(Vec::from).to_vec();
        objects.push(b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>".to_vec());
        objects.push(stream(filter, content));
        pdf_of(&objects, "")
    };
    let image = |width: u32, height: u32| {
        let mut objects =
            ["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>"].map(Vec::from).to_vec();
        let page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Resources<</XObject<</I 4 0 R>>>>>>";
        objects.push(page.into());
        let said = format!("/Subtype/Image/Width {width}/Height {height}/BitsPerComponent 8/ColorSpace/DeviceGray");
        let pixels = deflated(&vec![7; width as usize], height as usize);
        objects.push(stream(&format!("{said}/Filter/FlateDecode"), &pixels));
        pdf_of(&objects, "")
    };
    let gibibyte = deflated(&b"0 ".repeat(512 * 1024), 1000);
    assert!(gibibyte.len() < 3 * 1024 * 1024, "{}", gibibyte.len());
    for (name, content, code) in [
        ("stor.pdf", with_text("/Filter/FlateDecode", &gibibyte), ProblemCode::AttachmentUnpacksTooLarge),
        (
            "to gange.pdf",
            with_text("/Filter[/FlateDecode/FlateDecode]", &deflated(&gibibyte, 1)),
            ProblemCode::AttachmentUnpacksTooLarge,
        ),
        ("pixels.pdf", image(13_000, 13_000), ProblemCode::AttachmentImageTooLarge),
    ] {
        let refusal = refused(employee.create_attachment(hearing.id, draft, &upload(name, content), &key()).await);
        assert_eq!(refusal.code, code, "{name}");
    }
    for (name, content) in [("scannet.pdf", image(4960, 7016)), ("kort på A0.pdf", image(9933, 14_043))] {
        employee.create_attachment(hearing.id, draft, &upload(name, content), &key()).await.unwrap();
    }
    app.finish().await;
}

/// A program in the place of the one that looks: it takes a second for what says that it is slow, and leaves a mark when it
/// is asked for another of those meanwhile.
fn slow_program(folder: &Path) -> PathBuf {
    let program = folder.join("look");
    let script = format!(
        "#!/bin/sh\nif grep -q langsom \"$3\"; then\n  mkdir {0}/one || touch {0}/two\n  sleep 1\n  rmdir {0}/one\nfi\n\
         printf '\"original\"'\n",
        folder.display()
    );
    fs::write(&program, script).unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    program
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_sends_many_keeps_nobody_else_waiting() {
    let folder = tempfile::tempdir().unwrap();
    let app = Setup::default().looking(slow_program(folder.path())).start().await;
    let (employee, hearing, draft) = writing(&app).await;
    let other = app.employee(2);
    let words = other.write(hearing.id, "Andre ord").await;
    let many = (0..4).map(|number| {
        let (employee, hearing) = (&employee, hearing.id);
        let file = txt(&format!("{number}.txt"), &format!("langsom {number}"));
        async move { employee.create_attachment(hearing, draft, &file, &key()).await.unwrap() }
    });
    let mut many = Box::pin(join_all(many));
    let quick = async {
        for number in 0..4 {
            let file = txt(&format!("{number}.txt"), "hurtig");
            other.create_attachment(hearing.id, words.id, &file, &key()).await.unwrap();
        }
    };
    tokio::select! {
        _ = &mut many => panic!("who sends many waits for each of them, and others do not"),
        () = quick => {}
    }
    assert_eq!(many.await.len(), 4);
    assert!(!folder.path().join("two").exists(), "one of a person's is looked at at once");
    app.finish().await;
}
