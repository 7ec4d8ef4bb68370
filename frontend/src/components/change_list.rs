//! What was decided: fields with their old and new values, in plain words.

use openapi::audit::AuditChange;
use yew::prelude::*;

use crate::{audit_text, i18n::use_i18n, t};

/// What the list needs.
#[derive(Properties, PartialEq)]
pub struct ChangeListProps {
    /// The changes.
    pub changes: Vec<AuditChange>,
}

/// Fields with their old and new values.
#[component]
pub fn ChangeList(props: &ChangeListProps) -> Html {
    let i18n = use_i18n();
    let change = |change: &AuditChange| {
        let said = |value: &Option<String>| {
            value
                .as_deref()
                .filter(|value| !value.is_empty())
                .map(|value| audit_text::value(&change.field, value, &i18n))
        };
        let what = match (change.erased, said(&change.old), said(&change.new)) {
            (true, _, _) => html! { <em>{ t!(i18n, "change-erased") }</em> },
            (false, None, None) => html! { t!(i18n, "change-text") },
            (false, None, Some(new)) => html! { new },
            (false, Some(old), None) => html! { <><del>{ old }</del>{ " " }{ t!(i18n, "change-removed") }</> },
            (false, Some(old), Some(new)) => html! {
                <>
                    <span class="sr-only">{ t!(i18n, "change-from") }{ " " }</span>
                    <del>{ old }</del>
                    <span class="sr-only">{ " " }{ t!(i18n, "change-to") }{ " " }</span>
                    <span aria-hidden="true">{ " → " }</span>
                    <ins>{ new }</ins>
                </>
            },
        };
        html! { <div><dt>{ audit_text::field(&change.field, &i18n) }</dt><dd>{ what }</dd></div> }
    };
    html! { <dl class="changes">{ for props.changes.iter().map(change) }</dl> }
}
