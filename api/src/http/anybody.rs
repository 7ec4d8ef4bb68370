//! What every visitor is told alike.

use actix_web::{HttpRequest, HttpResponse, Responder, body::BoxBody};

/// An answer that depends on nothing but the database and the boundaries that hearings have passed, as far as it is given
/// to a visitor.
#[derive(Debug)]
pub struct ForAnybody<T>(pub T);

impl<T: Responder<Body = BoxBody>> Responder for ForAnybody<T> {
    type Body = BoxBody;

    fn respond_to(self, request: &HttpRequest) -> HttpResponse {
        let mut response = self.0.respond_to(request);
        response.extensions_mut().insert(MayBeKept);
        response.map_into_boxed_body()
    }
}

/// Marks such a reply on its way out, for what keeps it (`middleware/kept`).
pub(crate) struct MayBeKept;
