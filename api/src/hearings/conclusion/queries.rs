//! Reads of conclusions that are being written.

use diesel::{ExpressionMethods, OptionalExtension, QueryDsl, QueryResult, SelectableHelper};
use diesel_async::RunQueryDsl;
use openapi::{
    hearings::{ConclusionDraft, ConclusionVersion},
    ids::{AccountId, HearingId},
    page::{Page, PageQuery},
};

use super::rows::{DraftState, SavedRow, VersionRow, empty};
use crate::{
    db::{
        Connection,
        schema::{conclusion_draft, conclusion_version},
    },
    hearings::{Error, HearingFor, WriteConclusions, access::Lock},
    http::cursor,
    identity::{self, Require},
};

/// The conclusion as far as it is written.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Forbidden`].
pub(super) async fn draft(
    conn: &mut Connection,
    asker: &Require<WriteConclusions>,
    id: HearingId,
) -> Result<ConclusionDraft, Error> {
    let hearing = asker.load(conn, id, Lock::None).await?;
    let state = state(conn, &hearing).await?;
    Ok(to_wire(conn, state).await?)
}

/// What was saved last, or nothing.
pub(super) async fn state<P>(conn: &mut Connection, hearing: &HearingFor<P>) -> QueryResult<DraftState> {
    let saved =
        conclusion_draft::table.find(hearing.id()).select(SavedRow::as_select()).get_result(conn).await.optional()?;
    Ok(DraftState(saved))
}

/// The draft with the name of who saved it.
pub(super) async fn to_wire(conn: &mut Connection, state: DraftState) -> QueryResult<ConclusionDraft> {
    let Some(saved) = state.0 else { return Ok(empty()) };
    let by = saved.updated_by;
    let name = identity::queries::employees(conn, &[by]).await?.remove(&by).map(|employee| employee.name);
    Ok(saved.into_wire(name))
}

const NEWEST: &str = "-version";

/// What the draft said before, newest first.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Forbidden`], a cursor that is none.
pub(super) async fn versions(
    conn: &mut Connection,
    asker: &Require<WriteConclusions>,
    id: HearingId,
    query: &PageQuery,
) -> Result<Page<ConclusionVersion>, Error> {
    let hearing = asker.load(conn, id, Lock::None).await?;
    let before: Option<i64> = cursor::decode(query.cursor.as_deref(), NEWEST)?;
    let rows = conclusion_version::table
        .filter(conclusion_version::hearing_id.eq(hearing.id()))
        .filter(conclusion_version::version.lt(before.unwrap_or(i64::MAX)))
        .order(conclusion_version::version.desc())
        .limit(cursor::rows_to_fetch(query.limit))
        .select(VersionRow::as_select())
        .load(conn)
        .await?;
    let page = cursor::page(rows, query.limit, NEWEST, |row: &VersionRow| row.version);
    let writers: Vec<AccountId> = page.items.iter().map(|row| row.saved_by).collect();
    let people = identity::queries::employees(conn, &writers).await?;
    let version = |row: VersionRow| {
        let name = people.get(&row.saved_by).map(|employee| employee.name.clone());
        row.into_wire(name)
    };
    Ok(Page { items: page.items.into_iter().map(version).collect(), next: page.next })
}
