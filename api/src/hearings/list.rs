//! The list of hearings: filters, orders, keyset paging, and what a row needs beside its hearing, in five statements
//! however many rows there are.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use diesel::{
    BoolExpressionMethods, ExpressionMethods, PgSortExpressionMethods, QueryDsl, SelectableHelper,
    dsl::sql,
    pg::Pg,
    sql_types::{Bool, Text},
};
use diesel_async::RunQueryDsl;
use openapi::{
    hearings::{HearingQuery, HearingRole, HearingSort, HearingStatus, HearingSummary},
    ids::{DraftId, HearingId},
    page::Page,
};
use serde::{Deserialize, Serialize};

use super::{HearingRow, access::View, rules, visibility};
use crate::{
    db::{
        Connection,
        schema::{draft, hearing, hearing_role, response},
    },
    http::{
        ApiError,
        cursor::{self, Key},
    },
    identity::Actor,
};

type Query<'a> = hearing::BoxedQuery<'a, Pg>;

/// A row's place in the order.
#[derive(Debug, Serialize, Deserialize)]
enum Place {
    Time(Option<DateTime<Utc>>, HearingId),
    Title(String, HearingId),
}

impl Key for Place {
    fn is_plausible(&self) -> bool {
        match self {
            Self::Time(time, _) => time.is_none_or(|time| time.is_plausible()),
            Self::Title(title, _) => title.is_plausible(),
        }
    }
}

impl Place {
    fn fits(&self, sort: HearingSort) -> bool {
        match self {
            Self::Time(None, _) => matches!(sort, HearingSort::Deadline | HearingSort::DeadlineDescending),
            Self::Time(Some(_), _) => sort != HearingSort::Title,
            Self::Title(..) => sort == HearingSort::Title,
        }
    }
}

/// The hearings that the caller sees.
///
/// # Errors
/// `request.malformed` for a cursor that is none.
pub(super) async fn page(
    conn: &mut Connection,
    view: View<'_>,
    query: &HearingQuery,
) -> Result<Page<HearingSummary>, ApiError> {
    let sort = query.sort.unwrap_or(HearingSort::Deadline);
    let after: Option<Place> = cursor::decode(query.cursor.as_deref(), sort.as_str())?;
    if after.as_ref().is_some_and(|place| !place.fits(sort)) {
        return Err(cursor::refusal());
    }
    let visible = visibility::visible_to(view.actor, view.visibility, view.now);
    let hearings = filtered(hearing::table.filter(visible).into_boxed(), view, query);
    let rows: Vec<HearingRow> = sorted(hearings, sort, after)
        .select(HearingRow::as_select())
        .limit(cursor::rows_to_fetch(query.limit))
        .load(conn)
        .await?;
    let page = cursor::page(rows, query.limit, sort.as_str(), |row| place(row, sort));
    let ids: Vec<HearingId> = page.items.iter().map(|row| row.id).collect();
    let mut beside = match view.actor {
        Some(actor) => Beside::load(conn, actor, &ids).await?,
        None => Beside::default(),
    };
    let items = page.items.into_iter().map(|row| beside.summary(row, view.now)).collect();
    Ok(Page { items, next: page.next })
}

fn filtered<'a>(mut hearings: Query<'a>, view: View<'_>, query: &'a HearingQuery) -> Query<'a> {
    if let Some(words) = query.q.as_deref().filter(|words| !words.trim().is_empty()) {
        let found = sql::<Bool>(WORDS_START).bind::<Text, _>(words).sql(WORDS_END);
        hearings = hearings.filter(found);
    }
    if !query.status.is_empty() {
        hearings = hearings.filter(in_statuses(&query.status, view.now));
    }
    // Filters on the caller's own things show an anonymous visitor nothing, because he has none.
    let account = view.actor.map(|actor| actor.account.0).unwrap_or_default();
    if !query.role.is_empty() {
        let with_role = hearing_role::table
            .filter(hearing_role::account_id.eq(account))
            .filter(hearing_role::role.eq_any(&query.role))
            .select(hearing_role::hearing_id);
        hearings = hearings.filter(hearing::id.eq_any(with_role));
    }
    let answered = || response::table.filter(response::author_id.eq(account)).select(response::hearing_id);
    if let Some(awaiting) = query.awaiting_answer {
        let invited = hearing_role::table
            .filter(hearing_role::account_id.eq(account))
            .filter(hearing_role::role.eq(HearingRole::Invitee))
            .select(hearing_role::hearing_id);
        let awaits = hearing::id
            .eq_any(invited)
            .and(hearing::id.ne_all(answered()))
            .and(in_statuses(&[HearingStatus::Open], view.now));
        hearings = if awaiting { hearings.filter(awaits) } else { hearings.filter(diesel::dsl::not(awaits)) };
    }
    if let Some(wanted) = query.answered {
        let begun = draft::table.filter(draft::author_id.eq(account)).select(draft::hearing_id);
        let mine = hearing::id.eq_any(begun).or(hearing::id.eq_any(answered()));
        hearings = if wanted { hearings.filter(mine) } else { hearings.filter(diesel::dsl::not(mine)) };
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
    Box::new(
        sql::<Bool>(times)
            .bind::<diesel::sql_types::Timestamptz, _>(now)
            .sql(") = ANY(")
            .bind::<diesel::sql_types::Array<Text>, _>(names)
            .sql(")"),
    )
}

