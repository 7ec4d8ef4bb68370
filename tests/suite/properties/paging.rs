//! Whoever walks through a list page by page sees every row that was there all the time exactly once, and none twice,
//! whatever comes and goes meanwhile: in every list and every order, with keys that are often equal.

use std::collections::BTreeSet;

use openapi::hearings::{Hearing, HearingSort};
use proptest::{collection::vec, prelude::*};
use tests::{
    App, Who,
    specimen::{Specimen, Wish},
};
use tokio_postgres::types::ToSql;
use uuid::Uuid;

use super::holds;

/// A list, and how its rows come and go behind the interface's back.
struct List {
    address: String,
    who: Who,
    /// Makes a row: `$1` is its id, `$2` chooses one of a few keys, `$3` is a number that nobody else has, `$4` a hearing.
    come: &'static str,
    /// Takes the row `$1` away; nothing, where the database forbids it.
    go: Option<&'static str>,
}

/// What happens between two pages.
#[derive(Debug, Clone)]
enum Change {
    Comes(i32),
    /// One of those that are there, by its place among them.
    Goes(usize),
}

/// A page: so many rows at the most, and what happens behind it.
type Page = (u8, Vec<Change>);

fn pages() -> impl Strategy<Value = Vec<Page>> {
    let change = prop_oneof![(0..5).prop_map(Change::Comes), (0..20_usize).prop_map(Change::Goes)];
    vec((1..4_u8, vec(change, 0..4)), 1..12)
}

const HEARING: &str = "\
    WITH made AS (INSERT INTO hearing SELECT (jsonb_populate_record(hearing, jsonb_build_object('id', $1::uuid, \
        'title', (ARRAY['Å', 'Aa', 'å', 'Ærø', 'ærø'])[$2::int + 1], \
        'search', (ARRAY['''side'':1', '''side'':1,5', '''side'':1,5', '''side'':1A', '''side'':1'])[$2::int + 1], \
        'updated_at', (ARRAY['2026-01-01', '2026-01-02', '2026-01-02', '2026-01-03', '2026-01-03'])[$2::int + 1], \
        'deadline_on', (ARRAY['2026-12-01', NULL, '2026-12-01', NULL, '2026-12-05'])[$2::int + 1], \
        'deadline_at', (ARRAY['2026-12-01', NULL, '2026-12-01', NULL, '2026-12-05'])[$2::int + 1]))).* \
        FROM hearing WHERE id = $4 AND $3::int > 0 RETURNING id) \
    INSERT INTO hearing_role (id, hearing_id, account_id, role, responsible, created_at) \
    SELECT gen_random_uuid(), made.id, account_id, role, responsible, created_at FROM hearing_role, made \
    WHERE hearing_id = $4";

/// Each by another person: one has one standing response to a hearing.
const RESPONSE: &str = "\
    WITH person AS (INSERT INTO account (id, name, email, created_at) \
        SELECT gen_random_uuid(), 'Afsender', $1::uuid || '@paging.dk', now() RETURNING id) \
    INSERT INTO response (id, hearing_id, draft_id, number, author_id, capacity, on_behalf_of, text, sections, \
        terms_version, sent_at) \
    SELECT $1, $4, gen_random_uuid(), ($2::int + 1) * 10000 + $3, person.id, 'employee', '', 'Svar', '[]', '1', \
        timestamptz '2026-11-01' + ($2 / 2) * interval '1 day' FROM person";

/// Each to another hearing.
const OWN_RESPONSE: &str = "\
    WITH made AS (INSERT INTO hearing SELECT (jsonb_populate_record(hearing, \
        jsonb_build_object('id', gen_random_uuid()))).* FROM hearing WHERE id = $4 RETURNING id), \
    role AS (INSERT INTO hearing_role (id, hearing_id, account_id, role, responsible, created_at) \
        SELECT gen_random_uuid(), made.id, account_id, role, responsible, created_at FROM hearing_role, made \
        WHERE hearing_id = $4) \
    INSERT INTO response (id, hearing_id, draft_id, number, author_id, capacity, on_behalf_of, text, sections, \
        terms_version, sent_at) \
    SELECT $1, made.id, gen_random_uuid(), ($2::int + 1) * 10000 + $3, account_id, 'employee', '', 'Svar', '[]', '1', \
        timestamptz '2026-11-01' + ($2 / 2) * interval '1 day' \
    FROM made, credential WHERE username = 'medarbejder9'";

