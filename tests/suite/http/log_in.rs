//! Many logins at once, and many wrong ones: they keep nobody from reading, and no guessing shuts another person out.

use std::{sync::mpsc, time::Duration};

use api::{config::Config, heavy::Turns};
use futures::future::join_all;
use openapi::{page::PageQuery, problem::ProblemCode};
use tests::{Answer, App, PASSWORD, Person, Setup, Who, refused};
use tokio::sync::oneshot;

/// A reverse proxy in front, so that requests can come from several addresses.
pub(super) async fn behind_a_proxy() -> App {
    Setup::default().configure(|config| config.http.trusted_proxies = 1).start().await
}

pub(super) async fn log_in_from(address: &str, person: &Person, username: &str, password: &str) -> Answer {
    let body = serde_json::json!({ "username": username, "password": password }).to_string();
    let headers =
        [("Content-Type", "application/json"), ("X-CSRF-Token", person.csrf_token()), ("X-Forwarded-For", address)];
    person.socket().request("POST", "/api/v1/session/login", &headers, Some(body.as_bytes())).await
}

pub(super) async fn visitor(app: &App) -> Person {
    let mut person = app.anonymous();
    person.visit().await;
    person
}

/// More logins than connections: hashing waits for its turn without one, and those who read get theirs.
#[tokio::test(flavor = "multi_thread")]
async fn a_flood_of_logins_keeps_no_reader_waiting() {
    let (turns, few) = (Turns::new(1, Duration::from_secs(60)), 2);
    let configure = move |config: &mut Config| config.database.database_connections = few;
    let app = Setup::default().hashing(turns.clone()).configure(configure).start().await;
    let visitor = visitor(&app).await;
    let (begin, begun) = oneshot::channel();
    let (end, ended) = mpsc::channel::<()>();
    let others_turn = tokio::spawn(async move {
        let hashing = move || {
            begin.send(()).unwrap();
            ended.recv().unwrap_err();
        };
        turns.take(hashing).await
    });
    begun.await.unwrap();

    let names: Vec<String> = (0..few * 3).map(|number| format!("findes-ikke-{number}")).collect();
    let flood = join_all(names.iter().map(|name| log_in_from("", &visitor, name, PASSWORD)));
    let reading = async {
        // Each name, each name with the address, and the address: from then on they wait for their turn.
        let all = i64::try_from(names.len()).unwrap() * 2 + 1;
        while app.database().count("login_failure").await < all {
            tokio::task::yield_now().await;
        }
        for _ in 0..5 {
            assert_eq!(app.socket().get("/api/v1/hearings").await.status, 200);
        }
        drop(end);
    };
    let (answers, ()) = tokio::join!(flood, reading);
    others_turn.await.unwrap().unwrap();
    for answer in answers {
        assert_eq!(answer.problem().code, ProblemCode::BadCredentials);
    }
    app.finish().await;
}

