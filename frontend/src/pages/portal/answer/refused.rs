//! Stands where no answer can be sent: why, and every word that was written.

use std::rc::Rc;

use openapi::{hearings::HearingStatus, problem::ProblemCode};
use yew::prelude::*;

use super::step::Answering;
use crate::{
    components::{Alert, AlertKind, Link, ResponseArticle},
    i18n::{key, use_i18n},
    route::Route,
    shown_response::ShownResponse,
    t,
};

#[derive(Properties, PartialEq)]
pub(super) struct RefusedProps {
    pub(super) answering: Rc<Answering>,
}

/// Why no answer can be sent, and what was written.
#[component]
pub(super) fn Refused(props: &RefusedProps) -> Html {
    let i18n = use_i18n();
    let hearing = &props.answering.hearing;
    let yours = hearing.your_answer.as_ref();
    let refused = yours.and_then(|yours| yours.refused);
    let has_sent = yours.is_some_and(|yours| !yours.sent.is_empty());
    html! {
        <>
            <Alert kind={AlertKind::Warning} heading={t!(i18n, "answer-refused")}>
                <p>{ t!(i18n, why(hearing.status, refused)) }</p>
            </Alert>
            if let Some(draft) = &props.answering.draft {
                <h2>{ t!(i18n, "answer-your-draft") }</h2>
                <p>{ t!(i18n, "answer-your-draft-text") }</p>
                <div class="panel panel--plain">
                    <ResponseArticle response={ShownResponse::unsent(draft, hearing)} />
                </div>
            }
            <div class="actions">
                if has_sent {
                    <Link class="button button-primary" to={Route::AnswerReceipt { id: hearing.id }}>
                        { t!(i18n, "answer-see-receipt") }
                    </Link>
                }
                <Link to={Route::hearing(hearing.id, &hearing.title)}>{ t!(i18n, "back-to-hearing") }</Link>
            </div>
        </>
    }
}

/// Why no answer can be sent: first what holds for everybody, then what holds for whoever is here.
fn why(status: HearingStatus, refused: Option<ProblemCode>) -> &'static str {
    match status {
        HearingStatus::Draft => key("answer-not-draft"),
        HearingStatus::Scheduled => key("answer-not-open-yet"),
        HearingStatus::Processing => key("answer-deadline-passed"),
        HearingStatus::Concluded => key("answer-concluded"),
        HearingStatus::Cancelled => key("answer-cancelled"),
        HearingStatus::Open | HearingStatus::Unknown => match refused {
            Some(ProblemCode::ResponseLimit | ProblemCode::DraftSent) => key("answer-limit"),
            Some(ProblemCode::DeadlinePassed) => key("answer-deadline-passed"),
            _ => key("answer-not-invited"),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_holds_for_everybody_is_said_first() {
        let sent = Some(ProblemCode::ResponseLimit);
        assert_eq!(why(HearingStatus::Open, sent), "answer-limit");
        assert_eq!(why(HearingStatus::Open, None), "answer-not-invited");
        assert_eq!(why(HearingStatus::Cancelled, sent), "answer-cancelled");
        assert_eq!(why(HearingStatus::Concluded, Some(ProblemCode::DeadlinePassed)), "answer-concluded");
    }
}
