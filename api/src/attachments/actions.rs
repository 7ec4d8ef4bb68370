//! Taking files in and handing their contents out.

use std::{io, ops::Range};

use chrono::TimeDelta;
use diesel::{ExpressionMethods, QueryableByName, sql_types};
use diesel_async::{AsyncConnection, RunQueryDsl};
use openapi::{
    attachments::{FileType, ShownState},
    ids::{AccountId, FileId},
};
use tokio::task;

use super::{
    Error, File, Served, Size, Uploaded,
    apart::Looked,
    contents, jobs,
    losses::{self, Loss},
    showing::Made,
};
use crate::{
    config::FileLimits,
    db::{Connection, schema::file},
    http::Received,
    ports::files::{self, Content, StoreError},
    service::Service,
};

/// How long a file waits for something to refer to it, should the server die before it is settled.
const UNUSED_FOR: TimeDelta = TimeDelta::hours(24);

const MEBIBYTE: u64 = 1024 * 1024;

/// Takes a file in and attaches it: looks at it, makes the copy of it that is shown, and the sizes when it stands in a page,
/// notes them, stores them, has `attach` refer to them. In this order, so that no content is stored that nobody knows of.
/// No connection is held while the content is under way. What nothing refers to in the end, because `attach` failed or
/// found the same file there already, goes again at once.
///
/// # Errors
/// What is wrong with the file or with the file store, [`Error::Busy`] when too many wait, [`Error::Quota`], and those of
/// `attach`.
pub(super) async fn take_in<T: 'static, E: From<Error> + 'static>(
    service: &Service,
    uploader: AccountId,
    received: Received,
    in_sizes: bool,
    attach: impl AsyncFnOnce(Uploaded) -> Result<T, E> + 'static,
) -> Result<T, E> {
    let service = Service::clone(service);
    to_its_end(async move {
        let Received { name, file_type, content } = received;
        let folder = service.files().incoming();
        let looked = service.looking().at(uploader, content, file_type, folder).await?;
        let (looked, made) = match in_sizes {
            true => service.looking().sizes_of(uploader, looked, file_type, folder).await?,
            false => (looked, Vec::new()),
        };
        let file = noted_as(&service, uploader, &name, file_type, &looked);
        let mut contents = vec![(file.clone(), looked)];
        let sizes = noted_sizes(&service, &file, made, &mut contents);
        let limits = Some(service.attachment_limits());
        store(&service, limits, contents, attach(Uploaded { file, sizes })).await
    })
    .await
}

/// A task of its own goes on when the client hangs up: nobody would settle what is half stored.
async fn to_its_end<T: 'static, E: From<Error> + 'static>(
    work: impl Future<Output = Result<T, E>> + 'static,
) -> Result<T, E> {
    task::spawn_local(work).await.map_err(|broken| Error::from(io::Error::other(broken)))?
}

/// A content that was looked at, as its row will say.
pub(super) fn noted_as(
    service: &Service,
    uploader: AccountId,
    name: &str,
    file_type: FileType,
    looked: &Looked,
) -> File {
    let (now, Looked { original, copy }) = (service.now(), looked);
    let size = |bytes| i64::try_from(bytes).unwrap_or(i64::MAX);
    File {
        id: FileId::new(now),
        uploaded_by: uploader,
        name: name.to_owned(),
        file_type,
        size: size(original.size()),
        sha256: original.sha256().to_vec(),
        scan_state: service.virus_scanner().first_state(),
        created_at: now,
        shown_id: copy.as_ref().map(|_| FileId::new(now)),
        shown_size: copy.as_ref().map(|copy| size(copy.size())),
        shown_sha256: copy.as_ref().map(|copy| copy.sha256().to_vec()),
        lost_at: None,
        shown_lost_at: None,
        shown_state: ShownState::Ready,
    }
}

/// The sizes of an image as their rows will say; their contents are added to those that are to be stored.
pub(super) fn noted_sizes(
    service: &Service,
    image: &File,
    made: Vec<Made>,
    contents: &mut Vec<(File, Looked)>,
) -> Vec<Size> {
    let noted = |Made { width, height, content }| {
        let looked = Looked { original: content, copy: None };
        let file = noted_as(service, image.uploaded_by, &image.name, image.file_type, &looked);
        contents.push((file.clone(), looked));
        Size { width, height, file }
    };
    made.into_iter().map(noted).collect()
}

