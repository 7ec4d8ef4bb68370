//! What a superuser can do to the log, and that it is named.

use std::{fs, path::Path};

use chrono::SecondsFormat;
use openapi::audit::AuditHead;
use tests::Who;

use super::log::Log;

/// Every column of a table, with another value for it.
async fn changes(log: &Log, table: &str) -> Vec<(String, String)> {
    let select = "SELECT column_name, udt_name FROM information_schema.columns WHERE table_name = $1";
    let rows = log.app.database().owner().query(select, &[&table]).await.unwrap();
    assert!(rows.len() > 5, "{table} has columns");
    let another = |column: &str, kind: &str| match kind {
        "uuid" => "gen_random_uuid()".to_owned(),
        "text" => format!("coalesce({column}, '') || 'x'"),
        "int4" => format!("{column} + 1"),
        "int8" => format!("{column} + 1000"),
        "timestamptz" => format!("{column} + interval '1 microsecond'"),
        "jsonb" => format!("{column} || '[{{\"field\": \"x\"}}]'"),
        "bool" => format!("NOT {column}"),
        "bytea" => format!("set_byte({column}, 0, get_byte({column}, 0) # 1)"),
        other => panic!("nobody has taught the tests how to change {other}"),
    };
    rows.iter().map(|row| (row.get(0), another(row.get(0), row.get(1)))).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_entry_that_is_changed_is_named_whichever_column_it_is() {
    let log = Log::sealed().await;
    log.verify().await.is_whole();
    let entry = log.entry().await;
    let named = format!("Entry {} (position {})", entry.id, entry.position);
    for (column, value) in changes(&log, "audit_entry").await {
        let is_id = column == "id";
        let verified =
            log.tampered(&format!("UPDATE audit_entry SET {column} = {value} WHERE id = '{}'", entry.id)).await;
        // With another id it is another entry: one is missing and one too many.
        verified.names(&format!("{named} {}", if is_id { "is missing" } else { "has been changed" }));
        assert_eq!(verified.findings(), if is_id { 2 } else { 1 }, "{column}: {}", verified.said);
    }
    let nullable = "actor_id capacity object_id hearing_id request_id source recorded_at transaction_id";
    for nothing in nullable.split(' ') {
        let verified =
            log.tampered(&format!("UPDATE audit_entry SET {nothing} = NULL WHERE id = '{}'", entry.id)).await;
        verified.names(&format!("{named} has been changed"));
    }
    // What this service would never write must not keep it from being read.
    for unreadable in ["action = 'no such action'", "occurred_at = 'infinity'", "changes = '[1e999]'", "changes = '7'"]
    {
        let verified = log.tampered(&format!("UPDATE audit_entry SET {unreadable} WHERE id = '{}'", entry.id)).await;
        verified.names(&format!("{named} has been changed"));
    }
    log.verify().await.is_whole();
    log.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_seal_that_is_changed_is_named_whichever_column_it_is() {
    let log = Log::sealed().await;
    let position = log.entry().await.position;
    for (column, value) in changes(&log, "audit_seal").await {
        let verified =
            log.tampered(&format!("UPDATE audit_seal SET {column} = {value} WHERE position = {position}")).await;
        match column.as_str() {
            "position" => verified.names(&format!("The seals of positions {position} to {position} are missing")),
            _ => verified.names(&format!("The seal at position {position} (entry ")),
        }
        let next = format!("position {}", position + 1);
        assert!(!verified.said.contains(&next), "{column}: the next one is as it was: {}", verified.said);
    }
    log.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_personal_value_that_is_changed_is_named_whichever_column_it_is() {
    let log = Log::sealed().await;
    let entry = log.entry().await;
    let other = log.at(1).await;
    for (column, value) in changes(&log, "audit_value").await {
        let value = if column == "entry_id" { format!("'{}'", other.id) } else { value };
        let change = format!(
            "UPDATE audit_value SET {column} = {value} WHERE entry_id = '{}' AND field = 'contactEmail'",
            entry.id
        );
        let verified = log.tampered(&change).await;
        let owner = |entry: super::log::Sealed| format!("entry {} (position {})", entry.id, entry.position);
        verified.names(&match column.as_str() {
            "entry_id" => format!("The personal value `contactEmail` was added to {}", owner(other)),
            "field" => format!("The personal value `contactEmailx` was added to {}", owner(entry)),
            _ => format!("The personal value `contactEmail` of {} has been changed", owner(entry)),
        });
        // A value that was moved is one too many there, and missing here.
        let moved = ["entry_id", "field"].contains(&column.as_str());
        if moved {
            verified.names(&format!("The personal value `contactEmail` of {} is missing", owner(entry)));
        }
        assert_eq!(verified.findings(), if moved { 2 } else { 1 }, "{column}: {}", verified.said);
    }
    log.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_removed_is_named() {
    let log = Log::sealed().await;
    let entry = log.entry().await;
    let (id, position) = (entry.id, entry.position);
    let gone = format!("DELETE FROM audit_entry WHERE id = '{id}'; DELETE FROM audit_value WHERE entry_id = '{id}'");
    let seal_gone = format!("DELETE FROM audit_seal WHERE position = {position}");
    let hole = format!("The seals of positions {position} to {position} are missing");

    log.tampered(&gone).await.names(&format!("Entry {id} (position {position}) is missing"));
    let without_seal = log.tampered(&seal_gone).await;
    without_seal.names(&hole);
    without_seal.names(&format!("Entry {id} has no seal and waits for none"));
    log.tampered(&format!("{gone}; {seal_gone}")).await.names(&hole);
    // Closing the hole only moves it.
    let closed = log
        .tampered(&format!(
            "{gone}; {seal_gone}; UPDATE audit_seal SET position = -position; \
             UPDATE audit_seal SET position = -position - CASE WHEN position < -{position} THEN 1 ELSE 0 END"
        ))
        .await;
    closed.names(&format!("The seal at position {position} (entry "));
    log.tampered("DELETE FROM audit_seal WHERE position = 1").await.names("The seals of positions 1 to 1 are missing");
    log.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_inserted_is_named() {
    let log = Log::sealed().await;
    let id = "01900000-0000-7000-8000-000000000000";
    let insert = format!(
        "INSERT INTO audit_entry (id, occurred_at, actor_id, capacity, action, outcome, object) \
         VALUES ('{id}', '2026-10-01T08:00:00Z', '{}', 'employee', 'hearing.deleted', 'done', 'hearing')",
        Who::Owner.id()
    );
    log.tampered(&insert).await.names(&format!("Entry {id} has no seal and waits for none: it was inserted"));

    // With a seal of the attacker's making, at the end or in the middle.
    let (last, middle) = (log.last().await, log.entry().await.position);
    let seal = |position: i64| {
        format!(
            "{insert}; INSERT INTO audit_seal SELECT {position}, '{id}', mac, sealed_at, format, key_id, digest, caught_up \
             FROM saved_audit_seal WHERE position = {middle}"
        )
    };
    let at_the_end = log.tampered(&seal(last + 1)).await;
    at_the_end.names(&format!("The seal at position {} (entry {id})", last + 1));
    at_the_end.names(&format!("Entry {id} (position {}) has been changed", last + 1));
    let make_room = format!(
        "UPDATE audit_seal SET position = -position WHERE position >= {middle}; \
         UPDATE audit_seal SET position = 1 - position WHERE position < 0"
    );
    let in_the_middle = log.tampered(&format!("{make_room}; {}", seal(middle))).await;
    in_the_middle.names(&format!("The seal at position {middle} (entry {id})"));

    // Handed to the service, which seals it: the database has not recorded it.
    log.execute(&format!("{insert}; INSERT INTO audit_unsealed VALUES ('{id}')")).await;
    log.app.run_jobs().await;
    let late = log.verify().await;
    late.names(&format!("Entry {id} (position {}) was put there by another hand", last + 1));
    assert_eq!(late.findings(), 1, "{}", late.said);
    log.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_swapped_is_named() {
    let log = Log::sealed().await;
    let (first, second) = (log.at(2).await, log.entry().await);
    let pair = |first: super::log::Sealed, second: super::log::Sealed| {
        format!(
            "Entries {} (position {}) and {} (position {}) have been swapped",
            first.id, first.position, second.id, second.position
        )
    };
    let columns = "occurred_at, actor_id, capacity, action, outcome, object, object_id, hearing_id, request_id, source, \
                   count, changes, recorded_at, transaction_id";
    let copy = |to: super::log::Sealed, from: super::log::Sealed| {
        format!(
            "UPDATE audit_entry SET ({columns}) = (SELECT {columns} FROM saved_audit_entry WHERE id = '{}') \
             WHERE id = '{}'",
            from.id, to.id
        )
    };
    let contents = log.tampered(&format!("{}; {}", copy(first, second), copy(second, first))).await;
    contents.names(&pair(first, second));
    assert_eq!(contents.findings(), 1, "{}", contents.said);

    let no_id = "00000000-0000-0000-0000-000000000000";
    let exchange = |table: &str, column: &str, one: String, other: String, nothing: &str| {
        [(&one, nothing), (&other, one.as_str()), (&nothing.to_owned(), other.as_str())]
            .map(|(from, to)| format!("UPDATE {table} SET {column} = '{to}' WHERE {column} = '{from}'"))
            .join("; ")
    };
    let ids = exchange("audit_entry", "id", first.id.to_string(), second.id.to_string(), no_id);
    log.tampered(&ids).await.names(&pair(first, second));

    let of_seals = exchange("audit_seal", "entry_id", first.id.to_string(), second.id.to_string(), no_id);
    let of_seals = log.tampered(&of_seals).await;
    let turned = |entry, position| super::log::Sealed { position, id: entry };
    of_seals.names(&pair(turned(second.id, first.position), turned(first.id, second.position)));
    assert_eq!(of_seals.findings(), 1, "{}", of_seals.said);

    for other in [first.position + 1, second.position] {
        let seals = exchange("audit_seal", "position", first.position.to_string(), other.to_string(), "0");
        let seals = log.tampered(&seals).await;
        seals.names(&format!("The seals at positions {} and {other} have been swapped", first.position));
        // The heads show it too, where one of the two was a head.
        assert!(seals.findings() <= 2, "{}", seals.said);
    }
    log.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_end_that_is_cut_off_is_named_by_the_heads() {
    let log = Log::sealed().await;
    let last = log.last().await;
    let cut = "DELETE FROM audit_entry WHERE id IN (SELECT entry_id FROM audit_seal WHERE position > 4); \
               DELETE FROM audit_value WHERE entry_id NOT IN (SELECT id FROM audit_entry); \
               DELETE FROM audit_seal WHERE position > 4";
    let verified = log.tampered(cut).await;
    verified.names("The chain was cut off: it ends at position 4, and ");
    let head = fs::read_to_string(&log.heads).unwrap();
    let head: AuditHead = serde_json::from_str(head.lines().last().unwrap()).unwrap();
    let at = head.sealed_at.to_rfc3339_opts(SecondsFormat::Secs, true);
    verified.names(&format!("shows that it reached {last} by {at}"));
    assert_eq!(verified.findings(), 1, "{}", verified.said);

    log.execute(cut).await;
    let without_heads = log.verify_with(&[] as &[&str]).await;
    without_heads.is_whole();
    assert!(without_heads.said.contains("No file of heads was given"), "{}", without_heads.said);
    log.finish().await;
}

/// An attacker who has the key too can make a chain that fits in itself. It does not fit what was shown of the first one.
#[tokio::test(flavor = "multi_thread")]
async fn a_chain_that_is_written_anew_is_named_by_the_heads() {
    let log = Log::sealed().await;
    let copy = log.heads.with_extension("copy");
    fs::copy(&log.heads, &copy).unwrap();
    let entry = log.entry().await;
    log.execute(&format!(
        "UPDATE audit_entry SET action = 'hearing.created' WHERE id = '{}'; DELETE FROM audit_seal; \
         INSERT INTO audit_unsealed SELECT id FROM audit_entry",
        entry.id
    ))
    .await;
    log.app.run_jobs().await;
    log.verify_with(&[] as &[&str]).await.is_whole();
    let verified = log.verify_with(&[Path::new("--heads"), &copy]).await;
    verified.names("The chain was written anew at or before position ");
    assert_eq!(verified.findings(), 1, "{}", verified.said);
    // The server that sealed anew has seen both, and both stand in its file.
    log.verify().await.names("The chain was written anew at or before position ");
    fs::remove_file(copy).unwrap();
    log.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_done_to_entries_that_wait_is_named() {
    let log = Log::sealed().await;
    log.write(9).await;
    let id: uuid::Uuid = log
        .app
        .database()
        .owner()
        .query_one("SELECT min(entry_id::text)::uuid FROM audit_unsealed", &[])
        .await
        .unwrap()
        .get(0);
    let waiting = log.app.database().count("audit_unsealed").await;
    let before = log.verify().await;
    before.is_whole();
    assert!(before.said.contains(&format!("{waiting} entries wait for their seal")), "{}", before.said);

    log.execute("UPDATE audit_unsealed SET queued_at = now() - interval '1 hour'").await;
    log.verify().await.names("has been waiting for its seal since");
    log.execute(&format!("DELETE FROM audit_value WHERE entry_id = '{id}'; DELETE FROM audit_entry WHERE id = '{id}'"))
        .await;
    log.app.run_jobs().await;
    let removed = log.verify().await;
    removed.names(&format!("Entry {id} is missing: it was removed before it was sealed"));
    assert_eq!(removed.findings(), 1, "the others are sealed: {}", removed.said);

    let again = log.at(3).await.id;
    log.execute(&format!("DELETE FROM audit_unsealed; INSERT INTO audit_unsealed VALUES ('{again}')")).await;
    log.app.run_jobs().await;
    log.verify().await.names(&format!("Entry {again} has its seal and yet waits for one"));
    log.finish().await;
}
