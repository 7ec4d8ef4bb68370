//! A hearing in a list: what it is about, when it closes, and how the reader stands to it.

use std::rc::Rc;

use openapi::{
    hearings::{Fragment, HearingStatus, HearingSummary},
    time::days_left,
};
use yew::prelude::*;

use super::{Badge, BadgeKind, Link, StatusBadge};
use crate::{clock, hearing_text, i18n::use_i18n, route::Route, t};

/// What a hearing in a list needs.
#[derive(Properties, PartialEq)]
pub struct HearingCardProps {
    /// The hearing.
    pub hearing: Rc<HearingSummary>,
}

/// A hearing in a list.
#[component]
pub fn HearingCard(props: &HearingCardProps) -> Html {
    let i18n = use_i18n();
    let hearing = &props.hearing;
    let to = Route::hearing(hearing.id, &hearing.title);
    let when = hearing_text::when(hearing.status, hearing.starts_on, hearing.deadline_on, &i18n);
    html! {
        <article class="hearing-card">
            <div>
                <div class="meta">
                    <StatusBadge status={hearing.status} />
                    if hearing.your_draft.is_some() {
                        <Badge kind={BadgeKind::Info} text={t!(i18n, "card-draft")} />
                    }
                    if let Some(number) = hearing.your_responses.last() {
                        <Badge kind={BadgeKind::Success} text={t!(i18n, "card-answered", number = *number)} />
                    }
                    if hearing.invitation_only {
                        <Badge text={t!(i18n, "card-invitation-only")} />
                    }
                </div>
                <h3><Link {to}>{ &hearing.title }</Link></h3>
                if hearing.excerpt.is_empty() {
                    <p>{ &hearing.summary }</p>
                } else {
                    <p>{ for hearing.excerpt.iter().map(fragment) }</p>
                }
                <div class="meta">
                    if let Some(when) = when {
                        <span>{ when }</span>
                    }
                    if let Some(count) = hearing.response_count {
                        <span>{ t!(i18n, "response-count", count = count) }</span>
                    }
                </div>
            </div>
            { countdown(hearing, &i18n) }
        </article>
    }
}

fn fragment(fragment: &Fragment) -> Html {
    let text = &fragment.text;
    if fragment.hit {
        html! { <mark>{ text }</mark> }
    } else {
        html! { { text } }
    }
}

/// The days left as a figure that the eye finds when it runs down a list.
fn countdown(hearing: &HearingSummary, i18n: &crate::i18n::I18n) -> Html {
    let (HearingStatus::Open, Some(deadline_on)) = (hearing.status, hearing.deadline_on) else {
        return Html::default();
    };
    let now = clock::now();
    match days_left(deadline_on, now) {
        days @ 2.. => html! {
            <div class="hearing-card-side">
                <span class="countdown">{ i18n.number(days) }</span>
                <span>{ t!(i18n, "card-days-left") }</span>
            </div>
        },
        _ => html! {
            <div class="hearing-card-side">
                <strong>{ hearing_text::time_left(deadline_on, now, i18n) }</strong>
            </div>
        },
    }
}

/// What a list of hearings needs.
#[derive(Properties, PartialEq)]
pub struct HearingListProps {
    /// The hearings.
    pub hearings: Vec<HearingSummary>,
}

/// Hearings in a list.
#[component]
pub fn HearingList(props: &HearingListProps) -> Html {
    html! {
        <ul class="plain-list hearing-list">
            { for props.hearings.iter().map(|hearing| html! {
                // Without keys: a hearing that moves while pages are fetched may stand in two of them.
                <li><HearingCard hearing={Rc::new(hearing.clone())} /></li>
            }) }
        </ul>
    }
}
