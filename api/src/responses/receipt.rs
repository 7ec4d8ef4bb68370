//! The receipt as a document: what it says, in Danish.

use openapi::{danish, responses::Receipt};
use reports::Part;

/// What the document says of an answer.
pub(super) fn document(receipt: Receipt, holder: String) -> reports::Receipt {
    let times = [("Sendt", Some(receipt.sent_at)), ("Rettet", receipt.edited_at), ("Trukket", receipt.withdrawn_at)];
    let times = times.into_iter().filter_map(|(name, at)| Some((name.to_owned(), danish::instant(at?))));
    let on_behalf_of = Some(receipt.on_behalf_of).filter(|name| !name.is_empty());
    let facts = times.chain(on_behalf_of.map(|name| ("Svarer på vegne af".to_owned(), name))).collect();
    let whole = Part { heading: "Hele høringen".to_owned(), text: receipt.text };
    let sections = receipt.sections.into_iter().map(|section| Part { heading: section.title, text: section.text });
    let parts = [whole].into_iter().chain(sections).filter(|part| !part.text.trim().is_empty()).collect();
    let files = receipt.attachments.into_iter().map(|file| file.name).collect();
    reports::Receipt { holder, hearing: receipt.hearing_title, number: receipt.number, facts, parts, files }
}

/// What the file is called when it is saved.
pub(super) fn file_name(number: i32) -> String {
    format!("Høringssvar nr. {number}.pdf")
}
