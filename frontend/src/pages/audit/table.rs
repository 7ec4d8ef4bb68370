//! Entries of the audit log in a table; what is more than a line unfolds.

use openapi::audit::{AuditAction, AuditEntry, AuditOutcome};
use yew::prelude::*;

use super::asked::Asked;
use crate::{
    audit_text,
    components::{
        Badge, BadgeKind, Button, ButtonKind, ChangeList, Column, Details, Fact, Instant, Row, StructuredList, Table,
    },
    hooks::ListQuery,
    i18n::{I18n, key, use_i18n},
    t,
};

/// How much of a digest is shown in a row: enough to see that two are the same.
const SHORT: usize = 8;

#[derive(Properties, PartialEq)]
pub(super) struct EntriesProps {
    pub(super) entries: Vec<AuditEntry>,
    pub(super) query: ListQuery<Asked>,
}

/// Entries in a table.
#[component]
pub(super) fn Entries(props: &EntriesProps) -> Html {
    let i18n = use_i18n();
    let columns = vec![
        Column::text(t!(i18n, "audit-column-when")),
        Column::text(t!(i18n, "audit-column-who")),
        Column::text(t!(i18n, "audit-column-what")),
        Column::text(t!(i18n, "audit-column-object")),
        Column::text(t!(i18n, "audit-column-outcome")),
        Column::text(t!(i18n, "audit-column-details")),
    ];
    let row = |entry: &AuditEntry| Row {
        key: entry.id.to_string().into(),
        cells: vec![
            html! { <Instant at={entry.occurred_at} /> },
            who(entry, props, &i18n),
            what(entry, &i18n),
            on_what(entry, props, &i18n),
            outcome(entry.outcome, &i18n),
            details(entry, &i18n),
        ],
    };
    html! {
        <Table
            caption={t!(i18n, "audit-table")}
            {columns}
            rows={props.entries.iter().map(row).collect::<Vec<_>>()}
        />
    }
}

fn who(entry: &AuditEntry, props: &EntriesProps, i18n: &I18n) -> Html {
    let Some(actor) = &entry.actor else {
        return html! { <span class="muted">{ t!(i18n, nobody(entry.action)) }</span> };
    };
    let name = actor.name.clone().map_or_else(|| t!(i18n, "audit-erased-person"), AttrValue::from);
    let label = t!(i18n, "audit-only-person", name = name.as_str());
    let id = actor.id;
    let narrowed = props.query.filters.actor == Some(id);
    html! {
        <>
            { narrow(name, label, narrowed, props.query.change(move |asked, ()| asked.actor = Some(id))) }
            <br /><span class="muted">{ t!(i18n, audit_text::capacity(actor.capacity)) }</span>
        </>
    }
}

/// Who it was where nobody is named: somebody who is not known, or the service itself.
fn nobody(action: AuditAction) -> &'static str {
    match action {
        AuditAction::LoginFailed | AuditAction::AccessDenied => key("audit-nobody"),
        _ => key("history-nobody"),
    }
}

/// What was done; how often, or how many rows were read.
fn what(entry: &AuditEntry, i18n: &I18n) -> Html {
    use AuditAction::{AuditLogRead, EmployeesRead, HistoryRead, JobsRead, LoggedOutEverywhere, ResponsesRead};
    let count = match entry.action {
        ResponsesRead | EmployeesRead | AuditLogRead | HistoryRead | JobsRead => {
            Some(t!(i18n, "audit-rows", count = entry.count))
        }
        LoggedOutEverywhere => Some(t!(i18n, "audit-sessions", count = entry.count)),
        AuditAction::AttachmentsRead => Some(t!(i18n, "audit-files", count = entry.count)),
        AuditAction::ValuesErased => Some(t!(i18n, "audit-values", count = entry.count)),
        _ if entry.count > 1 => Some(t!(i18n, "audit-times", count = entry.count)),
        _ => None,
    };
    html! {
        <>
            { t!(i18n, audit_text::action(entry.action)) }
            if let Some(count) = count {
                <br /><span class="muted">{ count }</span>
            }
        </>
    }
}

fn on_what(entry: &AuditEntry, props: &EntriesProps, i18n: &I18n) -> Html {
    let object = t!(i18n, audit_text::object(entry.object));
    let Some(hearing) = &entry.hearing else {
        let Some(name) = &entry.account_name else { return html! { object } };
        return html! { <><span class="muted">{ object }</span><br />{ name }</> };
    };
    let title = match &hearing.title {
        Some(title) if title.trim().is_empty() => t!(i18n, "case-untitled"),
        Some(title) => title.clone().into(),
        None => t!(i18n, "audit-deleted-hearing"),
    };
    let label = t!(i18n, "audit-only-hearing", title = title.as_str());
    let id = hearing.id;
    let narrowed = props.query.filters.hearing == Some(id);
    html! {
        <>
            <span class="muted">{ object }</span><br />
            { narrow(title, label, narrowed, props.query.change(move |asked, ()| asked.hearing = Some(id))) }
        </>
    }
}

/// A name that narrows the log to its own entries, unless it is narrowed to them.
fn narrow(name: AttrValue, label: AttrValue, narrowed: bool, on_press: Callback<()>) -> Html {
    if narrowed {
        return html! { name };
    }
    html! { <Button kind={ButtonKind::Link} {label} {on_press}>{ name }</Button> }
}

fn outcome(outcome: AuditOutcome, i18n: &I18n) -> Html {
    let kind = match outcome {
        AuditOutcome::Done | AuditOutcome::Unknown => BadgeKind::Neutral,
        AuditOutcome::Denied => BadgeKind::Error,
    };
    html! { <Badge {kind} text={t!(i18n, audit_text::outcome(outcome))} /> }
}

/// From where, in which request, on which object, and what changed.
fn details(entry: &AuditEntry, i18n: &I18n) -> Html {
    let source = entry.source.as_deref().unwrap_or_default();
    let short: String = source.chars().take(SHORT).collect();
    let mut facts = Vec::new();
    let mut fact = |name: AttrValue, value: Option<String>| {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            facts.push(Fact::new(name, html! { <code>{ value }</code> }));
        }
    };
    fact(t!(i18n, "audit-source"), Some(source.to_owned()));
    fact(t!(i18n, "audit-request"), entry.request_id.clone());
    fact(t!(i18n, "audit-person-id"), entry.actor.as_ref().map(|actor| actor.id.to_string()));
    fact(t!(i18n, "audit-hearing"), entry.hearing.as_ref().map(|hearing| hearing.id.to_string()));
    fact(t!(i18n, "audit-object-id"), entry.object_id.clone());
    fact(t!(i18n, "audit-entry"), Some(entry.id.to_string()));
    let summary = match (entry.changes.len(), short.is_empty()) {
        (0, true) => t!(i18n, "audit-details"),
        (0, false) => t!(i18n, "audit-details-from", source = short),
        (count, true) => t!(i18n, "audit-details-changes", count = count),
        (count, false) => t!(i18n, "audit-details-both", count = count, source = short),
    };
    html! {
        <Details {summary}>
            if !entry.changes.is_empty() {
                <ChangeList changes={entry.changes.clone()} />
            }
            <StructuredList {facts} />
        </Details>
    }
}
