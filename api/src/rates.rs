//! Counts what people change, for all servers together: one statement in a transaction of its own, before anything is
//! locked, and in a table that no disk is waited for.

use chrono::{DateTime, DurationRound, TimeDelta, Timelike, Utc};
use diesel::{ExpressionMethods, QueryResult, QueryableByName, sql_types};
use diesel_async::RunQueryDsl;
use openapi::problem::ProblemCode;

use crate::{
    config::LimitsConfig,
    db::{Connection, Prepare, schema::rate_count},
    http::ApiError,
    identity::Actor,
    service::Service,
};

/// What a change counts as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A change.
    Change,
    /// A change that brings files.
    Upload,
    /// A document that is made for a person.
    Document,
}

#[derive(QueryableByName)]
struct Counted {
    #[diesel(sql_type = sql_types::Integer)]
    of_account: i32,
    #[diesel(sql_type = sql_types::Nullable<sql_types::Integer>)]
    of_address: Option<i32>,
}

// What an account is refused does not count for its address: who keeps knocking must not shut others out.
const COUNT: &str = "\
    WITH account AS ( \
        INSERT INTO rate_count AS known (minute, kind, subject, requests) VALUES ($1, $2, $3, 1) \
        ON CONFLICT (minute, kind, subject) DO UPDATE SET requests = known.requests + 1 \
        RETURNING requests \
    ), address AS ( \
        INSERT INTO rate_count AS known (minute, kind, subject, requests) \
        SELECT $1, 'address', $4, 1 FROM account WHERE account.requests <= $5 AND $2 <> 'document' \
        ON CONFLICT (minute, kind, subject) DO UPDATE SET requests = known.requests + 1 \
        RETURNING requests \
    ) \
    SELECT account.requests AS of_account, address.requests AS of_address FROM account LEFT JOIN address ON true";

/// Counts a change, or a document that is to be made; tells whether it is within the limits.
///
/// # Errors
/// When the database fails.
pub async fn count(
    conn: &mut Connection,
    limits: &LimitsConfig,
    kind: Kind,
    actor: &Actor,
    minute: DateTime<Utc>,
) -> QueryResult<bool> {
    let (kind, limit) = match kind {
        Kind::Change => ("change", limits.changes),
        Kind::Upload => ("upload", limits.uploads),
        Kind::Document => ("document", limits.documents),
    };
    let counted: Counted = diesel::sql_query(COUNT)
        .bind::<sql_types::Timestamptz, _>(minute)
        .bind::<sql_types::Text, _>(kind)
        .bind::<sql_types::Text, _>(actor.account.to_string())
        .bind::<sql_types::Text, _>(actor.origin.source.as_deref().unwrap_or_default())
        .bind::<sql_types::Integer, _>(limit)
        .prepared()
        .get_result(conn)
        .await?;
    let address_is_within = counted.of_address.is_none_or(|requests| requests <= limits.changes_per_address);
    Ok(counted.of_account <= limit && address_is_within)
}

/// Counts a document that a person has made, once it is known that there is one to make.
///
/// # Errors
/// `request.rate_limited` when there were too many in this minute.
pub async fn count_document(service: &Service, conn: &mut Connection, actor: &Actor) -> Result<(), ApiError> {
    let now = service.now();
    let within = count(conn, service.limits(), Kind::Document, actor, minute(now)).await?;
    if within { Ok(()) } else { Err(refusal(now)) }
}

/// The minute that an instant lies in.
#[must_use]
pub fn minute(now: DateTime<Utc>) -> DateTime<Utc> {
    now.duration_trunc(TimeDelta::minutes(1)).unwrap_or(now)
}

/// What is replied when there were too many requests in a minute.
#[must_use]
pub fn refusal(now: DateTime<Utc>) -> ApiError {
    let detail = "There were too many requests in this minute. Come back in the next.";
    ApiError::new(ProblemCode::RateLimited, detail).retry_after(60 - now.second())
}

/// Forgets the minutes that are over. The one before stays a little: another server's clock may be behind.
///
/// # Errors
/// When the database fails.
pub async fn sweep(conn: &mut Connection, now: DateTime<Utc>) -> QueryResult<()> {
    let over = rate_count::minute.lt(now - TimeDelta::minutes(2));
    diesel::delete(rate_count::table).filter(over).execute(conn).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_requests_are_taken_when_the_minute_is_over() {
        let now: DateTime<Utc> = "2026-11-23T08:00:40.5Z".parse().unwrap();
        assert_eq!(minute(now), "2026-11-23T08:00:00Z".parse::<DateTime<Utc>>().unwrap());
        assert_eq!(refusal(now).code(), ProblemCode::RateLimited);
    }
}
