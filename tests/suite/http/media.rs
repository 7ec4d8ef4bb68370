//! What lies in office documents beside their text: others get it without what programs have written into it, and what is
//! no business of a document's is refused.

use std::io::{Cursor, Read};

use api::attachments::media_specimens::{Specimen, all};
use openapi::{
    hearings::{RespondentShown, ResponsesShown},
    problem::ProblemCode,
};
use tests::{
    App,
    attachments::{WORD, archive, upload},
    key, refused,
};
use zip::ZipArchive;

const NAME: &str = "Jens Hemmelig";

/// A Word document with these images beside its text, which links to a file of its author's and to the web.
fn docx(images: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let mut relations = String::new();
    for (name, _) in images {
        relations += &format!("<Relationship Id=\"{name}\" Type=\"{office}/image\" Target=\"media/{name}\"/>");
    }
    for (id, target) in
        [("own", format!("file:///C:/Users/{NAME}/x.docx")), ("web", "https://a.example/plan".to_owned())]
    {
        relations += &format!(
            "<Relationship Id=\"{id}\" Type=\"{office}/hyperlink\" Target=\"{target}\" TargetMode=\"External\"/>"
        );
    }
    let text =
        format!("<w:document><wp:docPr descr=\"Kort over Ørby\" name=\"C:\\Users\\{NAME}\\kort.tiff\"/></w:document>");
    let mut parts = vec![
        (
            "[Content_Types].xml".to_owned(),
            format!("<Types><Override PartName=\"/word/document.xml\" ContentType=\"{WORD}\"/></Types>").into_bytes(),
        ),
        (
            "_rels/.rels".to_owned(),
            format!("<Relationships><Relationship Type=\"{office}/officeDocument\" Target=\"word/document.xml\"/></Relationships>")
                .into_bytes(),
        ),
        ("word/document.xml".to_owned(), text.into_bytes()),
        (
            "word/_rels/document.xml.rels".to_owned(),
            format!("<Relationships>{relations}</Relationships>").into_bytes(),
        ),
    ];
    parts.extend(images.iter().map(|(name, content)| (format!("word/media/{name}"), content.clone())));
    archive(&parts)
}

fn parts(content: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = ZipArchive::new(Cursor::new(content)).unwrap();
    let mut parts = Vec::new();
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).unwrap();
        let mut content = Vec::new();
        part.read_to_end(&mut content).unwrap();
        parts.push((part.name().unwrap().into_owned(), content));
    }
    parts
}

#[tokio::test(flavor = "multi_thread")]
async fn a_visitor_sees_the_images_of_a_document_and_not_who_made_them() {
    let app = App::start().await;
    let hearing = app.hearing().public().staffed().patch(|patch| {
        patch.responses_shown = Some(ResponsesShown::WhenApproved);
        patch.respondent_shown = Some(RespondentShown::Nothing);
    });
    let (author, hearing) = (app.employee(1), hearing.open().await);
    let specimens = all(NAME);
    let images: Vec<_> = specimens.iter().map(|specimen| (specimen.file, specimen.original.clone())).collect();
    let sent = docx(&images);
    let draft = author.write(hearing.id, "Se bilaget").await;
    let taken =
        author.create_attachment(hearing.id, draft.id, &upload("Svar.docx", sent.clone()), &key()).await.unwrap();
    let receipt = author.send_draft(hearing.id, draft.id, draft.version, &author.terms().await, &key()).await.unwrap();
    let shown = app.anonymous().get_response_attachment(hearing.id, receipt.response, taken.id).await.unwrap();
    let shown = parts(&shown);
    for (name, content) in &shown {
        assert!(!content.windows(NAME.len()).any(|window| window == NAME.as_bytes()), "{name}");
    }
    let part = |name: &str| &shown.iter().find(|(part, _)| part == name).expect(name).1;
    for Specimen { file, shown, .. } in &specimens {
        assert_eq!(part(&format!("word/media/{file}")), shown, "{file}");
    }
    let text = String::from_utf8_lossy(part("word/document.xml")).into_owned();
    assert!(text.contains("descr=\"Kort over Ørby\" name=\"\""), "{text}");
    let relations = String::from_utf8_lossy(part("word/_rels/document.xml.rels")).into_owned();
    assert!(relations.contains("\"https://a.example/plan\"") && relations.contains("\"about:blank\""), "{relations}");
    let staff = app.owner().get_staff_attachment(hearing.id, receipt.response, taken.id).await.unwrap();
    assert_eq!(staff, sent, "staff get what was sent");
    app.run_jobs().await;
    let _ = app.mailbox.take();
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_among_the_images_of_a_document_is_refused() {
    let app = App::start().await;
    let (author, hearing) = (app.employee(1), app.hearing().open().await);
    let draft = author.write(hearing.id, "Mine ord").await;
    for content in [&b"MZ\x90\0\x03\0"[..], b"\x7fELF\x02\x01\x01", b"<!DOCTYPE html><script>x</script>"] {
        let file = upload("Svar.docx", docx(&[("image1.png", content.to_vec())]));
        let refusal = refused(author.create_attachment(hearing.id, draft.id, &file, &key()).await);
        assert_eq!((refusal.code, &refusal.pointers[..]), (ProblemCode::AttachmentActive, &["/file".to_owned()][..]));
    }
    app.finish().await;
}
