//! Choosing among one's hearings: words, status and role.

use openapi::{
    hearings::{HearingRole, HearingStatus},
    page::PageQuery,
};
use yew::prelude::*;

use super::{
    WorkProps,
    asked::{ALL, WORK},
};
use crate::{
    components::{Choice, FacetSelect, SearchField, Tag},
    hooks::use_facets,
    i18n::use_i18n,
    t,
};

/// Search, status and role.
#[component]
pub(super) fn Filters(props: &WorkProps) -> Html {
    let i18n = use_i18n();
    let query = &props.query;
    let asked = &query.filters;
    let facets = use_facets(&asked.query(PageQuery::default()));
    let wholes = vec![Choice::new("", t!(i18n, "workspace-in-progress")), Choice::new(ALL, t!(i18n, "workspace-all"))];
    html! {
        <>
            <div class="filter-bar">
                <SearchField
                    id="work-search"
                    label={t!(i18n, "workspace-search")}
                    value={asked.q.clone()}
                    on_search={query.change(|asked, words| asked.q = words)}
                />
                <FacetSelect<HearingStatus>
                    label={t!(i18n, "filter-status")}
                    {wholes}
                    whole={if asked.all { ALL } else { "" }}
                    facets={facets.clone()}
                    chosen={asked.status}
                    on_change={query.change(|asked, choice: String| asked.choose_status(&choice))}
                />
                <FacetSelect<HearingRole>
                    label={t!(i18n, "workspace-column-role")}
                    offered={&WORK[..]}
                    {facets}
                    chosen={asked.role}
                    on_change={query.change(|asked, role: String| asked.role = role.parse().ok())}
                />
            </div>
            if !asked.q.is_empty() {
                <div class="tags">
                    <Tag
                        text={t!(i18n, "filter-words", words = asked.q.as_str())}
                        on_remove={query.change(|asked, ()| asked.q.clear())}
                    />
                </div>
            }
        </>
    }
}
