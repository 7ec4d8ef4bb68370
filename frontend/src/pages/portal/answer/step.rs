//! What the steps of answering share: who is logged in, the hearing, the draft, and what has to be told before sending.

use std::rc::Rc;

use futures::try_join;
use openapi::{
    client::Error,
    drafts::Draft,
    hearings::Hearing,
    ids::HearingId,
    texts::{Text, TextName},
};
use yew::prelude::*;

use super::refused::Refused;
use crate::{
    components::{Crumb, PageProps, Step, StepIndicator},
    hooks::use_remote,
    i18n::{I18n, use_i18n},
    pages::{RemotePage, Restricted},
    route::Route,
    served::take_hearing,
    t,
    transport::Api,
};

/// What a step works on.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Answering {
    pub(super) hearing: Hearing,
    /// The reader's draft; absent when there is none and none can be begun.
    pub(super) draft: Option<Draft>,
    pub(super) terms: Text,
}

/// Finds the draft, or begins one where that is possible.
async fn load(api: Rc<Api>, id: HearingId) -> Result<Answering, Error> {
    let (hearing, terms) = try_join!(api.get_hearing(id), api.get_text(TextName::ResponseTerms))?;
    let begun = hearing.your_answer.as_ref().and_then(|yours| yours.draft);
    let draft = match begun {
        Some(draft) => Some(api.get_draft(id, draft).await?),
        None if hearing.may.answer => Some(api.create_draft(id).await?.item),
        None => None,
    };
    Ok(Answering { hearing, draft, terms })
}

#[derive(Properties, PartialEq)]
pub(super) struct StepPageProps {
    pub(super) id: HearingId,
    /// The step, counted from 0.
    pub(super) step: usize,
    /// Draws the step where an answer can be sent.
    pub(super) draw: Callback<Rc<Answering>, Html>,
}

/// The frame of a step that works on a draft. Where no answer can be sent it says why, and shows what was written.
#[component]
pub(super) fn StepPage(props: &StepPageProps) -> Html {
    let i18n = use_i18n();
    // Its title is known at once when the server wrote it into the page; the rest is asked for all the same.
    let served = use_memo(props.id, |id| take_hearing(*id).map(|hearing| hearing.title));
    let crumbs = crumbs(props.id, served.as_deref(), &i18n);
    html! {
        <Restricted title={title(props.step, &i18n)} crumbs={crumbs.clone()} login={t!(i18n, "answer-login")} narrow=true>
            <Loaded id={props.id} step={props.step} draw={props.draw.clone()} {crumbs} />
        </Restricted>
    }
}

#[derive(Properties, PartialEq)]
struct LoadedProps {
    id: HearingId,
    step: usize,
    draw: Callback<Rc<Answering>, Html>,
    /// The way here, as far as it is known before anything is loaded.
    crumbs: Vec<Crumb>,
}

/// The same once it is known who is logged in: beginning a draft needs that.
#[component]
fn Loaded(props: &LoadedProps) -> Html {
    let i18n = use_i18n();
    let answering = use_remote(props.id, load);
    let page = answering.data().map(|answering| {
        let can_send = answering.hearing.may.answer && answering.draft.is_some();
        yew::props!(PageProps {
            title: title(props.step, &i18n),
            crumbs: Some(crumbs(props.id, Some(&answering.hearing.title), &i18n)),
            above: steps(props.id, props.step, &i18n),
            narrow: true,
            children: match can_send {
                true => props.draw.emit(answering.clone()),
                false => html! { <Refused answering={answering.clone()} /> },
            },
        })
    });
    html! {
        <RemotePage
            remote={answering.status()}
            what={t!(i18n, "what-answer")}
            crumbs={props.crumbs.clone()}
            above={steps(props.id, props.step, &i18n)}
            narrow=true
            {page}
        />
    }
}

/// The way to a step: over the hearing, once its title is known.
pub(super) fn crumbs(id: HearingId, title: Option<&str>, i18n: &I18n) -> Vec<Crumb> {
    let hearing = title.map(|title| Crumb::new(Route::hearing(id, title), title.to_owned()));
    std::iter::once(Crumb::new(Route::Hearings, t!(i18n, "nav-hearings"))).chain(hearing).collect()
}

fn title(step: usize, i18n: &I18n) -> AttrValue {
    if step == 0 { t!(i18n, "write-title") } else { t!(i18n, "check-title") }
}

/// Where one is in answering.
pub(super) fn steps(id: HearingId, current: usize, i18n: &I18n) -> Html {
    let reachable = |index: usize, route: Route| (index < current && current < 2).then_some(route);
    let steps = vec![
        Step { text: t!(i18n, "step-write"), to: reachable(0, Route::Answer { id }) },
        Step { text: t!(i18n, "step-check"), to: reachable(1, Route::AnswerCheck { id }) },
        Step { text: t!(i18n, "step-receipt"), to: None },
    ];
    html! { <StepIndicator {steps} {current} /> }
}

/// What others see of whoever sends the answer.
pub(super) fn sender(draft: &Draft, i18n: &I18n) -> AttrValue {
    match draft.sender_as_shown.as_str() {
        "" => t!(i18n, "write-shown-as-nobody"),
        sender => t!(i18n, "write-shown-as", sender = sender),
    }
}
