//! Reads of the files of answers: by their author, by those who may read the answer, by staff.

use std::collections::{HashMap, HashSet};

use diesel::{BoolExpressionMethods, ExpressionMethods, OptionalExtension, QueryDsl, QueryResult, SelectableHelper};
use diesel_async::{AsyncConnection, RunQueryDsl};
use openapi::{
    attachments::Attachment,
    audit::{AuditAction, AuditObject},
    ids::{AccountId, DraftId, FileId, HearingId, ResponseId},
    text::slug,
};

use crate::{
    attachments::{self, File, Served, rules::name_in_archive},
    audit::{self, Entry},
    db::{
        Connection, Shared,
        schema::{draft_attachment, file, response, response_attachment},
    },
    hearings::{self, HearingFor, ProcessResponses, ReadHearings, access::Lock},
    identity::{LogIn, Require},
    responses::{
        Error, drafts,
        queries::{find, own},
        rows::ResponseRow,
    },
};

/// The files of an unsent answer, in the order in which they were added.
pub(in crate::responses) async fn of_draft(mut conn: Shared<'_>, draft: DraftId) -> QueryResult<Vec<File>> {
    draft_attachment::table
        .inner_join(file::table)
        .filter(draft_attachment::draft_id.eq(draft))
        .order(draft_attachment::position)
        .select(File::as_select())
        .load(&mut conn)
        .await
}

/// The files of answers, as they are now and as `served` gives them to their reader; answers without files are left out.
pub(in crate::responses) async fn of_answers(
    conn: &mut Connection,
    answers: &[ResponseRow],
    served: impl Fn(File) -> Served,
) -> QueryResult<HashMap<ResponseId, Vec<Attachment>>> {
    let ids: Vec<ResponseId> = answers.iter().map(|answer| answer.id).collect();
    let rows: Vec<(ResponseId, File)> = response_attachment::table
        .inner_join(file::table)
        .inner_join(response::table)
        .filter(response_attachment::version.eq(response::version))
        .filter(response_attachment::response_id.eq_any(ids))
        .order(response_attachment::position)
        .select((response_attachment::response_id, File::as_select()))
        .load(conn)
        .await?;
    Ok(grouped(rows, served))
}

/// The files of one answer, as it is now, for others than staff.
pub(in crate::responses) async fn of_answer(
    conn: &mut Connection,
    answer: &ResponseRow,
    reader: Option<AccountId>,
) -> QueryResult<Vec<Attachment>> {
    let served = |file: File| file.shown_to(reader);
    Ok(of_answers(conn, std::slice::from_ref(answer), served).await?.remove(&answer.id).unwrap_or_default())
}

/// The files of each version of an answer, for staff.
pub(in crate::responses) async fn of_versions(
    conn: &mut Connection,
    hearing: &HearingFor<ProcessResponses>,
    answer: ResponseId,
) -> QueryResult<HashMap<i64, Vec<Attachment>>> {
    let rows: Vec<(i64, File)> = response_attachment::table
        .inner_join(file::table)
        .filter(response_attachment::response_id.eq(answer))
        .order(response_attachment::position)
        .select((response_attachment::version, File::as_select()))
        .load(conn)
        .await?;
    Ok(grouped(rows, |file| file.original(hearing)))
}

fn grouped<K: Eq + std::hash::Hash>(
    rows: Vec<(K, File)>,
    served: impl Fn(File) -> Served,
) -> HashMap<K, Vec<Attachment>> {
    let mut grouped: HashMap<K, Vec<_>> = HashMap::new();
    for (key, file) in rows {
        grouped.entry(key).or_default().push(served(file).into_wire());
    }
    grouped
}

/// One file of an unsent answer.
pub(super) async fn on_draft(conn: &mut Connection, draft: DraftId, id: FileId) -> Result<File, Error> {
    let found = draft_attachment::table
        .find((draft, id))
        .inner_join(file::table)
        .select(File::as_select())
        .get_result(conn)
        .await;
    found.optional()?.ok_or(Error::NotFound)
}

/// A file of one's own unsent answer.
pub(super) async fn fetch_own(
    conn: &mut Connection,
    asker: &Require<LogIn>,
    (hearing, draft, id): (HearingId, DraftId, FileId),
) -> Result<Served, Error> {
    let hearing = asker.read(conn, hearing).await?;
    let draft = drafts::queries::own(conn, asker, &hearing, draft).await?;
    let file = on_draft(conn, draft.id, id).await?;
    Ok(attachments::rules::fetch(file, Some(asker.account))?)
}

