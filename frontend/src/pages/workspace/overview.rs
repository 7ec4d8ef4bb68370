//! The hearings one works on, in a table; filters, order and length stand in the address.

use std::rc::Rc;

use openapi::{
    hearings::{HearingQuery, HearingRole, HearingSort, HearingStatus, HearingSummary},
    page::Page as Rows,
    session::GlobalRole,
    time,
};
use serde::{Deserialize, Serialize};
use yew::prelude::*;

use crate::{
    case_text, clock,
    components::{
        Button, ButtonKind, Choice, Column, EmptyState, Link, LoadMore, Page, RemoteView, Row, SearchField, Select,
        StatusBadge, Table, Tag,
    },
    hearing_text,
    hooks::{Query, use_query, use_remote},
    i18n::{I18n, use_i18n},
    pages::LoginFirst,
    paging::{STEP, first_rows},
    route::Route,
    session::use_session,
    t,
};

/// The roles that make a hearing one's work.
const WORK: [HearingRole; 3] = [HearingRole::Owner, HearingRole::CaseWorker, HearingRole::Reviewer];

/// Where a hearing is while there is work to do on it.
const IN_PROGRESS: [HearingStatus; 4] =
    [HearingStatus::Draft, HearingStatus::Scheduled, HearingStatus::Open, HearingStatus::Processing];

/// The choice of a status that means all of them.
const ALL: &str = "alle";

/// The page's address after the `?`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct WorkQuery {
    /// The words searched for.
    #[serde(skip_serializing_if = "String::is_empty")]
    q: String,
    /// The status; what is in progress without it.
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<HearingStatus>,
    /// Whether hearings that have ended are shown with the rest.
    #[serde(rename = "alle", skip_serializing_if = "std::ops::Not::not")]
    all: bool,
    /// One's own role; all that make work without it.
    #[serde(rename = "rolle", skip_serializing_if = "Option::is_none")]
    role: Option<HearingRole>,
    /// The order.
    #[serde(rename = "sortering", skip_serializing_if = "Option::is_none")]
    sort: Option<HearingSort>,
    /// How many rows are shown.
    #[serde(rename = "vis", skip_serializing_if = "Option::is_none")]
    shown: Option<usize>,
}

impl WorkQuery {
    fn rows(&self) -> usize {
        self.shown.unwrap_or(STEP).clamp(STEP, 2_000)
    }

    fn sort(&self) -> HearingSort {
        self.sort.unwrap_or(HearingSort::Deadline)
    }

    fn statuses(&self) -> Vec<HearingStatus> {
        match self.status {
            Some(status) => vec![status],
            None if self.all => Vec::new(),
            None => IN_PROGRESS.to_vec(),
        }
    }

    fn choose_status(&mut self, choice: &str) {
        self.status = choice.parse().ok();
        self.all = choice == ALL;
    }

    fn is_narrowed(&self) -> bool {
        !self.q.is_empty() || self.status.is_some() || self.role.is_some()
    }
}

/// The hearings one works on.
#[component]
pub(super) fn Overview() -> Html {
    let i18n = use_i18n();
    let session = use_session();
    let creates = session.has(GlobalRole::HearingCreator);
    let beside = html! {
        if creates {
            <Link class="button button-primary" to={Route::NewHearing}>{ t!(i18n, "new-title") }</Link>
        }
    };
    html! {
        <Page title={t!(i18n, "nav-workspace")} crumbs={Some(vec![])} {beside}>
            if session.account().is_some() {
                <p class="lead">{ t!(i18n, "workspace-lead") }</p>
                <Work />
            } else if session.is_known() {
                <LoginFirst text={t!(i18n, "workspace-login")} />
            }
        </Page>
    }
}

