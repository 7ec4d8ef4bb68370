//! Writes of drafts. The audit log hears of their beginning, sending and discarding, never of what is in them.

use diesel::{ExpressionMethods, QueryDsl, SelectableHelper};
use diesel_async::{AsyncConnection, RunQueryDsl};
use openapi::{
    audit::{AuditAction, AuditObject},
    drafts::{Draft, DraftPatch},
    ids::{DraftId, HearingId},
};

use super::queries;
use crate::{
    audit::{self, Entry},
    db::{Connection, schema::draft},
    hearings::{
        self, AnswerHearings, ReadHearings,
        access::{self, Lock, View},
    },
    identity::Actor,
    responses::{
        Error, LIMIT_PER_RESPONDENT,
        queries::count_by,
        rows::{DraftRow, write_sections},
        rules,
    },
};

/// Begins an answer, or finds the one begun earlier; tells which.
///
/// # Errors
/// What the hearing refuses, and [`Error::LimitReached`].
pub(super) async fn create(
    conn: &mut Connection,
    actor: &Actor,
    view: View<'_>,
    hearing: HearingId,
) -> Result<(Draft, bool), Error> {
    conn.transaction(async |conn| {
        let loaded = access::load::<AnswerHearings>(conn, view, hearing, Lock::None).await?;
        let shown = loaded.row().respondent_shown;
        if let Some(begun) = queries::find_by_author(conn, actor, hearing).await? {
            return Ok((begun.into_wire(actor, shown), false));
        }
        hearings::rules::take_answer(loaded.row(), view.now)?;
        if count_by(conn, actor.account, hearing).await? >= LIMIT_PER_RESPONDENT {
            return Err(Error::LimitReached);
        }
        let row = DraftRow::empty(hearing, actor.account, view.now);
        // A second tab may be beginning at this moment: then this waits for it and finds its draft.
        let inserted =
            diesel::insert_into(draft::table).values(row.clone()).on_conflict_do_nothing().execute(conn).await?;
        if inserted == 0 {
            let begun = queries::find_by_author(conn, actor, hearing).await?.ok_or(Error::NotFound)?;
            return Ok((begun.into_wire(actor, shown), false));
        }
        let entry = Entry::new(AuditAction::DraftCreated, AuditObject::Draft).object_id(row.id).hearing(hearing);
        audit::record(conn, actor, entry, view.now).await?;
        Ok((row.into_wire(actor, shown), true))
    })
    .await
}

/// Saves a draft. Possible after the deadline too: nobody loses words for having been late.
///
/// # Errors
/// [`Error::Stale`], [`Error::Sent`], [`Error::Invalid`] for an answer to another hearing's section.
pub(super) async fn update(
    conn: &mut Connection,
    actor: &Actor,
    view: View<'_>,
    (hearing, id): (HearingId, DraftId),
    version: i64,
    patch: DraftPatch,
) -> Result<Draft, Error> {
    conn.transaction(async |conn| {
        let loaded = access::load::<ReadHearings>(conn, view, hearing, Lock::None).await?;
        let row = queries::own(conn, actor, hearing, id).await?.at_version(version)?;
        let sections = match patch.sections {
            Some(answers) => {
                let known = hearings::queries::section_titles(conn, hearing).await?;
                write_sections(&rules::in_order(answers, &known).map_err(Error::Invalid)?)?
            }
            None => row.sections,
        };
        let saved: DraftRow = diesel::update(draft::table.find(id))
            .set((
                draft::version.eq(draft::version + 1),
                draft::text.eq(patch.text.unwrap_or(row.text)),
                draft::sections.eq(sections),
                draft::on_behalf_of.eq(patch.on_behalf_of.unwrap_or(row.on_behalf_of)),
                draft::updated_at.eq(view.now),
            ))
            .returning(DraftRow::as_returning())
            .get_result(conn)
            .await?;
        Ok(saved.into_wire(actor, loaded.row().respondent_shown))
    })
    .await
}

/// Throws a draft away.
///
/// # Errors
/// [`Error::Stale`], [`Error::Sent`].
pub(super) async fn discard(
    conn: &mut Connection,
    actor: &Actor,
    view: View<'_>,
    (hearing, id): (HearingId, DraftId),
    version: i64,
) -> Result<(), Error> {
    conn.transaction(async |conn| {
        access::load::<ReadHearings>(conn, view, hearing, Lock::None).await?;
        queries::own(conn, actor, hearing, id).await?.at_version(version)?;
        diesel::delete(draft::table.find(id)).execute(conn).await?;
        let entry = Entry::new(AuditAction::DraftDiscarded, AuditObject::Draft).object_id(id).hearing(hearing);
        audit::record(conn, actor, entry, view.now).await?;
        Ok(())
    })
    .await
}
