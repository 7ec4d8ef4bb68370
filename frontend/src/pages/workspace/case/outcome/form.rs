//! Writing a conclusion and giving it, after it was said who will see it.

use gloo_timers::future::TimeoutFuture;
use openapi::{
    client::Error,
    hearings::{Audience, ConcludeHearing, Hearing},
    limits,
    problem::ProblemCode,
    validation::Validate,
};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::{
    super::{CaseFile, Tab},
    unsent,
};
use crate::{
    components::{Alert, Button, ButtonKind, Dialog, Form, Link, MarkdownField},
    form_errors::FormErrors,
    hooks::{use_action, use_leave_warning},
    i18n::{key, use_i18n},
    t,
};

#[derive(Properties, PartialEq)]
pub(super) struct ConcludeFormProps {
    pub(super) case: CaseFile,
}

/// The form of a conclusion.
#[component]
pub(super) fn ConcludeForm(props: &ConcludeFormProps) -> Html {
    let i18n = use_i18n();
    let hearing = props.case.hearing.clone();
    let id = hearing.id;
    let found = use_memo((), move |()| unsent::find(id));
    let text = {
        let found = found.clone();
        use_state_eq(move || (*found).clone().unwrap_or_default())
    };
    let errors = use_state(FormErrors::default);
    let asking = use_state_eq(|| false);
    use_leave_warning(!text.trim().is_empty());
    let done = {
        let (errors, asking, i18n) = (errors.clone(), asking.setter(), i18n.clone());
        let (replace, reload) = (props.case.replace.clone(), props.case.reload.clone());
        Callback::from(move |answer: Result<Hearing, Error>| {
            asking.set(false);
            match answer {
                Ok(hearing) => {
                    unsent::forget(id);
                    replace.emit(hearing);
                }
                Err(error) => {
                    let stale = error.problem().is_some_and(|problem| problem.code == ProblemCode::PreconditionFailed);
                    let mut said = FormErrors::from_error(&error, &i18n);
                    if stale {
                        // Perhaps only a role was given; the newest is fetched, and the text stays.
                        said.general = Some(t!(i18n, "outcome-stale"));
                        reload.emit(());
                    }
                    let errors = errors.clone();
                    spawn_local(async move {
                        // The question closes first: while it stands, nothing under it takes the focus.
                        TimeoutFuture::new(0).await;
                        errors.set(said.after(&errors));
                    });
                }
            }
        })
    };
    let conclude = {
        let version = hearing.version;
        use_action(
            move |api, conclusion: String| async move {
                api.conclude_hearing(id, version, &ConcludeHearing { conclusion }).await
            },
            done,
        )
    };
    let on_input = {
        let text = text.setter();
        Callback::from(move |written: String| {
            unsent::keep(id, &written);
            text.set(written);
        })
    };
    let on_submit = {
        let (text, errors, asking, i18n) = (text.clone(), errors.clone(), asking.setter(), i18n.clone());
        Callback::from(move |()| match (ConcludeHearing { conclusion: (*text).clone() }).validate() {
            Ok(()) => {
                errors.set(FormErrors::default());
                asking.set(true);
            }
            Err(wrong) => errors.set(FormErrors::from_fields(&wrong, &i18n).after(&errors)),
        })
    };
    let on_close = {
        let asking = asking.setter();
        Callback::from(move |()| asking.set(false))
    };
    let confirm = {
        let (run, text) = (conclude.run.clone(), text.clone());
        Callback::from(move |()| run.emit((*text).clone()))
    };
    let seen = match (hearing.invitation_only, hearing.audience) {
        (true, _) => key("conclude-seen-invited"),
        (false, Audience::Internal) => key("conclude-seen-internal"),
        (false, Audience::Public | Audience::Unknown) => key("conclude-seen-public"),
    };
    html! {
        <>
            <p>{ t!(i18n, "conclude-text") }{ " " }<Link to={Tab::Responses.route(id)}>{ t!(i18n, "outcome-to-responses") }</Link></p>
            if found.is_some() {
                <Alert><p>{ t!(i18n, "conclude-found") }</p></Alert>
            }
            <Form errors={(*errors).clone()} {on_submit}>
                <MarkdownField
                    pointer="/conclusion"
                    label={t!(i18n, "conclude-field")}
                    value={(*text).clone()}
                    {on_input}
                    limit={limits::CONCLUSION}
                    rows={12}
                />
                <p class="muted">{ t!(i18n, "conclude-kept") }</p>
                <div class="actions">
                    <Button kind_of_press="submit">{ t!(i18n, "conclude") }</Button>
                </div>
            </Form>
            <Dialog
                id="conclude"
                open={*asking}
                on_close={on_close.clone()}
                heading={t!(i18n, "conclude-heading")}
                actions={html! {
                    <>
                        <Button busy={conclude.busy} on_press={confirm}>{ t!(i18n, "conclude-confirm") }</Button>
                        <Button kind={ButtonKind::Secondary} on_press={on_close}>{ t!(i18n, "cancel") }</Button>
                    </>
                }}
            >
                <p>{ t!(i18n, "publish-next") }</p>
                <ul>
                    <li>{ t!(i18n, seen) }</li>
                    <li>{ t!(i18n, "conclude-status") }</li>
                    <li>{ t!(i18n, "conclude-final") }</li>
                </ul>
            </Dialog>
        </>
    }
}
