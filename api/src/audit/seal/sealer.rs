//! Sealing what waits, and showing the chain's head outside of the database.

#![allow(clippy::too_many_arguments, reason = "a function in the database has as many as the columns it writes")]

use std::time::Duration;

use diesel::{
    ExpressionMethods, QueryDsl, QueryResult, SelectableHelper,
    data_types::PgTimestamp,
    define_sql_function,
    sql_types::{Array, BigInt, Binary, Bool, Integer, Text, Timestamptz, Uuid as SqlUuid},
};
use diesel_async::{AsyncConnection, RunQueryDsl};
use openapi::audit::AuditHead;
use tokio::{
    sync::watch,
    time::{self, MissedTickBehavior},
};
use uuid::Uuid;

use super::{
    canonical::{FORMAT, LoggedEntry},
    heads::HeadsFile,
    key::SealKey,
    queries::{newest, seal_at},
    rows::Seal,
};
use crate::{
    db::{
        Connection, Failed,
        schema::{audit_entry, audit_seal, audit_unsealed},
    },
    service::Service,
};

/// How often the sealer looks: often enough that an entry has its seal within five seconds.
const SEAL_EVERY: Duration = Duration::from_secs(2);

/// Entries sealed in one transaction at the most.
const BATCH: i64 = 1_000;

/// The advisory lock of the server that seals: one at a time, however many there are.
const ONLY_SEALER: i64 = 0x6167_6f72_6173;

define_sql_function! {
    /// Takes a lock until the transaction ends, unless another one has it.
    fn pg_try_advisory_xact_lock(key: BigInt) -> Bool;
}

define_sql_function! {
    /// What time it is, by the database's clock.
    fn clock_timestamp() -> Timestamptz;
}

define_sql_function! {
    /// Adds seals, and takes their entries from those that wait; gives their number.
    fn audit_add_seals(
        positions: Array<BigInt>, entries: Array<SqlUuid>, digests: Array<Binary>, macs: Array<Binary>,
        caught_up: Array<Bool>, sealed_at: Timestamptz, format: Integer, key_id: Text
    ) -> BigInt;
}

/// Seals until `stop` says so.
pub async fn keep_sealing(service: &Service, mut stop: watch::Receiver<bool>) {
    let mut sealer = Sealer::new(service);
    let mut tick = time::interval(SEAL_EVERY);
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    while !*stop.borrow() {
        tokio::select! {
            _ = tick.tick() => if let Err(error) = sealer.turn(service).await {
                tracing::warn!(%error, "the audit log is not being sealed");
            },
            _ = stop.changed() => {}
        }
    }
}

/// Seals entries, and testifies to what it has seen of the chain.
#[derive(Debug)]
pub struct Sealer {
    key: SealKey,
    heads: Option<HeadsFile>,
    /// The newest head that was shown; at first the one in the file, from before this process.
    shown: Option<AuditHead>,
    began: bool,
}

impl Sealer {
    /// The sealer of a service.
    #[must_use]
    pub fn new(service: &Service) -> Self {
        let heads = service.audit_heads().map(HeadsFile::new);
        Self { key: SealKey::derived_from(service.secret_key()), heads, shown: None, began: false }
    }

    /// Seals everything that waits, unless another server is at it, and shows the chain's head if it is a new one. Gives
    /// the number of entries sealed.
    ///
    /// # Errors
    /// When the database is away or fails. That a head cannot be written to the file goes to the log as an error; it is
    /// tried again at the next turn.
    pub async fn turn(&mut self, service: &Service) -> Result<usize, Failed> {
        let mut conn = service.connection().await?;
        let sealed = seal_waiting(&mut conn, &self.key).await?;
        self.testify(&mut conn).await?;
        Ok(sealed)
    }

    /// Shows the head to the log and the file, whichever server has sealed it, so that every server is a witness of the chain.
    async fn testify(&mut self, conn: &mut Connection) -> QueryResult<()> {
        if !self.began {
            self.shown = self.recorded().await;
            self.began = true;
        }
        self.compare(conn).await?;
        let Some(head) = newest(conn).await?.map(|seal| seal.head()) else { return Ok(()) };
        if self.shown.as_ref() == Some(&head) {
            return Ok(());
        }
        let AuditHead { position, mac, sealed_at } = &head;
        tracing::info!(target: "audit_head", position, mac, sealed_at = %sealed_at.to_rfc3339(), "sealed");
        if let Some(file) = &self.heads
            && let Err(error) = file.append(&head).await
        {
            tracing::error!(file = %file.path().display(), %error, "the audit log's head cannot be written");
            return Ok(());
        }
        self.shown = Some(head);
        Ok(())
    }

