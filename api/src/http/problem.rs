//! Refusals and failures on their way out: every one becomes `application/problem+json` with the request's id.

use std::{borrow::Cow, error::Error as StdError, fmt};

use actix_web::{
    Error, HttpMessage, HttpResponse, ResponseError,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::{StatusCode, header},
    middleware::Next,
};
use openapi::{
    problem::{MEDIA_TYPE, Problem, ProblemCode},
    validation::{FieldError, FieldErrors},
};
use tracing_actix_web::RequestId;

use crate::{db, heavy, per_person::NoPlace};

/// Seconds after which to come back when nothing better is known.
const COME_BACK_AFTER: u32 = 5;

/// Seconds after which to come back to a full file store: room has to be made first.
pub(crate) const ROOM_AFTER: u32 = 60;

/// Seconds after which to come back when all places of a person are taken.
const PLACE_AFTER: u32 = 10;

/// A refusal or failure. What the caller sees is the code, the detail and the field errors; the source goes to the
/// log alone.
#[derive(Debug)]
pub struct ApiError {
    code: ProblemCode,
    detail: Cow<'static, str>,
    errors: Vec<FieldError>,
    retry_after: Option<u32>,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

impl ApiError {
    /// A refusal with a sentence for the caller.
    pub fn new(code: ProblemCode, detail: impl Into<Cow<'static, str>>) -> Self {
        Self { code, detail: detail.into(), errors: Vec::new(), retry_after: None, source: None }
    }

    /// A request that was understood and is invalid, field by field.
    #[must_use]
    pub fn invalid(errors: FieldErrors) -> Self {
        Self::new(ProblemCode::RequestInvalid, "Some fields are invalid.").with_errors(errors.0)
    }

    /// A request that could not be understood, at one place.
    pub fn malformed(pointer: impl Into<String>, code: &str, detail: impl Into<String>) -> Self {
        let error = FieldError { pointer: pointer.into(), code: code.to_owned(), detail: detail.into() };
        Self::new(ProblemCode::RequestMalformed, "The request could not be understood.").with_errors(vec![error])
    }

    /// Nothing here for the caller.
    #[must_use]
    pub fn not_found() -> Self {
        Self::new(ProblemCode::NotFound, "There is nothing here for you.")
    }

    /// A failure of the service; `source` is for the log.
    pub fn internal(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        let error = Self::new(ProblemCode::Internal, "The service failed. Its log knows why, by this request's id.");
        Self { source: Some(source.into()), ..error }
    }

    /// Something is away for the moment; `source` is for the log.
    pub fn unavailable(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        let error = Self::new(ProblemCode::Unavailable, "The service cannot do this right now. Try again in a moment.");
        Self { source: Some(source.into()), retry_after: Some(COME_BACK_AFTER), ..error }
    }

    /// The same with what is wrong with which field.
    #[must_use]
    pub fn with_errors(mut self, errors: Vec<FieldError>) -> Self {
        self.errors = errors;
        self
    }

    /// The same with the seconds after which to come back.
    #[must_use]
    pub fn retry_after(mut self, seconds: u32) -> Self {
        self.retry_after = Some(seconds);
        self
    }

    /// The kind of problem.
    #[must_use]
    pub fn code(&self) -> ProblemCode {
        self.code
    }

    fn to_problem(&self, instance: String) -> Problem {
        Problem {
            kind: format!("urn:agora:problem:{}", self.code),
            title: self.code.title().to_owned(),
            status: self.code.status(),
            detail: self.detail.clone().into_owned(),
            instance,
            code: self.code,
            errors: self.errors.clone(),
        }
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code, self.detail)?;
        let mut source = self.source.as_deref().map(|source| source as &dyn StdError);
        while let Some(error) = source {
            write!(f, ": {error}")?;
            source = error.source();
        }
        Ok(())
    }
}

impl StdError for ApiError {}

impl ResponseError for ApiError {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    // The body is written by `finish`, which knows the request's id.
    fn error_response(&self) -> HttpResponse<BoxBody> {
        let mut response = HttpResponse::build(self.status_code());
        if let Some(seconds) = self.retry_after {
            response.insert_header((header::RETRY_AFTER, seconds));
        }
        response.finish()
    }
}

impl From<diesel::result::Error> for ApiError {
    fn from(error: diesel::result::Error) -> Self {
        if db::is_passing(&error) { Self::unavailable(error) } else { Self::internal(error) }
    }
}

impl From<heavy::Error> for ApiError {
    fn from(error: heavy::Error) -> Self {
        match error {
            heavy::Error::Busy => Self::unavailable(error),
            heavy::Error::BrokenOff(_) => Self::internal(error),
        }
    }
}

impl From<NoPlace> for ApiError {
    fn from(NoPlace { places }: NoPlace) -> Self {
        let detail = format!("{places} of these are under way for you already. Wait until one of them has ended.");
        Self::new(ProblemCode::RateLimited, detail).retry_after(PLACE_AFTER)
    }
}

