//! `agora audit verify`: proves that the audit log is as it was written, or names what is not.

use std::path::PathBuf;

use anyhow::{Context, anyhow, bail};
use chrono::{DateTime, SecondsFormat, TimeDelta};
use clap::{Args, Subcommand};

use super::{NeedsFixing, runtime};
use crate::{
    audit::seal::{
        SealKey, verify,
        verify::{Foreign, Report, Request, Standstill, Verdict},
    },
    config::secret,
    db::Address,
    secret::Secret,
};

/// What can be done with the audit log.
#[derive(Debug, Subcommand)]
pub(super) enum Audit {
    /// Prove that the audit log is as it was written, or name what is not.
    ///
    /// Exit code 0: it is whole. 1: it is not. 2: it could not be found out. Changes nothing, and may run beside the
    /// service.
    Verify(Verify),
}

/// What `agora audit verify` can be told.
#[derive(Debug, Args)]
pub(super) struct Verify {
    /// PostgreSQL, as the role the service runs as or any that may read the audit log.
    #[arg(long, env = "AGORA_DATABASE_URL", hide_env_values = true)]
    database_url: Option<Secret>,
    /// A file that holds the database URL, instead of the URL itself.
    #[arg(long, env = "AGORA_DATABASE_URL_FILE")]
    database_url_file: Option<PathBuf>,
    /// The service's secret key.
    #[arg(long, env = "AGORA_SECRET_KEY", hide_env_values = true)]
    secret_key: Option<Secret>,
    /// A file that holds the secret key, instead of the key itself.
    #[arg(long, env = "AGORA_SECRET_KEY_FILE")]
    secret_key_file: Option<PathBuf>,
    /// A file that holds a secret key the service had before. Can be given several times.
    #[arg(long = "former-key-file", value_name = "FILE")]
    former_key_files: Vec<PathBuf>,
    /// A file of heads that a server wrote, or a copy of it. Can be given several times.
    #[arg(long, env = "AGORA_AUDIT_HEADS", value_name = "FILE")]
    heads: Vec<PathBuf>,
    /// The position in the chain to begin at; what lies before is taken as it is.
    #[arg(long, default_value_t = 1, value_name = "POSITION", value_parser = clap::value_parser!(i64).range(1..))]
    from: i64,
    /// How many minutes the service's clock and the database's may be apart: what is said to have happened longer before
    /// or after it was recorded is named. A long request may take as many.
    #[arg(long, default_value_t = 15, value_name = "MINUTES", value_parser = clap::value_parser!(u32))]
    clock_apart: u32,
    /// A time in which the service is known not to have sealed, because it was down: entries from it were sealed late.
    /// Two instants, `2026-11-23T22:00:00Z/2026-11-24T06:00:00Z`. Can be given several times.
    #[arg(long = "stood-still", value_name = "FROM/TO", value_parser = standstill)]
    standstills: Vec<Standstill>,
}

fn standstill(text: &str) -> Result<Standstill, String> {
    let (from, to) = text.split_once('/').ok_or("it takes two instants with a slash between them")?;
    let instant = |text: &str| DateTime::parse_from_rfc3339(text).map_err(|error| format!("{text}: {error}"));
    Ok(Standstill { from: instant(from)?.to_utc(), to: instant(to)?.to_utc() })
}

impl Audit {
    pub(super) fn run(self) -> anyhow::Result<()> {
        let Self::Verify(verify) = self;
        verify.run()
    }
}

impl Verify {
    fn run(self) -> anyhow::Result<()> {
        let report =
            self.prove().map_err(|error| NeedsFixing(format!("the audit log could not be verified: {error:#}")))?;
        self.tell(&report);
        match report.verdict() {
            Verdict::Whole => {
                println!("The audit log is whole.");
                Ok(())
            }
            Verdict::Broken => bail!("the audit log is not whole: {} findings", report.findings.count()),
            Verdict::Unproven => {
                Err(NeedsFixing("the audit log could not be verified: a key is missing".to_owned()).into())
            }
        }
    }

    fn prove(&self) -> anyhow::Result<Report> {
        let url = needed("AGORA_DATABASE_URL", &self.database_url, &self.database_url_file)?;
        let database = Address::parse(url.expose()).map_err(|error| anyhow!("AGORA_DATABASE_URL {error}"))?;
        let request = Request {
            keys: self.keys()?,
            heads: self.heads.clone(),
            from: self.from,
            apart: TimeDelta::minutes(self.clock_apart.into()),
            standstills: self.standstills.clone(),
        };
        runtime()?.block_on(async {
            let mut conn = database.establish().await.context("the database does not answer")?;
            Ok(verify(&mut conn, &request).await?)
        })
    }

    fn keys(&self) -> anyhow::Result<Vec<SealKey>> {
        let present = needed("AGORA_SECRET_KEY", &self.secret_key, &self.secret_key_file)?;
        let mut keys = vec![SealKey::derived_from(&present)];
        for path in &self.former_key_files {
            let former = Secret::from_file(path).with_context(|| format!("{} cannot be read", path.display()))?;
            keys.push(SealKey::derived_from(&former));
        }
        Ok(keys)
    }

    fn tell(&self, report: &Report) {
        let Report { findings, seals, last, waiting, erased, heads, unreadable, foreign } = report;
        for finding in findings.named() {
            println!("{finding}");
        }
        let named = findings.named().count() as u64;
        if findings.count() > named {
            println!("... and {} more.", findings.count() - named);
        }
        if let Some(Foreign { key_id, position, count }) = foreign {
            println!(
                "{count} seals from position {position} on were made with a key that was not given (id {key_id}). \
                 Nothing can be said of them: give it with --former-key-file."
            );
        }
        match last {
            Some((position, at)) => {
                let at = at.to_rfc3339_opts(SecondsFormat::Secs, true);
                println!("{seals} seals were looked at, from position {} to {position}, made by {at}.", self.from);
            }
            None => println!("There are no seals from position {} on.", self.from),
        }
        println!("{waiting} entries wait for their seal. {erased} personal values have been erased.");
        if self.heads.is_empty() {
            println!("No file of heads was given: if the end of the log was cut off, nothing here shows it.");
        } else {
            println!("{heads} heads in the files fit, {unreadable} lines cannot be read.");
        }
    }
}

fn needed(name: &str, value: &Option<Secret>, file: &Option<PathBuf>) -> anyhow::Result<Secret> {
    let found = secret(value, file).map_err(|reason| anyhow!("{name}_FILE: {reason}"))?;
    found.with_context(|| format!("{name} is missing"))
}
