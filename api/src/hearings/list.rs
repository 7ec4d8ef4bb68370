//! The list of hearings: filters, orders, keyset paging, and what a row needs beside its hearing, in a constant number
//! of statements however many rows there are.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use diesel::{
    BoolExpressionMethods, ExpressionMethods, QueryDsl, QueryResult, SelectableHelper,
    dsl::{not, sql},
    pg::Pg,
    sql_types::{Array, Bool, Text, Timestamptz},
};
use diesel_async::RunQueryDsl;
use openapi::{
    hearings::{HearingQuery, HearingRole, HearingSort, HearingStatus, HearingSummary},
    ids::{AccountId, HearingId},
    page::Page,
    session::GlobalRole,
};
use uuid::Uuid;

use super::{
    Error, HearingRow, ProcessResponses, ReadHearings,
    access::{HearingPermission, Standing},
    queries::roles_by_hearing,
    rules, visibility,
};
use crate::{
    db::{
        Connection,
        schema::{hearing, hearing_role},
    },
    http::cursor::{BadCursor, Order},
    identity::{Actor, Require},
    responses::{self, Given},
};

type Query<'a> = hearing::BoxedQuery<'a, Pg>;

/// The hearings that whoever asks sees.
///
/// # Errors
/// [`Error::Cursor`] for a cursor that is none.
pub(super) async fn page(
    conn: &mut Connection,
    asker: &Require<ReadHearings>,
    query: &HearingQuery,
) -> Result<Page<HearingSummary>, Error> {
    let sort = query.sort.unwrap_or(HearingSort::Deadline);
    let visible = hearing::table.filter(visibility::visible_to(asker)).into_boxed();
    let rows: Vec<HearingRow> =
        sorted(filtered(visible, asker, query), sort, query)?.select(HearingRow::as_select()).load(conn).await?;
    let page = match sort {
        HearingSort::Title => order(sort).page(rows, query.limit, |row| (row.title.clone(), row.id.0)),
        _ => order(sort).page(rows, query.limit, |row| (time(row, sort), row.id.0)),
    };
    let ids: Vec<HearingId> = page.items.iter().map(|row| row.id).collect();
    let mut beside = match asker.actor() {
        Some(actor) => Beside::load(conn, actor, &ids).await?,
        None => Beside::default(),
    };
    let items = page.items.into_iter().map(|row| beside.summary(row, asker.now())).collect();
    Ok(Page { items, next: page.next })
}

fn filtered<'a>(mut hearings: Query<'a>, asker: &Require<ReadHearings>, query: &'a HearingQuery) -> Query<'a> {
    if let Some(words) = query.q.as_deref().filter(|words| !words.trim().is_empty()) {
        let found = sql::<Bool>(WORDS_START).bind::<Text, _>(words).sql(WORDS_END);
        hearings = hearings.filter(found);
    }
    if !query.status.is_empty() {
        hearings = hearings.filter(in_statuses(&query.status, asker.now()));
    }
    // Filters on the caller's own things show an anonymous visitor nothing, because he has none.
    let account = asker.actor().map_or(AccountId(Uuid::nil()), |actor| actor.account);
    let with_role = |roles: &[HearingRole]| {
        hearing_role::table
            .filter(hearing_role::account_id.eq(account))
            .filter(hearing_role::role.eq_any(roles.to_vec()))
            .select(hearing_role::hearing_id)
    };
    if !query.role.is_empty() {
        hearings = hearings.filter(hearing::id.eq_any(with_role(&query.role)));
    }
    if let Some(awaiting) = query.awaiting_answer {
        let awaits = hearing::id
            .eq_any(with_role(&[HearingRole::Invitee]))
            .and(hearing::id.ne_all(responses::queries::answered_by(account)))
            .and(in_statuses(&[HearingStatus::Open], asker.now()));
        hearings = if awaiting { hearings.filter(awaits) } else { hearings.filter(not(awaits)) };
    }
    if let Some(wanted) = query.answered {
        let mine = hearing::id
            .eq_any(responses::queries::begun_by(account))
            .or(hearing::id.eq_any(responses::queries::sent_by(account)));
        hearings = if wanted { hearings.filter(mine) } else { hearings.filter(not(mine)) };
    }
    hearings
}

