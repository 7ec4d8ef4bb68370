//! The question before an invitee's access is revoked: why.

use openapi::{
    hearings::{RevokeRole, RoleAssignment},
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
    /// Whose access it is; the question is asked while there is somebody.
    pub(super) of: Option<RoleAssignment>,
    /// Whether the hearing is for invited people alone.
    pub(super) invitation_only: bool,
    pub(super) on_revoke: Callback<(RoleAssignment, RevokeRole)>,
    pub(super) on_close: Callback<()>,
}

/// The question, with a field for the reason.
#[component]
pub(super) fn Revoke(props: &RevokeProps) -> Html {
    let i18n = use_i18n();
    let form = use_form();
    let reason = use_state(String::new);
    let name = props.of.as_ref().map(|assignment| assignment.employee.name.clone()).unwrap_or_default();
    let submit = {
        let (form, reason, of, on_revoke) = (form.clone(), reason.clone(), props.of.clone(), props.on_revoke.clone());
        Callback::from(move |()| {
            let request = RevokeRole { reason: reason.trim().to_owned() };
            if let Some(assignment) = &of
                && form.accepts(&request)
            {
                reason.set(String::new());
                on_revoke.emit((assignment.clone(), request));
            }
        })
    };
    let on_input = {
        let reason = reason.setter();
        Callback::from(move |text| reason.set(text))
    };
    let what = if props.invitation_only { key("revoke-text-closed") } else { key("revoke-text") };
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
            <p>{ t!(i18n, "revoke-again") }</p>
            <Form errors={form.errors()} on_submit={submit}>
                <TextArea
                    pointer="/reason"
                    label={t!(i18n, "revoke-reason")}
                    hint={t!(i18n, "revoke-reason-hint")}
                    value={(*reason).clone()}
                    {on_input}
                    limit={limits::REASON}
                    rows={3}
                />
            </Form>
        </Dialog>
    }
}
