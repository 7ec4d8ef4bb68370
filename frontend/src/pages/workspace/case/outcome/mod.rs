//! What comes of a hearing: its conclusion, or when it can be written.

mod concluded;
mod earlier;
mod form;
mod saving;
mod server_copy;

use openapi::hearings::{Hearing, HearingRole, HearingStatus};
use yew::prelude::*;

use self::{concluded::Concluded, form::WriteConclusion};
use super::CaseFile;
use crate::{
    components::{EmptyState, Link},
    i18n::{I18n, use_i18n},
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
    // The form's last save can end when the conclusion stands here already.
    let refusals = use_state_eq(|| 0_u32);
    let on_refused = {
        let (count, refusals) = (use_mut_ref(|| 0_u32), refusals.setter());
        Callback::from(move |()| {
            let next = count.borrow().wrapping_add(1);
            count.replace(next);
            refusals.set(next);
        })
    };
    html! {
        <>
            <h2>{ t!(i18n, "outcome-heading") }</h2>
            if hearing.conclusion.is_some() {
                <Concluded case={props.case.clone()} refusals={*refusals} />
            } else if hearing.may.write_conclusion {
                <WriteConclusion case={props.case.clone()} {on_refused} />
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