const DRAFT: &str = "\
    WITH made AS (INSERT INTO hearing SELECT (jsonb_populate_record(hearing, jsonb_build_object('id', $1::uuid))).* \
        FROM hearing WHERE id = $4 AND $3::int > 0 RETURNING id), \
    role AS (INSERT INTO hearing_role (id, hearing_id, account_id, role, responsible, created_at) \
        SELECT gen_random_uuid(), made.id, account_id, role, responsible, created_at FROM hearing_role, made \
        WHERE hearing_id = $4) \
    INSERT INTO draft (id, hearing_id, author_id, text, created_at, updated_at) \
    SELECT $1, made.id, account_id, '', now(), timestamptz '2026-11-01' + ($2::int / 2) * interval '1 day' \
    FROM made, credential WHERE username = 'medarbejder9'";

const ENTRY: &str = "\
    INSERT INTO audit_entry (id, occurred_at, action, outcome, object, hearing_id, count, changes) \
    SELECT $1, timestamptz '2026-10-01' + ($2::int / 2) * interval '1 day', 'hearing.changed', 'done', 'hearing', $4, 1, \
        '[]' WHERE $3::int > 0";

const EMPLOYEE: &str = "\
    INSERT INTO account (id, name, email, created_at) \
    SELECT $1, (ARRAY['Åse', 'Aase', 'åse', 'Åse', 'Ærlig'])[$2::int + 1], $3::int || '@paging.dk', now() \
    WHERE $4::uuid IS NOT NULL";

const JOB: &str = "\
    INSERT INTO job (id, kind, payload, created_at, run_at, died_at) \
    SELECT $1, 'mail.receipt', '{}', timestamptz '2026-11-01' + ($2::int / 2) * interval '1 day', now(), now() \
    WHERE $3::int > 0 AND $4::uuid IS NOT NULL";

async fn walk(app: &App, list: &List, pattern: Uuid, (before, pages): (Vec<i32>, Vec<Page>)) {
    let mut rows = Rows { app, list, pattern, there: Vec::new(), all: Vec::new() };
    for key in before {
        rows.come(key).await;
    }
    let mut always: BTreeSet<Uuid> = rows.there.iter().copied().collect();
    let (mut seen, mut cursor, mut pages) = (Vec::new(), None, pages.into_iter().cycle());
    loop {
        let (limit, changes) = pages.next().unwrap();
        let (ids, next) = page(app, list, limit, cursor.as_deref()).await;
        for id in ids {
            assert!(!seen.contains(&id), "nothing twice: {id} after {seen:?}");
            seen.push(id);
        }
        let Some(next) = next else { break };
        cursor = Some(next);
        for change in changes {
            // Whoever writes faster than one reads is not caught up with: so at some time there is an end to it.
            if rows.all.len() >= 40 {
                break;
            }
            match change {
                Change::Comes(key) => rows.come(key).await,
                Change::Goes(place) => {
                    if let Some(gone) = rows.go(place).await {
                        always.remove(&gone);
                    }
                }
            }
        }
    }
    let still = walk_in_quiet(app, list).await;
    let those = |ids: Vec<Uuid>| ids.into_iter().filter(|id| always.contains(id)).collect::<Vec<_>>();
    let (seen, still) = (those(seen), those(still));
    assert_eq!(seen, still, "all that were there all the time, in their order");
    assert_eq!(still.len(), always.len(), "and they are all there");
    while rows.go(0).await.is_some() {}
}

/// All rows, while nobody writes.
async fn walk_in_quiet(app: &App, list: &List) -> Vec<Uuid> {
    let (mut all, mut cursor) = (Vec::new(), None);
    loop {
        let (ids, next) = page(app, list, 100, cursor.as_deref()).await;
        all.extend(ids);
        cursor = next;
        if cursor.is_none() {
            return all;
        }
    }
}

/// The rows that were made for one walk.
struct Rows<'a> {
    app: &'a App,
    list: &'a List,
    pattern: Uuid,
    there: Vec<Uuid>,
    all: Vec<Uuid>,
}

