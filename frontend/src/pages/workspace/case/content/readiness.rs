//! What is missing before the hearing can be published, in words and at its fields.

use std::rc::Rc;

use openapi::{
    hearings::{ChecklistItem, Hearing},
    validation::FieldErrors,
};
use yew::prelude::*;

use super::written::Written;
use crate::{
    components::{Check, Checklist},
    form_errors::FormErrors,
    i18n::{I18n, key, use_i18n},
    t,
};

/// Files that were chosen and are not there, by name.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Lacking {
    pub(super) image: Vec<AttrValue>,
    pub(super) documents: Vec<AttrValue>,
}

impl Lacking {
    /// All of them.
    pub(super) fn names(&self) -> Vec<AttrValue> {
        self.image.iter().chain(&self.documents).cloned().collect()
    }

    /// As things that have to be in place, at the fields where they were chosen.
    fn checks(&self, i18n: &I18n) -> impl Iterator<Item = Check> {
        let check = |pointer: &'static str, text: AttrValue, names: &Vec<AttrValue>| {
            (!names.is_empty()).then(|| Check {
                pointer: pointer.into(),
                text,
                missing: Some(t!(i18n, "checklist-not-uploaded", names = names.join(", "))),
            })
        };
        let image = check("/image", t!(i18n, "edit-image"), &self.image);
        let documents = check("/documents", t!(i18n, "edit-documents"), &self.documents);
        [image, documents].into_iter().flatten()
    }
}

/// Which files a field lacks now.
pub(super) struct Noted {
    pub(super) note: fn(&mut Lacking, Vec<AttrValue>),
    pub(super) names: Vec<AttrValue>,
}

impl Reducible for Lacking {
    type Action = Noted;

    fn reduce(self: Rc<Self>, noted: Noted) -> Rc<Self> {
        let mut lacking = (*self).clone();
        (noted.note)(&mut lacking, noted.names);
        Rc::new(lacking)
    }
}

#[derive(Properties, PartialEq)]
pub(super) struct ReadinessProps {
    pub(super) items: Vec<ChecklistItem>,
    pub(super) written: Rc<Written>,
    pub(super) lacking: Lacking,
}

/// The checklist.
#[component]
pub(super) fn Readiness(props: &ReadinessProps) -> Html {
    let i18n = use_i18n();
    let messages = missing_at_fields(&props.items, &props.written, &i18n);
    let check = |item: &ChecklistItem| {
        let pointer = place(item, &props.written);
        Check {
            text: name(&item.pointer, &i18n),
            missing: (!item.done).then(|| messages.at(&pointer).unwrap_or_default()),
            pointer: pointer.into(),
        }
    };
    html! {
        <>
            <p>{ count_missing(&props.items, &props.lacking, &i18n) }</p>
            <Checklist items={props.items.iter().map(check).chain(props.lacking.checks(&i18n)).collect::<Vec<_>>()} />
        </>
    }
}

/// Whether anything is missing, in a sentence.
pub(super) fn said_missing(hearing: &Hearing, lacking: &Lacking, i18n: &I18n) -> AttrValue {
    count_missing(hearing.checklist.as_deref().unwrap_or_default(), lacking, i18n)
}

fn count_missing(items: &[ChecklistItem], lacking: &Lacking, i18n: &I18n) -> AttrValue {
    match (items.iter().filter(|item| !item.done).count(), lacking.names().len()) {
        (0, 0) => t!(i18n, "checklist-ready"),
        (0, files) => t!(i18n, "checklist-files", count = files),
        (items, files) => t!(i18n, "checklist-count", count = items + files),
    }
}

/// What is missing, at the fields where it is put right.
pub(super) fn missing_at_fields(items: &[ChecklistItem], written: &Written, i18n: &I18n) -> FormErrors {
    let mut errors = FieldErrors::default();
    for item in items.iter().filter(|item| !item.done) {
        errors.add(place(item, written), &item.code, "");
    }
    FormErrors::from_fields(&errors, i18n)
}

/// Where something is put right: for the sections the first of them that lacks its title or its text.
fn place(item: &ChecklistItem, written: &Written) -> String {
    if item.pointer != "/sections" || item.done {
        return item.pointer.clone();
    }
    let gap = written.sections.iter().enumerate().find_map(|(index, section)| {
        let field = if section.title.trim().is_empty() {
            "title"
        } else if section.body.trim().is_empty() {
            "body"
        } else {
            return None;
        };
        Some(format!("/sections/{index}/{field}"))
    });
    gap.unwrap_or_else(|| item.pointer.clone())
}

fn name(pointer: &str, i18n: &I18n) -> AttrValue {
    let key = match pointer {
        "/title" => key("edit-title"),
        "/summary" => key("edit-summary"),
        "/sections" => key("edit-sections"),
        "/startsOn" => key("edit-starts-on"),
        "/deadlineOn" => key("edit-deadline-on"),
        "/contactName" => key("audit-field-contact-name"),
        "/contactEmail" => key("audit-field-contact-email"),
        "/imageAlternativeText" => key("edit-image-text"),
        _ => return pointer.trim_start_matches('/').to_owned().into(),
    };
    t!(i18n, key)
}

#[cfg(test)]
mod tests {
    use super::{
        super::written::{WrittenSection, empty},
        *,
    };
    use crate::i18n::{Language, WORKSPACE};

    fn written(sections: &[(&str, &str)]) -> Written {
        let section = |(title, body): &(&str, &str)| WrittenSection {
            key: (*title).to_owned(),
            title: (*title).to_owned(),
            body: (*body).to_owned(),
        };
        Written { sections: sections.iter().map(section).collect(), ..empty() }
    }

    #[test]
    fn not_everything_is_in_place_while_a_file_is_not_there() {
        let i18n = I18n::new(Language::Da, WORKSPACE, Callback::noop());
        let done = ChecklistItem { pointer: "/title".into(), code: "text.required".into(), done: true };
        let lacking = Lacking { documents: vec!["Bilag æøå.pdf".into()], ..Lacking::default() };
        assert_eq!(count_missing(std::slice::from_ref(&done), &Lacking::default(), &i18n), "Alt er på plads.");
        assert!(count_missing(&[done], &lacking, &i18n).contains("1 fil"));
        let checks: Vec<Check> = lacking.checks(&i18n).collect();
        assert_eq!((checks.len(), checks[0].pointer.as_str()), (1, "/documents"));
        assert!(checks[0].missing.as_ref().unwrap().contains("Bilag æøå.pdf"));
    }

    #[test]
    fn what_is_missing_is_counted_with_the_files_that_are() {
        let i18n = I18n::new(Language::Da, WORKSPACE, Callback::noop());
        let open = ChecklistItem { pointer: "/title".into(), code: "text.required".into(), done: false };
        let lacking = Lacking { image: vec!["Skolen.jpg".into()], documents: vec!["Bilag.pdf".into()] };
        let counted = |lacking: &Lacking| count_missing(std::slice::from_ref(&open), lacking, &i18n);
        assert_eq!(counted(&Lacking::default()), "Der mangler 1 ting.");
        assert!(counted(&lacking).contains('3'), "one and two files: {}", counted(&lacking));
    }

    #[test]
    fn the_sections_lead_to_the_first_gap() {
        let item = ChecklistItem { pointer: "/sections".into(), code: "section.incomplete".into(), done: false };
        assert_eq!(place(&item, &written(&[("Baggrund", "Tekst"), ("Økonomi", " ")])), "/sections/1/body");
        assert_eq!(place(&item, &written(&[("", "Tekst")])), "/sections/0/title");
        assert_eq!(place(&item, &written(&[])), "/sections");
    }
}
