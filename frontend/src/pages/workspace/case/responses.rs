//! All answers to a hearing with their senders, for its staff.

use openapi::{client::operations as op, hearings::HearingStatus};
use yew::prelude::*;

use super::{CaseFile, versions::EarlierVersions};
use crate::{
    components::{Button, ButtonKind, EmptyState, Icon},
    dom,
    i18n::{key, use_i18n},
    pages::{ResponseList, use_responses},
    route::Route,
    shown_response::ShownResponse,
    t,
};

#[derive(Properties, PartialEq)]
pub(super) struct ResponsesProps {
    pub(super) case: CaseFile,
}

/// All answers with their senders.
#[component]
pub(super) fn Responses(props: &ResponsesProps) -> Html {
    let i18n = use_i18n();
    let hearing = &props.case.hearing;
    let page = Route::CaseResponses { id: hearing.id };
    let responses =
        use_responses(hearing.id, page, |api, id, page| async move { api.list_staff_responses(id, &page).await });
    let why = match hearing.status {
        HearingStatus::Draft | HearingStatus::Scheduled => key("staff-responses-not-open"),
        HearingStatus::Open => key("staff-responses-none-yet"),
        _ => key("staff-responses-none-came"),
    };
    let empty = html! {
        <EmptyState heading={t!(i18n, "responses-none")} level="h3"><p>{ t!(i18n, why) }</p></EmptyState>
    };
    let intro = html! {
        <p class="muted">
            if let Some(count) = hearing.response_count {
                { t!(i18n, "staff-responses-count", count = count) }{ " " }
            }
            { t!(i18n, "staff-responses-private") }
        </p>
    };
    let id = hearing.id;
    let archive = op::GET_ATTACHMENT_ARCHIVE.address(&[&id]);
    let under = Callback::from(move |response: ShownResponse| match response.id {
        Some(response_id) if response.edited_at.is_some() || response.withdrawn_at.is_some() => {
            html! { <EarlierVersions hearing={id} response={response_id} number={response.number.unwrap_or_default()} /> }
        }
        _ => Html::default(),
    });
    html! {
        <section aria-labelledby="svar">
            <div class="section-head">
                <h2 id="svar">{ t!(i18n, "responses-title") }</h2>
                <div class="section-tools">
                    if responses.may_have_files() {
                        <a class="button button-tertiary" href={archive} download="">
                            <Icon name="download" />{ t!(i18n, "staff-responses-archive") }
                        </a>
                    }
                    if responses.are_here() {
                        <Button kind={ButtonKind::Tertiary} icon="print" on_press={|()| dom::print()}>
                            { t!(i18n, "print") }
                        </Button>
                    }
                </div>
            </div>
            <ResponseList {responses} {empty} {intro} {under} />
        </section>
    }
}
