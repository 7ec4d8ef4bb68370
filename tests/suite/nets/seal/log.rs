//! A sealed audit log to tamper with, and `agora audit verify` to see what it says.

use std::{
    env,
    ffi::{OsStr, OsString},
    fs,
    path::{Path, PathBuf},
    process::{Output, Stdio},
    sync::Arc,
};

use api::{
    assembly::{self, Substitutes},
    clock::Clock,
    config::{Config, check},
    worker,
};
use chrono::{DateTime, Utc};
use openapi::hearings::HearingPatch;
use parking_lot::Mutex;
use tests::{App, Setup, Who, beginning};
use tokio::process::{Child, Command};
use uuid::Uuid;

/// The tables of the log.
const TABLES: [&str; 4] = ["audit_entry", "audit_value", "audit_seal", "audit_unsealed"];

/// An application with a sealed audit log, and its file of heads.
pub(super) struct Log {
    pub(super) app: App,
    pub(super) heads: PathBuf,
    config: Config,
}

/// What `agora audit verify` said.
#[derive(Debug)]
pub(super) struct Verified {
    pub(super) code: i32,
    pub(super) said: String,
}

impl Verified {
    /// That it is whole.
    #[track_caller]
    pub(super) fn is_whole(&self) {
        assert!(self.code == 0 && self.said.contains("The audit log is whole."), "{self:?}");
    }

    /// That it is not, and that these words are among what is found.
    #[track_caller]
    pub(super) fn names(&self, words: &str) {
        assert!(self.code == 1 && self.said.contains(words), "{words:?} is not found: {} {}", self.code, self.said);
    }

    /// How many things were found.
    pub(super) fn findings(&self) -> usize {
        let number = self.said.rsplit("is not whole: ").next().and_then(|rest| rest.split(' ').next());
        number.and_then(|number| number.parse().ok()).unwrap_or_else(|| panic!("{}", self.said))
    }
}

/// A sealed entry.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sealed {
    pub(super) position: i64,
    pub(super) id: Uuid,
}

impl Log {
    /// A log with entries of several kinds, all of them sealed, in several turns. The service's clock is the tests' own,
    /// weeks away from the database's.
    pub(super) async fn sealed() -> Self {
        Self::sealed_at(beginning()).await
    }

    /// The same with a clock that goes as the database's does, as in an installation.
    pub(super) async fn sealed_now() -> Self {
        Self::sealed_at(Clock::real_now()).await
    }

    async fn sealed_at(begins: DateTime<Utc>) -> Self {
        let heads = env::temp_dir().join(format!("agora-heads-{}.jsonl", Uuid::now_v7()));
        let (seen, path) = (Arc::new(Mutex::new(None)), heads.clone());
        let configured = Arc::clone(&seen);
        let configure = move |config: &mut Config| {
            config.audit.audit_heads = Some(path);
            *configured.lock() = Some(config.clone());
        };
        let app = Setup::default().configure(configure).at(begins).start().await;
        let config = seen.lock().take().unwrap();
        let log = Self { app, heads, config };
        for number in 1..=3 {
            log.write(number).await;
            log.app.run_jobs().await;
        }
        for table in TABLES {
            let save = format!("CREATE TABLE saved_{table} AS TABLE {table}");
            log.execute(&save).await;
        }
        log
    }

    /// Writes entries: a hearing made and changed, decisions and personal values, a reading.
    pub(super) async fn write(&self, number: u32) {
        let hearing = self.app.hearing().titled(&format!("Høring {number}")).draft().await;
        let patch = HearingPatch { contact_email: Some(format!("ny{number}@eksempel.dk")), ..HearingPatch::default() };
        self.app.owner().update_hearing(hearing.id, hearing.version, &patch).await.unwrap();
        let log = self.app.person(Who::Auditor);
        log.list_audit_entries(&openapi::audit::AuditQuery::default()).await.unwrap();
    }

    /// Statements with all a superuser can do, references included.
    pub(super) async fn execute(&self, sql: &str) {
        let statements =
            format!("SET session_replication_role = replica; {sql}; SET session_replication_role = DEFAULT");
        self.app.database().owner().batch_execute(&statements).await.unwrap_or_else(|error| panic!("{sql}: {error:?}"));
    }

    /// What is said after these statements; then all is as before.
    pub(super) async fn tampered(&self, sql: &str) -> Verified {
        self.execute(sql).await;
        let verified = self.verify().await;
        self.restore().await;
        verified
    }