// Danish puts words together: whoever looks for "skoler" means "skoleområdet" too. So each stem may be a beginning.
const WORDS_START: &str = "hearing.search @@ regexp_replace(websearch_to_tsquery('danish', ";
const WORDS_END: &str = ")::text, '''(?=[ )]|$)', ''':*', 'g')::tsquery";

fn in_statuses(statuses: &[HearingStatus], now: DateTime<Utc>) -> visibility::Predicate {
    let names: Vec<String> = statuses.iter().map(ToString::to_string).collect();
    let times = "hearing_status(hearing.published_at, hearing.starts_at, hearing.deadline_at, hearing.cancelled_at, \
                 hearing.concluded_at, ";
    Box::new(sql::<Bool>(times).bind::<Timestamptz, _>(now).sql(") = ANY(").bind::<Array<Text>, _>(names).sql(")"))
}

// What stands for no deadline.
const FIRST: DateTime<Utc> = DateTime::UNIX_EPOCH;
const LAST: DateTime<Utc> = match DateTime::from_timestamp(253_402_300_799, 0) {
    Some(end_of_9999) => end_of_9999,
    None => DateTime::<Utc>::MAX_UTC,
};

// Danish order: æ, ø, å come last. Hearings without a deadline come last both ways. The indexes say the same.
fn order(sort: HearingSort) -> Order {
    let (key, descending) = match sort {
        HearingSort::Deadline => ("coalesce(hearing.deadline_at, '9999-12-31T23:59:59Z')", false),
        HearingSort::DeadlineDescending => ("coalesce(hearing.deadline_at, '1970-01-01T00:00:00Z')", true),
        HearingSort::Updated => ("hearing.updated_at", false),
        HearingSort::UpdatedDescending => ("hearing.updated_at", true),
        HearingSort::Title => ("hearing.title COLLATE \"da-x-icu\"", false),
    };
    let order = if descending { Order::descending } else { Order::ascending };
    order(sort.as_str(), key, "hearing.id")
}

/// A row's key in an order by time, as [`order`] has it.
fn time(row: &HearingRow, sort: HearingSort) -> DateTime<Utc> {
    match sort {
        HearingSort::Deadline => row.deadline_at.unwrap_or(LAST),
        HearingSort::DeadlineDescending => row.deadline_at.unwrap_or(FIRST),
        _ => row.updated_at,
    }
}

fn sorted<'a>(hearings: Query<'a>, sort: HearingSort, query: &HearingQuery) -> Result<Query<'a>, BadCursor> {
    let (cursor, limit) = (query.cursor.as_deref(), query.limit);
    match sort {
        HearingSort::Title => order(sort).slice::<Text, String, _>(hearings, cursor, limit),
        _ => order(sort).slice::<Timestamptz, DateTime<Utc>, _>(hearings, cursor, limit),
    }
}

/// What rows show of the caller's own.
#[derive(Debug, Default)]
struct Beside {
    administrator: bool,
    roles: HashMap<HearingId, Vec<HearingRole>>,
    given: HashMap<HearingId, Given>,
}

impl Beside {
    async fn load(conn: &mut Connection, actor: &Actor, ids: &[HearingId]) -> QueryResult<Self> {
        let roles = roles_by_hearing(conn, actor, ids).await?;
        let given = responses::queries::given_by(conn, actor, ids).await?;
        Ok(Self { administrator: actor.has(GlobalRole::Administrator), roles, given })
    }

    fn summary(&mut self, row: HearingRow, now: DateTime<Utc>) -> HearingSummary {
        let roles = self.roles.remove(&row.id).unwrap_or_default();
        let given = self.given.remove(&row.id).unwrap_or_default();
        let standing = Standing { roles, administrator: self.administrator, invitation_only: row.invitation_only };
        let knows_count = ProcessResponses::granted_on(&standing) || rules::responses_are_shown(&row, now);
        HearingSummary {
            id: row.id,
            status: row.life_cycle().status(now),
            audience: row.audience,
            invitation_only: row.invitation_only,
            starts_on: row.starts_on,
            starts_at: row.starts_at,
            deadline_on: row.deadline_on,
            deadline_at: row.deadline_at,
            response_count: knows_count.then(|| row.standing_responses()),
            your_roles: standing.roles,
            your_draft: given.draft,
            your_responses: given
                .sent
                .into_iter()
                .filter(|sent| sent.withdrawn_at.is_none())
                .map(|sent| sent.number)
                .collect(),
            updated_at: row.updated_at,
            title: row.title,
            summary: row.summary,
        }
    }
}
