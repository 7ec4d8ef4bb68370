//! Checks that a form and the server make alike: all errors at once, each with the place it is about.

use serde::{Deserialize, Serialize};

use crate::text;

/// What is wrong with one field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct FieldError {
    /// Where: a JSON pointer into the request's body (`/sections/0/title`), or the name of a parameter or header.
    pub pointer: String,
    /// What, for programs: `text.too_long`.
    pub code: String,
    /// What, for people, in English.
    pub detail: String,
}

/// Everything that is wrong with a request, in the order of its fields.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FieldErrors(pub Vec<FieldError>);

impl FieldErrors {
    /// Notes an error.
    pub fn add(&mut self, pointer: impl Into<String>, code: &str, detail: impl Into<String>) {
        self.0.push(FieldError { pointer: pointer.into(), code: code.to_owned(), detail: detail.into() });
    }

    /// Notes an error unless `holds`.
    pub fn require(&mut self, holds: bool, pointer: &str, code: &str, detail: &str) {
        if !holds {
            self.add(pointer, code, detail);
        }
    }

    /// Checks the length of a text that has been cleaned.
    pub fn text(&mut self, pointer: &str, value: &str, maximum: usize) {
        let length = value.chars().count();
        if length > maximum {
            self.add(pointer, "text.too_long", format!("has {length} characters; at most {maximum} are allowed"));
        }
    }

    /// Checks that a text holds something that is seen.
    pub fn present(&mut self, pointer: &str, value: &str) {
        self.require(!text::is_blank(value), pointer, "text.required", "must be filled in");
    }

    /// Checks that a date lies in the years that hearings are held in.
    pub fn date(&mut self, pointer: &str, value: chrono::NaiveDate) {
        use crate::limits::{FIRST_YEAR, LAST_YEAR};
        let within = (FIRST_YEAR..=LAST_YEAR).contains(&chrono::Datelike::year(&value));
        self.require(within, pointer, "date.out_of_range", "must lie between the years 2000 and 2099");
    }

    /// `Ok` when nothing was noted.
    ///
    /// # Errors
    /// Itself, when something was.
    pub fn finish(self) -> Result<(), Self> {
        if self.0.is_empty() { Ok(()) } else { Err(self) }
    }
}

/// A request that can be cleaned, and can say what is wrong with it before anything is looked up.
pub trait Validate {
    /// Cleans every text that people write, as [`crate::text::clean()`] says. The server does it before it checks a request,
    /// a form before it checks and sends what is written. What a machine made, and passwords, stay as they are.
    ///
    /// A test sends every text of every request with what has to be cleaned.
    fn clean(&mut self) {}

    /// The request, cleaned.
    #[must_use]
    fn cleaned(mut self) -> Self
    where
        Self: Sized,
    {
        self.clean();
        self
    }

    /// Checks everything that the request alone can tell.
    ///
    /// # Errors
    /// All that is wrong, in the order of the fields.
    fn validate(&self) -> Result<(), FieldErrors> {
        Ok(())
    }
}
