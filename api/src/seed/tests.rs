//! The demonstration's data, written into a real database and looked at.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use diesel::{QueryDsl, QueryableByName, SelectableHelper, sql_types};
use diesel_async::{AsyncConnection, RunQueryDsl};
use futures::StreamExt;
use openapi::{attachments::FileType, hearings::HearingStatus};
use postgres::Cluster;
use sha2::{Digest, Sha256};

use super::*;
use crate::{
    attachments::{File, Served},
    db::{migrations, schema::file},
    ports::files::LocalFiles,
};

const NOW: &str = "2026-11-23T09:30:00Z";

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = sql_types::BigInt)]
    count: i64,
}

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = sql_types::Text)]
    line: String,
}

async fn count(conn: &mut Connection, what: &str) -> i64 {
    let found: Count =
        diesel::sql_query(format!("SELECT count(*) AS count FROM {what}")).get_result(conn).await.unwrap();
    found.count
}

async fn lines(conn: &mut Connection, query: &str) -> Vec<String> {
    let found: Vec<Line> = diesel::sql_query(query).load(conn).await.unwrap();
    found.into_iter().map(|found| found.line).collect()
}

/// Everything that was written, as text.
async fn everything(conn: &mut Connection) -> Vec<String> {
    let mut rows = Vec::new();
    for table in ["account", "hearing", "hearing_section", "hearing_role", "draft", "response", "file", "audit_entry"] {
        rows.extend(lines(conn, &format!("SELECT {table}::text AS line FROM {table} ORDER BY id")).await);
    }
    rows
}

/// What a reader gets of a file, which is what its row says.
async fn content(store: &LocalFiles, file: Served) -> Vec<u8> {
    let pieces = store.get(file.content(), 0..file.bytes()).await.unwrap();
    let content = pieces.map(|piece| piece.unwrap()).collect::<Vec<_>>().await.concat();
    assert_eq!(Sha256::digest(&content)[..], *file.sha256(), "{}", file.name());
    content
}

/// A database of its own, migrated; it goes when the cluster is dropped.
async fn database() -> (Cluster, Connection) {
    let cluster = Cluster::temporary().unwrap();
    let url = cluster.url("postgres");
    migrations::run(&url).await.unwrap();
    let conn = Connection::establish(&url).await.unwrap();
    (cluster, conn)
}

