//! Days that contradict each other or the calendar.

use openapi::hearings::{HearingPatch, PublishHearing, PublishStart};
use tests::{App, Setup, instant, refused};

/// A draft may say anything; publishing names everything that does not fit.
#[tokio::test(flavor = "multi_thread")]
async fn contradicting_days_are_named_when_publishing() {
    let app = App::start().await;
    let owner = app.owner();
    for (starts_on, deadline_on, wrong) in [
        ("2026-12-10", "2026-12-09", vec!["/deadlineOn"]),
        ("2026-11-01", "2026-12-09", vec!["/startsOn"]),
        ("2026-11-10", "2026-11-01", vec!["/deadlineOn"]),
        ("2000-01-01", "2000-01-02", vec!["/startsOn", "/deadlineOn"]),
        ("2099-12-31", "2099-12-30", vec!["/deadlineOn"]),
    ] {
        let draft = app.hearing().patch(|patch| {
            patch.starts_on = Some(Some(starts_on.parse().unwrap()));
            patch.deadline_on = Some(Some(deadline_on.parse().unwrap()));
        });
        let draft = draft.draft().await;
        let before = app.database().fingerprint().await;
        let request = PublishHearing { start: PublishStart::OnStartDate };
        let refusal = refused(owner.publish_hearing(draft.id, draft.version, &request).await);
        assert_eq!(refusal.pointers, wrong, "{starts_on} to {deadline_on}");
        assert_eq!(app.database().fingerprint().await, before, "nothing half written");
    }
    app.finish().await;
}

/// What is scheduled opens by itself, so that it must stay whole.
#[tokio::test(flavor = "multi_thread")]
async fn contradicting_days_are_refused_while_scheduled() {
    let app = App::start().await;
    let hearing = app.hearing().scheduled().await;
    let before = app.database().fingerprint().await;
    let patch = HearingPatch { deadline_on: Some(Some("2026-11-05".parse().unwrap())), ..HearingPatch::default() };
    let refusal = refused(app.owner().update_hearing(hearing.id, hearing.version, &patch).await);
    assert_eq!(refusal.pointers, ["/deadlineOn"]);
    assert_eq!(app.database().fingerprint().await, before, "nothing half written");
    app.finish().await;
}

/// The days the clocks change have 23 and 25 hours, and end where the next day begins.
#[tokio::test(flavor = "multi_thread")]
async fn both_days_of_the_clock_change_end_at_their_own_midnight() {
    for (day, begins, ends) in [
        ("2026-03-29", "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z"),
        ("2026-10-25", "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z"),
    ] {
        let app = Setup::default().at(instant("2026-03-02T08:00:00Z")).start().await;
        let only_day = app.hearing().patch(|patch| {
            patch.starts_on = Some(Some(day.parse().unwrap()));
            patch.deadline_on = Some(Some(day.parse().unwrap()));
        });
        let hearing = only_day.scheduled().await;
        assert_eq!(hearing.starts_at, Some(instant(begins)), "{day}");
        assert_eq!(hearing.deadline_at, Some(instant(ends)), "{day}");
        app.finish().await;
    }
}
