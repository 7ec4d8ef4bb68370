//! Stands where a page needs somebody to be logged in, and leads back to it.

use yew::prelude::*;

use crate::{dom, i18n::use_i18n, route::Route, t};

/// What it needs.
#[derive(Properties, PartialEq)]
pub struct LoginFirstProps {
    /// Why one has to log in here.
    pub text: AttrValue,
}

/// The way to log in that comes back to this page.
#[component]
pub fn LoginFirst(props: &LoginFirstProps) -> Html {
    let i18n = use_i18n();
    let address = use_memo((), |()| Route::login_address(&dom::address()));
    html! {
        <div class="panel">
            <p>{ &props.text }</p>
            <a class="button button-primary" href={(*address).clone()}>{ t!(i18n, "log-in") }</a>
        </div>
    }
}
