//! Beside a hearing's text: what is in it, the facts, whom to ask, and where it is in its life.

use std::rc::Rc;

use openapi::hearings::{Contact, Hearing, RespondentShown, ResponsesShown};
use yew::prelude::*;

use crate::{
    components::{Deadline, Fact, StructuredList, Timeline},
    hearing_text::Readers,
    i18n::{I18n, key, use_i18n},
    t,
};

#[derive(Properties, PartialEq)]
pub(super) struct FactsProps {
    pub(super) hearing: Rc<Hearing>,
}

/// What stands beside a hearing's text.
#[component]
pub(super) fn Facts(props: &FactsProps) -> Html {
    let i18n = use_i18n();
    let hearing = &props.hearing;
    html! {
        <aside aria-label={t!(i18n, "hearing-aside")}>
            <nav aria-labelledby="contents">
                <h2 id="contents">{ t!(i18n, "hearing-contents") }</h2>
                <ul class="plain-list contents">
                    { for hearing.sections.iter().map(|section| html! {
                        <li key={section.id.to_string()}>
                            <a href={format!("#afsnit-{}", section.id)} lang="da">{ &section.title }</a>
                        </li>
                    }) }
                    if !hearing.documents.is_empty() {
                        <li><a href="#dokumenter">{ t!(i18n, "hearing-documents") }</a></li>
                    }
                    if hearing.may.read_responses {
                        <li><a href="#svar">{ t!(i18n, "responses-title") }</a></li>
                    }
                </ul>
            </nav>
            <section aria-labelledby="facts">
                <h2 id="facts">{ t!(i18n, "hearing-facts") }</h2>
                <StructuredList facts={facts(hearing, &i18n)} />
            </section>
            <section aria-labelledby="timeline">
                <h2 id="timeline">{ t!(i18n, "hearing-timeline") }</h2>
                <Timeline hearing={hearing.clone()} />
            </section>
        </aside>
    }
}

fn facts(hearing: &Hearing, i18n: &I18n) -> Vec<Fact> {
    let mut facts = Vec::new();
    if let Some(on) = hearing.deadline_on {
        facts.push(Fact::new(t!(i18n, "fact-deadline"), html! { <Deadline {on} /> }));
    }
    let audience = match Readers::of(hearing) {
        Readers::Invited => key("fact-audience-invited"),
        Readers::Employees => key("fact-audience-internal"),
        Readers::Everybody => key("fact-audience-public"),
    };
    facts.push(Fact::new(t!(i18n, "fact-audience"), html! { t!(i18n, audience) }));
    facts.push(Fact::new(t!(i18n, "fact-shown"), html! { t!(i18n, shown(hearing.responses_shown)) }));
    if hearing.responses_shown != ResponsesShown::Never {
        facts.push(Fact::new(t!(i18n, "fact-sender"), html! { t!(i18n, sender(hearing.respondent_shown)) }));
    }
    if let Some(count) = hearing.response_count {
        facts.push(Fact::new(t!(i18n, "fact-responses"), html! { i18n.number(count) }));
    }
    if hearing.contact != Contact::default() {
        facts.push(Fact::new(t!(i18n, "fact-contact"), contact(&hearing.contact)));
    }
    facts
}

/// When others see the answers.
pub(in crate::pages::portal) fn shown(shown: ResponsesShown) -> &'static str {
    match shown {
        ResponsesShown::Never => key("shown-never"),
        ResponsesShown::WhenApproved => key("shown-when-approved"),
        ResponsesShown::AfterDeadline => key("shown-after-deadline"),
        ResponsesShown::Unknown => key("unknown-value"),
    }
}

fn sender(shown: RespondentShown) -> &'static str {
    match shown {
        RespondentShown::NameAndDepartment => key("sender-name-and-department"),
        RespondentShown::Department => key("sender-department"),
        RespondentShown::Nothing => key("sender-nothing"),
        RespondentShown::Unknown => key("unknown-value"),
    }
}

fn contact(contact: &Contact) -> Html {
    let phone = contact.phone.replace(' ', "");
    html! {
        <>
            { for [&contact.name, &contact.department].into_iter().filter(|text| !text.is_empty()).map(|text| html! {
                <div>{ text }</div>
            }) }
            if !contact.email.is_empty() {
                <div><a href={format!("mailto:{}", contact.email)}>{ &contact.email }</a></div>
            }
            if !phone.is_empty() {
                <div><a href={format!("tel:{phone}")}>{ &contact.phone }</a></div>
            }
        </>
    }
}
