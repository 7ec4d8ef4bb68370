//! What is written in an answer, and what is wrong with it.

use openapi::{
    drafts::{Draft, DraftPatch, SectionAnswer, validate_for_sending},
    hearings::Hearing,
    ids::SectionId,
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

    /// What is sent to the server: sections with words only.
    pub(super) fn patch(&self) -> DraftPatch {
        let answered = self.sections.iter().filter(|answer| !answer.text.trim().is_empty());
        DraftPatch {
            text: Some(self.text.clone()),
            sections: Some(answered.cloned().collect()),
            on_behalf_of: Some(self.on_behalf_of.clone()),
        }
    }

    /// Whether a draft on the server says this.
    pub(super) fn is_in(&self, draft: &Draft) -> bool {
        let Draft { text, sections, on_behalf_of, .. } = draft.clone();
        self.patch() == DraftPatch { text: Some(text), sections: Some(sections), on_behalf_of: Some(on_behalf_of) }
    }

    /// The same checks as the server's, at the fields of this form.
    pub(super) fn validate(&self) -> Result<(), FieldErrors> {
        // All sections, empty ones too, so that positions are those of the form.
        let patch = DraftPatch { sections: Some(self.sections.clone()), ..self.patch() };
        let mut errors = patch.validate().err().unwrap_or_default();
        errors.0.extend(validate_for_sending(&self.text, &self.sections).err().unwrap_or_default().0);
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
        let sections = vec![section(""), section("for\0kert")];
        let wrong = sections[1].section;
        let written = Written { on_behalf_of: String::new(), text: "Svar".into(), sections };
        assert_eq!(written.validate().unwrap_err().0[0].pointer, pointer(wrong));
    }

    #[test]
    fn only_sections_with_words_are_sent() {
        let written =
            Written { on_behalf_of: String::new(), text: String::new(), sections: vec![section(" "), section("Ja")] };
        assert_eq!(written.patch().sections.unwrap().len(), 1);
    }
}
