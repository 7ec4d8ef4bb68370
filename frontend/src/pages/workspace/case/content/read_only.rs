//! A hearing that may not be changed: why, and what it says.

use std::rc::Rc;

use openapi::hearings::{Hearing, HearingRole, HearingStatus};
use yew::prelude::*;

use crate::{
    case_text,
    components::{Alert, Deadline, Fact, FileList, HearingImage, SectionList, StructuredList},
    i18n::{I18n, key, use_i18n},
    shown_file::ShownFile,
    t,
};

#[derive(Properties, PartialEq)]
pub(super) struct ReadOnlyProps {
    pub(super) hearing: Rc<Hearing>,
}

/// What the hearing says, and why it may not be changed.
#[component]
pub(super) fn ReadOnly(props: &ReadOnlyProps) -> Html {
    let i18n = use_i18n();
    let hearing = &props.hearing;
    let documents = hearing.documents.iter().map(|document| ShownFile::document(hearing.id, document));
    let documents: Vec<ShownFile> = documents.collect();
    html! {
        <>
            <Alert><p>{ t!(i18n, why(hearing)) }</p></Alert>
            <div class="with-aside">
                <div>
                    <HearingImage hearing={hearing.clone()} />
                    if !hearing.summary.trim().is_empty() {
                        <p class="lead" lang="da">{ &hearing.summary }</p>
                    }
                    if hearing.sections.is_empty() {
                        <p class="muted">{ t!(i18n, "sections-none") }</p>
                    }
                    <SectionList hearing={hearing.clone()} />
                    if !hearing.documents.is_empty() {
                        <h2>{ t!(i18n, "edit-documents") }</h2>
                        <FileList files={documents} label={t!(i18n, "edit-documents")} dated=true />
                    }
                </div>
                <aside aria-labelledby="settings">
                    <h2 id="settings">{ t!(i18n, "edit-settings") }</h2>
                    <StructuredList facts={facts(hearing, &i18n)} />
                </aside>
            </div>
        </>
    }
}

/// Why it may not be changed.
fn why(hearing: &Hearing) -> &'static str {
    match hearing.status {
        HearingStatus::Open => key("read-only-open"),
        HearingStatus::Processing => key("read-only-processing"),
        HearingStatus::Concluded => key("read-only-concluded"),
        HearingStatus::Cancelled => key("read-only-cancelled"),
        HearingStatus::Draft | HearingStatus::Scheduled if hearing.your_roles.contains(&HearingRole::Reviewer) => {
            key("read-only-reviewer")
        }
        HearingStatus::Draft | HearingStatus::Scheduled | HearingStatus::Unknown => key("read-only-not-owner"),
    }
}

fn facts(hearing: &Hearing, i18n: &I18n) -> Vec<Fact> {
    let contact = &hearing.contact;
    let contact: Vec<&str> = [&contact.name, &contact.department, &contact.email, &contact.phone]
        .into_iter()
        .map(String::as_str)
        .filter(|part| !part.trim().is_empty())
        .collect();
    let mut facts = Vec::new();
    if let Some(day) = hearing.starts_on {
        facts.push(Fact::new(t!(i18n, "edit-starts-on"), html! { i18n.dates().long_day(day) }));
    }
    if let Some(on) = hearing.deadline_on {
        facts.push(Fact::new(t!(i18n, "edit-deadline-on"), html! { <Deadline {on} /> }));
    }
    let audience = t!(i18n, case_text::audience(hearing.audience));
    facts.push(Fact::new(t!(i18n, "edit-audience"), html! { audience }));
    let invited = if hearing.invitation_only { key("yes") } else { key("no") };
    facts.push(Fact::new(t!(i18n, "edit-invitation-only"), html! { t!(i18n, invited) }));
    let shown = t!(i18n, case_text::responses_shown(hearing.responses_shown));
    facts.push(Fact::new(t!(i18n, "edit-responses-shown"), html! { shown }));
    let sender = t!(i18n, case_text::respondent_shown(hearing.respondent_shown));
    facts.push(Fact::new(t!(i18n, "edit-respondent-shown"), html! { sender }));
    if !contact.is_empty() {
        let lines = contact.into_iter().map(|line| html! { <div>{ line }</div> });
        facts.push(Fact::new(t!(i18n, "edit-contact"), html! { <>{ for lines }</> }));
    }
    facts
}
