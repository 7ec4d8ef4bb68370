//! Entries that are not in the chain: they wait for their seal, or another hand has written them.

use chrono::{DateTime, Utc};
use diesel::{QueryResult, QueryableByName, sql_types};
use diesel_async::RunQueryDsl;
use futures::TryStreamExt;
use uuid::Uuid;

use super::{Finding, Report};
use crate::db::Connection;

/// Every entry is among those that wait or in the chain; the service writes it and the place where it waits at once.
const IN_NEITHER: &str = "\
    SELECT id FROM audit_entry AS entry \
    WHERE NOT EXISTS (SELECT FROM audit_seal AS seal WHERE seal.entry_id = entry.id) \
      AND NOT EXISTS (SELECT FROM audit_unsealed AS unsealed WHERE unsealed.entry_id = entry.id) \
    ORDER BY id";

const WAITING: &str = "\
    SELECT entry_id AS id, queued_at, queued_at < now() - interval '1 minute' AS is_delayed, \
           EXISTS (SELECT FROM audit_entry AS entry WHERE entry.id = unsealed.entry_id) AS is_there, \
           EXISTS (SELECT FROM audit_seal AS seal WHERE seal.entry_id = unsealed.entry_id) AS is_sealed \
    FROM audit_unsealed AS unsealed ORDER BY queued_at, entry_id";

#[derive(QueryableByName)]
struct InNeither {
    #[diesel(sql_type = sql_types::Uuid)]
    id: Uuid,
}

#[derive(QueryableByName)]
struct Unsealed {
    #[diesel(sql_type = sql_types::Uuid)]
    id: Uuid,
    #[diesel(sql_type = sql_types::Timestamptz)]
    queued_at: DateTime<Utc>,
    #[diesel(sql_type = sql_types::Bool)]
    is_delayed: bool,
    #[diesel(sql_type = sql_types::Bool)]
    is_there: bool,
    #[diesel(sql_type = sql_types::Bool)]
    is_sealed: bool,
}

/// Finds entries outside of the chain that should not be, and counts those that wait.
pub(super) async fn find(conn: &mut Connection, report: &mut Report) -> QueryResult<()> {
    let mut entries = diesel::sql_query(IN_NEITHER).load_stream::<InNeither>(conn).await?;
    while let Some(InNeither { id: entry }) = entries.try_next().await? {
        report.findings.add(Finding::Inserted { entry });
    }
    drop(entries);
    let mut unsealed = diesel::sql_query(WAITING).load_stream::<Unsealed>(conn).await?;
    while let Some(Unsealed { id: entry, queued_at: since, is_delayed, is_there, is_sealed }) =
        unsealed.try_next().await?
    {
        if is_sealed {
            report.findings.add(Finding::SealedAndWaiting { entry });
        } else if !is_there {
            report.findings.add(Finding::MissingUnsealed { entry });
        } else {
            if is_delayed && report.waiting == 0 {
                report.findings.add(Finding::Waiting { entry, since });
            }
            report.waiting += 1;
        }
    }
    Ok(())
}
