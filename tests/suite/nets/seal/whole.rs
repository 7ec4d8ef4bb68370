//! What the service does by itself, and that it breaks no proof; and what cannot be proven without a key or a file.

use std::{fs, path::Path, time::Duration};

use api::{
    audit::{Who as Actor, erase_values},
    db::{Address, Pool, migrations},
    http::Origin,
    login::{Person, upsert_account},
};
use futures::future::join_all;
use openapi::{
    audit::{AuditAction, AuditHead},
    session::Capacity,
};
use serde_json::{Value, json};
use tests::{Database, Who, contract::repository};
use tokio::{process::Command, time::timeout};

use super::log::{Log, verify};

#[tokio::test(flavor = "multi_thread")]
async fn erasing_a_persons_values_leaves_the_proof_whole() {
    let log = Log::sealed().await;
    let (app, second) = (&log.app, Duration::from_secs(1));
    let pool = Pool::new(Address::parse(&app.database().service_url()).unwrap(), 1, second, second).unwrap();
    let mut conn = pool.get().await.unwrap();
    let mette = Person {
        name: "Mette Ny-Sørensen".to_owned(),
        email: Who::Owner.email(),
        department: Some("Skole og Dagtilbud".to_owned()),
        username: Who::Owner.username(),
        password: "et-nyt-langt-kodeord".to_owned(),
        roles: Vec::new(),
    };
    upsert_account(&mut conn, &mette, app.now()).await.unwrap();
    app.run_jobs().await;
    let hers = format!("audit_value WHERE person_id = '{}'", Who::Owner.id());
    let values = app.database().count(&hers).await;
    assert!(values > 0, "there is something to erase");

    let auditor = Actor { account: Who::Auditor.id(), capacity: Capacity::Employee };
    let origin = Origin::default();
    let erased = erase_values(&mut conn, Some(auditor), &origin, Who::Owner.id(), app.now()).await.unwrap();
    assert_eq!(erased, usize::try_from(values).unwrap());
    assert_eq!(app.database().count(&hers).await, 0);
    let entry = "SELECT object_id, count, actor_id FROM audit_entry WHERE action = $1";
    let entry = app.database().owner().query_one(entry, &[&AuditAction::ValuesErased.as_str()]).await.unwrap();
    assert_eq!(entry.get::<_, String>(0), Who::Owner.id().to_string());
    assert_eq!((i64::from(entry.get::<_, i32>(1)), entry.get(2)), (values, Who::Auditor.id().0));
    assert_eq!(erase_values(&mut conn, Some(auditor), &origin, Who::Owner.id(), app.now()).await.unwrap(), 0);
    app.run_jobs().await;
    let verified = log.verify().await;
    verified.is_whole();
    assert!(verified.said.contains(&format!("{values} personal values have been erased")), "{}", verified.said);
    log.finish().await;
}

/// An entry whose transaction lasts longer than others is sealed after them, whatever its id.
#[tokio::test(flavor = "multi_thread")]
async fn an_entry_that_is_committed_late_is_sealed_late() {
    let log = Log::sealed().await;
    let slow = log.app.database().another_owner().await;
    let id = "01900000-0000-7000-8000-000000000000";
    let insert = format!(
        "BEGIN; SELECT audit_record('{id}', max(occurred_at), NULL, NULL, 'hearing.created', 'done', 'hearing', NULL, \
         NULL, NULL, NULL, 1, '[]', '{{}}', '{{}}', '{{}}', '{{}}', '{{}}') FROM audit_entry"
    );
    slow.batch_execute(&insert).await.unwrap();
    log.write(7).await;
    log.app.run_jobs().await;
    let before = log.last().await;
    slow.batch_execute("COMMIT").await.unwrap();
    log.app.run_jobs().await;
    assert_eq!(log.at(before + 1).await.id.to_string(), id);
    log.verify().await.is_whole();
    log.finish().await;
}

