//! What is written in an answer, and what is wrong with it.

use openapi::{
    drafts::{Draft, DraftPatch, SectionAnswer, validate_for_sending},
    hearings::Hearing,
    ids::SectionId,
    text,
    validation::{FieldErrors, Validate},
};
use serde::{Deserialize, Serialize};

/// What is written.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Written {
    /// Whom it is for; empty for oneself.
    pub(super) on_behalf_of: String,
    /// The answer to the whole.
    pub(super) text: String,
    /// The answers to the sections, one for each section of the hearing, empty ones too.
    pub(super) sections: Vec<SectionAnswer>,
}

impl Written {
    /// What a draft holds, with room for every section of the hearing.
    pub(super) fn of(draft: &Draft, hearing: &Hearing) -> Written {
        let found = |id: SectionId| draft.sections.iter().find(|answer| answer.section == id);
        let sections = hearing.sections.iter().map(|section| SectionAnswer {
            section: section.id,
            text: found(section.id).map(|answer| answer.text.clone()).unwrap_or_default(),
        });
        Written { on_behalf_of: draft.on_behalf_of.clone(), text: draft.text.clone(), sections: sections.collect() }
    }

    /// What is sent to the server, cleaned as it would clean it: sections with words only.
    pub(super) fn patch(&self) -> DraftPatch {
        let mut patch = self.whole_patch();
        if let Some(sections) = &mut patch.sections {
            sections.retain(|answer| !text::is_blank(&answer.text));
        }
        patch
    }

    /// All sections, empty ones too.
    fn whole_patch(&self) -> DraftPatch {
        let Written { on_behalf_of, text, sections } = self.clone();
        DraftPatch { text: Some(text), sections: Some(sections), on_behalf_of: Some(on_behalf_of) }.cleaned()
    }

    /// Whether a draft on the server says this.
    pub(super) fn is_in(&self, draft: &Draft) -> bool {
        let Draft { text, sections, on_behalf_of, .. } = draft.clone();
        // A draft that was saved before texts were cleaned says the same.
        self.patch()
            == DraftPatch { text: Some(text), sections: Some(sections), on_behalf_of: Some(on_behalf_of) }.cleaned()
    }

    /// The same checks as the server's, at the fields of this form.
    pub(super) fn validate(&self) -> Result<(), FieldErrors> {
        // All sections, so that positions are those of the form.
        let patch = self.whole_patch();
        let mut errors = patch.validate().err().unwrap_or_default();
        let DraftPatch { text, sections, .. } = patch;
        let (text, sections) = (text.unwrap_or_default(), sections.unwrap_or_default());
        errors.0.extend(validate_for_sending(&text, &sections).err().unwrap_or_default().0);
        errors.finish().map_err(|errors| self.at_form(errors))
    }

    /// `/sections/0/text` is about the field that is named after the section.
    fn at_form(&self, mut errors: FieldErrors) -> FieldErrors {
        for error in &mut errors.0 {
            let position = error
                .pointer
                .strip_prefix("/sections/")
                .and_then(|rest| rest.split('/').next())
                .and_then(|index| index.parse::<usize>().ok());
            if let Some(answer) = position.and_then(|index| self.sections.get(index)) {
                error.pointer = pointer(answer.section);
            }
        }
        errors
    }
}

/// The field of a section's answer. Links from the hearing's page lead to it.
pub(super) fn pointer(section: SectionId) -> String {
    format!("/afsnit/{section}")
}

#[cfg(test)]
mod tests {
    use openapi::limits;

    use super::*;

    fn section(text: &str) -> SectionAnswer {
        SectionAnswer { section: SectionId::new(chrono::DateTime::UNIX_EPOCH), text: text.to_owned() }
    }

    #[test]
    fn an_answer_needs_words_somewhere() {
        let nothing = Written { on_behalf_of: String::new(), text: " \n".into(), sections: vec![section("")] };
        assert_eq!(nothing.validate().unwrap_err().0[0].pointer, "/text");
        let in_a_section = Written { sections: vec![section("Ja tak")], ..nothing };
        assert!(in_a_section.validate().is_ok());
    }

    #[test]
    fn a_sections_error_stands_at_its_own_field_though_earlier_ones_are_empty() {
        let sections = vec![section(""), section(&"å".repeat(limits::SECTION_ANSWER + 1))];
        let wrong = sections[1].section;
        let written = Written { on_behalf_of: String::new(), text: "Svar".into(), sections };
        assert_eq!(written.validate().unwrap_err().0[0].pointer, pointer(wrong));
    }

    #[test]
    fn what_is_pasted_is_sent_cleaned_and_is_known_again() {
        let pasted = Written {
            on_behalf_of: "Ældre\u{200B}rådet\u{B}".into(),
            text: "F\u{2}orslag\u{B}\u{F0B7} bla\u{30A}".into(),
            sections: vec![section("\u{200B}")],
        };
        let patch = pasted.patch();
        assert_eq!(patch.text.as_deref(), Some("Forslag\n• blå"));
        assert_eq!(patch.on_behalf_of.as_deref(), Some("Ældrerådet "));
        assert_eq!(patch.sections, Some(vec![]));
        assert!(pasted.validate().is_ok());
        let shown =
            Written { text: "Forslag\n• blå".into(), on_behalf_of: "Ældrerådet ".into(), sections: vec![] };
        assert_eq!(shown.patch(), patch, "a second save after the field was cleaned changes nothing");
        let longest = Written { text: format!("{}\u{200B}\u{FEFF}", "a\u{30A}".repeat(limits::ANSWER)), ..shown };
        assert!(longest.validate().is_ok(), "counted after cleaning");
    }

    #[test]
    fn only_sections_with_words_are_sent() {
        let written =
            Written { on_behalf_of: String::new(), text: String::new(), sections: vec![section(" "), section("Ja")] };
        assert_eq!(written.patch().sections.unwrap().len(), 1);
    }
}
