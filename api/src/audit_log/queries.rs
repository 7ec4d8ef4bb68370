//! Reading the audit log, which is itself an entry.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use diesel::{
    ExpressionMethods, QueryDsl, QueryResult, QueryableByName, SelectableHelper,
    sql_types::{BigInt, Timestamptz},
};
use diesel_async::{AsyncConnection, RunQueryDsl};
use openapi::{
    audit::{
        AuditAction, AuditActor, AuditChange, AuditEntry, AuditHearing, AuditObject, AuditOutcome, AuditQuery,
        HistoryEntry,
    },
    employees::Employee,
    ids::{AccountId, AuditEntryId, HearingId},
    page::{Page, PageQuery},
    time,
};

use crate::{
    audit::{
        Entry,
        entry::ACCOUNT,
        record,
        rows::{EntryRow, ValueRow},
    },
    db::{
        Connection,
        schema::{audit_entry, audit_value},
    },
    hearings::{self, EditHearings, access::Lock},
    http::{ApiError, cursor::Order},
    identity::{self, ReadAuditLog, Require},
};

const NEWEST: Order = Order::descending("-occurred", "audit_entry.occurred_at", "audit_entry.id");

/// A page of the log, newest first. Names and titles come from where they are kept: the log itself has only ids.
pub(super) async fn page(
    conn: &mut Connection,
    asker: &Require<ReadAuditLog>,
    query: &AuditQuery,
) -> Result<Page<AuditEntry>, ApiError> {
    conn.transaction(async |conn| {
        let page = entries(conn, query).await?;
        record(conn, asker, reading(query).count(page.items.len()), asker.now()).await?;
        Ok(page)
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

/// Failed logins with one name within an hour, from which on its password is being guessed at.
const GUESSES: i64 = 10;

const GUESSED_AT: &str = "\
    SELECT count(*) AS names FROM \
        (SELECT FROM audit_entry WHERE action IN ('session.login_failed', 'session.throttled') AND occurred_at > $1 \
         GROUP BY object_id HAVING sum(count) >= $2) AS guessed_at";

#[derive(QueryableByName)]
struct GuessedAt {
    #[diesel(sql_type = BigInt)]
    names: i64,
}

/// At how many names passwords were guessed in the hour before `now`, as far as refusals have become entries. Names that
/// belong to no account count alike, so that the figure tells nobody which are accounts.
///
/// # Errors
/// When the database fails.
pub async fn guessed_at(conn: &mut Connection, now: DateTime<Utc>) -> QueryResult<i64> {
    let query = diesel::sql_query(GUESSED_AT).bind::<Timestamptz, _>(now - TimeDelta::hours(1));
    let found: GuessedAt = query.bind::<BigInt, _>(GUESSES).get_result(conn).await?;
    Ok(found.names)
}

/// What was done to a hearing, newest first.
pub(super) async fn history(
    conn: &mut Connection,
    asker: &Require<EditHearings>,
    id: HearingId,
    query: &PageQuery,
) -> Result<Page<HistoryEntry>, ApiError> {
    conn.transaction(async |conn| {
        let hearing = asker.load(conn, id, Lock::None).await?.id();
        let filter = AuditQuery {
            action: HISTORY.to_vec(),
            outcome: vec![AuditOutcome::Done],
            hearing: Some(hearing),
            limit: query.limit,
            cursor: query.cursor.clone(),
            ..AuditQuery::default()
        };
        let page = entries(conn, &filter).await?;
        let reading = Entry::on_hearing(AuditAction::HistoryRead, hearing);
        record(conn, asker, reading.count(page.items.len()), asker.now()).await?;
        Ok(Page { items: page.items.into_iter().map(as_history).collect(), next: page.next })
    })
    .await
}

/// What an owner reads. Not the answers and their drafts: who sent which is read where answers are processed.
const HISTORY: [AuditAction; 14] = [
    AuditAction::HearingCreated,
    AuditAction::HearingChanged,
    AuditAction::HearingPublished,
    AuditAction::HearingOpened,
    AuditAction::HearingDeadlinePassed,
    AuditAction::ConclusionBegun,
    AuditAction::HearingConcluded,
    AuditAction::HearingDeleted,
    AuditAction::RoleGiven,
    AuditAction::RoleTaken,
    AuditAction::AccessRevoked,
    AuditAction::DocumentAdded,
    AuditAction::DocumentChanged,
    AuditAction::DocumentRemoved,
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

async fn entries(conn: &mut Connection, query: &AuditQuery) -> Result<Page<AuditEntry>, ApiError> {
    use audit_entry::{action, actor_id, hearing_id, occurred_at, outcome};
    let mut entries = audit_entry::table.select(EntryRow::as_select()).into_boxed();
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
    let slice = NEWEST.slice::<Timestamptz, DateTime<Utc>, _>(entries, query.cursor.as_deref(), query.limit)?;
    let page = NEWEST.page(slice.load(conn).await?, query.limit, |row: &EntryRow| (row.occurred_at, row.id.0));
    Ok(Page { items: to_wire(conn, page.items).await?, next: page.next })
}

async fn to_wire(conn: &mut Connection, rows: Vec<EntryRow>) -> QueryResult<Vec<AuditEntry>> {
    let entries: Vec<AuditEntryId> = rows.iter().map(|row| row.id).collect();
    let values: Vec<ValueRow> = audit_value::table
        .filter(audit_value::entry_id.eq_any(entries))
        .select(ValueRow::as_select())
        .load(conn)
        .await?;
    let rows: Vec<_> = rows.into_iter().map(|row| (row.changes(&values), row)).collect();
    let mentioned =
        rows.iter().flat_map(|(changes, row)| row.actor_id.into_iter().chain(row.account()).chain(accounts(changes)));
    let people = identity::queries::employees(conn, &mentioned.collect::<Vec<_>>()).await?;
    let hearings: Vec<HearingId> = rows.iter().filter_map(|(_, row)| row.hearing_id).collect();
    let titles = hearings::queries::titles(conn, &hearings).await?;
    let entry = |(changes, row): (Vec<AuditChange>, EntryRow)| AuditEntry {
        changes: changes.into_iter().map(|change| with_names(change, &people)).collect(),
        id: row.id,
        occurred_at: row.occurred_at,
        actor: row.actor_id.zip(row.capacity).map(|(id, capacity)| AuditActor {
            id,
            name: people.get(&id).map(|person| person.name.clone()),
            capacity,
        }),
        action: row.action,
        outcome: row.outcome,
        account_name: row.account().and_then(|id| people.get(&id)).map(|person| person.name.clone()),
        object: row.object,
        object_id: row.object_id,
        hearing: row.hearing_id.map(|id| AuditHearing { id, title: titles.get(&id).cloned() }),
        request_id: row.request_id.map(|id| id.to_string()),
        source: row.source,
        count: row.count,
    };
    Ok(rows.into_iter().map(entry).collect())
}

fn accounts(changes: &[AuditChange]) -> impl Iterator<Item = AccountId> {
    let values = changes.iter().filter(|change| change.field == ACCOUNT).flat_map(|change| [&change.old, &change.new]);
    values.flatten().filter_map(|id| id.parse().ok())
}

/// People by name and, as names are not unique, e-mail address; by id when they are gone.
fn with_names(change: AuditChange, people: &HashMap<AccountId, Employee>) -> AuditChange {
    if change.field != ACCOUNT {
        return change;
    }
    let named = |id: String| match id.parse().ok().and_then(|id| people.get(&id)) {
        Some(person) => format!("{} ({})", person.name, person.email),
        None => id,
    };
    AuditChange { old: change.old.map(named), new: change.new.map(named), ..change }
}
