//! What was done to a hearing, newest first, in plain words, for its owners.

use std::rc::Rc;

use futures::try_join;
use openapi::{
    audit::{AuditChange, HistoryEntry},
    hearings::RoleList,
    page::{Page as Rows, PageQuery},
};
use serde::{Deserialize, Serialize};
use yew::prelude::*;

use super::CaseFile;
use crate::{
    audit_text,
    components::{ChangeList, Column, EmptyState, Instant, LoadMore, RemoteView, Row, Table},
    hooks::{Query, use_query, use_remote},
    i18n::{I18n, use_i18n},
    paging::{STEP, first_rows},
    route::Route,
    t,
};

/// The page's address after the `?`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct HistoryQuery {
    /// How many entries are shown.
    #[serde(rename = "vis", skip_serializing_if = "Option::is_none")]
    shown: Option<usize>,
}

/// The entries, and the people of the hearing: entries about roles name people by their ids.
struct Told {
    entries: Rows<HistoryEntry>,
    people: RoleList,
}

#[derive(Properties, PartialEq)]
pub(super) struct HistoryProps {
    pub(super) case: CaseFile,
}

/// What was done to the hearing.
#[component]
pub(super) fn History(props: &HistoryProps) -> Html {
    let i18n = use_i18n();
    let id = props.case.hearing.id;
    let query = use_query::<HistoryQuery>(Route::CaseHistory { id });
    let wanted = query.value.shown.unwrap_or(STEP).clamp(STEP, 2_000);
    let told = use_remote((id, wanted), |api, (id, wanted)| async move {
        let api = &api;
        let entries = first_rows(wanted, |limit, cursor| async move {
            api.list_hearing_history(id, &PageQuery { limit: Some(limit), cursor }).await
        });
        let (entries, people) = try_join!(entries, api.list_roles(id))?;
        Ok(Told { entries, people })
    });
    let busy = told.state().is_loading();
    let draw = {
        let i18n = i18n.clone();
        Callback::from(move |told: Rc<Told>| table(&told, &query, busy, &i18n))
    };
    html! {
        <>
            <h2>{ t!(i18n, "history-heading") }</h2>
            <RemoteView<Told> remote={told} {draw} what={t!(i18n, "what-history")} />
        </>
    }
}

fn table(told: &Told, query: &Query<HistoryQuery>, busy: bool, i18n: &I18n) -> Html {
    let entries = &told.entries;
    if entries.items.is_empty() {
        return html! { <EmptyState heading={t!(i18n, "history-empty")} level="h3" /> };
    }
    let columns = vec![
        Column::text(t!(i18n, "audit-column-when")),
        Column::text(t!(i18n, "audit-column-what")),
        Column::text(t!(i18n, "audit-column-who")),
        Column::text(t!(i18n, "audit-column-changes")),
    ];
    let row = |entry: &HistoryEntry| {
        let changes: Vec<AuditChange> = entry.changes.iter().map(|change| named(change, &told.people, i18n)).collect();
        Row {
            key: entry.id.to_string().into(),
            cells: vec![
                html! { <Instant at={entry.occurred_at} /> },
                html! { t!(i18n, audit_text::action(entry.action)) },
                html! { entry.actor.clone().map_or_else(|| t!(i18n, "history-nobody"), AttrValue::from) },
                html! { <ChangeList {changes} /> },
            ],
        }
    };
    let on_more = {
        let query = query.clone();
        let shown = entries.items.len() + STEP;
        Callback::from(move |()| query.replace.emit(HistoryQuery { shown: Some(shown) }))
    };
    html! {
        <>
            <Table
                caption={t!(i18n, "history-heading")}
                {columns}
                rows={entries.items.iter().map(row).collect::<Vec<_>>()}
            />
            <LoadMore shown={entries.items.len()} more={entries.next.is_some()} {busy} {on_more} />
        </>
    }
}

/// A change with people's names in place of their ids, as far as they still have a role on the hearing.
fn named(change: &AuditChange, people: &RoleList, i18n: &I18n) -> AuditChange {
    if change.field != "account" {
        return change.clone();
    }
    let name = |id: &String| {
        let person = people.items.iter().find(|role| role.employee.id.to_string() == *id);
        person.map_or_else(|| t!(i18n, "history-former-participant").to_string(), |role| role.employee.name.clone())
    };
    AuditChange { old: change.old.as_ref().map(name), new: change.new.as_ref().map(name), ..change.clone() }
}
