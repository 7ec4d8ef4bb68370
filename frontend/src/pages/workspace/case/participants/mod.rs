//! Who works on a hearing and who is asked to answer: seeing, adding and taking away.

mod add;
mod revoke;
mod table;

use openapi::{
    client::Error,
    employees::Employee,
    hearings::{HearingRole, NewRole, RevokeRole, RoleAssignment},
    ids::AccountId,
    problem::ProblemCode,
};
use yew::prelude::*;
use yew_router::prelude::use_navigator;

use self::{
    add::{Add, given_id},
    revoke::Revoke,
    table::People,
};
use super::CaseFile;
use crate::{
    case_text,
    components::{Alert, AlertKind, ButtonKind, Confirm, RemoteList, use_announce},
    dom,
    form_errors::describe,
    hooks::{use_action, use_rows},
    i18n::{I18n, use_i18n},
    paging::STEP,
    route::Route,
    session::use_session,
    t,
};

/// The `id` of the table's heading, which takes the focus from the row of a person who was taken out of it.
const HEADING: &str = "people";

/// Who has which role.
type Held = (AccountId, HearingRole);

fn held(assignment: &RoleAssignment) -> Held {
    (assignment.employee.id, assignment.role)
}

/// A change of the people.
#[derive(Clone, Debug)]
enum Wanted {
    Give(Employee, HearingRole),
    Take(RoleAssignment),
    Revoke(RoleAssignment, RevokeRole),
}

impl Wanted {
    /// What was done, in a sentence.
    fn said(&self, i18n: &I18n) -> AttrValue {
        match self {
            Wanted::Give(person, role) => {
                let role = t!(i18n, case_text::role(*role));
                t!(i18n, "person-added", name = person.name.as_str(), role = role.as_str())
            }
            Wanted::Take(assignment) => t!(i18n, "person-removed", name = assignment.employee.name.as_str()),
            Wanted::Revoke(assignment, _) => t!(i18n, "person-revoked", name = assignment.employee.name.as_str()),
        }
    }

    /// The roles that were given, when it is done as well.
    fn after(&self, given: &[Held]) -> Vec<Held> {
        match self {
            Wanted::Give(person, role) => given.iter().copied().chain([(person.id, *role)]).collect(),
            Wanted::Take(assignment) | Wanted::Revoke(assignment, _) => {
                given.iter().copied().filter(|role| *role != held(assignment)).collect()
            }
        }
    }

    /// Where the focus goes when it is done: the button that was pressed is gone by then.
    fn focus(&self) -> String {
        match self {
            Wanted::Give(person, _) => given_id(person),
            Wanted::Take(_) | Wanted::Revoke(..) => HEADING.to_owned(),
        }
    }
}

#[derive(Properties, PartialEq)]
pub(super) struct ParticipantsProps {
    pub(super) case: CaseFile,
}

