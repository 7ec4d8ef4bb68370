//! The answers to a hearing, as far as others than staff see them, each with an address of its own.

use std::rc::Rc;

use openapi::{
    drafts::SectionAnswer,
    hearings::Hearing,
    page::{Page as Rows, PageQuery},
    responses::{AnsweredSection, PublicResponse},
};
use yew::prelude::*;
use yew_router::prelude::use_location;

use crate::{
    components::{EmptyState, LoadMore, RemoteView, ResponseArticle, SectionText},
    dom,
    hooks::use_remote,
    i18n::{I18n, use_i18n},
    paging::{STEP, first_rows},
    t,
};

#[derive(Properties, PartialEq)]
pub(super) struct ResponsesProps {
    pub(super) hearing: Rc<Hearing>,
}

/// The answers to a hearing.
#[component]
pub(super) fn Responses(props: &ResponsesProps) -> Html {
    let i18n = use_i18n();
    let pointed_at = use_location().and_then(|location| pointed_at(location.hash()));
    let shown = use_state_eq(|| STEP);
    // An address with #svar-250 has to find it: numbers count up from 1, so as many rows hold it.
    let wanted = pointed_at.and_then(|number| usize::try_from(number).ok()).unwrap_or(0).clamp(*shown, 5_000);
    let responses = use_remote((props.hearing.id, wanted), |api, (hearing, wanted)| async move {
        let api = &api;
        first_rows(wanted, |limit, cursor| async move {
            api.list_responses(hearing, &PageQuery { limit: Some(limit), cursor }).await
        })
        .await
    });
    let here = responses.data().is_some();
    use_effect_with((here, pointed_at), |(here, number)| {
        if let (true, Some(number)) = (here, number) {
            dom::focus(&format!("svar-{number}"));
        }
    });
    let busy = responses.state().is_loading();
    let draw = {
        let i18n = i18n.clone();
        Callback::from(move |rows: Rc<Rows<PublicResponse>>| {
            if rows.items.is_empty() {
                return html! {
                    <EmptyState heading={t!(i18n, "responses-none")} level="h3">
                        <p>{ t!(i18n, "responses-none-text") }</p>
                    </EmptyState>
                };
            }
            let more = {
                let shown = shown.clone();
                let count = rows.items.len() + STEP;
                Callback::from(move |()| shown.set(count))
            };
            html! {
                <>
                    { for rows.items.iter().map(|response| article(response, pointed_at, &i18n)) }
                    <LoadMore shown={rows.items.len()} more={rows.next.is_some()} {busy} on_more={more} />
                </>
            }
        })
    };
    html! {
        <section aria-labelledby="svar">
            <h2 id="svar" tabindex="-1">{ t!(i18n, "responses-title") }</h2>
            <RemoteView<Rows<PublicResponse>> remote={responses} {draw} what={t!(i18n, "what-responses")} />
        </section>
    }
}

/// The number in `#svar-12`.
fn pointed_at(fragment: &str) -> Option<i32> {
    fragment.strip_prefix("#svar-")?.parse().ok()
}

fn article(response: &PublicResponse, pointed_at: Option<i32>, i18n: &I18n) -> Html {
    let sender = response.sender.clone().map_or_else(|| t!(i18n, "response-sender-hidden"), AttrValue::from);
    html! {
        <ResponseArticle
            key={response.number}
            number={response.number}
            {sender}
            on_behalf_of={response.on_behalf_of.clone()}
            sent_at={response.sent_at}
            text={response.text.clone()}
            sections={answered_sections(&response.sections)}
            marked={pointed_at == Some(response.number)}
        />
    }
}

/// Answers to sections as they were sent.
pub(crate) fn answered_sections(answers: &[AnsweredSection]) -> Vec<SectionText> {
    answers.iter().map(SectionText::from).collect()
}

/// Answers to sections as they are written, with the sections' titles now.
pub(in crate::pages::portal) fn section_texts(answers: &[SectionAnswer], hearing: &Hearing) -> Vec<SectionText> {
    answers
        .iter()
        .map(|answer| {
            let section = hearing.sections.iter().find(|section| section.id == answer.section);
            SectionText {
                title: section.map(|section| section.title.clone()).unwrap_or_default().into(),
                text: answer.text.clone().into(),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_answers_own_fragment_points_at_it() {
        assert_eq!(pointed_at("#svar-12"), Some(12));
        for fragment in ["", "#svar", "#svar-", "#svar-x", "#afsnit-1"] {
            assert_eq!(pointed_at(fragment), None, "{fragment}");
        }
    }
}
