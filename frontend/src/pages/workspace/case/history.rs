//! What was done to a hearing, newest first, in plain words, for its owners.

use std::rc::Rc;

use openapi::{
    audit::{AuditChange, HistoryEntry},
    hearings::RoleList,
    ids::HearingId,
};
use yew::prelude::*;

use super::CaseFile;
use crate::{
    audit_text,
    components::{ChangeList, Column, EmptyState, Instant, RemoteList, RemoteView, Row, Table},
    hooks::{NoFilters, use_list_query, use_remote, use_rows},
    i18n::{I18n, use_i18n},
    route::Route,
    t,
};

#[derive(Properties, PartialEq)]
pub(super) struct HistoryProps {
    pub(super) case: CaseFile,
}

/// What was done to the hearing. Entries about roles name people by their ids; so first come the people.
#[component]
pub(super) fn History(props: &HistoryProps) -> Html {
    let i18n = use_i18n();
    let id = props.case.hearing.id;
    let people = use_remote(id, |api, id| async move { api.list_roles(id).await });
    html! {
        <>
            <h2>{ t!(i18n, "history-heading") }</h2>
            <RemoteView remote={people.status()} what={t!(i18n, "what-history")}>
                if let Some(people) = people.data() {
                    <Entries {id} people={people.clone()} />
                }
            </RemoteView>
        </>
    }
}

#[derive(Properties, PartialEq)]
struct EntriesProps {
    id: HearingId,
    people: Rc<RoleList>,
}

/// The entries.
#[component]
fn Entries(props: &EntriesProps) -> Html {
    let i18n = use_i18n();
    let EntriesProps { id, people } = props;
    let query = use_list_query::<NoFilters>(Route::CaseHistory { id: *id });
    let entries =
        use_rows(*id, query.shown.wanted(), |api, id, page| async move { api.list_hearing_history(id, &page).await });
    html! {
        <RemoteList
            list={entries.list()}
            empty={html! { <EmptyState heading={t!(i18n, "history-empty")} level="h3" /> }}
            what={t!(i18n, "what-history")}
            on_more={query.on_more}
        >
            { table(entries.rows(), people, &i18n) }
        </RemoteList>
    }
}

fn table(entries: &[HistoryEntry], people: &RoleList, i18n: &I18n) -> Html {
    let columns = vec![
        Column::text(t!(i18n, "audit-column-when")),
        Column::text(t!(i18n, "audit-column-what")),
        Column::text(t!(i18n, "audit-column-who")),
        Column::text(t!(i18n, "audit-column-changes")),
    ];
    let row = |entry: &HistoryEntry| {
        let changes: Vec<AuditChange> = entry.changes.iter().map(|change| named(change, people, i18n)).collect();
        Row {
            key: entry.id.to_string().into(),
            cells: vec![
                html! { <Instant at={entry.occurred_at} /> },
                html! { t!(i18n, audit_text::action(entry.action)) },
                html! { entry.actor.clone().map_or_else(|| t!(i18n, "history-nobody"), AttrValue::from) },
                if changes.is_empty() {
                    html! { "–" }
                } else {
                    html! { <ChangeList {changes} /> }
                },
            ],
        }
    };
    let rows = entries.iter().map(row).collect::<Vec<_>>();
    html! { <Table caption={t!(i18n, "history-heading")} {columns} {rows} /> }
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
