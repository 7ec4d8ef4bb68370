//! Reading the audit log, which is itself an entry.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use diesel::{BoolExpressionMethods, ExpressionMethods, QueryDsl, SelectableHelper};
use diesel_async::{AsyncConnection, RunQueryDsl};
use openapi::{
    audit::{AuditAction, AuditActor, AuditEntry, AuditHearing, AuditObject, AuditOutcome, AuditQuery, HistoryEntry},
    ids::{AuditEntryId, HearingId},
    page::{Page, PageQuery},
    time,
};

use super::{
    Entry, record,
    rows::{EntryRow, ValueRow},
};
use crate::{
    db::{
        Connection,
        schema::{audit_entry, audit_value, hearing},
    },
    hearings::{
        EditHearings,
        access::{self, Lock, View},
    },
    http::{ApiError, cursor},
    identity::{self, Actor},
};

const NEWEST: &str = "-occurred";

/// A page of the log, newest first. Names and titles come from where they are kept: the log itself has only ids.
pub(super) async fn page(
    conn: &mut Connection,
    actor: &Actor,
    query: &AuditQuery,
    now: DateTime<Utc>,
) -> Result<Page<AuditEntry>, ApiError> {
    conn.transaction(async |conn| {
        let rows = entries(conn, query).await?;
        let page = cursor::page(rows, query.limit, NEWEST, |row: &EntryRow| (row.occurred_at, row.id));
        let items = to_wire(conn, page.items).await?;
        record(conn, actor, reading(query).count(items.len()), now).await?;
        Ok(Page { items, next: page.next })
    })
    .await
}

/// The entry of a reading: which part of the log was asked for.
fn reading(query: &AuditQuery) -> Entry {
    let entry = Entry::new(AuditAction::AuditLogRead, AuditObject::AuditLog)
        .filter_any("action", &query.action)
        .filter_any("outcome", &query.outcome)
        .filter("actor", query.actor)
        .filter("from", query.from)
        .filter("to", query.to);
    match query.hearing {
        Some(hearing) => entry.hearing(hearing),
        None => entry,
    }
}

/// What was done to a hearing, newest first.
pub(super) async fn history(
    conn: &mut Connection,
    actor: &Actor,
    view: View<'_>,
    hearing: HearingId,
    query: &PageQuery,
) -> Result<Page<HistoryEntry>, ApiError> {
    conn.transaction(async |conn| {
        access::load::<EditHearings>(conn, view, hearing, Lock::None).await?;
        let filter = AuditQuery {
            action: HISTORY.to_vec(),
            outcome: vec![AuditOutcome::Done],
            hearing: Some(hearing),
            limit: query.limit,
            cursor: query.cursor.clone(),
            ..AuditQuery::default()
        };
        let rows = entries(conn, &filter).await?;
        let page = cursor::page(rows, query.limit, NEWEST, |row: &EntryRow| (row.occurred_at, row.id));
        let items: Vec<HistoryEntry> = to_wire(conn, page.items).await?.into_iter().map(as_history).collect();
        let entry = Entry::new(AuditAction::AuditLogRead, AuditObject::AuditLog).hearing(hearing).count(items.len());
        record(conn, actor, entry, view.now).await?;
        Ok(Page { items, next: page.next })
    })
    .await
}

/// What an owner reads. Not the answers and their drafts: who sent which is read where answers are processed.
const HISTORY: [AuditAction; 9] = [
    AuditAction::HearingCreated,
    AuditAction::HearingChanged,
    AuditAction::HearingPublished,
    AuditAction::HearingOpened,
    AuditAction::HearingDeadlinePassed,
    AuditAction::HearingConcluded,
    AuditAction::HearingDeleted,
    AuditAction::RoleGiven,
    AuditAction::RoleTaken,
];

fn as_history(entry: AuditEntry) -> HistoryEntry {
    HistoryEntry {
        id: entry.id,
        occurred_at: entry.occurred_at,
        actor: entry.actor.and_then(|actor| actor.name),
        action: entry.action,
        changes: entry.changes,
    }
}

async fn entries(conn: &mut Connection, query: &AuditQuery) -> Result<Vec<EntryRow>, ApiError> {
    use audit_entry::{action, actor_id, hearing_id, id, occurred_at, outcome};
    let after: Option<(DateTime<Utc>, AuditEntryId)> = cursor::decode(query.cursor.as_deref(), NEWEST)?;
    let mut entries =
        audit_entry::table.select(EntryRow::as_select()).order((occurred_at.desc(), id.desc())).into_boxed();
    if !query.action.is_empty() {
        entries = entries.filter(action.eq_any(&query.action));
    }
    if !query.outcome.is_empty() {
        entries = entries.filter(outcome.eq_any(&query.outcome));
    }
    if let Some(actor) = query.actor {
        entries = entries.filter(actor_id.eq(actor));
    }
    if let Some(hearing) = query.hearing {
        entries = entries.filter(hearing_id.eq(hearing));
    }
    if let Some(from) = query.from {
        entries = entries.filter(occurred_at.ge(time::start_of_day(from)));
    }
    if let Some(to) = query.to {
        entries = entries.filter(occurred_at.lt(time::deadline(to)));
    }
    if let Some((time, last)) = after {
        entries = entries.filter(occurred_at.lt(time).or(occurred_at.eq(time).and(id.lt(last))));
    }
    Ok(entries.limit(cursor::rows_to_fetch(query.limit)).load(conn).await?)
}

async fn to_wire(conn: &mut Connection, rows: Vec<EntryRow>) -> Result<Vec<AuditEntry>, ApiError> {
    let ids: Vec<AuditEntryId> = rows.iter().map(|row| row.id).collect();
    let values: Vec<ValueRow> =
        audit_value::table.filter(audit_value::entry_id.eq_any(ids)).select(ValueRow::as_select()).load(conn).await?;
    let actors: Vec<_> = rows.iter().filter_map(|row| row.actor_id).collect();
    let people = identity::queries::employees(conn, &actors).await?;
    let hearings: Vec<HearingId> = rows.iter().filter_map(|row| row.hearing_id).collect();
    let titles: Vec<(HearingId, String)> =
        hearing::table.filter(hearing::id.eq_any(hearings)).select((hearing::id, hearing::title)).load(conn).await?;
    let names: HashMap<_, _> = people.into_iter().map(|person| (person.id, person.name)).collect();
    let titles: HashMap<_, _> = titles.into_iter().collect();
    let entry = |row: EntryRow| AuditEntry {
        changes: row.changes(&values),
        id: row.id,
        occurred_at: row.occurred_at,
        actor: row.actor_id.zip(row.capacity).map(|(id, capacity)| AuditActor {
            id,
            name: names.get(&id).cloned(),
            capacity,
        }),
        action: row.action,
        outcome: row.outcome,
        object: row.object,
        object_id: row.object_id,
        hearing: row.hearing_id.map(|id| AuditHearing { id, title: titles.get(&id).cloned() }),
        request_id: row.request_id.map(|id| id.to_string()),
        source: row.source,
        count: row.count,
    };
    Ok(rows.into_iter().map(entry).collect())
}
