//! What is kept of public answers: nothing that is not so any more, on any server, and nothing of anybody's own.

use std::{collections::BTreeSet, sync::Arc};

use api::{assembly::Substitutes, config::Config};
use openapi::{
    hearings::{HearingStatus, ResponsesShown},
    ids::HearingId,
};
use parking_lot::Mutex;
use tests::{Answer, App, Setup, Who, WholeServer};

/// Reads until what can be kept is kept: it is done behind the answer.
const OFTEN: usize = 20;

/// An application, and another server on the same database.
async fn two_servers() -> (App, WholeServer) {
    let configured = Arc::new(Mutex::new(None));
    let seen = Arc::clone(&configured);
    let setup = Setup::default().configure(move |config| *seen.lock() = Some(config.clone()));
    let app = setup.start().await;
    let config: Config = configured.lock().take().unwrap();
    let substitutes = Substitutes { clock: app.clock.clone(), ..Substitutes::default() };
    let other = WholeServer::start(config, substitutes).await;
    (app, other)
}

/// A concluded public hearing with an answer that everybody can read, and the addresses that show it.
async fn hearing_with_answer(app: &App) -> (HearingId, Vec<String>) {
    let shown =
        |patch: &mut openapi::hearings::HearingPatch| patch.responses_shown = Some(ResponsesShown::AfterDeadline);
    let hearing = app.hearing().public().patch(shown).open().await;
    app.employee(1).answer(hearing.id, "Et godt forslag").await;
    app.pass_deadline(&hearing);
    app.run_jobs().await;
    assert_eq!(app.mailbox.take().len(), 1, "the receipt");
    let one = format!("/api/v1/hearings/{}", hearing.id);
    let addresses =
        vec!["/api/v1/hearings".to_owned(), "/api/v1/hearings/facets".to_owned(), format!("{one}/responses"), one];
    (hearing.id, addresses)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_hidden_is_gone_from_every_server_at_the_next_read() {
    let (app, other) = two_servers().await;
    let (hearing, addresses) = hearing_with_answer(&app).await;
    let anybody = [app.anonymous(), app.anonymous().at(&other.url)];
    for _ in 0..OFTEN {
        for (person, address) in
            anybody.iter().flat_map(|person| addresses.iter().map(move |address| (person, address)))
        {
            assert_eq!(person.socket().get(address).await.status, 200, "{address}");
        }
    }
    let database = app.database().owner();
    database.execute("UPDATE hearing SET audience = 'internal' WHERE id = $1", &[&hearing.0]).await.unwrap();
    for person in &anybody {
        let [list, facets, responses, one] = addresses.as_slice() else { panic!("{addresses:?}") };
        assert_eq!(person.socket().get(list).await.json()["items"], serde_json::json!([]));
        assert!(!person.socket().get(facets).await.text().contains("\"count\":1"));
        assert_eq!(person.socket().get(one).await.status, 404);
        assert_eq!(person.socket().get(responses).await.status, 404);
    }
    other.stop().await;
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_boundary_passes_though_nothing_is_written() {
    let app = App::start().await;
    let scheduled = app.hearing().public().scheduled().await;
    let anybody = app.anonymous();
    let status = async || anybody.get_hearing(scheduled.id).await.map(|hearing| hearing.status);
    let list = async || anybody.socket().get("/api/v1/hearings").await.json()["items"].as_array().map(Vec::len);
    for _ in 0..OFTEN {
        assert!(status().await.is_err());
        assert_eq!(list().await, Some(0));
    }
    app.clock.set(scheduled.starts_at.unwrap());
    for _ in 0..OFTEN {
        assert_eq!(status().await.unwrap(), HearingStatus::Open);
        assert_eq!(list().await, Some(1));
    }
    app.clock.set(scheduled.deadline_at.unwrap());
    assert_eq!(status().await.unwrap(), HearingStatus::Processing);
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_given_what_is_somebody_elses() {
    let app = App::start().await;
    let (hearing, addresses) = hearing_with_answer(&app).await;
    for _ in 0..OFTEN {
        for address in &addresses {
            app.anonymous().socket().get(address).await;
        }
        assert!(app.owner().get_hearing(hearing).await.unwrap().your_answer.is_some());
        assert!(app.anonymous().get_hearing(hearing).await.unwrap().your_answer.is_none());
    }
    let of = async |person: tests::Person| {
        let answer = person.socket().get("/api/v1/hearings").await;
        (answer.header("cache-control").to_owned(), answer.json()["items"][0]["yourRoles"].clone())
    };
    assert_eq!(of(app.anonymous()).await, ("no-cache".to_owned(), serde_json::json!([])));
    assert_eq!(of(app.owner()).await, ("no-store".to_owned(), serde_json::json!(["owner"])));
    assert_eq!(of(app.person(Who::Auditor)).await.1, serde_json::json!([]));
    app.finish().await;
}

/// The headers that are the same each time.
fn lasting(answer: &Answer) -> BTreeSet<(String, String)> {
    let headers = answer.headers.iter().filter(|(name, _)| !["date", "x-request-id"].contains(&name.as_str()));
    headers.map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned())).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_kept_costs_one_question_to_the_database_and_is_the_same() {
    let app =
        Setup::default().counting_statements().configure(|config| config.http.http_workers = Some(1)).start().await;
    let (_, addresses) = hearing_with_answer(&app).await;
    let socket = app.anonymous().socket().clone();
    for address in &addresses {
        let first = socket.get(address).await;
        let mut fewest = u64::MAX;
        for _ in 0..OFTEN {
            let _ = app.statements.take();
            let again = socket.get(address).await;
            fewest = fewest.min(app.statements.take());
            assert_eq!((again.status, &again.body), (200, &first.body));
            assert_eq!(lasting(&again), lasting(&first), "{address}");
            assert_ne!(again.header("x-request-id"), first.header("x-request-id"));
        }
        assert_eq!(fewest, 1, "{address}");
        let tag = [("If-None-Match", first.header("etag"))];
        assert_eq!(socket.request("GET", address, &tag, None).await.status, 304);
        let packed = socket.request("GET", address, &[("Accept-Encoding", "gzip")], None).await;
        assert_eq!((packed.status, packed.header("etag")), (200, first.header("etag")));
    }
    app.finish().await;
}
