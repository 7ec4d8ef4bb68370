//! What stands where there is no page: nothing at this address, nothing for this person, or nothing that could be
//! fetched. The heading says which.

use std::rc::Rc;

use openapi::client::Error;
use yew::prelude::*;

use crate::{
    components::{Failure, Link, Page, expect_focus},
    dom,
    form_errors::not_fetched,
    i18n::use_i18n,
    route::Route,
    session::use_session,
    t,
};

/// Nothing at this address, or nothing for whoever is not logged in: the same words for both, because what one may
/// not see does not exist.
#[component]
pub fn NotFound() -> Html {
    let i18n = use_i18n();
    let session = use_session();
    let anonymous = session.is_known() && session.account().is_none();
    let title = if anonymous { t!(i18n, "not-found-or-login") } else { t!(i18n, "not-found") };
    html! {
        <Page {title} narrow=true>
            if anonymous {
                <p class="lead">{ t!(i18n, "not-found-or-login-text") }</p>
                <div class="actions">
                    <LoginButton />
                    <Link to={Route::Hearings}>{ t!(i18n, "see-all-hearings") }</Link>
                </div>
            } else {
                <p class="lead">{ t!(i18n, "not-found-text") }</p>
                <div class="actions">
                    <Link class="button button-primary" to={Route::Hearings}>{ t!(i18n, "see-all-hearings") }</Link>
                    <Link to={Route::Front}>{ t!(i18n, "to-front") }</Link>
                </div>
            }
        </Page>
    }
}

/// The page exists, and this person may not use it.
#[component]
pub fn Forbidden() -> Html {
    let i18n = use_i18n();
    html! {
        <Page title={t!(i18n, "forbidden")} narrow=true>
            <p class="lead">{ t!(i18n, "forbidden-text") }</p>
            <div class="actions">
                <Link class="button button-primary" to={Route::Front}>{ t!(i18n, "to-front") }</Link>
            </div>
        </Page>
    }
}

/// What logging in first needs.
#[derive(Properties, PartialEq)]
pub struct LoginFirstProps {
    /// What one logs in for here.
    pub text: AttrValue,
}

/// The page is for those who are logged in.
#[component]
pub fn LoginFirst(props: &LoginFirstProps) -> Html {
    let i18n = use_i18n();
    html! {
        <Page title={t!(i18n, "login-first")} narrow=true>
            <p class="lead">{ &props.text }</p>
            <div class="actions"><LoginButton /></div>
        </Page>
    }
}

/// The way to log in that comes back to this page.
#[component]
fn LoginButton() -> Html {
    let i18n = use_i18n();
    html! { <a class="button button-primary" href={Route::login_address(&dom::address())}>{ t!(i18n, "log-in") }</a> }
}

/// What a failed page needs.
#[derive(Properties, PartialEq)]
pub struct FailedProps {
    /// What could not be fetched: "høringen".
    pub what: AttrValue,
    /// Why.
    pub error: Rc<Error>,
    /// Told when it is to be tried again.
    pub on_retry: Callback<()>,
}

/// What the page is about could not be fetched.
#[component]
pub fn Failed(props: &FailedProps) -> Html {
    let i18n = use_i18n();
    let on_retry = props.on_retry.reform(|()| expect_focus());
    let title = not_fetched(&props.what, &props.error, &i18n);
    html! {
        <Page {title} narrow=true>
            <div role="alert"><Failure error={props.error.clone()} {on_retry} /></div>
        </Page>
    }
}