/// What the actions keep, all of it, asked of the tables.
async fn assert_kept(conn: &mut Connection) {
    for (broken, what) in [
        (
            "numbers from 1 without holes, as many as the hearing counts",
            "hearing WHERE response_count <> (SELECT count(*) FROM response WHERE hearing_id = hearing.id) \
             OR response_count <> coalesce((SELECT max(number) FROM response WHERE hearing_id = hearing.id), 0)",
        ),
        (
            "answers in the order of their numbers",
            "response a JOIN response b ON b.hearing_id = a.hearing_id AND b.number = a.number + 1 \
             WHERE b.sent_at < a.sent_at",
        ),
        (
            "answers while the hearing was open and before now",
            "response JOIN hearing ON hearing.id = hearing_id WHERE sent_at < starts_at OR sent_at >= deadline_at \
             OR sent_at > cancelled_at OR sent_at > '2026-11-23T09:30:00Z'",
        ),
        (
            "one answer or draft a person and hearing",
            "(SELECT FROM (SELECT hearing_id, author_id FROM response UNION ALL SELECT hearing_id, author_id FROM draft) \
             AS written GROUP BY hearing_id, author_id HAVING count(*) > 1) AS repeated",
        ),
        (
            "only those invited answer a hearing for invited people",
            "response JOIN hearing ON hearing.id = hearing_id WHERE invitation_only AND NOT EXISTS (SELECT FROM \
             hearing_role WHERE hearing_role.hearing_id = hearing.id AND account_id = author_id AND role = 'invitee')",
        ),
        (
            "one responsible owner, who may create hearings",
            "hearing WHERE 1 <> (SELECT count(*) FROM hearing_role JOIN account_role USING (account_id) \
             WHERE hearing_id = hearing.id AND responsible AND account_role.role = 'hearing_creator')",
        ),
        (
            "section answers belong to the hearing and say something",
            "(SELECT hearing_id, jsonb_array_elements(sections) AS answer FROM response UNION ALL \
             SELECT hearing_id, jsonb_array_elements(sections) FROM draft) AS answered \
             WHERE answer->>'text' = '' OR NOT EXISTS (SELECT FROM hearing_section \
             WHERE hearing_section.hearing_id = answered.hearing_id AND id = (answer->>'section')::uuid)",
        ),
        (
            "nothing unfilled in answers",
            "response WHERE concat(text, on_behalf_of, sender, jsonb_path_query_array(sections, '$[*].text')) ~ '[{|}]'",
        ),
        ("answers have words", "response WHERE text = '' AND sections = '[]'"),
        ("hearings are found by their words", "hearing WHERE search = ''::tsvector"),
        ("every file is used", "file WHERE NOT file_is_used(id)"),
        ("pictures have words", "hearing WHERE image_id IS NOT NULL AND image_alternative_text = ''"),
        (
            "files of answers were uploaded by their authors",
            "response_attachment JOIN response ON response.id = response_id JOIN file ON file.id = file_id \
             WHERE uploaded_by <> author_id OR file.created_at > sent_at",
        ),
        (
            "every answer is in the log",
            "response WHERE NOT EXISTS (SELECT FROM audit_entry WHERE object_id = response.id::text)",
        ),
        (
            "every decision is in the log",
            "hearing WHERE (SELECT count(*) FROM audit_entry WHERE object_id = hearing.id::text \
             AND action IN ('hearing.created', 'hearing.published', 'hearing.concluded')) \
             <> 1 + num_nonnulls(published_at, concluded_at)",
        ),
        (
            "every entry waits for its seal",
            "audit_entry WHERE NOT EXISTS (SELECT FROM audit_unsealed WHERE entry_id = id)",
        ),
        (
            "a log in the order of its entries' ids",
            "(SELECT occurred_at, lag(occurred_at) OVER (ORDER BY id) AS before FROM audit_entry) AS entry \
             WHERE occurred_at < before - interval '1 millisecond'",
        ),
        (
            "passed boundaries are noticed",
            "hearing CROSS JOIN LATERAL (VALUES ('opened', starts_at), ('deadline_passed', deadline_at)) \
             AS passed (boundary, instant) WHERE published_at IS NOT NULL AND instant <= '2026-11-23T09:30:00Z' \
             AND (cancelled_at IS NULL OR cancelled_at > instant) AND NOT EXISTS (SELECT FROM hearing_boundary known \
             WHERE hearing_id = hearing.id AND known.boundary = passed.boundary AND known.instant = passed.instant)",
        ),
    ] {
        assert_eq!(count(conn, what).await, 0, "not so: {broken}");
    }
    let statuses = lines(
        conn,
        "SELECT DISTINCT hearing_status(published_at, starts_at, deadline_at, cancelled_at, concluded_at, \
         '2026-11-23T09:30:00Z') AS line FROM hearing",
    )
    .await;
    let statuses: HashSet<&str> = statuses.iter().map(String::as_str).collect();
    assert_eq!(statuses, HearingStatus::ALL.iter().map(|status| status.as_str()).collect());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_demonstration_keeps_what_the_actions_keep_and_is_written_once() {
    let now: DateTime<Utc> = NOW.parse().unwrap();
    let (_cluster, mut conn) = database().await;
    let conn = &mut conn;
    let folder = tempfile::tempdir().unwrap();
    let store = LocalFiles::open(folder.path()).unwrap();
    demo(conn, &store, now).await.unwrap();

    assert_eq!(count(conn, "credential").await, 40);
    assert_eq!(count(conn, "hearing").await, 12);
    assert_eq!(count(conn, "hearing_document").await, 8);
    assert_eq!(count(conn, "hearing WHERE image_id IS NOT NULL").await, 2);
    let sizes = "SELECT format('%s x %s', width, height) AS line FROM hearing_image_size ORDER BY width";
    assert_eq!(lines(conn, sizes).await, ["480 x 270", "480 x 270", "960 x 540", "960 x 540"]);
    let attached = count(conn, "(SELECT DISTINCT response_id FROM response_attachment) AS attached").await;
    assert!((25..=60).contains(&attached), "{attached} answers have files");
    let answers = count(conn, "response").await;
    assert!((290..=310).contains(&answers), "{answers}");
    assert_kept(conn).await;
    let said = lines(conn, "SELECT text AS line FROM response WHERE length(text) > 0").await;
    let different: HashSet<&String> = said.iter().collect();
    assert!(different.len() * 100 >= said.len() * 95, "{} of {} answers differ", different.len(), said.len());

    let files: Vec<File> = file::table.select(File::as_select()).load(conn).await.unwrap();
    for file in files {
        let uploader = Some(file.uploaded_by);
        let copied = file.shown_id.is_some();
        assert_eq!(
            copied,
            file.file_type == FileType::Pdf,
            "{}: what is typed and drawn for it names nobody",
            file.name
        );
        let (original, shown) =
            (content(&store, file.clone().shown_to(uploader)), content(&store, file.shown_to(None)));
        let (original, shown) = (original.await, shown.await);
        assert_eq!(original != shown, copied);
    }

    let before = everything(conn).await;
    demo(conn, &store, now + chrono::TimeDelta::days(1)).await.unwrap();
    assert_eq!(everything(conn).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn bulk_keeps_what_the_actions_keep_and_is_added_only_when_told() {
    let now: DateTime<Utc> = NOW.parse().unwrap();
    let extent = Extent { hearings: 120, answers: 2_500, colleagues: 700, years: 2 };
    let (_cluster, mut conn) = database().await;
    let conn = &mut conn;
    let mut told = Progress::default();
    bulk(conn, extent, false, now, |progress| told = progress).await.unwrap();

    assert_eq!(told, Progress { hearings: 120, answers: 2_500 });
    assert_eq!((count(conn, "hearing").await, count(conn, "response").await), (120, 2_500));
    assert_kept(conn).await;
    let spread = lines(conn, "SELECT response_count::text AS line FROM hearing ORDER BY response_count DESC").await;
    let spread: Vec<i64> = spread.iter().map(|count| count.parse().unwrap()).collect();
    assert!(spread[0] > 10 * spread[60], "much to a few, a little to most: {spread:?}");
    let lengths = lines(conn, "SELECT length(text)::text AS line FROM response ORDER BY length(text)").await;
    let lengths: Vec<usize> = lengths.iter().map(|length| length.parse().unwrap()).collect();
    let (middle, longest) = (lengths[1_250], lengths[2_499]);
    assert!((100..600).contains(&middle) && longest > 3_000, "{middle} {longest}");

    let refused = bulk(conn, extent, false, now, |_| {}).await;
    assert!(matches!(refused, Err(Error::NotEmpty)), "{refused:?}");
    let people = count(conn, "account").await;
    bulk(conn, extent, true, now, |_| {}).await.unwrap();
    assert_eq!((count(conn, "hearing").await, count(conn, "account").await), (240, people));
    assert_kept(conn).await;
}

#[test]
fn the_people_on_the_log_in_page_are_described() {
    let people = demo_people();
    assert_eq!(people.len(), 10);
    assert!(people.iter().all(|person| person.description.ends_with('.')));
}

#[test]
fn texts_fit_the_contract() {
    use openapi::{
        hearings::{HearingPatch, SectionPatch},
        validation::Validate,
    };
    let demo = PLANS.iter().map(|plan| (plan.name.to_owned(), markdown::Parts::of(plan.text)));
    for (name, text) in demo.chain(bulk::some_texts()) {
        let sections = text.parts.into_iter().map(|(title, body)| SectionPatch { id: None, title, body }).collect();
        let patch = HearingPatch {
            title: Some(text.title),
            summary: Some(text.lead),
            sections: Some(sections),
            ..HearingPatch::default()
        };
        assert_eq!(patch.validate(), Ok(()), "{name}");
    }
}
