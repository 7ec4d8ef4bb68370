//! The way to the database: encrypted as the address says, and not dependent on who opened it.

use api::{
    assembly::{self, Substitutes},
    audit,
    config::check,
    db::{Address, Protection, migrations},
};
use tests::{App, Database, EncryptedCluster, WholeServer, configuration};

/// The version of TLS of a connection, or nothing for one without. Refused, an error.
async fn tls(url: &str) -> Result<Option<String>, String> {
    let address = Address::parse(url).map_err(|error| error.to_string())?;
    Protection::of(&address).await.map(|protection| protection.tls).map_err(|error| format!("{error:?}"))
}

/// What `sslmode` and `sslrootcert` come to, with a server that takes both, only the one, only the other.
#[tokio::test(flavor = "multi_thread")]
async fn an_address_says_how_its_connections_are_protected() {
    let cluster = EncryptedCluster::start().await;
    let [authority, stranger] = ["authority", "stranger"].map(|name| cluster.roots(name).display().to_string());
    let trusting = |mode: &str, roots: &str| format!("sslmode={mode}&sslrootcert={roots}");
    let encrypted = Some(Some("TLSv1.3".to_owned()));
    for (kind, host, options, expected) in [
        ("host", "127.0.0.1", "sslmode=disable".to_owned(), Some(None)),
        ("host", "127.0.0.1", String::new(), encrypted.clone()),
        ("host", "127.0.0.1", "sslmode=prefer".to_owned(), encrypted.clone()),
        ("host", "127.0.0.1", "sslmode=require".to_owned(), encrypted.clone()),
        ("host", "127.0.0.1", trusting("require", &authority), encrypted.clone()),
        ("host", "127.0.0.1", trusting("require", &stranger), None),
        ("host", "127.0.0.1", trusting("verify-ca", &authority), encrypted.clone()),
        ("host", "127.0.0.1", trusting("verify-ca", &stranger), None),
        ("host", "127.0.0.1", trusting("verify-full", &authority), None),
        ("host", "localhost", trusting("verify-full", &authority), encrypted.clone()),
        ("host", "localhost", trusting("verify-full", &stranger), None),
        ("host", "localhost", "sslmode=verify-full".to_owned(), None),
        ("hostssl", "localhost", "sslmode=prefer".to_owned(), encrypted),
        ("hostssl", "localhost", "sslmode=disable".to_owned(), None),
        ("hostnossl", "localhost", "sslmode=prefer".to_owned(), Some(None)),
        ("hostnossl", "localhost", "sslmode=require".to_owned(), None),
    ] {
        cluster.admit(kind).await;
        let outcome = tls(&cluster.url(host, &options)).await;
        assert_eq!(outcome.clone().ok(), expected, "{kind} {host} {options}: {outcome:?}");
    }
    cluster.stop();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_without_tls_is_reached_where_it_is_not_insisted_on() {
    let database = Database::create_empty().await;
    assert_eq!(tls(&database.owner_url()).await, Ok(None));
    let refused = tls(&(database.owner_url() + "?sslmode=require")).await.unwrap_err();
    assert!(refused.contains("server does not support TLS"), "{refused}");
    database.remove().await;
}

/// Everything that connects: migrations, the pool, and what listens for jobs. The database takes nobody without TLS.
#[tokio::test(flavor = "multi_thread")]
async fn the_whole_service_works_over_tls() {
    let cluster = EncryptedCluster::start().await;
    cluster.admit("hostssl").await;
    let options = format!("sslmode=verify-full&sslrootcert={}", cluster.roots("authority").display());
    migrations::run(&cluster.url("localhost", &options)).await.unwrap();
    cluster.make_login().await;

    let files = tempfile::tempdir().unwrap();
    let mut config = configuration(&cluster.service_url("localhost", &options), files.path());
    config.jobs.no_jobs = false;
    let server = WholeServer::start(config, Substitutes::default()).await;
    let answer = reqwest::get(format!("{}/api/v1/hearings", server.url)).await.unwrap();
    assert_eq!(answer.status(), 200);
    let connections = "SELECT bool_and(ssl), bool_or(query = 'LISTEN agora_jobs') FROM pg_stat_activity \
                       JOIN pg_stat_ssl USING (pid) WHERE usename = 'agora_app'";
    loop {
        let row = cluster.owner().query_one(connections, &[]).await.unwrap();
        let (encrypted, listening): (Option<bool>, Option<bool>) = (row.get(0), row.get(1));
        assert_eq!(encrypted, Some(true));
        if listening == Some(true) {
            break;
        }
    }
    server.stop().await;
    cluster.stop();
}

/// A worker of the web server that is busy, or gone, holds up nobody who got a connection that it opened.
#[tokio::test(flavor = "multi_thread")]
async fn a_connection_works_without_the_thread_that_opened_it() {
    let app = App::start().await;
    let config = configuration(&app.database().service_url(), app.files());
    let service = assembly::service(&config, check(&config).unwrap(), Substitutes::default()).unwrap();
    let opener = service.clone();
    let opened = std::thread::spawn(move || actix_web::rt::System::new().block_on(opener.connection()));
    let mut conn = opened.join().unwrap().unwrap();
    audit::flush_tallies(&mut conn, app.now()).await.unwrap();
    app.finish().await;
}
