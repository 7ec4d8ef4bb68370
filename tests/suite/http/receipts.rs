//! The receipt as a document, read as others read it: by Poppler.

use std::{io::Write, process::Command};

use api::config::LimitsConfig;
use openapi::{
    drafts::{DraftPatch, SectionAnswer},
    limits,
    problem::ProblemCode,
    responses::Receipt,
};
use tempfile::NamedTempFile;
use tests::{App, Person, Setup, attachments::pdf, key, refused, usual_limits};

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
        "Afsender: ",
        "På vegne af: MED-udvalget på Ørbyskolen",
        "Sendt: 2. november 2026 kl. 9.00",
        "Frist for svar: ",
        "Kommune: Eksempel Kommune",
        "Kontaktperson: ",
        "Svar på hele høringen",
        "Vi bakker op.\nMen ikke i år.\n",
        "Æøå, é og ß ▯ = #panic()",
        "Afsnittet mangler tal.",
        "Særudtalelse.pdf",
        "▯ erstatter et tegn",
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
    for said in ["H1", "H2", "H3", "\"Kvittering for høringssvar nr. 1\"", "\"Bilag\""] {
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
    assert!(text.contains("Trukket tilbage: 2. november 2026 kl. 9.00"), "{text}");
    for gone in ["Vi bakker op", "Afsnittet", "Særudtalelse", "MED-udvalget"] {
        assert!(!text.contains(gone), "{gone:?} still stands in\n{text}");
    }
    app.run_jobs().await;
    assert!(app.mailbox.take().is_empty(), "it was withdrawn before its receipt was mailed");
    app.finish().await;
}

/// Every word of a document lies within its page's margins: Poppler says where it stands.
fn nothing_runs_off(document: &[u8]) {
    let places = poppler("pdftotext", &["-bbox"], document);
    let number = |line: &str, name: &str| -> f64 {
        let value = line.split(&format!("{name}=\"")).nth(1).and_then(|rest| rest.split('"').next());
        value.and_then(|value| value.parse().ok()).unwrap_or_else(|| panic!("{name} is missing in {line}"))
    };
    let (mut width, mut words) = (0.0, 0);
    for line in places.lines() {
        if line.contains("<page ") {
            width = number(line, "width");
        } else if line.contains("<word ") {
            words += 1;
            // 25 mm of margin on each side; the letters of some fonts reach a point over it.
            assert!(number(line, "xMin") >= 70.0 && number(line, "xMax") <= width - 69.0, "{line} of {width}");
        }
    }
    assert!(words > 20, "{places}");
}

/// Nothing runs off the paper, however it is written, and all of it is there.
#[tokio::test(flavor = "multi_thread")]
async fn long_words_lines_and_names_stay_on_the_paper() {
    let app = App::start().await;
    let title = "W".repeat(limits::TITLE);
    let long = "Speciallægepraksisplanlægningsstabiliseringsperioden".repeat(4);
    let hearing = app.hearing().titled(&title).open().await;
    let author = app.employee(1);
    let text = format!(
        "{long}\n{}\n{}\nhttps://www.eksempel-kommune.dk/{}?a={}\nFørst {long} sidst.\n\n{}",
        "=".repeat(140),
        "_".repeat(140),
        "politik/".repeat(20),
        "x".repeat(60),
        "ord ".repeat(35),
    );
    let draft = author.write(hearing.id, &text).await;
    let patch = DraftPatch { on_behalf_of: Some("Ældrerådet_".repeat(18)), ..DraftPatch::default() };
    let mut draft = author.update_draft(hearing.id, draft.id, draft.version, &patch).await.unwrap();
    let names: Vec<String> = (0..10).map(|number| format!("{}_{number}.pdf", "Høringssvar_bilag".repeat(11))).collect();
    for name in &names {
        author.create_attachment(hearing.id, draft.id, &pdf(name), &key()).await.unwrap();
    }
    draft = author.get_draft(hearing.id, draft.id).await.unwrap();
    let receipt = author.send_draft(hearing.id, draft.id, draft.version, &author.terms().await, &key()).await.unwrap();
    let made = document(&author, &receipt).await;
    nothing_runs_off(&made);
    let said: String = poppler("pdftotext", &[], &made).split_whitespace().collect();
    for name in names.iter().map(String::as_str).chain([title.as_str(), long.as_str(), &"=".repeat(140)]) {
        assert!(said.contains(name), "{name} is missing in {said}");
    }
    app.run_jobs().await;
    assert_eq!(app.mailbox.take().len(), 1);
    app.finish().await;
}

/// The most that an answer may hold, in the most lines and with the most accents, is made all the same.
#[tokio::test(flavor = "multi_thread")]
async fn the_most_that_can_be_written_is_a_document_too() {
    let app = App::start().await;
    let hearing = app.hearing().open().await;
    let author = app.employee(1);
    let lines = "a\n\n".repeat(limits::ANSWER / 3);
    let accents = format!("q{}", "\u{325}".repeat(limits::SECTION_ANSWER - 1));
    let draft = author.write(hearing.id, &lines).await;
    let section = SectionAnswer { section: hearing.sections[0].id, text: accents };
    let patch = DraftPatch { sections: Some(vec![section]), ..DraftPatch::default() };
    let draft = author.update_draft(hearing.id, draft.id, draft.version, &patch).await.unwrap();
    let receipt = author.send_draft(hearing.id, draft.id, draft.version, &author.terms().await, &key()).await.unwrap();
    let text = poppler("pdftotext", &[], &document(&author, &receipt).await);
    // What ran on has `/` between; Poppler leaves out narrow blanks.
    let runs = text.split_whitespace().filter(|word| word.trim_matches(['a', '/']).is_empty());
    let letters: usize = runs.map(|word| word.matches('a').count()).sum();
    assert_eq!(letters, limits::ANSWER / 3, "every word is there");
    app.run_jobs().await;
    assert_eq!(app.mailbox.take().len(), 1);
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_has_so_many_documents_made_a_minute_and_no_more() {
    let limits = LimitsConfig { documents: 2, ..usual_limits() };
    let app = Setup::default().configure(move |config| config.limits = limits).start().await;
    let hearing = app.hearing().open().await;
    let (one, other) = (app.employee(1), app.employee(2));
    let mut receipts = Vec::new();
    for person in [&one, &other] {
        let draft = person.write(hearing.id, "Ja tak").await;
        let terms = person.terms().await;
        receipts.push(person.send_draft(hearing.id, draft.id, draft.version, &terms, &key()).await.unwrap());
    }
    for _ in 0..2 {
        document(&one, &receipts[0]).await;
    }
    let refusal = refused(one.get_receipt_document(hearing.id, receipts[0].response).await);
    assert_eq!(refusal, ProblemCode::RateLimited);
    let address = format!("/api/v1/hearings/{}/responses/{}/receipt.pdf", hearing.id, receipts[0].response);
    assert!(one.socket().get(&address).await.header("retry-after").parse::<u32>().unwrap() <= 60);
    document(&other, &receipts[1]).await;
    assert!(one.get_receipt(hearing.id, receipts[0].response).await.is_ok(), "reading it is not limited");
    app.run_jobs().await;
    assert_eq!(app.mailbox.take().len(), 2);
    app.finish().await;
}
