//! How an application for a test differs from the usual one, and how it is started.

use std::{
    env,
    path::{Path, PathBuf},
    sync::{Arc, Once},
    time::Duration,
};

use api::{assembly::Substitutes, clock::Clock, config::Config, heavy::Turns, ports::files::FileStore, telemetry};
use chrono::{DateTime, Utc};

use crate::{
    app::{App, SESSION_COOKIE},
    beginning,
    configuration::configuration,
    database::Database,
    mailbox::Mailbox,
    server::Server,
    socket::Failures,
    statements::Statements,
};

/// How long a connection that nobody uses is kept: shorter than the server does, so that no request goes into one that is
/// being closed.
const IDLE: Duration = Duration::from_secs(2);

/// A request that is not answered by then never will be, however slow the machine is.
const PATIENCE: Duration = Duration::from_secs(180);

/// A change of the configuration.
type Configure = Box<dyn FnOnce(&mut Config)>;

/// How an application shall differ from the usual one.
#[derive(Default)]
pub struct Setup {
    configure: Option<Configure>,
    at: Option<DateTime<Utc>>,
    demo: bool,
    counting: bool,
    alone: bool,
    files: Option<Arc<dyn FileStore>>,
    hashing: Option<Turns>,
    looking: Option<PathBuf>,
}

impl Setup {
    /// Configured differently.
    #[must_use]
    pub fn configure(mut self, configure: impl FnOnce(&mut Config) + 'static) -> Self {
        self.configure = Some(Box::new(configure));
        self
    }

    /// Begins at another instant, with everybody's session.
    #[must_use]
    pub fn at(mut self, instant: DateTime<Utc>) -> Self {
        self.at = Some(instant);
        self
    }

    /// With other turns at hashing passwords.
    #[must_use]
    pub fn hashing(mut self, turns: Turns) -> Self {
        self.hashing = Some(turns);
        self
    }

    /// As the demonstration.
    #[must_use]
    pub fn demo(mut self) -> Self {
        self.demo = true;
        self
    }

    /// With another file store.
    #[must_use]
    pub fn files(mut self, store: Arc<dyn FileStore>) -> Self {
        self.files = Some(store);
        self
    }

    /// With another program that looks at files.
    #[must_use]
    pub fn looking(mut self, program: PathBuf) -> Self {
        self.looking = Some(program);
        self
    }

    /// Counting the statements that reach the database.
    #[must_use]
    pub fn counting_statements(mut self) -> Self {
        self.counting = true;
        self
    }

    /// With a PostgreSQL of its own, which can be restarted.
    #[must_use]
    pub fn with_its_own_postgres(mut self) -> Self {
        self.alone = true;
        self
    }

    /// Starts it.
    pub async fn start(self) -> App {
        log_failures();
        let database = if self.alone { Database::create_alone().await } else { Database::create().await };
        let statements = Statements::default();
        let mut database_url = database.service_url();
        if self.counting {
            database_url = statements.watch(&database_url).await;
        }
        let files = tempfile::tempdir().expect("there is room for a folder");
        let mut config = configuration(&database_url, files.path());
        if let Some(configure) = self.configure {
            configure(&mut config);
        }
        let session_cookie = if config.http.tls() { "__Host-agora_session" } else { SESSION_COOKIE };
        let (clock, mailbox) = (Clock::default(), Mailbox::default());
        let begins = self.at.unwrap_or_else(beginning);
        clock.set(begins);
        let substitutes = Substitutes {
            clock: clock.clone(),
            mail: Some(Arc::new(mailbox.adapter())),
            files: self.files,
            looking: Some(self.looking.unwrap_or_else(looking)),
            hashing: self.hashing,
            demo: self.demo,
        };
        let server = Server::start(config.clone(), substitutes).await;
        let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).no_proxy().timeout(PATIENCE);
        let http = http.pool_idle_timeout(IDLE).build().unwrap();
        let running = Some((server, database));
        let failures = Failures::default();
        let app = App { clock, mailbox, statements, http, failures, session_cookie, config, files, running };
        app.renew_sessions().await;
        app
    }
}

/// The program that looks at files: cargo puts it beside the folder of the tests.
#[must_use]
pub fn looking() -> PathBuf {
    let tests = env::current_exe().expect("a test is a program");
    let folder = tests.parent().and_then(Path::parent).expect("it lies in a folder within a folder");
    folder.join("agora-under-test")
}

/// The log of failures goes to standard error: without it, a 500 in a test is a riddle.
fn log_failures() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| telemetry::start(api::config::LogFormat::Text, "error").expect("the filter is one"));
}
