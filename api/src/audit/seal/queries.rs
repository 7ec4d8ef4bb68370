//! Where the chain ends, and what waits for its seal.

use chrono::{DateTime, Utc};
use diesel::{
    ExpressionMethods, OptionalExtension, QueryDsl, QueryResult, QueryableByName, SelectableHelper, sql_types,
};
use diesel_async::RunQueryDsl;
use openapi::audit::AuditVerification;

use super::rows::Seal;
use crate::db::{Connection, schema::audit_seal};

/// The chain's newest seal.
pub(super) async fn newest(conn: &mut Connection) -> QueryResult<Option<Seal>> {
    audit_seal::table.order(audit_seal::position.desc()).select(Seal::as_select()).first(conn).await.optional()
}

/// The seal at a position.
pub(super) async fn seal_at(conn: &mut Connection, position: i64) -> QueryResult<Option<Seal>> {
    audit_seal::table.find(position).select(Seal::as_select()).get_result(conn).await.optional()
}

/// Entries that wait for their seal.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct Waiting {
    /// How many.
    #[diesel(sql_type = sql_types::BigInt)]
    pub count: i64,
    /// Since when the oldest waits, by the database's clock.
    #[diesel(sql_type = sql_types::Nullable<sql_types::Timestamptz>)]
    pub since: Option<DateTime<Utc>>,
    /// Whether that is so long that sealing must stand still: a minute, where seconds are usual.
    #[diesel(sql_type = sql_types::Bool)]
    pub delayed: bool,
}

/// What waits for its seal.
///
/// # Errors
/// When the database fails.
pub async fn waiting(conn: &mut Connection) -> QueryResult<Waiting> {
    let statement = "SELECT count(*) AS count, min(queued_at) AS since, \
                     coalesce(bool_or(queued_at < now() - interval '1 minute'), false) AS delayed FROM audit_unsealed";
    diesel::sql_query(statement).get_result(conn).await
}

/// How far the log is sealed.
///
/// # Errors
/// When the database fails.
pub async fn verification(conn: &mut Connection) -> QueryResult<AuditVerification> {
    let head = newest(conn).await?.map(|seal| seal.head());
    let Waiting { count, since, delayed } = waiting(conn).await?;
    Ok(AuditVerification { head, waiting: count, waiting_since: since, delayed })
}
