//! The reader's own hearings: what waits for an answer, drafts, and what was sent.

use futures::try_join;
use openapi::{
    drafts::MyDraft,
    hearings::{HearingQuery, HearingSummary},
    page::{Page as Rows, PageQuery},
    responses::MyResponse,
};
use yew::prelude::*;

use crate::{
    components::{Column, EmptyState, HearingList, Instant, Link, LoadMore, Page, RemoteView, Row, StatusBadge, Table},
    hearing_text,
    hooks::{NoFilters, use_list_query, use_remote},
    i18n::{I18n, use_i18n},
    pages::Restricted,
    paging::{STEP, first_rows},
    route::Route,
    t,
};

struct Overview {
    waiting: Rows<HearingSummary>,
    drafts: Rows<MyDraft>,
    sent: Rows<MyResponse>,
}

/// The reader's own hearings.
#[component]
pub(super) fn Mine() -> Html {
    let i18n = use_i18n();
    let title = t!(i18n, "mine-title");
    html! {
        <Restricted title={title.clone()} login={t!(i18n, "mine-login")}>
            <Page {title} crumbs={Some(vec![])}><Lists /></Page>
        </Restricted>
    }
}

#[component]
fn Lists() -> Html {
    let i18n = use_i18n();
    let query = use_list_query::<NoFilters>(Route::Mine);
    let overview = use_remote(query.shown.wanted(), |api, wanted| async move {
        let waiting = HearingQuery {
            awaiting_answer: Some(true),
            limit: Some(openapi::limits::PAGE_MAXIMUM),
            ..HearingQuery::default()
        };
        let drafts = PageQuery { limit: Some(openapi::limits::PAGE_MAXIMUM), cursor: None };
        let api = &api;
        let sent = first_rows(wanted, |page| async move { api.list_my_responses(&page).await });
        let (waiting, drafts, sent) = try_join!(api.list_hearings(&waiting), api.list_my_drafts(&drafts), sent)?;
        Ok(Overview { waiting, drafts, sent })
    });
    let is_loading = overview.state().is_loading();
    let shown = overview.data().map(|overview| overview.sent.items.len()).unwrap_or_default();
    html! {
        <RemoteView remote={overview.status()} what={t!(i18n, "what-mine")}>
            if let Some(overview) = overview.data() {
                <section aria-labelledby="waiting">
                    <h2 id="waiting">{ t!(i18n, "mine-waiting") }</h2>
                    { waiting(&overview.waiting.items, &i18n) }
                </section>
                <section aria-labelledby="drafts">
                    <h2 id="drafts">{ t!(i18n, "mine-drafts") }</h2>
                    { drafts(&overview.drafts.items, &i18n) }
                </section>
                <section aria-labelledby="sent">
                    <h2 id="sent">{ t!(i18n, "mine-sent") }</h2>
                    { sent(&overview.sent.items, &i18n) }
                    if shown > 0 {
                        <LoadMore
                            {shown}
                            more={overview.sent.next.is_some()}
                            busy={is_loading}
                            on_more={query.on_more.reform(move |()| shown + STEP)}
                        />
                    }
                </section>
            }
        </RemoteView>
    }
}

fn waiting(hearings: &[HearingSummary], i18n: &I18n) -> Html {
    if hearings.is_empty() {
        return html! { <p class="muted">{ t!(i18n, "mine-none-waiting") }</p> };
    }
    html! { <HearingList hearings={hearings.to_vec()} /> }
}

fn drafts(drafts: &[MyDraft], i18n: &I18n) -> Html {
    if drafts.is_empty() {
        return html! { <p class="muted">{ t!(i18n, "mine-no-drafts") }</p> };
    }
    let columns = vec![
        Column::text(t!(i18n, "mine-column-hearing")),
        Column::text(t!(i18n, "mine-column-saved")),
        Column::text(t!(i18n, "mine-column-deadline")),
    ];
    let rows: Vec<Row> = drafts
        .iter()
        .map(|draft| {
            let hearing = &draft.hearing;
            let when = hearing_text::when(hearing.status, None, hearing.deadline_on, i18n);
            Row {
                key: draft.id.to_string().into(),
                cells: vec![
                    html! { <Link to={Route::Answer { id: hearing.id }}>{ &hearing.title }</Link> },
                    html! { <Instant at={draft.updated_at} /> },
                    html! { when.unwrap_or_default() },
                ],
            }
        })
        .collect();
    html! { <Table caption={t!(i18n, "mine-drafts")} {columns} {rows} /> }
}

fn sent(responses: &[MyResponse], i18n: &I18n) -> Html {
    if responses.is_empty() {
        return html! {
            <EmptyState heading={t!(i18n, "mine-none-sent")} level="h3">
                <p>{ t!(i18n, "mine-none-sent-text") }</p>
                <p><Link to={Route::Hearings}>{ t!(i18n, "see-all-hearings") }</Link></p>
            </EmptyState>
        };
    }
    let columns = vec![
        Column::text(t!(i18n, "mine-column-hearing")),
        Column::text(t!(i18n, "mine-column-status")),
        Column::number(t!(i18n, "mine-column-number")),
        Column::text(t!(i18n, "mine-column-sent")),
        Column::text(t!(i18n, "mine-column-receipt")),
    ];
    let rows: Vec<Row> = responses
        .iter()
        .map(|response| {
            let hearing = &response.hearing;
            let number = response.number;
            Row {
                key: response.id.to_string().into(),
                cells: vec![
                    html! { <Link to={Route::hearing(hearing.id, &hearing.title)}>{ &hearing.title }</Link> },
                    html! { <StatusBadge status={hearing.status} /> },
                    match response.withdrawn_at {
                        None => html! { i18n.number(number.into()) },
                        Some(_) => html! { <>{ i18n.number(number.into()) }{ " " }{ t!(i18n, "mine-withdrawn") }</> },
                    },
                    html! { <Instant at={response.sent_at} /> },
                    html! {
                        <Link
                            to={Route::AnswerReceipt { id: hearing.id }}
                            query={format!("svar={}", response.id)}
                            label={t!(i18n, "mine-receipt-of", title = hearing.title.as_str())}
                        >
                            { t!(i18n, "mine-receipt") }
                        </Link>
                    },
                ],
            }
        })
        .collect();
    html! { <Table caption={t!(i18n, "mine-sent")} {columns} {rows} /> }
}
