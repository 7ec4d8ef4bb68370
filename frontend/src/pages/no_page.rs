//! What stands where there is no page: nothing at this address, or nothing for this person.

use yew::prelude::*;

use crate::{
    components::{Link, Page},
    dom,
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
    let login = Route::login_address(&dom::address());
    html! {
        <Page {title} narrow=true>
            if anonymous {
                <p class="lead">{ t!(i18n, "not-found-or-login-text") }</p>
                <div class="actions">
                    <a class="button button-primary" href={login}>{ t!(i18n, "log-in") }</a>
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