impl From<db::Unavailable> for ApiError {
    fn from(error: db::Unavailable) -> Self {
        Self::unavailable(error)
    }
}

/// Middleware: gives every refusal its body. Answers of the framework itself (a body that is too large, a path that
/// is none) come out in the same form.
///
/// # Errors
/// None of its own.
pub async fn finish(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let response = next.call(request).await?.map_into_boxed_body();
    if !response.status().is_client_error() && !response.status().is_server_error() {
        return Ok(response);
    }
    let frameworks;
    let error = match response.response().error().and_then(Error::as_error::<ApiError>) {
        Some(error) => error,
        None if has_own_body(&response) => return Ok(response),
        None => {
            frameworks = ApiError::from_status(response.status());
            &frameworks
        }
    };
    let instance = response.request().extensions().get::<RequestId>().map(ToString::to_string).unwrap_or_default();
    let body = serde_json::to_vec(&error.to_problem(instance))?;
    // The framework's status may be one that no code has; the answer's and the document's are the same all the same.
    let refusal = error.error_response();
    let mut response = response.map_body(|_, _| BoxBody::new(body));
    *response.response_mut().status_mut() = refusal.status();
    let headers = response.headers_mut();
    for (name, value) in refusal.headers() {
        headers.insert(name.clone(), value.clone());
    }
    headers.insert(header::CONTENT_TYPE, header::HeaderValue::from_static(MEDIA_TYPE));
    headers.insert(header::CACHE_CONTROL, header::HeaderValue::from_static("no-store"));
    Ok(response)
}

// The page's own 404 and the readiness report say what they have to say.
fn has_own_body(response: &ServiceResponse) -> bool {
    response.response().error().is_none() && response.headers().contains_key(header::CONTENT_TYPE)
}

impl ApiError {
    /// What the framework refused by itself. A status that no code has becomes the general one of its kind.
    fn from_status(status: StatusCode) -> Self {
        match status {
            StatusCode::UNAUTHORIZED => Self::new(ProblemCode::SessionRequired, "Nobody is logged in."),
            StatusCode::FORBIDDEN => Self::new(ProblemCode::Forbidden, "This is not allowed."),
            StatusCode::NOT_FOUND => Self::not_found(),
            StatusCode::METHOD_NOT_ALLOWED => {
                Self::new(ProblemCode::MethodNotAllowed, "This address does not take this method.")
            }
            StatusCode::NOT_ACCEPTABLE => {
                Self::new(ProblemCode::NotAcceptable, "There is none of the codings that `Accept-Encoding` leaves.")
            }
            StatusCode::REQUEST_TIMEOUT => Self::new(ProblemCode::Timeout, "The request took too long."),
            StatusCode::PAYLOAD_TOO_LARGE => Self::new(ProblemCode::TooLarge, "The body is too large."),
            StatusCode::UNSUPPORTED_MEDIA_TYPE => Self::new(ProblemCode::UnsupportedMediaType, "Send JSON."),
            StatusCode::TOO_MANY_REQUESTS => {
                Self::new(ProblemCode::RateLimited, "There were too many requests.").retry_after(COME_BACK_AFTER)
            }
            StatusCode::SERVICE_UNAVAILABLE => Self::unavailable("the framework is not available"),
            status if status.is_server_error() => Self::internal(format!("the framework answered {status}")),
            _ => Self::new(ProblemCode::RequestMalformed, "The request could not be understood."),
        }
    }
}

#[cfg(test)]
impl ApiError {
    pub(crate) fn first_error(&self) -> &FieldError {
        &self.errors[0]
    }
}

#[cfg(test)]
mod tests {
    use actix_web::{App, HttpRequest, middleware::from_fn, test, web};

    use super::*;

    async fn framework(request: HttpRequest) -> HttpResponse {
        let status = request.path().trim_start_matches('/').parse().unwrap();
        HttpResponse::new(StatusCode::from_u16(status).unwrap())
    }

    /// Also those that no code has, for whatever the framework will refuse one day.
    #[actix_web::test]
    async fn every_refusal_of_the_framework_tells_its_own_status() {
        let app = App::new().wrap(from_fn(finish)).default_service(web::to(framework));
        let app = test::init_service(app).await;
        let kept = [401, 403, 404, 405, 406, 408, 413, 415, 429, 503];
        for status in 400..600 {
            let request = test::TestRequest::with_uri(&format!("/{status}")).to_request();
            let response = test::call_service(&app, request).await;
            let (answered, headers) = (response.status().as_u16(), response.headers().clone());
            let problem: Problem = test::read_body_json(response).await;
            assert_eq!((problem.status, problem.code.status()), (answered, answered), "{status}");
            assert_eq!(answered / 100, status / 100, "{status} became {answered}");
            assert!(answered == status || !kept.contains(&status), "{status} became {answered}");
            assert_eq!(headers.contains_key(header::RETRY_AFTER), [429, 503].contains(&answered), "{status}");
        }
    }
}
