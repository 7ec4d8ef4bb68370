//! Reads of drafts, by their author alone.

use diesel::{
    BoolExpressionMethods, ExpressionMethods, JoinOnDsl, OptionalExtension, QueryDsl, QueryResult, SelectableHelper,
};
use diesel_async::RunQueryDsl;
use openapi::{
    drafts::{Draft, MyDraft},
    ids::{DraftId, HearingId},
    page::{Page, PageQuery},
};

use crate::{
    db::{
        Connection,
        schema::{draft, hearing, response},
    },
    hearings::{
        self, HearingRow, ReadHearings,
        access::{self, Lock, View},
        visibility,
    },
    http::{ApiError, cursor},
    identity::Actor,
    responses::{Error, rows::DraftRow},
};

const BY_UPDATE: &str = "-updated";

/// One's own draft to a hearing.
///
/// # Errors
/// [`Error::Sent`] when it became an answer, [`Error::NotFound`] when it is nobody's or somebody else's.
pub(in crate::responses) async fn own(
    conn: &mut Connection,
    actor: &Actor,
    hearing: HearingId,
    id: DraftId,
) -> Result<DraftRow, Error> {
    let found = draft::table
        .find(id)
        .filter(draft::hearing_id.eq(hearing))
        .filter(draft::author_id.eq(actor.account))
        .select(DraftRow::as_select())
        .for_update()
        .first(conn)
        .await
        .optional()?;
    if let Some(draft) = found {
        return Ok(draft);
    }
    let sent = response::table
        .filter(response::draft_id.eq(id))
        .filter(response::hearing_id.eq(hearing))
        .filter(response::author_id.eq(actor.account));
    let sent: bool = diesel::select(diesel::dsl::exists(sent)).get_result(conn).await?;
    Err(if sent { Error::Sent } else { Error::NotFound })
}

impl DraftRow {
    /// Passes when the caller has read the current version.
    pub(in crate::responses) fn at_version(self, version: i64) -> Result<Self, Error> {
        if self.version == version { Ok(self) } else { Err(Error::Stale { current: self.version }) }
    }
}

/// One's own drafts to a hearing: one, or none.
pub(super) async fn of_hearing(
    conn: &mut Connection,
    actor: &Actor,
    view: View<'_>,
    id: HearingId,
) -> Result<Page<Draft>, Error> {
    let hearing = access::load::<ReadHearings>(conn, view, id, Lock::None).await?;
    let row = find_by_author(conn, actor, id).await?;
    let shown = hearing.row().respondent_shown;
    Ok(Page { items: row.into_iter().map(|row| row.into_wire(actor, shown)).collect(), next: None })
}

/// One's own draft to a hearing, when there is one.
pub(super) async fn find_by_author(
    conn: &mut Connection,
    actor: &Actor,
    hearing: HearingId,
) -> QueryResult<Option<DraftRow>> {
    draft::table
        .filter(draft::hearing_id.eq(hearing))
        .filter(draft::author_id.eq(actor.account))
        .select(DraftRow::as_select())
        .first(conn)
        .await
        .optional()
}

/// One's own draft.
pub(super) async fn draft(
    conn: &mut Connection,
    actor: &Actor,
    view: View<'_>,
    (hearing, id): (HearingId, DraftId),
) -> Result<Draft, Error> {
    let loaded = access::load::<ReadHearings>(conn, view, hearing, Lock::None).await?;
    let row = own(conn, actor, hearing, id).await?;
    Ok(row.into_wire(actor, loaded.row().respondent_shown))
}

/// One's own drafts, last saved first, to hearings one still sees.
pub(super) async fn mine(
    conn: &mut Connection,
    actor: &Actor,
    view: View<'_>,
    query: &PageQuery,
) -> Result<Page<MyDraft>, ApiError> {
    let after: Option<(chrono::DateTime<chrono::Utc>, DraftId)> = cursor::decode(query.cursor.as_deref(), BY_UPDATE)?;
    let visible = visibility::ids_visible_to(view.actor, view.visibility, view.now);
    let mut own = draft::table
        .inner_join(hearing::table.on(hearing::id.eq(draft::hearing_id)))
        .filter(draft::author_id.eq(actor.account))
        .filter(draft::hearing_id.eq_any(visible))
        .order((draft::updated_at.desc(), draft::id.desc()))
        .select((DraftRow::as_select(), HearingRow::as_select()))
        .into_boxed::<diesel::pg::Pg>();
    if let Some((time, id)) = after {
        own = own.filter(draft::updated_at.lt(time).or(draft::updated_at.eq(time).and(draft::id.lt(id))));
    }
    let rows: Vec<(DraftRow, HearingRow)> = own.limit(cursor::rows_to_fetch(query.limit)).load(conn).await?;
    let page = cursor::page(rows, query.limit, BY_UPDATE, |(row, _)| (row.updated_at, row.id));
    let mine = |(row, hearing): (DraftRow, HearingRow)| MyDraft {
        id: row.id,
        hearing: hearings::queries::reference(&hearing, view.now),
        updated_at: row.updated_at,
    };
    Ok(Page { items: page.items.into_iter().map(mine).collect(), next: page.next })
}