/// Filters and table.
#[component]
fn Work() -> Html {
    let i18n = use_i18n();
    let query = use_query::<WorkQuery>(Route::Workspace);
    let hearings = use_remote(query.value.clone(), |api, query: WorkQuery| async move {
        let (api, asked) = (&api, &query);
        first_rows(query.rows(), |limit, cursor| {
            let query = HearingQuery {
                q: (!asked.q.is_empty()).then(|| asked.q.clone()),
                status: asked.statuses(),
                role: asked.role.map_or_else(|| WORK.to_vec(), |role| vec![role]),
                sort: asked.sort,
                limit: Some(limit),
                cursor,
                ..HearingQuery::default()
            };
            async move { api.list_hearings(&query).await }
        })
        .await
    });
    let busy = hearings.state().is_loading();
    let draw = {
        let (i18n, query) = (i18n.clone(), query.clone());
        Callback::from(move |rows: Rc<Rows<HearingSummary>>| {
            if rows.items.is_empty() {
                return html! { <Nothing query={query.clone()} /> };
            }
            let on_more = {
                let (query, shown) = (query.clone(), rows.items.len() + STEP);
                Callback::from(move |()| {
                    query.replace.emit(WorkQuery { shown: Some(shown), ..query.value.clone() });
                })
            };
            html! {
                <>
                    <Table
                        caption={t!(i18n, "workspace-table")}
                        columns={columns(&query, &i18n)}
                        rows={rows.items.iter().map(|hearing| row(hearing, &i18n)).collect::<Vec<_>>()}
                    />
                    <LoadMore shown={rows.items.len()} more={rows.next.is_some()} {busy} {on_more} />
                </>
            }
        })
    };
    html! {
        <>
            <Filters {query} />
            <RemoteView<Rows<HearingSummary>> remote={hearings} {draw} what={t!(i18n, "what-hearings")} />
        </>
    }
}

#[derive(Properties, PartialEq)]
struct WorkProps {
    query: Query<WorkQuery>,
}

/// Search, status and role.
#[component]
fn Filters(props: &WorkProps) -> Html {
    let i18n = use_i18n();
    let query = &props.query;
    let change = |change: fn(&mut WorkQuery, String)| {
        let query = query.clone();
        Callback::from(move |value: String| {
            let mut changed = WorkQuery { shown: None, ..query.value.clone() };
            change(&mut changed, value);
            query.set.emit(changed);
        })
    };
    let statuses = [
        Choice::new("", t!(i18n, "workspace-in-progress")),
        Choice::new(ALL, t!(i18n, "workspace-all")),
    ];
    let status = |status: &HearingStatus| Choice::new(status.as_str(), t!(i18n, hearing_text::status(*status)));
    let roles = std::iter::once(Choice::new("", t!(i18n, "filter-all")));
    let role = |role: &HearingRole| Choice::new(role.as_str(), t!(i18n, case_text::role(*role)));
    let value = &query.value;
    html! {
        <>
            <div class="filter-bar">
                <SearchField
                    id="work-search"
                    label={t!(i18n, "workspace-search")}
                    value={value.q.clone()}
                    on_search={change(|query, words| query.q = words)}
                />
                <Select
                    pointer="status"
                    label={t!(i18n, "filter-status")}
                    choices={statuses.into_iter().chain(HearingStatus::ALL.iter().map(status)).collect::<Vec<_>>()}
                    value={value.status.map_or(if value.all { ALL } else { "" }, HearingStatus::as_str)}
                    on_change={change(|query, choice| query.choose_status(&choice))}
                />
                <Select
                    pointer="role"
                    label={t!(i18n, "workspace-column-role")}
                    choices={roles.chain(WORK.iter().map(role)).collect::<Vec<_>>()}
                    value={value.role.map(HearingRole::as_str).unwrap_or_default()}
                    on_change={change(|query, role| query.role = role.parse().ok())}
                />
            </div>
            if !value.q.is_empty() {
                <div class="tags">
                    <Tag
                        text={t!(i18n, "filter-words", words = value.q.as_str())}
                        on_remove={change(|query, _| query.q.clear()).reform(|()| String::new())}
                    />
                </div>
            }
        </>
    }
}

