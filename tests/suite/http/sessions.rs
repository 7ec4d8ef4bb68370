//! Logging in and out: sessions that are new at each login, end by disuse and by age and at once when told to, and
//! passwords that cannot be guessed.

use chrono::TimeDelta;
use openapi::{page::PageQuery, problem::ProblemCode, session::GlobalRole};
use tests::{App, PASSWORD, Setup, Who, refused};

const COOKIE: &str = "agora_session";

/// With the usual ends: after 30 minutes without use, and after 10 hours.
async fn app() -> App {
    let usual = |config: &mut api::config::Config| {
        config.session.session_idle_minutes = 30;
        config.session.session_hours = 10;
    };
    Setup::default().configure(usual).start().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_login_says_whose_it_is_and_gives_a_new_session_each_time() {
    let app = app().await;
    let mut person = app.anonymous();
    let before = person.visit().await;
    assert_eq!(before.account, None);
    let session = person.log_in_as(Who::Owner).await;
    let account = session.account.unwrap();
    assert_eq!(
        (account.name.as_str(), account.roles.as_slice()),
        ("Mette Sørensen", &[GlobalRole::HearingCreator][..])
    );
    assert_ne!(session.csrf_token, before.csrf_token, "the CSRF token changes at login");
    let first = person.socket().cookie(COOKIE).unwrap();
    person.log_in_as(Who::Owner).await;
    let second = person.socket().cookie(COOKIE).unwrap();
    assert_ne!(first, second, "the session changes at login");
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_stored_is_not_the_cookie() {
    let app = app().await;
    let mut person = app.anonymous();
    person.log_in_as(Who::Owner).await;
    let cookie = person.socket().cookie(COOKIE).unwrap();
    let found = "SELECT count(*) FROM session WHERE encode(token_hash, 'escape') LIKE '%' || $1 || '%'";
    let found: i64 = app.database().owner().query_one(found, &[&cookie]).await.unwrap().get(0);
    assert_eq!(found, 0);
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_ends_by_disuse_and_by_age() {
    let app = app().await;
    let mut person = app.anonymous();
    person.log_in_as(Who::Employee(1)).await;
    let begun = app.now();
    // Used every 25 minutes it lives on, and after ten hours it ends all the same.
    for minutes in (25..600).step_by(25) {
        app.clock.set(begun + TimeDelta::minutes(minutes));
        person.list_my_drafts(&PageQuery::default()).await.unwrap();
    }
    app.clock.set(begun + TimeDelta::hours(10));
    assert_eq!(refused(person.list_my_drafts(&PageQuery::default()).await), ProblemCode::SessionRequired);

    person.log_in_as(Who::Employee(1)).await;
    app.clock.set(app.now() + TimeDelta::minutes(31));
    assert_eq!(refused(person.list_my_drafts(&PageQuery::default()).await), ProblemCode::SessionRequired);
    assert_eq!(person.visit().await.account, None);
    assert_eq!(person.socket().cookie(COOKIE), None, "an ended session's cookie goes");
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn logging_out_ends_the_session_at_once_everywhere() {
    let app = app().await;
    let mut person = app.anonymous();
    person.log_in_as(Who::Employee(1)).await;
    let cookie = person.socket().cookie(COOKIE).unwrap();
    let stolen = person.with_cookie(COOKIE, &cookie);
    stolen.list_my_drafts(&PageQuery::default()).await.unwrap();
    person.delete_session().await.unwrap();
    assert_eq!(person.socket().cookie(COOKIE), None);
    assert_eq!(refused(stolen.list_my_drafts(&PageQuery::default()).await), ProblemCode::SessionRequired);
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_needs_the_sessions_own_csrf_token() {
    let app = app().await;
    let (mut mette, mut poul) = (app.anonymous(), app.anonymous());
    mette.log_in_as(Who::Owner).await;
    poul.log_in_as(Who::OtherCreator).await;
    let body = Some(br#"{"title": "En ny hearing"}"#.as_slice());
    let json = ("Content-Type", "application/json");
    for token in ["", "rubbish", poul.csrf_token()] {
        let headers = [json, ("X-CSRF-Token", token)];
        let answer = mette.socket().request("POST", "/api/v1/hearings", &headers, body).await;
        assert_eq!(answer.problem().code, ProblemCode::CsrfRefused, "{token}");
    }
    let headers = [json, ("X-CSRF-Token", mette.csrf_token())];
    let answer = mette.socket().request("POST", "/api/v1/hearings", &headers, body).await;
    assert_eq!(answer.status, 201);
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_name_and_a_wrong_password_cannot_be_told_apart() {
    let app = app().await;
    let mut person = app.anonymous();
    let unknown = person.log_in("findes-ikke", PASSWORD).await.unwrap_err();
    let wrong = person.log_in("mette", "forkert").await.unwrap_err();
    let (mut unknown, mut wrong) = (unknown.problem().unwrap().clone(), wrong.problem().unwrap().clone());
    assert_eq!(unknown.code, ProblemCode::BadCredentials);
    (unknown.instance, wrong.instance) = (String::new(), String::new());
    assert_eq!(unknown, wrong);
    app.finish().await;
}

/// Both a name that exists and one that does not have to wait after ten failures, and for a quarter of an hour.
#[tokio::test(flavor = "multi_thread")]
async fn guessing_is_slowed_down_for_known_and_unknown_names_alike() {
    let app = app().await;
    let mut person = app.anonymous();
    for name in ["mette", "findes-ikke"] {
        for _ in 0..10 {
            assert_eq!(refused(person.log_in(name, "gæt").await), ProblemCode::BadCredentials, "{name}");
        }
        assert_eq!(refused(person.log_in(name, "gæt").await), ProblemCode::LoginThrottled, "{name}");
    }
    assert_eq!(refused(person.log_in("METTE", PASSWORD).await), ProblemCode::LoginThrottled, "even with the password");
    let body = format!(r#"{{"username": "mette", "password": "{PASSWORD}"}}"#);
    let headers = [("Content-Type", "application/json"), ("X-CSRF-Token", person.csrf_token())];
    let answer = person.socket().request("POST", "/api/v1/session/login", &headers, Some(body.as_bytes())).await;
    let wait: i64 = answer.header("retry-after").parse().unwrap();
    assert!((1..=15 * 60).contains(&wait), "{wait} seconds");
    person.log_in_as(Who::OtherCreator).await;
    app.clock.set(app.now() + TimeDelta::minutes(16));
    person.log_in_as(Who::Owner).await;
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_login_that_works_forgets_the_failures() {
    let app = app().await;
    let mut person = app.anonymous();
    for _ in 0..3 {
        for _ in 0..9 {
            assert_eq!(refused(person.log_in("mette", "gæt").await), ProblemCode::BadCredentials);
        }
        person.log_in_as(Who::Owner).await;
    }
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_session_cookie_is_out_of_reach() {
    let app = app().await;
    let answer = login_reply(&app).await;
    let cookie = answer.header("set-cookie");
    for part in ["agora_session=", "HttpOnly", "SameSite=Lax", "Path=/"] {
        assert!(cookie.contains(part), "{part}: {cookie}");
    }
    assert_eq!(answer.header("cache-control"), "no-store");
    app.finish().await;

    let tls = |config: &mut api::config::Config| config.http.public_url = "https://agora.test".parse().unwrap();
    let app = Setup::default().configure(tls).start().await;
    let answer = login_reply(&app).await;
    let cookie = answer.header("set-cookie");
    assert!(cookie.starts_with("__Host-agora_session=") && cookie.contains("; Secure"), "{cookie}");
    assert!(answer.header("strict-transport-security").contains("max-age="));
    app.finish().await;
}

async fn login_reply(app: &App) -> tests::Answer {
    let mut person = app.anonymous();
    person.visit().await;
    let body = format!(r#"{{"username": "mette", "password": "{PASSWORD}"}}"#);
    let headers = [("Content-Type", "application/json"), ("X-CSRF-Token", person.csrf_token())];
    let answer = person.socket().request("POST", "/api/v1/session/login", &headers, Some(body.as_bytes())).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer
}

#[tokio::test(flavor = "multi_thread")]
async fn where_built_in_accounts_are_off_none_logs_in() {
    let off = |config: &mut api::config::Config| config.session.built_in_accounts = false;
    let app = Setup::default().configure(off).start().await;
    let mut person = app.anonymous();
    assert_eq!(refused(person.log_in("mette", PASSWORD).await), ProblemCode::NotFound);
    let ways = person.list_login_providers().await.unwrap();
    assert!(ways.providers.is_empty() && ways.demo_people.is_empty());
    app.finish().await;
}

/// The demonstration's people are offered in the demonstration, and nowhere else.
#[tokio::test(flavor = "multi_thread")]
async fn demo_people_exist_in_the_demonstration_alone() {
    let app = App::start().await;
    assert!(app.anonymous().list_login_providers().await.unwrap().demo_people.is_empty());
    app.finish().await;
    let demo = Setup::default().demo().start().await;
    let ways = demo.anonymous().list_login_providers().await.unwrap();
    assert!(!ways.demo_people.is_empty());
    assert_eq!(ways.providers[0].id, "built_in");
    demo.finish().await;
}
