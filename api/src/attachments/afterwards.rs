//! Makes what is shown of files that were taken in without it, by versions that did not make it yet: copies, and sizes of
//! images. Until then others than the uploader and those who process responses get nothing of them.

use std::time::Duration;

use chrono::{DateTime, Utc};
use diesel::{
    ExpressionMethods, OptionalExtension, PgExpressionMethods, QueryDsl, QueryResult, QueryableByName,
    SelectableHelper, sql_types,
};
use diesel_async::{AsyncConnection, RunQueryDsl};
use futures::TryStreamExt;
use openapi::{
    attachments::ShownState,
    ids::{AccountId, FileId},
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    Error, File, Served, Size,
    actions::{noted_sizes, store},
    apart::Looked,
    jobs::RemoveContent,
    losses::{self, Loss},
};
use crate::{
    db::{Connection, schema::file},
    jobs::{self, Job, JobError, Lane, Turn},
    ports::files::{Incoming, Spool, StoreError},
    service::Service,
};

/// How long making ready one file may take: fetching it, looking at it, keeping what is made of it.
pub const TIMEOUT: Duration = Duration::from_secs(240);

/// How many files wait for their turn in the queue at once: what else is queued shall not wait long behind them. Those that
/// failed and are tried again later are not among them.
pub const AT_ONCE: usize = 20;

const WAITING: &str = "\
    SELECT id FROM file WHERE shown_state = 'waiting' AND id <> ALL($1) AND file_is_used(id) ORDER BY id LIMIT $2";

#[derive(QueryableByName)]
struct Waiting {
    #[diesel(sql_type = sql_types::Uuid)]
    id: FileId,
}

/// Queues looking at files that nobody has looked at yet, some at a time; tells how many.
///
/// # Errors
/// When the database fails; then nothing was queued.
pub async fn queue(conn: &mut Connection, now: DateTime<Utc>) -> QueryResult<usize> {
    conn.transaction(async |conn| {
        let queued = jobs::queued_for_files(conn, MakeReady::NAME, now).await?;
        let waiting: Vec<Waiting> = diesel::sql_query(WAITING)
            .bind::<sql_types::Array<sql_types::Uuid>, _>(&queued.files)
            .bind::<sql_types::BigInt, _>(queued.room(AT_ONCE))
            .get_results(conn)
            .await?;
        for Waiting { id } in &waiting {
            jobs::enqueue(conn, &MakeReady { file: *id }, now).await?;
        }
        Ok(waiting.len())
    })
    .await
}

/// Looks at a file that nobody has looked at yet, and makes the copy of it that is shown.
#[derive(Debug, Serialize, Deserialize)]
pub struct MakeReady {
    /// The file.
    pub file: FileId,
}

/// Whose turns the service's own looking counts as: it is nobody's upload, and waits like one person.
const ITSELF: AccountId = AccountId(Uuid::nil());

impl Job for MakeReady {
    const NAME: &'static str = "file.look_at";
    const LANE: Lane = Lane::Files;
    const TIMEOUT: Duration = TIMEOUT;

    async fn perform(&self, turn: &Turn<'_>) -> Result<(), JobError> {
        let (service, id) = (turn.service, self.file);
        let waiting = file::table.find(id).filter(file::shown_state.eq(ShownState::Waiting)).select(File::as_select());
        let waiting = waiting.get_result(&mut *service.connection().await?).await.optional()?;
        let Some(file) = waiting else { return Ok(()) };
        let looked = async {
            let content = fetched(service, &file.clone().whole()).await?;
            service.looking().at(ITSELF, content, file.file_type, service.files().incoming()).await
        };
        let copy = match looked.await {
            Ok(looked) => looked.copy,
            Err(error) if error.is_refusal() => {
                tracing::warn!(%id, %error, "of an older file no copy can be made: nobody else gets it");
                return Ok(set(&mut *service.connection().await?, id, ShownState::Refused).await?);
            }
            Err(error) => return Err(JobError::because("an older file could not be looked at")(error)),
        };
        match copy {
            Some(copy) => keep(service, &file, copy).await,
            None => Ok(set(&mut *service.connection().await?, id, ShownState::Ready).await?),
        }
    }
}

async fn set(conn: &mut Connection, id: FileId, state: ShownState) -> QueryResult<()> {
    diesel::update(file::table.find(id)).set(file::shown_state.eq(state)).execute(conn).await.map(|_| ())
}

