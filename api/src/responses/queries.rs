//! Reads of answers: as the public sees them, as staff see them, as their author sees them.

use diesel::{
    BoolExpressionMethods, ExpressionMethods, JoinOnDsl, OptionalExtension, QueryDsl, QueryResult, SelectableHelper,
};
use diesel_async::{AsyncConnection, RunQueryDsl};
use openapi::{
    audit::{AuditAction, AuditObject},
    ids::{AccountId, HearingId, ResponseId},
    page::{Page, PageQuery},
    responses::{MyResponse, PublicResponse, Receipt, StaffResponse},
};

use super::{Error, rows::ResponseRow};
use crate::{
    audit::{self, Entry},
    db::{
        Connection,
        schema::{hearing, response},
    },
    hearings::{
        self, HearingFor, HearingRow, ProcessResponses, ReadHearings,
        access::{self, Lock, View},
        visibility,
    },
    http::{ApiError, cursor},
    identity::{self, Actor},
};

const BY_NUMBER: &str = "number";
const BY_SENT: &str = "-sent";

/// How many answers somebody has given to a hearing.
pub(super) async fn count_by(conn: &mut Connection, author: AccountId, hearing: HearingId) -> QueryResult<usize> {
    let count: i64 = response::table
        .filter(response::hearing_id.eq(hearing))
        .filter(response::author_id.eq(author))
        .count()
        .get_result(conn)
        .await?;
    Ok(usize::try_from(count).unwrap_or(usize::MAX))
}

/// The answers that others than staff see, by number.
pub(super) async fn public_page(
    conn: &mut Connection,
    view: View<'_>,
    id: HearingId,
    query: &PageQuery,
) -> Result<Page<PublicResponse>, ApiError> {
    let hearing = shown(conn, view, id).await?;
    let page = numbered(conn, hearing.row().id, query).await?;
    Ok(Page { items: page.items.into_iter().map(ResponseRow::into_public).collect(), next: page.next })
}

/// One answer that others than staff see.
pub(super) async fn public(
    conn: &mut Connection,
    view: View<'_>,
    hearing: HearingId,
    id: ResponseId,
) -> Result<PublicResponse, Error> {
    let hearing = shown(conn, view, hearing).await?;
    let row = find(conn, hearing.row().id, id).await?;
    Ok(row.into_public())
}

/// Proof that a hearing shows its answers to the caller now.
async fn shown(conn: &mut Connection, view: View<'_>, id: HearingId) -> Result<HearingFor<ReadHearings>, Error> {
    let hearing = access::load::<ReadHearings>(conn, view, id, Lock::None).await?;
    if hearings::rules::responses_are_shown(hearing.row(), view.now) { Ok(hearing) } else { Err(Error::NotShown) }
}

/// All answers with their senders, by number, for staff; the reading leaves its entry in the audit log.
pub(super) async fn staff_page(
    conn: &mut Connection,
    actor: &Actor,
    view: View<'_>,
    id: HearingId,
    query: &PageQuery,
) -> Result<Page<StaffResponse>, ApiError> {
    conn.transaction(async |conn| {
        let hearing = access::load::<ProcessResponses>(conn, view, id, Lock::None).await?;
        let page = numbered(conn, hearing.row().id, query).await?;
        let authors: Vec<AccountId> = page.items.iter().map(|row| row.author_id).collect();
        let people = identity::queries::employees(conn, &authors).await?;
        let with_sender = |row: ResponseRow| {
            let respondent = people.iter().find(|person| person.id == row.author_id)?.clone();
            Some(row.into_staff(respondent))
        };
        let items: Vec<StaffResponse> = page.items.into_iter().filter_map(with_sender).collect();
        let entry = Entry::new(AuditAction::ResponsesRead, AuditObject::Response).hearing(id).count(items.len());
        audit::record(conn, actor, entry, view.now).await?;
        Ok(Page { items, next: page.next })
    })
    .await
}

async fn numbered(conn: &mut Connection, hearing: HearingId, query: &PageQuery) -> Result<Page<ResponseRow>, ApiError> {
    let after: Option<i32> = cursor::decode(query.cursor.as_deref(), BY_NUMBER)?;
    let rows = response::table
        .filter(response::hearing_id.eq(hearing))
        .filter(response::number.gt(after.unwrap_or(0)))
        .order(response::number)
        .limit(cursor::rows_to_fetch(query.limit))
        .select(ResponseRow::as_select())
        .load(conn)
        .await?;
    Ok(cursor::page(rows, query.limit, BY_NUMBER, |row: &ResponseRow| row.number))
}

/// The receipt of one's own answer.
pub(super) async fn receipt(
    conn: &mut Connection,
    actor: &Actor,
    view: View<'_>,
    hearing: HearingId,
    id: ResponseId,
) -> Result<Receipt, Error> {
    let hearing = access::load::<ReadHearings>(conn, view, hearing, Lock::None).await?;
    let row = find(conn, hearing.row().id, id).await?;
    if row.author_id != actor.account {
        return Err(Error::NotFound);
    }
    Ok(row.into_receipt(actor, hearing.row().title.clone()))
}

async fn find(conn: &mut Connection, hearing: HearingId, id: ResponseId) -> Result<ResponseRow, Error> {
    let row = response::table
        .find(id)
        .filter(response::hearing_id.eq(hearing))
        .select(ResponseRow::as_select())
        .first(conn)
        .await;
    row.optional()?.ok_or(Error::NotFound)
}

/// One's own answers, last sent first, to hearings one still sees.
pub(super) async fn mine(
    conn: &mut Connection,
    actor: &Actor,
    view: View<'_>,
    query: &PageQuery,
) -> Result<Page<MyResponse>, ApiError> {
    let after = cursor::decode(query.cursor.as_deref(), BY_SENT)?;
    let visible = visibility::ids_visible_to(view.actor, view.visibility, view.now);
    let mut own = response::table
        .inner_join(hearing::table.on(hearing::id.eq(response::hearing_id)))
        .filter(response::author_id.eq(actor.account))
        .filter(response::hearing_id.eq_any(visible))
        .order((response::sent_at.desc(), response::id.desc()))
        .select((ResponseRow::as_select(), HearingRow::as_select()))
        .into_boxed::<diesel::pg::Pg>();
    if let Some((time, id)) = after {
        let _: (chrono::DateTime<chrono::Utc>, ResponseId) = (time, id);
        own = own.filter(response::sent_at.lt(time).or(response::sent_at.eq(time).and(response::id.lt(id))));
    }
    let rows: Vec<(ResponseRow, HearingRow)> = own.limit(cursor::rows_to_fetch(query.limit)).load(conn).await?;
    let page = cursor::page(rows, query.limit, BY_SENT, |(row, _)| (row.sent_at, row.id));
    let mine = |(row, hearing): (ResponseRow, HearingRow)| MyResponse {
        id: row.id,
        hearing: hearings::queries::reference(&hearing, view.now),
        number: row.number,
        sent_at: row.sent_at,
    };
    Ok(Page { items: page.items.into_iter().map(mine).collect(), next: page.next })
}
