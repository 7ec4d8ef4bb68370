//! Municipal days and the status of a hearing, by PostgreSQL's own reckoning: it has its own tables of time zones, and
//! its own word for the status.

use api::hearings::rules::LifeCycle;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use openapi::{
    limits::{FIRST_YEAR, LAST_YEAR},
    time,
};
use proptest::{collection::vec, option, prelude::*};
use tests::{App, instant};

use super::holds;

/// Every day a hearing can begin or end on, both clock changes and leap days of all years included.
#[tokio::test(flavor = "multi_thread")]
async fn every_day_begins_and_ends_when_postgresql_says() {
    let app = App::start().await;
    let days = "SELECT day::date, day AT TIME ZONE 'Europe/Copenhagen', \
                    (day + interval '1 day') AT TIME ZONE 'Europe/Copenhagen' \
                FROM generate_series(make_timestamp($1, 1, 1, 0, 0, 0), make_timestamp($2, 12, 31, 0, 0, 0), '1 day') \
                    AS day";
    let rows = app.database().owner().query(days, &[&FIRST_YEAR, &LAST_YEAR]).await.unwrap();
    assert_eq!(rows.len(), 36_525);
    for row in rows {
        let day: NaiveDate = row.get(0);
        assert_eq!((time::start_of_day(day), time::deadline(day)), (row.get(1), row.get(2)), "{day}");
        let (begins, ends): (DateTime<Utc>, DateTime<Utc>) = (row.get(1), row.get(2));
        let last = ends - TimeDelta::microseconds(1);
        assert_eq!((time::day_of(begins), time::day_of(last)), (day, day));
    }
    app.finish().await;
}

/// Times that are often equal, and often a microsecond apart.
fn moment() -> impl Strategy<Value = DateTime<Utc>> {
    let around = prop_oneof![
        Just(instant("2026-03-29T01:00:00Z")),
        Just(instant("2026-10-25T01:00:00Z")),
        Just(instant("2028-02-28T23:00:00Z")),
        (0_i64..4_000_000_000).prop_map(|seconds| DateTime::from_timestamp(seconds, 0).unwrap()),
    ];
    (around, -2_i64..=2).prop_map(|(around, microseconds)| around + TimeDelta::microseconds(microseconds))
}

fn life_cycle() -> impl Strategy<Value = LifeCycle> {
    let maybe = || option::weighted(0.7, moment());
    (maybe(), maybe(), maybe(), maybe(), maybe()).prop_map(|times| {
        let (published_at, starts_at, deadline_at, cancelled_at, concluded_at) = times;
        LifeCycle { published_at, starts_at, deadline_at, cancelled_at, concluded_at }
    })
}

/// Also of lives that no table allows, and for a session in any zone.
#[tokio::test(flavor = "multi_thread")]
async fn the_status_is_the_same_in_sql_and_in_rust_whatever_the_times() {
    let app = App::start().await;
    let owner = app.database().owner();
    let zones = ["UTC", "Pacific/Kiritimati", "America/St_Johns", "Europe/Copenhagen"];
    let status = "SELECT hearing_status(published, starts, deadline, cancelled, concluded, now) FROM \
                  unnest($1::timestamptz[], $2::timestamptz[], $3::timestamptz[], $4::timestamptz[], \
                      $5::timestamptz[], $6::timestamptz[]) WITH ORDINALITY \
                      AS life (published, starts, deadline, cancelled, concluded, now, place) ORDER BY place";
    let status = owner.prepare(status).await.unwrap();
    holds(16, &(vec((life_cycle(), moment()), 500), 0..zones.len()), async |(lives, zone)| {
        owner.batch_execute(&format!("SET timezone = '{}'", zones[zone])).await.unwrap();
        let column = |of: fn(&LifeCycle) -> Option<DateTime<Utc>>| -> Vec<_> {
            lives.iter().map(|(life, _)| of(life)).collect()
        };
        let now: Vec<DateTime<Utc>> = lives.iter().map(|(_, now)| *now).collect();
        let rows = owner
            .query(
                &status,
                &[
                    &column(|life| life.published_at),
                    &column(|life| life.starts_at),
                    &column(|life| life.deadline_at),
                    &column(|life| life.cancelled_at),
                    &column(|life| life.concluded_at),
                    &now,
                ],
            )
            .await
            .unwrap();
        for (row, (life, now)) in rows.iter().zip(&lives) {
            assert_eq!(row.get::<_, String>(0), life.status(*now).as_str(), "{life:?} at {now}");
        }
        assert_eq!(rows.len(), lives.len());
    });
    app.finish().await;
}
