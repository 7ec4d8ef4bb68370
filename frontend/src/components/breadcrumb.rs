//! The way from the front page to here.

use yew::prelude::*;

use super::{Icon, Link};
use crate::{i18n::use_i18n, route::Route, t};

/// One step on the way.
#[derive(Clone, Debug, PartialEq)]
pub struct Crumb {
    /// The page.
    pub to: Route,
    /// Its name.
    pub text: AttrValue,
}

impl Crumb {
    /// A step.
    pub fn new(to: Route, text: impl Into<AttrValue>) -> Crumb {
        Crumb { to, text: text.into() }
    }
}

/// What a breadcrumb needs.
#[derive(Properties, PartialEq)]
pub struct BreadcrumbProps {
    /// The steps between the front page and this page.
    pub steps: Vec<Crumb>,
    /// This page.
    pub here: AttrValue,
}

/// The way from the front page to here; the front page is added by itself.
#[component]
pub fn Breadcrumb(props: &BreadcrumbProps) -> Html {
    let i18n = use_i18n();
    html! {
        <nav class="breadcrumbs" aria-label={t!(i18n, "breadcrumb")}>
            <ol class="breadcrumbs__list">
                <li class="breadcrumbs__list-item">
                    <Link class="breadcrumbs__link" to={Route::Front}>{ t!(i18n, "nav-front") }</Link>
                </li>
                { for props.steps.iter().map(|step| html! {
                    <li class="breadcrumbs__list-item">
                        <Icon name="chevron-right" />
                        <Link class="breadcrumbs__link" to={step.to.clone()}>{ &step.text }</Link>
                    </li>
                }) }
                <li class="breadcrumbs__list-item" aria-current="page">
                    <Icon name="chevron-right" />
                    { &props.here }
                </li>
            </ol>
        </nav>
    }
}
