//! Writes of the files of answers. The audit log hears that one was added or taken away, never what it is.

use chrono::{DateTime, Utc};
use diesel::{ExpressionMethods, QueryDsl, QueryResult, dsl::max, sql_types};
use diesel_async::{AsyncConnection, RunQueryDsl};
use openapi::{
    attachments::Attachment,
    audit::{AuditAction, AuditObject},
    ids::{DraftId, FileId, HearingId},
};

use super::queries;
use crate::{
    attachments::{self, File, Limits},
    audit::{self, Entry},
    db::{
        Connection,
        schema::{draft_attachment, response_attachment},
    },
    hearings::{self, AnswerHearings, HearingFor, access::Lock},
    http::{Idempotency, Once, Received, Repeatable},
    identity::{LogIn, Require},
    responses::{
        Error, drafts,
        rows::{DraftRow, ResponseRow},
    },
};

/// The operation that keys are remembered for.
const ADD: &str = "create_attachment";

/// Passes when one's own unsent answer takes one more file, before anything of it is read; also when the key was used
/// before, because what the same request added needs no room any more.
///
/// # Errors
/// [`Error::Sent`], [`Error::Attachment`] when there are too many, and what the hearing refuses, above all a passed
/// deadline.
pub(super) async fn check_room(
    conn: &mut Connection,
    asker: &Require<AnswerHearings>,
    (hearing, draft): (HearingId, DraftId),
    limits: Limits,
    key: &Idempotency,
) -> Result<(), Error> {
    let hearing = asker.load(conn, hearing, Lock::None).await?;
    let draft = drafts::queries::own(conn, asker, &hearing, draft).await?;
    if key.is_known(conn, asker.account, ADD).await? {
        return Ok(());
    }
    attachments::check_quota(conn, asker.account, limits, 1).await?;
    has_room(conn, &hearing, &draft, limits, hearing.now()).await
}

/// What makes a request to add a file this one and no other.
pub(super) fn request(
    asker: &Require<AnswerHearings>,
    ids: (HearingId, DraftId),
    key: Idempotency,
    file: &Received,
) -> Repeatable {
    key.of(asker.account, ADD, &(ids, &file.name, &file.content.sha256()))
}

/// What the same request added before, so that nothing of it is stored again; nothing when there is room for it. The
/// caller is asked again: the file may have taken minutes to arrive.
///
/// # Errors
/// As [`check_room`], and [`Error::Caller`] when the session has ended meanwhile.
pub(super) async fn added_before(
    conn: &mut Connection,
    asker: &Require<AnswerHearings>,
    (hearing, draft): (HearingId, DraftId),
    limits: Limits,
    repeatable: &Repeatable,
) -> Result<Option<Attachment>, Error> {
    let asker = &asker.again(conn).await?;
    let hearing = asker.load(conn, hearing, Lock::None).await?;
    let draft = drafts::queries::own(conn, asker, &hearing, draft).await?;
    if let Some(id) = repeatable.made_before(conn).await? {
        let file = queries::on_draft(conn, draft.id, FileId(id)).await?;
        return Ok(Some(file.shown_to(Some(asker.account)).into_wire()));
    }
    has_room(conn, &hearing, &draft, limits, hearing.now()).await?;
    Ok(None)
}

async fn has_room(
    conn: &mut Connection,
    hearing: &HearingFor<AnswerHearings>,
    draft: &DraftRow,
    limits: Limits,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    hearings::rules::take_answer(hearing.row(), now)?;
    let count: i64 =
        draft_attachment::table.filter(draft_attachment::draft_id.eq(draft.id)).count().get_result(conn).await?;
    let has_room = usize::try_from(count).is_ok_and(|count| count < limits.files);
    if has_room { Ok(()) } else { Err(attachments::Error::TooMany { limit: limits.files }.into()) }
}

