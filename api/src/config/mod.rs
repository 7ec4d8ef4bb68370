//! Configuration: one small struct a concern, every value documented where it stands. Nothing else reads the
//! environment.

mod check;
mod files;
mod sessions;

use std::{net::SocketAddr, path::PathBuf, time::Duration};

use clap::{
    Args, ValueEnum,
    builder::{RangedI64ValueParser, RangedU64ValueParser},
};
use url::Url;

use crate::secret::Secret;

pub use self::{
    check::{Checked, ConfigProblem, check, secret},
    files::{FileLimits, FilesConfig, FilesPlace},
    sessions::SessionRules,
};

/// Everything `agora serve` and `agora worker` can be told.
#[derive(Debug, Clone, Args)]
pub struct Config {
    /// The database.
    #[command(flatten)]
    pub database: DatabaseConfig,
    /// How it is reached.
    #[command(flatten)]
    pub http: HttpConfig,
    /// Logins.
    #[command(flatten)]
    pub session: SessionConfig,
    /// The audit log.
    #[command(flatten)]
    pub audit: AuditConfig,
    /// Mail.
    #[command(flatten)]
    pub mail: MailConfig,
    /// Files.
    #[command(flatten)]
    pub files: FilesConfig,
    /// The municipality.
    #[command(flatten)]
    pub municipality: MunicipalityConfig,
    /// Jobs.
    #[command(flatten)]
    pub jobs: JobsConfig,
    /// Limits.
    #[command(flatten)]
    pub limits: LimitsConfig,
}

/// Where the database is.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Database")]
pub struct DatabaseConfig {
    /// PostgreSQL, as the role the service runs as:
    /// `postgres://agora:password@db.example.dk/agora?sslmode=verify-full`. `sslmode` and `sslrootcert` mean what they
    /// mean everywhere in PostgreSQL.
    #[arg(long, env = "AGORA_DATABASE_URL", hide_env_values = true)]
    pub database_url: Option<Secret>,
    /// A file that holds the database URL, instead of the URL itself.
    #[arg(long, env = "AGORA_DATABASE_URL_FILE")]
    pub database_url_file: Option<PathBuf>,
    /// Connections to the database at the most.
    #[arg(long, env = "AGORA_DATABASE_CONNECTIONS", default_value_t = 20, value_parser = at_least_one())]
    pub database_connections: usize,
    /// Seconds a request waits for a connection before it answers 503.
    #[arg(long, env = "AGORA_DATABASE_WAIT", default_value = "5", value_parser = seconds)]
    pub database_wait: Duration,
    /// Seconds a statement may take before it is given up and the request answers 503.
    #[arg(long, env = "AGORA_STATEMENT_TIMEOUT", default_value = "15", value_parser = seconds)]
    pub statement_timeout: Duration,
}

/// How the service is reached and what it puts up with.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "HTTP")]
pub struct HttpConfig {
    /// Address and port to listen on.
    #[arg(long, env = "AGORA_LISTEN", default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
    /// The address people use, for links in mails: `https`, except on one's own machine. With it the cookies are for
    /// TLS alone.
    #[arg(long, env = "AGORA_PUBLIC_URL", default_value = "http://127.0.0.1:8080")]
    pub public_url: Url,
    /// The folder with the built page. Without it only the API is served.
    #[arg(long, env = "AGORA_WEB_ROOT")]
    pub web_root: Option<PathBuf>,
    /// How many reverse proxies of one's own stand in front: so many entries of `X-Forwarded-For` are believed.
    #[arg(long, env = "AGORA_TRUSTED_PROXIES", default_value_t = 0)]
    pub trusted_proxies: usize,
    /// Seconds between being told to stop (SIGTERM) and taking no more requests. In them readiness fails, so that a load
    /// balancer sends new ones elsewhere: somewhat more than the time between two of its looks.
    #[arg(long, env = "AGORA_SHUTDOWN_DELAY", default_value = "5", value_parser = seconds_or_none)]
    pub shutdown_delay: Duration,
    /// Seconds that requests under way get to finish after that.
    #[arg(long, env = "AGORA_SHUTDOWN_TIMEOUT", default_value = "20", value_parser = seconds)]
    pub shutdown_timeout: Duration,
    /// Seconds that a client may take nothing of what it is sent. Then its connection is closed: who stops in the middle of
    /// a download must not keep it for ever. Where there is a reverse proxy, this is about the proxy.
    #[arg(long, env = "AGORA_READER_TIMEOUT", default_value = "60", value_parser = seconds)]
    pub reader_timeout: Duration,
    /// Threads that answer requests; by default one a processor core.
    #[arg(long, env = "AGORA_HTTP_WORKERS", value_parser = at_least_one())]
    pub http_workers: Option<usize>,
    /// How the log is written.
    #[arg(long, env = "AGORA_LOG_FORMAT", value_enum, default_value_t = LogFormat::Auto)]
    pub log_format: LogFormat,
    /// What is logged: `info`, or by part `info,api::worker=debug`.
    #[arg(long, env = "AGORA_LOG", default_value = "info")]
    pub log: String,
}

impl HttpConfig {
    /// Whether browsers reach the service over TLS.
    #[must_use]
    pub fn tls(&self) -> bool {
        self.public_url.scheme() == "https"
    }
}

/// How the log is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// Readable in a terminal, JSON elsewhere.
    Auto,
    /// One JSON object a line.
    Json,
    /// For people.
    Text,
}