/// The people of a hearing. Each change of them is a new version of the hearing, which the next one has to name.
#[component]
pub(super) fn Participants(props: &ParticipantsProps) -> Html {
    let i18n = use_i18n();
    let me = use_session().account().map(|account| account.id);
    let navigator = use_navigator();
    let announce = use_announce();
    let hearing = props.case.hearing.clone();
    let (id, version) = (hearing.id, hearing.version);
    let wanted = use_state_eq(|| STEP);
    let people = use_rows(id, *wanted, |api, id, page| async move { api.list_roles(id, &page).await });
    // Who is given a role here may stand too far down to be among the rows.
    let given = use_state_eq(Vec::<Held>::new);
    let failure = use_state(|| None::<Error>);
    let leaving = use_state_eq(|| None::<RoleAssignment>);
    // What gets the focus once the people are drawn as they are in a later version than this.
    let focus = use_state_eq(|| None::<(i64, String)>);
    let renew = {
        let (people, case) = (people.reload(), props.case.reload.clone());
        Callback::from(move |()| {
            people.emit(());
            case.emit(());
        })
    };
    let done = {
        let (failure, focus, given, i18n) = (failure.setter(), focus.setter(), given.clone(), i18n.clone());
        Callback::from(move |answer: Result<Wanted, Error>| match answer {
            Ok(wanted) => {
                failure.set(None);
                announce.emit(wanted.said(&i18n));
                given.set(wanted.after(&given));
                match (&wanted, &navigator) {
                    // Without the role the hearing may be gone from sight.
                    (Wanted::Take(own), Some(navigator)) if Some(own.employee.id) == me => {
                        navigator.push(&Route::Workspace);
                    }
                    _ => {
                        focus.set(Some((version, wanted.focus())));
                        renew.emit(());
                    }
                }
            }
            Err(error) => {
                if error.is(ProblemCode::PreconditionFailed) {
                    renew.emit(());
                }
                failure.set(Some(error));
            }
        })
    };
    let change = use_action(
        move |api, wanted: Wanted| async move {
            match &wanted {
                Wanted::Give(person, role) => {
                    // The same gift on the same version is the same gift.
                    let key = format!("role-{}-{role}-{version}", person.id);
                    let new = NewRole { account: person.id, role: *role };
                    api.create_role(id, version, &new, &key).await?
                }
                Wanted::Take(assignment) => api.delete_role(id, version, assignment.id).await?,
                Wanted::Revoke(assignment, request) => api.revoke_role(id, version, assignment.id, request).await?,
            };
            Ok(wanted)
        },
        done,
    );
    let busy = change.busy || props.case.fetching || people.state().is_loading();
    {
        let forget = focus.setter();
        use_effect_with(((*focus).clone(), version, busy), move |(focus, version, busy)| {
            if let Some((before, id)) = focus
                && version > before
                && !busy
            {
                dom::focus_later(id);
                forget.set(None);
            }
        });
    }
    let on_take = {
        let (leaving, run) = (leaving.setter(), change.run.clone());
        Callback::from(move |assignment: RoleAssignment| {
            // Taking a colleague's role is undone by giving it again; one's own needs somebody else for that.
            if Some(assignment.employee.id) == me {
                leaving.set(Some(assignment));
            } else {
                run.emit(Wanted::Take(assignment));
            }
        })
    };
    let revoking = use_state_eq(|| None::<RoleAssignment>);
    let on_revoke = {
        let revoking = revoking.setter();
        Callback::from(move |assignment| revoking.set(Some(assignment)))
    };
    let on_spare = {
        let revoking = revoking.setter();
        Callback::from(move |()| revoking.set(None))
    };
    let on_reason = {
        let (revoking, run) = (revoking.setter(), change.run.clone());
        Callback::from(move |(assignment, request)| {
            run.emit(Wanted::Revoke(assignment, request));
            revoking.set(None);
        })
    };
    let on_give = change.run.reform(|(person, role)| Wanted::Give(person, role));
    let on_close = {
        let leaving = leaving.setter();
        Callback::from(move |()| leaving.set(None))
    };
    let on_confirm = {
        let (leaving, run) = (leaving.clone(), change.run);
        Callback::from(move |()| {
            if let Some(assignment) = &*leaving {
                run.emit(Wanted::Take(assignment.clone()));
            }
            leaving.set(None);
        })
    };
    let held: Vec<Held> = people.rows().iter().map(held).chain(given.iter().copied()).collect();
    // Other roles stand above those of invitees, so they are among the rows.
    let stays = (*revoking).as_ref().is_some_and(|invitee| {
        held.iter().any(|(account, role)| *account == invitee.employee.id && *role != invitee.role)
    });
    html! {
        <>
            if let Some(error) = &*failure {
                <Alert kind={AlertKind::Error} live=true><p>{ explain(error, &i18n) }</p></Alert>
            }
            <h2 id={HEADING} tabindex="-1">{ t!(i18n, "people-heading") }</h2>
            <RemoteList
                list={people.list()}
                empty={Html::default()}
                what={t!(i18n, "what-people")}
                on_more={Callback::from(move |rows| wanted.set(rows))}
            >
                <People hearing={hearing.clone()} people={people.rows().to_vec()} {on_take} {on_revoke} {busy} />
            </RemoteList>
            if hearing.may.manage_roles && people.data().is_some() {
                <Add {hearing} {held} {on_give} {busy} />
            }
            <Revoke
                of={(*revoking).clone()}
                hearing={props.case.hearing.clone()}
                {stays}
                on_revoke={on_reason}
                on_close={on_spare}
            />
            <Confirm
                id="leave-hearing"
                open={leaving.is_some()}
                {on_close}
                heading={t!(i18n, "leave-heading")}
                confirm={t!(i18n, "leave-confirm")}
                kind={ButtonKind::Warning}
                {on_confirm}
            >
                <p>{ t!(i18n, "leave-text") }</p>
            </Confirm>
        </>
    }
}

fn explain(error: &Error, i18n: &I18n) -> AttrValue {
    if error.is(ProblemCode::PreconditionFailed) { t!(i18n, "people-stale") } else { describe(error, i18n) }
}
