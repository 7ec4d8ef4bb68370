//! Exists because a municipality's data is migrated once and for all: every migration can be taken back and run again to
//! the same schema, and the code's picture of the tables and of a hearing's status is the database's.

use std::collections::BTreeMap;
use std::fs;

use api::{db::migrations, hearings::rules::LifeCycle};
use chrono::{DateTime, TimeDelta, Utc};
use regex::Regex;
use tests::{App, Database, beginning, contract::repository};
use tokio_postgres::Client;

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
