//! When the hearing runs, whom it is for, and what people see of each other.

use std::str::FromStr;

use openapi::hearings::{Audience, RespondentShown, ResponsesShown};
use yew::prelude::*;

use super::basics::PartProps;
use crate::{
    case_text,
    components::{Checkbox, Choice, DateField, RadioGroup},
    i18n::{I18n, use_i18n},
    t,
};

/// Start and deadline.
#[component]
pub(super) fn Period(props: &PartProps) -> Html {
    let i18n = use_i18n();
    let PartProps { written, edit } = props;
    html! {
        <>
            <DateField
                pointer="/startsOn"
                label={t!(i18n, "edit-starts-on")}
                hint={t!(i18n, "edit-starts-on-hint")}
                value={written.starts_on}
                on_input={edit.with(|written, day| written.starts_on = day)}
                optional=true
            />
            <DateField
                pointer="/deadlineOn"
                label={t!(i18n, "edit-deadline-on")}
                hint={match written.deadline_on {
                    Some(day) => t!(i18n, "edit-deadline-on-is", deadline = i18n.dates().deadline(day)),
                    None => t!(i18n, "edit-deadline-on-hint"),
                }}
                value={written.deadline_on}
                on_input={edit.with(|written, day| written.deadline_on = day)}
            />
        </>
    }
}

/// Whom it is for.
#[component]
pub(super) fn Readers(props: &PartProps) -> Html {
    let i18n = use_i18n();
    let PartProps { written, edit } = props;
    let audience = |value: Audience, hint: AttrValue| {
        Choice::new(value.as_str(), t!(i18n, case_text::audience(value))).with_hint(hint)
    };
    html! {
        <>
            <RadioGroup
                pointer="/audience"
                legend={t!(i18n, "edit-audience")}
                choices={vec![
                    audience(Audience::Internal, t!(i18n, "audience-internal-means")),
                    audience(Audience::Public, t!(i18n, "audience-public-means")),
                ]}
                value={written.audience.as_str()}
                on_change={edit.with(|written, value: AttrValue| set(&mut written.audience, &value))}
            />
            <Checkbox
                pointer="/invitationOnly"
                label={t!(i18n, "edit-invitation-only")}
                hint={t!(i18n, "edit-invitation-only-hint")}
                checked={written.invitation_only}
                on_change={edit.with(|written, yes| written.invitation_only = yes)}
            />
        </>
    }
}

/// What people see of each other's answers.
#[component]
pub(super) fn Openness(props: &PartProps) -> Html {
    let i18n = use_i18n();
    let PartProps { written, edit } = props;
    html! {
        <>
            <RadioGroup
                pointer="/responsesShown"
                legend={t!(i18n, "edit-responses-shown")}
                choices={shown(&i18n)}
                value={written.responses_shown.as_str()}
                on_change={edit.with(|written, value: AttrValue| set(&mut written.responses_shown, &value))}
            />
            if written.responses_shown != ResponsesShown::Never {
                <RadioGroup
                    pointer="/respondentShown"
                    legend={t!(i18n, "edit-respondent-shown")}
                    hint={t!(i18n, "edit-respondent-shown-hint")}
                    choices={RespondentShown::ALL
                        .iter()
                        .map(|value| Choice::new(value.as_str(), t!(i18n, case_text::respondent_shown(*value))))
                        .collect::<Vec<_>>()}
                    value={written.respondent_shown.as_str()}
                    on_change={edit.with(|written, value: AttrValue| set(&mut written.respondent_shown, &value))}
                />
            }
        </>
    }
}

fn shown(i18n: &I18n) -> Vec<Choice> {
    let choice = |value: &ResponsesShown| {
        let hint = t!(i18n, case_text::responses_shown_means(*value));
        Choice::new(value.as_str(), t!(i18n, case_text::responses_shown(*value))).with_hint(hint)
    };
    ResponsesShown::ALL.iter().map(choice).collect()
}

fn set<T: FromStr>(field: &mut T, value: &str) {
    if let Ok(value) = value.parse() {
        *field = value;
    }
}
