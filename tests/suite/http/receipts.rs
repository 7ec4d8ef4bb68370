//! The receipt as a document, read as others read it: by Poppler.

use std::{io::Write, process::Command};

use openapi::{
    drafts::{DraftPatch, SectionAnswer},
    problem::ProblemCode,
    responses::Receipt,
};
use tempfile::NamedTempFile;
use tests::{App, Person, attachments::pdf, key, refused};

/// What a program of Poppler's says of a document.
fn poppler(program: &str, options: &[&str], document: &[u8]) -> String {
    let mut file = NamedTempFile::new().unwrap();
    file.write_all(document).unwrap();
    let mut command = Command::new(program);
    command.args(options).arg(file.path());
    if program == "pdftotext" {
        command.arg("-");
    }
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    // It tells headings' titles as they are encoded in the file.
    String::from_utf8_lossy(&output.stdout).into_owned()
}

async fn document(author: &Person, receipt: &Receipt) -> Vec<u8> {
    author.get_receipt_document(receipt.hearing, receipt.response).await.unwrap()
}

/// An answer with everything: to the hearing and to a section, on behalf of somebody, with a file.
async fn whole_answer(app: &App) -> Receipt {
    let hearing = app.hearing().titled("Fælles ledelse på Ørbyskolen og Åstrup Skole").open().await;
    let author = app.employee(1);
    let draft = author.write(hearing.id, "Vi bakker op.\nMen ikke i år.\n\nÆøå, é og ß 🏫 = #panic()").await;
    let section = SectionAnswer { section: hearing.sections[0].id, text: "Afsnittet mangler tal.".to_owned() };
    let patch = DraftPatch {
        sections: Some(vec![section]),
        on_behalf_of: Some("MED-udvalget på Ørbyskolen".to_owned()),
        ..DraftPatch::default()
    };
    let draft = author.update_draft(hearing.id, draft.id, draft.version, &patch).await.unwrap();
    author.create_attachment(hearing.id, draft.id, &pdf("Særudtalelse.pdf"), &key()).await.unwrap();
    author.send_draft(hearing.id, draft.id, draft.version, &author.terms().await, &key()).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receipt_is_a_tagged_document_that_says_what_was_sent() {
    let app = App::start().await;
    let receipt = whole_answer(&app).await;
    let made = document(&app.employee(1), &receipt).await;
    let text = poppler("pdftotext", &["-layout"], &made);
    for said in [
        "Kvittering for høringssvar nr. 1",
        "Fælles ledelse på Ørbyskolen og Åstrup Skole",
        "Sendt: 2. november 2026 kl. 9.00",
        "Svarer på vegne af: MED-udvalget på Ørbyskolen",
        "Vi bakker op.\nMen ikke i år.\n",
        "Æøå, é og ß ▯ = #panic()",
        "Afsnittet mangler tal.",
        "Særudtalelse.pdf",
        "▯ står for et tegn",
        "Side 1 af 1",
    ] {
        assert!(text.contains(said), "{said:?} is missing in\n{text}");
    }
    let about = poppler("pdfinfo", &[], &made);
    for said in ["Tagged:          yes", "Title:           Kvittering for høringssvar nr. 1: Fælles ledelse"] {
        assert!(about.contains(said), "{said:?} is missing in\n{about}");
    }
    let claims = poppler("pdfinfo", &["-meta"], &made);
    assert!(claims.contains("<pdfuaid:part>1</pdfuaid:part>"), "{claims}");
    let structure = poppler("pdfinfo", &["-struct-text"], &made);
    for said in ["H1", "H2", "H3", "\"Kvittering for høringssvar nr. 1\"", "\"Dine filer\""] {
        assert!(structure.contains(said), "{said:?} is missing in\n{structure}");
    }
    app.run_jobs().await;
    assert_eq!(app.mailbox.take().len(), 1);
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receipt_is_for_its_author_under_a_name_of_its_own() {
    let app = App::start().await;
    let receipt = whole_answer(&app).await;
    for (other, code) in [
        (app.employee(2), ProblemCode::NotFound),
        (app.owner(), ProblemCode::NotFound),
        (app.anonymous(), ProblemCode::SessionRequired),
    ] {
        assert_eq!(refused(other.get_receipt_document(receipt.hearing, receipt.response).await), code);
    }
    let address = format!("/api/v1/hearings/{}/responses/{}/receipt.pdf", receipt.hearing, receipt.response);
    let answer = app.employee(1).socket().get(&address).await;
    assert_eq!(answer.header("content-type"), "application/pdf");
    assert_eq!(answer.header("cache-control"), "no-store");
    let name = "attachment; filename=\"H_ringssvar_nr._1.pdf\"; filename*=UTF-8''H%C3%B8ringssvar%20nr.%201.pdf";
    assert_eq!(answer.header("content-disposition"), name);
    app.run_jobs().await;
    assert_eq!(app.mailbox.take().len(), 1);
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_receipt_of_a_withdrawn_answer_says_that_and_nothing_else() {
    let app = App::start().await;
    let (author, receipt) = (app.employee(1), whole_answer(&app).await);
    author.withdraw_response(receipt.hearing, receipt.response, receipt.version).await.unwrap();
    let text = poppler("pdftotext", &["-layout"], &document(&author, &receipt).await);
    assert!(text.contains("Trukket: 2. november 2026 kl. 9.00"), "{text}");
    for gone in ["Vi bakker op", "Afsnittet", "Særudtalelse", "MED-udvalget"] {
        assert!(!text.contains(gone), "{gone:?} still stands in\n{text}");
    }
    app.run_jobs().await;
    assert!(app.mailbox.take().is_empty(), "it was withdrawn before its receipt was mailed");
    app.finish().await;
}
