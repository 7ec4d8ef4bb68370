//! What is wrong with a form, in the reader's words and at the fields it is about.

use openapi::{
    client::Error,
    problem::ProblemCode,
    validation::{FieldError, FieldErrors},
};
use yew::AttrValue;

use crate::{i18n::I18n, t};

/// What is wrong with one field.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldMessage {
    /// The field, as a JSON pointer into what the form sends.
    pub pointer: AttrValue,
    /// What is wrong, in the reader's language.
    pub message: AttrValue,
}

/// What is wrong with a form. Empty when nothing is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FormErrors {
    /// What is wrong with the form as a whole.
    pub general: Option<AttrValue>,
    /// What is wrong with its fields, in their order.
    pub fields: Vec<FieldMessage>,
    /// Grows with each attempt, so that the summary takes the focus again.
    pub attempt: u32,
}

impl FormErrors {
    /// Whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.general.is_none() && self.fields.is_empty()
    }

    /// What is wrong with one field.
    pub fn at(&self, pointer: &str) -> Option<AttrValue> {
        let found = self.fields.iter().find(|field| field.pointer == pointer)?;
        Some(found.message.clone())
    }

    /// What the form found itself, before anything was sent.
    pub fn from_fields(errors: &FieldErrors, i18n: &I18n) -> FormErrors {
        FormErrors { fields: messages(&errors.0, i18n), ..FormErrors::default() }
    }

    /// What the server said.
    pub fn from_error(error: &Error, i18n: &I18n) -> FormErrors {
        let fields = error.problem().map(|problem| messages(&problem.errors, i18n)).unwrap_or_default();
        // Where each field says what is wrong with it, a sentence about the whole adds nothing.
        let general = fields.is_empty().then(|| describe(error, i18n));
        FormErrors { general, fields, attempt: 0 }
    }
}

/// A field's `id` on the page, from its pointer: `/sections/0/title` is `field-sections-0-title`.
pub fn field_id(pointer: &str) -> String {
    format!("field{}", pointer.replace(['/', '.', '_'], "-"))
}

/// Why a call gave nothing, in the reader's language.
pub fn describe(error: &Error, i18n: &I18n) -> AttrValue {
    match error {
        // The service names a reason that is newer than this page.
        Error::Problem(problem) if problem.code == ProblemCode::Unknown => t!(i18n, "problem-unexpected"),
        Error::Problem(problem) => {
            let key = format!("problem-{}", problem.code.as_str().replace(['.', '_'], "-"));
            i18n.find(&key, &[]).unwrap_or_else(|| problem.detail.clone().into())
        }
        Error::Unreachable(_) => t!(i18n, "problem-unreachable"),
        Error::Unexpected { .. } => t!(i18n, "problem-unexpected"),
    }
}

/// Why something was refused, in one sentence: what is wrong with a field, where that is said in the reader's language.
pub fn reason(error: &Error, i18n: &I18n) -> AttrValue {
    let at_field = error.problem().and_then(|problem| problem.errors.first());
    at_field.and_then(|field| words(field, i18n)).unwrap_or_else(|| describe(error, i18n))
}

/// That something could not be fetched: "Vi kunne ikke hente høringerne".
pub fn not_fetched(what: &str, error: &Error, i18n: &I18n) -> AttrValue {
    match error {
        Error::Unreachable(_) => t!(i18n, "remote-unreachable", what = what),
        Error::Problem(_) | Error::Unexpected { .. } => t!(i18n, "remote-failed", what = what),
    }
}

/// The request's id, by which operators find a failure of the service in its log.
pub fn reference(error: &Error) -> Option<AttrValue> {
    let problem = error.problem().filter(|problem| problem.status >= 500)?;
    Some(problem.instance.clone().into())
}

fn messages(errors: &[FieldError], i18n: &I18n) -> Vec<FieldMessage> {
    errors
        .iter()
        .map(|error| FieldMessage { pointer: error.pointer.clone().into(), message: message(error, i18n) })
        .collect()
}

