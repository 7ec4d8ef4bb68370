//! How much one person and one place may ask for: the same on two servers, wide enough for a town hall behind one
//! address, and no wider for a caller who forges where they come from.

use api::config::{Config, LimitsConfig};
use chrono::{DateTime, TimeDelta, Utc};
use futures::stream::{self, StreamExt};
use openapi::{drafts::DraftPatch, problem::ProblemCode};
use tests::{Answer, App, Person, Setup, contract::operations, instant, key, refused, usual_limits};

/// An application that stands still in the middle of a minute, so that everything happens in it.
async fn app_with(limits: LimitsConfig, proxies: usize) -> App {
    let configure = move |config: &mut Config| {
        config.limits = limits;
        config.http.trusted_proxies = proxies;
    };
    let app = Setup::default().configure(configure).start().await;
    app.clock.stop_at(middle());
    app
}

/// Twenty seconds before the minute is over.
fn middle() -> DateTime<Utc> {
    instant("2026-11-02T09:00:40Z")
}

/// What a caller does who wants to change something and has nothing to change.
async fn change(person: &Person, media_type: &str, forwarded_for: &str) -> Answer {
    let headers =
        [("X-CSRF-Token", person.csrf_token()), ("Content-Type", media_type), ("X-Forwarded-For", forwarded_for)];
    person.socket().request("POST", "/api/v1/hearings", &headers, Some(b"{}")).await
}

async fn visit(person: &Person, forwarded_for: &str) -> u16 {
    let headers = [("X-Forwarded-For", forwarded_for)];
    person.socket().request("GET", "/api/v1/hearings", &headers, None).await.status
}

