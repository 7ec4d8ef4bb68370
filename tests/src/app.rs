//! An application for one test: how it is started, who is there, what time it is, and what must not be left at its end.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
    thread,
};

use api::{assembly::Substitutes, clock::Clock, config::Config, worker};
use chrono::{DateTime, TimeDelta, Utc};
use openapi::client::Client;
use tempfile::TempDir;

use crate::{
    attachments,
    configuration::SESSION_HOURS,
    database::Database,
    hearings::HearingBuilder,
    mailbox::Mailbox,
    people::{self, Who},
    person::Person,
    server::Server,
    setup::{Setup, looking},
    socket::Failures,
    socket::Socket,
    statements::Statements,
};

/// The cookie that names a session, where there is no TLS.
pub(crate) const SESSION_COOKIE: &str = "agora_session";

/// An application with a database, a clock and a mailbox of its own.
pub struct App {
    /// The clock that the application goes by. It begins at [`beginning`](crate::beginning) and goes on from wherever it is set.
    pub clock: Clock,
    /// What was mailed.
    pub mailbox: Mailbox,
    /// The statements that reached the database, when they are counted.
    pub statements: Statements,
    pub(crate) http: reqwest::Client,
    pub(crate) failures: Failures,
    pub(crate) session_cookie: &'static str,
    pub(crate) config: Config,
    pub(crate) files: TempDir,
    pub(crate) running: Option<(Server, Database)>,
}

impl App {
    /// The usual one.
    pub async fn start() -> Self {
        Setup::default().start().await
    }

    fn server(&self) -> &Server {
        &self.running.as_ref().expect("the application runs").0
    }

    /// The test's database.
    #[must_use]
    pub fn database(&self) -> &Database {
        &self.running.as_ref().expect("the application runs").1
    }

    /// The test's database, to restart its PostgreSQL.
    pub fn database_mut(&mut self) -> &mut Database {
        &mut self.running.as_mut().expect("the application runs").1
    }

    /// Another server on the same database, with the same clock.
    pub async fn another_server(&self) -> Beside {
        let substitutes = Substitutes {
            clock: self.clock.clone(),
            mail: Some(Arc::new(self.mailbox.adapter())),
            looking: Some(looking()),
            ..Substitutes::default()
        };
        Beside(Server::start(self.config.clone(), substitutes).await)
    }

    /// Where processes beside this application write their mails.
    #[must_use]
    pub fn mail_folder(&self) -> PathBuf {
        let database = self.database().name();
        std::env::temp_dir().join(format!("{database}-mails-of-{}", std::process::id()))
    }

    /// Where it listens: `http://127.0.0.1:40123`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.server().address)
    }

    /// A way to the application without cookies.
    #[must_use]
    pub fn socket(&self) -> Socket {
        Socket::new(self.http.clone(), self.url(), Arc::clone(&self.failures))
    }

    /// Somebody who is logged in from the beginning.
    #[must_use]
    pub fn person(&self, who: Who) -> Person {
        Person::with_session(self.socket(), &who.token(), self.session_cookie)
    }

    /// So many more people, who have no role at all, each with a session.
    pub async fn crowd(&self, people: u16) -> Vec<Person> {
        let tokens = people::crowd(self.database().owner(), people, self.now()).await;
        tokens.iter().map(|token| Person::with_session(self.socket(), token, self.session_cookie)).collect()
    }

    /// Somebody who is not logged in.
    #[must_use]
    pub fn anonymous(&self) -> Person {
        Person::anonymous(self.socket())
    }

    /// The contract's client without cookies.
    #[must_use]
    pub fn client(&self) -> Client<Socket> {
        Client::new(self.socket())
    }

    /// Who creates and owns the hearings of [`App::hearing`].
    #[must_use]
    pub fn owner(&self) -> Person {
        self.person(Who::Owner)
    }

    /// One of the plain employees, from 1.
    #[must_use]
    pub fn employee(&self, number: u8) -> Person {
        self.person(Who::Employee(number))
    }

    /// A hearing to be made, complete unless told otherwise.
    #[must_use]
    pub fn hearing(&self) -> HearingBuilder<'_> {
        HearingBuilder::new(self)
    }

    /// What time it is for the application.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// Begins everybody's session now.
    pub async fn renew_sessions(&self) {
        let renew = "UPDATE session SET created_at = $1, last_used_at = $1";
        self.database().owner().execute(renew, &[&self.now()]).await.unwrap();
    }

    /// Makes somebody's session so old that this is left of it.
    pub async fn age_session(&self, who: Who, left: TimeDelta) {
        let age = "UPDATE session SET created_at = $1 WHERE account_id = $2";
        let begun = self.now() + left - TimeDelta::hours(SESSION_HOURS.into());
        self.database().owner().execute(age, &[&begun, &who.id().0]).await.unwrap();
    }

    /// The folder that files are kept in.
    #[must_use]
    pub fn files(&self) -> &Path {
        self.files.path()
    }

    /// Does every job whose time has come, and tells how many were tried.
    pub async fn run_jobs(&self) -> usize {
        worker::everything_due(&self.server().service).await.expect("the queue can be looked at")
    }

    /// Takes note of answers 5xx that were expected.
    #[must_use]
    pub fn take_failures(&self) -> Vec<String> {
        std::mem::take(&mut self.failures.lock())
    }

    /// Ends the test: nothing unexpected may be left.
    pub async fn finish(mut self) {
        let _ = fs::remove_dir_all(self.mail_folder());
        let (server, database) = self.running.take().expect("the application runs");
        let jobs: Vec<String> = database
            .owner()
            .query("SELECT kind || coalesce(' (' || last_error || ')', '') FROM job", &[])
            .await
            .unwrap()
            .iter()
            .map(|row| row.get(0))
            .collect();
        server.stop().await;
        let strays = attachments::strays(self.files.path(), &database).await;
        database.remove().await;
        assert!(strays.is_empty(), "contents that nobody knows of are left: {strays:?}");
        assert!(jobs.is_empty(), "jobs are left: {jobs:?}");
        let mails: Vec<String> = self.mailbox.take().into_iter().map(|mail| mail.subject).collect();
        assert!(mails.is_empty(), "mails are left: {mails:?}");
        let failures = self.take_failures();
        assert!(failures.is_empty(), "the service failed: {failures:?}");
    }
}

/// A server beside an application.
pub struct Beside(Server);

impl Beside {
    /// Where it listens: `http://127.0.0.1:40123`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.0.address)
    }

    /// Stops it.
    pub async fn stop(self) {
        self.0.stop().await;
    }
}

impl Drop for App {
    fn drop(&mut self) {
        if let Some((server, _)) = &self.running {
            server.abandon();
            assert!(thread::panicking(), "end the test with `app.finish().await`: it looks at what is left");
        }
    }
}
