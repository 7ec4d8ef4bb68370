//! Reads of answers: as the public sees them, as staff see them, as their author sees them.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use diesel::{
    ExpressionMethods, OptionalExtension, QueryDsl, QueryResult, SelectableHelper,
    helper_types::{IntoBoxed, Select},
    pg::Pg,
    sql_types::Timestamptz,
};
use diesel_async::{AsyncConnection, RunQueryDsl};
use openapi::{
    audit::{AuditAction, AuditObject},
    hearings::SentResponse,
    ids::{AccountId, DraftId, HearingId, ResponseId},
    page::{Page, PageQuery},
    responses::{MyResponse, PublicResponse, Receipt, StaffResponse},
};
use tokio::try_join;

use super::{Error, attachments, receipt::Surroundings, rows::ResponseRow};
use crate::{
    audit::{self, Entry},
    db::{
        Connection, Prepare, Shared,
        schema::{draft, response},
    },
    hearings::{self, HearingFor, ProcessResponses, ReadHearings, access::Lock, visibility},
    http::cursor::{self, Order, Slice},
    identity::{self, Actor, LogIn, Permission, Require},
};

const BY_NUMBER: &str = "number";
const LAST_SENT: Order = Order::descending("-sent", "response.sent_at", "response.id");

/// What somebody has given to a hearing: the answer begun and those sent.
#[derive(Debug, Clone, Default)]
pub struct Given {
    /// The draft, when there is one.
    pub draft: Option<DraftId>,
    /// The answer that the draft is an edit of.
    pub edits: Option<ResponseId>,
    /// The answers, by number; withdrawn ones too.
    pub sent: Vec<SentResponse>,
}

impl Given {
    /// How many answers stand beside the one that would be sent next; an edit takes the place of its own.
    #[must_use]
    pub fn beside_the_next(&self) -> usize {
        let stands = |sent: &&SentResponse| sent.withdrawn_at.is_none() && Some(sent.id) != self.edits;
        self.sent.iter().filter(stands).count()
    }
}

/// What somebody has given to each of some hearings; hearings that got nothing are left out.
///
/// # Errors
/// When the database fails.
pub async fn given_by(
    conn: Shared<'_>,
    author: &Actor,
    hearings: &[HearingId],
) -> QueryResult<HashMap<HearingId, Given>> {
    let drafts = draft::table
        .filter(draft::author_id.eq(author.account))
        .filter(draft::hearing_id.eq_any(hearings))
        .select((draft::hearing_id, draft::id, draft::response_id));
    let sent = response::table
        .filter(response::author_id.eq(author.account))
        .filter(response::hearing_id.eq_any(hearings))
        .order(response::number)
        .select((response::hearing_id, response::id, response::number, response::withdrawn_at));
    let (mut for_drafts, mut for_sent) = (conn, conn);
    let (drafts, sent) = try_join!(
        drafts.load::<(HearingId, DraftId, Option<ResponseId>)>(&mut for_drafts),
        sent.load::<(HearingId, ResponseId, i32, Option<DateTime<Utc>>)>(&mut for_sent),
    )?;
    let mut given: HashMap<HearingId, Given> = HashMap::new();
    for (hearing, id, edits) in drafts {
        let given = given.entry(hearing).or_default();
        (given.draft, given.edits) = (Some(id), edits);
    }
    for (hearing, id, number, withdrawn_at) in sent {
        given.entry(hearing).or_default().sent.push(SentResponse { id, number, withdrawn_at });
    }
    Ok(given)
}

/// The hearings to which an answer of somebody stands, for filters.
#[must_use]
pub fn answered_by(author: AccountId) -> IntoBoxed<'static, Select<response::table, response::hearing_id>, Pg> {
    sent_by(author).filter(response::withdrawn_at.is_null())
}

/// The hearings to which somebody has sent an answer, withdrawn or not, for filters.
#[must_use]
pub fn sent_by(author: AccountId) -> IntoBoxed<'static, Select<response::table, response::hearing_id>, Pg> {
    response::table.select(response::hearing_id).into_boxed().filter(response::author_id.eq(author))
}

