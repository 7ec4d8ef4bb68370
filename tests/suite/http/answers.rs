//! The form of answers: what has not changed is not sent again, every refusal is a problem document, and browsers are
//! told what they may do.

use openapi::problem::ProblemCode;
use tests::{
    App,
    contract::operations,
    refused,
    specimen::{Specimen, Wish},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

#[tokio::test(flavor = "multi_thread")]
async fn what_has_not_changed_is_not_sent_again() {
    let app = App::start().await;
    let hearing = app.hearing().public().open().await;
    let socket = app.socket();
    for address in [
        format!("/api/v1/hearings/{}", hearing.id),
        "/api/v1/hearings".to_owned(),
        "/api/v1/texts/response_terms".to_owned(),
    ] {
        let first = socket.get(&address).await;
        let tag = first.header("etag").to_owned();
        assert!(!tag.is_empty() && first.header("cache-control") == "no-cache", "{address}");
        assert!(first.header("vary").to_lowercase().contains("cookie"), "{address}: {}", first.header("vary"));
        for known in [tag.clone(), format!("W/{tag}"), format!("\"x\", {tag}"), "*".to_owned()] {
            let again = socket.request("GET", &address, &[("If-None-Match", &known)], None).await;
            assert_eq!((again.status, again.body.len()), (304, 0), "{address} {known}");
        }
        let other = socket.request("GET", &address, &[("If-None-Match", "\"x\"")], None).await;
        assert_eq!(other.status, 200, "{address}");
    }
    app.finish().await;
}

/// The status changes with time and the version does not: what is remembered must not outlive the deadline.
#[tokio::test(flavor = "multi_thread")]
async fn a_passed_deadline_is_a_change_without_a_new_version() {
    let app = App::start().await;
    let hearing = app.hearing().public().open().await;
    let address = format!("/api/v1/hearings/{}", hearing.id);
    let tag = app.socket().get(&address).await.header("etag").to_owned();
    app.pass_deadline(&hearing);
    let after = app.socket().request("GET", &address, &[("If-None-Match", &tag)], None).await;
    assert_eq!(after.status, 200);
    assert_eq!(after.json()["status"], "processing");
    let version = |tag: &str| tag.split('-').next().unwrap().to_owned();
    assert_eq!(version(after.header("etag")), version(&tag));
    // And the tag as it was given is taken for the version.
    let owner = app.owner();
    let headers = [("X-CSRF-Token", owner.csrf_token()), ("Content-Type", "application/json"), ("If-Match", &tag)];
    let body = br#"{"conclusion": "Vedtaget."}"#;
    let concluded = owner.socket().request("POST", &format!("{address}/conclude"), &headers, Some(body)).await;
    assert_eq!(concluded.status, 200, "{}", concluded.text());
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn unknown_addresses_and_wrong_methods_are_problems_too() {
    let app = App::start().await;
    let owner = app.owner();
    let csrf = [("X-CSRF-Token", owner.csrf_token())];
    for address in
        ["/api/v1/findes-ikke", "/api/v1/", "/api/v1/hearings/", "/api/v1/hearings/x/y/z", "/api/v1//hearings"]
    {
        let answer = owner.socket().get(address).await;
        assert_eq!((answer.status, answer.problem().code), (404, ProblemCode::NotFound), "{address}");
    }
    for (method, address, allowed) in [
        ("PUT", "/api/v1/hearings", "GET, HEAD, POST"),
        ("DELETE", "/api/v1/version", "GET, HEAD"),
        ("POST", "/api/v1/audit-log", "GET, HEAD"),
        ("PATCH", "/api/v1/session", "GET, HEAD, DELETE"),
    ] {
        let answer = owner.socket().request(method, address, &csrf, None).await;
        assert_eq!(answer.problem().code, ProblemCode::MethodNotAllowed, "{method} {address}");
        assert_eq!((answer.status, answer.header("allow")), (405, allowed), "{method} {address}");
    }
    app.finish().await;
}

/// Every operation that answers `GET`, done or refused, and what is no operation.
#[tokio::test(flavor = "multi_thread")]
async fn head_answers_as_get_without_the_body() {
    let app = App::start().await;
    let pattern = app.hearing().public().staffed().with_files().draft().await;
    let specimen = Specimen::copy(&app, &pattern, Wish { public: true, ..Wish::of("processing") }).await;
    let operations = operations().into_iter().filter(|operation| operation.method == "GET");
    let paths = operations.map(|operation| specimen.address(&operation.path));
    let others = ["/api/v1/openapi.json", "/api/docs/", "/robots.txt", "/api/v1/findes-ikke"].map(ToOwned::to_owned);
    let (owner, visitor) = (app.owner(), app.anonymous());
    for address in paths.chain(others) {
        for socket in [owner.socket(), visitor.socket()] {
            let get = socket.get(&address).await;
            let head = socket.request("HEAD", &address, &[], None).await;
            assert_eq!((head.status, head.body.len()), (get.status, 0), "{address}");
            // When a session expires is told anew each time, in as many digits as it takes.
            // And how long an archive gets that is made while it is sent, nobody knows.
            if !address.ends_with("/session") && !address.ends_with(".zip") {
                assert_eq!(head.header("content-length"), get.body.len().to_string(), "{address}");
            }
            for name in ["content-type", "etag", "cache-control", "vary", "set-cookie"] {
                assert_eq!(head.headers.contains_key(name), get.headers.contains_key(name), "{address}: {name}");
            }
            assert_eq!(head.header("content-type"), get.header("content-type"), "{address}");
        }
    }
    let address = format!("/api/v1/hearings/{}", specimen.hearing);
    let tag = visitor.socket().get(&address).await.header("etag").to_owned();
    let head = visitor.socket().request("HEAD", &address, &[("If-None-Match", &tag)], None).await;
    assert_eq!((head.status, head.header("etag")), (304, tag.as_str()));
    app.finish().await;
}

/// What follows on the same connection is the next answer and not the body that was left out.
#[tokio::test(flavor = "multi_thread")]
async fn head_leaves_nothing_on_the_connection() {
    let app = App::start().await;
    for encoding in ["identity", "br"] {
        let mut connection = TcpStream::connect(app.url().trim_start_matches("http://")).await.unwrap();
        let request = |method: &str, path: &str, last: &str| {
            format!("{method} {path} HTTP/1.1\r\nHost: a\r\nAccept-Encoding: {encoding}\r\nConnection: {last}\r\n\r\n")
        };
        let both = request("HEAD", "/api/v1/openapi.json", "keep-alive") + &request("GET", "/api/v1/version", "close");
        connection.write_all(both.as_bytes()).await.unwrap();
        let mut said = Vec::new();
        connection.read_to_end(&mut said).await.unwrap();
        let said = String::from_utf8_lossy(&said);
        let (first, rest) = said.split_once("\r\n\r\n").unwrap();
        assert!(first.starts_with("HTTP/1.1 200"), "{first}");
        assert!(rest.starts_with("HTTP/1.1 200"), "{encoding}: {rest}");
    }
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_problem_names_its_request() {
    let app = App::start().await;
    let answer = app.socket().get("/api/v1/findes-ikke").await;
    assert_eq!(answer.problem().instance, answer.header("x-request-id"));
    assert_eq!(answer.header("cache-control"), "no-store");
    let created = app.owner().socket().request("POST", "/api/v1/hearings", &[], None).await;
    assert_eq!(created.problem().instance, created.header("x-request-id"));
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_made_says_where_it_is() {
    let app = App::start().await;
    let owner = app.owner();
    let headers = [("X-CSRF-Token", owner.csrf_token()), ("Content-Type", "application/json")];
    let made = owner.socket().request("POST", "/api/v1/hearings", &headers, Some(br#"{"title": "Ny"}"#)).await;
    assert_eq!(made.status, 201);
    let there = owner.socket().get(made.header("location")).await;
    assert_eq!(there.json()["id"], made.json()["id"]);
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_answer_tells_browsers_what_they_may_do() {
    let app = App::start().await;
    for address in ["/api/v1/version", "/api/v1/findes-ikke", "/api/docs/", "/api/v1/openapi.json", "/findes-ikke"] {
        let answer = app.socket().get(address).await;
        let policy = answer.header("content-security-policy");
        for part in
            ["default-src 'none'", "script-src 'self' 'wasm-unsafe-eval'", "frame-ancestors 'none'", "base-uri 'none'"]
        {
            assert!(policy.contains(part), "{address}: {policy}");
        }
        assert!(!policy.contains("unsafe-inline"), "{address}: {policy}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{address}");
        assert_eq!(answer.header("referrer-policy"), "same-origin", "{address}");
        assert!(!answer.header("x-request-id").is_empty(), "{address}");
        assert_eq!(answer.header("access-control-allow-origin"), "", "{address}");
    }
    app.finish().await;
}

/// The documentation works without any other server.
#[tokio::test(flavor = "multi_thread")]
async fn swagger_ui_comes_from_here_alone() {
    let app = App::start().await;
    let page = app.socket().get("/api/docs/").await;
    assert_eq!(page.status, 200);
    assert!(!page.text().contains("http://") && !page.text().contains("https://"), "{}", page.text());
    for file in ["swagger-ui.css", "swagger-ui-bundle.js", "swagger-ui-standalone-preset.js", "start.js"] {
        assert_eq!(app.socket().get(&format!("/api/docs/{file}")).await.status, 200, "{file}");
    }
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_are_compressed_for_those_who_can_read_them() {
    let app = App::start().await;
    let plain = app.socket().get("/api/v1/openapi.json").await;
    for (accepted, coding) in [("gzip, deflate, br", "gzip"), ("br", ""), ("gzip;q=0", ""), ("", "")] {
        let headers = [("Accept-Encoding", accepted)];
        let answer = app.socket().request("GET", "/api/v1/openapi.json", &headers, None).await;
        assert_eq!(
            (answer.header("content-encoding"), answer.header("vary")),
            (coding, "Accept-Encoding"),
            "{accepted}"
        );
        assert_eq!(answer.body == plain.body, coding.is_empty(), "{accepted}");
    }
    let refused = app.socket().request("GET", "/api/v1/openapi.json", &[("Accept-Encoding", "*;q=0")], None).await;
    assert_eq!((refused.status, refused.problem().code), (406, ProblemCode::NotAcceptable));
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hidden_hearing_and_a_missing_one_look_alike() {
    let app = App::start().await;
    let hidden = app.hearing().draft().await;
    let problem = async |id: String| {
        let mut problem = app.employee(1).socket().get(&format!("/api/v1/hearings/{id}")).await.problem();
        problem.instance = String::new();
        problem
    };
    assert_eq!(problem(hidden.id.to_string()).await, problem(uuid::Uuid::now_v7().to_string()).await);
    assert_eq!(refused(app.employee(1).get_hearing(hidden.id).await), ProblemCode::NotFound);
    app.finish().await;
}
