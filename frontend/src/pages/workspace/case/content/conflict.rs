//! Somebody else has changed the hearing meanwhile: in which fields the two differ, and the choice between them.

use std::rc::Rc;

use openapi::hearings::HearingField;
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
    let sections = |written: &Written| {
        let texts: Vec<_> =
            written.sections.iter().map(|section| format!("{}\n{}", section.title, section.body)).collect();
        texts.join("\n\n")
    };
    let field = |field: HearingField| {
        let text = |written: &Written| written.fields.text(field).unwrap_or_default();
        Difference { field: field.name(), mine: text(mine), theirs: text(theirs) }
    };
    let of_sections = Difference { field: "sections", mine: sections(mine), theirs: sections(theirs) };
    let of_sections = Some(of_sections).filter(|sections| sections.mine != sections.theirs);
    mine.fields.differing(&theirs.fields).map(field).chain(of_sections).collect()
}

#[cfg(test)]
mod tests {
    use super::{super::written::empty, *};
    use crate::i18n::{Language, WORKSPACE};

    #[test]
    fn every_field_is_compared_under_its_name() {
        let i18n = I18n::new(Language::Da, WORKSPACE, Callback::noop());
        let mine = empty();
        let mut theirs = empty();
        theirs.image_alternative_text = "Nordby Skole".to_owned();
        theirs.contact_department = "Børn og unge".to_owned();
        theirs.deadline_on = "2026-12-04".parse().ok();
        let found = differences(&mine, &theirs, &i18n);
        assert_eq!(found.len(), 3, "{found:?}");
        assert!(found.iter().any(|differing| differing.theirs == "Børn og unge" && differing.mine.is_empty()));
        for field in HearingField::ALL {
            assert_ne!(audit_text::field(field.name(), &i18n), field.name(), "it has a name that people read");
        }
        assert_eq!(compare(&mine, &empty()), []);
    }
}