/// 2,000 people behind one address, over two servers: each begins an answer, saves it while typing and sends it, all in
/// one minute, and none is held up.
#[tokio::test(flavor = "multi_thread")]
async fn a_town_hall_behind_one_address_is_not_held_up() {
    let app = app_with(usual_limits(), 1).await;
    let (hearing, other) = (app.hearing().open().await.id, app.another_server().await);
    let (people, terms) = (app.crowd(2_000).await, app.owner().terms().await);
    let servers = [app.url(), other.url()];
    let answered = stream::iter(people.iter().enumerate()).map(async |(number, person)| {
        let at = |turn: usize| person.at(&servers[(number + turn) % 2]);
        let mut draft = at(0).create_draft(hearing).await.unwrap().item;
        for turn in 1..3 {
            let patch = DraftPatch { text: Some(format!("Udkast {turn}")), ..DraftPatch::default() };
            draft = at(turn).update_draft(hearing, draft.id, draft.version, &patch).await.unwrap();
        }
        at(3).send_draft(hearing, draft.id, draft.version, &terms, &key()).await.unwrap();
    });
    answered.buffer_unordered(16).for_each(async |()| {}).await;
    assert_eq!(app.database().count("response").await, 2_000);
    let counted = "rate_count WHERE kind = 'address' AND requests >= 8000";
    assert_eq!(app.database().count(counted).await, 1, "all of them behind one address");
    app.database().owner().execute("DELETE FROM job", &[]).await.unwrap();
    other.stop().await;
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_persons_limit_is_the_same_on_two_servers_together() {
    let app = app_with(LimitsConfig { changes: 6, ..usual_limits() }, 0).await;
    let other = app.another_server().await;
    let (here, there) = (app.employee(1), app.employee(1).at(&other.url()));
    for turn in 0..6 {
        let person = if turn % 2 == 0 { &here } else { &there };
        assert_eq!(change(person, "application/json", "").await.problem().code, ProblemCode::Forbidden);
    }
    for person in [&here, &there] {
        let answer = change(person, "application/json", "").await;
        assert_eq!((answer.status, answer.problem().code), (429, ProblemCode::RateLimited));
        assert_eq!(answer.header("retry-after"), "20", "when the minute is over");
        here.list_my_drafts(&openapi::page::PageQuery::default()).await.expect("reading goes on");
    }
    assert_eq!(change(&app.employee(2), "application/json", "").await.status, 403, "a colleague is not held up");
    app.clock.stop_at(middle() + TimeDelta::seconds(20));
    assert_eq!(change(&there, "application/json", "").await.status, 403, "the next minute begins anew");
    here.delete_session().await.expect("no person has to stay logged in");
    other.stop().await;
    app.run_jobs().await;
    app.finish().await;
}

/// Files count by themselves: fewer of them, and none of the changes.
#[tokio::test(flavor = "multi_thread")]
async fn uploads_have_a_limit_of_their_own() {
    let app = app_with(LimitsConfig { changes: 4, uploads: 2, ..usual_limits() }, 0).await;
    let employee = app.employee(1);
    let form = "multipart/form-data; boundary=x";
    for expected in [403, 403, 429, 429] {
        assert_eq!(change(&employee, form, "").await.status, expected);
    }
    for expected in [403, 403, 403, 403, 429] {
        assert_eq!(change(&employee, "application/json", "").await.status, expected);
    }
    app.finish().await;
}

/// What stands before the entry of the operator's own proxy anybody can have written; without a proxy, all of it.
#[tokio::test(flavor = "multi_thread")]
async fn forging_the_address_is_no_way_around_its_limit_and_shuts_no_other_out() {
    for (proxies, from) in [(0, ["1.1.1.1", "2.2.2.2", "3.3.3.3", "4.4.4.4"]), (1, ["", "5.5.5.5, ", "x, ", "::1, "])] {
        let app =
            app_with(LimitsConfig { changes_per_address: 3, visits_per_address: 3, ..usual_limits() }, proxies).await;
        let forged = |number: usize| match proxies {
            0 => from[number].to_owned(),
            _ => format!("{}198.51.100.7", from[number]),
        };
        for (number, expected) in [403, 403, 403, 429].into_iter().enumerate() {
            let employee = app.employee(u8::try_from(number + 1).unwrap());
            assert_eq!(change(&employee, "application/json", &forged(number)).await.status, expected, "{number}");
        }
        let visitor = app.anonymous();
        for (number, expected) in [200, 200, 200, 429].into_iter().enumerate() {
            assert_eq!(visit(&visitor, &forged(number)).await, expected, "{number}");
        }
        if proxies > 0 {
            let elsewhere = "198.51.100.7, 203.0.113.9";
            assert_eq!(change(&app.employee(9), "application/json", elsewhere).await.status, 403);
            assert_eq!(visit(&visitor, elsewhere).await, 200);
        }
        app.finish().await;
    }
}

/// A person who is over their own limit uses up nothing of their colleagues'.
#[tokio::test(flavor = "multi_thread")]
async fn who_keeps_knocking_shuts_out_himself_alone() {
    let app = app_with(LimitsConfig { changes: 2, changes_per_address: 5, ..usual_limits() }, 0).await;
    let knocking = stream::iter(0..40).then(async |_| change(&app.employee(1), "application/json", "").await.status);
    let answers: Vec<u16> = knocking.collect().await;
    assert_eq!(answers.iter().filter(|status| **status == 403).count(), 2);
    assert_eq!(change(&app.employee(2), "application/json", "").await.status, 403);
    app.finish().await;
}

/// By rule and not one by one: whatever changes something is limited, and the document says so.
#[tokio::test(flavor = "multi_thread")]
async fn every_operation_is_limited_and_says_so() {
    let app = app_with(LimitsConfig { changes: 1, visits_per_address: 1, ..usual_limits() }, 0).await;
    let (employee, visitor) = (app.employee(1), app.anonymous());
    assert_eq!(change(&employee, "application/json", "").await.status, 403);
    assert_eq!(visit(&visitor, "").await, 200);
    let headers = [("X-CSRF-Token", employee.csrf_token())];
    for operation in operations() {
        let address = operation.path.replace(['{', '}'], "");
        let is_free = operation.path.contains("/health/");
        let says_so = operation.value["responses"].get("429").is_some();
        assert_eq!(says_so, !is_free, "{}", operation.id);
        let visited = visitor.socket().request(&operation.method, &address, &[], None).await;
        assert_eq!(visited.status == 429, !is_free, "{} of a visitor: {}", operation.id, visited.status);
        if !["delete_session", "delete_sessions"].contains(&operation.id.as_str()) {
            let answer = employee.socket().request(&operation.method, &address, &headers, None).await;
            assert_eq!(answer.status == 429, operation.writes(), "{}: {}", operation.id, answer.status);
        }
    }
    app.clock.set(middle() + TimeDelta::minutes(1));
    app.run_jobs().await;
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn minutes_that_are_over_are_forgotten() {
    let app = app_with(usual_limits(), 0).await;
    change(&app.employee(1), "application/json", "").await;
    assert_eq!(app.database().count("rate_count").await, 2, "the person and the address");
    app.clock.stop_at(middle() + TimeDelta::minutes(3));
    app.run_jobs().await;
    assert_eq!(app.database().count("rate_count").await, 0);
    app.finish().await;
}

/// A limit that is reached is the person's own business and no entry in the log, which could be filled that way.
#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_leaves_nothing_behind() {
    let app = app_with(LimitsConfig { changes: 1, ..usual_limits() }, 0).await;
    let owner = app.owner();
    let draft = openapi::hearings::HearingDraft { title: "Den ene".to_owned() };
    owner.create_hearing(&draft, &key()).await.unwrap();
    let before = app.database().fingerprint().await;
    assert_eq!(refused(owner.create_hearing(&draft, &key()).await), ProblemCode::RateLimited);
    assert_eq!(app.database().fingerprint().await, before);
    assert_eq!(app.database().count("audit_tally").await, 0);
    app.finish().await;
}

/// What another site makes a browser send uses up nothing of what its owner may ask for, and is limited all the same.
#[tokio::test(flavor = "multi_thread")]
async fn a_forged_request_uses_up_nothing_of_its_victims() {
    let app = app_with(LimitsConfig { changes: 1, visits_per_address: 5, ..usual_limits() }, 0).await;
    let employee = app.employee(1);
    let forged = async || employee.socket().request("POST", "/api/v1/hearings", &[], None).await.problem().code;
    for _ in 0..5 {
        assert_eq!(forged().await, ProblemCode::CsrfRefused);
    }
    assert_eq!(forged().await, ProblemCode::RateLimited, "no more of them than of visits");
    assert_eq!(app.database().count("rate_count").await, 0);
    assert_eq!(change(&employee, "application/json", "").await.status, 403, "the employee's own is counted first now");
    assert_eq!(change(&employee, "application/json", "").await.status, 429);
    app.clock.set(middle() + TimeDelta::minutes(1));
    app.run_jobs().await;
    app.finish().await;
}
