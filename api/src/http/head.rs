//! `HEAD`: everything that `GET` would answer, but for the body.

use actix_web::{
    Error,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    http::Method,
    middleware::Next,
};

/// Middleware: lets `HEAD` be answered by whatever answers `GET`, so that no address can forget it. The body is made, for
/// its length and its tag, and left out by the connection, which remembers what was asked.
///
/// # Errors
/// Those of what lies inside.
pub async fn answer_as_get(
    mut request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    if request.method() == Method::HEAD {
        request.head_mut().method = Method::GET;
    }
    next.call(request).await
}