    /// The head that an earlier process wrote.
    async fn recorded(&self) -> Option<AuditHead> {
        let file = self.heads.as_ref()?;
        let failed = |error| tracing::error!(file = %file.path().display(), %error, "the file of heads cannot be read");
        file.newest().await.map_err(failed).ok().flatten()
    }

    /// Says so when the chain no longer holds what was shown of it. Sealing goes on: what is written from now on deserves
    /// its proof, and what was shown stays shown.
    async fn compare(&mut self, conn: &mut Connection) -> QueryResult<()> {
        let Some(shown) = &self.shown else { return Ok(()) };
        let held = seal_at(conn, shown.position).await?;
        if held.is_none_or(|seal| seal.head() != *shown) {
            let AuditHead { position, mac, .. } = shown;
            tracing::error!(
                target: "audit_head", position, mac,
                "the chain no longer holds this seal: was a backup restored, or the audit log changed? \
                 `agora audit verify` tells"
            );
            self.shown = None;
        }
        Ok(())
    }
}

/// Seals everything that waits, in batches with a transaction each.
async fn seal_waiting(conn: &mut Connection, key: &SealKey) -> QueryResult<usize> {
    let (mut after, mut sealed) = (Uuid::nil(), 0);
    loop {
        let batch = conn.transaction(async |conn| seal_batch(conn, key, after).await).await?;
        sealed += batch.sealed;
        match batch.last {
            Some(last) => after = last,
            None => return Ok(sealed),
        }
    }
}

struct Batch {
    sealed: usize,
    /// The last id looked at, unless there are no more.
    last: Option<Uuid>,
}

/// Seals the next entries behind the id `after`. An id without its entry and an entry that has its seal are left where
/// they are: another hand put them there, and the verification names them.
async fn seal_batch(conn: &mut Connection, key: &SealKey, after: Uuid) -> QueryResult<Batch> {
    if !diesel::select(pg_try_advisory_xact_lock(ONLY_SEALER)).get_result::<bool>(conn).await? {
        return Ok(Batch { sealed: 0, last: None });
    }
    let ids: Vec<Uuid> = audit_unsealed::table
        .filter(audit_unsealed::entry_id.gt(after))
        .order(audit_unsealed::entry_id)
        .limit(BATCH)
        .select(audit_unsealed::entry_id)
        .load(conn)
        .await?;
    let last = ids.last().copied().filter(|_| i64::try_from(ids.len()) == Ok(BATCH));
    let entries = unsealed_entries(conn, &ids).await?;
    if !entries.is_empty() {
        let head = newest(conn).await?;
        let now = diesel::select(clock_timestamp()).get_result(conn).await?;
        insert(conn, &key.seals(head, &entries, last.is_none(), now), key, now).await?;
    }
    Ok(Batch { sealed: entries.len(), last })
}

async fn unsealed_entries(conn: &mut Connection, ids: &[Uuid]) -> QueryResult<Vec<LoggedEntry>> {
    let sealed: Vec<Uuid> =
        audit_seal::table.filter(audit_seal::entry_id.eq_any(ids)).select(audit_seal::entry_id).load(conn).await?;
    let unsealed: Vec<Uuid> = ids.iter().filter(|id| !sealed.contains(id)).copied().collect();
    audit_entry::table
        .filter(audit_entry::id.eq_any(unsealed))
        .order(audit_entry::id)
        .select(LoggedEntry::as_select())
        .load(conn)
        .await
}

/// Columns rather than rows: the statement is short however many seals there are.
async fn insert(conn: &mut Connection, seals: &[Seal], key: &SealKey, now: PgTimestamp) -> QueryResult<()> {
    let add = audit_add_seals(
        column(seals, |seal| seal.position),
        column(seals, |seal| seal.entry_id),
        column(seals, |seal| seal.digest.as_slice()),
        column(seals, |seal| seal.mac.as_slice()),
        column(seals, |seal| seal.caught_up),
        now,
        FORMAT,
        key.id(),
    );
    diesel::select(add).get_result::<i64>(conn).await.map(|_| ())
}

fn column<'a, T>(seals: &'a [Seal], value: impl Fn(&'a Seal) -> T) -> Vec<T> {
    seals.iter().map(value).collect()
}