/// By itself, and it shows what it has done in its log and its file.
#[tokio::test(flavor = "multi_thread")]
async fn a_worker_seals_what_is_written_and_shows_the_head() {
    let log = Log::sealed().await;
    log.write(6).await;
    let heads = log.heads.with_extension("worker");
    let worker = log.worker(&heads);
    let shown = async {
        loop {
            match fs::read_to_string(&heads) {
                Ok(lines) if lines.ends_with('\n') => return lines,
                _ => tokio::time::sleep(Duration::from_millis(20)).await,
            }
        }
    };
    let lines = timeout(Duration::from_secs(60), shown).await.expect("a head is shown");
    let head: AuditHead = serde_json::from_str(lines.lines().next().unwrap()).unwrap();
    assert_eq!(head.position, log.app.database().count("audit_entry").await);
    let pid = worker.id().unwrap().to_string();
    Command::new("kill").arg(pid).status().await.unwrap();
    let said = String::from_utf8(worker.wait_with_output().await.unwrap().stderr).unwrap();
    let line = said.lines().find(|line| line.contains(r#""target":"audit_head""#)).expect("the log has it");
    let line: Value = serde_json::from_str(line).unwrap();
    assert_eq!((&line["position"], &line["mac"]), (&json!(head.position), &json!(head.mac)));
    log.verify_with(&[Path::new("--heads"), &log.heads, Path::new("--heads"), &heads]).await.is_whole();
    fs::remove_file(heads).unwrap();
    log.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn sealers_that_seal_at_once_make_one_chain() {
    let log = Log::sealed().await;
    let writing = join_all((10..20).map(|number| log.write(number)));
    let sealing = join_all((0..8).map(|_| log.app.run_jobs()));
    tokio::join!(writing, sealing);
    log.app.run_jobs().await;
    assert_eq!(log.app.database().count("audit_unsealed").await, 0);
    assert_eq!(log.last().await, log.app.database().count("audit_entry").await);
    log.verify().await.is_whole();
    log.finish().await;
}

/// More than a batch, for the sealer and for the verification; and from the middle on.
#[tokio::test(flavor = "multi_thread")]
async fn a_long_log_is_sealed_and_proven_in_batches() {
    let log = Log::sealed().await;
    let many = "\
        WITH entry AS (INSERT INTO audit_entry (id, occurred_at, actor_id, capacity, action, outcome, object, \
                recorded_at, transaction_id) \
            SELECT gen_random_uuid(), (SELECT max(occurred_at) FROM audit_entry), gen_random_uuid(), 'employee', \
                   'session.logged_in', 'done', 'session', now(), pg_current_xact_id()::text::bigint \
            FROM generate_series(1, 2500) RETURNING id) \
        INSERT INTO audit_unsealed SELECT id FROM entry";
    log.execute(many).await;
    log.app.run_jobs().await;
    let last = log.last().await;
    assert!(last > 2_500);
    let whole = log.verify().await;
    whole.is_whole();
    assert!(whole.said.contains(&format!("{last} seals were looked at")), "{}", whole.said);
    log.execute("UPDATE audit_seal SET sealed_at = sealed_at + interval '1 s' WHERE position = 2000").await;
    log.verify().await.names("The seal at position 2000 (entry ");
    log.verify_with(&["--from", "2001"]).await.is_whole();
    log.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_sealed_with_a_former_key_is_proven_with_it() {
    let log = Log::sealed().await;
    let (former, present) = ("a-secret-key-of-at-least-32-characters", "another-secret-key-that-is-long-enough");
    log.write(5).await;
    log.seal_by(present).await;
    let file = log.heads.with_extension("key");
    fs::write(&file, format!("{former}\n")).unwrap();
    log.verify_by(present, &[Path::new("--former-key-file"), &file]).await.is_whole();
    for (key, missing) in [(present, "position 1 on"), ("a-key-that-was-never-used-for-anything", "position 1 on")] {
        let verified = log.verify_by(key, &[] as &[&str]).await;
        assert_eq!(verified.code, 2, "{}", verified.said);
        assert!(verified.said.contains(missing) && verified.said.contains("a key is missing"), "{}", verified.said);
    }
    let entry = log.entry().await;
    log.execute(&format!("UPDATE audit_entry SET count = 2 WHERE id = '{}'", entry.id)).await;
    let changed = log.verify_by(present, &[Path::new("--former-key-file"), &file]).await;
    changed.names(&format!("Entry {} (position {}) has been changed", entry.id, entry.position));
    fs::remove_file(file).unwrap();
    log.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_found_out_is_neither_whole_nor_broken() {
    let log = Log::sealed().await;
    let no_file = log.verify_with(&["--heads", "/nowhere/heads.jsonl"]).await;
    assert!(no_file.code == 2 && no_file.said.contains("/nowhere/heads.jsonl cannot be read"), "{no_file:?}");
    let key = "a-secret-key-of-at-least-32-characters";
    let no_database = verify("postgres://agora@127.0.0.1:1/agora", key, &[] as &[&str]).await;
    assert!(no_database.code == 2 && no_database.said.contains("the database does not answer"), "{no_database:?}");
    log.finish().await;
}

/// Entries from before there were seals wait for theirs like all others.
#[tokio::test(flavor = "multi_thread")]
async fn entries_from_before_there_were_seals_wait_for_theirs() {
    let database = Database::create_empty().await;
    migrations::run(&database.owner_url()).await.unwrap();
    let folder = repository().join("migrations");
    let sql = |name: &str| fs::read_to_string(folder.join(name)).unwrap();
    let owner = database.owner();
    owner.batch_execute(&sql("2026-11-27-000150_audit_hand/down.sql")).await.unwrap();
    owner.batch_execute(&sql("2026-11-23-000600_audit_seal/down.sql")).await.unwrap();
    let insert = "INSERT INTO audit_entry (id, occurred_at, action, outcome, object) \
                  SELECT gen_random_uuid(), now(), 'session.logged_in', 'done', 'session' FROM generate_series(1, 3)";
    owner.execute(insert, &[]).await.unwrap();
    owner.batch_execute(&sql("2026-11-23-000600_audit_seal/up.sql")).await.unwrap();
    owner.batch_execute(&sql("2026-11-27-000150_audit_hand/up.sql")).await.unwrap();
    let waiting = "audit_unsealed JOIN audit_entry ON id = entry_id AND recorded_at = queued_at";
    assert_eq!(database.count(waiting).await, 3);
    database.remove().await;
}
