//! The audit log, for auditors: who did what, on which object, when, from where.

mod filters;
mod query;
mod table;

use std::rc::Rc;

use openapi::{audit::AuditEntry, page::Page as Rows, session::GlobalRole, validation::Validate};
use yew::prelude::*;

use self::{filters::Filters, query::LogQuery, table::Entries};
use crate::{
    components::{Alert, AlertKind, Button, ButtonKind, EmptyState, LoadMore, Page, RemoteView},
    form_errors::FormErrors,
    hooks::{use_query, use_remote},
    i18n::use_i18n,
    pages::{Forbidden, LoginFirst},
    paging::{STEP, first_rows},
    route::Route,
    session::use_session,
    t,
};

/// The audit log.
#[component]
pub fn AuditLog() -> Html {
    let i18n = use_i18n();
    let session = use_session();
    let allowed = session.has(GlobalRole::Auditor);
    if session.account().is_some() && !allowed {
        return html! { <Forbidden /> };
    }
    html! {
        <Page title={t!(i18n, "audit-title")} crumbs={Some(vec![])}>
            if allowed {
                <p class="lead">{ t!(i18n, "audit-lead") }</p>
                <Log />
            } else if session.is_known() {
                <LoginFirst text={t!(i18n, "audit-login")} />
            }
        </Page>
    }
}

/// Filters and entries.
#[component]
fn Log() -> Html {
    let i18n = use_i18n();
    let query = use_query::<LogQuery>(Route::Audit);
    let wrong = query.value.asked(None, None).validate().err();
    html! {
        <>
            <Filters query={query.clone()} />
            if let Some(wrong) = wrong {
                <Alert kind={AlertKind::Error}>
                    { for FormErrors::from_fields(&wrong, &i18n).fields.into_iter().map(|field| html! {
                        <p>{ field.message }</p>
                    }) }
                </Alert>
            } else {
                <Found {query} />
            }
        </>
    }
}

#[derive(Properties, PartialEq)]
struct FoundProps {
    query: crate::hooks::Query<LogQuery>,
}

/// The entries that the filters let through.
#[component]
fn Found(props: &FoundProps) -> Html {
    let i18n = use_i18n();
    let query = props.query.clone();
    let entries = use_remote(query.value.clone(), |api, query: LogQuery| async move {
        let (api, asked) = (&api, &query);
        first_rows(query.rows(), |limit, cursor| {
            let query = asked.asked(Some(limit), cursor);
            async move { api.list_audit_entries(&query).await }
        })
        .await
    });
    let busy = entries.state().is_loading();
    let draw = {
        let i18n = i18n.clone();
        Callback::from(move |rows: Rc<Rows<AuditEntry>>| {
            if rows.items.is_empty() {
                let all = query.set.reform(|()| LogQuery::default());
                return html! {
                    <div role="status">
                        <EmptyState heading={t!(i18n, "audit-none")}>
                            <p>{ t!(i18n, "audit-none-text") }</p>
                            if query.value.is_narrowed() {
                                <Button kind={ButtonKind::Secondary} on_press={all}>{ t!(i18n, "audit-show-all") }</Button>
                            }
                        </EmptyState>
                    </div>
                };
            }
            let on_more = {
                let (query, shown) = (query.clone(), rows.items.len() + STEP);
                Callback::from(move |()| query.replace.emit(LogQuery { shown: Some(shown), ..query.value.clone() }))
            };
            let on_narrow = query.set.clone();
            html! {
                <>
                    <Entries entries={rows.items.clone()} query={query.value.clone()} {on_narrow} />
                    <LoadMore shown={rows.items.len()} more={rows.next.is_some()} {busy} {on_more} />
                </>
            }
        })
    };
    html! { <RemoteView<Rows<AuditEntry>> remote={entries} {draw} what={t!(i18n, "what-audit-log")} /> }
}