/// Logins.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Login")]
pub struct SessionConfig {
    /// Minutes without use after which a login ends.
    #[arg(long, env = "AGORA_SESSION_IDLE_MINUTES", default_value_t = 30, value_parser = clap::value_parser!(u16).range(1..))]
    pub session_idle_minutes: u16,
    /// Hours after which a login ends however much it is used.
    #[arg(long, env = "AGORA_SESSION_HOURS", default_value_t = 10, value_parser = clap::value_parser!(u16).range(1..))]
    pub session_hours: u16,
    /// Let people log in with accounts kept by this service, for places without an identity provider.
    #[arg(long, env = "AGORA_BUILT_IN_ACCOUNTS")]
    pub built_in_accounts: bool,
    /// Keys the digests and the seals of the audit log; at least 32 characters, the same on every server. Whoever replaces
    /// it keeps the former one: what was sealed with it can only be proven with it.
    #[arg(long, env = "AGORA_SECRET_KEY", hide_env_values = true)]
    pub secret_key: Option<Secret>,
    /// A file that holds the secret key, instead of the key itself.
    #[arg(long, env = "AGORA_SECRET_KEY_FILE")]
    pub secret_key_file: Option<PathBuf>,
}

/// The audit log.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Audit log")]
pub struct AuditConfig {
    /// A file that the newest seal of the audit log is added to again and again, besides the log. Keep it, or a copy of it,
    /// where those who can change the database cannot change it: it shows when the end was cut off.
    #[arg(long, env = "AGORA_AUDIT_HEADS")]
    pub audit_heads: Option<PathBuf>,
}

/// Mail.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Mail")]
pub struct MailConfig {
    /// A folder that mails are written to as `.eml` files instead of being sent (development).
    #[arg(long, env = "AGORA_MAIL_DIRECTORY")]
    pub mail_directory: Option<PathBuf>,
    /// The sender of mails.
    #[arg(long, env = "AGORA_MAIL_FROM", default_value = "Agora <agora@localhost>")]
    pub mail_from: String,
}

/// The municipality: its name and looks, and what it chose.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Municipality")]
pub struct MunicipalityConfig {
    /// Its name: `Eksempel Kommune`.
    #[arg(long, env = "AGORA_MUNICIPALITY", default_value = "Eksempel Kommune")]
    pub municipality: String,
    /// Its colour, for links, buttons and the header: `#0059b3`. Must be readable on white, and white on it.
    #[arg(long, env = "AGORA_COLOUR", default_value = "#0b5c6b")]
    pub colour: String,
    /// Show published hearings before they start.
    #[arg(long, env = "AGORA_SHOW_UPCOMING")]
    pub show_upcoming: bool,
}

/// Jobs.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Jobs")]
pub struct JobsConfig {
    /// Leave the jobs to `agora worker` processes.
    #[arg(long, env = "AGORA_NO_JOBS")]
    pub no_jobs: bool,
}

/// How much one person, and all behind one address, may ask for in a minute.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Limits")]
pub struct LimitsConfig {
    /// Changes one person may make a minute, on all servers together. What is being typed is saved each second at most.
    #[arg(long = "changes-per-minute", env = "AGORA_CHANGES_PER_MINUTE", default_value_t = 240, value_parser = positive())]
    pub changes: i32,
    /// Files one person may upload a minute, on all servers together.
    #[arg(long = "uploads-per-minute", env = "AGORA_UPLOADS_PER_MINUTE", default_value_t = 60, value_parser = positive())]
    pub uploads: i32,
    /// Documents one person may have made a minute, on all servers together: receipts as PDF.
    #[arg(long = "documents-per-minute", env = "AGORA_DOCUMENTS_PER_MINUTE", default_value_t = 20, value_parser = positive())]
    pub documents: i32,
    /// Changes and uploads from one address a minute, on all servers together: by default 30 of each of 2,000 people.
    #[arg(
        long = "address-changes-per-minute",
        env = "AGORA_ADDRESS_CHANGES_PER_MINUTE",
        default_value_t = 60_000,
        value_parser = positive()
    )]
    pub changes_per_address: i32,
    /// Requests of visitors who are not logged in from one address a minute, on each server.
    #[arg(
        long = "address-visits-per-minute",
        env = "AGORA_ADDRESS_VISITS_PER_MINUTE",
        default_value_t = 60_000,
        value_parser = positive()
    )]
    pub visits_per_address: i32,
}

fn positive() -> RangedI64ValueParser<i32> {
    RangedI64ValueParser::new().range(1..)
}

fn at_least_one() -> RangedU64ValueParser<usize> {
    RangedU64ValueParser::new().range(1..=1024)
}

fn seconds(text: &str) -> Result<Duration, String> {
    seconds_or_none(text)
        .ok()
        .filter(|seconds| !seconds.is_zero())
        .ok_or_else(|| "must be 1 to 3600 seconds".to_owned())
}

fn seconds_or_none(text: &str) -> Result<Duration, String> {
    match text.parse() {
        Ok(seconds @ 0..=3600) => Ok(Duration::from_secs(seconds)),
        _ => Err("must be 0 to 3600 seconds".to_owned()),
    }
}

/// What the installation lets people see.
#[derive(Debug, Clone, Copy, Default)]
pub struct Visibility {
    /// Whether published hearings are shown before they start.
    pub show_upcoming: bool,
}
