//! Who works on a hearing and who is asked to answer: seeing, adding and taking away.

mod add;
mod table;

use std::rc::Rc;

use futures::try_join;
use openapi::{
    client::Error,
    employees::Employee,
    hearings::{Hearing, HearingRole, NewRole, RoleAssignment, RoleList},
    ids::HearingId,
    problem::ProblemCode,
};
use yew::prelude::*;

use self::{add::Add, table::People};
use super::CaseFile;
use crate::{
    case_text,
    components::{Alert, AlertKind, Button, ButtonKind, Dialog, RemoteView, use_announce},
    form_errors::describe,
    hooks::{use_action, use_remote},
    i18n::use_i18n,
    session::use_session,
    t,
    transport::Api,
};

/// The people, with the hearing of the same moment: its version goes into every change of them.
struct Roles {
    hearing: Rc<Hearing>,
    people: RoleList,
}

async fn load(api: &Api, id: HearingId) -> Result<Roles, Error> {
    let (hearing, people) = try_join!(api.get_hearing(id), api.list_roles(id))?;
    Ok(Roles { hearing: Rc::new(hearing), people })
}

/// A change of the people.
#[derive(Clone, Debug)]
enum Wanted {
    Give(Employee, HearingRole),
    Take(RoleAssignment),
}

#[derive(Properties, PartialEq)]
pub(super) struct ParticipantsProps {
    pub(super) case: CaseFile,
}

/// The people of a hearing.
#[component]
pub(super) fn Participants(props: &ParticipantsProps) -> Html {
    let i18n = use_i18n();
    let session = use_session();
    let announce = use_announce();
    let id = props.case.hearing.id;
    let roles = use_remote(id, move |api, id| async move { load(&api, id).await });
    let failure = use_state(|| None::<Error>);
    let leaving = use_state_eq(|| None::<RoleAssignment>);
    let done = {
        let (roles, failure, replace) = (roles.clone(), failure.setter(), props.case.replace.clone());
        Callback::from(move |answer: Result<(Roles, AttrValue), Error>| match answer {
            Ok((newest, said)) => {
                failure.set(None);
                replace.emit((*newest.hearing).clone());
                roles.set(newest);
                announce.emit(said);
            }
            Err(error) => {
                let stale = error.problem().is_some_and(|problem| problem.code == ProblemCode::PreconditionFailed);
                failure.set(Some(error));
                if stale {
                    roles.reload().emit(());
                }
            }
        })
    };
    let change = {
        let i18n = i18n.clone();
        let version = roles.data().map(|roles| roles.hearing.version).unwrap_or_default();
        use_action(
            move |api, wanted: Wanted| {
                let i18n = i18n.clone();
                async move {
                    let said = match wanted {
                        Wanted::Give(person, role) => {
                            // The same gift on the same version is the same gift.
                            let key = format!("role-{}-{role}-{version}", person.id);
                            let new = NewRole { account: person.id, role };
                            api.create_role(id, version, &new, &key).await?;
                            let role = t!(i18n, case_text::role(role));
                            t!(i18n, "person-added", name = person.name.as_str(), role = role.as_str())
                        }
                        Wanted::Take(assignment) => {
                            api.delete_role(id, version, assignment.id).await?;
                            t!(i18n, "person-removed", name = assignment.employee.name.as_str())
                        }
                    };
                    Ok((load(&api, id).await?, said))
                }
            },
            done,
        )
    };
    let on_take = {
        let (leaving, run) = (leaving.setter(), change.run.clone());
        let me = session.account().map(|account| account.id);
        Callback::from(move |assignment: RoleAssignment| {
            // Taking a colleague's role is undone by giving it again; one's own needs somebody else for that.
            if Some(assignment.employee.id) == me {
                leaving.set(Some(assignment));
            } else {
                run.emit(Wanted::Take(assignment));
            }
        })
    };
    let on_give = change.run.reform(|(person, role)| Wanted::Give(person, role));
    let draw = {
        let (i18n, busy) = (i18n.clone(), change.busy);
        Callback::from(move |roles: Rc<Roles>| {
            html! {
                <>
                    <h2>{ t!(i18n, "people-heading") }</h2>
                    <People hearing={roles.hearing.clone()} people={roles.people.items.clone()} on_take={on_take.clone()} {busy} />
                    if roles.hearing.may.manage_roles {
                        <Add
                            hearing={roles.hearing.clone()}
                            people={roles.people.items.clone()}
                            on_give={on_give.clone()}
                            {busy}
                        />
                    }
                </>
            }
        })
    };
    let stay = {
        let leaving = leaving.setter();
        Callback::from(move |()| leaving.set(None))
    };
    let leave = {
        let (leaving, run) = (leaving.clone(), change.run.clone());
        Callback::from(move |()| {
            if let Some(assignment) = &*leaving {
                run.emit(Wanted::Take(assignment.clone()));
            }
            leaving.set(None);
        })
    };
    html! {
        <>
            if let Some(error) = &*failure {
                <Alert kind={AlertKind::Error} live=true><p>{ explain(error, &i18n) }</p></Alert>
            }
            <RemoteView<Roles> remote={roles} {draw} what={t!(i18n, "what-people")} />
            <Dialog
                id="leave-hearing"
                open={leaving.is_some()}
                on_close={stay.clone()}
                heading={t!(i18n, "leave-heading")}
                actions={html! {
                    <>
                        <Button kind={ButtonKind::Warning} on_press={leave}>{ t!(i18n, "leave-confirm") }</Button>
                        <Button kind={ButtonKind::Secondary} on_press={stay}>{ t!(i18n, "cancel") }</Button>
                    </>
                }}
            >
                <p>{ t!(i18n, "leave-text") }</p>
            </Dialog>
        </>
    }
}

fn explain(error: &Error, i18n: &crate::i18n::I18n) -> AttrValue {
    let stale = error.problem().is_some_and(|problem| problem.code == ProblemCode::PreconditionFailed);
    if stale { t!(i18n, "people-stale") } else { describe(error, i18n) }
}
