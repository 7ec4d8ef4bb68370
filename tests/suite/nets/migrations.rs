//! Exists because a municipality's data is migrated once and for all: every migration can be taken back and run again to
//! the same schema, and the code's picture of the tables and of a hearing's status is the database's.

use std::collections::BTreeMap;
use std::fs;

use api::{db::migrations, hearings::rules::LifeCycle};
use chrono::{DateTime, TimeDelta, Utc};
use regex::Regex;
use tests::{App, Database, beginning, contract::repository};
use tokio_postgres::Client;
use uuid::Uuid;

/// Everything that migrations make, as sorted lines.
const SCHEMA: &str = "\
    SELECT format('column %s.%s %s %s %s %s', table_name, column_name, data_type, is_nullable, column_default,
        col_description(format('%I', table_name)::regclass, ordinal_position))
        FROM information_schema.columns WHERE table_schema = 'public'
    UNION ALL SELECT 'index ' || indexdef FROM pg_indexes WHERE schemaname = 'public'
    UNION ALL SELECT format('constraint %s %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
        FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    UNION ALL SELECT 'function ' || pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = 'public'::regnamespace
    UNION ALL SELECT format('trigger %s', pg_get_triggerdef(oid)) FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL SELECT format('grant %s %s %s', table_name, grantee, privilege_type)
        FROM information_schema.role_table_grants WHERE table_schema = 'public'
    UNION ALL SELECT format('table %s %s', relname, obj_description(oid)) FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'v', 'm', 'S')
    ORDER BY 1";

