//! Languages: texts by key from the Fluent files in `locales/`, dates and numbers as people write them.

mod dates;
mod messages;
mod numbers;
mod provider;

#[cfg(test)]
mod tests;

use std::rc::Rc;

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use unic_langid::{LanguageIdentifier, langid};
use yew::{AttrValue, Callback};

pub use dates::Dates;
pub use messages::{Messages, PORTAL, WORKSPACE};
pub use numbers::{format_number, format_size};
pub use provider::{I18nProvider, use_i18n};

/// A language of the interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// Danish, the first language.
    Da,
    /// English.
    En,
}

impl Language {
    /// All languages, the first one first.
    pub const ALL: [Language; 2] = [Language::Da, Language::En];

    /// The code that stands in `lang` attributes and in the configuration.
    pub fn code(self) -> &'static str {
        match self {
            Language::Da => "da",
            Language::En => "en",
        }
    }

    /// The language's name in itself.
    pub fn name(self) -> &'static str {
        match self {
            Language::Da => "Dansk",
            Language::En => "English",
        }
    }

    /// The language with this code.
    pub fn from_code(code: &str) -> Option<Language> {
        Language::ALL.into_iter().find(|language| language.code() == code)
    }

    fn identifier(self) -> LanguageIdentifier {
        match self {
            Language::Da => langid!("da-DK"),
            Language::En => langid!("en-GB"),
        }
    }
}

/// Marks a text key that is chosen by a value (`match status { ... => key("status-open") }`), so that
/// the test which compares keys in code with keys in the language files finds it.
pub const fn key(key: &'static str) -> &'static str {
    key
}

/// The text of a key in the chosen language: `t!(i18n, "list-title")`,
/// `t!(i18n, "list-count", count = 3)`.
#[macro_export]
macro_rules! t {
    ($i18n:expr, $key:expr) => {
        $i18n.text($key, &[])
    };
    ($i18n:expr, $key:expr, $($name:ident = $value:expr),+ $(,)?) => {
        $i18n.text($key, &[$((stringify!($name), ::fluent_bundle::FluentValue::from($value))),+])
    };
}

/// The chosen language: texts, dates, numbers, and the way to another one. Cheap to clone.
#[derive(Clone)]
pub struct I18n {
    language: Language,
    bundle: Rc<FluentBundle<FluentResource>>,
    choose: Callback<Language>,
}

impl PartialEq for I18n {
    fn eq(&self, other: &Self) -> bool {
        self.language == other.language
    }
}

impl I18n {
    /// Reads the language's messages. A message that does not parse is left out, and a test names it.
    pub fn new(language: Language, messages: Messages, choose: Callback<Language>) -> I18n {
        let mut bundle = FluentBundle::new(vec![language.identifier()]);
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(match language {
            Language::Da => numbers::danish_value,
            Language::En => numbers::english_value,
        }));
        for source in messages(language) {
            let resource = match FluentResource::try_new((*source).to_owned()) {
                Ok(resource) | Err((resource, _)) => resource,
            };
            bundle.add_resource_overriding(resource);
        }
        I18n { language, bundle: Rc::new(bundle), choose }
    }

    /// The chosen language.
    pub fn language(&self) -> Language {
        self.language
    }

    /// Chooses a language, here and for the next visit.
    pub fn choose(&self, language: Language) {
        self.choose.emit(language);
    }

    /// Dates and times as they are written in the chosen language.
    pub fn dates(&self) -> Dates {
        Dates::new(self.language)
    }

    /// A whole number with the language's separators.
    pub fn number(&self, number: i64) -> AttrValue {
        format_number(self.language, number).into()
    }

    /// A file's size as people say it.
    pub fn size(&self, bytes: u64) -> AttrValue {
        format_size(self.language, bytes).into()
    }

    /// The text of a key; the key itself where it is missing (a test keeps that from happening).
    /// Pages write `t!(...)`.
    pub fn text(&self, key: &str, values: &[(&'static str, FluentValue<'_>)]) -> AttrValue {
        self.find(key, values).unwrap_or_else(|| key.to_owned().into())
    }

    /// The text of a key that may be unknown here, as one made from a code of the server's.
    pub fn find(&self, key: &str, values: &[(&'static str, FluentValue<'_>)]) -> Option<AttrValue> {
        let pattern = self.bundle.get_message(key)?.value()?;
        let mut args = FluentArgs::new();
        for (name, value) in values {
            args.set(*name, value.clone());
        }
        let mut errors = Vec::new();
        Some(self.bundle.format_pattern(pattern, Some(&args), &mut errors).into_owned().into())
    }
}
