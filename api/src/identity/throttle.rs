//! Slows down guessing. Each attempt is counted before its password is looked at, so that many at once are no way around
//! the limit, and given back when it was none.
//!
//! A name is counted together with the address first: whoever guesses at a colleague's password shuts out himself, not
//! the colleague. The name alone and the address alone have wider limits, against guessing from many places and at many
//! names.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::{QueryDsl, QueryResult, QueryableByName, sql_types};
use diesel_async::{AsyncConnection, RunQueryDsl};

use super::Error;
use crate::{
    db::{Connection, schema::login_failure},
    http::Origin,
    service::Service,
};

/// How long attempts count.
const WINDOW: TimeDelta = TimeDelta::minutes(15);
/// Failures one name gets from one address, known or not.
const PER_NAME_AND_ADDRESS: i32 = 10;
/// Failures one name gets from everywhere.
const PER_NAME: i32 = 100;
/// Failures one address gets: wide enough for a town hall behind one address on a Monday morning.
const PER_ADDRESS: i32 = 2_000;

/// What an attempt to log in is counted for: keyed digests, which tell nobody without the key whose they are.
#[derive(Debug)]
pub(super) struct Attempt {
    name: String,
    address: String,
    name_and_address: String,
}

impl Attempt {
    pub(super) fn new(service: &Service, username: &str, origin: &Origin) -> Self {
        let (name, address) = (username.to_lowercase(), origin.source.as_deref().unwrap_or_default());
        let name_and_address = format!("{name}\0{address}");
        Self {
            name: service.digest("user name", name.as_bytes()),
            address: service.digest("address of a log-in", address.as_bytes()),
            name_and_address: service.digest("user name and address", name_and_address.as_bytes()),
        }
    }

    /// The name as the audit log keeps one that is nobody's.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    fn subjects(&self) -> Vec<&str> {
        vec![&self.name, &self.address, &self.name_and_address]
    }

    fn limit(&self, subject: &str) -> i32 {
        if subject == self.name_and_address {
            PER_NAME_AND_ADDRESS
        } else if subject == self.name {
            PER_NAME
        } else {
            PER_ADDRESS
        }
    }
}

#[derive(QueryableByName)]
struct Counted {
    #[diesel(sql_type = sql_types::Text)]
    subject: String,
    #[diesel(sql_type = sql_types::Timestamptz)]
    window_start: DateTime<Utc>,
    #[diesel(sql_type = sql_types::Integer)]
    failures: i32,
}

// In the order of the keys, here and below, so that two attempts at once cannot wait for each other.
const COUNT: &str = "\
    INSERT INTO login_failure AS known (subject, window_start, failures) \
    SELECT subject, $2, 1 FROM unnest($1) AS subject ORDER BY subject \
    ON CONFLICT (subject) DO UPDATE SET \
        failures = CASE WHEN known.window_start > $3 THEN known.failures + 1 ELSE 1 END, \
        window_start = CASE WHEN known.window_start > $3 THEN known.window_start ELSE $2 END \
    RETURNING subject, window_start, failures";

const GIVE_BACK: &str = "\
    UPDATE login_failure SET failures = greatest(failures - 1, 0) \
    FROM (SELECT subject FROM login_failure WHERE subject = ANY($1) ORDER BY subject FOR UPDATE) AS mine \
    WHERE login_failure.subject = mine.subject";

const SWEEP: &str = "\
    DELETE FROM login_failure WHERE subject IN \
        (SELECT subject FROM login_failure WHERE window_start <= $1 FOR UPDATE SKIP LOCKED)";

/// Counts an attempt, or refuses it when there were too many. A refused one counts for nothing: who keeps knocking at a
/// shut door must not shut others.
pub(super) async fn count(conn: &mut Connection, attempt: &Attempt, now: DateTime<Utc>) -> Result<(), Error> {
    conn.transaction(async |conn| {
        let counted: Vec<Counted> = diesel::sql_query(COUNT)
            .bind::<sql_types::Array<sql_types::Text>, _>(attempt.subjects())
            .bind::<sql_types::Timestamptz, _>(now)
            .bind::<sql_types::Timestamptz, _>(now - WINDOW)
            .get_results(conn)
            .await?;
        let too_many = counted.into_iter().filter(|counted| counted.failures > attempt.limit(&counted.subject));
        match too_many.map(|counted| counted.window_start + WINDOW).max() {
            Some(until) => Err(Error::Throttled { seconds: seconds_until(until, now) }),
            None => Ok(()),
        }
    })
    .await
}

fn seconds_until(until: DateTime<Utc>, now: DateTime<Utc>) -> u32 {
    u32::try_from((until - now).num_seconds()).unwrap_or(0) + 1
}

/// Takes back an attempt that turned out to be no guess.
pub(super) async fn give_back(conn: &mut Connection, attempt: &Attempt) -> QueryResult<()> {
    let give_back = diesel::sql_query(GIVE_BACK);
    give_back.bind::<sql_types::Array<sql_types::Text>, _>(attempt.subjects()).execute(conn).await?;
    Ok(())
}

/// Takes back an attempt that was right, and forgives the wrong ones from the same place before it.
pub(super) async fn forgive(conn: &mut Connection, attempt: &Attempt) -> QueryResult<()> {
    give_back(conn, attempt).await?;
    diesel::delete(login_failure::table.find(&attempt.name_and_address)).execute(conn).await?;
    Ok(())
}

/// Forgets what does not count any more.
pub(super) async fn sweep(conn: &mut Connection, now: DateTime<Utc>) -> QueryResult<()> {
    diesel::sql_query(SWEEP).bind::<sql_types::Timestamptz, _>(now - WINDOW).execute(conn).await?;
    Ok(())
}
