//! What the server says about this installation, in a `<meta>` of the page it serves.

use openapi::limits;
use serde::Deserialize;
use yew::AttrValue;

use crate::dom;

/// This installation: whose it is and where its files lie.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Config {
    /// The municipality's name.
    pub municipality: String,
    /// Its logo; without one the name stands alone.
    pub logo_url: Option<String>,
    /// The sprite of icons.
    pub icons_url: String,
    /// Codes of the languages offered.
    pub languages: Vec<String>,
    /// How many files an answer may have, and how large one may be.
    pub attachments: AttachmentLimits,
    /// Whether this is a demonstration with made-up people.
    pub demo: bool,
}

impl Default for Config {
    fn default() -> Config {
        Config {
            municipality: "Kommunen".to_owned(),
            logo_url: None,
            icons_url: "/assets/icons.svg".to_owned(),
            languages: vec!["da".to_owned(), "en".to_owned()],
            attachments: AttachmentLimits::default(),
            demo: false,
        }
    }
}

/// How many files an answer may have, and how large one may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub struct AttachmentLimits {
    /// Files of one answer.
    pub files: usize,
    /// Bytes of one file.
    pub bytes: u64,
}

impl Default for AttachmentLimits {
    fn default() -> AttachmentLimits {
        AttachmentLimits { files: limits::ATTACHMENTS, bytes: limits::ATTACHMENT_MEBIBYTES * 1024 * 1024 }
    }
}

impl Config {
    /// Reads the page's configuration; what is missing or wrong gets its default.
    pub fn from_page() -> Config {
        dom::meta("agora-config").map(|json| Config::parse(&json)).unwrap_or_default()
    }

    fn parse(json: &str) -> Config {
        serde_json::from_str(json).unwrap_or_default()
    }

    /// The address of an icon in the sprite.
    pub fn icon(&self, name: &str) -> AttrValue {
        format!("{}#{name}", self.icons_url).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_and_a_broken_configuration_both_give_one() {
        let config = Config::parse(r#"{"municipality":"Ærø","iconsUrl":"/a/i.svg","languages":["da"]}"#);
        assert_eq!(config.municipality, "Ærø");
        assert_eq!(config.icon("search"), "/a/i.svg#search");
        assert!(!config.demo);
        assert_eq!(Config::parse("{"), Config::default());
    }
}
