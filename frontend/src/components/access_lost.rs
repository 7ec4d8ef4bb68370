//! Says that what is written cannot be saved any more, where the words can be taken, and who can be asked.

use openapi::hearings::Contact;
use yew::prelude::*;

use super::{Alert, AlertKind, TakeAway};
use crate::{
    hooks::Lost,
    i18n::{key, use_i18n},
    t,
};

/// What it needs.
#[derive(Properties, PartialEq)]
pub struct AccessLostProps {
    /// What the author has lost.
    pub lost: Lost,
    /// The words.
    pub text: AttrValue,
    /// What their file is called.
    pub name: AttrValue,
    /// Who can be asked.
    pub contact: Contact,
}

/// That it cannot be saved, and what helps.
#[component]
pub fn AccessLost(props: &AccessLostProps) -> Html {
    let i18n = use_i18n();
    let Contact { name, email, phone, .. } = &props.contact;
    let (heading, text) = match props.lost {
        Lost::Hearing => (key("lost-hearing"), key("lost-hearing-text")),
        Lost::Right => (key("lost-right"), key("lost-right-text")),
        Lost::Draft => (key("lost-draft"), key("lost-draft-text")),
    };
    let by_phone = phone.replace(' ', "");
    html! {
        <Alert kind={AlertKind::Error} heading={t!(i18n, heading)} live=true>
            <p>{ t!(i18n, text) }</p>
            <p>{ t!(i18n, "lost-words") }</p>
            <TakeAway text={props.text.clone()} name={props.name.clone()} />
            if !name.is_empty() || !email.is_empty() || !by_phone.is_empty() {
                <p>
                    { t!(i18n, "lost-contact") }{ " " }{ name }
                    if !email.is_empty() {
                        { ", " }<a href={format!("mailto:{email}")}>{ email }</a>
                    }
                    if !by_phone.is_empty() {
                        { ", " }<a href={format!("tel:{by_phone}")}>{ phone }</a>
                    }
                </p>
            }
        </Alert>
    }
}
