//! What has to be in place, and what is: each thing leads to where it is put right.

use yew::prelude::*;

use super::{FieldLink, Icon};
use crate::{i18n::use_i18n, t};

/// One thing.
#[derive(Clone, Debug, PartialEq)]
pub struct Check {
    /// The field it is about, as a JSON pointer.
    pub pointer: AttrValue,
    /// Its name.
    pub text: AttrValue,
    /// What is missing; nothing when it is in place.
    pub missing: Option<AttrValue>,
}

/// What the list needs.
#[derive(Properties, PartialEq)]
pub struct ChecklistProps {
    /// The things.
    pub items: Vec<Check>,
}

/// What has to be in place.
#[component]
pub fn Checklist(props: &ChecklistProps) -> Html {
    let i18n = use_i18n();
    let item = |check: &Check| {
        let done = check.missing.is_none();
        let (icon, label) =
            if done { ("success", t!(i18n, "checklist-done")) } else { ("info", t!(i18n, "checklist-missing")) };
        html! {
            <li class={done.then_some("done")}>
                <Icon name={icon} {label} />
                <span>
                    <FieldLink pointer={check.pointer.clone()} text={check.text.clone()} />
                    if let Some(missing) = &check.missing {
                        <span class="checklist-missing">{ missing }</span>
                    }
                </span>
            </li>
        }
    };
    html! { <ul class="plain-list checklist">{ for props.items.iter().map(item) }</ul> }
}