/// Notes files together, stores their contents, has them attached, and settles each, however that ends. With `limits` they
/// keep to their uploader's quota.
pub(super) async fn store<T, E: From<Error>>(
    service: &Service,
    limits: Option<FileLimits>,
    files: Vec<(File, Looked)>,
    attach: impl Future<Output = Result<T, E>>,
) -> Result<T, E> {
    let (rows, contents): (Vec<File>, Vec<Looked>) = files.into_iter().unzip();
    note(service, limits, &rows).await?;
    let attached = match put(service, &rows, contents).await {
        Ok(()) => attach.await,
        Err(error) => Err(Error::from(error).into()),
    };
    for file in &rows {
        settle(service, file).await;
    }
    attached
}

async fn put(service: &Service, rows: &[File], contents: Vec<Looked>) -> Result<(), StoreError> {
    for (file, Looked { original, copy }) in rows.iter().zip(contents) {
        service.files().put(file.id, original).await?;
        if let (Some(id), Some(copy)) = (file.shown_id, copy) {
            service.files().put(id, copy).await?;
        }
    }
    Ok(())
}

/// Uploads of one person are noted one after the other, so that together they keep to the quota.
async fn note(service: &Service, limits: Option<FileLimits>, files: &[File]) -> Result<(), Error> {
    let Some(uploader) = files.first().map(|file| file.uploaded_by) else { return Ok(()) };
    let mut conn = service.connection().await?;
    conn.transaction(async |conn| {
        if let Some(limits) = limits {
            let one_by_one = "SELECT pg_advisory_xact_lock(hashtextextended('upload ' || $1, 0))";
            diesel::sql_query(one_by_one).bind::<sql_types::Text, _>(uploader.to_string()).execute(conn).await?;
            let more = files.iter().map(File::stored_bytes).sum();
            check_quota(conn, uploader, limits, more).await?;
        }
        for file in files {
            let sweep_at = file::sweep_at.eq(file.created_at + UNUSED_FOR);
            diesel::insert_into(file::table).values((file, sweep_at)).execute(conn).await?;
        }
        Ok(())
    })
    .await
}

#[derive(QueryableByName)]
struct Unsent {
    #[diesel(sql_type = sql_types::BigInt)]
    bytes: i64,
}

/// Passes when a person may upload so many bytes more. What counts is what is stored: originals, the copies of them that are
/// shown, and sizes of images that no hearing shows. What was sent or published does not count.
///
/// # Errors
/// [`Error::Quota`].
pub async fn check_quota(conn: &mut Connection, person: AccountId, limits: FileLimits, more: u64) -> Result<(), Error> {
    let unsent = diesel::sql_query("SELECT file_unsent_bytes($1) AS bytes").bind::<sql_types::Uuid, _>(person);
    let Unsent { bytes } = unsent.get_result(conn).await?;
    let within = bytes.unsigned_abs().saturating_add(more) <= limits.unsent;
    if within { Ok(()) } else { Err(Error::Quota { mebibytes: limits.unsent / MEBIBYTE }) }
}

/// Has a file go that nothing refers to after all: its contents, then its row. What fails is left to the sweep.
async fn settle(service: &Service, file: &File) {
    let settled: Result<(), Error> = async {
        if contents::is_used(&mut *service.connection().await?, file.id).await? {
            return Ok(());
        }
        // A backup that knows of the row takes no harm: what nothing refers to may be missing.
        let removed = remove(service, file).await;
        jobs::settle(&mut *service.connection().await?, file.id, removed.is_ok()).await?;
        Ok(removed?)
    }
    .await;
    if let Err(error) = settled {
        tracing::warn!(file = %file.id, %error, "a file that belongs to nothing is left to the sweep");
    }
}

async fn remove(service: &Service, file: &File) -> Result<(), StoreError> {
    for content in file.contents() {
        files::remove(service.files(), content).await?;
    }
    Ok(())
}

/// The bytes of what a reader gets of a file in a range, which lies within it. That it is lost is noted, and of one that is
/// known to be lost nothing is given before it was found whole.
///
/// # Errors
/// [`Error::NotShown`] when there is nothing of it for the reader, [`Error::Lost`] when it is missing or damaged,
/// [`Error::Gone`] when nothing refers to it any more; when the file store is away.
pub async fn content(service: &Service, file: &Served, range: Range<u64>) -> Result<Content, Error> {
    if file.state != ShownState::Ready {
        return Err(Error::NotShown { state: file.state });
    }
    if file.lost {
        losses::check(service, file).await?;
    }
    match service.files().get(file.content, range).await {
        Ok(content) => Ok(content),
        Err(StoreError::Missing) => Err(losses::noticed(service, file.content, Loss::Gone).await),
        Err(StoreError::CutOff) => Err(losses::noticed(service, file.content, Loss::Damaged).await),
        Err(error) => Err(error.into()),
    }
}
