//! What comes of a hearing: its conclusion, or when it can be written.

mod earlier;
mod form;
mod saving;
mod server_copy;

use openapi::hearings::{Hearing, HearingRole, HearingStatus};
use yew::prelude::*;

use self::{
    earlier::Earlier,
    form::WriteConclusion,
    saving::{use_conclusion_aside, use_unsaved_conclusion},
};
use super::CaseFile;
use crate::{
    aside::Whose,
    components::{Alert, AlertKind, Button, ButtonKind, EmptyState, Instant, Link, RichText, TakeAway},
    i18n::{I18n, use_i18n},
    kept::Versioned,
    route::Route,
    t,
};

#[derive(Properties, PartialEq)]
pub(super) struct OutcomeProps {
    pub(super) case: CaseFile,
}

/// The conclusion, its form, or when it can be written.
#[component]
pub(super) fn Outcome(props: &OutcomeProps) -> Html {
    let i18n = use_i18n();
    let hearing = &props.case.hearing;
    html! {
        <>
            <h2>{ t!(i18n, "outcome-heading") }</h2>
            if hearing.conclusion.is_some() {
                <Concluded case={props.case.clone()} />
            } else if hearing.may.write_conclusion {
                <WriteConclusion case={props.case.clone()} />
            } else {
                { not_yet(hearing, &i18n) }
            }
        </>
    }
}

/// When it becomes possible, and who does it.
fn not_yet(hearing: &Hearing, i18n: &I18n) -> Html {
    let owner = hearing.your_roles.contains(&HearingRole::Owner);
    let deadline = hearing.deadline_on.map(|day| i18n.dates().deadline(day));
    let text = match (hearing.status, deadline) {
        (HearingStatus::Processing, _) => t!(i18n, "outcome-owner-writes"),
        (HearingStatus::Cancelled, _) => t!(i18n, "outcome-cancelled"),
        (HearingStatus::Draft, _) | (_, None) => t!(i18n, "outcome-after-publication"),
        (_, Some(deadline)) => t!(i18n, "outcome-after-deadline", deadline = deadline),
    };
    html! {
        <EmptyState heading={t!(i18n, "outcome-none")} level="h3">
            <p>{ text }</p>
            if owner && hearing.status == HearingStatus::Open {
                <p>{ t!(i18n, "outcome-meanwhile") }</p>
                <p><Link to={Route::CaseResponses { id: hearing.id }}>{ t!(i18n, "outcome-to-responses") }</Link></p>
            }
        </EmptyState>
    }
}

/// The conclusion as everybody sees it; and what its reader had written that is not in it, when a colleague was faster.
#[component]
fn Concluded(props: &OutcomeProps) -> Html {
    let i18n = use_i18n();
    let hearing = &props.case.hearing;
    let (kept, place) = (use_unsaved_conclusion(hearing.id), use_conclusion_aside(hearing.id));
    let own = {
        let (kept, place) = (kept.clone(), place.clone());
        use_state_eq(move || {
            let unsaved = kept.find::<Versioned<String>>().map(|copy| copy.written);
            let aside = place.find::<String>().into_iter().filter(|aside| aside.whose == Whose::Own);
            let mut all: Vec<String> = aside.map(|aside| aside.written).chain(unsaved).collect();
            all.dedup();
            all
        })
    };
    let Some(conclusion) = &hearing.conclusion else { return Html::default() };
    let drop_own = {
        let own = own.setter();
        Callback::from(move |()| {
            kept.forget();
            place.forget();
            own.set(Vec::new());
        })
    };
    let own: Vec<&String> = own.iter().filter(|text| **text != conclusion.body).collect();
    html! {
        <>
            if !own.is_empty() {
                <Alert kind={AlertKind::Warning} heading={t!(i18n, "outcome-own-heading")} level="h3" live=true>
                    <p>
                        { t!(i18n, "outcome-own-text") }{ " " }<Instant at={conclusion.concluded_at} long=true />{ ". " }
                        { t!(i18n, "outcome-own-copy") }
                    </p>
                    { for own.into_iter().map(|text| html! {
                        <div class="panel panel--plain">
                            <p class="plain-text" lang="da">{ text }</p>
                            <TakeAway text={text.clone()} name={t!(i18n, "outcome-own-file")} />
                        </div>
                    }) }
                    <Button kind={ButtonKind::Secondary} on_press={drop_own}>{ t!(i18n, "conflict-drop") }</Button>
                </Alert>
            }
            <p class="muted">{ t!(i18n, "outcome-concluded-at") }{ " " }<Instant at={conclusion.concluded_at} long=true /></p>
            <div class="panel panel--plain"><RichText html={conclusion.body_html.clone()} /></div>
            <p><Link to={Route::hearing(hearing.id, &hearing.title)}>{ t!(i18n, "outcome-see") }</Link></p>
            if hearing.may.process {
                <Earlier id={hearing.id} />
            }
        </>
    }
}
