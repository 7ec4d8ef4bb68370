//! One's hearings as rows of a table.

use openapi::{
    hearings::{HearingRole, HearingSort, HearingStatus, HearingSummary},
    time,
};
use yew::prelude::*;

use super::asked::Asked;
use crate::{
    case_text, clock,
    components::{Column, Link, Row, StatusBadge},
    hearing_text,
    hooks::ListQuery,
    i18n::I18n,
    route::Route,
    t,
};

/// The columns, with the order that their headings stand for.
pub(super) fn columns(query: &ListQuery<Asked>, i18n: &I18n) -> Vec<Column> {
    let sort = query.filters.sort();
    // A heading orders by its column, first as people want it most; pressed again, the other way round.
    let sortable = |column: Column, first: HearingSort, second: HearingSort, first_is_ascending: bool| {
        let next = if sort == first { second } else { first };
        Column {
            sorted: match sort {
                sort if sort == first => Some(first_is_ascending),
                sort if sort == second => Some(!first_is_ascending),
                _ => None,
            },
            on_sort: Some(query.change(move |asked, ()| asked.sort = Some(next))),
            ..column
        }
    };
    use HearingSort::{Deadline, DeadlineDescending, Title, Updated, UpdatedDescending};
    vec![
        sortable(Column::text(t!(i18n, "workspace-column-hearing")), Title, Title, true),
        Column::text(t!(i18n, "filter-status")),
        sortable(Column::text(t!(i18n, "workspace-column-deadline")), Deadline, DeadlineDescending, true),
        Column::number(t!(i18n, "workspace-column-responses")),
        Column::text(t!(i18n, "workspace-column-role")),
        sortable(Column::text(t!(i18n, "workspace-column-updated")), UpdatedDescending, Updated, false),
    ]
}

/// A hearing, and the way to what comes next with it.
pub(super) fn row(hearing: &HearingSummary, i18n: &I18n) -> Row {
    let title = if hearing.title.trim().is_empty() { t!(i18n, "case-untitled") } else { hearing.title.clone().into() };
    let roles: Vec<_> = hearing.your_roles.iter().map(|role| t!(i18n, case_text::role(*role)).to_string()).collect();
    let id = hearing.id;
    // What comes next: answers are read while they come and conclusions written when they have come.
    let to = match hearing.status {
        HearingStatus::Open if hearing.response_count.is_some_and(|count| count > 0) && processes(hearing) => {
            Route::CaseResponses { id }
        }
        HearingStatus::Processing | HearingStatus::Concluded => Route::CaseOutcome { id },
        _ => Route::CaseContent { id },
    };
    Row {
        key: id.to_string().into(),
        cells: vec![
            html! { <Link {to}>{ title }</Link> },
            html! { <StatusBadge status={hearing.status} /> },
            deadline(hearing, i18n),
            html! { hearing.response_count.map_or_else(|| AttrValue::from("–"), |count| i18n.number(count)) },
            html! { roles.join(", ") },
            html! { <span class="nowrap">{ i18n.dates().day(time::day_of(hearing.updated_at)) }</span> },
        ],
    }
}

fn processes(hearing: &HearingSummary) -> bool {
    hearing.your_roles.iter().any(|role| matches!(role, HearingRole::Owner | HearingRole::CaseWorker))
}

/// The deadline's day, and how long is left of an open hearing.
fn deadline(hearing: &HearingSummary, i18n: &I18n) -> Html {
    let Some(day) = hearing.deadline_on else { return html! { t!(i18n, "workspace-no-deadline") } };
    html! {
        <>
            <span class="nowrap">{ i18n.dates().day(day) }</span>
            if hearing.status == HearingStatus::Open {
                <br /><strong>{ hearing_text::time_left(day, clock::now(), i18n) }</strong>
            }
        </>
    }
}
