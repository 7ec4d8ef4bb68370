//! What is written in the form of a hearing, and how it becomes a change of it.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use openapi::{
    hearings::{Audience, Contact, Hearing, HearingPatch, RespondentShown, ResponsesShown, SectionPatch},
    ids::SectionId,
    text::{self, Clean, Lines},
    validation::{FieldErrors, Validate},
};
use serde::{Deserialize, Serialize};

/// What is written.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Written {
    pub(super) title: String,
    pub(super) summary: String,
    pub(super) starts_on: Option<NaiveDate>,
    pub(super) deadline_on: Option<NaiveDate>,
    pub(super) audience: Audience,
    pub(super) invitation_only: bool,
    pub(super) responses_shown: ResponsesShown,
    pub(super) respondent_shown: RespondentShown,
    pub(super) contact: Contact,
    #[serde(default)]
    pub(super) image_alternative_text: String,
    pub(super) sections: Vec<WrittenSection>,
}

/// A section as it is written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct WrittenSection {
    /// Stays the same while the form is open, also before the section has an id on the server.
    pub(super) key: String,
    pub(super) title: String,
    pub(super) body: String,
}

/// The ids that the server has given to sections, by their keys.
pub(super) type SectionIds = BTreeMap<String, SectionId>;

impl Written {
    /// All texts as one.
    pub(super) fn in_full(&self) -> String {
        let sections = self.sections.iter().map(|section| format!("{}\n{}", section.title, section.body));
        let whole = [self.title.clone(), self.summary.clone()].into_iter().chain(sections);
        whole.filter(|text| !text.trim().is_empty()).collect::<Vec<_>>().join("\n\n")
    }

    /// What a hearing holds. Its sections' keys are their ids.
    pub(super) fn of(hearing: &Hearing) -> Written {
        Written {
            title: hearing.title.clone(),
            summary: hearing.summary.clone(),
            starts_on: hearing.starts_on,
            deadline_on: hearing.deadline_on,
            audience: hearing.audience,
            invitation_only: hearing.invitation_only,
            responses_shown: hearing.responses_shown,
            respondent_shown: hearing.respondent_shown,
            contact: hearing.contact.clone(),
            image_alternative_text: hearing.image_alternative_text.clone(),
            sections: hearing
                .sections
                .iter()
                .map(|section| WrittenSection {
                    key: section.id.to_string(),
                    title: section.title.clone(),
                    body: section.body.clone(),
                })
                .collect(),
        }
    }

    /// The ids of a hearing's sections, by the keys that [`Written::of`] gives them.
    pub(super) fn section_ids(hearing: &Hearing) -> SectionIds {
        hearing.sections.iter().map(|section| (section.id.to_string(), section.id)).collect()
    }

    /// Cleaned as the server cleans it.
    pub(super) fn cleaned(&self) -> Written {
        let mut written = self.clone();
        written.summary.clean(Lines::Many);
        for line in [
            &mut written.title,
            &mut written.contact.name,
            &mut written.contact.department,
            &mut written.contact.phone,
            &mut written.image_alternative_text,
        ] {
            line.clean(Lines::One);
        }
        written.contact.email = text::name(&written.contact.email);
        for section in &mut written.sections {
            section.title.clean(Lines::One);
            section.body.clean(Lines::Many);
        }
        written
    }

    /// Whether it says the same as another, whatever the sections' keys are.
    pub(super) fn says_the_same(&self, other: &Written) -> bool {
        let unkeyed = |written: &Written| {
            let written = written.cleaned();
            Written { sections: without_keys(&written.sections), ..written }
        };
        unkeyed(self) == unkeyed(other)
    }

    /// The change from `saved` to this: only what differs.
    pub(super) fn patch(&self, saved: &Written, ids: &SectionIds) -> HearingPatch {
        let sections = || self.sections.iter().map(|section| section.patch(ids)).collect();
        HearingPatch {
            title: changed(&self.title, &saved.title),
            summary: changed(&self.summary, &saved.summary),
            audience: changed(&self.audience, &saved.audience),
            invitation_only: changed(&self.invitation_only, &saved.invitation_only),
            starts_on: changed(&self.starts_on, &saved.starts_on),
            deadline_on: changed(&self.deadline_on, &saved.deadline_on),
            contact_name: changed(&self.contact.name, &saved.contact.name),
            contact_department: changed(&self.contact.department, &saved.contact.department),
            contact_email: changed(&self.contact.email, &saved.contact.email),
            contact_phone: changed(&self.contact.phone, &saved.contact.phone),
            responses_shown: changed(&self.responses_shown, &saved.responses_shown),
            respondent_shown: changed(&self.respondent_shown, &saved.respondent_shown),
            image_alternative_text: changed(&self.image_alternative_text, &saved.image_alternative_text),
            sections: (self.sections != saved.sections).then(sections),
        }
    }
}

