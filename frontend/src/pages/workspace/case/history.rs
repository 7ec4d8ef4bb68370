//! What was done to a hearing, newest first, in plain words, for its owners.

use openapi::audit::HistoryEntry;
use yew::prelude::*;

use super::CaseFile;
use crate::{
    audit_text,
    components::{ChangeList, Column, EmptyState, Instant, RemoteList, Row, Table},
    hooks::{NoFilters, use_list_query, use_rows},
    i18n::{I18n, use_i18n},
    route::Route,
    t,
};

#[derive(Properties, PartialEq)]
pub(super) struct HistoryProps {
    pub(super) case: CaseFile,
}

/// What was done to the hearing.
#[component]
pub(super) fn History(props: &HistoryProps) -> Html {
    let i18n = use_i18n();
    let id = props.case.hearing.id;
    let query = use_list_query::<NoFilters>(Route::CaseHistory { id });
    let entries =
        use_rows(id, query.shown.wanted(), |api, id, page| async move { api.list_hearing_history(id, &page).await });
    html! {
        <>
            <h2>{ t!(i18n, "history-heading") }</h2>
            <RemoteList
                list={entries.list()}
                empty={html! { <EmptyState heading={t!(i18n, "history-empty")} level="h3" /> }}
                what={t!(i18n, "what-history")}
                on_more={query.on_more}
            >
                { table(entries.rows(), &i18n) }
            </RemoteList>
        </>
    }
}

fn table(entries: &[HistoryEntry], i18n: &I18n) -> Html {
    let columns = vec![
        Column::text(t!(i18n, "audit-column-when")),
        Column::text(t!(i18n, "audit-column-what")),
        Column::text(t!(i18n, "audit-column-who")),
        Column::text(t!(i18n, "audit-column-changes")),
    ];
    let row = |entry: &HistoryEntry| Row {
        key: entry.id.to_string().into(),
        cells: vec![
            html! { <Instant at={entry.occurred_at} /> },
            html! { t!(i18n, audit_text::action(entry.action)) },
            html! { entry.actor.clone().map_or_else(|| t!(i18n, "history-nobody"), AttrValue::from) },
            if entry.changes.is_empty() {
                html! { "–" }
            } else {
                html! { <ChangeList changes={entry.changes.clone()} /> }
            },
        ],
    };
    let rows = entries.iter().map(row).collect::<Vec<_>>();
    html! { <Table caption={t!(i18n, "history-heading")} {columns} {rows} /> }
}
