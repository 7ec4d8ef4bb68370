//! The receipt as a document: what it says, in Danish.

use chrono::NaiveDate;
use openapi::{danish, hearings::Contact, responses::Receipt};
use reports::Part;

/// What stands round an answer: who sent it, and to whom questions go.
#[derive(Debug, Clone)]
pub(super) struct Surroundings {
    /// The sender's name.
    pub(super) name: String,
    /// The sender's department.
    pub(super) department: Option<String>,
    /// The hearing's last day for answers.
    pub(super) deadline_on: Option<NaiveDate>,
    /// The hearing's contact person.
    pub(super) contact: Contact,
    /// The municipality.
    pub(super) municipality: String,
}

/// What the document says of an answer.
pub(super) fn document(receipt: Receipt, around: Surroundings) -> reports::Receipt {
    let Surroundings { name, department, deadline_on, contact, municipality } = around;
    let time = |at| Some(danish::instant(at));
    let Contact { name: contact, department: contacts, email, phone } = contact;
    let facts = [
        ("Afsender", Some(listed([name, department.unwrap_or_default()]))),
        ("På vegne af", Some(receipt.on_behalf_of)),
        ("Sendt", time(receipt.sent_at)),
        ("Rettet", receipt.edited_at.and_then(time)),
        ("Trukket tilbage", receipt.withdrawn_at.and_then(time)),
        ("Frist for svar", deadline_on.map(danish::day)),
        ("Kommune", Some(municipality.clone())),
        ("Kontaktperson", Some(listed([contact, contacts, email, phone]))),
    ];
    let facts =
        facts.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value.filter(|it| !it.is_empty())?)));
    let whole = Part { heading: "Svar på hele høringen".to_owned(), text: receipt.text };
    let sections = receipt.sections.into_iter().map(|section| Part { heading: section.title, text: section.text });
    let parts = [whole].into_iter().chain(sections).filter(|part| !part.text.trim().is_empty()).collect();
    let files = receipt.attachments.into_iter().map(|file| file.name).collect();
    let (hearing, number) = (receipt.hearing_title, receipt.number);
    reports::Receipt { holder: municipality, hearing, number, facts: facts.collect(), parts, files }
}

/// "Mette Sørensen, Borgerservice": what there is of it.
fn listed<const N: usize>(parts: [String; N]) -> String {
    parts.into_iter().filter(|part| !part.trim().is_empty()).collect::<Vec<_>>().join(", ")
}

/// What the file is called when it is saved.
pub(super) fn file_name(number: i32) -> String {
    format!("Høringssvar nr. {number}.pdf")
}