impl WrittenSection {
    fn patch(&self, ids: &SectionIds) -> SectionPatch {
        SectionPatch { id: ids.get(&self.key).copied(), title: self.title.clone(), body: self.body.clone() }
    }
}

fn changed<T: Clone + PartialEq>(now: &T, saved: &T) -> Option<T> {
    (now != saved).then(|| now.clone())
}

fn without_keys(sections: &[WrittenSection]) -> Vec<WrittenSection> {
    sections.iter().map(|section| WrittenSection { key: String::new(), ..section.clone() }).collect()
}

/// Takes out of a change what the server would refuse, so that the rest can be saved: what is wrong with it.
pub(super) fn without_errors(patch: &mut HearingPatch) -> FieldErrors {
    let Err(errors) = patch.validate() else { return FieldErrors::default() };
    for error in &errors.0 {
        match error.pointer.as_str() {
            "/title" => patch.title = None,
            "/summary" => patch.summary = None,
            "/contactName" => patch.contact_name = None,
            "/contactDepartment" => patch.contact_department = None,
            "/contactEmail" => patch.contact_email = None,
            "/contactPhone" => patch.contact_phone = None,
            "/imageAlternativeText" => patch.image_alternative_text = None,
            "/startsOn" => patch.starts_on = None,
            "/deadlineOn" => patch.deadline_on = None,
            _ => patch.sections = None,
        }
    }
    errors
}

#[cfg(test)]
mod tests {
    use super::*;

    fn section(key: &str, title: &str) -> WrittenSection {
        WrittenSection { key: key.to_owned(), title: title.to_owned(), body: "Tekst".to_owned() }
    }

    fn written() -> Written {
        Written {
            title: "Ny struktur".to_owned(),
            summary: String::new(),
            starts_on: None,
            deadline_on: None,
            audience: Audience::Internal,
            invitation_only: false,
            responses_shown: ResponsesShown::Never,
            respondent_shown: RespondentShown::Department,
            contact: Contact::default(),
            image_alternative_text: String::new(),
            sections: vec![section("a", "Baggrund")],
        }
    }

    #[test]
    fn only_what_differs_is_sent() {
        let saved = written();
        let ids = SectionIds::new();
        assert_eq!(saved.patch(&saved, &ids), HearingPatch::default());
        let now = Written { deadline_on: "2026-12-04".parse().ok(), ..written() };
        let patch = now.patch(&saved, &ids);
        assert_eq!(patch, HearingPatch { deadline_on: Some(now.deadline_on), ..HearingPatch::default() });
    }

    #[test]
    fn what_is_pasted_is_cleaned_as_the_server_cleans_it() {
        let contact = Contact { email: " mette@kommune.dk\u{200B}".to_owned(), ..Contact::default() };
        let pasted = Written {
            title: "En\u{B}skole".to_owned(),
            summary: "Bla\u{30A}\u{B}".to_owned(),
            sections: vec![section("a", "Bag\u{2}grund")],
            contact,
            ..written()
        };
        let ids = SectionIds::new();
        let sent = pasted.patch(&written(), &ids).cleaned();
        let cleaned = pasted.cleaned();
        assert_eq!(cleaned.patch(&written(), &ids), HearingPatch { sections: None, ..sent });
        assert_eq!((cleaned.title.as_str(), cleaned.summary.as_str()), ("En skole", "Blå\n"));
        assert!(pasted.says_the_same(&cleaned));
    }

    #[test]
    fn a_section_keeps_its_id_when_it_moves_and_a_new_one_has_none() {
        let id = SectionId::new(chrono::DateTime::UNIX_EPOCH);
        let ids = SectionIds::from([("a".to_owned(), id)]);
        let now = Written { sections: vec![section("ny", "Økonomi"), section("a", "Baggrund")], ..written() };
        let sections = now.patch(&written(), &ids).sections.unwrap();
        assert_eq!(sections.iter().map(|section| section.id).collect::<Vec<_>>(), [None, Some(id)]);
    }

    #[test]
    fn what_is_wrong_does_not_keep_the_rest_from_being_saved() {
        let mut patch = HearingPatch {
            title: Some("Ny titel".to_owned()),
            contact_email: Some("mette@".to_owned()),
            ..HearingPatch::default()
        };
        let errors = without_errors(&mut patch);
        assert_eq!(errors.0.len(), 1);
        assert_eq!(patch, HearingPatch { title: Some("Ny titel".to_owned()), ..HearingPatch::default() });
    }

    #[test]
    fn the_same_words_under_other_keys_are_the_same() {
        let other = Written { sections: vec![section("b", "Baggrund")], ..written() };
        assert!(written().says_the_same(&other));
        assert!(!written().says_the_same(&Written { title: "Andet".to_owned(), ..written() }));
    }
}
