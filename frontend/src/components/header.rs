//! The top of every page: whose it is, who is logged in, and the main menu; on small screens the menu is a drawer.

use openapi::session::GlobalRole;
use web_sys::HtmlDialogElement;
use yew::prelude::*;
use yew_router::prelude::use_route;

use super::{Icon, Link};
use crate::{
    config::Config,
    dom,
    i18n::{key, use_i18n},
    route::Route,
    session::{Reach, SessionContext, use_session},
    t,
};

/// The top of every page.
#[component]
pub fn Header() -> Html {
    let i18n = use_i18n();
    let session = use_session();
    let current = use_route::<Route>().unwrap_or(Route::NotFound);
    let drawer = use_node_ref();
    let drawer_open = use_state_eq(|| false);
    let open = {
        let (drawer, drawer_open) = (drawer.clone(), drawer_open.setter());
        Callback::from(move |_: MouseEvent| {
            if let Some(dialog) = drawer.cast::<HtmlDialogElement>() {
                let _ = dialog.show_modal();
                drawer_open.set(true);
            }
        })
    };
    let close = {
        let drawer = drawer.clone();
        Callback::from(move |()| {
            if let Some(dialog) = drawer.cast::<HtmlDialogElement>() {
                dialog.close();
            }
        })
    };
    let onclose = {
        let drawer_open = drawer_open.setter();
        Callback::from(move |_: Event| drawer_open.set(false))
    };
    let menu = |on_follow: Callback<()>| {
        let item = |(route, text): &(Route, &'static str)| {
            let is_current = current.section() == route.section();
            let current = is_current.then_some(if current == *route { "page" } else { "true" });
            html! {
                <li class={is_current.then_some("active current")}>
                    <Link class="nav-link" to={route.clone()} {current} on_follow={on_follow.clone()}>
                        <span>{ t!(i18n, text) }</span>
                    </Link>
                </li>
            }
        };
        html! { <ul class="mainmenu">{ for entries(&session).iter().map(item) }</ul> }
    };
    html! {
        <header class="header">
            <div class="portal-info">
                <div class="portal-info-inner container">
                    <Brand />
                    <button type="button" class="function-link button-menu-open" aria-haspopup="dialog" onclick={open}>
                        <Icon name="menu" />{ t!(i18n, "menu") }
                    </button>
                    <div class="portal-user"><User /></div>
                </div>
            </div>
            <div class="navigation-menu">
                <div class="navigation-menu-inner container">
                    <nav class="nav" aria-label={t!(i18n, "menu-main")}>{ menu(Callback::noop()) }</nav>
                </div>
            </div>
            <dialog
                ref={drawer}
                {onclose}
                class={classes!("mobile-drawer", drawer_open.then_some("is-visible"))}
                aria-labelledby="menu-heading"
            >
                if *drawer_open {
                    <div class="menu-top">
                        <h2 id="menu-heading" class="menu-heading">{ t!(i18n, "menu") }</h2>
                        <button type="button" class="function-link button-menu-close" onclick={close.reform(|_: MouseEvent| ())}>
                            <Icon name="close" />{ t!(i18n, "menu-close") }
                        </button>
                    </div>
                    <nav class="navigation-menu-mobile" aria-label={t!(i18n, "menu-main")}>{ menu(close.clone()) }</nav>
                    <div class="portal-info-mobile"><User /></div>
                }
            </dialog>
        </header>
    }
}

/// The main menu for whoever is here: only what is there for him.
fn entries(session: &SessionContext) -> Vec<(Route, &'static str)> {
    let mut entries = vec![(Route::Hearings, key("nav-hearings"))];
    if session.account().is_some() {
        entries.push((Route::Mine, key("nav-mine")));
        entries.push((Route::Workspace, key("nav-workspace")));
    }
    if session.has(GlobalRole::Auditor) {
        entries.push((Route::Audit, key("nav-audit")));
    }
    if session.has(GlobalRole::Administrator) {
        entries.push((Route::Jobs, key("nav-jobs")));
        entries.push((Route::Integrations, key("nav-integrations")));
    }
    entries
}

/// Whose site this is.
#[component]
fn Brand() -> Html {
    let i18n = use_i18n();
    let config = use_context::<Config>().unwrap_or_default();
    html! {
        <Link class="brand" to={Route::Front}>
            if let Some(logo) = config.logo_url.clone() {
                <img class="brand-logo" src={logo} alt="" />
            } else {
                <span class="brand-mark"><Icon name="forum" /></span>
            }
            <span class="brand-text">
                <span class="brand-name">{ t!(i18n, "site-name") }</span>
                <span class="brand-municipality">{ config.municipality }</span>
            </span>
        </Link>
    }
}

/// Who is logged in and how to log out, or how to log in.
#[component]
fn User() -> Html {
    let i18n = use_i18n();
    let session = use_session();
    if let Some(account) = session.account() {
        let log_out = |reach: Reach| session.log_out().reform(move |_: MouseEvent| reach);
        return html! {
            <>
                <p class="user">
                    { &account.name }
                    if let Some(department) = &account.department {
                        { format!(", {department}") }
                    }
                </p>
                <button type="button" class="function-link log-off" onclick={log_out(Reach::Here)}>
                    <Icon name="lock" />{ t!(i18n, "log-out") }
                </button>
                <button type="button" class="function-link log-off" onclick={log_out(Reach::Everywhere)}>
                    { t!(i18n, "log-out-everywhere") }
                </button>
            </>
        };
    }
    if !session.is_known() {
        return Html::default();
    }
    html! { <LogInLink /> }
}

/// The way to log in that comes back here.
#[component]
fn LogInLink() -> Html {
    let i18n = use_i18n();
    let query = use_state_eq(|| AttrValue::Static(""));
    // The address is looked at when the link is followed: fragments change without a rendering.
    let on_follow = Callback::from(|()| ());
    {
        let query = query.setter();
        let route = use_route::<Route>();
        use_effect_with(route, move |_| {
            let address = Route::login_address(&dom::address());
            query.set(address.split_once('?').map(|(_, query)| query.to_owned()).unwrap_or_default().into());
        });
    }
    html! {
        <Link class="function-link log-on" to={Route::Login} query={(*query).clone()} {on_follow}>
            <Icon name="lock" />{ t!(i18n, "log-in") }
        </Link>
    }
}
