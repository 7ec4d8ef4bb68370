//! Words to search for. The search runs when it is asked for, not at every letter.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::Icon;
use crate::{i18n::use_i18n, t};

/// What it needs.
#[derive(Properties, PartialEq)]
pub struct SearchFieldProps {
    /// Names it among the page's elements.
    pub id: AttrValue,
    /// What is searched, for people who hear it: "Søg i høringer".
    pub label: AttrValue,
    /// The words now searched for.
    #[prop_or_default]
    pub value: AttrValue,
    /// Told when a search is asked for, with the words trimmed.
    pub on_search: Callback<String>,
}

/// Words to search for.
#[component]
pub fn SearchField(props: &SearchFieldProps) -> Html {
    let i18n = use_i18n();
    let input = use_node_ref();
    // What is typed is kept here: the page around the field is drawn anew when its results come.
    let typed = use_state_eq(|| props.value.clone());
    {
        let typed = typed.setter();
        use_effect_with(props.value.clone(), move |value| typed.set(value.clone()));
    }
    let oninput = {
        let typed = typed.setter();
        Callback::from(move |event: InputEvent| {
            typed.set(event.target_unchecked_into::<HtmlInputElement>().value().into());
        })
    };
    let onsubmit = {
        let input = input.clone();
        let on_search = props.on_search.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if let Some(input) = input.cast::<HtmlInputElement>() {
                on_search.emit(input.value().trim().to_owned());
            }
        })
    };
    html! {
        <form role="search" {onsubmit}>
            <div class="form-group search">
                <label class="sr-only" for={props.id.clone()}>{ &props.label }</label>
                <input
                    ref={input}
                    class="form-input"
                    id={props.id.clone()}
                    type="search"
                    placeholder={props.label.clone()}
                    maxlength={openapi::limits::SEARCH.to_string()}
                    value={(*typed).clone()}
                    {oninput}
                />
                <button type="submit" class="button button-search">
                    <Icon name="search" /><span class="sr-only">{ t!(i18n, "search") }</span>
                </button>
            </div>
        </form>
    }
}
