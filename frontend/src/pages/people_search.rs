//! Finding people in the directory of employees, and what one can do with each of them.

use openapi::{
    employees::{Employee, EmployeeQuery},
    page::PageQuery,
};
use yew::prelude::*;

use crate::{
    components::{EmptyState, RemoteList, SearchField},
    hooks::use_rows,
    i18n::use_i18n,
    paging::Shown,
    t,
};

/// What the search needs.
#[derive(Properties, PartialEq)]
pub struct PeopleSearchProps {
    /// Names the search among the page's elements.
    pub id: AttrValue,
    /// The beginning of a name, a department or an e-mail address.
    pub q: String,
    /// How many people are shown.
    pub shown: Shown,
    /// Told what to search for.
    pub on_search: Callback<String>,
    /// Told how many people to show.
    pub on_more: Callback<usize>,
    /// Draws what one can do with a person.
    pub action: Callback<Employee, Html>,
}

/// Finding people.
#[component]
pub fn PeopleSearch(props: &PeopleSearchProps) -> Html {
    let i18n = use_i18n();
    let q = props.q.trim();
    html! {
        <div class="people-search">
            <SearchField
                id={props.id.clone()}
                label={t!(i18n, "people-search")}
                value={q.to_owned()}
                on_search={props.on_search.clone()}
            />
            if q.is_empty() {
                <p class="muted">{ t!(i18n, "people-search-hint") }</p>
            } else {
                <Found
                    q={q.to_owned()}
                    shown={props.shown}
                    on_more={props.on_more.clone()}
                    action={props.action.clone()}
                />
            }
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct FoundProps {
    q: String,
    shown: Shown,
    on_more: Callback<usize>,
    action: Callback<Employee, Html>,
}

/// Who was found.
#[component]
fn Found(props: &FoundProps) -> Html {
    let i18n = use_i18n();
    let found = use_rows(props.q.clone(), props.shown.wanted(), |api, q, PageQuery { limit, cursor }| async move {
        api.list_employees(&EmployeeQuery { q: Some(q), limit, cursor }).await
    });
    let empty = html! {
        <EmptyState heading={t!(i18n, "people-none-found")} level="h3">
            <p>{ t!(i18n, "people-none-found-text") }</p>
        </EmptyState>
    };
    let person = |person: &Employee| row(person, props.action.emit(person.clone()));
    html! {
        <RemoteList
            list={found.list()}
            {empty}
            what={t!(i18n, "what-employees")}
            on_more={props.on_more.clone()}
        >
            <ul class="plain-list hearing-list">{ for found.rows().iter().map(person) }</ul>
        </RemoteList>
    }
}

fn row(person: &Employee, action: Html) -> Html {
    html! {
        <li key={person.id.to_string()} class="list-row person-row">
            <div>
                <strong>{ &person.name }</strong>
                <div class="meta">
                    if let Some(department) = &person.department {
                        <span>{ department }</span>
                    }
                    <span>{ &person.email }</span>
                </div>
            </div>
            { action }
        </li>
    }
}