// Danish order: æ, ø, å come last. The index has the same collation.
const TITLE: &str = "hearing.title COLLATE \"da-x-icu\"";

fn sorted(hearings: Query<'_>, sort: HearingSort, after: Option<Place>) -> Query<'_> {
    use hearing::{deadline_at, id, updated_at};
    match (sort, after) {
        (HearingSort::Deadline, after) => {
            let hearings = hearings.order((deadline_at.asc().nulls_last(), id.asc()));
            match after {
                Some(Place::Time(Some(time), last)) => hearings
                    .filter(deadline_at.gt(time).or(deadline_at.eq(time).and(id.gt(last))).or(deadline_at.is_null())),
                Some(Place::Time(None, last)) => hearings.filter(deadline_at.is_null()).filter(id.gt(last)),
                _ => hearings,
            }
        }
        (HearingSort::DeadlineDescending, after) => {
            let hearings = hearings.order((deadline_at.desc().nulls_last(), id.desc()));
            match after {
                Some(Place::Time(Some(time), last)) => hearings
                    .filter(deadline_at.lt(time).or(deadline_at.eq(time).and(id.lt(last))).or(deadline_at.is_null())),
                Some(Place::Time(None, last)) => hearings.filter(deadline_at.is_null()).filter(id.lt(last)),
                _ => hearings,
            }
        }
        (HearingSort::Updated, after) => {
            let hearings = hearings.order((updated_at.asc(), id.asc()));
            match after {
                Some(Place::Time(Some(time), last)) => {
                    hearings.filter(updated_at.gt(time).or(updated_at.eq(time).and(id.gt(last))))
                }
                _ => hearings,
            }
        }
        (HearingSort::UpdatedDescending, after) => {
            let hearings = hearings.order((updated_at.desc(), id.desc()));
            match after {
                Some(Place::Time(Some(time), last)) => {
                    hearings.filter(updated_at.lt(time).or(updated_at.eq(time).and(id.lt(last))))
                }
                _ => hearings,
            }
        }
        (HearingSort::Title, after) => {
            let hearings = hearings.order((sql::<Text>(TITLE), id.asc()));
            match after {
                Some(Place::Title(title, last)) => hearings.filter(
                    sql::<Bool>(&format!("({TITLE}, hearing.id) > ("))
                        .bind::<Text, _>(title)
                        .sql(" COLLATE \"da-x-icu\", ")
                        .bind::<diesel::sql_types::Uuid, _>(last)
                        .sql(")"),
                ),
                _ => hearings,
            }
        }
    }
}

fn place(row: &HearingRow, sort: HearingSort) -> Place {
    match sort {
        HearingSort::Deadline | HearingSort::DeadlineDescending => Place::Time(row.deadline_at, row.id),
        HearingSort::Updated | HearingSort::UpdatedDescending => Place::Time(Some(row.updated_at), row.id),
        HearingSort::Title => Place::Title(row.title.clone(), row.id),
    }
}

/// What rows show of the caller's own.
#[derive(Debug, Default)]
struct Beside {
    roles: HashMap<HearingId, Vec<HearingRole>>,
    drafts: HashMap<HearingId, DraftId>,
    responses: HashMap<HearingId, Vec<i32>>,
}

impl Beside {
    async fn load(conn: &mut Connection, actor: &Actor, ids: &[HearingId]) -> Result<Self, ApiError> {
        let mut beside = Self::default();
        let roles: Vec<(HearingId, HearingRole)> = hearing_role::table
            .filter(hearing_role::account_id.eq(actor.account).and(hearing_role::hearing_id.eq_any(ids)))
            .order(hearing_role::role)
            .select((hearing_role::hearing_id, hearing_role::role))
            .load(conn)
            .await?;
        for (hearing, role) in roles {
            beside.roles.entry(hearing).or_default().push(role);
        }
        let drafts: Vec<(HearingId, DraftId)> = draft::table
            .filter(draft::author_id.eq(actor.account).and(draft::hearing_id.eq_any(ids)))
            .select((draft::hearing_id, draft::id))
            .load(conn)
            .await?;
        beside.drafts = drafts.into_iter().collect();
        let responses: Vec<(HearingId, i32)> = response::table
            .filter(response::author_id.eq(actor.account).and(response::hearing_id.eq_any(ids)))
            .order(response::number)
            .select((response::hearing_id, response::number))
            .load(conn)
            .await?;
        for (hearing, number) in responses {
            beside.responses.entry(hearing).or_default().push(number);
        }
        Ok(beside)
    }

    fn summary(&mut self, row: HearingRow, now: DateTime<Utc>) -> HearingSummary {
        let your_roles = self.roles.remove(&row.id).unwrap_or_default();
        let processes = your_roles.iter().any(|role| matches!(role, HearingRole::Owner | HearingRole::CaseWorker));
        let knows_count = processes || rules::responses_are_shown(&row, now);
        HearingSummary {
            id: row.id,
            status: row.life_cycle().status(now),
            audience: row.audience,
            invitation_only: row.invitation_only,
            starts_on: row.starts_on,
            starts_at: row.starts_at,
            deadline_on: row.deadline_on,
            deadline_at: row.deadline_at,
            response_count: knows_count.then(|| row.response_count.into()),
            your_roles,
            your_draft: self.drafts.remove(&row.id),
            your_responses: self.responses.remove(&row.id).unwrap_or_default(),
            updated_at: row.updated_at,
            title: row.title,
            summary: row.summary,
        }
    }
}
