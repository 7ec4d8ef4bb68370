//! Writing a conclusion and giving it, after it was said who will see it.

use openapi::{
    client::Error,
    hearings::{ConcludeHearing, Hearing},
    limits,
    problem::ProblemCode,
};
use yew::prelude::*;

use super::{
    super::{CaseFile, Tab},
    copy_of,
};
use crate::{
    components::{Alert, Button, Confirm, Form, Link, MarkdownField},
    form_errors::FormErrors,
    hearing_text::Readers,
    hooks::{use_action, use_form, use_kept, use_leave_warning},
    i18n::{key, use_i18n},
    t,
};

#[derive(Properties, PartialEq)]
pub(super) struct ConcludeFormProps {
    pub(super) case: CaseFile,
}

/// The form of a conclusion. It is on the server only once it is given; until then a copy lies on this device.
#[component]
pub(super) fn ConcludeForm(props: &ConcludeFormProps) -> Html {
    let i18n = use_i18n();
    let hearing = props.case.hearing.clone();
    let id = hearing.id;
    let kept = use_kept(copy_of(id));
    let found = use_memo((), |()| kept.find::<String>());
    let text = {
        let found = found.clone();
        use_state_eq(move || (*found).clone().unwrap_or_default())
    };
    let is_kept = use_state_eq(|| true);
    let form = use_form();
    let asking = use_state_eq(|| false);
    use_leave_warning(!*is_kept && !text.trim().is_empty());
    let done = {
        let (form, asking, kept, i18n) = (form.clone(), asking.setter(), kept.clone(), i18n.clone());
        let (replace, reload) = (props.case.replace.clone(), props.case.reload.clone());
        Callback::from(move |answer: Result<Hearing, Error>| {
            asking.set(false);
            match answer {
                Ok(hearing) => {
                    kept.forget();
                    replace.emit(hearing);
                }
                Err(error) if error.is(ProblemCode::PreconditionFailed) => {
                    // Perhaps only a role was given; the newest is fetched, and the text stays.
                    form.say(FormErrors { general: Some(t!(i18n, "outcome-stale")), ..FormErrors::default() });
                    reload.emit(());
                }
                Err(error) => form.refused(&error),
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
        let (text, is_kept) = (text.setter(), is_kept.setter());
        Callback::from(move |written: String| {
            if written.trim().is_empty() {
                kept.forget();
            } else {
                is_kept.set(kept.keep(&written));
            }
            text.set(written);
        })
    };
    let on_submit = {
        let (text, form, asking) = (text.clone(), form.clone(), asking.setter());
        Callback::from(move |()| asking.set(form.accepts(&ConcludeHearing { conclusion: (*text).clone() })))
    };
    let on_close = {
        let asking = asking.setter();
        Callback::from(move |()| asking.set(false))
    };
    let on_confirm = {
        let text = text.clone();
        conclude.run.reform(move |()| (*text).clone())
    };
    let seen = match Readers::of(&hearing) {
        Readers::Invited => key("conclude-seen-invited"),
        Readers::Employees => key("conclude-seen-internal"),
        Readers::Everybody => key("conclude-seen-public"),
    };
    html! {
        <>
            <p>{ t!(i18n, "conclude-text") }{ " " }<Link to={Tab::Responses.route(id)}>{ t!(i18n, "outcome-to-responses") }</Link></p>
            if found.is_some() {
                <Alert><p>{ t!(i18n, "conclude-found") }</p></Alert>
            }
            <Form errors={form.errors()} {on_submit}>
                <MarkdownField
                    pointer="/conclusion"
                    label={t!(i18n, "conclude-field")}
                    value={(*text).clone()}
                    {on_input}
                    limit={limits::CONCLUSION}
                    rows={12}
                />
                <p class="muted">
                    { if *is_kept { t!(i18n, "conclude-kept") } else { t!(i18n, "conclude-not-kept") } }
                </p>
                <div class="actions">
                    <Button kind_of_press="submit">{ t!(i18n, "conclude") }</Button>
                </div>
            </Form>
            <Confirm
                id="conclude"
                open={*asking}
                {on_close}
                heading={t!(i18n, "conclude-heading")}
                confirm={t!(i18n, "conclude-confirm")}
                busy={conclude.busy}
                {on_confirm}
            >
                <p>{ t!(i18n, "publish-next") }</p>
                <ul>
                    <li>{ t!(i18n, seen) }</li>
                    <li>{ t!(i18n, "conclude-status") }</li>
                    <li>{ t!(i18n, "conclude-final") }</li>
                </ul>
            </Confirm>
        </>
    }
}
