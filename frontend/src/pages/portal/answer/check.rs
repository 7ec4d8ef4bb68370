//! Second step: the answer exactly as others will see it, what happens to it, and sending.

use std::rc::Rc;

use openapi::{
    client::Error,
    drafts::{Draft, SendDraft},
    hearings::ResponsesShown,
    ids::HearingId,
    responses::Receipt,
};
use yew::prelude::*;
use yew_router::{AnyRoute, Routable, prelude::use_navigator};

use super::{
    step::{Answering, StepPage, sender},
    write::copy_of,
};
use crate::{
    aside::AsidePlace,
    components::{Button, Details, Form, Link, ResponseArticle, RichText},
    hooks::{use_action, use_form, use_kept},
    i18n::{key, use_i18n},
    pages::portal::hearing::shown,
    route::Route,
    shown_response::ShownResponse,
    t,
};

#[derive(Properties, PartialEq)]
pub(in crate::pages::portal) struct CheckProps {
    /// The hearing.
    pub(in crate::pages::portal) id: HearingId,
}

/// Second step of answering.
#[component]
pub(in crate::pages::portal) fn Check(props: &CheckProps) -> Html {
    let draw = Callback::from(move |answering: Rc<Answering>| {
        let Some(draft) = answering.draft.clone() else { return Html::default() };
        html! { <CheckForm {answering} {draft} /> }
    });
    html! { <StepPage id={props.id} step={1} {draw} /> }
}

#[derive(Properties, PartialEq)]
struct CheckFormProps {
    answering: Rc<Answering>,
    draft: Draft,
}

#[component]
fn CheckForm(props: &CheckFormProps) -> Html {
    let i18n = use_i18n();
    let navigator = use_navigator();
    let form = use_form();
    let CheckFormProps { answering, draft } = props;
    let (hearing, terms) = (&answering.hearing, &answering.terms);
    let hearing_id = hearing.id;
    let kept = use_kept(copy_of(draft.id));
    let done = {
        let form = form.clone();
        Callback::from(move |answer: Result<Receipt, Error>| match answer {
            Ok(receipt) => {
                // The draft is no more, nor what lies here of it.
                kept.forget();
                AsidePlace::beside(&kept).forget();
                if let Some(navigator) = &navigator {
                    let path = Route::AnswerReceipt { id: hearing_id }.to_path();
                    // Back must not lead to a page that would send again.
                    navigator.replace(&AnyRoute::new(format!("{path}?svar={}", receipt.response)));
                }
            }
            Err(error) => form.refused(&error),
        })
    };
    let send = {
        let (draft_id, version, terms_version) = (draft.id, draft.version, terms.version.clone());
        use_action(
            move |api, ()| {
                let request = SendDraft { terms_version: terms_version.clone() };
                // The same draft under the same terms is the same sending, from whichever tab it comes.
                let key = format!("send-{draft_id}-{version}");
                async move { api.send_draft(hearing_id, draft_id, version, &request, &key).await }
            },
            done,
        )
    };
    let edits = draft.edits.is_some();
    let seen = match hearing.responses_shown {
        ResponsesShown::Never => t!(i18n, "check-seen-never"),
        _ => sender(draft, &i18n),
    };
    html! {
        <Form errors={form.errors()} on_submit={send.run.reform(|()| ())}>
            <p class="lead">{ t!(i18n, "check-lead") }</p>
            <div class="panel panel--plain">
                <ResponseArticle level={2} response={ShownResponse::unsent(draft, hearing)} />
                <p><Link to={Route::Answer { id: hearing_id }}>{ t!(i18n, "check-edit") }</Link></p>
            </div>
            <h2>{ t!(i18n, "check-next") }</h2>
            <ul>
                <li>{ seen }</li>
                <li>{ t!(i18n, shown(hearing.responses_shown)) }</li>
                <li>{ t!(i18n, if edits { key("check-edit-receipt") } else { key("check-receipt") }) }</li>
                <li>{ t!(i18n, "check-changes") }</li>
            </ul>
            <Details summary={terms.title.clone()} open=true>
                <RichText html={terms.body_html.clone()} />
            </Details>
            <div class="actions">
                <Button kind_of_press="submit" busy={send.busy} icon="send">
                    { match (send.busy, edits) {
                        (true, _) => t!(i18n, "check-sending"),
                        (false, true) => t!(i18n, "check-send-edit"),
                        (false, false) => t!(i18n, "check-send"),
                    } }
                </Button>
                <Link to={Route::Answer { id: hearing_id }}>{ t!(i18n, "check-back") }</Link>
            </div>
        </Form>
    }
}
