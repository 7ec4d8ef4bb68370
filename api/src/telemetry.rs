//! The log: JSON lines for machines, readable ones in a terminal; one span a request, with its id.

use std::io::IsTerminal;

use tracing_subscriber::{EnvFilter, fmt};

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
        LogFormat::Auto => !std::io::stderr().is_terminal(),
    };
    let subscriber = fmt().with_env_filter(filter).with_writer(std::io::stderr);
    // Somebody else may log already: a test that starts several applications.
    let _ = if json { subscriber.json().flatten_event(true).try_init() } else { subscriber.compact().try_init() };
    Ok(())
}
