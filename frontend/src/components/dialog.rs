//! A question that has to be answered before one goes on: the browser's own dialog, so that focus stays in it,
//! Escape closes it, and focus goes back to where it came from. It begins at the heading: whoever hears the page hears
//! the question first, and nobody closes it by a key that was meant for the page.

use web_sys::HtmlDialogElement;
use yew::prelude::*;

use super::Icon;
use crate::{i18n::use_i18n, t};

/// What a dialog needs.
#[derive(Properties, PartialEq)]
pub struct DialogProps {
    /// Names it among the page's elements.
    pub id: AttrValue,
    /// Whether it is shown.
    pub open: bool,
    /// Told when it is closed without an answer.
    pub on_close: Callback<()>,
    /// Its heading.
    pub heading: AttrValue,
    /// Its buttons, the wanted one first.
    #[prop_or_default]
    pub actions: Html,
    /// Its text.
    #[prop_or_default]
    pub children: Html,
}

/// A question that has to be answered before one goes on.
#[component]
pub fn Dialog(props: &DialogProps) -> Html {
    let i18n = use_i18n();
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with(props.open, move |open| {
            if let Some(dialog) = node.cast::<HtmlDialogElement>() {
                if *open && !dialog.open() {
                    // Fails only for an element outside the page, which nobody could see anyway.
                    let _ = dialog.show_modal();
                } else if !*open && dialog.open() {
                    dialog.close();
                }
            }
        });
    }
    let onclose = {
        let on_close = props.on_close.clone();
        let open = props.open;
        Callback::from(move |_: Event| {
            if open {
                on_close.emit(());
            }
        })
    };
    let close = props.on_close.reform(|_: MouseEvent| ());
    let heading_id = format!("{}-heading", props.id);
    html! {
        <dialog class="fds-modal" id={props.id.clone()} ref={node} {onclose} aria-labelledby={heading_id.clone()}>
            if props.open {
                <div class="modal-content">
                    <div class="modal-header">
                        <h2 class="modal-title" id={heading_id} tabindex="-1" autofocus=true>{ &props.heading }</h2>
                        <button type="button" class="modal-close function-link" onclick={close}>
                            <Icon name="close" />{ t!(i18n, "dialog-close") }
                        </button>
                    </div>
                    <div class="modal-body">{ props.children.clone() }</div>
                    <div class="modal-footer">{ props.actions.clone() }</div>
                </div>
            }
        </dialog>
    }
}
