//! What every request and job can reach: connections, the clock, the ports, what was configured.

use std::{
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use chrono::{DateTime, Utc};
use openapi::session::DemoPerson;
use url::Url;

use crate::{
    bell::Bell,
    clock::Clock,
    config::{Checked, Config, FileLimits, LimitsConfig, SessionRules, Visibility},
    db::{Pool, Pooled, Unavailable},
    heartbeat::Heartbeat,
    heavy::Lanes,
    looking::Looking,
    per_person::PerPerson,
    ports::{
        files::FileStore,
        identity::IdentityProvider,
        mail::{FileMail, Mail},
        virus_scanner::{NoScanner, VirusScanner},
    },
    secret::Secret,
};

/// The service's state; cheap to clone.
#[derive(Clone)]
pub struct Service(Arc<Parts>);

struct Parts {
    pool: Pool,
    clock: Clock,
    mail: Arc<dyn Mail>,
    mail_from: lettre::message::Mailbox,
    files: Arc<dyn FileStore>,
    virus_scanner: Arc<dyn VirusScanner>,
    file_limits: FileLimits,
    identity_provider: Option<Arc<dyn IdentityProvider>>,
    sessions: SessionRules,
    secret_key: Secret,
    audit_heads: Option<PathBuf>,
    public_url: Url,
    trusted_proxies: usize,
    municipality: String,
    visibility: Visibility,
    demo_people: Vec<DemoPerson>,
    heartbeat: Heartbeat,
    bell: Bell,
    limits: LimitsConfig,
    typesetting: Lanes,
    looking: Looking,
    uploads: PerPerson,
    archives: PerPerson,
    leaving: AtomicBool,
}

/// What stands behind the ports and beside the configuration.
pub struct Adapters {
    /// The clock.
    pub clock: Clock,
    /// Another mail adapter than the configured one.
    pub mail: Option<Arc<dyn Mail>>,
    /// Another file store than the configured one.
    pub files: Option<Arc<dyn FileStore>>,
    /// The identity provider; without one no person can log in.
    pub identity_provider: Option<Arc<dyn IdentityProvider>>,
    /// Another program that looks at files than this one.
    pub looking: Option<PathBuf>,
    /// The people of the demonstration, who are offered at login.
    pub demo_people: Vec<DemoPerson>,
}

impl Service {
    /// Puts the service together. Connects to nothing yet.
    ///
    /// # Errors
    /// When the file store or the program that looks at files cannot be found.
    pub fn new(config: &Config, checked: Checked, pool: Pool, adapters: Adapters) -> anyhow::Result<Self> {
        Ok(Self(Arc::new(Parts {
            pool,
            clock: adapters.clock,
            mail: adapters.mail.unwrap_or_else(|| Arc::new(FileMail::new(checked.mail_directory))),
            mail_from: checked.mail_from,
            files: adapters.files.map_or_else(|| checked.files.open(), Ok)?,
            virus_scanner: Arc::new(NoScanner),
            file_limits: config.files.limits(),
            identity_provider: adapters.identity_provider,
            sessions: SessionRules::new(config.session.session_idle_minutes, config.session.session_hours),
            secret_key: checked.secret_key,
            audit_heads: config.audit.audit_heads.clone(),
            public_url: config.http.public_url.clone(),
            trusted_proxies: config.http.trusted_proxies,
            municipality: config.municipality.municipality.clone(),
            visibility: Visibility { show_upcoming: config.municipality.show_upcoming },
            demo_people: adapters.demo_people,
            heartbeat: Heartbeat::new(!config.jobs.no_jobs, Clock::real_now()),
            bell: Bell::default(),
            limits: config.limits.clone(),
            typesetting: Lanes::default(),
            looking: adapters.looking.map_or_else(Looking::with_this_program, |program| Ok(Looking::with(program)))?,
            uploads: PerPerson::new(10),
            archives: PerPerson::new(6),
            leaving: AtomicBool::new(false),
        })))
    }

    /// A connection to the database.
    ///
    /// # Errors
    /// [`Unavailable`] when none is free in time or the database is away.
    pub async fn connection(&self) -> Result<Pooled, Unavailable> {
        self.0.pool.get().await
    }

    /// What time it is.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        self.0.clock.now()
    }

    /// What time it is by the machine's own clock.
    #[must_use]
    pub fn real_now(&self) -> DateTime<Utc> {
        Clock::real_now()
    }

    /// The clock itself, for what must be read at the right moment.
    #[must_use]
    pub fn clock(&self) -> &Clock {
        &self.0.clock
    }

    /// The mail adapter.
    #[must_use]
    pub fn mail(&self) -> &dyn Mail {
        self.0.mail.as_ref()
    }

    /// The sender of mails.
    #[must_use]
    pub fn mail_from(&self) -> &lettre::message::Mailbox {
        &self.0.mail_from
    }

    /// Where files are kept.
    #[must_use]
    pub fn files(&self) -> &dyn FileStore {
        self.0.files.as_ref()
    }

    /// What looks for viruses in files.
    #[must_use]
    pub fn virus_scanner(&self) -> &dyn VirusScanner {
        self.0.virus_scanner.as_ref()
    }

    /// How many files an answer may have, and how large one may be.
    pub(crate) fn attachment_limits(&self) -> FileLimits {
        self.0.file_limits
    }

    /// Who vouches for those who log in; nobody where no provider is switched on.
    #[must_use]
    pub fn identity_provider(&self) -> Option<&dyn IdentityProvider> {
        self.0.identity_provider.as_deref()
    }

    /// How long logins last.
    #[must_use]
    pub fn sessions(&self) -> SessionRules {
        self.0.sessions
    }

    /// What the installation lets people see.
    pub(crate) fn visibility(&self) -> Visibility {
        self.0.visibility
    }

    /// Whose service it is: the municipality's name.
    #[must_use]
    pub fn municipality(&self) -> &str {
        &self.0.municipality
    }

    /// Turns at setting documents.
    pub(crate) fn typesetting(&self) -> &Lanes {
        &self.0.typesetting
    }

    /// What looks at uploaded files.
    pub(crate) fn looking(&self) -> &Looking {
        &self.0.looking
    }

    /// Places for uploads under way. The page sends one after the other, from each tab.
    pub(crate) fn uploads(&self) -> &PerPerson {
        &self.0.uploads
    }

    /// Places for archives under way.
    pub(crate) fn archives(&self) -> &PerPerson {
        &self.0.archives
    }

    /// Whether this is the demonstration.
    #[must_use]
    pub fn is_demo(&self) -> bool {
        !self.0.demo_people.is_empty()
    }

    /// The people of the demonstration, who are offered at login.
    #[must_use]
    pub fn demo_people(&self) -> &[DemoPerson] {
        &self.0.demo_people
    }

    /// The worker's signs of life.
    #[must_use]
    pub fn heartbeat(&self) -> &Heartbeat {
        &self.0.heartbeat
    }

    /// What wakes the workers.
    pub(crate) fn bell(&self) -> &Bell {
        &self.0.bell
    }

    /// What keys are derived from.
    pub(crate) fn secret_key(&self) -> &Secret {
        &self.0.secret_key
    }

    /// The file that the audit log's heads are written to.
    pub(crate) fn audit_heads(&self) -> Option<&Path> {
        self.0.audit_heads.as_deref()
    }

    /// How much people may ask for.
    pub(crate) fn limits(&self) -> &LimitsConfig {
        &self.0.limits
    }

    /// From now on says that it is not ready, and asks clients to come back on other connections.
    pub fn leave(&self) {
        self.0.leaving.store(true, Ordering::Relaxed);
    }

    /// Whether it is about to stop.
    #[must_use]
    pub fn is_leaving(&self) -> bool {
        self.0.leaving.load(Ordering::Relaxed)
    }

    /// Whether browsers reach the service over TLS.
    #[must_use]
    pub fn tls(&self) -> bool {
        self.0.public_url.scheme() == "https"
    }

    /// How many reverse proxies are believed.
    #[must_use]
    pub fn trusted_proxies(&self) -> usize {
        self.0.trusted_proxies
    }

    /// The address that people use.
    #[must_use]
    pub fn public_url(&self) -> &Url {
        &self.0.public_url
    }

    /// An address of the page, for links in mails: `path` from the root.
    #[must_use]
    pub fn link(&self, path: &str) -> String {
        self.0.public_url.join(path).map_or_else(|_| self.0.public_url.to_string(), String::from)
    }

    /// A keyed digest of a value, 128 bits in hexadecimal; `purpose` keeps equal values of different kinds apart.
    #[must_use]
    pub fn digest(&self, purpose: &str, value: &[u8]) -> String {
        self.0.secret_key.digest(purpose, value)
    }
}

impl std::fmt::Debug for Service {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Service").finish_non_exhaustive()
    }
}