async fn schema(database: &Client) -> Vec<String> {
    database.query(SCHEMA, &[]).await.unwrap().iter().map(|row| row.get(0)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn migrations_go_up_down_and_up_again_to_the_same_schema() {
    let database = Database::create_empty().await;
    let ran = migrations::run(&database.owner_url()).await.unwrap();
    assert!(ran.len() >= 5, "{ran:?}");
    let first = schema(database.owner()).await;
    assert!(first.len() > 200, "the schema was found: {} lines", first.len());
    migrations::revert_all(&database.owner_url()).await.unwrap();
    let left = schema(database.owner()).await;
    assert!(left.iter().all(|line| line.contains("__diesel_schema_migrations")), "left behind: {left:#?}");
    migrations::run(&database.owner_url()).await.unwrap();
    assert_eq!(schema(database.owner()).await, first);
    assert!(migrations::run(&database.owner_url()).await.unwrap().is_empty(), "a second run changes nothing");
    database.remove().await;
}

/// What lies in the tables may break a rule that a migration adds. Then nothing changes, the rows are named, and when they
/// are mended the migration runs.
#[tokio::test(flavor = "multi_thread")]
async fn what_a_migration_cannot_take_as_it_is_it_names() {
    let database = Database::create_before("2026-11-27-000155").await;
    let id = Uuid::from_u128;
    let (karen, yasmin, hearing, other, first, second, draft) = (id(1), id(2), id(3), id(4), id(5), id(6), id(7));
    let response = |response: Uuid, number: i32| {
        format!(
            "INSERT INTO response (id, hearing_id, draft_id, number, author_id, capacity, on_behalf_of, text, sections, \
             terms_version, sent_at) VALUES ('{response}', '{hearing}', gen_random_uuid(), {number}, '{karen}', \
             'employee', '', 'Et svar', '[]', '1', now() + {number} * interval '1 minute')"
        )
    };
    let edit = |author: Uuid, hearing: Uuid| {
        format!(
            "INSERT INTO draft (id, hearing_id, author_id, response_id, created_at, updated_at) \
             VALUES ('{draft}', '{hearing}', '{author}', '{first}', now(), now())"
        )
    };
    let owner = database.owner();
    owner
        .batch_execute(&format!(
            "INSERT INTO account (id, name, email, created_at) VALUES ('{karen}', 'Karen', 'karen@eksempel.dk', now()), \
             ('{yasmin}', 'Yasmin', 'yasmin@eksempel.dk', now()); \
             INSERT INTO hearing (id, title, created_at, updated_at) VALUES ('{hearing}', 'Cykelstier', now(), now()), \
             ('{other}', 'Legepladser', now(), now()); \
             INSERT INTO hearing_role (id, hearing_id, account_id, role, created_at) \
             SELECT gen_random_uuid(), id, '{yasmin}', 'owner', now() FROM hearing; {}",
            response(first, 1)
        ))
        .await
        .unwrap();
    let several = format!("several responses of one person to one hearing stand: responses {first} and {second}; ");
    let foreign =
        format!("drafts edit a response of another person or to another hearing: draft {draft} of response {first}; ");
    let remove = |table: &str, id: Uuid| format!("DELETE FROM {table} WHERE id = '{id}'");
    let ownerless = format!("UPDATE hearing_role SET role = 'reviewer' WHERE hearing_id = '{other}'");
    let owned = ownerless.replace("reviewer", "owner");
    for (breaks, words, mends) in [
        (response(second, 2), several, remove("response", second)),
        (edit(yasmin, hearing), foreign.clone(), remove("draft", draft)),
        (edit(karen, other), foreign, remove("draft", draft)),
        (ownerless, format!("hearings have no owner: {other}; "), owned),
    ] {
        owner.batch_execute(&breaks).await.unwrap_or_else(|error| panic!("{breaks}: {error:?}"));
        let before = schema(owner).await;
        let refusal = migrations::run(&database.owner_url()).await.expect_err(&words).to_string();
        assert!(refusal.contains(&words), "{refusal}");
        assert_eq!(schema(owner).await, before);
        owner.batch_execute(&mends).await.unwrap();
    }
    migrations::run(&database.owner_url()).await.unwrap();
    database.remove().await;
}

/// What goes with its table leaves no file behind: its content would lie in the file store for ever.
#[tokio::test(flavor = "multi_thread")]
async fn files_of_a_table_that_is_taken_back_are_swept() {
    let database = Database::create_before("2026-11-27-000120").await;
    let owner = database.owner();
    let id = |number: u128| Uuid::from_u128(number).to_string();
    let (person, hearing, image, size) = (id(1), id(2), id(3), id(4));
    let file = |file: &str| {
        format!(
            "INSERT INTO file (id, uploaded_by, name, file_type, size, sha256, scan_state, created_at) \
             VALUES ('{file}', '{person}', 'Havn.png', 'png', 1, sha256(''), 'not_scanned', now())"
        )
    };
    owner
        .batch_execute(&format!(
            "INSERT INTO account (id, name, email, created_at) VALUES ('{person}', 'Mette', 'mette@eksempel.dk', now()); \
             {}; {}; INSERT INTO hearing (id, title, image_id, created_at, updated_at) \
             VALUES ('{hearing}', 'Havnen', '{image}', now(), now()); \
             INSERT INTO hearing_image_size VALUES ('{hearing}', '{image}', 480, 288, '{size}')",
            file(&image),
            file(&size)
        ))
        .await
        .unwrap();
    let down = repository().join("migrations/2026-11-27-000115_image_sizes/down.sql");
    owner.batch_execute(&fs::read_to_string(down).unwrap()).await.unwrap();
    let swept = owner.query("SELECT id FROM file WHERE sweep_at <= now() AND NOT file_is_used(id)", &[]).await.unwrap();
    let swept: Vec<Uuid> = swept.iter().map(|row| row.get(0)).collect();
    assert_eq!(swept, [Uuid::from_u128(4)]);
    database.remove().await;
}

/// Where two user names are one to the service, the operator decides whose it is.
#[tokio::test(flavor = "multi_thread")]
async fn user_names_that_have_become_one_are_named() {
    let database = Database::create_before("2026-11-27-000140").await;
    let owner = database.owner();
    for (number, username) in
        ["Åse", "A\u{30a}se", "strasse", "Straße", "mette", "mette\t", "poul"].into_iter().enumerate()
    {
        let id = Uuid::from_u128(number as u128 + 1);
        let person = "INSERT INTO account (id, name, email, created_at) VALUES ($1, $2, $2, now())";
        owner.execute(person, &[&id, &username]).await.unwrap();
        let credential = "INSERT INTO credential (account_id, username, password_hash) VALUES ($1, $2, '')";
        owner.execute(credential, &[&id, &username]).await.unwrap();
    }
    let refusal = migrations::run(&database.owner_url()).await.unwrap_err().to_string();
    for username in ["Åse", "A\u{30a}se", "strasse", "Straße", "mette", "mette\t"] {
        assert!(refusal.contains(&format!("'{username}'")), "{refusal}");
    }
    assert!(!refusal.contains("poul"), "{refusal}");
    let rename = "UPDATE credential SET username = username || account_id WHERE username <> 'poul'";
    owner.batch_execute(rename).await.unwrap();
    migrations::run(&database.owner_url()).await.unwrap();
    database.remove().await;
}

/// Keys that the first version of `known_devices` made with blanks around them are mended.
#[tokio::test(flavor = "multi_thread")]
async fn user_names_with_blanks_around_them_are_found_after_the_upgrade() {
    let database = Database::create_before("2026-11-27-000180").await;
    let owner = database.owner();
    let id = Uuid::from_u128(1);
    let person = "INSERT INTO account (id, name, email, created_at) VALUES ($1, 'Mette', 'mette@eksempel.dk', now())";
    owner.execute(person, &[&id]).await.unwrap();
    let credential =
        "INSERT INTO credential (account_id, username, username_key, password_hash) VALUES ($1, $2, $2, '')";
    let username = "\u{2028}\tmette\r\n";
    owner.execute(credential, &[&id, &username]).await.unwrap();
    migrations::run(&database.owner_url()).await.unwrap();
    let key: String = owner.query_one("SELECT username_key FROM credential", &[]).await.unwrap().get(0);
    assert_eq!(key, api::login::fold_username(username));
    database.remove().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn diesels_picture_of_the_tables_is_the_databases() {
    let app = App::start().await;
    let columns = "SELECT table_name, column_name, udt_name, is_nullable = 'YES' FROM information_schema.columns \
                   WHERE table_schema = 'public'";
    let rows = app.database().owner().query(columns, &[]).await.unwrap();
    let actual: BTreeMap<(String, String), (String, bool)> =
        rows.iter().map(|row| ((row.get(0), row.get(1)), (row.get(2), row.get(3)))).collect();
    let source = fs::read_to_string(repository().join("api/src/db/schema.rs")).unwrap();
    let table = Regex::new(r"(?s)table! \{\s*(\w+) \([^)]*\) \{(.*?)\n    \}").unwrap();
    let column = Regex::new(r"(\w+) -> (Nullable<)?(\w+)>?,").unwrap();
    let mut compared = 0;
    for found in table.captures_iter(&source) {
        for described in column.captures_iter(&found[2]) {
            let place = (found[1].to_owned(), described[1].to_owned());
            let (kind, nullable) = actual.get(&place).unwrap_or_else(|| panic!("the database has no {place:?}"));
            assert_eq!(*nullable, described.get(2).is_some(), "{place:?}");
            assert_eq!(kind, sql_name(&described[3]), "{place:?}");
            compared += 1;
        }
    }
    assert!(compared > 90, "the columns were compared: {compared}");
    app.finish().await;
}

fn sql_name(diesel: &str) -> &'static str {
    match diesel {
        "Uuid" => "uuid",
        "Text" => "text",
        "Timestamptz" => "timestamptz",
        "Bytea" => "bytea",
        "Integer" => "int4",
        "BigInt" => "int8",
        "Bool" => "bool",
        "Date" => "date",
        "Jsonb" => "jsonb",
        other => panic!("nobody has taught the tests what {other} is in SQL"),
    }
}

/// Every combination of times and decisions that the table allows, seen from before, at and behind each of them.
#[tokio::test(flavor = "multi_thread")]
async fn the_status_is_the_same_in_sql_and_in_rust() {
    let app = App::start().await;
    let at = |days: i64| beginning() + TimeDelta::days(days);
    let maybe = |instant: DateTime<Utc>| [None, Some(instant)];
    let mut compared = 0;
    let statement = app.database().owner().prepare("SELECT hearing_status($1, $2, $3, $4, $5, $6)").await.unwrap();
    for published_at in maybe(at(0)) {
        for cancelled_at in maybe(at(3)) {
            for concluded_at in maybe(at(12)) {
                let life = LifeCycle {
                    published_at,
                    starts_at: Some(at(2)),
                    deadline_at: Some(at(10)),
                    cancelled_at,
                    concluded_at,
                };
                for boundary in [0, 2, 3, 10, 12] {
                    for microseconds in [-1, 0, 1] {
                        let now = at(boundary) + TimeDelta::microseconds(microseconds);
                        let row = app
                            .database()
                            .owner()
                            .query_one(
                                &statement,
                                &[
                                    &published_at,
                                    &life.starts_at,
                                    &life.deadline_at,
                                    &cancelled_at,
                                    &concluded_at,
                                    &now,
                                ],
                            )
                            .await
                            .unwrap();
                        assert_eq!(row.get::<_, String>(0), life.status(now).as_str(), "{life:?} at {now}");
                        compared += 1;
                    }
                }
            }
        }
    }
    assert_eq!(compared, 120);
    app.finish().await;
}
