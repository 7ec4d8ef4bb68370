//! The catalogue over HTTP.

use actix_web::get;
use openapi::texts::{Text, TextName};

use crate::http::{Fresh, Path};

/// Read a text of the municipality
///
/// In its current version, in Danish.
#[utoipa::path(
    tag = "Catalogue",
    security(()),
    responses((status = 200, description = "The text", body = Text))
)]
#[get("/texts/{name}")]
pub(super) async fn get_text(Path(name): Path<TextName>) -> Fresh<Text> {
    Fresh(super::text(name))
}