/// The hearings somebody has begun an answer to, for filters.
#[must_use]
pub fn begun_by(author: AccountId) -> IntoBoxed<'static, Select<draft::table, draft::hearing_id>, Pg> {
    draft::table.select(draft::hearing_id).into_boxed().filter(draft::author_id.eq(author))
}

/// What somebody has given to a hearing.
///
/// # Errors
/// When the database fails.
pub async fn given<P>(conn: Shared<'_>, author: &Actor, hearing: &HearingFor<P>) -> QueryResult<Given> {
    Ok(given_by(conn, author, &[hearing.id()]).await?.remove(&hearing.id()).unwrap_or_default())
}

/// The answers that others than staff see, by number.
pub(super) async fn public_page(
    conn: &mut Connection,
    asker: &Require<ReadHearings>,
    hearing: HearingId,
    query: &PageQuery,
) -> Result<Page<PublicResponse>, Error> {
    let hearing = shown(conn, asker, hearing).await?;
    let page = numbered(conn, &hearing, query).await?;
    let reader = asker.actor().map(|actor| actor.account);
    let mut files = attachments::queries::of_answers(conn, &page.items, |file| file.shown_to(reader)).await?;
    let public = |row: ResponseRow| {
        let attachments = files.remove(&row.id).unwrap_or_default();
        row.into_public(attachments)
    };
    Ok(Page { items: page.items.into_iter().map(public).collect(), next: page.next })
}

/// One answer that others than staff see.
pub(super) async fn public(
    conn: &mut Connection,
    asker: &Require<ReadHearings>,
    hearing: HearingId,
    id: ResponseId,
) -> Result<PublicResponse, Error> {
    let hearing = shown(conn, asker, hearing).await?;
    let row = find(conn, &hearing, id).await?;
    let reader = asker.actor().map(|actor| actor.account);
    let attachments = attachments::queries::of_answer(conn, &row, reader).await?;
    Ok(row.into_public(attachments))
}

/// Proof that a hearing shows its answers to whoever asks now.
async fn shown(
    conn: &mut Connection,
    asker: &Require<ReadHearings>,
    id: HearingId,
) -> Result<HearingFor<ReadHearings>, Error> {
    let hearing = asker.read(conn, id).await?;
    if hearings::rules::responses_are_shown(hearing.row(), asker.now()) { Ok(hearing) } else { Err(Error::NotShown) }
}

/// All answers with their senders, by number, for staff; the reading leaves its entry in the audit log.
pub(super) async fn staff_page(
    conn: &mut Connection,
    asker: &Require<ProcessResponses>,
    id: HearingId,
    query: &PageQuery,
) -> Result<Page<StaffResponse>, Error> {
    conn.transaction(async |conn| {
        let hearing = asker.load(conn, id, Lock::None).await?;
        let page = numbered(conn, &hearing, query).await?;
        let authors: Vec<AccountId> = page.items.iter().map(|row| row.author_id).collect();
        let people = identity::queries::employees(conn, &authors).await?;
        let mut files = attachments::queries::of_answers(conn, &page.items, |file| file.original(&hearing)).await?;
        let revoked = hearings::queries::revoked_among(conn, id, &authors).await?;
        let with_sender = |row: ResponseRow| {
            let respondent = people.get(&row.author_id).cloned().ok_or(diesel::NotFound)?;
            let attachments = files.remove(&row.id).unwrap_or_default();
            let access_revoked = revoked.contains(&row.author_id);
            Ok(row.into_staff(respondent, access_revoked, attachments))
        };
        let items: Vec<StaffResponse> = page.items.into_iter().map(with_sender).collect::<QueryResult<_>>()?;
        let numbers: Vec<i32> = items.iter().map(|item| item.number).collect();
        let entry = Entry::new(AuditAction::ResponsesRead, AuditObject::Response).hearing(id);
        audit::record(conn, asker, entry.filter_any("number", &numbers).count(items.len()), asker.now()).await?;
        Ok(Page { items, next: page.next })
    })
    .await
}

