//! The municipality's colours, as the page asks for them.

use actix_web::{
    HttpResponse, get,
    http::header::{self, ContentType},
    web::Data,
};
use mime_guess::mime;

use super::Web;

/// The municipality's colours.
#[get("/theme.css")]
pub(super) async fn get_theme(web: Data<Web>) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header(ContentType(mime::TEXT_CSS_UTF_8))
        .insert_header((header::CACHE_CONTROL, "no-cache"))
        .body(web.theme.stylesheet.clone())
}

/// The icon of the page's tab.
#[get("/icon.svg")]
pub(super) async fn get_icon(web: Data<Web>) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header(ContentType(mime::IMAGE_SVG))
        .insert_header((header::CACHE_CONTROL, "no-cache"))
        .body(web.theme.icon.clone())
}
