//! What is added to the log by another hand than the database's, or taken from it without an entry, and that it is named:
//! as a superuser and as the service's own role.

use tests::Who;
use tokio_postgres::error::SqlState;

use super::log::Log;

const ID: &str = "01900000-0000-7000-8000-000000000000";

/// What a superuser inserts, together with its place in the queue. The times are SQL.
fn inserted(occurred: &str, actor: Option<Who>, recorded: Option<&str>) -> String {
    let actor = actor.map_or("NULL".to_owned(), |actor| format!("'{}'", actor.id()));
    let recorded = recorded.map_or("NULL, NULL".to_owned(), |at| format!("{at}, pg_current_xact_id()::text::bigint"));
    format!(
        "INSERT INTO audit_entry (id, occurred_at, actor_id, capacity, action, outcome, object, recorded_at, \
             transaction_id) \
         VALUES ('{ID}', {occurred}, {actor}, 'employee', 'hearing.deleted', 'done', 'hearing', {recorded}); \
         INSERT INTO audit_unsealed VALUES ('{ID}')"
    )
}

/// What the service's role can say through the function that it may call.
fn recorded(occurred: &str, actor: &str) -> String {
    format!(
        "SELECT audit_record('{ID}', {occurred}, {actor}, 'employee', 'hearing.deleted', 'done', 'hearing', NULL, NULL, \
         NULL, NULL, 1, '[]', '{{}}', '{{}}', '{{}}', '{{}}', '{{}}')"
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_superuser_adds_and_the_service_seals_is_named() {
    let log = Log::sealed_now().await;
    log.verify().await.is_whole();
    let position = log.last().await + 1;
    let (now, minutes, days) = ("now()", "now() - interval '20 minutes'", "now() - interval '3 days'");
    let by_another_hand = "was put there by another hand: the database did not record when it was written";
    let dated = "is dated otherwise than it was written: it is said to have happened at ";
    let late = "is said to have been recorded at ";
    for (occurred, actor, recorded, finding, findings) in [
        (now, Some(Who::Owner), None, by_another_hand, 1),
        (minutes, Some(Who::Owner), None, by_another_hand, 1),
        (days, None, None, by_another_hand, 1),
        (minutes, Some(Who::Owner), Some(now), dated, 1),
        (days, None, Some(now), dated, 1),
        ("now() + interval '20 minutes'", None, Some(now), dated, 1),
        (minutes, Some(Who::Owner), Some(minutes), late, 1),
        (days, None, Some(days), late, 1),
        (now, None, Some("now() + interval '20 minutes'"), late, 2),
    ] {
        log.execute(&inserted(occurred, actor, recorded)).await;
        log.app.run_jobs().await;
        let verified = log.verify_with(&[] as &[&str]).await;
        verified.names(&format!("Entry {ID} (position {position}) {finding}"));
        assert_eq!(verified.findings(), findings, "{occurred} {recorded:?}: {}", verified.said);
        log.restore().await;
    }
    // With times of now it is like any other entry. No log can tell, and ARCHITECTURE.md says so.
    log.execute(&inserted(now, Some(Who::Owner), Some("now() - interval '4 minutes'"))).await;
    log.app.run_jobs().await;
    log.verify_with(&[] as &[&str]).await.is_whole();
    log.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_services_role_adds_has_the_databases_time() {
    let log = Log::sealed_now().await;
    let service = log.app.database().service().await;
    for sql in [inserted("now()", None, None), inserted("now()", Some(Who::Owner), Some("now()"))] {
        let refusal = service.batch_execute(&sql).await.expect_err("the role adds by the function alone");
        assert_eq!(refusal.code(), Some(&SqlState::INSUFFICIENT_PRIVILEGE), "{refusal:?}");
    }
    let owner = format!("'{}'", Who::Owner.id());
    for (interval, actor) in [("20 minutes", owner.as_str()), ("3 days", "NULL")] {
        service.batch_execute(&recorded(&format!("now() - interval '{interval}'"), actor)).await.unwrap();
        log.app.run_jobs().await;
        let verified = log.verify_with(&[] as &[&str]).await;
        let dated = format!("Entry {ID} (position {}) is dated otherwise than it was written", log.last().await);
        verified.names(&dated);
        assert_eq!(verified.findings(), 1, "{}", verified.said);
        let bound = log.verify_with(&["--stood-still", "2020-01-01T00:00:00Z/2100-01-01T00:00:00Z"]).await;
        bound.names(&dated);
        log.restore().await;
    }
    // A time before the service's, and one of another's: what remains is an entry of now, which says so.
    service.batch_execute(&recorded("now()", &owner)).await.unwrap();
    let true_time =
        format!("audit_entry WHERE id = '{ID}' AND recorded_at BETWEEN now() - interval '1 minute' AND now()");
    assert_eq!(log.app.database().count(&true_time).await, 1);
    log.app.run_jobs().await;
    log.verify_with(&[] as &[&str]).await.is_whole();
    log.finish().await;
}

/// Only what waits is sealed, behind what is there, with a seal of the moment.
#[tokio::test(flavor = "multi_thread")]
async fn the_services_role_seals_what_waits_and_nothing_else() {
    let log = Log::sealed().await;
    let last = log.last().await;
    let (service, owner) = (log.app.database().service().await, log.app.database().owner());
    let seal = |position: i64, at: &str| {
        format!(
            "SELECT audit_add_seals(ARRAY[{position}::bigint], ARRAY['{ID}'::uuid], ARRAY['\\x00'::bytea], \
             ARRAY['\\x00'::bytea], ARRAY[true], {at}, 2, 'x')"
        )
    };
    for (sql, why) in [
        (seal(last + 1, "clock_timestamp()"), "what is sealed must have been waiting for it"),
        (seal(last + 1, "now() - interval '20 minutes'"), "a seal is dated "),
    ] {
        let refusal = service.batch_execute(&sql).await.unwrap_err();
        assert!(refusal.as_db_error().unwrap().message().starts_with(why), "{refusal:?}");
    }
    owner.batch_execute(&format!("INSERT INTO audit_unsealed VALUES ('{ID}')")).await.unwrap();
    for position in [last, last + 2] {
        let refusal = service.batch_execute(&seal(position, "clock_timestamp()")).await.unwrap_err();
        assert_eq!(refusal.as_db_error().unwrap().message(), "a seal must follow the newest one", "{position}");
    }
    log.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_value_that_is_gone_without_an_entry_of_its_erasure_is_named() {
    let log = Log::sealed().await;
    let entry = log.entry().await;
    let missing = |field: &str| {
        format!(
            "The personal value `{field}` of entry {} (position {}) is missing, and no entry tells that it was erased",
            entry.id, entry.position
        )
    };
    let gone = format!("DELETE FROM audit_value WHERE entry_id = '{}' AND field = 'contactEmail'", entry.id);
    let verified = log.tampered(&gone).await;
    verified.names(&missing("contactEmail"));
    assert_eq!(verified.findings(), 1, "{}", verified.said);
    let service = log.app.database().service().await;
    let refusal = service.batch_execute(&gone).await.unwrap_err();
    assert_eq!(refusal.code(), Some(&SqlState::INSUFFICIENT_PRIVILEGE), "{refusal:?}");

    // A person's two values; the erasure tells of the one that was there.
    let person = Who::Employee(3).id();
    let says = |id: u8, field: &str| {
        format!(
            "SELECT audit_record('01900000-0000-7000-8000-00000000000{id}', now(), NULL, NULL, 'account.changed', 'done', \
             'account', NULL, NULL, NULL, NULL, 1, '[{{\"field\": \"{field}\", \"personal\": true, \
             \"person\": \"{person}\"}}]', '{{{field}}}', '{{{person}}}', '{{NULL}}', '{{NULL}}', '{{x}}')"
        )
    };
    let erase = |id: u8| {
        format!(
            "SELECT audit_erase('01900000-0000-7000-8000-00000000001{id}', now(), NULL, NULL, NULL, NULL, '{person}')"
        )
    };
    service.batch_execute(&format!("{}; {}", says(1, "name"), says(2, "email"))).await.unwrap();
    log.app.run_jobs().await;
    log.execute(&format!("DELETE FROM audit_value WHERE person_id = '{person}' AND field = 'name'")).await;
    service.batch_execute(&erase(1)).await.unwrap();
    log.app.run_jobs().await;
    let more = log.verify().await;
    more.names(&format!(
        "2 personal values of the person {person} are missing, and the entries of their erasure tell of 1"
    ));
    assert_eq!(more.findings(), 1, "{}", more.said);

    // What is written after an erasure is not covered by it.
    service.batch_execute(&says(3, "name")).await.unwrap();
    log.app.run_jobs().await;
    log.execute(&format!("DELETE FROM audit_value WHERE person_id = '{person}'")).await;
    log.verify().await.names("The personal value `name` of entry 01900000-0000-7000-8000-000000000003");
    service.batch_execute(&format!("{}; {}", says(4, "name"), erase(2))).await.unwrap();
    log.app.run_jobs().await;
    log.finish().await;
}

/// What waited while the service was down is sealed late. The operator knows when that was.
#[tokio::test(flavor = "multi_thread")]
async fn entries_that_were_sealed_after_a_standstill_are_named_until_it_is_told() {
    let log = Log::sealed_now().await;
    log.write(4).await;
    log.execute(
        "UPDATE audit_entry SET recorded_at = recorded_at - interval '10 minutes', \
         occurred_at = occurred_at - interval '10 minutes' WHERE id IN (SELECT entry_id FROM audit_unsealed)",
    )
    .await;
    let waiting = usize::try_from(log.app.database().count("audit_unsealed").await).unwrap();
    log.app.run_jobs().await;
    let late = log.verify().await;
    late.names("it was added afterwards, or sealing stood still");
    assert_eq!(late.findings(), waiting, "{}", late.said);
    let window = "SELECT to_char((now() - interval '11 minutes') AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"') \
                  || '/' || to_char((now() + interval '1 second') AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')";
    let window: String = log.app.database().owner().query_one(window, &[]).await.unwrap().get(0);
    log.verify_with(&["--stood-still", &window]).await.is_whole();
    let before = log.verify_with(&["--stood-still", "2020-01-01T00:00:00Z/2020-01-02T00:00:00Z"]).await;
    assert_eq!(before.findings(), waiting, "{}", before.said);
    log.finish().await;
}

/// Seals from before the database recorded entries stay provable, and an entry cannot be made to look like one of them.
#[tokio::test(flavor = "multi_thread")]
async fn entries_sealed_in_format_1_are_proven_as_before() {
    let log = Log::sealed().await;
    let entry = log.entry().await;
    let forged = log
        .tampered(&format!(
            "UPDATE audit_entry SET recorded_at = NULL, transaction_id = NULL WHERE id = '{0}'; \
             UPDATE audit_seal SET format = 1 WHERE entry_id = '{0}'",
            entry.id
        ))
        .await;
    forged.names(&format!("The seal at position {} (entry {})", entry.position, entry.id));
    log.finish().await;
}