impl Rows<'_> {
    async fn come(&mut self, key: i32) {
        let (id, number) = (Uuid::new_v4(), i32::try_from(self.all.len()).unwrap() + 1);
        let values: [&(dyn ToSql + Sync); 4] = [&id, &key, &number, &self.pattern];
        let made = self.app.database().owner().execute(self.list.come, &values).await.unwrap();
        assert!(made > 0, "a row comes");
        self.there.push(id);
        self.all.push(id);
    }

    async fn go(&mut self, place: usize) -> Option<Uuid> {
        let go = self.list.go?;
        let gone = self.there.remove(place.checked_rem(self.there.len())?);
        self.app.database().owner().execute(go, &[&gone]).await.unwrap();
        Some(gone)
    }
}

async fn page(app: &App, list: &List, limit: u8, cursor: Option<&str>) -> (Vec<Uuid>, Option<String>) {
    let cursor = cursor.map(|cursor| format!("&cursor={cursor}")).unwrap_or_default();
    let answer = app.person(list.who).socket().get(&format!("{}limit={limit}{cursor}", list.address)).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    let page = answer.json();
    let id = |item: &serde_json::Value| {
        let id = item.get("id").or_else(|| item.get("response")).and_then(|id| id.as_str()).expect("a row has an id");
        id.parse().unwrap()
    };
    let ids = page["items"].as_array().unwrap().iter().map(id).collect();
    (ids, page["next"].as_str().map(ToOwned::to_owned))
}

async fn lists(pattern: impl AsyncFn(&App, &Hearing) -> Uuid, lists: impl Fn(Uuid) -> Vec<List>) {
    let app = App::start().await;
    let draft = app.hearing().staffed().draft().await;
    let pattern = pattern(&app, &draft).await;
    for list in lists(pattern) {
        holds(12, &(vec(0..5, 3..14), pages()), async |case| walk(&app, &list, pattern, case).await);
        println!("{}", list.address);
    }
    app.finish().await;
}

async fn specimen(app: &App, draft: &Hearing, status: &str) -> Uuid {
    Specimen::copy(app, draft, Wish::of(status)).await.hearing
}

#[tokio::test(flavor = "multi_thread")]
async fn hearings_in_every_order() {
    let every_order = |_| {
        let list = |sort: &HearingSort| List {
            // All of them are found by it; only the best first needs it.
            address: format!("/api/v1/hearings?sort={sort}&q=side&"),
            who: Who::Owner,
            come: HEARING,
            go: Some("DELETE FROM hearing WHERE id = $1"),
        };
        HearingSort::ALL.iter().map(list).collect()
    };
    lists(async |app, draft| specimen(app, draft, "draft").await, every_order).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_to_all_who_read_them() {
    let all = |hearing| {
        let list = |address: String, who| List {
            address,
            who,
            come: RESPONSE,
            go: Some("DELETE FROM response WHERE id = $1"),
        };
        vec![
            list(format!("/api/v1/hearings/{hearing}/responses?"), Who::Employee(2)),
            list(format!("/api/v1/hearings/{hearing}/processing/responses?"), Who::CaseWorker),
            List { come: OWN_RESPONSE, ..list("/api/v1/me/responses?".to_owned(), Who::Employee(9)) },
        ]
    };
    lists(async |app, draft| specimen(app, draft, "processing").await, all).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn drafts_of_ones_own() {
    let own = |_| {
        let address = "/api/v1/me/drafts?".to_owned();
        vec![List { address, who: Who::Employee(9), come: DRAFT, go: Some("DELETE FROM hearing WHERE id = $1") }]
    };
    lists(async |app, draft| specimen(app, draft, "open").await, own).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_audit_log_and_a_hearings_history() {
    let both = |hearing| {
        let list = |address: String, who| List { address, who, come: ENTRY, go: None };
        vec![
            list(format!("/api/v1/audit-log?hearing={hearing}&action=hearing.changed&"), Who::Auditor),
            list(format!("/api/v1/hearings/{hearing}/history?"), Who::Owner),
        ]
    };
    lists(async |app, draft| specimen(app, draft, "draft").await, both).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn employees_and_jobs() {
    let both = |_| {
        let employees = List {
            address: "/api/v1/employees?".to_owned(),
            who: Who::Owner,
            come: EMPLOYEE,
            go: Some("DELETE FROM account WHERE id = $1"),
        };
        let jobs = List {
            address: "/api/v1/jobs?".to_owned(),
            who: Who::Administrator,
            come: JOB,
            go: Some("DELETE FROM job WHERE id = $1"),
        };
        vec![employees, jobs]
    };
    lists(async |app, draft| specimen(app, draft, "draft").await, both).await;
}