/// Why the table is empty, and what one can do.
#[component]
fn Nothing(props: &WorkProps) -> Html {
    let i18n = use_i18n();
    let creates = use_session().has(GlobalRole::HearingCreator);
    let query = &props.query;
    let ended = html! {
        if !query.value.all {
            <p>
                <Button kind={ButtonKind::Link} on_press={query.set.reform(|()| everything())}>
                    { t!(i18n, "workspace-see-ended") }
                </Button>
            </p>
        }
    };
    html! {
        <div role="status">
            if query.value.is_narrowed() {
                <EmptyState heading={t!(i18n, "list-none-found")}>
                    <p>{ t!(i18n, "workspace-none-found") }</p>
                    <Button kind={ButtonKind::Secondary} on_press={query.set.reform(|()| everything())}>
                        { t!(i18n, "list-show-all") }
                    </Button>
                </EmptyState>
            } else if creates {
                <EmptyState heading={t!(i18n, "workspace-empty")}>
                    <p>{ t!(i18n, "workspace-empty-creator") }</p>
                    <p><Link to={Route::NewHearing}>{ t!(i18n, "workspace-first") }</Link></p>
                    { ended }
                </EmptyState>
            } else {
                <EmptyState heading={t!(i18n, "workspace-empty")}>
                    <p>{ t!(i18n, "workspace-empty-employee") }</p>
                    { ended }
                    <p><Link to={Route::Hearings}>{ t!(i18n, "see-all-hearings") }</Link></p>
                </EmptyState>
            }
        </div>
    }
}

fn everything() -> WorkQuery {
    WorkQuery { all: true, ..WorkQuery::default() }
}

fn columns(query: &Query<WorkQuery>, i18n: &I18n) -> Vec<Column> {
    let sort = query.value.sort();
    // A heading orders by its column, first as people want it most; pressed again, the other way round.
    let sortable = |column: Column, first: HearingSort, second: HearingSort, first_is_ascending: bool| {
        let next = if sort == first { second } else { first };
        let query = query.clone();
        Column {
            sorted: match sort {
                sort if sort == first => Some(first_is_ascending),
                sort if sort == second => Some(!first_is_ascending),
                _ => None,
            },
            on_sort: Some(Callback::from(move |()| {
                query.set.emit(WorkQuery { sort: Some(next), shown: None, ..query.value.clone() });
            })),
            ..column
        }
    };
    use HearingSort::{Deadline, DeadlineDescending, Title, Updated, UpdatedDescending};
    vec![
        sortable(Column::text(t!(i18n, "workspace-column-hearing")), Title, Title, true),
        Column::text(t!(i18n, "filter-status")),
        sortable(Column::text(t!(i18n, "workspace-column-deadline")), Deadline, DeadlineDescending, true),
        Column::number(t!(i18n, "workspace-column-responses")),
        Column::text(t!(i18n, "workspace-column-role")),
        sortable(Column::text(t!(i18n, "workspace-column-updated")), UpdatedDescending, Updated, false),
    ]
}

fn row(hearing: &HearingSummary, i18n: &I18n) -> Row {
    let title = if hearing.title.trim().is_empty() {
        t!(i18n, "case-untitled")
    } else {
        hearing.title.clone().into()
    };
    let roles: Vec<_> = hearing.your_roles.iter().map(|role| t!(i18n, case_text::role(*role)).to_string()).collect();
    let id = hearing.id;
    // What comes next: answers are read while they come and conclusions written when they have come.
    let to = match hearing.status {
        HearingStatus::Open if hearing.response_count.is_some_and(|count| count > 0) && processes(hearing) => {
            Route::CaseResponses { id }
        }
        HearingStatus::Processing | HearingStatus::Concluded => Route::CaseOutcome { id },
        _ => Route::CaseContent { id },
    };
    Row {
        key: id.to_string().into(),
        cells: vec![
            html! { <Link {to}>{ title }</Link> },
            html! { <StatusBadge status={hearing.status} /> },
            deadline(hearing, i18n),
            html! { hearing.response_count.map_or_else(|| AttrValue::from("–"), |count| i18n.number(count)) },
            html! { roles.join(", ") },
            html! { <span class="nowrap">{ i18n.dates().day(time::day_of(hearing.updated_at)) }</span> },
        ],
    }
}

fn processes(hearing: &HearingSummary) -> bool {
    hearing.your_roles.iter().any(|role| matches!(role, HearingRole::Owner | HearingRole::CaseWorker))
}

/// The deadline's day, and how long is left of an open hearing.
fn deadline(hearing: &HearingSummary, i18n: &I18n) -> Html {
    let Some(day) = hearing.deadline_on else { return html! { t!(i18n, "workspace-no-deadline") } };
    html! {
        <>
            <span class="nowrap">{ i18n.dates().day(day) }</span>
            if hearing.status == HearingStatus::Open {
                <br /><strong>{ hearing_text::time_left(day, clock::now(), i18n) }</strong>
            }
        </>
    }
}
