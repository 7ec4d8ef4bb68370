//! All hearings one may see: search, status, order, and as many as are wanted, all of it in the address.

use openapi::{
    hearings::{Audience, HearingQuery, HearingSort, HearingStatus},
    page::PageQuery,
};
use serde::{Deserialize, Serialize};
use yew::prelude::*;

use crate::{
    components::{
        Button, ButtonKind, Choice, EmptyState, FacetSelect, HearingList, Page, RemoteList, SearchField, Select, Tag,
    },
    hearing_text,
    hooks::{ListQuery, use_facets, use_list_query, use_rows},
    i18n::{I18n, key, use_i18n},
    route::Route,
    t,
};

/// What is asked for, as it stands in the address.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct Asked {
    /// The words searched for.
    #[serde(skip_serializing_if = "String::is_empty")]
    q: String,
    /// The status; all but drafts without it.
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<HearingStatus>,
    /// Who can see them; everybody and employees without it.
    #[serde(rename = "synlig", skip_serializing_if = "Option::is_none")]
    audience: Option<Audience>,
    /// The order.
    #[serde(rename = "sortering", skip_serializing_if = "Option::is_none")]
    sort: Option<HearingSort>,
}

impl Asked {
    fn is_narrowed(&self) -> bool {
        !self.q.is_empty() || self.status.is_some() || self.audience.is_some()
    }

    /// The order: the best hits first when words are searched for, which nothing else can be ordered by.
    fn sort(&self) -> HearingSort {
        let searches = !self.q.is_empty();
        self.sort.filter(|sort| searches || *sort != HearingSort::Relevance).unwrap_or(if searches {
            HearingSort::Relevance
        } else {
            HearingSort::Deadline
        })
    }

    /// A page of it.
    fn query(&self, PageQuery { limit, cursor }: PageQuery) -> HearingQuery {
        HearingQuery {
            q: Some(self.q.clone()).filter(|q| !q.is_empty()),
            sort: Some(self.sort()),
            status: self.status.into_iter().collect(),
            audience: self.audience.into_iter().collect(),
            limit,
            cursor,
            ..HearingQuery::default()
        }
    }
}

/// All hearings one may see.
#[component]
pub(super) fn Hearings() -> Html {
    let i18n = use_i18n();
    let query = use_list_query::<Asked>(Route::Hearings);
    let hearings = use_rows(query.filters.clone(), query.shown.wanted(), |api, asked: Asked, page| async move {
        api.list_hearings(&asked.query(page)).await
    });
    html! {
        <Page title={t!(i18n, "list-title")} crumbs={Some(vec![])}>
            <Filters query={query.clone()} />
            <RemoteList
                list={hearings.list()}
                empty={nothing(&query, &i18n)}
                what={t!(i18n, "what-hearings")}
                on_more={query.on_more}
            >
                <section aria-label={t!(i18n, "list-results")}>
                    <h2 class="sr-only">{ t!(i18n, "list-results") }</h2>
                    <HearingList hearings={hearings.rows().to_vec()} />
                </section>
            </RemoteList>
        </Page>
    }
}

#[derive(Properties, PartialEq)]
struct FiltersProps {
    query: ListQuery<Asked>,
}

/// Search, status and order, and what of it is on.
#[component]
fn Filters(props: &FiltersProps) -> Html {
    let i18n = use_i18n();
    let query = &props.query;
    let asked = &query.filters;
    let facets = use_facets(&asked.query(PageQuery::default()));
    // Whoever sees one kind alone has nothing to choose.
    let kinds = facets.as_ref().map_or(Audience::ALL.len(), |facets| facets.audience.len());
    let orders = HearingSort::ALL
        .iter()
        .filter(|sort| !asked.q.is_empty() || **sort != HearingSort::Relevance)
        .map(|sort| Choice::new(sort.as_str(), t!(i18n, order(*sort))))
        .collect::<Vec<_>>();
    html! {
        <>
            <div class="filter-bar">
                <SearchField
                    id="list-search"
                    label={t!(i18n, "search-hearings")}
                    value={asked.q.clone()}
                    on_search={query.change(|asked, words| asked.q = words)}
                />
                <FacetSelect<HearingStatus>
                    label={t!(i18n, "filter-status")}
                    facets={facets.clone()}
                    chosen={asked.status}
                    on_change={query.change(|asked, status: String| asked.status = status.parse().ok())}
                />
                if kinds > 1 || asked.audience.is_some() {
                    <FacetSelect<Audience>
                        label={t!(i18n, "filter-audience")}
                        {facets}
                        chosen={asked.audience}
                        on_change={query.change(|asked, audience: String| asked.audience = audience.parse().ok())}
                    />
                }
                <Select
                    pointer="sort"
                    label={t!(i18n, "filter-order")}
                    choices={orders}
                    value={asked.sort().as_str()}
                    on_change={query.change(|asked, sort: String| asked.sort = sort.parse().ok())}
                />
            </div>
            if asked.is_narrowed() {
                <div class="tags">
                    if !asked.q.is_empty() {
                        <Tag
                            text={t!(i18n, "filter-words", words = asked.q.as_str())}
                            on_remove={query.change(|asked, ()| asked.q.clear())}
                        />
                    }
                    if let Some(status) = asked.status {
                        <Tag
                            text={t!(i18n, hearing_text::status(status))}
                            on_remove={query.change(|asked, ()| asked.status = None)}
                        />
                    }
                    if let Some(audience) = asked.audience {
                        <Tag
                            text={t!(i18n, hearing_text::kind(audience))}
                            on_remove={query.change(|asked, ()| asked.audience = None)}
                        />
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

/// Why the list is empty, and what one can do.
fn nothing(query: &ListQuery<Asked>, i18n: &I18n) -> Html {
    if !query.filters.is_narrowed() {
        return html! {
            <EmptyState heading={t!(i18n, "list-empty")}><p>{ t!(i18n, "list-empty-text") }</p></EmptyState>
        };
    }
    html! {
        <EmptyState heading={t!(i18n, "list-none-found")}>
            <p>{ t!(i18n, "list-none-found-text") }</p>
            <Button kind={ButtonKind::Secondary} on_press={query.set.reform(|()| Asked::default())}>
                { t!(i18n, "list-show-all") }
            </Button>
        </EmptyState>
    }
}
