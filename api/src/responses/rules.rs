//! What an answer must be and what others see of it: pure decisions.

use chrono::{DateTime, Utc};
use openapi::{
    drafts::SectionAnswer, hearings::RespondentShown, ids::SectionId, responses::AnsweredSection,
    validation::FieldErrors,
};

use super::{Error, rows::ResponseRow};
use crate::hearings::{self, HearingRow};

/// What others see of an employee who answers: perhaps nothing.
#[must_use]
pub fn sender_as_shown(shown: RespondentShown, name: &str, department: Option<&str>) -> Option<String> {
    match (shown, department) {
        (RespondentShown::NameAndDepartment, Some(department)) => Some(format!("{name}, {department}")),
        (RespondentShown::NameAndDepartment, None) => Some(name.to_owned()),
        (RespondentShown::Department, department) => department.map(ToOwned::to_owned),
        (RespondentShown::Nothing | RespondentShown::Unknown, _) => None,
    }
}

/// An answer can be edited and withdrawn as long as the hearing takes answers.
///
/// # Errors
/// [`Error::Withdrawn`], and what the hearing refuses, above all a passed deadline.
pub(super) fn change(response: &ResponseRow, hearing: &HearingRow, now: DateTime<Utc>) -> Result<(), Error> {
    if response.withdrawn_at.is_some() {
        return Err(Error::Withdrawn);
    }
    Ok(hearings::rules::take_answer(hearing, now)?)
}

/// Answers to sections in the hearing's order, without empty ones.
///
/// # Errors
/// Each answer to something that is no section of the hearing.
pub fn in_order(
    answers: Vec<SectionAnswer>,
    sections: &[(SectionId, String)],
) -> Result<Vec<SectionAnswer>, FieldErrors> {
    let mut errors = FieldErrors::default();
    for (index, answer) in answers.iter().enumerate() {
        let known = sections.iter().any(|(id, _)| *id == answer.section);
        let pointer = format!("/sections/{index}/section");
        errors.require(known, &pointer, "section.unknown", "is no section of this hearing");
    }
    errors.finish()?;
    let mut kept: Vec<_> = answers.into_iter().filter(|answer| !answer.text.trim().is_empty()).collect();
    kept.sort_by_key(|answer| sections.iter().position(|(id, _)| *id == answer.section));
    Ok(kept)
}

/// Answers to sections with the sections' titles, as they are kept.
#[must_use]
pub fn with_titles(answers: Vec<SectionAnswer>, sections: &[(SectionId, String)]) -> Vec<AnsweredSection> {
    let title = |section| sections.iter().find(|(id, _)| *id == section).map(|(_, title)| title.clone());
    answers
        .into_iter()
        .map(|SectionAnswer { section, text }| AnsweredSection {
            section,
            title: title(section).unwrap_or_default(),
            text,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sender_is_shown_as_the_hearing_says() {
        let shown = |shown, department| sender_as_shown(shown, "Mette Sørensen", department);
        let both = Some("Mette Sørensen, Skole".to_owned());
        assert_eq!(shown(RespondentShown::NameAndDepartment, Some("Skole")), both);
        assert_eq!(shown(RespondentShown::NameAndDepartment, None), Some("Mette Sørensen".to_owned()));
        assert_eq!(shown(RespondentShown::Department, Some("Skole")), Some("Skole".to_owned()));
        assert_eq!(shown(RespondentShown::Department, None), None);
        assert_eq!(shown(RespondentShown::Nothing, Some("Skole")), None);
    }
}
