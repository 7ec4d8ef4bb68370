//! Finding people in the directory and giving them a role. What is searched for stands in the address.

use std::rc::Rc;

use openapi::{
    employees::{Employee, EmployeeQuery},
    hearings::{Hearing, HearingRole, HearingStatus, RoleAssignment},
    page::Page as Rows,
};
use serde::{Deserialize, Serialize};
use yew::prelude::*;

use crate::{
    case_text,
    components::{Button, ButtonKind, Choice, EmptyState, LoadMore, RadioGroup, RemoteView, SearchField},
    hooks::{use_query, use_remote},
    i18n::{I18n, use_i18n},
    paging::{STEP, first_rows},
    route::Route,
    t,
};

/// The page's address after the `?`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct AddQuery {
    /// The beginning of a name, a department or an e-mail address.
    #[serde(skip_serializing_if = "String::is_empty")]
    q: String,
    /// The role to give.
    #[serde(rename = "rolle", skip_serializing_if = "Option::is_none")]
    role: Option<HearingRole>,
    /// How many rows are shown.
    #[serde(rename = "vis", skip_serializing_if = "Option::is_none")]
    shown: Option<usize>,
}

#[derive(Properties, PartialEq)]
pub(super) struct AddProps {
    pub(super) hearing: Rc<Hearing>,
    pub(super) people: Vec<RoleAssignment>,
    /// Told whom to give which role.
    pub(super) on_give: Callback<(Employee, HearingRole)>,
    pub(super) busy: bool,
}

/// Finding people and giving them a role.
#[component]
pub(super) fn Add(props: &AddProps) -> Html {
    let i18n = use_i18n();
    let query = use_query::<AddQuery>(Route::CaseParticipants { id: props.hearing.id });
    let roles = roles(props.hearing.status);
    let role = query.value.role.filter(|role| roles.contains(role)).unwrap_or(HearingRole::Reviewer);
    let choice = |role: &HearingRole| {
        Choice::new(role.as_str(), t!(i18n, case_text::role(*role))).with_hint(t!(i18n, case_text::role_means(*role)))
    };
    let on_change = {
        let query = query.clone();
        Callback::from(move |value: AttrValue| {
            query.replace.emit(AddQuery { role: value.parse().ok(), ..query.value.clone() });
        })
    };
    let on_search = {
        let query = query.clone();
        Callback::from(move |words: String| {
            query.replace.emit(AddQuery { q: words, shown: None, ..query.value.clone() });
        })
    };
    let on_more = {
        let query = query.clone();
        Callback::from(move |shown: usize| {
            query.replace.emit(AddQuery { shown: Some(shown), ..query.value.clone() });
        })
    };
    html! {
        <section aria-labelledby="add-people">
            <h2 id="add-people">{ t!(i18n, "add-heading") }</h2>
            <RadioGroup
                pointer="/role"
                legend={t!(i18n, "add-role")}
                choices={roles.iter().map(choice).collect::<Vec<_>>()}
                value={role.as_str()}
                {on_change}
            />
            <SearchField
                id="people-search"
                label={t!(i18n, "add-search")}
                value={query.value.q.clone()}
                {on_search}
            />
            if query.value.q.trim().is_empty() {
                <p class="muted">{ t!(i18n, "add-search-hint") }</p>
            } else {
                <Found
                    q={query.value.q.trim().to_owned()}
                    shown={query.value.shown.unwrap_or(STEP).clamp(STEP, 500)}
                    {role}
                    people={props.people.clone()}
                    on_give={props.on_give.clone()}
                    {on_more}
                    busy={props.busy}
                />
            }
        </section>
    }
}

/// The roles that can be given in a status: people are asked until the deadline, staff come in until the conclusion.
fn roles(status: HearingStatus) -> Vec<HearingRole> {
    HearingRole::ALL
        .iter()
        .copied()
        .filter(|role| *role != HearingRole::Invitee || status != HearingStatus::Processing)
        .collect()
}

#[derive(Properties, PartialEq)]
struct FoundProps {
    q: String,
    shown: usize,
    role: HearingRole,
    people: Vec<RoleAssignment>,
    on_give: Callback<(Employee, HearingRole)>,
    on_more: Callback<usize>,
    busy: bool,
}

/// Who was found.
#[component]
fn Found(props: &FoundProps) -> Html {
    let i18n = use_i18n();
    let found = use_remote((props.q.clone(), props.shown), |api, (q, shown): (String, usize)| async move {
        let (api, q) = (&api, &q);
        first_rows(shown, |limit, cursor| async move {
            api.list_employees(&EmployeeQuery { q: Some(q.clone()), limit: Some(limit), cursor }).await
        })
        .await
    });
    let fetching = found.state().is_loading();
    let FoundProps { role, busy, .. } = *props;
    let (people, on_give, on_more) = (props.people.clone(), props.on_give.clone(), props.on_more.clone());
    let draw = {
        let i18n = i18n.clone();
        Callback::from(move |rows: Rc<Rows<Employee>>| {
            if rows.items.is_empty() {
                return html! {
                    <div role="status">
                        <EmptyState heading={t!(i18n, "add-none-found")} level="h3">
                            <p>{ t!(i18n, "add-none-found-text") }</p>
                        </EmptyState>
                    </div>
                };
            }
            let person = |person: &Employee| {
                let has = people.iter().any(|given| given.employee.id == person.id && given.role == role);
                row(person, role, has, busy, &on_give, &i18n)
            };
            html! {
                <>
                    <ul class="plain-list hearing-list">{ for rows.items.iter().map(person) }</ul>
                    <LoadMore
                        shown={rows.items.len()}
                        more={rows.next.is_some()}
                        busy={fetching}
                        on_more={on_more.reform({
                            let more = rows.items.len() + STEP;
                            move |()| more
                        })}
                    />
                </>
            }
        })
    };
    html! { <RemoteView<Rows<Employee>> remote={found} {draw} what={t!(i18n, "what-employees")} /> }
}

fn row(
    person: &Employee,
    role: HearingRole,
    has: bool,
    busy: bool,
    on_give: &Callback<(Employee, HearingRole)>,
    i18n: &I18n,
) -> Html {
    let name = t!(i18n, case_text::role(role));
    let on_press = {
        let person = person.clone();
        on_give.reform(move |()| (person.clone(), role))
    };
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
            if has {
                <span class="muted">{ t!(i18n, "add-has-role", role = name.as_str()) }</span>
            } else {
                <Button
                    kind={ButtonKind::Secondary}
                    icon="person-add"
                    {busy}
                    label={t!(i18n, "add-give-label", name = person.name.as_str(), role = name.as_str())}
                    {on_press}
                >
                    { t!(i18n, "add-give", role = name.as_str()) }
                </Button>
            }
        </li>
    }
}
