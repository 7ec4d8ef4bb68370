//! What the reader can do with the hearing now: answer, go on with a draft, log in, or why not.

use std::rc::Rc;

use openapi::{
    hearings::{Hearing, HearingStatus},
    problem::ProblemCode,
};
use yew::prelude::*;

use crate::{
    components::Link,
    dom,
    i18n::{I18n, key, use_i18n},
    route::Route,
    session::use_session,
    t,
};

#[derive(Properties, PartialEq)]
pub(super) struct CallToActionProps {
    pub(super) hearing: Rc<Hearing>,
}

/// What the reader can do with the hearing now. Stands over and under its text.
#[component]
pub(super) fn CallToAction(props: &CallToActionProps) -> Html {
    let i18n = use_i18n();
    let session = use_session();
    let hearing = &props.hearing;
    let answer = Route::Answer { id: hearing.id };
    let has_draft = hearing.your_answer.as_ref().is_some_and(|yours| yours.draft.is_some());
    let edits = hearing.your_answer.as_ref().is_some_and(|yours| yours.edits.is_some());
    let anonymous = session.is_known() && session.account().is_none();
    let action = if hearing.may.answer {
        html! {
            <>
                if !edits {
                    <p>{ t!(i18n, "answer-invite") }</p>
                }
                <Link class="button button-primary" to={answer}>
                    { t!(i18n, match (edits, has_draft) {
                        (true, _) => key("answer-go-on-editing"),
                        (false, true) => key("answer-go-on"),
                        (false, false) => key("answer-write"),
                    }) }
                </Link>
            </>
        }
    } else if anonymous && hearing.status == HearingStatus::Open {
        html! {
            <>
                <p>{ t!(i18n, "answer-login") }</p>
                <a class="button button-primary" href={Route::login_address(&dom::address())}>
                    { t!(i18n, "log-in") }
                </a>
            </>
        }
    } else if let Some(why) = refusal(hearing, &i18n) {
        html! {
            <>
                <p>{ why }</p>
                if has_draft {
                    <p><Link to={answer}>{ t!(i18n, "answer-see-draft") }</Link></p>
                }
            </>
        }
    } else {
        Html::default()
    };
    let sent = sent(hearing, &i18n);
    if action == Html::default() && sent == Html::default() {
        return Html::default();
    }
    html! { <div class="panel call-to-action">{ sent }{ action }</div> }
}

/// What the reader has sent already.
fn sent(hearing: &Hearing, i18n: &I18n) -> Html {
    let responses = hearing.your_answer.as_ref().map(|yours| yours.sent.as_slice()).unwrap_or_default();
    let Some(response) = responses.last() else { return Html::default() };
    html! {
        <p>
            <strong>
                { match response.withdrawn_at {
                    None => t!(i18n, "answer-sent", number = response.number),
                    Some(_) => t!(i18n, "answer-withdrawn", number = response.number),
                } }
            </strong>
            { " " }
            <Link to={Route::AnswerReceipt { id: hearing.id }} query={format!("svar={}", response.id)}>{ t!(i18n, "answer-see-receipt") }</Link>
        </p>
    }
}

/// Why no answer can be given, where that is worth a word.
fn refusal(hearing: &Hearing, i18n: &I18n) -> Option<AttrValue> {
    match hearing.status {
        HearingStatus::Draft => return Some(t!(i18n, "answer-not-draft")),
        HearingStatus::Scheduled => return Some(t!(i18n, "answer-not-open-yet")),
        HearingStatus::Processing => return Some(t!(i18n, "answer-deadline-passed")),
        HearingStatus::Open | HearingStatus::Concluded | HearingStatus::Cancelled | HearingStatus::Unknown => {}
    }
    match hearing.your_answer.as_ref()?.refused? {
        // The number stands over it already.
        ProblemCode::ResponseLimit => None,
        ProblemCode::Forbidden => Some(t!(i18n, "answer-not-invited")),
        _ => None,
    }
}
