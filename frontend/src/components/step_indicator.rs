//! Where one is in something that takes several pages.

use yew::prelude::*;

use super::{Icon, Link};
use crate::{i18n::use_i18n, route::Route, t};

/// One step.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// Its name.
    pub text: AttrValue,
    /// Its page, when one can go there now.
    pub to: Option<Route>,
}

/// What the steps need.
#[derive(Properties, PartialEq)]
pub struct StepIndicatorProps {
    /// All steps.
    pub steps: Vec<Step>,
    /// The one that this page is, counted from 0.
    pub current: usize,
}

/// Where one is in something that takes several pages.
#[component]
pub fn StepIndicator(props: &StepIndicatorProps) -> Html {
    let i18n = use_i18n();
    let step = |(index, step): (usize, &Step)| {
        let number = index + 1;
        let is_current = index == props.current;
        let mark = if index < props.current {
            html! {
                <span class="step-icon">
                    <Icon name="check" label={t!(i18n, "step-done", number = number)} />
                </span>
            }
        } else {
            html! { <span class="step-number"><span>{ number }</span></span> }
        };
        let content = html! { <>{ mark }<div><span class="step-title">{ &step.text }</span></div></> };
        let class = if is_current {
            "current"
        } else if step.to.is_none() {
            "disabled"
        } else {
            ""
        };
        html! {
            <li {class}>
                if let (Some(to), false) = (&step.to, is_current) {
                    <Link class="step" to={to.clone()}>{ content }</Link>
                } else {
                    <div class="step" aria-current={is_current.then_some("step")}>{ content }</div>
                }
            </li>
        }
    };
    html! {
        <nav aria-label={t!(i18n, "steps")}>
            <ol class="step-indicator">{ for props.steps.iter().enumerate().map(step) }</ol>
        </nav>
    }
}
