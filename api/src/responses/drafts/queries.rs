//! Reads of drafts, by their author alone.

use chrono::{DateTime, Utc};
use diesel::{
    BoolExpressionMethods, ExpressionMethods, OptionalExtension, QueryDsl, QueryResult, SelectableHelper,
    dsl::{AsSelect, auto_type},
    pg::Pg,
    sql_types::Timestamptz,
};
use diesel_async::RunQueryDsl;
use openapi::{
    drafts::{Draft, MyDraft},
    ids::{AccountId, DraftId, HearingId, ResponseId},
    page::{Page, PageQuery},
};

use crate::{
    db::{
        Connection, Prepare,
        schema::{draft, response, response_version},
    },
    hearings::{self, HearingFor, visibility},
    http::cursor::Order,
    identity::{Actor, LogIn, Permission, Require},
    responses::{Error, attachments, rows::DraftRow},
};

const LAST_SAVED: Order = Order::descending("-updated", "draft.updated_at", "draft.id");

#[auto_type(no_type_alias)]
fn written_by(author: AccountId, hearing: HearingId, id: DraftId) -> _ {
    let row: AsSelect<DraftRow, Pg> = DraftRow::as_select();
    draft::table.find(id).filter(draft::hearing_id.eq(hearing)).filter(draft::author_id.eq(author)).select(row)
}

/// One's own draft to a hearing.
///
/// # Errors
/// [`Error::Sent`] when it became an answer, [`Error::NotFound`] when it is nobody's or somebody else's.
pub(in crate::responses) async fn own<P>(
    conn: &mut Connection,
    author: &Actor,
    hearing: &HearingFor<P>,
    id: DraftId,
) -> Result<DraftRow, Error> {
    let found = written_by(author.account, hearing.id(), id).get_result(conn).await.optional()?;
    found_or_why(conn, author, hearing, id, found).await
}

/// A draft that waits for its change: nobody else changes it until the transaction ends.
pub(in crate::responses) struct Locked(Option<DraftRow>);

/// Locks one's own draft, to change it, and asks the caller again behind the lock: it may have been waited for. The hearing
/// is loaded after that, by the caller as asked again.
///
/// # Errors
/// [`Error::Caller`] when the session has ended meanwhile.
pub(in crate::responses) async fn lock<P: Permission<Holder = Actor>>(
    conn: &mut Connection,
    asker: &Require<P>,
    hearing: HearingId,
    id: DraftId,
) -> Result<(Require<P>, Locked), Error> {
    let found = written_by(asker.account, hearing, id).for_update().get_result(conn).await.optional()?;
    Ok((asker.again(conn).await?, Locked(found)))
}

impl Locked {
    /// The draft.
    ///
    /// # Errors
    /// As [`own`].
    pub(in crate::responses) async fn draft<P>(
        self,
        conn: &mut Connection,
        author: &Actor,
        hearing: &HearingFor<P>,
        id: DraftId,
    ) -> Result<DraftRow, Error> {
        found_or_why(conn, author, hearing, id, self.0).await
    }
}

/// The draft, or why there is none.
async fn found_or_why<P>(
    conn: &mut Connection,
    author: &Actor,
    hearing: &HearingFor<P>,
    id: DraftId,
    found: Option<DraftRow>,
) -> Result<DraftRow, Error> {
    if let Some(draft) = found {
        return Ok(draft);
    }
    let earlier =
        response_version::table.filter(response_version::draft_id.eq(id)).select(response_version::response_id);
    let sent: Option<ResponseId> = response::table
        .filter(response::draft_id.eq(id).or(response::id.eq_any(earlier)))
        .filter(response::hearing_id.eq(hearing.id()))
        .filter(response::author_id.eq(author.account))
        .select(response::id)
        .first(conn)
        .await
        .optional()?;
    Err(if sent.is_some() { Error::Sent } else { Error::NotFound })
}

/// One's own drafts to a hearing: one, or none.
pub(super) async fn of_hearing(
    conn: &mut Connection,
    asker: &Require<LogIn>,
    hearing: HearingId,
) -> Result<Page<Draft>, Error> {
    let hearing = asker.read(conn, hearing).await?;
    let items = match find(conn, asker, &hearing).await? {
        Some(row) => vec![to_wire(conn, asker, &hearing, row).await?],
        None => Vec::new(),
    };
    Ok(Page { items, next: None })
}

/// A draft with its files, as its author sees it.
pub(super) async fn to_wire<P>(
    conn: &mut Connection,
    author: &Actor,
    hearing: &HearingFor<P>,
    row: DraftRow,
) -> QueryResult<Draft> {
    let files = attachments::queries::of_draft(conn, row.id).await?;
    Ok(row.into_wire(author, hearing.row().respondent_shown, files))
}

/// One's own draft to a hearing, when there is one.
pub(super) async fn find<P>(
    conn: &mut Connection,
    author: &Actor,
    hearing: &HearingFor<P>,
) -> QueryResult<Option<DraftRow>> {
    draft::table
        .filter(draft::hearing_id.eq(hearing.id()))
        .filter(draft::author_id.eq(author.account))
        .select(DraftRow::as_select())
        .get_result(conn)
        .await
        .optional()
}

/// One's own draft.
pub(super) async fn draft(
    conn: &mut Connection,
    asker: &Require<LogIn>,
    (hearing, id): (HearingId, DraftId),
) -> Result<Draft, Error> {
    let hearing = asker.read(conn, hearing).await?;
    let row = own(conn, asker, &hearing, id).await?;
    Ok(to_wire(conn, asker, &hearing, row).await?)
}

/// One's own drafts, last saved first, to hearings one still sees.
pub(super) async fn mine(
    conn: &mut Connection,
    asker: &Require<LogIn>,
    query: &PageQuery,
) -> Result<Page<MyDraft>, Error> {
    let own = draft::table
        .filter(draft::author_id.eq(asker.account))
        .filter(draft::hearing_id.eq_any(visibility::ids_visible_to(asker)))
        .select(DraftRow::as_select())
        .into_boxed();
    let slice = LAST_SAVED.slice::<Timestamptz, DateTime<Utc>, _>(own, query.cursor.as_deref(), query.limit)?;
    let page =
        LAST_SAVED.page(slice.prepared().load(conn).await?, query.limit, |row: &DraftRow| (row.updated_at, row.id.0));
    let ids: Vec<HearingId> = page.items.iter().map(|row| row.hearing_id).collect();
    let hearings = hearings::queries::references(conn, &ids, asker.now()).await?;
    let mine = |row: DraftRow| {
        let hearing = hearings.get(&row.hearing_id).cloned().ok_or(diesel::NotFound)?;
        Ok(row.into_mine(hearing))
    };
    let items = page.items.into_iter().map(mine).collect::<QueryResult<_>>()?;
    Ok(Page { items, next: page.next })
}