/// A file of an answer that whoever asks may read as it is now: one of his own, or one that the hearing shows.
pub(super) async fn fetch_public(
    conn: &mut Connection,
    asker: &Require<ReadHearings>,
    (hearing, answer, id): (HearingId, ResponseId, FileId),
) -> Result<Served, Error> {
    let hearing = asker.read(conn, hearing).await?;
    let answer = readable(conn, asker, &hearing, answer).await?;
    let now = response_attachment::table
        .find((answer.id, answer.version, id))
        .inner_join(file::table)
        .select(File::as_select())
        .get_result(conn)
        .await;
    let file: File = now.optional()?.ok_or(Error::NotFound)?;
    Ok(attachments::rules::fetch(file, asker.actor().map(|actor| actor.account))?)
}

async fn readable(
    conn: &mut Connection,
    asker: &Require<ReadHearings>,
    hearing: &HearingFor<ReadHearings>,
    id: ResponseId,
) -> Result<ResponseRow, Error> {
    if hearings::rules::responses_are_shown(hearing.row(), asker.now()) {
        return find(conn, hearing, id).await;
    }
    // Nobody learns whether there is an answer that is not shown.
    let actor = asker.actor().ok_or(Error::NotShown)?;
    own(conn, actor, hearing, id).await.map_err(|error| match error {
        Error::NotFound => Error::NotShown,
        other => other,
    })
}

/// The original of a file of any version of any answer, for staff; the fetching leaves its entry in the audit log.
pub(super) async fn fetch_staff(
    conn: &mut Connection,
    asker: &Require<ProcessResponses>,
    (hearing, answer, id): (HearingId, ResponseId, FileId),
) -> Result<Served, Error> {
    conn.transaction(async |conn| {
        let hearing = asker.load(conn, hearing, Lock::None).await?;
        let answer = find(conn, &hearing, answer).await?;
        let in_some_version = response_attachment::table
            .inner_join(file::table)
            .filter(response_attachment::response_id.eq(answer.id).and(response_attachment::file_id.eq(id)))
            .select(File::as_select())
            .first(conn)
            .await;
        let file: File = in_some_version.optional()?.ok_or(Error::NotFound)?;
        let file = attachments::rules::fetch_original(file, asker.account, &hearing)?;
        let entry = Entry::new(AuditAction::AttachmentsRead, AuditObject::Attachment).object_id(id);
        audit::record(conn, asker, entry.hearing(hearing.id()), asker.now()).await?;
        Ok(file)
    })
    .await
}

/// What an archive of a hearing's files is called, and the files of all its answers as they are now, for staff; those
/// that the virus scanner has not passed apart. The fetching is one entry in the audit log.
pub(super) async fn archive(
    conn: &mut Connection,
    asker: &Require<ProcessResponses>,
    hearing: HearingId,
) -> Result<(String, attachments::Contents), Error> {
    conn.transaction(async |conn| {
        let hearing = asker.load(conn, hearing, Lock::None).await?;
        let files: Vec<(i32, File)> = response_attachment::table
            .inner_join(file::table)
            .inner_join(response::table)
            .filter(response::hearing_id.eq(hearing.id()))
            .filter(response_attachment::version.eq(response::version))
            .order((response::number, response_attachment::position))
            .select((response::number, File::as_select()))
            .load(conn)
            .await?;
        let mut taken = HashSet::new();
        let (available, others): (Vec<_>, Vec<_>) =
            files.into_iter().partition(|(_, file)| file.scan_state.is_available());
        let mut entry = |(number, file): (i32, File)| {
            let name = name_in_archive(number, &file.name, &mut taken);
            attachments::Entry { name, number, file: file.original(&hearing) }
        };
        let entries: Vec<_> = available.into_iter().map(&mut entry).collect();
        let not_passed = others.into_iter().map(&mut entry).collect();
        let read = Entry::new(AuditAction::AttachmentsRead, AuditObject::Attachment).hearing(hearing.id());
        audit::record(conn, asker, read.count(entries.len()), asker.now()).await?;
        let contents = attachments::Contents { entries, not_passed };
        Ok((format!("bilag-{}.zip", slug(&hearing.row().title)), contents))
    })
    .await
}