/// "Skriv en titel" where the field has its own words for the code, else the code's, else the server's.
fn message(error: &FieldError, i18n: &I18n) -> AttrValue {
    words(error, i18n).unwrap_or_else(|| error.detail.clone().into())
}

fn words(error: &FieldError, i18n: &I18n) -> Option<AttrValue> {
    let code = error.code.replace(['.', '_'], "-");
    let place: String = error
        .pointer
        .split('/')
        .filter(|part| !part.is_empty() && part.parse::<usize>().is_err())
        .map(|part| format!("{part}-"))
        .collect();
    i18n.find(&format!("field-{place}{code}"), &[]).or_else(|| i18n.find(&format!("field-{code}"), &[]))
}

#[cfg(test)]
mod tests {
    use openapi::problem::Problem;
    use yew::Callback;

    use super::*;
    use crate::i18n::{Language, PORTAL};

    fn danish() -> I18n {
        I18n::new(Language::Da, PORTAL, Callback::noop())
    }

    fn problem(code: ProblemCode, errors: Vec<FieldError>) -> Error {
        Error::Problem(Box::new(Problem { detail: "English detail".to_owned(), errors, ..Problem::new(code) }))
    }

    #[test]
    fn every_problem_has_words_in_every_language() {
        for language in Language::ALL {
            let i18n = I18n::new(language, PORTAL, Callback::noop());
            for code in ProblemCode::ALL {
                let text = describe(&problem(*code, Vec::new()), &i18n);
                assert_ne!(text, "English detail", "{code} in {language:?}");
            }
            let newer = describe(&problem(ProblemCode::Unknown, Vec::new()), &i18n);
            assert_eq!(newer, t!(i18n, "problem-unexpected"), "a reason that is newer than the page");
        }
    }

    #[test]
    fn a_field_gets_its_own_words_then_the_codes_then_the_servers() {
        let field = |pointer: &str, code: &str| FieldError {
            pointer: pointer.to_owned(),
            code: code.to_owned(),
            detail: "English detail".to_owned(),
        };
        let i18n = danish();
        assert_eq!(message(&field("/text", "text.required"), &i18n), "Skriv dit svar, før du går videre.");
        assert_eq!(message(&field("/unknown", "text.required"), &i18n), "Feltet skal udfyldes.");
        assert_eq!(message(&field("/unknown", "never.heard_of"), &i18n), "English detail");
    }

    /// What is wrong with a file is named after its field, and its problem has the words.
    #[test]
    fn a_reason_is_said_in_the_readers_language() {
        let of = |pointer: &str, code: &str| {
            let (pointer, code) = (pointer.to_owned(), code.to_owned());
            let field = FieldError { pointer, code, detail: "English detail".to_owned() };
            reason(&problem(ProblemCode::AttachmentMacros, vec![field]), &danish())
        };
        assert_eq!(of("/file", "file.macros"), "Filen indeholder makroer. Gem den uden makroer, og prøv igen.");
        assert_eq!(of("/text", "text.required"), "Skriv dit svar, før du går videre.");
    }

    #[test]
    fn fields_speak_for_themselves_and_the_rest_is_general() {
        let at_field =
            FieldError { pointer: "/onBehalfOf".to_owned(), code: "text.too_long".to_owned(), detail: String::new() };
        let errors = FormErrors::from_error(&problem(ProblemCode::RequestInvalid, vec![at_field]), &danish());
        assert_eq!(errors.general, None);
        assert!(errors.at("/onBehalfOf").is_some());
        assert_eq!(errors.at("/text"), None);

        let errors = FormErrors::from_error(&problem(ProblemCode::DeadlinePassed, vec![]), &danish());
        assert!(errors.general.is_some() && !errors.is_empty());
    }

    #[test]
    fn ids_follow_from_pointers() {
        assert_eq!(field_id("/sections/0/title"), "field-sections-0-title");
    }
}
