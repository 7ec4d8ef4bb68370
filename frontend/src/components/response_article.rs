//! An answer as others see it: on the hearing's page, and before it is sent on the check page.

use yew::prelude::*;

use super::{FileList, Instant};
use crate::{
    i18n::use_i18n,
    shown_response::{SectionText, ShownResponse},
    t,
};

/// What an answer needs.
#[derive(Properties, PartialEq)]
pub struct ResponseArticleProps {
    /// The answer.
    pub response: ShownResponse,
    /// The level of its heading on the page; answers to sections stand one below.
    #[prop_or(3)]
    pub level: u8,
    /// Whether the address points at it.
    #[prop_or_default]
    pub marked: bool,
    /// What stands under it.
    #[prop_or_default]
    pub children: Html,
}

/// An answer as others see it. Its `id` is `svar-12`, which addresses point at.
#[component]
pub fn ResponseArticle(props: &ResponseArticleProps) -> Html {
    let i18n = use_i18n();
    let response = &props.response;
    let id = response.number.map(|number| format!("svar-{number}"));
    let heading = format!("h{}", props.level);
    let name = match response.number {
        Some(number) => html! {
            <a href={format!("#svar-{number}")}>{ t!(i18n, "response-heading", number = number) }</a>
        },
        None => html! { t!(i18n, "response-heading-unsent") },
    };
    html! {
        <article class={classes!("response", props.marked.then_some("response--marked"))} {id} tabindex="-1">
            <@{heading} class="response-heading">{ name }</@>
            <p class="meta">
                if let Some(sender) = &response.sender {
                    <span>{ sender }</span>
                } else if response.withdrawn_at.is_none() {
                    <span>{ t!(i18n, "response-sender-hidden") }</span>
                }
                if !response.on_behalf_of.is_empty() {
                    <span>{ t!(i18n, "response-on-behalf-of", body = response.on_behalf_of.as_str()) }</span>
                }
                if let Some(at) = response.sent_at {
                    <span><Instant {at} /></span>
                }
                if let (Some(at), None) = (response.edited_at, response.withdrawn_at) {
                    <span>{ t!(i18n, "response-edited") }{ " " }<Instant {at} /></span>
                }
            </p>
            if response.access_revoked {
                <p class="muted">{ t!(i18n, "response-access-revoked") }</p>
            }
            if let Some(at) = response.withdrawn_at {
                <p class="muted">{ t!(i18n, "response-withdrawn") }{ " " }<Instant {at} />{ "." }</p>
            }
            <ResponseText text={response.text.clone()} sections={response.sections.clone()} level={props.level + 1} />
            <FileList files={response.files.clone()} label={t!(i18n, "response-files")} />
            { props.children.clone() }
        </article>
    }
}

/// What the words of an answer need.
#[derive(Properties, PartialEq)]
pub struct ResponseTextProps {
    /// The answer to the hearing as a whole.
    pub text: AttrValue,
    /// Answers to single sections.
    pub sections: Vec<SectionText>,
    /// The level of the headings of answers to sections.
    pub level: u8,
}

/// The words of an answer.
#[component]
pub fn ResponseText(props: &ResponseTextProps) -> Html {
    let i18n = use_i18n();
    let heading = format!("h{}", props.level);
    let answered = props.sections.iter().filter(|section| !section.text.trim().is_empty());
    html! {
        <>
            if !props.text.trim().is_empty() {
                <p class="plain-text" lang="da">{ &props.text }</p>
            }
            { for answered.map(|section| html! {
                <>
                    <@{heading.clone()} class="response-subheading">
                        { t!(i18n, "response-to-section", title = section.title.as_str()) }
                    </@>
                    <p class="plain-text" lang="da">{ &section.text }</p>
                </>
            }) }
        </>
    }
}
