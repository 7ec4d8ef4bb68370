//! What somebody who means harm, or whose network is bad, once could do: each of these was a bug.

use std::time::Duration;

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use openapi::{
    hearings::{HearingPatch, SectionPatch},
    problem::ProblemCode,
};
use serde_json::json;
use tests::{App, Setup, day, refused};
use tokio::{io::AsyncWriteExt, net::TcpStream};

#[tokio::test(flavor = "multi_thread")]
async fn a_path_that_is_spelled_differently_is_protected_all_the_same() {
    let app = App::start().await;
    let owner = app.owner();
    for path in ["/api/v1/hearings", "/%61pi/v1/hearings", "/api/%761/hearings", "//api/v1/hearings"] {
        let headers = [("Content-Type", "application/json")];
        let answer = owner.socket().request("POST", path, &headers, Some(br#"{"title":"Uden token"}"#)).await;
        assert_eq!(answer.problem().code, ProblemCode::CsrfRefused, "{path}");
    }
    assert_eq!(app.database().count("hearing").await, 0);
    app.run_jobs().await;
    app.finish().await;
}

/// With the right token too: whoever has come to know it is not in a page of another site.
#[tokio::test(flavor = "multi_thread")]
async fn another_sites_page_changes_nothing_and_logs_nobody_in() {
    let app = App::start().await;
    let (owner, hearing) = (app.owner(), app.hearing().draft().await);
    let mut visitor = app.anonymous();
    visitor.visit().await;
    let evil = ("Origin", "http://evil.example");
    let patch = (format!("/api/v1/hearings/{}", hearing.id), r#"{"summary":"Fra et andet sted"}"#.to_owned());
    let log_in =
        ("/api/v1/session/login".to_owned(), json!({ "username": "mette", "password": tests::PASSWORD }).to_string());
    for (person, method, (address, body)) in [(&owner, "PATCH", &patch), (&visitor, "POST", &log_in)] {
        let before = app.database().fingerprint().await;
        let change = async |more: &[(&str, &str)]| {
            let token = [("X-CSRF-Token", person.csrf_token()), ("Content-Type", "application/json")];
            let headers = [&token[..], &[("If-Match", "\"v2\"")], more].concat();
            person.socket().request(method, address, &headers, Some(body.as_bytes())).await
        };
        for (headers, by) in [
            (&[evil][..], "Origin"),
            (&[("Origin", "null")], "Origin"),
            (&[("Sec-Fetch-Site", "cross-site")], "Sec-Fetch-Site"),
            (&[("Sec-Fetch-Site", "same-site")], "Sec-Fetch-Site"),
            (&[("Sec-Fetch-Site", "same-site"), evil], "Origin"),
        ] {
            let answer = change(headers).await;
            let problem = answer.problem();
            assert_eq!((answer.status, problem.code), (403, ProblemCode::CsrfRefused), "{method} {headers:?}");
            assert_eq!((problem.errors[0].pointer.as_str(), problem.errors[0].code.as_str()), (by, "header.foreign"));
        }
        assert_eq!(app.database().fingerprint().await, before, "{method}");
        let own = ("Origin", app.url());
        let answer = change(&[("Sec-Fetch-Site", "same-origin"), (own.0, &own.1)]).await;
        assert_eq!(answer.status, 200, "{method}: {}", answer.text());
    }
    let summary = owner.get_hearing(hearing.id).await.unwrap().summary;
    assert_eq!(summary, "Fra et andet sted");
    // What the browser says of a page that only reads, or of a link that leads here, refuses nothing.
    let headers = [evil, ("Sec-Fetch-Site", "cross-site")];
    assert_eq!(owner.socket().request("GET", &patch.0, &headers, None).await.status, 200);
    app.run_jobs().await;
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_leaves_in_the_middle_leaves_nothing_locked() {
    let app = Setup::default().configure(|config| config.database.database_connections = 4).start().await;
    let hearing = app.hearing().draft().await;
    let mut blocker = app.database().another_owner().await;
    let lock = blocker.transaction().await.unwrap();
    lock.execute("SELECT FROM hearing WHERE id = $1 FOR UPDATE", &[&hearing.id.0]).await.unwrap();

    let owner = app.owner();
    let body = r#"{"summary":"Nåede aldrig frem"}"#;
    let request = format!(
        "PATCH /api/v1/hearings/{} HTTP/1.1\r\nHost: a\r\nCookie: agora_session={}\r\nX-CSRF-Token: {}\r\n\
         If-Match: \"v{}\"\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        hearing.id,
        owner.socket().cookie("agora_session").unwrap(),
        owner.csrf_token(),
        hearing.version,
        body.len(),
    );
    let mut client = TcpStream::connect(app.url().trim_start_matches("http://")).await.unwrap();
    client.write_all(request.as_bytes()).await.unwrap();
    app.database().until_somebody_waits_for_a_lock().await;
    drop(client);
    lock.rollback().await.unwrap();

    // Within the request's own patience: a lock that was left behind would outlast it.
    let patch = HearingPatch { summary: Some("Kom frem".to_owned()), ..HearingPatch::default() };
    let write = async {
        let mut version = hearing.version;
        loop {
            // Whether the one who left was carried out before he left is the network's secret; both are fine.
            match owner.update_hearing(hearing.id, version, &patch).await {
                Ok(saved) => return saved,
                Err(_) => version = owner.get_hearing(hearing.id).await.unwrap().version,
            }
        }
    };
    let saved = tokio::time::timeout(Duration::from_secs(10), write).await.expect("the hearing is not locked");
    assert_eq!(saved.summary, "Kom frem");
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forged_cursor_is_refused_and_nothing_stumbles_over_it() {
    let app = App::start().await;
    let id = "019a0000-0000-7000-8000-000000000001";
    for (sort, key) in [
        ("title", json!({ "Title": ["\u{0}", id] })),
        ("deadline", json!({ "Time": ["-262143-01-01T00:00:00Z", id] })),
        ("deadline", json!({ "Title": ["A", id] })),
        ("title", json!({ "Time": [null, id] })),
        ("updated", json!({ "Time": [null, id] })),
        ("title", json!(null)),
    ] {
        let cursor = BASE64_URL_SAFE_NO_PAD.encode(json!({ "o": sort, "k": key }).to_string());
        let answer = app.owner().socket().get(&format!("/api/v1/hearings?sort={sort}&cursor={cursor}")).await;
        let problem = answer.problem();
        assert_eq!(
            (problem.code, problem.errors[0].pointer.as_str()),
            (ProblemCode::RequestMalformed, "cursor"),
            "{key}"
        );
    }
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_longest_and_the_deepest_text_that_is_taken_is_also_read() {
    let app = App::start().await;
    let hearing = app.hearing().draft().await;
    let words: String = (0..8_000).map(|word| format!("æ{word}ø ")).collect();
    let section = |body: String| SectionPatch { id: None, title: "Afsnit".to_owned(), body };
    let mut sections: Vec<_> = (0..6).map(|_| section(words.chars().take(49_000).collect())).collect();
    sections.push(section(format!("{} a", ">".repeat(49_000))));
    let patch = HearingPatch { sections: Some(sections), ..HearingPatch::default() };
    let saved = app.owner().update_hearing(hearing.id, hearing.version, &patch).await.unwrap();
    assert!(saved.sections[6].body_html.contains('a'));

    // What keeps a sanitiser busy for a minute is written at once, and comes back whole.
    let signs = (0..8).map(|_| section("&".repeat(50_000))).collect();
    let patch = HearingPatch { sections: Some(signs), ..HearingPatch::default() };
    let saved = app.owner().update_hearing(hearing.id, saved.version, &patch).await.unwrap();
    assert!(saved.sections.iter().all(|section| section.body_html == format!("<p>{}</p>", "&amp;".repeat(50_000))));

    // Nor what PostgreSQL's parser looks for the end of, again and again.
    let comments = (0..8).map(|_| section("<!--".repeat(12_000))).collect();
    let patch = HearingPatch { sections: Some(comments), ..HearingPatch::default() };
    let saved = app.owner().update_hearing(hearing.id, saved.version, &patch).await.unwrap();

    let too_much = HearingPatch {
        sections: Some((0..9).map(|_| section("a".repeat(49_000))).collect()),
        ..HearingPatch::default()
    };
    let answer = refused(app.owner().update_hearing(hearing.id, saved.version, &too_much).await);
    assert_eq!((answer.code, answer.pointers), (ProblemCode::RequestInvalid, vec!["/sections".to_owned()]));
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_may_not_is_told_that_whatever_else_is_wrong_with_his_request() {
    let app = App::start().await;
    let employee = app.employee(1);
    let headers = [("X-CSRF-Token", employee.csrf_token()), ("Content-Type", "application/json")];
    for body in ["{", "{}", r#"{"title": 3}"#, r#"{"title": ""}"#] {
        let answer = employee.socket().request("POST", "/api/v1/hearings", &headers, Some(body.as_bytes())).await;
        assert_eq!(answer.problem().code, ProblemCode::Forbidden, "{body}");
    }
    app.run_jobs().await;
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn publishing_now_does_not_ask_for_the_start_date_it_ignores() {
    use openapi::hearings::{HearingStatus, PublishHearing, PublishStart};
    let app = App::start().await;
    let hearing = app.hearing().until(day(5)).patch(|patch| patch.starts_on = Some(Some(day(20)))).draft().await;
    let later = PublishHearing { start: PublishStart::OnStartDate };
    let answer = refused(app.owner().publish_hearing(hearing.id, hearing.version, &later).await);
    assert_eq!((answer.code, answer.pointers), (ProblemCode::HearingIncomplete, vec!["/deadlineOn".to_owned()]));
    let now = PublishHearing { start: PublishStart::Now };
    let open = app.owner().publish_hearing(hearing.id, hearing.version, &now).await.unwrap();
    assert_eq!(open.status, HearingStatus::Open);
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_method_that_nothing_has_is_refused_with_those_there_are() {
    let app = App::start().await;
    for person in [app.anonymous(), app.owner()] {
        for method in ["FOO", "TRACE", "PROPFIND"] {
            let answer = person.socket().request(method, "/api/v1/hearings", &[], None).await;
            assert_eq!((answer.status, answer.problem().code), (405, ProblemCode::MethodNotAllowed), "{method}");
            assert_eq!(answer.header("allow"), "GET, HEAD, POST", "{method}");
            let answer = person.socket().request(method, "/hoeringer", &[], None).await;
            assert_eq!((answer.status, answer.header("allow")), (405, "GET, HEAD"), "{method} of a page");
            let answer = person.socket().request(method, "/api/v1/ingenting", &[], None).await;
            assert_eq!(answer.problem().code, ProblemCode::NotFound, "{method}");
        }
    }
    app.finish().await;
}

/// By rule: whatever is given to somebody who is logged in is kept by nobody, and asking whether it is new still works.
#[tokio::test(flavor = "multi_thread")]
async fn nothing_that_was_given_to_somebody_logged_in_is_kept() {
    use tests::{contract::operations, working::Working};
    let app = App::start().await;
    let pattern = app.hearing().staffed().with_files().draft().await;
    for operation in operations() {
        let working = Working::of(&operation, &app, &pattern).await;
        let answer = working.send().await;
        assert!((200..300).contains(&answer.status), "{}: {}", operation.id, answer.text());
        assert_eq!(answer.header("cache-control"), "no-store", "{}", operation.id);
    }
    let address = format!("/api/v1/hearings/{}", pattern.id);
    let tag = app.owner().socket().get(&address).await.header("etag").to_owned();
    let again = app.owner().socket().request("GET", &address, &[("If-None-Match", &tag)], None).await;
    assert_eq!((again.status, again.header("cache-control")), (304, "no-store"));
    app.database().owner().execute("DELETE FROM job", &[]).await.unwrap();
    app.finish().await;
}
