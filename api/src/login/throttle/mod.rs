//! Slows down guessing. Each attempt is counted before its password is looked at, so that many at once are no way around
//! the limit, and given back when it was none. Nothing is held while an attempt has to wait: it is refused, and told when
//! to come back.
//!
//! What counts is the account that a name finds, not how the name is written. On a device that the account has logged in
//! on before, the device's own failures count and no others; it stays the same device when others log in on it in between
//! (`devices.rs`). Elsewhere an account is counted together with the address
//! first, and the account alone and the address alone have wider limits, against guessing from many places and at many
//! names (`rules.rs`).

mod rules;

use chrono::{DateTime, Utc};
use diesel::{ExpressionMethods, QueryDsl, QueryResult, QueryableByName, sql_types};
use diesel_async::{AsyncConnection, RunQueryDsl};
use openapi::ids::AccountId;

use self::rules::{Count, Counts, Decision, WINDOW, decide};
use super::{Error, devices::Device, username};
use crate::{
    db::{Connection, schema::login_failure},
    http::Origin,
    service::Service,
};

/// An attempt to log in, and what it is counted for: keyed digests, which tell without the key of no account.
#[derive(Debug)]
pub(super) struct Attempt {
    account: Option<AccountId>,
    name: String,
    counted: Subjects,
}

#[derive(Debug)]
enum Subjects {
    Device(String),
    Elsewhere { account: String, address: String, both: String },
}

impl Attempt {
    /// On a device that the account is known on, or elsewhere.
    pub(super) fn new(
        service: &Service,
        username: &str,
        account: Option<AccountId>,
        device: Option<Device>,
        origin: &Origin,
    ) -> Self {
        let name = service.digest("user name", username::fold(username).as_bytes());
        let whose = account.map_or_else(|| name.clone(), |account| account.to_string());
        let counted = match device {
            Some(Device(id)) => Subjects::Device(service.digest("device", &[whose.as_bytes(), id.as_bytes()].concat())),
            None => {
                let address = origin.source.as_deref().unwrap_or_default();
                Subjects::Elsewhere {
                    account: service.digest("account of a login", whose.as_bytes()),
                    address: service.digest("address of a login", address.as_bytes()),
                    both: service.digest("account and address", format!("{whose}\0{address}").as_bytes()),
                }
            }
        };
        Self { account, name, counted }
    }

    /// The account that the name finds.
    pub(super) fn account(&self) -> Option<AccountId> {
        self.account
    }

    /// The name as the audit log keeps one that belongs to no account.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    fn subjects(&self) -> Vec<&str> {
        match &self.counted {
            Subjects::Device(device) => vec![device],
            Subjects::Elsewhere { account, address, both } => vec![account, address, both],
        }
    }

    /// What waits after too many.
    fn own(&self) -> &str {
        match &self.counted {
            Subjects::Device(own) | Subjects::Elsewhere { both: own, .. } => own,
        }
    }

    fn counts(&self, counted: &[Counted]) -> Option<Counts> {
        let of = |subject: &String| {
            let found = counted.iter().find(|counted| counted.subject == *subject)?;
            Some(Count { window_start: found.window_start, failures: found.failures, open_at: found.open_at })
        };
        Some(match &self.counted {
            Subjects::Device(device) => Counts::Device(of(device)?),
            Subjects::Elsewhere { account, address, both } => {
                Counts::Elsewhere { account: of(account)?, address: of(address)?, both: of(both)? }
            }
        })
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
    #[diesel(sql_type = sql_types::Nullable<sql_types::Timestamptz>)]
    open_at: Option<DateTime<Utc>>,
}

// In the order of the keys, here and below, so that two attempts at once cannot wait for each other.
const COUNT: &str = "\
    INSERT INTO login_failure AS known (subject, window_start, failures) \
    SELECT subject, $2, 1 FROM unnest($1) AS subject ORDER BY subject \
    ON CONFLICT (subject) DO UPDATE SET \
        failures = CASE WHEN known.window_start > $3 THEN known.failures + 1 ELSE 1 END, \
        open_at = CASE WHEN known.window_start > $3 THEN known.open_at END, \
        window_start = CASE WHEN known.window_start > $3 THEN known.window_start ELSE $2 END \
    RETURNING subject, window_start, failures, open_at";

const GIVE_BACK: &str = "\
    UPDATE login_failure SET failures = greatest(failures - 1, 0), open_at = NULL \
    FROM (SELECT subject FROM login_failure WHERE subject = ANY($1) ORDER BY subject FOR UPDATE) AS mine \
    WHERE login_failure.subject = mine.subject";

const SWEEP: &str = "\
    DELETE FROM login_failure WHERE subject IN \
        (SELECT subject FROM login_failure WHERE window_start <= $1 FOR UPDATE SKIP LOCKED)";

/// Counts an attempt, or refuses it when there were too many. A refused one counts for nothing: knocking on at a
/// shut door must shut no others.
pub(super) async fn count(conn: &mut Connection, attempt: &Attempt, now: DateTime<Utc>) -> Result<(), Error> {
    conn.transaction(async |conn| {
        let counted: Vec<Counted> = diesel::sql_query(COUNT)
            .bind::<sql_types::Array<sql_types::Text>, _>(attempt.subjects())
            .bind::<sql_types::Timestamptz, _>(now)
            .bind::<sql_types::Timestamptz, _>(now - WINDOW)
            .get_results(conn)
            .await?;
        let counts = attempt.counts(&counted).ok_or(diesel::NotFound)?;
        match decide(counts, now) {
            Decision::Look => Ok(()),
            Decision::LookAndWait(open_at) => {
                let own = login_failure::table.find(attempt.own());
                diesel::update(own).set(login_failure::open_at.eq(open_at)).execute(conn).await?;
                tracing::warn!(
                    target: "login_throttled",
                    account = attempt.account.map(tracing::field::display),
                    on_known_device = matches!(counts, Counts::Device(_)),
                    next_attempt_at = %open_at,
                    "too many failed logins"
                );
                Ok(())
            }
            Decision::Wait(until) => Err(Error::Throttled { seconds: seconds_until(until, now) }),
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
    diesel::delete(login_failure::table.find(attempt.own())).execute(conn).await?;
    Ok(())
}

/// Forgets what does not count any more.
pub(super) async fn sweep(conn: &mut Connection, now: DateTime<Utc>) -> QueryResult<()> {
    diesel::sql_query(SWEEP).bind::<sql_types::Timestamptz, _>(now - WINDOW).execute(conn).await?;
    Ok(())
}
