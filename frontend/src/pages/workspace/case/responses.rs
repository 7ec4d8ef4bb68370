//! All answers to a hearing with their senders, for its staff; each with an address of its own.

use std::rc::Rc;

use openapi::{
    hearings::{Hearing, HearingStatus},
    page::{Page as Rows, PageQuery},
    responses::StaffResponse,
};
use serde::{Deserialize, Serialize};
use yew::prelude::*;
use yew_router::prelude::use_location;

use super::CaseFile;
use crate::{
    components::{Button, ButtonKind, EmptyState, LoadMore, RemoteView, ResponseArticle, SectionText},
    dom,
    hooks::{Query, use_query, use_remote},
    i18n::{I18n, key, use_i18n},
    paging::{STEP, first_rows},
    route::Route,
    t,
};

/// The page's address after the `?`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct ResponsesQuery {
    /// How many answers are shown.
    #[serde(rename = "vis", skip_serializing_if = "Option::is_none")]
    shown: Option<usize>,
}

#[derive(Properties, PartialEq)]
pub(super) struct ResponsesProps {
    pub(super) case: CaseFile,
}

/// All answers with their senders.
#[component]
pub(super) fn Responses(props: &ResponsesProps) -> Html {
    let i18n = use_i18n();
    let hearing = props.case.hearing.clone();
    let query = use_query::<ResponsesQuery>(Route::CaseResponses { id: hearing.id });
    let pointed_at = use_location().and_then(|location| location.hash().strip_prefix("#svar-")?.parse::<i32>().ok());
    // Numbers count up from 1: as many rows hold the one that the address points at.
    let at_least = pointed_at.and_then(|number| usize::try_from(number).ok()).unwrap_or_default().max(STEP);
    let wanted = query.value.shown.unwrap_or(STEP).clamp(at_least.min(5_000), 5_000);
    let responses = use_remote((hearing.id, wanted), |api, (id, wanted)| async move {
        let api = &api;
        first_rows(wanted, |limit, cursor| async move {
            api.list_staff_responses(id, &PageQuery { limit: Some(limit), cursor }).await
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
        Callback::from(move |rows: Rc<Rows<StaffResponse>>| list(&rows, &hearing, &query, pointed_at, busy, &i18n))
    };
    html! {
        <section aria-labelledby="svar">
            <div class="section-head">
                <h2 id="svar">{ t!(i18n, "responses-title") }</h2>
                if here {
                    <Button kind={ButtonKind::Tertiary} icon="print" on_press={|()| dom::print()}>
                        { t!(i18n, "print") }
                    </Button>
                }
            </div>
            <RemoteView<Rows<StaffResponse>> remote={responses} {draw} what={t!(i18n, "what-responses")} />
        </section>
    }
}

fn list(
    rows: &Rows<StaffResponse>,
    hearing: &Hearing,
    query: &Query<ResponsesQuery>,
    pointed_at: Option<i32>,
    busy: bool,
    i18n: &I18n,
) -> Html {
    if rows.items.is_empty() {
        let why = match hearing.status {
            HearingStatus::Draft | HearingStatus::Scheduled => key("staff-responses-not-open"),
            HearingStatus::Open => key("staff-responses-none-yet"),
            _ => key("staff-responses-none-came"),
        };
        return html! {
            <EmptyState heading={t!(i18n, "responses-none")} level="h3"><p>{ t!(i18n, why) }</p></EmptyState>
        };
    }
    let on_more = {
        let query = query.clone();
        let shown = rows.items.len() + STEP;
        Callback::from(move |()| query.replace.emit(ResponsesQuery { shown: Some(shown) }))
    };
    html! {
        <>
            <p class="muted">
                if let Some(count) = hearing.response_count {
                    { t!(i18n, "staff-responses-count", count = count) }{ " " }
                }
                { t!(i18n, "staff-responses-private") }
            </p>
            { for rows.items.iter().map(|response| article(response, pointed_at)) }
            <LoadMore shown={rows.items.len()} more={rows.next.is_some()} {busy} {on_more} />
        </>
    }
}

fn article(response: &StaffResponse, pointed_at: Option<i32>) -> Html {
    let person = &response.respondent;
    let sender: Vec<&str> = [Some(person.name.as_str()), person.department.as_deref(), Some(person.email.as_str())]
        .into_iter()
        .flatten()
        .collect();
    html! {
        <ResponseArticle
            key={response.number}
            number={response.number}
            sender={sender.join(" · ")}
            on_behalf_of={response.on_behalf_of.clone()}
            sent_at={response.sent_at}
            text={response.text.clone()}
            sections={response.sections.iter().map(SectionText::from).collect::<Vec<_>>()}
            marked={pointed_at == Some(response.number)}
        />
    }
}
