//! What happens when an answer is sent.

use chrono::{DateTime, Utc};
use diesel::{QueryDsl, QueryResult};
use diesel_async::{AsyncConnection, RunQueryDsl};
use openapi::{
    attachments::Attachment,
    audit::{AuditAction, AuditObject},
    drafts::{SendDraft, validate_for_sending},
    ids::{DraftId, HearingId, ResponseId},
    responses::Receipt,
};

use super::{
    Error, LIMIT_PER_RESPONDENT, attachments, drafts, queries,
    rows::{DraftRow, ResponseRow, write_sections},
    rules::{sender_as_shown, with_titles},
    versions,
};
use crate::{
    attachments::File,
    audit::{self, Entry},
    catalogue,
    db::{
        Connection,
        schema::{draft, response},
    },
    hearings::{self, AnswerHearings, HearingFor, access::Lock},
    http::{Once, Repeatable},
    identity::{Actor, Require},
    jobs::{self, Work},
};

/// Sends an answer: gives it the hearing's next number, in one transaction with its audit entry and the job that mails
/// the receipt. Sending is a queue at the hearing's row, which is what keeps the numbers without holes and doubles.
///
/// # Errors
/// [`Error::Sent`] when it was sent before, [`Error::Stale`], [`Error::Invalid`] when there is nothing in it,
/// [`Error::TermsChanged`], [`Error::LimitReached`], and whatever the hearing refuses, above all a passed deadline.
pub(super) async fn send(
    conn: &mut Connection,
    asker: &Require<AnswerHearings>,
    (hearing, id): (HearingId, DraftId),
    version: i64,
    request: SendDraft,
    repeatable: Repeatable,
) -> Result<Receipt, Error> {
    conn.transaction(async |conn| {
        let sent = repeatable.once(conn, asker.now(), async |conn| {
            let hearing = asker.load(conn, hearing, Lock::Update).await?;
            let now = hearing.now();
            let draft = drafts::queries::own(conn, asker, &hearing, id).await?.at_version(version)?;
            hearings::rules::take_answer(hearing.row(), now)?;
            validate_for_sending(&draft.text, &draft.section_answers()).map_err(Error::Invalid)?;
            check_terms(&request)?;
            let edits = draft.response_id;
            let files = attachments::queries::of_draft(conn, draft.id).await?;
            let row = match edits {
                Some(response) => {
                    versions::actions::replace(conn, asker, &hearing, response, draft, request, now).await?
                }
                None => {
                    check_limit(conn, asker, &hearing).await?;
                    number_and_store(conn, asker, &hearing, draft, request, now).await?
                }
            };
            attachments::actions::send(conn, &row, &files).await?;
            let action = if edits.is_some() { AuditAction::ResponseEdited } else { AuditAction::ResponseSent };
            let entry = Entry::new(action, AuditObject::Response).object_id(row.id).hearing(hearing.id());
            audit::record(conn, asker, entry, now).await?;
            jobs::enqueue(conn, &Work::MailReceipt { response: row.id, version: row.version }, now).await?;
            Ok::<_, Error>((row.id.0, row.into_receipt(asker, hearing.row(), wire(files), now)))
        });
        match sent.await? {
            Once::Now(receipt) => Ok(receipt),
            Once::Before(response) => queries::receipt(conn, asker, hearing, ResponseId(response)).await,
        }
    })
    .await
}

fn wire(files: Vec<File>) -> Vec<Attachment> {
    files.into_iter().map(File::into_wire).collect()
}

fn check_terms(request: &SendDraft) -> Result<(), Error> {
    let current = catalogue::response_terms_version();
    if request.terms_version == current { Ok(()) } else { Err(Error::TermsChanged { current: current.to_owned() }) }
}

/// Passes while the person may give the hearing one more answer.
pub(super) async fn check_limit(
    conn: &mut Connection,
    actor: &Actor,
    hearing: &HearingFor<AnswerHearings>,
) -> Result<(), Error> {
    let sent = queries::count_by(conn, actor, hearing).await?;
    if sent < LIMIT_PER_RESPONDENT { Ok(()) } else { Err(Error::LimitReached) }
}

async fn number_and_store(
    conn: &mut Connection,
    actor: &Actor,
    hearing: &HearingFor<AnswerHearings>,
    draft: DraftRow,
    request: SendDraft,
    now: DateTime<Utc>,
) -> QueryResult<ResponseRow> {
    let number = hearings::count_answer(conn, hearing).await?;
    let row = answer(conn, actor, hearing, draft, request, now).await?;
    let row = ResponseRow { number, ..row };
    diesel::insert_into(response::table).values(row.clone()).execute(conn).await?;
    Ok(row)
}

/// The answer a draft is when it is sent; the draft goes.
pub(super) async fn answer(
    conn: &mut Connection,
    actor: &Actor,
    hearing: &HearingFor<AnswerHearings>,
    draft: DraftRow,
    request: SendDraft,
    now: DateTime<Utc>,
) -> QueryResult<ResponseRow> {
    let titles = hearings::queries::section_titles(conn, hearing).await?;
    let sections = write_sections(&with_titles(draft.section_answers(), &titles))?;
    diesel::delete(draft::table.find(draft.id)).execute(conn).await?;
    Ok(ResponseRow {
        id: ResponseId::new(now),
        version: 1,
        hearing_id: hearing.id(),
        draft_id: draft.id,
        number: 0,
        author_id: actor.account,
        capacity: actor.capacity,
        sender: sender_as_shown(hearing.row().respondent_shown, &actor.name, actor.department.as_deref()),
        on_behalf_of: draft.on_behalf_of,
        text: draft.text,
        sections,
        terms_version: request.terms_version,
        sent_at: now,
        edited_at: None,
        withdrawn_at: None,
    })
}
