//! Says that a form began with what could not be saved the last time.

use yew::prelude::*;

use super::Alert;
use crate::{i18n::use_i18n, t};

/// What it needs.
#[derive(Properties, PartialEq)]
pub struct RescuedProps {
    /// Whether the form did.
    pub rescued: bool,
}

/// A note over the form; nothing where nothing was brought back.
#[component]
pub fn Rescued(props: &RescuedProps) -> Html {
    let i18n = use_i18n();
    html! {
        if props.rescued {
            <Alert heading={t!(i18n, "write-rescued")}><p>{ t!(i18n, "write-rescued-text") }</p></Alert>
        }
    }
}
