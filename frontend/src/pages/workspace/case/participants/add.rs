//! Finding people in the directory and giving them a role. What is searched for stands in the address.

use std::rc::Rc;

use openapi::{
    employees::Employee,
    hearings::{Hearing, HearingRole, HearingStatus},
};
use serde::{Deserialize, Serialize};
use yew::prelude::*;

use super::Held;
use crate::{
    case_text,
    components::{Button, ButtonKind, Choice, RadioGroup},
    hooks::use_list_query,
    i18n::{I18n, use_i18n},
    pages::PeopleSearch,
    route::Route,
    t,
};

/// Whom to find and what for, as it stands in the address.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct Asked {
    /// The beginning of a name, a department or an e-mail address.
    #[serde(skip_serializing_if = "String::is_empty")]
    q: String,
    /// The role to give.
    #[serde(rename = "rolle", skip_serializing_if = "Option::is_none")]
    role: Option<HearingRole>,
}

#[derive(Properties, PartialEq)]
pub(super) struct AddProps {
    pub(super) hearing: Rc<Hearing>,
    /// Who has which role, as far as it is known here.
    pub(super) held: Vec<Held>,
    /// Told whom to give which role.
    pub(super) on_give: Callback<(Employee, HearingRole)>,
    pub(super) busy: bool,
}

/// Finding people and giving them a role.
#[component]
pub(super) fn Add(props: &AddProps) -> Html {
    let i18n = use_i18n();
    let query = use_list_query::<Asked>(Route::CaseParticipants { id: props.hearing.id });
    let roles = roles(props.hearing.status);
    let role = query.filters.role.filter(|role| roles.contains(role)).unwrap_or(HearingRole::Reviewer);
    let choice = |role: &HearingRole| {
        Choice::new(role.as_str(), t!(i18n, case_text::role(*role))).with_hint(t!(i18n, case_text::role_means(*role)))
    };
    let action = {
        let (held, on_give, busy, i18n) = (props.held.clone(), props.on_give.clone(), props.busy, i18n.clone());
        Callback::from(move |person: Employee| {
            if held.contains(&(person.id, role)) {
                given(&person, role, &i18n)
            } else {
                give(person, role, busy, &on_give, &i18n)
            }
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
                on_change={query.change(|asked, role: AttrValue| asked.role = role.parse().ok())}
            />
            <PeopleSearch
                id="people-search"
                q={query.filters.q.clone()}
                shown={query.shown}
                on_search={query.change(|asked, words| asked.q = words)}
                on_more={query.on_more}
                {action}
            />
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

/// The `id` of what says that a person has a role: it takes the focus from the button that gave it.
pub(super) fn given_id(person: &Employee) -> String {
    format!("given-{}", person.id)
}

fn given(person: &Employee, role: HearingRole, i18n: &I18n) -> Html {
    let role = t!(i18n, case_text::role(role));
    html! {
        <span class="muted" id={given_id(person)} tabindex="-1">{ t!(i18n, "add-has-role", role = role.as_str()) }</span>
    }
}

fn give(
    person: Employee,
    role: HearingRole,
    busy: bool,
    on_give: &Callback<(Employee, HearingRole)>,
    i18n: &I18n,
) -> Html {
    let name = t!(i18n, case_text::role(role));
    let label = t!(i18n, "add-give-label", name = person.name.as_str(), role = name.as_str());
    let on_press = on_give.reform(move |()| (person.clone(), role));
    html! {
        <Button kind={ButtonKind::Secondary} icon="person-add" {busy} {label} {on_press}>
            { t!(i18n, "add-give", role = name.as_str()) }
        </Button>
    }
}
