//! Taking files in and handing their contents out.

use std::{io, ops::Range};

use chrono::TimeDelta;
use diesel::{ExpressionMethods, QueryableByName, sql_types};
use diesel_async::{AsyncConnection, RunQueryDsl};
use openapi::ids::{AccountId, FileId};
use tokio::task;

use super::{Error, File, Limits, contents, inspection, jobs, losses};
use crate::{
    db::{Connection, schema::file},
    http::Received,
    ports::files::{self, Content, Incoming, StoreError},
    service::Service,
};

/// How long a file waits for something to refer to it, should the server die before it is settled.
const UNUSED_FOR: TimeDelta = TimeDelta::hours(24);

const MEBIBYTE: u64 = 1024 * 1024;

/// Takes a file in and attaches it: looks at it, notes it, stores it, has `attach` refer to it. In this order, so that no
/// content is stored that nobody knows of. No connection is held while the content is under way. What nothing refers to
/// in the end, because `attach` failed or found the same file there already, goes again at once.
///
/// # Errors
/// What is wrong with the file or with the file store, [`Error::Quota`], and those of `attach`.
pub async fn take_in<T: 'static, E: From<Error> + 'static>(
    service: &Service,
    uploader: AccountId,
    received: Received,
    attach: impl AsyncFnOnce(File) -> Result<T, E> + 'static,
) -> Result<T, E> {
    let service = Service::clone(service);
    // A task of its own goes on when the client hangs up: nobody would settle what is half stored.
    let taken = task::spawn_local(async move {
        let (file, content) = inspected(&service, uploader, received).await?;
        note(&service, &file).await?;
        let id = file.id;
        let attached = match service.files().put(id, content).await {
            Ok(()) => attach(file).await,
            Err(error) => Err(Error::from(error).into()),
        };
        settle(&service, id).await;
        attached
    });
    taken.await.map_err(|broken| Error::from(io::Error::other(broken)))?
}

/// A file as its row will say, and its content, which was looked at.
async fn inspected(service: &Service, uploader: AccountId, received: Received) -> Result<(File, Incoming), Error> {
    let now = service.now();
    let Received { name, file_type, content } = received;
    let looked = task::spawn_blocking(move || inspection::agrees(content.path(), file_type).map(|()| content));
    let content = looked.await.map_err(io::Error::other)??;
    let file = File {
        id: FileId::new(now),
        uploaded_by: uploader,
        name,
        file_type,
        size: i64::try_from(content.size()).unwrap_or(i64::MAX),
        sha256: content.sha256().to_vec(),
        scan_state: service.virus_scanner().first_state(),
        created_at: now,
        lost_at: None,
    };
    Ok((file, content))
}

/// Uploads of one person are noted one after the other, so that together they keep to the quota.
async fn note(service: &Service, taken: &File) -> Result<(), Error> {
    let mut conn = service.connection().await?;
    conn.transaction(async |conn| {
        let one_by_one = "SELECT pg_advisory_xact_lock(hashtextextended('upload ' || $1, 0))";
        diesel::sql_query(one_by_one).bind::<sql_types::Text, _>(taken.uploaded_by.to_string()).execute(conn).await?;
        check_quota(conn, taken.uploaded_by, service.attachment_limits(), taken.bytes()).await?;
        let sweep_at = file::sweep_at.eq(taken.created_at + UNUSED_FOR);
        diesel::insert_into(file::table).values((taken, sweep_at)).execute(conn).await?;
        Ok(())
    })
    .await
}

#[derive(QueryableByName)]
struct Unsent {
    #[diesel(sql_type = sql_types::BigInt)]
    bytes: i64,
}

/// Passes when a person may upload so many bytes more. What was sent or published does not count.
///
/// # Errors
/// [`Error::Quota`].
pub async fn check_quota(conn: &mut Connection, person: AccountId, limits: Limits, more: u64) -> Result<(), Error> {
    let unsent = diesel::sql_query("SELECT file_unsent_bytes($1) AS bytes").bind::<sql_types::Uuid, _>(person);
    let Unsent { bytes } = unsent.get_result(conn).await?;
    let within = bytes.unsigned_abs().saturating_add(more) <= limits.unsent;
    if within { Ok(()) } else { Err(Error::Quota { mebibytes: limits.unsent / MEBIBYTE }) }
}

/// Has a file go that nothing refers to after all: its content, then its row. What fails is left to the sweep.
async fn settle(service: &Service, id: FileId) {
    let settled: Result<(), Error> = async {
        if contents::is_used(&mut *service.connection().await?, id).await? {
            return Ok(());
        }
        // A backup that knows of the row takes no harm: what nothing refers to may be missing.
        let removed = files::remove(service.files(), id).await;
        jobs::settle(&mut *service.connection().await?, id, removed.is_ok()).await?;
        Ok(removed?)
    }
    .await;
    if let Err(error) = settled {
        tracing::warn!(file = %id, %error, "a file that belongs to nothing is left to the sweep");
    }
}

/// The bytes of a file's content in a range, which lies within it. That it is lost, or there again, is noted.
///
/// # Errors
/// [`Error::Lost`] when it is missing or cut off, [`Error::Gone`] when nothing refers to it any more; when the file store
/// is away.
pub async fn content(service: &Service, file: &File, range: Range<u64>) -> Result<Content, Error> {
    let whole = range == (0..file.bytes());
    match service.files().get(file.id, range).await {
        Ok(content) => {
            if whole && file.lost_at.is_some() {
                losses::noticed_again(service, file).await;
            }
            Ok(content)
        }
        Err(why @ (StoreError::Missing | StoreError::CutOff)) => Err(losses::noticed(service, file, &why).await),
        Err(error) => Err(error.into()),
    }
}
