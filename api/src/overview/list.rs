//! The list of hearings: orders, keyset paging, and what a row needs beside its hearing, in a constant number of
//! statements however many rows there are.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use diesel::{
    QueryDsl, QueryResult, SelectableHelper,
    sql_types::{Text, Timestamptz},
};
use diesel_async::RunQueryDsl;
use openapi::{
    hearings::{Fragment, HearingQuery, HearingRole, HearingSort, HearingSummary},
    ids::HearingId,
    page::Page,
    session::GlobalRole,
};
use tokio::try_join;
use uuid::Uuid;

use super::{
    filters::{BY_DEADLINE, BY_DEADLINE_DESCENDING, Filters},
    search,
};
use crate::{
    db::{Connection, Prepare, Shared},
    hearings::{
        Error, HearingRow, ProcessResponses, ReadHearings,
        access::{HearingPermission, Standing},
        queries::roles_by_hearing,
        rules,
    },
    http::cursor::Order,
    identity::{Actor, Require},
    responses::{self, Given},
};

/// The hearings that whoever asks sees.
///
/// # Errors
/// [`Error::Cursor`] for a cursor that is none, [`Error::Invalid`] for relevance without words.
pub async fn page(
    conn: &mut Connection,
    asker: &Require<ReadHearings>,
    query: &HearingQuery,
) -> Result<Page<HearingSummary>, Error> {
    let page = match query.order() {
        HearingSort::Relevance => search::ranked(conn, asker, query).await?,
        sort => in_order(conn, asker, query, sort).await?,
    };
    let ids: Vec<HearingId> = page.items.iter().map(|row| row.id).collect();
    let mut beside = Beside::load(conn, asker.actor(), &ids, query.q.as_deref()).await?;
    let items = page.items.into_iter().map(|row| beside.summary(row, asker.now())).collect();
    Ok(Page { items, next: page.next })
}

async fn in_order(
    conn: &mut Connection,
    asker: &Require<ReadHearings>,
    query: &HearingQuery,
    sort: HearingSort,
) -> Result<Page<HearingRow>, Error> {
    let filters = Filters::from(query);
    let (cursor, limit) = (query.cursor.as_deref(), query.limit);
    let (order, key) = order(sort);
    let hearings = filters.hearings(asker);
    // Every combination of filters is another text, and a connection keeps what it has prepared for good.
    let is_common = filters.are_common();
    let page = match key {
        Key::Text => {
            let hearings = hearings.select((HearingRow::as_select(), order.key::<Text>()));
            let slice = order.slice::<Text, String, _>(hearings, cursor, limit)?;
            let found = if is_common { slice.prepared().load(conn).await } else { slice.load(conn).await };
            rows(order.page(found?, limit, place::<String>))
        }
        Key::Time => {
            let hearings = hearings.select((HearingRow::as_select(), order.key::<Timestamptz>()));
            let slice = order.slice::<Timestamptz, DateTime<Utc>, _>(hearings, cursor, limit)?;
            let found = if is_common { slice.prepared().load(conn).await } else { slice.load(conn).await };
            rows(order.page(found?, limit, place::<DateTime<Utc>>))
        }
    };
    Ok(page)
}

/// A hearing with its key in the order.
type Placed<K> = (HearingRow, K);

fn place<K: Clone>((row, key): &Placed<K>) -> (K, Uuid) {
    (key.clone(), row.id.0)
}

fn rows<K>(page: Page<Placed<K>>) -> Page<HearingRow> {
    Page { items: page.items.into_iter().map(|(row, _)| row).collect(), next: page.next }
}

/// The type of an order's key.
#[derive(Clone, Copy)]
enum Key {
    Text,
    Time,
}

// Danish order: æ, ø, å come last. Hearings without a deadline come last both ways. The indexes say the same.
fn order(sort: HearingSort) -> (Order, Key) {
    let (key, descending, of) = match sort {
        HearingSort::Deadline => (BY_DEADLINE, false, Key::Time),
        HearingSort::DeadlineDescending => (BY_DEADLINE_DESCENDING, true, Key::Time),
        HearingSort::Updated => ("hearing.updated_at", false, Key::Time),
        HearingSort::UpdatedDescending => ("hearing.updated_at", true, Key::Time),
        // Ranks are computed, not sorted by an index: see `search.rs`.
        HearingSort::Title | HearingSort::Relevance => ("hearing.title COLLATE \"da-x-icu\"", false, Key::Text),
    };
    let order = if descending { Order::descending } else { Order::ascending };
    (order(sort.as_str(), key, "hearing.id"), of)
}

/// What rows show beside their hearings: the caller's own, and where the words stand that he searched for.
#[derive(Debug, Default)]
struct Beside {
    excerpts: HashMap<HearingId, Vec<Fragment>>,
    administrator: bool,
    roles: HashMap<HearingId, Vec<HearingRole>>,
    given: HashMap<HearingId, Given>,
}

impl Beside {
    async fn load(
        conn: Shared<'_>,
        actor: Option<&Actor>,
        ids: &[HearingId],
        words: Option<&str>,
    ) -> QueryResult<Self> {
        let excerpts = search::excerpts(conn, ids, words);
        let Some(actor) = actor else { return Ok(Self { excerpts: excerpts.await?, ..Self::default() }) };
        let (excerpts, roles, given) =
            try_join!(excerpts, roles_by_hearing(conn, actor, ids), responses::queries::given_by(conn, actor, ids),)?;
        Ok(Self { excerpts, administrator: actor.has(GlobalRole::Administrator), roles, given })
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
            excerpt: self.excerpts.remove(&row.id).unwrap_or_default(),
            title: row.title,
            summary: row.summary,
        }
    }
}