/// A name that was pasted with what is not seen is that name; a password is what was typed.
#[tokio::test(flavor = "multi_thread")]
async fn a_user_name_is_cleaned_and_a_password_is_not() {
    let app = App::start().await;
    let visitor = visitor(&app).await;
    let username = Who::Employee(1).username();
    let pasted = log_in_from("", &visitor, &format!(" {username}\u{200B}\u{B}"), PASSWORD).await;
    assert_eq!(pasted.status, 200, "{}", pasted.text());
    let other = log_in_from("", &self::visitor(&app).await, &username, &format!("{PASSWORD}\u{200B}")).await;
    assert_eq!(other.problem().code, ProblemCode::BadCredentials);
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn guesses_at_the_same_moment_are_no_way_around_the_limit() {
    let app = App::start().await;
    let visitor = visitor(&app).await;
    let answers = join_all((0..30).map(|_| log_in_from("", &visitor, "mette", "gæt"))).await;
    let codes: Vec<ProblemCode> = answers.iter().map(|answer| answer.problem().code).collect();
    let tried = codes.iter().filter(|code| **code == ProblemCode::BadCredentials).count();
    assert_eq!(tried, 10, "{codes:?}");
    assert!(codes.iter().all(|code| [ProblemCode::BadCredentials, ProblemCode::LoginThrottled].contains(code)));
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn guessing_shuts_out_its_own_address_and_not_the_person() {
    let app = behind_a_proxy().await;
    let visitor = visitor(&app).await;
    for _ in 0..10 {
        log_in_from("198.51.100.7", &visitor, "mette", "gæt").await;
    }
    for _ in 0..200 {
        let answer = log_in_from("198.51.100.7", &visitor, "mette", "gæt").await;
        assert_eq!(answer.problem().code, ProblemCode::LoginThrottled);
    }
    assert_eq!(log_in_from("203.0.113.9", &visitor, "mette", PASSWORD).await.status, 200);
    app.finish().await;
}

/// The first wait that is set is a line in the log, with the account's id and nothing that was typed.
#[tokio::test(flavor = "multi_thread")]
async fn guessing_is_told_in_the_log() {
    let app = App::start().await;
    let server = app.serve(env!("CARGO_BIN_EXE_agora-under-test")).without_jobs().with_accounts().start().await;
    let mut visitor = app.anonymous().at(&server.url);
    visitor.visit().await;
    for _ in 0..10 {
        let answer = log_in_from("", &visitor, "mette", "gæt-på-noget").await;
        assert_eq!(answer.problem().code, ProblemCode::BadCredentials);
    }
    let line = server.warns("\"target\":\"login_throttled\"").await;
    assert!(line.contains(&Who::Owner.id().to_string()), "{line}");
    assert!(!line.contains("mette") && !line.contains("gæt-på-noget"), "{line}");
    server.terminate().await;
    app.finish().await;
}

/// From many addresses at one name there is a limit too: each is looked at once, and then waits.
#[tokio::test(flavor = "multi_thread")]
async fn guessing_from_everywhere_at_one_name_is_slowed_down() {
    let app = behind_a_proxy().await;
    let visitor = visitor(&app).await;
    for number in 0..100 {
        let answer = log_in_from(&format!("198.51.100.{number}"), &visitor, "mette", "gæt").await;
        assert_eq!(answer.problem().code, ProblemCode::BadCredentials, "guess {number}");
    }
    for expected in [ProblemCode::BadCredentials, ProblemCode::LoginThrottled] {
        let answer = log_in_from("203.0.113.9", &visitor, "mette", "gæt").await;
        assert_eq!(answer.problem().code, expected);
    }
    let mette = self::visitor(&app).await;
    assert_eq!(log_in_from("203.0.113.10", &mette, "mette", PASSWORD).await.status, 200, "the right one passes");
    assert_eq!(log_in_from("203.0.113.9", &visitor, "poul", PASSWORD).await.status, 200);
    app.finish().await;
}

/// A town hall behind one address: logins that work count for nothing.
#[tokio::test(flavor = "multi_thread")]
async fn logins_that_work_count_for_nothing() {
    let app = App::start().await;
    for number in 1..=12 {
        app.anonymous().log_in_as(Who::Employee(number)).await;
    }
    assert_eq!(app.database().count("login_failure WHERE failures > 0").await, 0);
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_login_ends_the_session_before_it() {
    let app = App::start().await;
    let mut person = app.anonymous();
    person.log_in_as(Who::Employee(1)).await;
    let cookie = person.socket().cookie("agora_session").unwrap();
    let left_behind = person.with_cookie("agora_session", &cookie);
    left_behind.list_my_drafts(&PageQuery::default()).await.unwrap();
    person.log_in_as(Who::Employee(2)).await;
    assert_eq!(refused(left_behind.list_my_drafts(&PageQuery::default()).await), ProblemCode::SessionRequired);
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn sessions_that_have_ended_are_removed() {
    let short = |config: &mut Config| config.session.session_idle_minutes = 30;
    let app = Setup::default().configure(short).start().await;
    let mut person = app.anonymous();
    app.clock.set(app.now() + chrono::TimeDelta::minutes(31));
    person.log_in_as(Who::Employee(1)).await;
    app.run_jobs().await;
    assert_eq!(app.database().count("session").await, 1, "the one in use is left");
    person.delete_session().await.unwrap();
    app.run_jobs().await;
    assert_eq!(app.database().count("session").await, 0);
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_is_the_same_in_every_case() {
    let app = App::start().await;
    let owner = app.database().owner();
    let rename = "UPDATE credential SET username = 'Ærø', username_key = $1 WHERE username = 'mette'";
    owner.execute(rename, &[&api::login::fold_username("Ærø")]).await.unwrap();
    app.anonymous().log_in("ærø", PASSWORD).await.unwrap();
    app.anonymous().log_in("ÆRØ", PASSWORD).await.unwrap();
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn after_too_many_failures_the_right_password_waits_half_a_minute_and_then_passes() {
    let app = App::start().await;
    let visitor = visitor(&app).await;
    for _ in 0..10 {
        log_in_from("", &visitor, "mette", "gæt").await;
    }
    let answer = log_in_from("", &visitor, "mette", PASSWORD).await;
    assert_eq!(answer.problem().code, ProblemCode::LoginThrottled);
    let wait: i64 = answer.header("retry-after").parse().unwrap();
    assert!((1..=30).contains(&wait), "{wait}");
    app.clock.set(app.now() + chrono::TimeDelta::seconds(31));
    assert_eq!(log_in_from("", &visitor, "mette", PASSWORD).await.status, 200);
    app.finish().await;
}

/// However a name is written, it is counted as the account that it finds.
#[tokio::test(flavor = "multi_thread")]
async fn guesses_in_other_spellings_are_guesses_at_the_same_account() {
    let app = App::start().await;
    let owner = app.database().owner();
    let rename = "UPDATE credential SET username = 'Åse', username_key = $1 WHERE username = 'mette'";
    owner.execute(rename, &[&api::login::fold_username("Åse")]).await.unwrap();
    let visitor = visitor(&app).await;
    let spellings = ["åse", "ÅSE", "A\u{30a}se", "a\u{30a}se", " åse ", "\u{212b}se", "Åse", "åSE", "ÅsE", "åsE"];
    for spelling in spellings {
        let answer = log_in_from("", &visitor, spelling, "gæt").await;
        assert_eq!(answer.problem().code, ProblemCode::BadCredentials, "{spelling}");
    }
    assert_eq!(log_in_from("", &visitor, "åse", "gæt").await.problem().code, ProblemCode::LoginThrottled);
    assert_eq!(log_in_from("", &visitor, "ase", "gæt").await.problem().code, ProblemCode::BadCredentials);
    app.finish().await;
}

/// The migration folds the names that are there as the service does.
#[tokio::test(flavor = "multi_thread")]
async fn the_migration_folds_names_as_the_service_does() {
    let app = App::start().await;
    let migration = include_str!("../../../migrations/2026-11-27-000140_known_devices/up.sql");
    let begin = migration.find("SET username_key = ").unwrap() + "SET username_key = ".len();
    let expression = &migration[begin..begin + migration[begin..].find(';').unwrap()];
    let statement = format!("SELECT {expression} FROM (SELECT $1::text AS username) AS name");
    for name in [
        "mette",
        "ÆRØ",
        "Åse",
        "A\u{30a}se",
        "\u{212b}se",
        "Straße",
        "STRAẞE",
        "astrİd",
        "ASTRID",
        "astrıd",
        "ΟΔΟΣ",
        " mette ",
        "mette\u{a0}",
        "met\u{200b}te",
        "ｍｅｔｔｅ",
        "ﬁn",
        "É",
        "И\u{306}",
        "Ǆ",
        "mette.sørensen@kommune.dk",
        "\t mette\r\n",
        "\u{b}\u{c}mette\u{85}",
        "\u{2028}\u{3000}mette\u{1680}\u{2029}",
        "\u{180e}mette",
    ] {
        let folded: String = app.database().owner().query_one(&statement, &[&name]).await.unwrap().get(0);
        assert_eq!(folded, api::login::fold_username(name), "{name:?}");
    }
    app.finish().await;
}
