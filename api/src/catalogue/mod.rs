//! What hearings are made from: so far the texts that people must have been shown.

mod routes;

use openapi::texts::{Text, TextName};
use sha2::{Digest, Sha256};

use crate::markdown;

/// How answers are used, until a municipality can write its own.
const RESPONSE_TERMS: &str = include_str!("texts/response-terms.da.md");

/// The version of the information that is shown before an answer is sent: it names this very wording.
#[must_use]
pub fn response_terms_version() -> &'static str {
    use std::sync::LazyLock;
    static VERSION: LazyLock<String> = LazyLock::new(|| {
        let hash = hex::encode(Sha256::digest(RESPONSE_TERMS));
        hash.chars().take(12).collect()
    });
    &VERSION
}

/// A text in its current version.
#[must_use]
pub fn text(name: TextName) -> Text {
    match name {
        TextName::ResponseTerms => Text {
            name,
            version: response_terms_version().to_owned(),
            title: "Sådan bruger vi dit svar".to_owned(),
            body_html: markdown::to_html(RESPONSE_TERMS),
        },
    }
}

/// The domain's operations.
pub fn routes(config: &mut utoipa_actix_web::service_config::ServiceConfig<'_>) {
    config.service(routes::get_text);
}
