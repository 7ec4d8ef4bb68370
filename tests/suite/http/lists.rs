//! Lists of hearings: pages that hold still while others write, filters, orders, and a search that reads Danish.

use std::collections::BTreeSet;

use openapi::{
    employees::EmployeeQuery,
    hearings::{
        FacetQuery, HearingFacets, HearingPatch, HearingQuery, HearingRole, HearingSort, HearingStatus, SectionPatch,
    },
    ids::HearingId,
    problem::ProblemCode,
};
use tests::{App, Who, day, refused};

async fn ids(app: &App, who: Who, query: HearingQuery) -> Vec<HearingId> {
    let page = app.person(who).list_hearings(&query).await.unwrap();
    page.items.into_iter().map(|hearing| hearing.id).collect()
}

fn sorted(sort: HearingSort) -> HearingQuery {
    HearingQuery { sort: Some(sort), ..HearingQuery::default() }
}

/// Page by page in every order the same hearings as at once, each once; also those without a deadline, and equal ones.
#[tokio::test(flavor = "multi_thread")]
async fn pages_in_every_order_hold_everything_once() {
    let app = App::start().await;
    for (title, deadline) in [
        ("Ære og å", Some(5)),
        ("Zoologisk have", Some(5)),
        ("Østergade", Some(9)),
        ("Ansøgning", None),
        ("ansøgning", None),
        ("Åparken", Some(3)),
        ("Ansøgning", Some(5)),
    ] {
        let until = |patch: &mut HearingPatch| patch.deadline_on = Some(deadline.map(day));
        app.hearing().titled(title).patch(until).draft().await;
    }
    for sort in HearingSort::ALL.iter().filter(|sort| **sort != HearingSort::Relevance) {
        let whole = ids(&app, Who::Owner, sorted(*sort)).await;
        assert_eq!(whole.len(), 7, "{sort}");
        for limit in [1, 2, 3] {
            let (mut paged, mut cursor) = (Vec::new(), None);
            loop {
                let query = HearingQuery { limit: Some(limit), cursor, ..sorted(*sort) };
                let page = app.owner().list_hearings(&query).await.unwrap();
                paged.extend(page.items.iter().map(|hearing| hearing.id));
                assert!(paged.len() <= whole.len(), "{sort}, {limit} at a time, comes to no end");
                cursor = page.next;
                if cursor.is_none() {
                    break;
                }
            }
            assert_eq!(paged, whole, "{sort}, {limit} at a time");
        }
    }
    let titles: Vec<_> = app.owner().list_hearings(&sorted(HearingSort::Title)).await.unwrap().items;
    let titles: Vec<_> = titles.iter().map(|hearing| hearing.title.to_lowercase()).collect();
    let danish = ["ansøgning", "ansøgning", "ansøgning", "zoologisk have", "ære og å", "østergade", "åparken"];
    assert_eq!(titles, danish, "æ, ø, å come last");
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_holds_still_while_others_write() {
    let app = App::start().await;
    for days in [4, 6, 8] {
        app.hearing().until(day(days)).open().await;
    }
    let first = HearingQuery { limit: Some(2), ..HearingQuery::default() };
    let first = app.employee(1).list_hearings(&first).await.unwrap();
    app.hearing().titled("Kommer foran").until(day(2)).open().await;
    let later = app.hearing().titled("Kommer bagved").until(day(9)).open().await;
    let second = HearingQuery { limit: Some(2), cursor: first.next, ..HearingQuery::default() };
    let second = app.employee(1).list_hearings(&second).await.unwrap();
    assert_eq!(second.items.len(), 2, "nothing twice, nothing lost");
    assert_eq!(second.items[1].id, later.id);
    assert!(second.items.iter().all(|hearing| first.items.iter().all(|before| before.id != hearing.id)));
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cursor_belongs_to_its_order() {
    let app = App::start().await;
    for _ in 0..2 {
        app.hearing().open().await;
    }
    let query = HearingQuery { limit: Some(1), ..HearingQuery::default() };
    let cursor = app.employee(1).list_hearings(&query).await.unwrap().next;
    assert!(cursor.is_some());
    let other = HearingQuery { cursor, ..sorted(HearingSort::Title) };
    let refusal = refused(app.employee(1).list_hearings(&other).await);
    assert_eq!((refusal.code, refusal.pointers), (ProblemCode::RequestMalformed, vec!["cursor".to_owned()]));
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_search_finds_words_in_their_danish_forms() {
    let app = App::start().await;
    let school = app.hearing().titled("Ændring af skolestrukturen i Ørbæk").open().await;
    let food = app.hearing().titled("Måltider på pleje\u{AD}hjem – 100 % økologi?").open().await;
    let find = async |q: &str| {
        ids(&app, Who::Employee(1), HearingQuery { q: Some(q.to_owned()), ..HearingQuery::default() }).await
    };
    for (q, wanted) in [
        ("ændringer", vec![school.id]),
        ("ÆNDRING", vec![school.id]),
        ("ørbæk", vec![school.id]),
        ("måltid", vec![food.id]),
        ("\"plejehjem\" -ændring", vec![food.id]),
        ("elevtallet", vec![school.id, food.id]),
        ("matrikler", vec![school.id, food.id]),
        ("pleje\u{AD}hjem", vec![food.id]),
        ("ma\u{30A}l\u{200B}tid\u{B}", vec![food.id]),
        ("findesikke", vec![]),
        ("måltider skolestruktur", vec![]),
    ] {
        let mut found = find(q).await;
        found.sort();
        let mut wanted = wanted;
        wanted.sort();
        assert_eq!(found, wanted, "{q}");
    }
    // Signs that mean something to a database mean nothing here.
    for q in ["%", "_", "'", "\"", "100 %", "\\", "(", "a & | !", ":*", "🇩🇰", "שלום\u{200F}", "<b>", "--", "$$"]
    {
        find(q).await;
    }
    app.finish().await;
}

/// What stands between the words in Markdown is not shown in an excerpt.
#[tokio::test(flavor = "multi_thread")]
async fn an_excerpt_has_no_marks_of_markdown() {
    let app = App::start().await;
    let body = "Se [vores **cykelplan**](https://eksempel.dk/plan).\n\n| År | Cykelplan |\n|---|---|\n| 2027 | klar |";
    let section = SectionPatch { id: None, title: "Baggrund".to_owned(), body: body.to_owned() };
    app.hearing().patch(|patch| patch.sections = Some(vec![section])).open().await;
    let query = HearingQuery { q: Some("cykelplan".to_owned()), ..HearingQuery::default() };
    let found = app.employee(1).list_hearings(&query).await.unwrap();
    let excerpt: String = found.items[0].excerpt.iter().map(|piece| piece.text.as_str()).collect();
    assert!(excerpt.contains("vores") && excerpt.contains("2027"), "{excerpt}");
    assert!(!excerpt.contains(['[', ']', '(', '|', '*']) && !excerpt.contains("https"), "{excerpt}");
    app.finish().await;
}

/// The title weighs most, then the summary; the words are marked where they stand, and markup stays text.
#[tokio::test(flavor = "multi_thread")]
async fn the_best_hits_come_first_with_their_words_marked() {
    let app = App::start().await;
    let summary = |text: &'static str| move |patch: &mut HearingPatch| patch.summary = Some(text.to_owned());
    let loose = app.hearing().titled("Trafikplan").patch(summary("Også <b>cykelstier</b> & fortove")).open().await;
    let best = app.hearing().titled("Cykelstier i Ørbæk").patch(summary("Nye cykelstier")).open().await;
    app.hearing().titled("Uden for emnet").open().await;
    let query = |limit, cursor| HearingQuery {
        q: Some("cykelsti".to_owned()),
        limit: Some(limit),
        cursor,
        ..HearingQuery::default()
    };
    let all = app.employee(1).list_hearings(&query(20, None)).await.unwrap();
    assert_eq!(all.items.iter().map(|hearing| hearing.id).collect::<Vec<_>>(), [best.id, loose.id]);
    let hits: Vec<_> = all.items[1].excerpt.iter().filter(|piece| piece.hit).map(|piece| piece.text.as_str()).collect();
    assert_eq!(hits, ["cykelstier"]);
    let excerpt: String = all.items[1].excerpt.iter().map(|piece| piece.text.as_str()).collect();
    assert!(excerpt.contains("& fortove"), "{excerpt}");
    let first = app.employee(1).list_hearings(&query(1, None)).await.unwrap();
    let second = app.employee(1).list_hearings(&query(1, first.next)).await.unwrap();
    assert_eq!((second.items[0].id, second.next), (loose.id, None));
    let no_words = app.employee(1).list_hearings(&sorted(HearingSort::Relevance)).await;
    assert_eq!(refused(no_words).pointers, ["sort"]);
    app.finish().await;
}

/// Each filter is counted beside the others, for what this person sees and for nothing else.
#[tokio::test(flavor = "multi_thread")]
async fn facets_count_what_a_filter_would_leave() {
    let app = App::start().await;
    app.hearing().processing().await;
    app.hearing().draft().await;
    for _ in 0..2 {
        app.hearing().with(Who::Employee(1), HearingRole::Invitee).open().await;
    }
    app.hearing().titled("Åbent om cykelstier").open().await;
    let facets = async |who: Who, query: FacetQuery| app.person(who).get_hearing_facets(&query).await.unwrap();
    let statuses =
        |facets: &HearingFacets| facets.status.iter().map(|facet| (facet.value, facet.count)).collect::<Vec<_>>();
    let all = facets(Who::Employee(1), FacetQuery::default()).await;
    assert_eq!(statuses(&all), [(HearingStatus::Open, 3), (HearingStatus::Processing, 1)], "no draft of others");
    assert_eq!(
        all.role.iter().map(|facet| (facet.value, facet.count)).collect::<Vec<_>>(),
        [(HearingRole::Invitee, 2)]
    );
    let open = FacetQuery { status: vec![HearingStatus::Processing], ..FacetQuery::default() };
    let open = facets(Who::Employee(1), open).await;
    assert_eq!(statuses(&open), statuses(&all), "a filter does not count itself out");
    assert!(open.role.is_empty(), "but it counts for the others");
    let words = FacetQuery { q: Some("cykelsti".to_owned()), ..FacetQuery::default() };
    assert_eq!(statuses(&facets(Who::Employee(1), words).await), [(HearingStatus::Open, 1)]);
    let staff = facets(Who::Owner, FacetQuery::default()).await;
    assert_eq!(statuses(&staff)[0], (HearingStatus::Draft, 1));
    let nobody = app.anonymous().get_hearing_facets(&FacetQuery::default()).await.unwrap();
    assert!(nobody.status.is_empty() && nobody.role.is_empty(), "internal hearings do not exist for visitors");
    app.finish().await;
}

/// A filter's conditions and the rule that computes a status are two tellings of one thing: they agree for every set of
/// statuses in every order, also at the very instants at which hearings start and deadlines pass.
#[tokio::test(flavor = "multi_thread")]
async fn every_set_of_statuses_leaves_the_hearings_that_have_them() {
    let app = App::start().await;
    app.hearing().concluded().await;
    app.hearing().processing().await;
    app.hearing().patch(|patch| patch.deadline_on = None).draft().await;
    app.hearing().patch(|patch| patch.deadline_on = Some(Some(day(1)))).draft().await;
    let cancelled = app.hearing().open().await;
    // No operation cancels yet.
    let cancel = "UPDATE hearing SET cancelled_at = published_at WHERE id = $1";
    assert_eq!(app.database().owner().execute(cancel, &[&cancelled.id.0]).await.unwrap(), 1);
    let open = app.hearing().open().await;
    let scheduled = app.hearing().scheduled().await;
    for instant in [app.now(), scheduled.starts_at.unwrap(), open.deadline_at.unwrap()] {
        app.clock.set(instant);
        let all = app.owner().list_hearings(&HearingQuery::default()).await.unwrap().items;
        assert_eq!(all.len(), 7);
        for set in 1..1_u32 << HearingStatus::ALL.len() {
            let statuses = (0..).zip(HearingStatus::ALL).filter(|(place, _)| set & (1 << place) != 0);
            let status: Vec<HearingStatus> = statuses.map(|(_, status)| *status).collect();
            for sort in [HearingSort::Deadline, HearingSort::DeadlineDescending, HearingSort::Title] {
                let query = HearingQuery { status: status.clone(), ..sorted(sort) };
                let found: BTreeSet<HearingId> = ids(&app, Who::Owner, query).await.into_iter().collect();
                let theirs = all.iter().filter(|hearing| status.contains(&hearing.status));
                assert_eq!(found, theirs.map(|hearing| hearing.id).collect(), "{status:?} by {sort} at {instant}");
            }
        }
    }
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn filters_are_alternatives_within_and_conditions_between() {
    let app = App::start().await;
    let draft = app.hearing().draft().await;
    let open = app.hearing().until(day(9)).with(Who::Employee(1), HearingRole::Invitee).open().await;
    let scheduled = app.hearing().scheduled().await;
    let with = |status: &[HearingStatus]| HearingQuery { status: status.to_vec(), ..HearingQuery::default() };
    assert_eq!(ids(&app, Who::Owner, with(&[HearingStatus::Draft])).await, [draft.id]);
    let both = ids(&app, Who::Owner, with(&[HearingStatus::Open, HearingStatus::Scheduled])).await;
    assert_eq!(both, [open.id, scheduled.id]);
    let role = |role| HearingQuery { role: vec![role], ..HearingQuery::default() };
    assert_eq!(ids(&app, Who::Employee(1), role(HearingRole::Invitee)).await, [open.id]);
    assert_eq!(ids(&app, Who::Employee(2), role(HearingRole::Invitee)).await, []);
    let awaiting = HearingQuery { awaiting_answer: Some(true), ..HearingQuery::default() };
    assert_eq!(ids(&app, Who::Employee(1), awaiting.clone()).await, [open.id]);
    let answered = HearingQuery { answered: Some(true), ..HearingQuery::default() };
    assert_eq!(ids(&app, Who::Employee(1), answered.clone()).await, []);
    app.employee(1).answer(open.id, "Mit svar.").await;
    assert_eq!(ids(&app, Who::Employee(1), awaiting).await, []);
    assert_eq!(ids(&app, Who::Employee(1), answered).await, [open.id]);
    app.run_jobs().await;
    assert_eq!(app.mailbox.take().len(), 1);
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn people_are_found_by_the_beginning_of_a_name_and_signs_stand_for_themselves() {
    let app = App::start().await;
    let find = async |q: &str| {
        let query = EmployeeQuery { q: Some(q.to_owned()), limit: Some(100), ..EmployeeQuery::default() };
        let page = app.owner().list_employees(&query).await.unwrap();
        page.items.into_iter().map(|employee| employee.name).collect::<Vec<_>>()
    };
    for q in ["øster", "Karen", "KAREN Ø", "karen@"] {
        assert_eq!(find(q).await, [Who::Invitee.name()], "{q}");
    }
    assert_eq!(find("ældre").await.len(), usize::from(Who::EMPLOYEES), "by department");
    for q in ["%", "_", "a_", "\\", "'", "aren"] {
        assert_eq!(find(q).await, [""; 0], "{q}");
    }
    app.finish().await;
}
