//! What is written in the form of a hearing, and how it becomes a change of it.

use std::{
    collections::BTreeMap,
    ops::{Deref, DerefMut},
};

use openapi::{
    hearings::{Hearing, HearingField, HearingFields, HearingPatch, Section, SectionPatch},
    ids::SectionId,
    text::{Clean, Lines},
    validation::{FieldErrors, Validate},
};
use serde::{Deserialize, Serialize};

use crate::{audit_text, i18n::I18n};

/// What is written.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Written {
    pub(super) fields: HearingFields,
    pub(super) sections: Vec<WrittenSection>,
}

impl Deref for Written {
    type Target = HearingFields;

    fn deref(&self) -> &HearingFields {
        &self.fields
    }
}

impl DerefMut for Written {
    fn deref_mut(&mut self) -> &mut HearingFields {
        &mut self.fields
    }
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
    /// All that is written as one text.
    pub(super) fn in_full(&self, i18n: &I18n) -> String {
        let fields = HearingField::ALL.iter().filter_map(|field| {
            let value = self.fields.text(*field).filter(|value| !value.trim().is_empty())?;
            let name = audit_text::field(field.name(), i18n);
            Some(format!("{name}: {}", audit_text::value(field.name(), &value, i18n)))
        });
        let sections = self.sections.iter().map(|section| format!("{}\n{}", section.title, section.body));
        let sections = sections.filter(|text| !text.trim().is_empty());
        fields.chain(sections).collect::<Vec<_>>().join("\n\n")
    }

    /// What a hearing holds. Its sections' keys are their ids.
    pub(super) fn of(hearing: &Hearing) -> Written {
        let section = |section: &Section| WrittenSection {
            key: section.id.to_string(),
            title: section.title.clone(),
            body: section.body.clone(),
        };
        Written { fields: HearingFields::of(hearing), sections: hearing.sections.iter().map(section).collect() }
    }

    /// The ids of a hearing's sections, by the keys that [`Written::of`] gives them.
    pub(super) fn section_ids(hearing: &Hearing) -> SectionIds {
        hearing.sections.iter().map(|section| (section.id.to_string(), section.id)).collect()
    }

    /// Cleaned as the server cleans it.
    pub(super) fn cleaned(&self) -> Written {
        let mut written = self.clone();
        written.fields.clean();
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
        HearingPatch { sections: (self.sections != saved.sections).then(sections), ..self.fields.patch(&saved.fields) }
    }
}

impl WrittenSection {
    fn patch(&self, ids: &SectionIds) -> SectionPatch {
        SectionPatch { id: ids.get(&self.key).copied(), title: self.title.clone(), body: self.body.clone() }
    }
}

fn without_keys(sections: &[WrittenSection]) -> Vec<WrittenSection> {
    sections.iter().map(|section| WrittenSection { key: String::new(), ..section.clone() }).collect()
}

/// Takes out of a change what the server would refuse, so that the rest can be saved: what is wrong with it.
pub(super) fn without_errors(patch: &mut HearingPatch) -> FieldErrors {
    let Err(errors) = patch.validate() else { return FieldErrors::default() };
    for error in &errors.0 {
        match HearingField::ALL.iter().find(|field| field.pointer() == error.pointer) {
            Some(field) => patch.leave_out(*field),
            None if error.pointer.starts_with("/sections") => patch.sections = None,
            // Of what this form does not know, the server says what it means.
            None => {}
        }
    }
    errors
}

/// Nothing written yet.
#[cfg(test)]
pub(super) fn empty() -> Written {
    use openapi::hearings::{Audience, RespondentShown, ResponsesShown};

    let fields = HearingFields {
        title: String::new(),
        summary: String::new(),
        image_alternative_text: String::new(),
        audience: Audience::Internal,
        invitation_only: false,
        starts_on: None,
        deadline_on: None,
        contact_name: String::new(),
        contact_department: String::new(),
        contact_email: String::new(),
        contact_phone: String::new(),
        responses_shown: ResponsesShown::Never,
        respondent_shown: RespondentShown::Department,
    };
    Written { fields, sections: Vec::new() }
}

#[cfg(test)]
mod tests {
    use openapi::limits;
    use yew::Callback;

    use super::*;
    use crate::i18n::{Language, WORKSPACE};

    fn section(key: &str, title: &str) -> WrittenSection {
        WrittenSection { key: key.to_owned(), title: title.to_owned(), body: "Tekst".to_owned() }
    }

    fn written() -> Written {
        let mut written = empty();
        written.title = "Ny struktur".to_owned();
        written.sections = vec![section("a", "Baggrund")];
        written
    }

    #[test]
    fn only_what_differs_is_sent() {
        let saved = written();
        let ids = SectionIds::new();
        assert_eq!(saved.patch(&saved, &ids), HearingPatch::default());
        let mut now = written();
        now.deadline_on = "2026-12-04".parse().ok();
        let patch = now.patch(&saved, &ids);
        assert_eq!(patch, HearingPatch { deadline_on: Some(now.deadline_on), ..HearingPatch::default() });
    }

    #[test]
    fn what_is_pasted_is_cleaned_as_the_server_cleans_it() {
        let mut pasted = written();
        pasted.contact_email = " mette@kommune.dk\u{200B}".to_owned();
        pasted.title = "En\u{B}skole".to_owned();
        pasted.summary = "Bla\u{30A}\u{B}".to_owned();
        pasted.sections = vec![section("a", "Bag\u{2}grund")];
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
    fn what_is_wrong_with_a_section_keeps_no_field_back() {
        let long = SectionPatch { id: None, title: "å".repeat(limits::SECTION_TITLE + 1), body: String::new() };
        let mut patch = HearingPatch {
            summary: Some("Kort".to_owned()),
            image_alternative_text: Some("å".repeat(limits::ALTERNATIVE_TEXT + 1)),
            sections: Some(vec![long]),
            ..HearingPatch::default()
        };
        assert_eq!(without_errors(&mut patch).0.len(), 2);
        assert_eq!(patch, HearingPatch { summary: Some("Kort".to_owned()), ..HearingPatch::default() });
    }

    #[test]
    fn everything_that_is_written_goes_into_the_file() {
        let i18n = I18n::new(Language::Da, WORKSPACE, Callback::noop());
        let mut written = written();
        written.deadline_on = "2026-12-04".parse().ok();
        written.contact_phone = "99 74 00 00".to_owned();
        written.image_alternative_text = "Nordby Skole".to_owned();
        let text = written.in_full(&i18n);
        for part in ["Ny struktur", "4. dec", "99 74 00 00", "Nordby Skole", "Baggrund\nTekst"] {
            assert!(text.contains(part), "{part} is not in: {text}");
        }
        assert!(!text.contains("\n\n\n"), "nothing stands for what is not written: {text}");
    }

    #[test]
    fn the_same_words_under_other_keys_are_the_same() {
        let other = Written { sections: vec![section("b", "Baggrund")], ..written() };
        assert!(written().says_the_same(&other));
        let mut other = written();
        other.title = "Andet".to_owned();
        assert!(!written().says_the_same(&other));
    }
}
