//! Holds the chosen language for everything below it.

use yew::prelude::*;

use super::{I18n, Language, Messages};
use crate::dom;

const STORAGE_KEY: &str = "agora-language";

/// What the provider needs.
#[derive(Properties)]
pub struct I18nProviderProps {
    /// The texts of this area.
    pub messages: Messages,
    /// The language to start with; without it the reader's earlier choice, else the page's own.
    #[prop_or_default]
    pub language: Option<Language>,
    /// What speaks the language.
    #[prop_or_default]
    pub children: Html,
}

impl PartialEq for I18nProviderProps {
    fn eq(&self, other: &Self) -> bool {
        // The messages are a constant of the binary.
        self.language == other.language && self.children == other.children
    }
}

/// Gives everything below it the chosen language, and keeps the choice and the page's `lang`.
#[component]
pub fn I18nProvider(props: &I18nProviderProps) -> Html {
    let given = props.language;
    let language = use_state_eq(move || given.unwrap_or_else(remembered));
    let choose = {
        let language = language.clone();
        Callback::from(move |chosen: Language| {
            // Somebody who forbids that chooses anew each time.
            let _ = dom::store(STORAGE_KEY, chosen.code());
            language.set(chosen);
        })
    };
    let messages = props.messages;
    let i18n = use_memo(*language, move |language| I18n::new(*language, messages, choose));
    use_effect_with(*language, |language| dom::set_language(language.code()));
    html! {
        <ContextProvider<I18n> context={(*i18n).clone()}>
            { props.children.clone() }
        </ContextProvider<I18n>>
    }
}

fn remembered() -> Language {
    dom::stored(STORAGE_KEY)
        .and_then(|code| Language::from_code(&code))
        .or_else(|| dom::language().and_then(|code| Language::from_code(&code)))
        .unwrap_or(Language::Da)
}

/// The chosen language.
#[hook]
pub fn use_i18n() -> I18n {
    use_context::<I18n>().unwrap_or_else(|| I18n::new(Language::Da, super::PORTAL, Callback::noop()))
}
