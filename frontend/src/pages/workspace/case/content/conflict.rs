//! Somebody else has changed the hearing meanwhile: what differs, and the choice between the two.

use std::rc::Rc;

use openapi::hearings::Hearing;
use yew::prelude::*;

use super::written::Written;
use crate::{
    audit_text,
    components::{Differing, Verdict, VersionChoice, VersionQuestion},
    i18n::{I18n, use_i18n},
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
    let on_choose = props.on_choose.clone();
    match &props.competition {
        Competition::None => Html::default(),
        Competition::Theirs(hearing) => html! {
            <VersionChoice
                question={VersionQuestion::WhichHolds}
                heading={t!(i18n, "conflict-heading")}
                text={t!(i18n, "conflict-text")}
                differences={differences(&props.written, &Written::of(hearing), &i18n)}
                {on_choose}
            />
        },
        Competition::PutAside(mine) => html! {
            <VersionChoice
                question={VersionQuestion::TakeBack}
                heading={t!(i18n, "conflict-aside-heading")}
                text={t!(i18n, "conflict-aside-text")}
                differences={differences(mine, &props.written, &i18n)}
                {on_choose}
            />
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

fn differences(mine: &Written, theirs: &Written, i18n: &I18n) -> Vec<Differing> {
    let differing = |difference: Difference| Differing {
        field: audit_text::field(difference.field, i18n),
        mine: audit_text::value(difference.field, &difference.mine, i18n),
        theirs: audit_text::value(difference.field, &difference.theirs, i18n),
    };
    compare(mine, theirs).into_iter().map(differing).collect()
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
