//! Somebody else has changed the hearing meanwhile: what differs, and the choice between the two.

use std::rc::Rc;

use openapi::hearings::Hearing;
use yew::prelude::*;

use super::written::Written;
use crate::{
    audit_text,
    components::{Alert, AlertKind, Button, ButtonKind, Details},
    i18n::{I18n, key, use_i18n},
    t,
};

/// What is being chosen between.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Competition {
    /// Nothing: all is well.
    None,
    /// The hearing as somebody else has left it, beside what is in the form.
    Theirs(Rc<Hearing>),
    /// What the author wrote and put aside for the newest, or found in this tab from before.
    PutAside(Written),
}

/// What the author chose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// What is in the form replaces what somebody else wrote.
    Overwrite,
    /// The newest comes into the form.
    Load,
    /// What was put aside comes into the form again.
    PutBack,
    /// What was put aside is not needed any more.
    Drop,
}

#[derive(Properties, PartialEq)]
pub(super) struct ConflictProps {
    pub(super) competition: Competition,
    /// What is in the form.
    pub(super) written: Rc<Written>,
    /// Told what the author chose.
    pub(super) on_choose: Callback<Verdict>,
}

/// What differs, and the choice.
#[component]
pub(super) fn Conflict(props: &ConflictProps) -> Html {
    let i18n = use_i18n();
    let button = |kind: ButtonKind, verdict: Verdict, text: &'static str| {
        html! { <Button {kind} on_press={props.on_choose.reform(move |()| verdict)}>{ t!(i18n, text) }</Button> }
    };
    match &props.competition {
        Competition::None => Html::default(),
        Competition::Theirs(hearing) => html! {
            <Alert kind={AlertKind::Warning} heading={t!(i18n, "conflict-heading")} live=true>
                <p>{ t!(i18n, "conflict-text") }</p>
                { differences(&props.written, &Written::of(hearing), &i18n) }
                <div class="actions">
                    { button(ButtonKind::Secondary, Verdict::Overwrite, key("conflict-overwrite")) }
                    { button(ButtonKind::Secondary, Verdict::Load, key("conflict-load")) }
                </div>
            </Alert>
        },
        Competition::PutAside(mine) => html! {
            <Alert kind={AlertKind::Info} heading={t!(i18n, "conflict-aside-heading")} live=true>
                <p>{ t!(i18n, "conflict-aside-text") }</p>
                { differences(mine, &props.written, &i18n) }
                <div class="actions">
                    { button(ButtonKind::Secondary, Verdict::PutBack, key("conflict-put-back")) }
                    { button(ButtonKind::Tertiary, Verdict::Drop, key("conflict-drop")) }
                </div>
            </Alert>
        },
    }
}

/// A field in both versions.
#[derive(Debug, PartialEq)]
struct Difference {
    field: &'static str,
    mine: String,
    theirs: String,
}

fn differences(mine: &Written, theirs: &Written, i18n: &I18n) -> Html {
    let difference = |difference: Difference| {
        let side = |label: AttrValue, text: &str| {
            let text = audit_text::value(difference.field, text, i18n);
            html! {
                <div>
                    <p class="weight-semibold">{ label }</p>
                    <p class="plain-text" lang="da">{ if text.is_empty() { AttrValue::from("–") } else { text } }</p>
                </div>
            }
        };
        html! {
            <Details summary={audit_text::field(difference.field, i18n)}>
                <div class="side-by-side">
                    { side(t!(i18n, "conflict-mine"), &difference.mine) }
                    { side(t!(i18n, "conflict-theirs"), &difference.theirs) }
                </div>
            </Details>
        }
    };
    html! { <>{ for compare(mine, theirs).into_iter().map(difference) }</> }
}

fn compare(mine: &Written, theirs: &Written) -> Vec<Difference> {
    let day = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    let sections = |written: &Written| {
        let texts: Vec<_> =
            written.sections.iter().map(|section| format!("{}\n{}", section.title, section.body)).collect();
        texts.join("\n\n")
    };
    let fields = |written: &Written| {
        [
            ("title", written.title.clone()),
            ("summary", written.summary.clone()),
            ("startsOn", day(written.starts_on)),
            ("deadlineOn", day(written.deadline_on)),
            ("audience", written.audience.to_string()),
            ("invitationOnly", written.invitation_only.to_string()),
            ("responsesShown", written.responses_shown.to_string()),
            ("respondentShown", written.respondent_shown.to_string()),
            ("contactName", written.contact.name.clone()),
            ("contactDepartment", written.contact.department.clone()),
            ("contactEmail", written.contact.email.clone()),
            ("contactPhone", written.contact.phone.clone()),
            ("sections", sections(written)),
        ]
    };
    fields(mine)
        .into_iter()
        .zip(fields(theirs))
        .filter(|((_, mine), (_, theirs))| mine != theirs)
        .map(|((field, mine), (_, theirs))| Difference { field, mine, theirs })
        .collect()
}
