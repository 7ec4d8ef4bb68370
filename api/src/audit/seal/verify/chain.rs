//! Walking along the chain, seal by seal.

use std::collections::HashMap;

use diesel::{ExpressionMethods, QueryDsl, QueryResult, SelectableHelper, data_types::PgTimestamp};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::{
    Finding, Foreign, Report, Request,
    erasures::Erasures,
    suspects::Suspects,
    times,
    values::{self, Value},
};
use crate::{
    audit::seal::{
        SealKey,
        canonical::LoggedEntry,
        queries::seal_at,
        rows::{Seal, instant},
    },
    db::{
        Connection,
        schema::{audit_entry, audit_seal},
    },
};

/// Seals read at once.
const BATCH: i64 = 1_000;

/// Walks along the chain from where it shall begin to its end.
pub(super) async fn walk(conn: &mut Connection, request: &Request, report: &mut Report) -> QueryResult<()> {
    let previous = begin(conn, request.from).await?;
    let (erasures, suspects) = (Erasures::load(conn).await?, Suspects::default());
    let mut walk = Walk { request, previous, caught_up: None, erasures, suspects };
    let mut after = if request.from > 1 { request.from - 1 } else { i64::MIN };
    loop {
        let seals = seals(conn, after).await?;
        let Some(last) = seals.last() else { break };
        (after, report.last) = (last.position, Some((last.position, instant(last.sealed_at))));
        let ids: Vec<Uuid> = seals.iter().map(|seal| seal.entry_id).collect();
        let (mut entries, mut values) = (entries(conn, &ids).await?, values::of(conn, &ids).await?);
        for seal in seals {
            let entry = entries.remove(&seal.entry_id);
            let values = values.remove(&seal.entry_id).unwrap_or_default();
            walk.step(seal, entry, values, report);
        }
    }
    if request.from == 1 {
        walk.erasures.compare(&mut report.findings);
    }
    walk.suspects.explain(&request.keys, &mut report.findings);
    Ok(())
}

async fn seals(conn: &mut Connection, after: i64) -> QueryResult<Vec<Seal>> {
    let seals = audit_seal::table.filter(audit_seal::position.gt(after)).order(audit_seal::position).limit(BATCH);
    seals.select(Seal::as_select()).load(conn).await
}

async fn entries(conn: &mut Connection, ids: &[Uuid]) -> QueryResult<HashMap<Uuid, LoggedEntry>> {
    let entries = audit_entry::table.filter(audit_entry::id.eq_any(ids)).select(LoggedEntry::as_select());
    let entries: Vec<LoggedEntry> = entries.load(conn).await?;
    Ok(entries.into_iter().map(|entry| (entry.id, entry)).collect())
}

/// What is known of the seal before the one that is looked at.
struct Previous {
    position: i64,
    mac: Vec<u8>,
    /// What the MAC should be. When it alone was changed, the next seal follows from this one.
    genuine: Vec<u8>,
}

impl Previous {
    fn taken_as_it_is(seal: &Seal) -> Self {
        let (mac, genuine) = (seal.mac.clone(), seal.mac.clone());
        Self { position: seal.position, mac, genuine }
    }
}

/// What lies before the first seal to look at: nothing at the chain's beginning, unknown when the seal is not there.
async fn begin(conn: &mut Connection, from: i64) -> QueryResult<Option<Previous>> {
    if from > 1 {
        return Ok(seal_at(conn, from - 1).await?.map(|seal| Previous::taken_as_it_is(&seal)));
    }
    Ok(Some(Previous { position: 0, mac: Vec::new(), genuine: Vec::new() }))
}

struct Walk<'a> {
    request: &'a Request,
    previous: Option<Previous>,
    /// When the last seal was made at which nothing else waited.
    caught_up: Option<PgTimestamp>,
    erasures: Erasures,
    suspects: Suspects,
}

impl<'a> Walk<'a> {
    fn step(&mut self, seal: Seal, entry: Option<LoggedEntry>, values: Vec<Value>, report: &mut Report) {
        report.seals += 1;
        let previous = self.previous.take().filter(|previous| follows(previous, &seal, report));
        let mut this = Previous::taken_as_it_is(&seal);
        let caught_up = seal.caught_up.then_some(seal.sealed_at);
        if let Some(key) = self.request.keys.iter().find(|key| key.id() == seal.key_id) {
            if let Some(previous) = &previous {
                this.genuine = key.link(&previous.mac, &seal);
                if this.genuine != seal.mac && key.link(&previous.genuine, &seal) != seal.mac {
                    self.suspects.add_seal(&seal, &previous.mac, &mut report.findings);
                }
            }
            self.look_at_entry(key, seal, entry, values, report);
        } else if let Some(key) = previous.as_ref().and_then(|previous| self.key_in_disguise(previous, &seal)) {
            report.findings.add(Finding::SealBroken { position: seal.position, entry: seal.entry_id });
            self.look_at_entry(key, seal, entry, values, report);
        } else {
            report.foreign.get_or_insert(Foreign { key_id: seal.key_id, position: seal.position, count: 0 }).count += 1;
        }
        self.previous = Some(this);
        self.caught_up = caught_up.or(self.caught_up);
    }

    /// The key of a seal that only says that it was made with another one.
    fn key_in_disguise(&self, previous: &Previous, seal: &Seal) -> Option<&'a SealKey> {
        self.request.keys.iter().find(|key| {
            let honest = Seal { key_id: key.id().to_owned(), ..seal.clone() };
            key.link(&previous.mac, &honest) == seal.mac
        })
    }

    fn look_at_entry(
        &mut self,
        key: &SealKey,
        seal: Seal,
        entry: Option<LoggedEntry>,
        values: Vec<Value>,
        report: &mut Report,
    ) {
        let position = seal.position;
        let Some(entry) = entry else {
            report.findings.add(Finding::Missing { position, entry: seal.entry_id });
            return;
        };
        if key.digest(&entry, seal.format) != seal.digest {
            self.suspects.add_entry(seal, entry, &mut report.findings);
            return;
        }
        times::check(&seal, &entry, self.caught_up, self.request, report);
        values::check(position, &entry, values, &mut self.erasures, report);
    }
}

/// Whether a seal stands at the position after the one before; says so if not.
fn follows(previous: &Previous, seal: &Seal, report: &mut Report) -> bool {
    let next = previous.position.saturating_add(1);
    if seal.position > next {
        report.findings.add(Finding::SealsMissing { first: next, last: seal.position - 1 });
    }
    if seal.position < next {
        report.findings.add(Finding::SealBroken { position: seal.position, entry: seal.entry_id });
    }
    seal.position == next
}