async fn numbered<P>(
    conn: &mut Connection,
    hearing: &HearingFor<P>,
    query: &PageQuery,
) -> Result<Page<ResponseRow>, Error> {
    let after: Option<i32> = cursor::decode(query.cursor.as_deref(), BY_NUMBER)?;
    let rows = response::table
        .filter(response::hearing_id.eq(hearing.id()))
        .filter(response::number.gt(after.unwrap_or(0)))
        .order(response::number)
        .select(ResponseRow::as_select())
        .into_boxed();
    let rows = Slice::of(rows, query.limit).prepared().load(conn).await?;
    Ok(cursor::page(rows, query.limit, BY_NUMBER, |row: &ResponseRow| row.number))
}

/// The receipt of one's own answer.
pub(super) async fn receipt(
    conn: &mut Connection,
    asker: &Require<impl Permission<Holder = Actor>>,
    hearing: HearingId,
    id: ResponseId,
) -> Result<Receipt, Error> {
    let hearing = asker.read(conn, hearing).await?;
    let row = own(conn, asker, &hearing, id).await?;
    let attachments = attachments::queries::of_answer(conn, &row, Some(asker.account)).await?;
    Ok(row.into_receipt(asker, hearing.row(), attachments, asker.now()))
}

/// The receipt and what stands round it in a document.
pub(super) async fn receipt_document(
    conn: &mut Connection,
    asker: &Require<impl Permission<Holder = Actor>>,
    hearing: HearingId,
    id: ResponseId,
    municipality: &str,
) -> Result<(Receipt, Surroundings), Error> {
    let hearing = asker.read(conn, hearing).await?;
    let row = own(conn, asker, &hearing, id).await?;
    let attachments = attachments::queries::of_answer(conn, &row, Some(asker.account)).await?;
    let around = Surroundings {
        name: asker.name.clone(),
        department: asker.department.clone(),
        deadline_on: hearing.row().deadline_on,
        contact: hearing.row().contact(),
        municipality: municipality.to_owned(),
    };
    Ok((row.into_receipt(asker, hearing.row(), attachments, asker.now()), around))
}

/// One's own answer.
pub(super) async fn own<P>(
    conn: &mut Connection,
    author: &Actor,
    hearing: &HearingFor<P>,
    id: ResponseId,
) -> Result<ResponseRow, Error> {
    let row = find(conn, hearing, id).await?;
    if row.author_id == author.account { Ok(row) } else { Err(Error::NotFound) }
}

/// One answer of a hearing.
pub(super) async fn find<P>(
    conn: &mut Connection,
    hearing: &HearingFor<P>,
    id: ResponseId,
) -> Result<ResponseRow, Error> {
    let row = response::table
        .find(id)
        .filter(response::hearing_id.eq(hearing.id()))
        .select(ResponseRow::as_select())
        .get_result(conn)
        .await;
    row.optional()?.ok_or(Error::NotFound)
}

/// An answer, for what follows its sending.
pub(super) async fn sent(conn: &mut Connection, id: ResponseId) -> QueryResult<Option<ResponseRow>> {
    response::table.find(id).select(ResponseRow::as_select()).get_result(conn).await.optional()
}

/// One's own answers, last sent first, to hearings one still sees.
pub(super) async fn mine(
    conn: &mut Connection,
    asker: &Require<LogIn>,
    query: &PageQuery,
) -> Result<Page<MyResponse>, Error> {
    let own = response::table
        .filter(response::author_id.eq(asker.account))
        .filter(response::hearing_id.eq_any(visibility::ids_visible_to(asker)))
        .select(ResponseRow::as_select())
        .into_boxed();
    let slice = LAST_SENT.slice::<Timestamptz, DateTime<Utc>, _>(own, query.cursor.as_deref(), query.limit)?;
    let page =
        LAST_SENT.page(slice.prepared().load(conn).await?, query.limit, |row: &ResponseRow| (row.sent_at, row.id.0));
    let ids: Vec<HearingId> = page.items.iter().map(|row| row.hearing_id).collect();
    let hearings = hearings::queries::references(conn, &ids, asker.now()).await?;
    let mine = |row: ResponseRow| {
        let hearing = hearings.get(&row.hearing_id).cloned().ok_or(diesel::NotFound)?;
        Ok(row.into_mine(hearing))
    };
    let items = page.items.into_iter().map(mine).collect::<QueryResult<_>>()?;
    Ok(Page { items, next: page.next })
}
