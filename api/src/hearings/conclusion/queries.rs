//! Reads of conclusions that are being written.

use diesel::{OptionalExtension, QueryDsl, QueryResult, SelectableHelper};
use diesel_async::RunQueryDsl;
use openapi::{hearings::ConclusionDraft, ids::HearingId};

use super::rows::{DraftState, SavedRow, empty};
use crate::{
    db::{Connection, schema::conclusion_draft},
    hearings::{Error, HearingFor, WriteConclusions, access::Lock},
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
