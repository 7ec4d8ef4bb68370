//! Somebody else has changed the hearing meanwhile: in which fields the two differ, and the choice between them.

use std::rc::Rc;

use yew::prelude::*;

use super::written::Written;
use crate::{
    aside::SavedBy,
    audit_text,
    components::{Competing, Differing, Verdict},
    hooks::Competition,
    i18n::{I18n, use_i18n},
    t,
};

#[derive(Properties, PartialEq)]
pub(super) struct ConflictProps {
    pub(super) competition: Competition<Written>,
    /// What is in the form.
    pub(super) written: Rc<Written>,
    /// Told what the author chose.
    pub(super) on_choose: Callback<Verdict>,
}

/// What differs, and the choice.
#[component]
pub(super) fn Conflict(props: &ConflictProps) -> Html {
    let i18n = use_i18n();
    let compare = {
        let i18n = i18n.clone();
        Callback::from(move |(mine, theirs): (Written, Written)| differences(&mine, &theirs, &i18n))
    };
    let text = {
        let i18n = i18n.clone();
        Callback::from(move |_: SavedBy| t!(i18n, "conflict-text"))
    };
    html! {
        <Competing<Written>
            competition={props.competition.clone()}
            written={(*props.written).clone()}
            heading={t!(i18n, "conflict-heading")}
            {text}
            {compare}
            on_choose={props.on_choose.clone()}
        />
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
            ("imageAlternativeText", written.image_alternative_text.clone()),
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
