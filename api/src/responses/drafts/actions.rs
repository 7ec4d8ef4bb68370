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
    hearings::{self, AnswerHearings, HearingFor, access::Lock},
    http::AtVersion,
    identity::{LogIn, Require},
    responses::{
        Error,
        actions::check_limit,
        attachments,
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
    asker: &Require<AnswerHearings>,
    hearing: HearingId,
) -> Result<(Draft, bool), Error> {
    conn.transaction(async |conn| {
        let asker = &asker.again(conn).await?;
        let hearing = asker.load(conn, hearing, Lock::None).await?;
        let now = hearing.now();
        if let Some(begun) = queries::find(conn, asker, &hearing).await? {
            return Ok((queries::to_wire(conn, asker, &hearing, begun).await?, false));
        }
        hearings::rules::take_answer(hearing.row(), now)?;
        check_limit(conn, asker, &hearing).await?;
        begin(conn, asker, &hearing, DraftRow::empty(hearing.id(), asker.account, now)).await
    })
    .await
}

/// Keeps a new draft, or finds the one begun earlier; tells which.
pub(in crate::responses) async fn begin(
    conn: &mut Connection,
    asker: &Require<AnswerHearings>,
    hearing: &HearingFor<AnswerHearings>,
    draft: DraftRow,
) -> Result<(Draft, bool), Error> {
    // A second tab may be beginning at this moment: then this waits for it and finds its draft.
    let inserted =
        diesel::insert_into(draft::table).values(draft.clone()).on_conflict_do_nothing().execute(conn).await?;
    if inserted == 0 {
        let begun = queries::find(conn, asker, hearing).await?.ok_or(Error::NotFound)?;
        return Ok((queries::to_wire(conn, asker, hearing, begun).await?, false));
    }
    if draft.response_id.is_some() {
        attachments::actions::copy_to_edit(conn, &draft).await?;
    }
    let entry = Entry::new(AuditAction::DraftCreated, AuditObject::Draft).object_id(draft.id).hearing(hearing.id());
    audit::record(conn, asker, entry, hearing.now()).await?;
    Ok((queries::to_wire(conn, asker, hearing, draft).await?, true))
}

/// Saves a draft. Possible after the deadline too: nobody loses words for having been late.
///
/// # Errors
/// [`Error::Stale`], [`Error::Sent`], [`Error::Invalid`] for an answer to another hearing's section.
pub(super) async fn update(
    conn: &mut Connection,
    asker: &Require<LogIn>,
    (hearing, id): (HearingId, DraftId),
    version: i64,
    patch: DraftPatch,
) -> Result<Draft, Error> {
    conn.transaction(async |conn| {
        let (asker, locked) = queries::lock(conn, asker, hearing, id).await?;
        let hearing = asker.read(conn, hearing).await?;
        let row = locked.draft(conn, &asker, &hearing, id).await?.at_version(version)?;
        let sections = match patch.sections {
            Some(answers) => {
                let known = hearings::queries::section_titles(conn, &hearing).await?;
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
                draft::updated_at.eq(asker.now()),
            ))
            .returning(DraftRow::as_returning())
            .get_result(conn)
            .await?;
        Ok(queries::to_wire(conn, &asker, &hearing, saved).await?)
    })
    .await
}

/// Throws a draft away.
///
/// # Errors
/// [`Error::Stale`], [`Error::Sent`].
pub(super) async fn discard(
    conn: &mut Connection,
    asker: &Require<LogIn>,
    (hearing, id): (HearingId, DraftId),
    version: i64,
) -> Result<(), Error> {
    conn.transaction(async |conn| {
        let (asker, locked) = queries::lock(conn, asker, hearing, id).await?;
        let hearing = asker.read(conn, hearing).await?;
        locked.draft(conn, &asker, &hearing, id).await?.at_version(version)?;
        diesel::delete(draft::table.find(id)).execute(conn).await?;
        let entry = Entry::new(AuditAction::DraftDiscarded, AuditObject::Draft).object_id(id).hearing(hearing.id());
        audit::record(conn, &asker, entry, asker.now()).await?;
        Ok(())
    })
    .await
}
