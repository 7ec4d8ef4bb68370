//! Writes the documents and pictures of hearings and the files of answers, and stores their contents.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::{ExpressionMethods, QueryDsl};
use diesel_async::RunQueryDsl;
use openapi::{
    attachments::{FileType, ScanState, ShownState},
    audit::{AuditAction, AuditObject},
    ids::{AccountId, DocumentId, DraftId, FileId, HearingId, ResponseId},
};

use super::{Error, answers::Answers, dice::Dice, hearings::Written, history::record, paper};
use crate::{
    attachments::{self, File, Made},
    audit::{Change, Entry},
    db::{
        Connection,
        schema::{draft_attachment, file, hearing, hearing_document, hearing_image_size, response_attachment},
    },
    ports::files::{FileStore, Incoming, Spool},
};

/// What a document of the demonstration says beside its title.
const NOTE: &str = "Dokumentet hører til en opdigtet høring i Eksempel Kommune. Det viser, hvordan bilag ser ud i Agora, \
                    og siger ikke andet, end hvad der står på høringens side.";

/// What respondents add.
const ATTACHED: [(&str, &str); 4] = [
    ("Bilag til høringssvar.pdf", "Her er de tal, vi henviser til i svaret. De er samlet i afdelingen i oktober."),
    ("Referat fra personalemøde.txt", "Vi talte om forslaget på personalemødet. De fleste var enige i hovedlinjerne."),
    ("Eksempler fra hverdagen.txt", "Tre eksempler på, hvordan forslaget vil virke hos os på en almindelig dag."),
    ("Forslag til ændringer.pdf", "Vores forslag til ny ordlyd er skrevet ind, afsnit for afsnit."),
];

/// Who uploads something, to what, and when.
struct Upload<'a> {
    by: AccountId,
    hearing: HearingId,
    name: &'a str,
    at: DateTime<Utc>,
}

