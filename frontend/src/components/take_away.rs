//! The way to take words along that cannot be saved here: copied, or as a file of text.

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::{Button, ButtonKind, use_announce};
use crate::{dom, i18n::use_i18n, t};

/// What it needs.
#[derive(Properties, PartialEq)]
pub struct TakeAwayProps {
    /// The words.
    pub text: AttrValue,
    /// What the file is called: `mit-svar.txt`.
    pub name: AttrValue,
}

/// A button that copies, and a link to the file.
#[component]
pub fn TakeAway(props: &TakeAwayProps) -> Html {
    let i18n = use_i18n();
    let announce = use_announce();
    let copied = use_state_eq(|| None::<bool>);
    let copy = {
        let (text, copied, i18n) = (props.text.clone(), copied.setter(), i18n.clone());
        Callback::from(move |()| {
            let (text, copied, announce, i18n) = (text.clone(), copied.clone(), announce.clone(), i18n.clone());
            spawn_local(async move {
                let is_copied = dom::copy(&text).await;
                copied.set(Some(is_copied));
                announce.emit(said(is_copied, &i18n));
            });
        })
    };
    html! {
        <div class="actions">
            <Button kind={ButtonKind::Secondary} on_press={copy}>{ t!(i18n, "take-away-copy") }</Button>
            <a href={address(&props.text)} download={props.name.clone()}>{ t!(i18n, "take-away-file") }</a>
            if let Some(is_copied) = *copied {
                <span class="muted">{ said(is_copied, &i18n) }</span>
            }
        </div>
    }
}

fn said(is_copied: bool, i18n: &crate::i18n::I18n) -> AttrValue {
    if is_copied { t!(i18n, "take-away-copied") } else { t!(i18n, "take-away-not-copied") }
}

/// The file as an address: it is made here, and nothing of it is sent.
fn address(text: &str) -> String {
    // With the mark by which older programs know the letters æ, ø and å.
    format!("data:text/plain;charset=utf-8,%EF%BB%BF{}", dom::percent_encoded(text))
}
