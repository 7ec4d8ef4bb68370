//! The hearings one works on, in a table; filters, order and length stand in the address.

mod filters;
mod query;
mod table;

use std::rc::Rc;

use openapi::{
    hearings::{HearingQuery, HearingSummary},
    page::Page as Rows,
    session::GlobalRole,
};
use yew::prelude::*;

use self::{
    filters::Filters,
    query::{WORK, WorkQuery},
    table::{columns, row},
};
use crate::{
    components::{Button, ButtonKind, EmptyState, Link, LoadMore, Page, RemoteView, Table},
    hooks::{Query, use_query, use_remote},
    i18n::use_i18n,
    pages::LoginFirst,
    paging::{STEP, first_rows},
    route::Route,
    session::use_session,
    t,
};

/// The hearings one works on.
#[component]
pub(super) fn Overview() -> Html {
    let i18n = use_i18n();
    let session = use_session();
    let creates = session.has(GlobalRole::HearingCreator);
    let beside = html! {
        if creates {
            <Link class="button button-primary" to={Route::NewHearing}>{ t!(i18n, "new-title") }</Link>
        }
    };
    html! {
        <Page title={t!(i18n, "nav-workspace")} crumbs={Some(vec![])} {beside}>
            if session.account().is_some() {
                <p class="lead">{ t!(i18n, "workspace-lead") }</p>
                <Work />
            } else if session.is_known() {
                <LoginFirst text={t!(i18n, "workspace-login")} />
            }
        </Page>
    }
}

/// Filters and table.
#[component]
fn Work() -> Html {
    let i18n = use_i18n();
    let query = use_query::<WorkQuery>(Route::Workspace);
    let hearings = use_remote(query.value.clone(), |api, query: WorkQuery| async move {
        let (api, asked) = (&api, &query);
        first_rows(query.rows(), |limit, cursor| {
            let query = HearingQuery {
                q: (!asked.q.is_empty()).then(|| asked.q.clone()),
                status: asked.statuses(),
                role: asked.role.map_or_else(|| WORK.to_vec(), |role| vec![role]),
                sort: asked.sort,
                limit: Some(limit),
                cursor,
                ..HearingQuery::default()
            };
            async move { api.list_hearings(&query).await }
        })
        .await
    });
    let busy = hearings.state().is_loading();
    let draw = {
        let (i18n, query) = (i18n.clone(), query.clone());
        Callback::from(move |rows: Rc<Rows<HearingSummary>>| {
            if rows.items.is_empty() {
                return html! { <Nothing query={query.clone()} /> };
            }
            let on_more = {
                let (query, shown) = (query.clone(), rows.items.len() + STEP);
                Callback::from(move |()| {
                    query.replace.emit(WorkQuery { shown: Some(shown), ..query.value.clone() });
                })
            };
            html! {
                <>
                    <Table
                        caption={t!(i18n, "workspace-table")}
                        columns={columns(&query, &i18n)}
                        rows={rows.items.iter().map(|hearing| row(hearing, &i18n)).collect::<Vec<_>>()}
                    />
                    <LoadMore shown={rows.items.len()} more={rows.next.is_some()} {busy} {on_more} />
                </>
            }
        })
    };
    html! {
        <>
            <Filters {query} />
            <RemoteView<Rows<HearingSummary>> remote={hearings} {draw} what={t!(i18n, "what-hearings")} />
        </>
    }
}

#[derive(Properties, PartialEq)]
struct WorkProps {
    query: Query<WorkQuery>,
}

/// Why the table is empty, and what one can do.
#[component]
fn Nothing(props: &WorkProps) -> Html {
    let i18n = use_i18n();
    let creates = use_session().has(GlobalRole::HearingCreator);
    let query = &props.query;
    let ended = html! {
        if !query.value.all {
            <p>
                <Button kind={ButtonKind::Link} on_press={query.set.reform(|()| WorkQuery::everything())}>
                    { t!(i18n, "workspace-see-ended") }
                </Button>
            </p>
        }
    };
    html! {
        <div role="status">
            if query.value.is_narrowed() {
                <EmptyState heading={t!(i18n, "list-none-found")}>
                    <p>{ t!(i18n, "workspace-none-found") }</p>
                    <Button kind={ButtonKind::Secondary} on_press={query.set.reform(|()| WorkQuery::everything())}>
                        { t!(i18n, "list-show-all") }
                    </Button>
                </EmptyState>
            } else if creates {
                <EmptyState heading={t!(i18n, "workspace-empty")}>
                    <p>{ t!(i18n, "workspace-empty-creator") }</p>
                    <p><Link to={Route::NewHearing}>{ t!(i18n, "workspace-first") }</Link></p>
                    { ended }
                </EmptyState>
            } else {
                <EmptyState heading={t!(i18n, "workspace-empty")}>
                    <p>{ t!(i18n, "workspace-empty-employee") }</p>
                    { ended }
                    <p><Link to={Route::Hearings}>{ t!(i18n, "see-all-hearings") }</Link></p>
                </EmptyState>
            }
        </div>
    }
}
