//! Where a hearing is in its life, in a word or two.

use openapi::hearings::HearingStatus;
use yew::prelude::*;

use super::{Badge, BadgeKind};
use crate::{hearing_text, i18n::use_i18n, t};

/// What it needs.
#[derive(Properties, PartialEq)]
pub struct StatusBadgeProps {
    /// Where the hearing is.
    pub status: HearingStatus,
}

/// Where a hearing is in its life.
#[component]
pub fn StatusBadge(props: &StatusBadgeProps) -> Html {
    let i18n = use_i18n();
    let kind = match props.status {
        HearingStatus::Draft | HearingStatus::Concluded | HearingStatus::Unknown => BadgeKind::Neutral,
        HearingStatus::Scheduled => BadgeKind::Info,
        HearingStatus::Open => BadgeKind::Success,
        HearingStatus::Processing => BadgeKind::Warning,
        HearingStatus::Cancelled => BadgeKind::Error,
    };
    html! { <Badge {kind} text={t!(i18n, hearing_text::status(props.status))} /> }
}