/// Writes all files.
pub(super) async fn write(
    conn: &mut Connection,
    store: &dyn FileStore,
    hearings: &[Written<'_>],
    answers: &Answers,
) -> Result<(), Error> {
    for hearing in hearings {
        write_documents(conn, store, hearing).await?;
        write_picture(conn, store, hearing).await?;
    }
    let mut dice = Dice::new("bilag");
    for sent in &answers.sent {
        if !dice.chance(14) {
            continue;
        }
        let at = sent.sent_at - TimeDelta::minutes(6);
        let upload = Upload { by: sent.author_id, hearing: sent.hearing_id, name: "", at };
        for (position, file) in (0..).zip(attach(conn, store, &upload, &mut dice).await?) {
            send(conn, sent.id, file, position).await?;
        }
    }
    for draft in &answers.begun {
        let upload = Upload { by: draft.author_id, hearing: draft.hearing_id, name: "", at: draft.created_at };
        for (position, file) in (0..).zip(attach(conn, store, &upload, &mut dice).await?) {
            keep(conn, draft.id, file, position).await?;
        }
    }
    Ok(())
}

async fn write_documents(conn: &mut Connection, store: &dyn FileStore, written: &Written<'_>) -> Result<(), Error> {
    let Written { case, id, times, .. } = written;
    let owner = case.owner.id;
    let at = times.created_at + TimeDelta::minutes(25);
    for (position, (title, name)) in (0..).zip(case.documents) {
        let mut paragraphs = vec![format!("Høring: {}", case.text.title), NOTE.to_owned()];
        paragraphs.extend(written.sections.iter().map(|(_, title)| format!("– {title}")));
        let upload = Upload { by: owner, hearing: *id, name, at };
        let file = upload_file(conn, store, &upload, content(name, title, &paragraphs)).await?;
        let document = DocumentId::new(at);
        diesel::insert_into(hearing_document::table)
            .values((
                hearing_document::id.eq(document),
                hearing_document::hearing_id.eq(id),
                hearing_document::file_id.eq(file),
                hearing_document::position.eq(position),
                hearing_document::title.eq(*title),
            ))
            .execute(conn)
            .await?;
        let change = Change::decision("title", None::<&str>, Some(title));
        let entry = Entry::new(AuditAction::DocumentAdded, AuditObject::Document).object_id(document).hearing(*id);
        record(conn, owner, entry.changes(vec![change]), at).await?;
    }
    Ok(())
}

async fn write_picture(conn: &mut Connection, store: &dyn FileStore, written: &Written<'_>) -> Result<(), Error> {
    let Written { case, id, times, .. } = written;
    let owner = case.owner.id;
    let Some((name, content, words)) = case.picture else { return Ok(()) };
    let at = times.created_at + TimeDelta::minutes(31);
    let upload = Upload { by: owner, hearing: *id, name, at };
    let file = upload_file(conn, store, &upload, content.to_vec()).await?;
    write_sizes(conn, store, &upload, file, content).await?;
    diesel::update(hearing::table.find(id))
        .set((hearing::image_id.eq(file), hearing::image_alternative_text.eq(words)))
        .execute(conn)
        .await?;
    let change = Change::decision("image", None::<&str>, Some(name));
    let entry = Entry::new(AuditAction::DocumentAdded, AuditObject::Document).hearing(*id);
    record(conn, owner, entry.changes(vec![change]), at).await
}

/// Makes the sizes in which an image is shown, as an upload does.
async fn write_sizes(
    conn: &mut Connection,
    store: &dyn FileStore,
    upload: &Upload<'_>,
    image: FileId,
    content: &[u8],
) -> Result<(), Error> {
    let mut spool = Spool::begin(store.incoming()).await?;
    spool.write(content).await?;
    let kind = FileType::of_name(upload.name).unwrap_or(FileType::Png);
    for Made { width, height, content } in
        attachments::sized_here(spool.finish().await?, kind, store.incoming()).await?
    {
        let file = store_file(conn, store, upload, (content, None)).await?;
        diesel::insert_into(hearing_image_size::table)
            .values((
                hearing_image_size::hearing_id.eq(upload.hearing),
                hearing_image_size::image_id.eq(image),
                hearing_image_size::width.eq(width),
                hearing_image_size::height.eq(height),
                hearing_image_size::file_id.eq(file),
            ))
            .execute(conn)
            .await?;
    }
    Ok(())
}

/// What somebody adds to an answer: a file, sometimes two.
async fn attach(
    conn: &mut Connection,
    store: &dyn FileStore,
    upload: &Upload<'_>,
    dice: &mut Dice,
) -> Result<Vec<FileId>, Error> {
    let count = if dice.chance(25) { 2 } else { 1 };
    let mut files = Vec::new();
    for (name, text) in dice.shuffled(ATTACHED.iter().collect()).into_iter().take(count) {
        let title = name.rsplit_once('.').map_or(*name, |(stem, _)| stem);
        let content = content(name, title, &[(*text).to_owned(), NOTE.to_owned()]);
        let file = upload_file(conn, store, &Upload { name, ..*upload }, content).await?;
        let entry = Entry::new(AuditAction::AttachmentAdded, AuditObject::Attachment).object_id(file);
        record(conn, upload.by, entry.hearing(upload.hearing), upload.at).await?;
        files.push(file);
    }
    Ok(files)
}

fn content(name: &str, title: &str, paragraphs: &[String]) -> Vec<u8> {
    match FileType::of_name(name) {
        Some(FileType::Pdf) => paper::pdf(title, paragraphs),
        _ => format!("{title}\r\n\r\n{}\r\n", paragraphs.join("\r\n\r\n")).into_bytes(),
    }
}

async fn upload_file(
    conn: &mut Connection,
    store: &dyn FileStore,
    upload: &Upload<'_>,
    content: Vec<u8>,
) -> Result<FileId, Error> {
    let mut spool = Spool::begin(store.incoming()).await?;
    spool.write(&content).await?;
    let content = spool.finish().await?;
    let file_type = FileType::of_name(upload.name).unwrap_or(FileType::Text);
    let looked = attachments::inspected_here(content, file_type, store.incoming().to_owned()).await?;
    store_file(conn, store, upload, looked).await
}

async fn store_file(
    conn: &mut Connection,
    store: &dyn FileStore,
    upload: &Upload<'_>,
    (content, copy): (Incoming, Option<Incoming>),
) -> Result<FileId, Error> {
    let row = File {
        id: FileId::new(upload.at),
        uploaded_by: upload.by,
        name: upload.name.to_owned(),
        file_type: FileType::of_name(upload.name).unwrap_or(FileType::Text),
        size: i64::try_from(content.size()).unwrap_or(i64::MAX),
        sha256: content.sha256().to_vec(),
        scan_state: ScanState::NotScanned,
        created_at: upload.at,
        shown_id: copy.as_ref().map(|_| FileId::new(upload.at)),
        shown_size: copy.as_ref().map(|copy| i64::try_from(copy.size()).unwrap_or(i64::MAX)),
        shown_sha256: copy.as_ref().map(|copy| copy.sha256().to_vec()),
        lost_at: None,
        shown_lost_at: None,
        shown_state: ShownState::Ready,
    };
    let (id, shown_id) = (row.id, row.shown_id);
    diesel::insert_into(file::table).values(row).execute(conn).await?;
    store.put(id, content).await?;
    if let (Some(id), Some(copy)) = (shown_id, copy) {
        store.put(id, copy).await?;
    }
    Ok(id)
}

async fn send(conn: &mut Connection, answer: ResponseId, file: FileId, position: i32) -> Result<(), Error> {
    diesel::insert_into(response_attachment::table)
        .values((
            response_attachment::response_id.eq(answer),
            response_attachment::version.eq(1_i64),
            response_attachment::file_id.eq(file),
            response_attachment::position.eq(position),
        ))
        .execute(conn)
        .await?;
    Ok(())
}

async fn keep(conn: &mut Connection, draft: DraftId, file: FileId, position: i32) -> Result<(), Error> {
    diesel::insert_into(draft_attachment::table)
        .values((
            draft_attachment::draft_id.eq(draft),
            draft_attachment::file_id.eq(file),
            draft_attachment::position.eq(position),
        ))
        .execute(conn)
        .await?;
    Ok(())
}
