//! Choosing among one's hearings: words, status and role.

use std::iter::once;

use openapi::hearings::{HearingFacets, HearingRole, HearingStatus};
use yew::prelude::*;

use super::{
    WorkProps,
    asked::{ALL, WORK},
};
use crate::{
    case_text,
    components::{Choice, SearchField, Select, Tag},
    facets::choices,
    hearing_text,
    hooks::use_remote,
    i18n::use_i18n,
    t,
};

/// Search, status and role.
#[component]
pub(super) fn Filters(props: &WorkProps) -> Html {
    let i18n = use_i18n();
    let query = &props.query;
    let asked = &query.filters;
    let statuses = [Choice::new("", t!(i18n, "workspace-in-progress")), Choice::new(ALL, t!(i18n, "workspace-all"))];
    let facets = use_remote(asked.clone(), |api, asked| async move { api.get_hearing_facets(&asked.facets()).await });
    let facets: Option<&HearingFacets> = facets.data().map(|facets| &**facets);
    let status = |status: HearingStatus| (status.as_str(), t!(i18n, hearing_text::status(status)));
    let counted =
        choices(HearingStatus::ALL, facets.map(|facets| facets.status.as_slice()), asked.status, status, &i18n);
    let statuses = statuses.into_iter().chain(counted).collect::<Vec<_>>();
    let role = |role: HearingRole| (role.as_str(), t!(i18n, case_text::role(role)));
    let counted = choices(&WORK, facets.map(|facets| facets.role.as_slice()), asked.role, role, &i18n);
    let roles = once(Choice::new("", t!(i18n, "filter-all"))).chain(counted).collect::<Vec<_>>();
    html! {
        <>
            <div class="filter-bar">
                <SearchField
                    id="work-search"
                    label={t!(i18n, "workspace-search")}
                    value={asked.q.clone()}
                    on_search={query.change(|asked, words| asked.q = words)}
                />
                <Select
                    pointer="status"
                    label={t!(i18n, "filter-status")}
                    choices={statuses}
                    value={asked.status.map_or(if asked.all { ALL } else { "" }, HearingStatus::as_str)}
                    on_change={query.change(|asked, choice: String| asked.choose_status(&choice))}
                />
                <Select
                    pointer="role"
                    label={t!(i18n, "workspace-column-role")}
                    choices={roles}
                    value={asked.role.map(HearingRole::as_str).unwrap_or_default()}
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
