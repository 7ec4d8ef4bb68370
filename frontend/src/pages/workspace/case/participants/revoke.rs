//! The question before an invitee's access is revoked: why.

use std::rc::Rc;

use openapi::{
    hearings::{Hearing, HearingStatus, RevokeRole, RoleAssignment},
    ids::RoleId,
    limits,
};
use yew::prelude::*;

use crate::{
    components::{Button, ButtonKind, Dialog, Form, TextArea},
    hooks::use_form,
    i18n::{key, use_i18n},
    t,
};

#[derive(Properties, PartialEq)]
pub(super) struct RevokeProps {
    /// The invitee's role. The question is asked while there is one.
    pub(super) of: Option<RoleAssignment>,
    /// The hearing it is on.
    pub(super) hearing: Rc<Hearing>,
    /// Whether the person has another role there as well, and sees it all the same.
    pub(super) stays: bool,
    pub(super) on_revoke: Callback<(RoleAssignment, RevokeRole)>,
    pub(super) on_close: Callback<()>,
}

/// The question, with a field for the reason.
#[component]
pub(super) fn Revoke(props: &RevokeProps) -> Html {
    let i18n = use_i18n();
    let form = use_form();
    // Of one role: what is said of one person is not said of the next.
    let kept = use_state(|| None::<(RoleId, String)>);
    let role = props.of.as_ref().map(|assignment| assignment.id);
    {
        let form = form.clone();
        use_effect_with(role, move |_| form.forget());
    }
    let reason = (*kept).clone().filter(|(of, _)| Some(*of) == role).map(|(_, reason)| reason).unwrap_or_default();
    let name = props.of.as_ref().map(|assignment| assignment.employee.name.clone()).unwrap_or_default();
    let submit = {
        let (form, reason, of, on_revoke) = (form.clone(), reason.clone(), props.of.clone(), props.on_revoke.clone());
        Callback::from(move |()| {
            let request = RevokeRole { reason: reason.trim().to_owned() };
            if let Some(assignment) = &of
                && form.accepts(&request)
            {
                on_revoke.emit((assignment.clone(), request));
            }
        })
    };
    let on_input = {
        let kept = kept.setter();
        Callback::from(move |text| kept.set(role.map(|role| (role, text))))
    };
    let what = match (props.stays, props.hearing.invitation_only) {
        (true, true) => key("revoke-text-other-role-closed"),
        (true, false) => key("revoke-text-other-role"),
        (false, true) => key("revoke-text-closed"),
        (false, false) => key("revoke-text"),
    };
    let again = match (props.hearing.status, props.hearing.may.manage_roles, props.stays) {
        (HearingStatus::Draft | HearingStatus::Scheduled | HearingStatus::Open, may, stays) => match (may, stays) {
            (true, false) => key("revoke-again"),
            (false, false) => key("revoke-again-by-owner"),
            (true, true) => key("revoke-invite-again"),
            (false, true) => key("revoke-invite-again-by-owner"),
        },
        _ => key("revoke-for-good"),
    };
    let actions = html! {
        <>
            <Button kind={ButtonKind::Warning} on_press={submit.clone()}>{ t!(i18n, "revoke-confirm") }</Button>
            <Button kind={ButtonKind::Secondary} on_press={props.on_close.clone()}>{ t!(i18n, "cancel") }</Button>
        </>
    };
    html! {
        <Dialog
            id="revoke-access"
            open={props.of.is_some()}
            on_close={props.on_close.clone()}
            heading={t!(i18n, "revoke-heading", name = name.as_str())}
            {actions}
        >
            <p>{ t!(i18n, what, name = name.as_str()) }</p>
            <p>{ t!(i18n, again) }</p>
            <Form errors={form.errors()} one_field=true on_submit={submit}>
                <TextArea
                    pointer="/reason"
                    label={t!(i18n, "revoke-reason")}
                    hint={t!(i18n, "revoke-reason-hint")}
                    value={reason}
                    {on_input}
                    limit={limits::REASON}
                    rows={3}
                />
            </Form>
        </Dialog>
    }
}
