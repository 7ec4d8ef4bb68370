//! Everybody with a role on a hearing.

use std::rc::Rc;

use openapi::hearings::{Hearing, HearingRole, HearingStatus, RoleAssignment};
use yew::prelude::*;

use crate::{
    case_text,
    components::{Badge, BadgeKind, Button, ButtonKind, Column, Row, Table},
    i18n::{I18n, use_i18n},
    t,
};

#[derive(Properties, PartialEq)]
pub(super) struct PeopleProps {
    pub(super) hearing: Rc<Hearing>,
    pub(super) people: Vec<RoleAssignment>,
    /// Told whose role shall be taken away.
    pub(super) on_take: Callback<RoleAssignment>,
    /// Told whose access shall be revoked.
    pub(super) on_revoke: Callback<RoleAssignment>,
    pub(super) busy: bool,
}

/// Everybody with a role, in a table.
#[component]
pub(super) fn People(props: &PeopleProps) -> Html {
    let i18n = use_i18n();
    let acts = props.hearing.may.manage_roles || props.hearing.may.revoke_access;
    let mut columns = vec![
        Column::text(t!(i18n, "people-name")),
        Column::text(t!(i18n, "people-role")),
        Column::text(t!(i18n, "people-department")),
        Column::text(t!(i18n, "people-email")),
    ];
    if acts {
        columns.push(Column::text(t!(i18n, "people-action")));
    }
    let row = |assignment: &RoleAssignment| {
        let person = &assignment.employee;
        let email = person.email.clone();
        let mut cells = vec![
            html! { &person.name },
            html! {
                <>
                    { t!(i18n, case_text::role(assignment.role)) }
                    if assignment.responsible {
                        { " " }<Badge kind={BadgeKind::Info} text={t!(i18n, "people-responsible")} />
                    }
                </>
            },
            html! { person.department.clone().unwrap_or_default() },
            html! { <a href={format!("mailto:{email}")}>{ email }</a> },
        ];
        if acts {
            cells.push(action(assignment, props, &i18n));
        }
        Row { key: assignment.id.to_string().into(), cells }
    };
    let rows = props.people.iter().map(row).collect::<Vec<_>>();
    html! { <Table caption={t!(i18n, "people-heading")} {columns} {rows} /> }
}

fn action(assignment: &RoleAssignment, props: &PeopleProps, i18n: &I18n) -> Html {
    // From the publication on the person has been told of the hearing: taking the access away needs a reason.
    let invited = assignment.role == HearingRole::Invitee;
    if invited && props.hearing.may.revoke_access && props.hearing.status != HearingStatus::Draft {
        let on_press = {
            let assignment = assignment.clone();
            props.on_revoke.reform(move |()| assignment.clone())
        };
        let label = t!(i18n, "people-revoke-label", name = assignment.employee.name.as_str());
        return html! {
            <Button kind={ButtonKind::Link} {label} busy={props.busy} {on_press}>{ t!(i18n, "people-revoke") }</Button>
        };
    }
    if !props.hearing.may.manage_roles {
        return Html::default();
    }
    if assignment.responsible {
        return html! { <span class="muted">{ t!(i18n, "people-responsible-stays") }</span> };
    }
    let on_press = {
        let assignment = assignment.clone();
        props.on_take.reform(move |()| assignment.clone())
    };
    let role = t!(i18n, case_text::role(assignment.role));
    let label = t!(i18n, "people-remove-label", name = assignment.employee.name.as_str(), role = role.as_str());
    html! {
        <Button kind={ButtonKind::Link} {label} busy={props.busy} {on_press}>{ t!(i18n, "people-remove") }</Button>
    }
}