/// Adds a file to one's own unsent answer.
///
/// # Errors
/// As [`check_room`].
pub(super) async fn add(
    conn: &mut Connection,
    asker: &Require<AnswerHearings>,
    (hearing, draft): (HearingId, DraftId),
    limits: Limits,
    file: File,
    repeatable: Repeatable,
) -> Result<Attachment, Error> {
    conn.transaction(async |conn| {
        let added = repeatable.once(conn, asker.clock().now(), async |conn| {
            let (asker, locked) = drafts::queries::lock(conn, asker, hearing, draft).await?;
            let asker = &asker;
            // Behind the draft's lock: the hearing may have closed while it was waited for.
            let hearing = asker.load(conn, hearing, Lock::None).await?;
            let draft = locked.draft(conn, asker, &hearing, draft).await?;
            let now = hearing.now();
            has_room(conn, &hearing, &draft, limits, now).await?;
            insert(conn, draft.id, file.id).await?;
            record(conn, asker, AuditAction::AttachmentAdded, &hearing, file.id, now).await?;
            Ok::<_, Error>((file.id.0, file.shown_to(Some(asker.account)).into_wire()))
        });
        match added.await? {
            Once::Now(attachment) => Ok(attachment),
            Once::Before(id) => {
                let asker = &asker.again(conn).await?;
                let hearing = asker.load(conn, hearing, Lock::None).await?;
                let draft = drafts::queries::own(conn, asker, &hearing, draft).await?;
                Ok(queries::on_draft(conn, draft.id, FileId(id)).await?.shown_to(Some(asker.account)).into_wire())
            }
        }
    })
    .await
}

// The draft's row is locked: no two files get the same place.
async fn insert(conn: &mut Connection, draft: DraftId, file: FileId) -> QueryResult<()> {
    let on_draft = draft_attachment::table.filter(draft_attachment::draft_id.eq(draft));
    let last: Option<i32> = on_draft.select(max(draft_attachment::position)).get_result(conn).await?;
    diesel::insert_into(draft_attachment::table)
        .values((
            draft_attachment::draft_id.eq(draft),
            draft_attachment::file_id.eq(file),
            draft_attachment::position.eq(last.map_or(0, |last| last.saturating_add(1))),
        ))
        .execute(conn)
        .await?;
    Ok(())
}

/// Takes a file from one's own unsent answer.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Sent`].
pub(super) async fn remove(
    conn: &mut Connection,
    asker: &Require<LogIn>,
    (hearing, draft, file): (HearingId, DraftId, FileId),
) -> Result<(), Error> {
    conn.transaction(async |conn| {
        let (asker, locked) = drafts::queries::lock(conn, asker, hearing, draft).await?;
        let hearing = asker.read(conn, hearing).await?;
        let draft = locked.draft(conn, &asker, &hearing, draft).await?;
        let removed = diesel::delete(draft_attachment::table.find((draft.id, file))).execute(conn).await?;
        if removed == 0 {
            return Err(Error::NotFound);
        }
        record(conn, &asker, AuditAction::AttachmentRemoved, &hearing, file, asker.now()).await?;
        Ok(())
    })
    .await
}

async fn record<P>(
    conn: &mut Connection,
    actor: &crate::identity::Actor,
    action: AuditAction,
    hearing: &HearingFor<P>,
    file: FileId,
    now: DateTime<Utc>,
) -> QueryResult<()> {
    let entry = Entry::new(action, AuditObject::Attachment).object_id(file).hearing(hearing.id());
    audit::record(conn, actor, entry, now).await
}

/// Sends files with an answer.
pub(in crate::responses) async fn send(conn: &mut Connection, answer: &ResponseRow, files: &[File]) -> QueryResult<()> {
    let rows: Vec<_> = (0..)
        .zip(files)
        .map(|(position, file): (i32, _)| {
            (
                response_attachment::response_id.eq(answer.id),
                response_attachment::version.eq(answer.version),
                response_attachment::file_id.eq(file.id),
                response_attachment::position.eq(position),
            )
        })
        .collect();
    diesel::insert_into(response_attachment::table).values(rows).execute(conn).await?;
    Ok(())
}

/// Gives an edit the files of the answer it is an edit of. The files are the same; what becomes of them in the edit
/// does not touch the answer.
pub(in crate::responses) async fn copy_to_edit(conn: &mut Connection, edit: &DraftRow) -> QueryResult<()> {
    let statement = "INSERT INTO draft_attachment (draft_id, file_id, position) \
        SELECT $1, file_id, position FROM response_attachment \
        JOIN response ON response.id = response_id AND response.version = response_attachment.version \
        WHERE response.id = $2";
    diesel::sql_query(statement)
        .bind::<sql_types::Uuid, _>(edit.id)
        .bind::<sql_types::Nullable<sql_types::Uuid>, _>(edit.response_id)
        .execute(conn)
        .await?;
    Ok(())
}
