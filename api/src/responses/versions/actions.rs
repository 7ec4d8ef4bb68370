//! Writes of answers that were sent.

use chrono::{DateTime, Utc};
use diesel::{ExpressionMethods, QueryDsl, QueryResult};
use diesel_async::{AsyncConnection, RunQueryDsl};
use openapi::{
    audit::{AuditAction, AuditObject},
    drafts::Draft,
    ids::{DraftId, HearingId, ResponseId},
    responses::Receipt,
};
use serde_json::Value;

use crate::{
    audit::{self, Entry},
    db::{
        Connection,
        schema::{draft, response, response_version},
    },
    hearings::{self, AnswerHearings, HearingFor, access::Lock},
    http::AtVersion,
    identity::{Actor, Require},
    responses::{Error, drafts, queries::own, rows::ResponseRow, rules},
};

/// Begins an edit of one's own answer, or finds the one begun earlier; tells which. What is public stays as it is until
/// the draft is sent.
///
/// # Errors
/// [`Error::Stale`], [`Error::Withdrawn`], and what the hearing refuses, above all a passed deadline.
pub(super) async fn edit(
    conn: &mut Connection,
    asker: &Require<AnswerHearings>,
    (hearing, id): (HearingId, ResponseId),
    version: i64,
) -> Result<(Draft, bool), Error> {
    conn.transaction(async |conn| {
        // Locked, so that it is not withdrawn meanwhile.
        let hearing = asker.load(conn, hearing, Lock::Update).await?;
        let sent = own(conn, asker, &hearing, id).await?.at_version(version)?;
        rules::change(&sent, hearing.row(), hearing.now())?;
        drafts::actions::begin(conn, asker, &hearing, sent.to_draft(hearing.now())?).await
    })
    .await
}

/// Makes an answer say something else. Its number stays.
///
/// # Errors
/// [`Error::Withdrawn`], and what the hearing refuses.
pub(in crate::responses) async fn replace(
    conn: &mut Connection,
    author: &Actor,
    hearing: &HearingFor<AnswerHearings>,
    id: ResponseId,
    said: ResponseRow,
) -> Result<ResponseRow, Error> {
    let now = hearing.now();
    let sent = own(conn, author, hearing, id).await?;
    rules::change(&sent, hearing.row(), now)?;
    keep(conn, &sent, now).await?;
    let (id, version, number, sent_at) = (sent.id, sent.version + 1, sent.number, sent.sent_at);
    let edited = ResponseRow { id, version, number, sent_at, edited_at: Some(now), ..said };
    diesel::update(response::table.find(id)).set(&edited).execute(conn).await?;
    Ok(edited)
}

/// Withdraws one's own answer. Its number stays; what it said is kept for staff alone.
///
/// # Errors
/// [`Error::Stale`], [`Error::Withdrawn`], and what the hearing refuses, above all a passed deadline.
pub(super) async fn withdraw(
    conn: &mut Connection,
    asker: &Require<AnswerHearings>,
    (hearing, id): (HearingId, ResponseId),
    version: i64,
) -> Result<Receipt, Error> {
    conn.transaction(async |conn| {
        let hearing = asker.load(conn, hearing, Lock::Update).await?;
        let now = hearing.now();
        let sent = own(conn, asker, &hearing, id).await?;
        // Asked again because the first answer was lost on its way.
        if sent.withdrawn_at.is_some() && sent.version == version + 1 {
            return Ok(sent.into_receipt(asker, hearing.row(), Vec::new(), now));
        }
        let sent = sent.at_version(version)?;
        rules::change(&sent, hearing.row(), now)?;
        keep(conn, &sent, now).await?;
        let gone = ResponseRow {
            version: sent.version + 1,
            sender: None,
            on_behalf_of: String::new(),
            text: String::new(),
            sections: Value::Array(Vec::new()),
            withdrawn_at: Some(now),
            ..sent
        };
        diesel::update(response::table.find(id)).set(&gone).execute(conn).await?;
        // An edit that was begun has nothing to replace any more.
        let edits: Vec<DraftId> = diesel::delete(draft::table.filter(draft::response_id.eq(id)))
            .returning(draft::id)
            .get_results(conn)
            .await?;
        for edit in edits {
            let entry = Entry::new(AuditAction::DraftDiscarded, AuditObject::Draft).object_id(edit);
            audit::record(conn, asker, entry.hearing(hearing.id()), now).await?;
        }
        hearings::count_withdrawal(conn, &hearing).await?;
        let entry = Entry::new(AuditAction::ResponseWithdrawn, AuditObject::Response);
        audit::record(conn, asker, entry.object_id(id).hearing(hearing.id()), now).await?;
        Ok(gone.into_receipt(asker, hearing.row(), Vec::new(), now))
    })
    .await
}

async fn keep(conn: &mut Connection, sent: &ResponseRow, now: DateTime<Utc>) -> QueryResult<()> {
    diesel::insert_into(response_version::table).values(sent.to_version(now)).execute(conn).await?;
    Ok(())
}
