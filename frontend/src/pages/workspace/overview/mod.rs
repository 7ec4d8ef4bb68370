//! The hearings one works on, in a table; filters, order and length stand in the address.

mod asked;
mod filters;
mod table;

use openapi::session::GlobalRole;
use yew::prelude::*;

use self::{
    asked::Asked,
    filters::Filters,
    table::{columns, row},
};
use crate::{
    components::{Button, ButtonKind, EmptyState, Link, Page, RemoteList, Table},
    hooks::{ListQuery, use_list_query, use_rows},
    i18n::use_i18n,
    pages::Restricted,
    route::Route,
    session::use_session,
    t,
};

/// The hearings one works on.
#[component]
pub(super) fn Overview() -> Html {
    let i18n = use_i18n();
    let creates = use_session().has(GlobalRole::HearingCreator);
    let title = t!(i18n, "nav-workspace");
    let beside = html! {
        if creates {
            <Link class="button button-primary" to={Route::NewHearing}>{ t!(i18n, "new-title") }</Link>
        }
    };
    html! {
        <Restricted title={title.clone()} login={t!(i18n, "workspace-login")}>
            <Page {title} crumbs={Some(vec![])} {beside}>
                <p class="lead">{ t!(i18n, "workspace-lead") }</p>
                <Work />
            </Page>
        </Restricted>
    }
}

/// Filters and table.
#[component]
fn Work() -> Html {
    let i18n = use_i18n();
    let query = use_list_query::<Asked>(Route::Workspace);
    let hearings = use_rows(query.filters.clone(), query.shown.wanted(), |api, asked: Asked, page| async move {
        api.list_hearings(&asked.query(page)).await
    });
    html! {
        <>
            <Filters query={query.clone()} />
            <RemoteList
                list={hearings.list()}
                empty={html! { <Nothing query={query.clone()} /> }}
                what={t!(i18n, "what-hearings")}
                on_more={query.on_more.clone()}
            >
                <Table
                    caption={t!(i18n, "workspace-table")}
                    columns={columns(&query, &i18n)}
                    rows={hearings.rows().iter().map(|hearing| row(hearing, &i18n)).collect::<Vec<_>>()}
                />
            </RemoteList>
        </>
    }
}

#[derive(Properties, PartialEq)]
struct WorkProps {
    query: ListQuery<Asked>,
}

/// Why the table is empty, and what one can do.
#[component]
fn Nothing(props: &WorkProps) -> Html {
    let i18n = use_i18n();
    let creates = use_session().has(GlobalRole::HearingCreator);
    let asked = &props.query.filters;
    let everything = props.query.set.reform(|()| Asked::everything());
    if asked.is_narrowed() {
        return html! {
            <EmptyState heading={t!(i18n, "list-none-found")}>
                <p>{ t!(i18n, "workspace-none-found") }</p>
                <Button kind={ButtonKind::Secondary} on_press={everything}>{ t!(i18n, "list-show-all") }</Button>
            </EmptyState>
        };
    }
    html! {
        <EmptyState heading={t!(i18n, "workspace-empty")}>
            if creates {
                <p>{ t!(i18n, "workspace-empty-creator") }</p>
                <p><Link to={Route::NewHearing}>{ t!(i18n, "workspace-first") }</Link></p>
            } else {
                <p>{ t!(i18n, "workspace-empty-employee") }</p>
                <p><Link to={Route::Hearings}>{ t!(i18n, "see-all-hearings") }</Link></p>
            }
            if !asked.all {
                <p>
                    <Button kind={ButtonKind::Link} on_press={everything}>{ t!(i18n, "workspace-see-ended") }</Button>
                </p>
            }
        </EmptyState>
    }
}
