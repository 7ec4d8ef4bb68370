//! The way from what is said about a field to the field.

use yew::prelude::*;

use crate::{dom, form_errors::field_id};

/// What it needs.
#[derive(Properties, PartialEq)]
pub struct FieldLinkProps {
    /// The field, as a JSON pointer.
    pub pointer: AttrValue,
    /// What is said about it.
    pub text: AttrValue,
}

/// A link that moves the keyboard's focus into the field: a link alone would only scroll there, and whoever follows it
/// wants to write.
#[component]
pub fn FieldLink(props: &FieldLinkProps) -> Html {
    let id = field_id(&props.pointer);
    let href = format!("#{id}");
    let onclick = Callback::from(move |event: MouseEvent| {
        if dom::focus(&id) {
            event.prevent_default();
        }
    });
    html! { <a {href} {onclick}>{ &props.text }</a> }
}
