//! Counts for the audit log who tries what they may not.

use actix_web::{
    Error, FromRequest, HttpRequest,
    body::MessageBody,
    dev::{Path, ResourceDef, ServiceRequest, ServiceResponse},
    http::Method,
    middleware::Next,
    web::Data,
};
use openapi::{
    BASE_PATH,
    audit::{AuditAction, AuditObject},
    ids::HearingId,
    problem::ProblemCode,
};

use crate::{
    audit::{self, Entry},
    hearings,
    http::ApiError,
    identity::Caller,
    service::Service,
};

/// Middleware: counts every refusal that tells of a caller trying what they may not.
///
/// # Errors
/// Those of what lies inside.
pub async fn note(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let response = next.call(request).await?;
    let code = response.response().error().and_then(Error::as_error::<ApiError>).map(ApiError::code);
    if let Some(code) = code
        && let Err(error) = note_refusal(response.request(), code).await
    {
        tracing::error!(%error, "a refusal could not be noted in the audit log");
    }
    Ok(response)
}

async fn note_refusal(request: &HttpRequest, code: ProblemCode) -> Result<(), ApiError> {
    use ProblemCode::{CsrfRefused, Forbidden, LoginThrottled, NotFound};
    match code {
        Forbidden | CsrfRefused | LoginThrottled => tally(request, &Caller::extract(request).await?).await,
        // Hidden and missing alike, so that the time it takes tells nothing. A visitor finds links that have
        // died; that is no attempt.
        NotFound if is_below_a_hearing(request) => match Caller::extract(request).await? {
            Caller { actor: None, .. } => Ok(()),
            caller => tally(request, &caller).await,
        },
        _ => Ok(()),
    }
}

async fn tally(request: &HttpRequest, caller: &Caller) -> Result<(), ApiError> {
    let Some(service) = request.app_data::<Data<Service>>() else { return Ok(()) };
    let mut conn = service.connection().await?;
    let mut entry = Entry::new(AuditAction::AccessDenied, AuditObject::Address).object_id(operation(request));
    // One that is there, and of a person who is known: otherwise a visitor could fill the log by thinking up ids.
    if let (Some(tried), Some(_)) = (hearing(request), &caller.actor)
        && hearings::queries::is_there(&mut conn, tried).await?
    {
        entry = entry.hearing(tried);
    }
    audit::tally(&mut conn, entry, caller.actor.as_ref(), &caller.origin, service.now()).await?;
    Ok(())
}

/// What was tried: the operation, never what the caller wrote.
fn operation(request: &HttpRequest) -> String {
    let method = match *request.method() {
        Method::GET | Method::POST | Method::PUT | Method::PATCH | Method::DELETE => request.method().as_str(),
        _ => "OTHER",
    };
    let pattern = pattern(request);
    format!("{method} {}", pattern.as_deref().unwrap_or("an unknown address"))
}

fn is_below_a_hearing(request: &HttpRequest) -> bool {
    let pattern = pattern(request).unwrap_or_default();
    pattern.strip_prefix(BASE_PATH).is_some_and(|pattern| pattern.starts_with("/hearings/{hearing}"))
}

fn hearing(request: &HttpRequest) -> Option<HearingId> {
    let mut path = Path::new(request.match_info().get_ref().path());
    ResourceDef::new(pattern(request)?).capture_match_info(&mut path);
    path.get("hearing")?.parse().ok()
}

/// The address's pattern, found by the address as routing reads it, however it was spelled. Not by what routing found:
/// some refusals come before it.
fn pattern(request: &HttpRequest) -> Option<String> {
    request.resource_map().match_pattern(request.match_info().get_ref().path())
}
