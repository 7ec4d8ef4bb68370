//! Which Fluent files each area of the interface speaks.

use super::Language;

/// The message files of an area in a language. A function, so that the portal's binary does not
/// carry the workspace's texts.
pub type Messages = fn(Language) -> &'static [&'static str];

macro_rules! files {
    ($language:literal, $($file:literal),+) => {
        &[$(include_str!(concat!("../../locales/", $language, "/", $file, ".ftl"))),+]
    };
}

/// What the portal says.
pub const PORTAL: Messages = |language| match language {
    Language::Da => files!("da", "shell", "forms", "hearings", "responses", "login", "problems"),
    Language::En => files!("en", "shell", "forms", "hearings", "responses", "login", "problems"),
};

/// What the workspace says: everything the portal does, and its own.
pub const WORKSPACE: Messages = |language| match language {
    Language::Da => {
        files!("da", "shell", "forms", "hearings", "responses", "login", "problems", "workspace", "case", "audit")
    }
    Language::En => {
        files!("en", "shell", "forms", "hearings", "responses", "login", "problems", "workspace", "case", "audit")
    }
};
