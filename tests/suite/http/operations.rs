//! What operators ask: alive, ready with its parts, which version; and what happens when the database is away.

use chrono::TimeDelta;
use openapi::{operations::HealthStatus, problem::ProblemCode};
use tests::{App, Who};

use super::log_in::{log_in_from, visitor};

#[tokio::test(flavor = "multi_thread")]
async fn a_service_that_can_work_says_so_part_by_part() {
    let app = App::start().await;
    let client = app.client();
    assert_eq!(client.get_liveness().await.unwrap().status, HealthStatus::Ok);
    let ready = client.get_readiness().await.unwrap();
    assert_eq!(ready.status, HealthStatus::Ok);
    let parts: Vec<&str> = ready.parts.iter().map(|part| part.name.as_str()).collect();
    assert_eq!(parts, ["database", "migrations", "clock", "audit_log", "audit_seal", "file_store", "jobs", "logins"]);
    assert_eq!(ready.parts[4].detail, None, "what was just written may wait");
    assert_eq!(ready.parts[6].detail.as_deref(), Some("left to `agora worker`"));
    assert_eq!(ready.parts[7].detail, None, "nobody guesses at a password");
    assert_eq!(client.get_version().await.unwrap().version, env!("CARGO_PKG_VERSION"));
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_without_its_migrations_is_not_ready() {
    let app = App::start().await;
    let behind =
        "DELETE FROM __diesel_schema_migrations WHERE version = (SELECT max(version) FROM __diesel_schema_migrations)";
    app.database().owner().execute(behind, &[]).await.unwrap();
    assert_eq!(failing(&app).await, ["migrations"]);
    app.finish().await;
}

/// The service's role must not be able to change the audit log: not even by somebody's well-meant GRANT.
#[tokio::test(flavor = "multi_thread")]
async fn a_service_that_could_change_the_audit_log_is_not_ready() {
    let app = App::start().await;
    let gifts = [
        ("DELETE", "audit_entry"),
        ("INSERT", "audit_entry"),
        ("UPDATE", "audit_seal"),
        ("INSERT", "audit_seal"),
        ("DELETE", "audit_value"),
        ("DELETE", "audit_unsealed"),
    ];
    for (privilege, table) in gifts {
        let owner = app.database().owner();
        owner.batch_execute(&format!("GRANT {privilege} ON {table} TO agora_service")).await.unwrap();
        assert_eq!(failing(&app).await, ["audit_log"], "{table}");
        owner.batch_execute(&format!("REVOKE {privilege} ON {table} FROM agora_service")).await.unwrap();
    }
    app.finish().await;
}

/// That sealing stands still is told, and keeps nobody from answering.
#[tokio::test(flavor = "multi_thread")]
async fn a_service_whose_sealing_stands_still_says_so_and_goes_on() {
    let app = App::start().await;
    app.hearing().draft().await;
    let long_ago = "UPDATE audit_unsealed SET queued_at = now() - interval '2 minutes'";
    app.database().owner().execute(long_ago, &[]).await.unwrap();
    let ready = app.client().get_readiness().await.unwrap();
    let seal = ready.parts.iter().find(|part| part.name == "audit_seal").unwrap();
    assert_eq!((ready.status, seal.status), (HealthStatus::Degraded, HealthStatus::Degraded));
    assert!(seal.detail.as_ref().unwrap().starts_with("sealing stands still: "), "{seal:?}");
    app.run_jobs().await;
    let ready = app.client().get_readiness().await.unwrap();
    assert_eq!(ready.status, HealthStatus::Ok);
    assert!(ready.parts.iter().all(|part| part.name != "audit_seal" || part.detail.is_none()), "{ready:?}");
    app.finish().await;
}

/// That passwords are guessed at is told, of a name with an account and of one without alike, and never at whose.
#[tokio::test(flavor = "multi_thread")]
async fn a_service_tells_that_passwords_are_guessed_at_and_not_whose() {
    let app = App::start().await;
    let visitor = visitor(&app).await;
    let logins = async || {
        app.run_jobs().await;
        let ready = app.client().get_readiness().await.unwrap();
        let logins = ready.parts.into_iter().find(|part| part.name == "logins").unwrap();
        assert_eq!((ready.status, logins.status), (HealthStatus::Ok, HealthStatus::Ok));
        logins.detail
    };
    for (username, guesses) in [("mette", 10), ("findes-ikke", 10), ("poul", 9)] {
        for _ in 0..guesses {
            let answer = log_in_from("", &visitor, username, "gæt").await;
            assert_eq!(answer.problem().code, ProblemCode::BadCredentials, "{username}");
        }
    }
    app.clock.set(app.now() + TimeDelta::minutes(1));
    let detail = logins().await.unwrap();
    assert!(detail.contains(" 2 user names"), "{detail}");
    assert!(!detail.contains("mette") && !detail.contains(&Who::Owner.id().to_string()), "{detail}");
    app.clock.set(app.now() + TimeDelta::hours(1));
    assert_eq!(logins().await, None);
    app.finish().await;
}

async fn failing(app: &App) -> Vec<String> {
    let answer = app.socket().get("/api/v1/health/ready").await;
    assert_eq!(answer.status, 503);
    assert_eq!(app.socket().get("/api/v1/health/live").await.status, 200, "not ready is not dead");
    assert_eq!(app.take_failures().len(), 1);
    let parts = answer.json()["parts"].as_array().unwrap().clone();
    let failing = parts.iter().filter(|part| part["status"] == "failing");
    failing.map(|part| part["name"].as_str().unwrap().to_owned()).collect()
}

/// Without its database the service answers 503 and says when to come back, and works again when it is there again.
#[tokio::test(flavor = "multi_thread")]
async fn without_its_database_the_service_says_when_to_come_back() {
    let app = App::start().await;
    let owner = app.database().owner();
    let name: String = owner.query_one("SELECT current_database()", &[]).await.unwrap().get(0);
    owner.batch_execute(&format!("ALTER DATABASE {name} CONNECTION LIMIT 0")).await.unwrap();
    let others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1 AND usename = 'agora_app'";
    app.socket().get("/api/v1/hearings").await;
    owner.execute(others, &[&name]).await.unwrap();
    let _ = app.take_failures();
    let away = app.socket().get("/api/v1/hearings").await;
    assert_eq!((away.status, away.problem().code.as_str()), (503, "service.unavailable"));
    assert!(away.header("retry-after").parse::<u32>().is_ok(), "{:?}", away.headers);
    assert!(!away.text().contains("postgres"), "{}", away.text());
    owner.batch_execute(&format!("ALTER DATABASE {name} CONNECTION LIMIT -1")).await.unwrap();
    assert_eq!(app.socket().get("/api/v1/hearings").await.status, 200);
    let _ = app.take_failures();
    app.finish().await;
}
