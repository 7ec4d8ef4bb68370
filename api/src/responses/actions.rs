//! What happens when an answer is sent.

use diesel::QueryDsl;
use diesel_async::{AsyncConnection, RunQueryDsl};
use openapi::{
    attachments::Attachment,
    audit::{AuditAction, AuditObject},
    drafts::{SendDraft, validate_for_sending},
    ids::{AccountId, DraftId, HearingId, ResponseId},
    responses::Receipt,
};
use tokio::try_join;

use super::{
    Error, attachments, drafts,
    jobs::MailReceipt,
    queries,
    rows::{ResponseRow, write_sections},
    rules::with_titles,
    versions,
};
use crate::{
    attachments::File,
    audit::{self, Entry},
    catalogue,
    db::{
        Connection,
        schema::{draft, response},
        violated_constraint,
    },
    hearings::{self, AnswerHearings, HearingFor, access::Lock},
    http::{AtVersion, Once, Repeatable},
    identity::{Actor, Require},
    jobs,
};

/// Sends an answer: gives a new one the hearing's next number, or an edited one its new words, in one transaction with
/// its audit entry and the job that mails the receipt. Sending is a queue at the hearing's row, which is what keeps the numbers without holes and doubles.
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
        let sent = repeatable.once(conn, asker.clock().now(), async |conn| {
            let hearing = asker.load(conn, hearing, Lock::Update).await?;
            let (asker, locked) = drafts::queries::lock(conn, asker, hearing.id(), id).await?;
            // Behind both locks: the draft's may have been waited for too.
            let (asker, hearing, now) = (&asker, hearing.at(asker.now()), asker.now());
            let draft = locked.draft(conn, asker, &hearing, id).await?.at_version(version)?;
            hearings::rules::take_answer(hearing.row(), now)?;
            validate_for_sending(&draft.text, &draft.section_answers()).map_err(Error::Invalid)?;
            check_terms(&request)?;
            let (draft_id, edits) = (draft.id, draft.response_id);
            let (files, titles) = try_join!(
                attachments::queries::of_draft(conn, draft_id),
                hearings::queries::section_titles(conn, &hearing),
            )?;
            let sections = write_sections(&with_titles(draft.section_answers(), &titles))?;
            let said = ResponseRow::sent(draft, sections, asker, hearing.row(), request.terms_version, now);
            let row = match edits {
                Some(response) => versions::actions::replace(conn, asker, &hearing, response, said).await?,
                None => {
                    check_limit(conn, asker, &hearing).await?;
                    number(conn, &hearing, said).await?
                }
            };
            diesel::delete(draft::table.find(draft_id)).execute(conn).await?;
            attachments::actions::send(conn, &row, &files).await?;
            let action = if edits.is_some() { AuditAction::ResponseEdited } else { AuditAction::ResponseSent };
            let entry = Entry::new(action, AuditObject::Response).object_id(row.id).hearing(hearing.id());
            audit::record(conn, asker, entry, now).await?;
            jobs::enqueue(conn, &MailReceipt { response: row.id, version: row.version }, now).await?;
            Ok::<_, Error>((row.id.0, row.into_receipt(asker, hearing.row(), wire(files, asker.account), now)))
        });
        match sent.await? {
            Once::Now(receipt) => Ok(receipt),
            Once::Before(response) => {
                let asker = &asker.again(conn).await?;
                queries::receipt(conn, asker, hearing, ResponseId(response)).await
            }
        }
    })
    .await
}

fn wire(files: Vec<File>, reader: AccountId) -> Vec<Attachment> {
    files.into_iter().map(|file| file.shown_to(Some(reader)).into_wire()).collect()
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
    let given = queries::given(conn, actor, hearing).await?;
    if given.beside_the_next() < hearings::rules::LIMIT_PER_RESPONDENT { Ok(()) } else { Err(Error::LimitReached) }
}

/// Keeps an answer under the hearing's next number.
async fn number(
    conn: &mut Connection,
    hearing: &HearingFor<AnswerHearings>,
    said: ResponseRow,
) -> Result<ResponseRow, Error> {
    let row = ResponseRow { number: hearings::count_answer(conn, hearing).await?, ..said };
    diesel::insert_into(response::table).values(row.clone()).execute(conn).await.map_err(response_error)?;
    Ok(row)
}

fn response_error(error: diesel::result::Error) -> Error {
    match violated_constraint(&error) {
        Some("response_one_standing") => Error::LimitReached,
        _ => error.into(),
    }
}
