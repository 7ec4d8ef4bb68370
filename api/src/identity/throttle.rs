//! Slows down guessing: after some failures a user name, and after many an address, has to wait.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::{ExpressionMethods, QueryDsl, QueryResult, upsert::excluded};
use diesel_async::RunQueryDsl;
use sha2::{Digest, Sha256};

use super::Error;
use crate::{
    db::{Connection, schema::login_failure},
    http::Origin,
};

/// How long failures count.
const WINDOW: TimeDelta = TimeDelta::minutes(15);
/// Failures a user name gets, known or not.
const PER_NAME: i32 = 10;
/// Failures an address gets: wide enough for a town hall behind one address on a Monday morning.
const PER_ADDRESS: i32 = 500;

/// What failures are counted for.
pub(super) struct Subjects {
    name: Vec<u8>,
    address: Vec<u8>,
}

impl Subjects {
    pub(super) fn new(username: &str, origin: &Origin) -> Self {
        let subject = |kind: &str, value: &str| {
            Sha256::new().chain_update(kind).chain_update([0]).chain_update(value).finalize().to_vec()
        };
        let source = origin.source.as_deref().unwrap_or_default();
        Self { name: subject("name", &username.to_lowercase()), address: subject("address", source) }
    }
}

/// Refuses when there were too many failures lately.
pub(super) async fn check(conn: &mut Connection, subjects: &Subjects, now: DateTime<Utc>) -> Result<(), Error> {
    let counted: Vec<(Vec<u8>, DateTime<Utc>, i32)> = login_failure::table
        .filter(login_failure::subject.eq_any([&subjects.name, &subjects.address]))
        .filter(login_failure::window_start.gt(now - WINDOW))
        .select((login_failure::subject, login_failure::window_start, login_failure::failures))
        .load(conn)
        .await?;
    let until = counted
        .into_iter()
        .filter(|(subject, _, failures)| *failures >= if *subject == subjects.name { PER_NAME } else { PER_ADDRESS })
        .map(|(_, start, _)| start + WINDOW)
        .max();
    match until {
        Some(until) => Err(Error::Throttled { seconds: u32::try_from((until - now).num_seconds()).unwrap_or(0) + 1 }),
        None => Ok(()),
    }
}

/// Counts a failure.
pub(super) async fn count(conn: &mut Connection, subjects: &Subjects, now: DateTime<Utc>) -> QueryResult<()> {
    diesel::delete(login_failure::table.filter(login_failure::window_start.le(now - WINDOW))).execute(conn).await?;
    // In the order of the keys, so that two failures at once cannot wait for each other.
    let mut ordered = [&subjects.name, &subjects.address];
    ordered.sort();
    for subject in ordered {
        diesel::insert_into(login_failure::table)
            .values((
                login_failure::subject.eq(subject),
                login_failure::window_start.eq(now),
                login_failure::failures.eq(1),
            ))
            .on_conflict(login_failure::subject)
            .do_update()
            .set(login_failure::failures.eq(login_failure::failures + excluded(login_failure::failures)))
            .execute(conn)
            .await?;
    }
    Ok(())
}

/// Forgets a name's failures after a log-in that worked.
pub(super) async fn forget(conn: &mut Connection, subjects: &Subjects) -> QueryResult<()> {
    diesel::delete(login_failure::table.find(&subjects.name)).execute(conn).await?;
    Ok(())
}
