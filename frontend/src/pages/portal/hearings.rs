//! All hearings one may see: search, status, order, and as many as are wanted, all of it in the address.

use std::rc::Rc;

use openapi::{
    hearings::{HearingQuery, HearingSort, HearingStatus, HearingSummary},
    page::Page as Rows,
};
use serde::{Deserialize, Serialize};
use yew::prelude::*;

use crate::{
    components::{
        Button, ButtonKind, Choice, EmptyState, HearingList, LoadMore, Page, RemoteView, SearchField, Select, Tag,
    },
    hearing_text,
    hooks::{Query, use_query, use_remote},
    i18n::{I18n, key, use_i18n},
    paging::{STEP, first_rows},
    route::Route,
    t,
};

/// The page's address after the `?`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct ListQuery {
    /// The words searched for.
    #[serde(skip_serializing_if = "String::is_empty")]
    q: String,
    /// The status; all but drafts without it.
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<HearingStatus>,
    /// The order.
    #[serde(rename = "sortering", skip_serializing_if = "Option::is_none")]
    sort: Option<HearingSort>,
    /// How many rows are shown.
    #[serde(rename = "vis", skip_serializing_if = "Option::is_none")]
    shown: Option<usize>,
}

impl ListQuery {
    fn rows(&self) -> usize {
        self.shown.unwrap_or(STEP).clamp(STEP, 2_000)
    }

    fn is_narrowed(&self) -> bool {
        !self.q.is_empty() || self.status.is_some()
    }
}

/// All hearings one may see.
#[component]
pub(super) fn Hearings() -> Html {
    let i18n = use_i18n();
    let query = use_query::<ListQuery>(Route::Hearings);
    let hearings = use_remote(query.value.clone(), |api, query: ListQuery| async move {
        let (api, asked) = (&api, &query);
        first_rows(query.rows(), |limit, cursor| {
            let query = HearingQuery {
                q: (!asked.q.is_empty()).then(|| asked.q.clone()),
                status: asked.status.into_iter().collect(),
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
        Callback::from(move |rows: Rc<Rows<HearingSummary>>| results(&rows, &query, busy, &i18n))
    };
    html! {
        <Page title={t!(i18n, "list-title")} crumbs={Some(vec![])}>
            <Filters query={query.clone()} />
            <RemoteView<Rows<HearingSummary>> remote={hearings} {draw} what={t!(i18n, "what-hearings")} />
        </Page>
    }
}

#[derive(Properties, PartialEq)]
struct FiltersProps {
    query: Query<ListQuery>,
}

/// Search, status and order, and what of it is on.
#[component]
fn Filters(props: &FiltersProps) -> Html {
    let i18n = use_i18n();
    let query = &props.query;
    let change = |change: fn(&mut ListQuery, String)| {
        let query = query.clone();
        Callback::from(move |value: String| {
            let mut changed = ListQuery { shown: None, ..query.value.clone() };
            change(&mut changed, value);
            query.set.emit(changed);
        })
    };
    let statuses = std::iter::once(Choice::new("", t!(i18n, "filter-all")))
        .chain(
            HearingStatus::ALL
                .iter()
                .filter(|status| **status != HearingStatus::Draft)
                .map(|status| Choice::new(status.as_str(), t!(i18n, hearing_text::status(*status)))),
        )
        .collect::<Vec<_>>();
    let orders =
        HearingSort::ALL.iter().map(|sort| Choice::new(sort.as_str(), t!(i18n, order(*sort)))).collect::<Vec<_>>();
    let drop_words = change(|query, _| query.q.clear()).reform(|()| String::new());
    let drop_status = change(|query, _| query.status = None).reform(|()| String::new());
    html! {
        <>
            <div class="filter-bar">
                <SearchField
                    id="list-search"
                    label={t!(i18n, "search-hearings")}
                    value={query.value.q.clone()}
                    on_search={change(|query, words| query.q = words)}
                />
                <Select
                    pointer="status"
                    label={t!(i18n, "filter-status")}
                    choices={statuses}
                    value={query.value.status.map(HearingStatus::as_str).unwrap_or_default()}
                    on_change={change(|query, status| query.status = status.parse().ok())}
                />
                <Select
                    pointer="sort"
                    label={t!(i18n, "filter-order")}
                    choices={orders}
                    value={query.value.sort.unwrap_or(HearingSort::Deadline).as_str()}
                    on_change={change(|query, sort| query.sort = sort.parse().ok())}
                />
            </div>
            if query.value.is_narrowed() {
                <div class="tags">
                    if !query.value.q.is_empty() {
                        <Tag
                            text={t!(i18n, "filter-words", words = query.value.q.as_str())}
                            on_remove={drop_words}
                        />
                    }
                    if let Some(status) = query.value.status {
                        <Tag text={t!(i18n, hearing_text::status(status))} on_remove={drop_status} />
                    }
                </div>
            }
        </>
    }
}

fn order(sort: HearingSort) -> &'static str {
    match sort {
        HearingSort::Deadline => key("order-deadline"),
        HearingSort::DeadlineDescending => key("order-deadline-descending"),
        HearingSort::Updated => key("order-updated"),
        HearingSort::UpdatedDescending => key("order-updated-descending"),
        HearingSort::Title => key("order-title"),
        HearingSort::Relevance => key("order-relevance"),
    }
}

fn results(rows: &Rows<HearingSummary>, query: &Query<ListQuery>, busy: bool, i18n: &I18n) -> Html {
    if rows.items.is_empty() {
        let all = query.set.reform(|()| ListQuery::default());
        return html! {
            <div role="status">
                if query.value.is_narrowed() {
                    <EmptyState heading={t!(i18n, "list-none-found")}>
                        <p>{ t!(i18n, "list-none-found-text") }</p>
                        <Button kind={ButtonKind::Secondary} on_press={all}>{ t!(i18n, "list-show-all") }</Button>
                    </EmptyState>
                } else {
                    <EmptyState heading={t!(i18n, "list-empty")}>
                        <p>{ t!(i18n, "list-empty-text") }</p>
                    </EmptyState>
                }
            </div>
        };
    }
    let more = {
        let query = query.clone();
        let shown = rows.items.len() + STEP;
        Callback::from(move |()| {
            query.replace.emit(ListQuery { shown: Some(shown), ..query.value.clone() });
        })
    };
    html! {
        <section aria-label={t!(i18n, "list-results")}>
            <h2 class="sr-only">{ t!(i18n, "list-results") }</h2>
            <HearingList hearings={rows.items.clone()} />
            <LoadMore shown={rows.items.len()} more={rows.next.is_some()} {busy} on_more={more} />
        </section>
    }
}
