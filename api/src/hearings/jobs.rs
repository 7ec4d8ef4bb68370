//! What follows when a hearing passes a boundary of its life. The status does not wait for this; consequences do. A
//! passed boundary is noticed once however late or often it is looked for, and queues the job that does what follows. And
//! the sizes of images that came before there were sizes.

use std::time::Duration;

use chrono::{DateTime, Utc};
use diesel::{QueryResult, QueryableByName, sql_types};
use diesel_async::{AsyncConnection, RunQueryDsl};
use openapi::{
    audit::AuditAction,
    ids::{FileId, HearingId},
};
use serde::{Deserialize, Serialize};

use super::image;
use crate::{
    attachments::afterwards,
    audit::{self, Entry},
    db::Connection,
    http::Origin,
    jobs::{self, Job, JobError, Lane, Turn},
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
// order keeps them from waiting for each other. Each half reads the index of its own instant.
const NOTICE: &str = "\
    INSERT INTO hearing_boundary (hearing_id, boundary, instant, noticed_at) \
    SELECT passed.id, passed.boundary, passed.instant, $1 FROM ( \
        SELECT id, cancelled_at, 'opened' AS boundary, starts_at AS instant FROM hearing \
        WHERE published_at IS NOT NULL AND starts_at > $2 AND starts_at <= $1 \
        UNION ALL \
        SELECT id, cancelled_at, 'deadline_passed', deadline_at FROM hearing \
        WHERE published_at IS NOT NULL AND deadline_at > $2 AND deadline_at <= $1 \
    ) AS passed \
    WHERE (cancelled_at IS NULL OR cancelled_at > passed.instant) \
        AND NOT EXISTS (SELECT FROM hearing_boundary AS known WHERE known.hearing_id = passed.id \
            AND known.boundary = passed.boundary AND known.instant = passed.instant) \
    ORDER BY passed.id, passed.boundary \
    ON CONFLICT DO NOTHING \
    RETURNING hearing_id, boundary, instant";

/// Notices the boundaries that were passed since an instant and queues what follows; tells how many there were.
///
/// # Errors
/// When the database fails; then nothing was noticed.
pub async fn notice_boundaries(conn: &mut Connection, since: DateTime<Utc>, now: DateTime<Utc>) -> QueryResult<usize> {
    conn.transaction(async |conn| {
        let passed: Vec<Passed> = diesel::sql_query(NOTICE)
            .bind::<sql_types::Timestamptz, _>(now)
            .bind::<sql_types::Timestamptz, _>(since)
            .get_results(conn)
            .await?;
        for Passed { hearing_id: hearing, boundary, instant } in &passed {
            let (hearing, instant) = (*hearing, *instant);
            match boundary.as_str() {
                "opened" => jobs::enqueue(conn, &Opened { hearing, instant }, now).await?,
                _ => jobs::enqueue(conn, &DeadlinePassed { hearing, instant }, now).await?,
            }
        }
        Ok(passed.len())
    })
    .await
}

/// Does what follows a hearing's start.
#[derive(Debug, Serialize, Deserialize)]
pub struct Opened {
    /// The hearing.
    pub hearing: HearingId,
    /// When it started.
    pub instant: DateTime<Utc>,
}

impl Job for Opened {
    const NAME: &'static str = "hearing.opened";
    const LANE: Lane = Lane::Database;

    async fn finish(&self, conn: &mut Connection) -> Result<(), JobError> {
        record(conn, AuditAction::HearingOpened, self.hearing, self.instant).await
    }
}

/// Does what follows a hearing's deadline.
#[derive(Debug, Serialize, Deserialize)]
pub struct DeadlinePassed {
    /// The hearing.
    pub hearing: HearingId,
    /// When the deadline passed.
    pub instant: DateTime<Utc>,
}

impl Job for DeadlinePassed {
    const NAME: &'static str = "hearing.deadline_passed";
    const LANE: Lane = Lane::Database;

    async fn finish(&self, conn: &mut Connection) -> Result<(), JobError> {
        record(conn, AuditAction::HearingDeadlinePassed, self.hearing, self.instant).await
    }
}

#[derive(QueryableByName)]
struct WithoutSizes {
    #[diesel(sql_type = sql_types::Uuid)]
    hearing: HearingId,
    #[diesel(sql_type = sql_types::Uuid)]
    image: FileId,
}

/// Images that have no sizes, once they were looked at: the sizes are made of what is shown. Asked every few
/// seconds for as long as the service runs, and by an index that is empty nearly always, which a test sees to.
pub const WITHOUT_SIZES: &str = "\
    SELECT hearing.id AS hearing, file.id AS image FROM hearing JOIN file ON file.id = hearing.image_id \
    WHERE hearing.image_id IS NOT NULL AND hearing.image_id IS DISTINCT FROM hearing.sized_image_id \
        AND file.shown_state = 'ready' AND file.id <> ALL($1) \
    ORDER BY hearing.image_id LIMIT $2";

/// Queues making the sizes of images that came before there were sizes, some at a time; tells how many.
///
/// # Errors
/// When the database fails; then nothing was queued.
pub async fn queue_image_sizes(conn: &mut Connection, now: DateTime<Utc>) -> QueryResult<usize> {
    conn.transaction(async |conn| {
        let queued = jobs::queued_for_files(conn, MakeImageSizes::NAME, now).await?;
        let without: Vec<WithoutSizes> = diesel::sql_query(WITHOUT_SIZES)
            .bind::<sql_types::Array<sql_types::Uuid>, _>(&queued.files)
            .bind::<sql_types::BigInt, _>(queued.room(afterwards::AT_ONCE))
            .get_results(conn)
            .await?;
        for WithoutSizes { hearing, image } in &without {
            jobs::enqueue(conn, &MakeImageSizes { hearing: *hearing, file: *image }, now).await?;
        }
        Ok(without.len())
    })
    .await
}

/// Makes the sizes of a hearing's image that has none.
#[derive(Debug, Serialize, Deserialize)]
pub struct MakeImageSizes {
    /// The hearing.
    pub hearing: HearingId,
    /// The image's file.
    pub file: FileId,
}

impl Job for MakeImageSizes {
    const NAME: &'static str = "hearing.image_sizes";
    const LANE: Lane = Lane::Files;
    const TIMEOUT: Duration = afterwards::TIMEOUT;

    async fn perform(&self, turn: &Turn<'_>) -> Result<(), JobError> {
        let (service, hearing, image) = (turn.service, self.hearing, self.file);
        let mut conn = service.connection().await?;
        let Some(file) = image::queries::without_sizes(&mut conn, hearing, image).await? else { return Ok(()) };
        drop(conn);
        let attach = |sizes| image::actions::add_sizes(service, hearing, image, sizes);
        let made = afterwards::make_sizes(service, &file, attach).await;
        made.map_err(JobError::because("the sizes of an older image could not be made"))
    }
}

async fn record(
    conn: &mut Connection,
    action: AuditAction,
    hearing: HearingId,
    instant: DateTime<Utc>,
) -> Result<(), JobError> {
    Ok(audit::record_as(conn, None, &Origin::default(), Entry::on_hearing(action, hearing), instant).await?)
}
