//! A message that stands on the page.

use yew::prelude::*;

use super::Icon;
use crate::{
    i18n::{key, use_i18n},
    t,
};

/// What a message is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AlertKind {
    /// Good to know.
    #[default]
    Info,
    /// It worked.
    Success,
    /// Mind this.
    Warning,
    /// It did not work.
    Error,
}

impl AlertKind {
    fn name(self) -> &'static str {
        match self {
            AlertKind::Info => "info",
            AlertKind::Success => "success",
            AlertKind::Warning => "warning",
            AlertKind::Error => "error",
        }
    }

    fn label(self) -> &'static str {
        match self {
            AlertKind::Info => key("alert-info"),
            AlertKind::Success => key("alert-success"),
            AlertKind::Warning => key("alert-warning"),
            AlertKind::Error => key("alert-error"),
        }
    }
}

/// What a message needs.
#[derive(Properties, PartialEq)]
pub struct AlertProps {
    /// What it is about.
    #[prop_or_default]
    pub kind: AlertKind,
    /// Its heading; an `h2`, unless `level` says `h3`.
    #[prop_or_default]
    pub heading: Option<AttrValue>,
    /// The heading's element.
    #[prop_or(AttrValue::Static("h2"))]
    pub level: AttrValue,
    /// Whether it is read out when it appears: for what comes while somebody is on the page.
    #[prop_or_default]
    pub live: bool,
    /// Its text.
    #[prop_or_default]
    pub children: Html,
}

/// A message that stands on the page.
#[component]
pub fn Alert(props: &AlertProps) -> Html {
    let i18n = use_i18n();
    let role = match (props.live, props.kind) {
        (false, _) => None,
        (true, AlertKind::Warning | AlertKind::Error) => Some("alert"),
        (true, _) => Some("status"),
    };
    html! {
        <div class={classes!("alert", format!("alert-{}", props.kind.name()))} {role}>
            <Icon class="alert-icon" name={props.kind.name()} label={t!(i18n, props.kind.label())} />
            <div class="alert-body">
                if let Some(heading) = &props.heading {
                    <@{props.level.to_string()} class="alert-heading">{ heading }</@>
                }
                <div class="alert-text">{ props.children.clone() }</div>
            </div>
        </div>
    }
}
