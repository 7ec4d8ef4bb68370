//! Writes of conclusions before they are given. The audit log hears that one was begun, never what is in it.

use chrono::{DateTime, Utc};
use diesel::{ExpressionMethods, QueryDsl, QueryResult, SelectableHelper};
use diesel_async::{AsyncConnection, RunQueryDsl};
use openapi::{
    audit::AuditAction,
    hearings::{ConclusionDraft, ConclusionText},
    ids::HearingId,
};

use super::{
    queries,
    rows::{DraftState, SavedRow, VersionRow},
    rules as kept,
};
use crate::{
    audit::{self, Entry},
    db::{
        Connection,
        schema::{conclusion_draft, conclusion_version},
    },
    hearings::{EditHearings, Error, HearingFor, WriteConclusions, access::Lock, rules},
    http::AtVersion,
    identity::Require,
};

/// Saves the whole text. Who saves the same text again makes no new version.
///
/// # Errors
/// [`Error::Stale`] when a colleague was faster, [`Error::WrongStatus`].
pub(super) async fn replace(
    conn: &mut Connection,
    asker: &Require<WriteConclusions>,
    id: HearingId,
    version: i64,
    text: ConclusionText,
) -> Result<ConclusionDraft, Error> {
    conn.transaction(async |conn| {
        // The hearing's lock is the draft's: of two who save first, the second waits, and is told.
        let hearing = asker.load(conn, id, Lock::Update).await?;
        let now = hearing.now();
        rules::write_conclusion(hearing.row(), now)?;
        let before = queries::state(conn, &hearing).await?.at_version(version)?;
        if before.0.as_ref().is_some_and(|saved| saved.text == text.text) {
            return Ok(queries::to_wire(conn, before).await?);
        }
        let mut sitting_since = before.0.as_ref().map_or(now, |saved| saved.sitting_since);
        if let Some(saved) = before.0.as_ref().filter(|saved| kept::is_kept(saved, asker.account, &text.text, now)) {
            keep(conn, saved, now).await?;
            sitting_since = now;
        }
        let row = SavedRow {
            hearing_id: id,
            version: before.version() + 1,
            text: text.text,
            updated_by: asker.account,
            updated_at: now,
            sitting_since,
        };
        let saved: SavedRow = diesel::insert_into(conclusion_draft::table)
            .values(row.clone())
            .on_conflict(conclusion_draft::hearing_id)
            .do_update()
            .set((
                conclusion_draft::version.eq(row.version),
                conclusion_draft::text.eq(row.text),
                conclusion_draft::updated_by.eq(row.updated_by),
                conclusion_draft::updated_at.eq(row.updated_at),
                conclusion_draft::sitting_since.eq(row.sitting_since),
            ))
            .returning(SavedRow::as_returning())
            .get_result(conn)
            .await?;
        if before.is_unbegun() {
            audit::record(conn, asker, Entry::on_hearing(AuditAction::ConclusionBegun, id), now).await?;
        }
        Ok(queries::to_wire(conn, DraftState(Some(saved))).await?)
    })
    .await
}

/// Takes the draft away for the conclusion that is being given, which was made from the version `read`; without one,
/// from the empty draft. The hearing is locked. A draft that says something else than the conclusion stays as a version.
///
/// # Errors
/// [`Error::Stale`] when a colleague has written since.
pub(in crate::hearings) async fn take(
    conn: &mut Connection,
    hearing: &HearingFor<EditHearings>,
    read: Option<i64>,
    conclusion: &str,
) -> Result<(), Error> {
    let draft = queries::state(conn, hearing).await?.at_version(read.unwrap_or(super::rows::EMPTY))?;
    if let Some(saved) = draft.0.filter(|saved| saved.text != conclusion && !saved.text.trim().is_empty()) {
        keep(conn, &saved, hearing.now()).await?;
    }
    diesel::delete(conclusion_draft::table.find(hearing.id())).execute(conn).await?;
    Ok(())
}

/// Keeps what was saved as a version that can be read again.
async fn keep(conn: &mut Connection, saved: &SavedRow, now: DateTime<Utc>) -> QueryResult<()> {
    let version = VersionRow {
        hearing_id: saved.hearing_id,
        version: saved.version,
        text: saved.text.clone(),
        saved_by: saved.updated_by,
        saved_at: saved.updated_at,
        replaced_at: now,
    };
    diesel::insert_into(conclusion_version::table).values(version).execute(conn).await?;
    Ok(())
}
