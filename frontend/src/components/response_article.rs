//! An answer as others see it: on the hearing's page, and before it is sent on the check page.

use chrono::{DateTime, Utc};
use openapi::responses::AnsweredSection;
use yew::prelude::*;

use super::Instant;
use crate::{i18n::use_i18n, t};

/// An answer to one section.
#[derive(Clone, Debug, PartialEq)]
pub struct SectionText {
    /// The section's title.
    pub title: AttrValue,
    /// The answer.
    pub text: AttrValue,
}

impl From<&AnsweredSection> for SectionText {
    fn from(answer: &AnsweredSection) -> SectionText {
        SectionText { title: answer.title.clone().into(), text: answer.text.clone().into() }
    }
}

/// What an answer needs.
#[derive(Properties, PartialEq)]
pub struct ResponseArticleProps {
    /// Its number; absent before it is sent.
    #[prop_or_default]
    pub number: Option<i32>,
    /// What is shown of the sender.
    pub sender: AttrValue,
    /// Whom it is given on behalf of; empty for the sender himself.
    pub on_behalf_of: AttrValue,
    /// When it was sent.
    #[prop_or_default]
    pub sent_at: Option<DateTime<Utc>>,
    /// The answer to the hearing as a whole.
    pub text: AttrValue,
    /// Answers to single sections.
    pub sections: Vec<SectionText>,
    /// The level of its heading on the page; answers to sections stand one below.
    #[prop_or(3)]
    pub level: u8,
    /// Whether the address points at it.
    #[prop_or_default]
    pub marked: bool,
}

/// An answer as others see it. Its `id` is `svar-12`, which addresses point at.
#[component]
pub fn ResponseArticle(props: &ResponseArticleProps) -> Html {
    let i18n = use_i18n();
    let id = props.number.map(|number| format!("svar-{number}"));
    let (heading, subheading) = (format!("h{}", props.level), format!("h{}", props.level + 1));
    let name = match props.number {
        Some(number) => html! {
            <a href={format!("#svar-{number}")}>{ t!(i18n, "response-heading", number = number) }</a>
        },
        None => html! { t!(i18n, "response-heading-unsent") },
    };
    html! {
        <article class={classes!("response", props.marked.then_some("response--marked"))} {id} tabindex="-1">
            <@{heading} class="response-heading">{ name }</@>
            <p class="meta">
                <span>{ &props.sender }</span>
                if !props.on_behalf_of.is_empty() {
                    <span>{ t!(i18n, "response-on-behalf-of", body = props.on_behalf_of.as_str()) }</span>
                }
                if let Some(at) = props.sent_at {
                    <span><Instant {at} /></span>
                }
            </p>
            if !props.text.trim().is_empty() {
                <p class="plain-text" lang="da">{ &props.text }</p>
            }
            { for props.sections.iter().filter(|section| !section.text.trim().is_empty()).map(|section| html! {
                <>
                    <@{subheading.clone()} class="response-subheading">
                        { t!(i18n, "response-to-section", title = section.title.as_str()) }
                    </@>
                    <p class="plain-text" lang="da">{ &section.text }</p>
                </>
            }) }
        </article>
    }
}
