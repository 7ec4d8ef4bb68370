//! The log: JSON lines for machines, readable ones in a terminal; one span and one line a request, with its id.

use std::{
    fs::File,
    io::{self, IsTerminal},
    os::fd::AsFd,
    sync::Arc,
};

use actix_web::{
    Error,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    http::{Method, StatusCode},
};
use tracing::{Span, field};
use tracing_actix_web::{RequestId, RootSpanBuilder};
use tracing_subscriber::{EnvFilter, fmt};
use uuid::Uuid;

use crate::config::LogFormat;

/// Starts logging to standard error. A second call does nothing.
///
/// # Errors
/// When the filter is none.
pub fn start(format: LogFormat, filter: &str) -> anyhow::Result<()> {
    let filter = EnvFilter::try_new(filter)?;
    let json = match format {
        LogFormat::Json => true,
        LogFormat::Text => false,
        LogFormat::Auto => !io::stderr().is_terminal(),
    };
    // The file itself and not its handle, for which threads would wait: a line is written at once, and so stays whole.
    let output = File::from(io::stderr().as_fd().try_clone_to_owned()?);
    let subscriber = fmt().with_env_filter(filter).with_writer(Arc::new(output));
    // Somebody else may log already: a test that starts several applications.
    let _ = if json {
        subscriber.json().flatten_event(true).with_span_list(false).try_init()
    } else {
        subscriber.compact().try_init()
    };
    Ok(())
}

/// What the log keeps of a request: its id, its method, which operation it was, and how it ended. Never the query,
/// which may hold names somebody looked for, and never the client's address, which the audit log has as a digest.
#[derive(Debug)]
pub struct RequestSpan;

impl RootSpanBuilder for RequestSpan {
    fn on_request_start(request: &ServiceRequest) -> Span {
        use actix_web::HttpMessage;
        let id = request.extensions().get::<RequestId>().copied();
        // At the level of errors, so that an error's line has its request's id however little else is logged.
        tracing::error_span!(
            "request",
            id = id.map(field::display),
            method = %request.method(),
        )
    }

    fn on_request_end<B: MessageBody>(span: Span, outcome: &Result<ServiceResponse<B>, Error>) {
        let (code, pattern, error) = match outcome {
            Ok(response) => (response.status(), response.request().match_pattern(), response.response().error()),
            Err(error) => (error.as_response_error().status_code(), None, Some(error)),
        };
        let (status, operation) = (code.as_u16(), pattern.as_deref().unwrap_or("none"));
        let _entered = span.enter();
        // Beside the message and not in the span, whose fields would be written anew for each that is added.
        match error {
            Some(error) if code.is_server_error() => tracing::error!(operation, status, %error, "failed"),
            Some(error) => tracing::info!(operation, status, %error, "refused"),
            None => tracing::info!(operation, status, "answered"),
        }
    }
}

/// The line of a request that was answered before it got its span: of what was kept.
pub(crate) fn answered(id: Uuid, method: &Method, operation: &str, status: StatusCode) {
    let status = status.as_u16();
    tracing::info!(%id, %method, operation, status, "answered");
}
