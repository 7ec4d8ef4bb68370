//! Whether the service can do its work, part by part.

use chrono::{DateTime, SecondsFormat, Utc};
use diesel::{QueryResult, QueryableByName, sql_types};
use diesel_async::RunQueryDsl;
use openapi::operations::{HealthPart, HealthStatus, Readiness};

use crate::{
    attachments::losses,
    audit::seal::{Waiting, waiting},
    audit_log, db,
    heartbeat::Heartbeat,
    ports::files::{self, StoreError},
    service::Service,
};

#[derive(QueryableByName)]
struct State {
    #[diesel(sql_type = sql_types::Timestamptz)]
    now: DateTime<Utc>,
    #[diesel(sql_type = sql_types::Array<sql_types::Text>)]
    migrations: Vec<String>,
    #[diesel(sql_type = sql_types::Bool)]
    may_change_audit_log: bool,
}

const STATE: &str = "SELECT clock_timestamp() AS now, \
     ARRAY(SELECT version::text FROM __diesel_schema_migrations) AS migrations, \
     (SELECT bool_or(has_table_privilege(log, 'INSERT, UPDATE, DELETE, TRUNCATE, TRIGGER')) \
         FROM unnest(ARRAY['audit_entry', 'audit_value', 'audit_seal', 'audit_unsealed']) AS log) \
         AS may_change_audit_log";

/// Asks every part.
pub async fn readiness(service: &Service) -> Readiness {
    let state = match service.connection().await {
        Ok(mut conn) => look(&mut conn, service.now()).await.map_err(|error| error.to_string()),
        Err(error) => Err(error.to_string()),
    };
    let (mut lost_files, mut guessed_at) = (0, 0);
    let mut parts = match state {
        Ok(found) => {
            (lost_files, guessed_at) = (found.lost_files, found.guessed_at);
            let mut parts = parts(&found.state, service.real_now());
            parts.push(seals(&found.waiting));
            parts
        }
        Err(error) => {
            tracing::warn!(error, "the database does not answer");
            vec![part("database", Err("does not answer, or was not migrated"))]
        }
    };
    parts.push(file_store(service, lost_files).await);
    parts.push(jobs(service.heartbeat(), service.real_now()));
    parts.push(logins(guessed_at));
    if service.is_leaving() {
        parts.push(part("shutdown", Err("is about to stop: send new requests elsewhere")));
    }
    Readiness { status: whole(&parts), parts }
}

/// The whole is as its worst part is.
fn whole(parts: &[HealthPart]) -> HealthStatus {
    let is_any = |status| parts.iter().any(|part| part.status == status);
    if is_any(HealthStatus::Failing) {
        HealthStatus::Failing
    } else if is_any(HealthStatus::Degraded) {
        HealthStatus::Degraded
    } else {
        HealthStatus::Ok
    }
}

/// What the database tells.
struct Found {
    state: State,
    waiting: Waiting,
    lost_files: u64,
    /// Names at which passwords are being guessed.
    guessed_at: i64,
}

async fn look(conn: &mut db::Connection, now: DateTime<Utc>) -> QueryResult<Found> {
    let state: State = diesel::sql_query(STATE).get_result(conn).await?;
    let waiting = waiting(conn).await?;
    // A database that is behind may not know of losses; that it is behind is told above.
    let lost_files = if is_migrated(&state) { losses::count(conn).await? } else { 0 };
    let guessed_at = audit_log::guessed_at(conn, now).await?;
    Ok(Found { state, waiting, lost_files, guessed_at })
}

/// A newer server's migrations may be there already: the old one serves on while the new one starts.
fn is_migrated(state: &State) -> bool {
    db::migrations::versions().iter().all(|version| state.migrations.contains(version))
}

fn parts(state: &State, now: DateTime<Utc>) -> Vec<HealthPart> {
    let migrated = is_migrated(state);
    let apart = (state.now - now).abs() > chrono::TimeDelta::seconds(1);
    vec![
        part("database", Ok(())),
        part(
            "migrations",
            if migrated { Ok(()) } else { Err("the database is older than this server: run `agora migrate`") },
        ),
        part("clock", if apart { Err("differs from the database's by more than a second") } else { Ok(()) }),
        part(
            "audit_log",
            if state.may_change_audit_log {
                Err("the service's database role may change the audit log: give it the role agora_service alone")
            } else {
                Ok(())
            },
        ),
    ]
}

/// Never failing: answers must not stop because their proof is late. Whoever watches reads it here.
fn seals(waiting: &Waiting) -> HealthPart {
    let Waiting { count, since, delayed } = waiting;
    let since = since.filter(|_| *delayed).map(|since| since.to_rfc3339_opts(SecondsFormat::Secs, true));
    let detail = since.map(|since| format!("sealing stands still: {count} entries wait, the oldest since {since}"));
    let status = if detail.is_some() { HealthStatus::Degraded } else { HealthStatus::Ok };
    HealthPart { name: "audit_seal".to_owned(), status, detail }
}

/// Without files hearings are read and answered all the same: no reason to send nobody here any more.
async fn file_store(service: &Service, lost: u64) -> HealthPart {
    let checked = files::check(service.files()).await;
    if let Err(error) = &checked {
        tracing::warn!(error = error as &dyn std::error::Error, "the file store does not work");
    }
    let works = match checked {
        Ok(()) => None,
        Err(StoreError::Full(_)) => Some("has no room for more files; those that are there can be fetched".to_owned()),
        Err(_) => Some("files cannot be kept or fetched".to_owned()),
    };
    let lost = (lost > 0).then(|| format!("lost files: {lost}; `agora files verify` names them"));
    let details: Vec<String> = works.into_iter().chain(lost).collect();
    if details.is_empty() {
        return part("file_store", Ok(()));
    }
    HealthPart { name: "file_store".to_owned(), status: HealthStatus::Degraded, detail: Some(details.join("; ")) }
}

fn jobs(heartbeat: &Heartbeat, now: DateTime<Utc>) -> HealthPart {
    if !heartbeat.does_jobs() {
        let detail = Some("left to `agora worker`".to_owned());
        return HealthPart { detail, ..part("jobs", Ok(())) };
    }
    part(
        "jobs",
        if heartbeat.is_well(now) { Ok(()) } else { Err("a part of the worker has not been heard of for two minutes") },
    )
}

/// Always in order, because guessing is slowed down; that it goes on is told. Never at whose name: anybody may ask.
fn logins(guessed_at: i64) -> HealthPart {
    let detail = (guessed_at > 0).then(|| {
        format!("passwords were guessed at {guessed_at} user names in the last hour; the audit log tells of each")
    });
    HealthPart { detail, ..part("logins", Ok(())) }
}

fn part(name: &str, state: Result<(), &str>) -> HealthPart {
    let status = if state.is_ok() { HealthStatus::Ok } else { HealthStatus::Failing };
    HealthPart { name: name.to_owned(), status, detail: state.err().map(ToOwned::to_owned) }
}