/// A content as it was uploaded, from the file store into the folder for contents on their way.
async fn fetched(service: &Service, file: &Served) -> Result<Incoming, Error> {
    let mut pieces = match service.files().get(file.content, 0..file.bytes()).await {
        Err(StoreError::Missing) => return Err(losses::noticed(service, file.content, Loss::Gone).await),
        Err(StoreError::CutOff) => return Err(losses::noticed(service, file.content, Loss::Damaged).await),
        pieces => pieces?,
    };
    let mut spool = Spool::begin(service.files().incoming()).await?;
    while let Some(piece) = pieces.try_next().await? {
        spool.write(&piece).await?;
    }
    let content = spool.finish().await?;
    if content.sha256()[..] != *file.sha256() {
        return Err(losses::noticed(service, file.content, Loss::Damaged).await);
    }
    if file.lost {
        losses::note_found(&mut *service.connection().await?, file.content).await?;
    }
    Ok(content)
}

/// Keeps the copy that is shown of a file. It is noted before it is stored, so that no content is stored that nobody knows
/// of; one that an earlier try has noted goes. Nothing is held while it is being stored: a file that has gone meanwhile,
/// or has another copy by now, lets this one go.
async fn keep(service: &Service, file: &File, copy: Incoming) -> Result<(), JobError> {
    let copy_id = FileId::new(service.now());
    let noted = note(&mut *service.connection().await?, file, copy_id, &copy, service.now()).await;
    if !noted.map_err(JobError::because("the copy of an older file could not be noted"))? {
        return Ok(());
    }
    let put = service.files().put(copy_id, copy).await;
    put.map_err(JobError::because("the file store did not keep the copy of an older file"))?;
    let conn = &mut *service.connection().await?;
    conn.transaction(async |conn| {
        let kept = file::table.find(file.id).filter(file::shown_id.eq(copy_id));
        if diesel::update(kept).set(file::shown_state.eq(ShownState::Ready)).execute(conn).await? == 0 {
            jobs::enqueue(conn, &RemoveContent { file: copy_id }, service.now()).await?;
        }
        Ok(())
    })
    .await
}

async fn note(
    conn: &mut Connection,
    before: &File,
    copy_id: FileId,
    copy: &Incoming,
    now: DateTime<Utc>,
) -> QueryResult<bool> {
    conn.transaction(async |conn| {
        let unchanged = file::table
            .find(before.id)
            .filter(file::shown_state.eq(ShownState::Waiting))
            .filter(file::shown_id.is_not_distinct_from(before.shown_id));
        let noted = diesel::update(unchanged)
            .set((
                file::shown_id.eq(copy_id),
                file::shown_size.eq(i64::try_from(copy.size()).unwrap_or(i64::MAX)),
                file::shown_sha256.eq(copy.sha256().to_vec()),
            ))
            .execute(conn)
            .await?;
        if let Some(former) = before.shown_id.filter(|_| noted > 0) {
            jobs::enqueue(conn, &RemoveContent { file: former }, now).await?;
        }
        Ok(noted > 0)
    })
    .await
}

/// Makes the sizes of an image that has none, each a file of its own, and has `attach` refer to them; when that fails they
/// go. An image of which none can be made is marked as one that cannot be shown. They count in nobody's quota.
///
/// # Errors
/// When its content is lost, the file store is away or too many images wait; and those of `attach`.
pub async fn make_sizes<A: Future<Output = Result<(), E>>, E: From<Error>>(
    service: &Service,
    image: &File,
    attach: impl FnOnce(Vec<Size>) -> A,
) -> Result<(), E> {
    let made = async {
        let content = fetched(service, &image.clone().shown_to(None)).await?;
        let looked = Looked { original: content, copy: None };
        service.looking().sizes_of(ITSELF, looked, image.file_type, service.files().incoming()).await
    };
    let made = match made.await {
        Ok((_, made)) => made,
        Err(error) if error.is_refusal() => {
            tracing::warn!(file = %image.id, %error, "an older image can be shown in no size");
            return Ok(refuse(service, image.id).await?);
        }
        Err(error) => return Err(error.into()),
    };
    let mut contents = Vec::new();
    let sizes = noted_sizes(service, image, made, &mut contents);
    store(service, None, contents, attach(sizes)).await
}

async fn refuse(service: &Service, id: FileId) -> Result<(), Error> {
    Ok(set(&mut *service.connection().await?, id, ShownState::Refused).await?)
}