    /// Puts the log back as it was sealed.
    pub(super) async fn restore(&self) {
        let restore =
            TABLES.map(|table| format!("DELETE FROM {table}; INSERT INTO {table} SELECT * FROM saved_{table}"));
        self.execute(&restore.join("; ")).await;
    }

    /// What is said of the log and its heads.
    pub(super) async fn verify(&self) -> Verified {
        self.verify_with(&[Path::new("--heads"), &self.heads]).await
    }

    /// How far the service's clock is from the database's, and a quarter of an hour more, in minutes.
    fn clock_apart(&self) -> String {
        let minutes = (self.app.now() - Clock::real_now()).num_minutes().abs();
        (minutes + if minutes > 0 { 16 } else { 15 }).to_string()
    }

    /// What is said with these arguments.
    pub(super) async fn verify_with(&self, arguments: &[impl AsRef<OsStr>]) -> Verified {
        self.verify_by(self.key(), arguments).await
    }

    /// What is said with another key and these arguments.
    pub(super) async fn verify_by(&self, key: &str, arguments: &[impl AsRef<OsStr>]) -> Verified {
        let apart = [OsString::from("--clock-apart"), self.clock_apart().into()];
        let arguments: Vec<_> = arguments.iter().map(|argument| argument.as_ref().to_owned()).chain(apart).collect();
        verify(&self.app.database().service_url(), key, &arguments).await
    }

    /// Seals what waits, as a server with this secret key.
    pub(super) async fn seal_by(&self, key: &str) {
        let mut config = self.config.clone();
        config.session.secret_key = Some(key.to_owned().into());
        let substitutes = Substitutes { clock: self.app.clock.clone(), ..Substitutes::default() };
        let checked = check(&config).unwrap();
        let service = assembly::service(&config, checked, substitutes).unwrap();
        worker::everything_due(&service).await.unwrap();
    }

    /// Starts `agora worker` beside it, on its database, with its key and this file of heads.
    pub(super) fn worker(&self, heads: &Path) -> Child {
        let mut command = agora(&self.app.database().service_url(), self.key());
        command.arg("worker").env("AGORA_AUDIT_HEADS", heads).stderr(Stdio::piped()).kill_on_drop(true);
        command.env("AGORA_MAIL_DIRECTORY", env::temp_dir()).env("AGORA_FILES", self.app.files()).spawn().unwrap()
    }

    /// The service's secret key.
    pub(super) fn key(&self) -> &str {
        self.config.session.secret_key.as_ref().unwrap().expose()
    }

    /// A sealed entry of a kind, with personal values, not the first nor the last of the chain.
    pub(super) async fn entry(&self) -> Sealed {
        let select = "SELECT position, entry_id FROM audit_seal JOIN audit_entry ON id = entry_id \
                      WHERE action = 'hearing.changed' AND id IN (SELECT entry_id FROM audit_value) AND position > 3 \
                      ORDER BY position LIMIT 1";
        let row = self.app.database().owner().query_one(select, &[]).await.unwrap();
        Sealed { position: row.get(0), id: row.get(1) }
    }

    /// The entry sealed at a position.
    pub(super) async fn at(&self, position: i64) -> Sealed {
        let select = "SELECT entry_id FROM audit_seal WHERE position = $1";
        Sealed { position, id: self.app.database().owner().query_one(select, &[&position]).await.unwrap().get(0) }
    }

    /// The chain's last position.
    pub(super) async fn last(&self) -> i64 {
        self.app.database().count("audit_seal").await
    }

    pub(super) async fn finish(self) {
        fs::remove_file(&self.heads).unwrap();
        self.app.finish().await;
    }
}

/// The command line.
fn agora(database_url: &str, key: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_agora-under-test"));
    command.env_clear().env("AGORA_DATABASE_URL", database_url).env("AGORA_SECRET_KEY", key);
    command
}

/// What `agora audit verify` says.
pub(super) async fn verify(database_url: &str, key: &str, arguments: &[impl AsRef<OsStr>]) -> Verified {
    let mut command = agora(database_url, key);
    let Output { status, stdout, stderr } = command.args(["audit", "verify"]).args(arguments).output().await.unwrap();
    let said = String::from_utf8([stdout, stderr].concat()).unwrap();
    Verified { code: status.code().expect("it ends by itself"), said }
}
