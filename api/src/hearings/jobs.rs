//! What follows when a hearing passes a boundary of its life. The status does not wait for this; consequences do. A
//! passed boundary is noticed once however late or often it is looked for, and queues the job that does what follows. And
//! the sizes of images that came before there were sizes.

use chrono::{DateTime, Utc};
use diesel::{QueryResult, QueryableByName, sql_types};
use diesel_async::{AsyncConnection, RunQueryDsl};
use openapi::{
    audit::AuditAction,
    ids::{FileId, HearingId},
};

use super::image;
use crate::{
    attachments::afterwards,
    audit::{self, Entry},
    db::Connection,
    http::Origin,
    jobs::{self, JobError, Work},
    service::Service,
};

#[derive(QueryableByName)]
struct Passed {
    #[diesel(sql_type = sql_types::Uuid)]
    hearing_id: HearingId,
    #[diesel(sql_type = sql_types::Text)]
    boundary: String,
    #[diesel(sql_type = sql_types::Timestamptz)]
    instant: DateTime<Utc>,
}

// A boundary is keyed by where it lay. The key makes two servers that notice it at once agree that one of them did; the
// order keeps them from waiting for each other.
const NOTICE: &str = "\
    INSERT INTO hearing_boundary (hearing_id, boundary, instant, noticed_at) \
    SELECT hearing.id, passed.boundary, passed.instant, $1 \
    FROM hearing CROSS JOIN LATERAL (VALUES ('opened', hearing.starts_at), ('deadline_passed', hearing.deadline_at)) \
        AS passed (boundary, instant) \
    WHERE hearing.published_at IS NOT NULL \
        AND passed.instant <= $1 \
        AND (hearing.cancelled_at IS NULL OR hearing.cancelled_at > passed.instant) \
        AND NOT EXISTS (SELECT FROM hearing_boundary AS known WHERE known.hearing_id = hearing.id \
            AND known.boundary = passed.boundary AND known.instant = passed.instant) \
    ORDER BY hearing.id, passed.boundary \
    ON CONFLICT DO NOTHING \
    RETURNING hearing_id, boundary, instant";

/// Notices the boundaries that were passed and queues what follows; tells how many there were.
///
/// # Errors
/// When the database fails; then nothing was noticed.
pub async fn notice_boundaries(conn: &mut Connection, now: DateTime<Utc>) -> QueryResult<usize> {
    conn.transaction(async |conn| {
        let passed: Vec<Passed> =
            diesel::sql_query(NOTICE).bind::<sql_types::Timestamptz, _>(now).get_results(conn).await?;
        for Passed { hearing_id: hearing, boundary, instant } in &passed {
            let (hearing, instant) = (*hearing, *instant);
            let work = match boundary.as_str() {
                "opened" => Work::HearingOpened { hearing, instant },
                _ => Work::DeadlinePassed { hearing, instant },
            };
            jobs::enqueue(conn, &work, now).await?;
        }
        Ok(passed.len())
    })
    .await
}

/// What follows a hearing's start.
///
/// # Errors
/// When the database fails; the queue tries again.
pub async fn opened(conn: &mut Connection, hearing: HearingId, instant: DateTime<Utc>) -> Result<(), JobError> {
    record(conn, AuditAction::HearingOpened, hearing, instant).await
}

/// What follows a hearing's deadline.
///
/// # Errors
/// When the database fails; the queue tries again.
pub async fn deadline_passed(
    conn: &mut Connection,
    hearing: HearingId,
    instant: DateTime<Utc>,
) -> Result<(), JobError> {
    record(conn, AuditAction::HearingDeadlinePassed, hearing, instant).await
}

#[derive(QueryableByName)]
struct WithoutSizes {
    #[diesel(sql_type = sql_types::Uuid)]
    hearing: HearingId,
    #[diesel(sql_type = sql_types::Uuid)]
    image: FileId,
}

// Once somebody has looked at them: the sizes are made of what is shown.
const WITHOUT_SIZES: &str = "\
    SELECT hearing.id AS hearing, file.id AS image FROM hearing JOIN file ON file.id = image_id \
    WHERE file.shown_state = 'ready' AND file.id <> ALL($1) AND NOT EXISTS ( \
        SELECT FROM hearing_image_size AS size WHERE size.hearing_id = hearing.id AND size.image_id = file.id \
    ) ORDER BY file.id LIMIT $2";

/// Queues making the sizes of images that came before there were sizes, some at a time; tells how many.
///
/// # Errors
/// When the database fails; then nothing was queued.
pub async fn queue_image_sizes(conn: &mut Connection, now: DateTime<Utc>) -> QueryResult<usize> {
    conn.transaction(async |conn| {
        let queued = jobs::queued_for_files(conn, jobs::IMAGE_SIZES).await?;
        let without: Vec<WithoutSizes> = diesel::sql_query(WITHOUT_SIZES)
            .bind::<sql_types::Array<sql_types::Uuid>, _>(&queued.files)
            .bind::<sql_types::BigInt, _>(queued.room(afterwards::AT_ONCE))
            .get_results(conn)
            .await?;
        for WithoutSizes { hearing, image } in &without {
            jobs::enqueue(conn, &Work::ImageSizes { hearing: *hearing, file: *image }, now).await?;
        }
        Ok(without.len())
    })
    .await
}

/// Makes the sizes of a hearing's image that has none.
///
/// # Errors
/// When the image is lost, or the file store or the database fails; the queue tries again.
pub async fn make_image_sizes(
    conn: &mut Connection,
    service: &Service,
    hearing: HearingId,
    image: FileId,
) -> Result<(), JobError> {
    let Some(file) = image::queries::without_sizes(conn, hearing, image).await? else { return Ok(()) };
    let attach = |sizes| image::actions::add_sizes(service, hearing, image, sizes);
    let made = afterwards::make_sizes(service, &file, attach).await;
    made.map_err(JobError::because("the sizes of an older image could not be made"))
}

async fn record(
    conn: &mut Connection,
    action: AuditAction,
    hearing: HearingId,
    instant: DateTime<Utc>,
) -> Result<(), JobError> {
    Ok(audit::record_as(conn, None, &Origin::default(), Entry::on_hearing(action, hearing), instant).await?)
}
