//! What every request and job can reach: connections, the clock, the ports, what was configured.

use std::{
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use chrono::{DateTime, Utc};
use url::Url;

use crate::{
    attachments::{self, Looking},
    audit::seal::SealKey,
    bell::Bell,
    clock::Clock,
    config::{Checked, Config, Secret},
    db::{Pool, Pooled, Unavailable},
    hearings::Visibility,
    heartbeat::Heartbeat,
    heavy::{Lanes, Turns},
    http::{cookies::Cookies, limits::Limits},
    identity::{BuiltInAccounts, SessionRules},
    per_person::PerPerson,
    ports::{
        self,
        files::FileStore,
        identity::IdentityProvider,
        mail::{FileMail, Mail},
        virus_scanner::{NoScanner, VirusScanner},
    },
    web::Web,
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
    attachment_limits: attachments::Limits,
    identity_provider: Option<Arc<dyn IdentityProvider>>,
    sessions: SessionRules,
    secret_key: Secret,
    seal_key: SealKey,
    audit_heads: Option<PathBuf>,
    public_url: Url,
    trusted_proxies: usize,
    show_upcoming: bool,
    demo: bool,
    heartbeat: Heartbeat,
    bell: Bell,
    limits: Limits,
    typesetting: Lanes,
    looking: Looking,
    uploads: PerPerson,
    archives: PerPerson,
    leaving: AtomicBool,
    web: Web,
}

/// What differs between the service, its demonstration and its tests.
#[derive(Default)]
pub struct Substitutes {
    /// Another clock.
    pub clock: Clock,
    /// Another mail adapter.
    pub mail: Option<Arc<dyn Mail>>,
    /// Another file store.
    pub files: Option<Arc<dyn FileStore>>,
    /// Another program that looks at files than this one.
    pub looking: Option<PathBuf>,
    /// Other turns at hashing passwords, but for those of known devices.
    pub hashing: Option<Turns>,
    /// Offer the demonstration's people at login.
    pub demo: bool,
}

impl Service {
    /// Puts the service together. Connects to nothing yet.
    ///
    /// # Errors
    /// When there can be no pool of connections or the page's folder cannot be read.
    pub fn new(config: &Config, checked: Checked, substitutes: Substitutes) -> anyhow::Result<Self> {
        ports::choose_cryptography();
        let pool = Pool::new(
            checked.database,
            config.database.database_connections,
            config.database.database_wait,
            config.database.statement_timeout,
        )?;
        let (web_root, attachment_limits) = (config.http.web_root.as_deref(), config.files.limits());
        let web = Web::load(web_root, config.municipality.municipality.clone(), checked.theme, attachment_limits)?;
        let files = substitutes.files.map_or_else(|| checked.files.open(), Ok)?;
        let local = || Arc::new(BuiltInAccounts::new(pool.clone(), substitutes.hashing)) as Arc<dyn IdentityProvider>;
        let identity_provider = (config.session.built_in_accounts || substitutes.demo).then(local);
        Ok(Self(Arc::new(Parts {
            pool,
            clock: substitutes.clock,
            mail: substitutes.mail.unwrap_or_else(|| Arc::new(FileMail::new(checked.mail_directory))),
            mail_from: checked.mail_from,
            files,
            virus_scanner: Arc::new(NoScanner),
            attachment_limits,
            identity_provider,
            sessions: SessionRules::new(config.session.session_idle_minutes, config.session.session_hours),
            seal_key: SealKey::derived_from(&checked.secret_key),
            secret_key: checked.secret_key,
            audit_heads: config.audit.audit_heads.clone(),
            public_url: config.http.public_url.clone(),
            trusted_proxies: config.http.trusted_proxies,
            show_upcoming: config.municipality.show_upcoming,
            demo: substitutes.demo,
            heartbeat: Heartbeat::new(!config.jobs.no_jobs, Clock::real_now()),
            bell: Bell::default(),
            limits: Limits::new(config.limits.clone()),
            typesetting: Lanes::default(),
            looking: substitutes
                .looking
                .map_or_else(Looking::with_this_program, |program| Ok(Looking::with(program)))?,
            uploads: PerPerson::new(10),
            archives: PerPerson::new(6),
            leaving: AtomicBool::new(false),
            web,
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
    pub(crate) fn attachment_limits(&self) -> attachments::Limits {
        self.0.attachment_limits
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
        Visibility { show_upcoming: self.0.show_upcoming }
    }

    /// The built page.
    #[must_use]
    pub fn web(&self) -> &Web {
        &self.0.web
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
        self.0.demo
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

    /// What the audit log's seals are made with.
    #[must_use]
    pub fn seal_key(&self) -> &SealKey {
        &self.0.seal_key
    }

    /// The file that the audit log's heads are written to.
    pub(crate) fn audit_heads(&self) -> Option<&Path> {
        self.0.audit_heads.as_deref()
    }

    /// How much people may ask for.
    pub(crate) fn limits(&self) -> &Limits {
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

    /// The cookies' names.
    #[must_use]
    pub fn cookies(&self) -> Cookies {
        Cookies::new(self.tls())
    }

    /// How many reverse proxies are believed.
    #[must_use]
    pub fn trusted_proxies(&self) -> usize {
        self.0.trusted_proxies
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
