//! Writes of the files of answers. The audit log hears that one was added or taken away, never what it is.

use chrono::{DateTime, Utc};
use diesel::{ExpressionMethods, QueryDsl, QueryResult, dsl::max, sql_types};
use diesel_async::{AsyncConnection, RunQueryDsl};
use openapi::{
    attachments::Attachment,
    audit::{AuditAction, AuditObject},
    ids::{DraftId, FileId, HearingId},
};
use uuid::Uuid;

use super::queries;
use crate::{
    attachments::{self, Destination, File, Uploaded},
    audit::{self, Entry},
    config::FileLimits,
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

/// A file that is about to be added to the caller's own unsent response.
pub(super) struct NewAttachment {
    pub(super) asker: Require<AnswerHearings>,
    pub(super) ids: (HearingId, DraftId),
    pub(super) key: Idempotency,
}

impl NewAttachment {
    /// What makes a request to add it this one and no other.
    fn request(&self, name: &str, sha256: &[u8]) -> Repeatable {
        self.key.clone().of(self.asker.account, ADD, &(self.ids, name, sha256))
    }
}

impl Destination for NewAttachment {
    type Added = Attachment;
    type Error = Error;

    async fn check(&self, conn: &mut Connection, limits: FileLimits) -> Result<(), Error> {
        let (asker, (hearing, draft)) = (&self.asker, self.ids);
        let hearing = asker.load(conn, hearing, Lock::None).await?;
        let draft = drafts::queries::own(conn, asker, &hearing, draft).await?;
        if self.key.is_known(conn, asker.account, ADD).await? {
            return Ok(());
        }
        attachments::check_quota(conn, asker.account, limits, 1).await?;
        has_room(conn, &hearing, &draft, limits, hearing.now()).await
    }

    async fn added_before(
        &self,
        conn: &mut Connection,
        limits: FileLimits,
        file: &Received,
    ) -> Result<Option<Attachment>, Error> {
        let (asker, (hearing, draft)) = (&self.asker.again(conn).await?, self.ids);
        let hearing = asker.load(conn, hearing, Lock::None).await?;
        let draft = drafts::queries::own(conn, asker, &hearing, draft).await?;
        if let Some(id) = self.request(&file.name, &file.content.sha256()).made_before(conn).await? {
            return Ok(Some(added(conn, asker, &draft, id).await?));
        }
        has_room(conn, &hearing, &draft, limits, hearing.now()).await?;
        Ok(None)
    }

    async fn attach(
        self,
        conn: &mut Connection,
        limits: FileLimits,
        Uploaded { file, .. }: Uploaded,
    ) -> Result<Attachment, Error> {
        let (hearing, draft) = self.ids;
        conn.transaction(async |conn| {
            let (asker, locked) = drafts::queries::lock(conn, &self.asker, hearing, draft).await?;
            let asker = &asker;
            // Behind the draft's lock: the hearing may have closed while it was waited for.
            let hearing = asker.load(conn, hearing, Lock::None).await?;
            let draft = locked.draft(conn, asker, &hearing, draft).await?;
            let now = hearing.now();
            let once = self.request(&file.name, &file.sha256).once(conn, now, async |conn| {
                has_room(conn, &hearing, &draft, limits, now).await?;
                insert(conn, draft.id, file.id).await?;
                record(conn, asker, AuditAction::AttachmentAdded, &hearing, file.id, now).await?;
                Ok::<_, Error>((file.id.0, file.clone().shown_to(Some(asker.account)).into_wire()))
            });
            match once.await? {
                Once::Now(attachment) => Ok(attachment),
                Once::Before(id) => added(conn, asker, &draft, id).await,
            }
        })
        .await
    }
}

/// A file that a request has added.
async fn added(
    conn: &mut Connection,
    asker: &Require<AnswerHearings>,
    draft: &DraftRow,
    id: Uuid,
) -> Result<Attachment, Error> {
    let file = queries::on_draft(conn, draft.id, FileId(id)).await?;
    Ok(file.shown_to(Some(asker.account)).into_wire())
}

async fn has_room(
    conn: &mut Connection,
    hearing: &HearingFor<AnswerHearings>,
    draft: &DraftRow,
    limits: FileLimits,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    hearings::rules::take_answer(hearing.row(), now)?;
    let count: i64 =
        draft_attachment::table.filter(draft_attachment::draft_id.eq(draft.id)).count().get_result(conn).await?;
    let has_room = usize::try_from(count).is_ok_and(|count| count < limits.files);
    if has_room { Ok(()) } else { Err(attachments::Error::TooMany { limit: limits.files }.into()) }
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
