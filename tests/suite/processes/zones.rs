//! Servers and a database that take themselves to be elsewhere: a municipal day is a day in Copenhagen all the same, and
//! what follows a boundary follows once, also when nobody was there at either.

use chrono::{DateTime, Days, TimeDelta, Utc};
use futures::future::join;
use openapi::{
    audit::{AuditAction, AuditQuery},
    hearings::HearingStatus,
    ids::HearingId,
    time,
};
use tests::{
    App, Setup, Who,
    specimen::{Specimen, Wish},
};
use tokio::time::sleep;

use super::{AGORA, in_time};

/// An application on a database in another zone, whose sessions also write days in another way.
async fn elsewhere(zone: &str) -> App {
    let app = Setup::default().at(Utc::now()).start().await;
    let name = app.database().name();
    let settings =
        format!("ALTER DATABASE {name} SET timezone = '{zone}'; ALTER DATABASE {name} SET datestyle = 'SQL, DMY'");
    app.database().owner().batch_execute(&settings).await.unwrap();
    app
}

/// West and east of Copenhagen as far as it goes: there it is another day for most of the day.
#[tokio::test(flavor = "multi_thread")]
async fn a_day_is_a_day_in_copenhagen_wherever_the_server_is() {
    for (servers, databases) in [("Pacific/Kiritimati", "Pacific/Pago_Pago"), ("Pacific/Pago_Pago", "Asia/Kathmandu")] {
        let app = elsewhere(databases).await;
        let server = app.serve(AGORA).without_jobs().in_zone(servers).start().await;
        let owner = app.owner().at(&server.url);
        let (first, last) = (time::day_of(app.now()) + Days::new(3), time::day_of(app.now()) + Days::new(20));
        let draft = app
            .hearing()
            .patch(|patch| (patch.starts_on, patch.deadline_on) = (Some(Some(first)), Some(Some(last))))
            .draft()
            .await;
        let request = openapi::hearings::PublishHearing { start: openapi::hearings::PublishStart::OnStartDate };
        let hearing = owner.publish_hearing(draft.id, draft.version, &request).await.unwrap();
        assert_eq!(hearing.status, HearingStatus::Scheduled);
        // The database's own tables of time zones are asked, not ours.
        let ends = "SELECT ($1::date + time '00:00') AT TIME ZONE 'Europe/Copenhagen', \
                    ($2::date + 1 + time '00:00') AT TIME ZONE 'Europe/Copenhagen'";
        let ends = app.database().owner().query_one(ends, &[&first, &last]).await.unwrap();
        assert_eq!((hearing.starts_at, hearing.deadline_at), (Some(ends.get(0)), Some(ends.get(1))));
        assert_eq!((hearing.starts_on, hearing.deadline_on), (Some(first), Some(last)));
        server.terminate().await;
        app.finish().await;
    }
}

/// Two servers start at the same moment, after a hearing has begun and ended without them.
#[tokio::test(flavor = "multi_thread")]
async fn servers_that_were_down_over_both_boundaries_make_up_for_each_once() {
    let app = elsewhere("America/St_Johns").await;
    let pattern = app.hearing().staffed().draft().await;
    let mut hearings = Vec::new();
    for status in ["processing", "open", "scheduled", "draft", "cancelled"] {
        hearings.push(HearingId(Specimen::copy(&app, &pattern, Wish::of(status)).await.hearing));
    }
    let begin = |zone| app.serve(AGORA).in_zone(zone).start();
    let (one, other) = join(begin("Pacific/Chatham"), begin("America/Anchorage")).await;
    let expected: [&[AuditAction]; 5] = [
        &[AuditAction::HearingDeadlinePassed, AuditAction::HearingOpened],
        &[AuditAction::HearingOpened],
        &[],
        &[],
        &[AuditAction::HearingOpened],
    ];
    let all_noticed = async {
        while noticed(&app).await.len() < 4 || app.database().count("job").await > 0 {
            sleep(TimeDelta::milliseconds(20).to_std().unwrap()).await;
        }
    };
    in_time(all_noticed).await;
    one.terminate().await;
    other.terminate().await;
    let noticed = noticed(&app).await;
    for (hearing, expected) in hearings.iter().zip(expected) {
        let own: Vec<AuditAction> =
            noticed.iter().filter(|(of, ..)| of == hearing).map(|(_, action, _)| *action).collect();
        assert_eq!(own, expected);
    }
    for (hearing, action, occurred_at) in noticed {
        let hearing = app.owner().get_hearing(hearing).await.unwrap();
        let boundary = if action == AuditAction::HearingOpened { hearing.starts_at } else { hearing.deadline_at };
        assert_eq!(Some(occurred_at), boundary, "dated as it was, not as it was noticed");
    }
    app.finish().await;
}

/// The boundaries in the audit log, newest first.
async fn noticed(app: &App) -> Vec<(HearingId, AuditAction, DateTime<Utc>)> {
    let action = vec![AuditAction::HearingOpened, AuditAction::HearingDeadlinePassed];
    let query = AuditQuery { action, limit: Some(100), ..AuditQuery::default() };
    let entries = app.person(Who::Auditor).list_audit_entries(&query).await.unwrap().items;
    entries.into_iter().map(|entry| (entry.hearing.unwrap().id, entry.action, entry.occurred_at)).collect()
}
