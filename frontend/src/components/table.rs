//! Tables: rows that are compared. On a phone each row stands as a block with its column names.

use std::collections::HashSet;

use yew::prelude::*;

use super::Icon;
use crate::{i18n::use_i18n, t};

/// A column.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Column {
    /// Its heading.
    pub label: AttrValue,
    /// Whether it holds figures.
    pub number: bool,
    /// `Some` when the table can be ordered by it: what to do when its heading is pressed.
    pub on_sort: Option<Callback<()>>,
    /// Whether the table is ordered by it now, and whether ascending.
    pub sorted: Option<bool>,
}

impl Column {
    /// A column of text.
    pub fn text(label: impl Into<AttrValue>) -> Column {
        Column { label: label.into(), ..Column::default() }
    }

    /// A column of figures.
    pub fn number(label: impl Into<AttrValue>) -> Column {
        Column { number: true, ..Column::text(label) }
    }
}

/// A row.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Tells rows apart when they move.
    pub key: AttrValue,
    /// The cells; the first one names the row.
    pub cells: Vec<Html>,
}

/// What a table needs.
#[derive(Properties, PartialEq)]
pub struct TableProps {
    /// What the table holds, for people who hear it.
    pub caption: AttrValue,
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows.
    pub rows: Vec<Row>,
}

/// A table.
#[component]
pub fn Table(props: &TableProps) -> Html {
    let i18n = use_i18n();
    let heading = |column: &Column| {
        let sort = column.sorted.map(|ascending| if ascending { "ascending" } else { "descending" });
        let icon = match column.sorted {
            Some(true) => "sort-table-ascending",
            Some(false) => "sort-table-descending",
            None => "sort-table-none",
        };
        html! {
            <th scope="col" class={column.number.then_some("number")} aria-sort={sort}>
                if let Some(on_sort) = &column.on_sort {
                    <button
                        type="button"
                        class="button button-unstyled"
                        onclick={on_sort.reform(|_: MouseEvent| ())}
                    >
                        { &column.label }
                        <span class="sr-only">{ t!(i18n, "table-sort") }</span>
                        <Icon name={icon} />
                    </button>
                } else {
                    { &column.label }
                }
            </th>
        }
    };
    let mut seen = HashSet::new();
    // A row that moved while pages were fetched stands in two of them; a key that does would end the whole app.
    let mut key = |index: usize, row: &Row| {
        if seen.insert(row.key.clone()) { row.key.to_string() } else { format!("{}-{index}", row.key) }
    };
    let row = |(place, row): (usize, &Row)| {
        let cells = row.cells.iter().zip(&props.columns).enumerate().map(|(index, (cell, column))| {
            let class = column.number.then_some("number");
            let title = column.label.clone();
            if index == 0 {
                html! { <th scope="row" {class} data-title={title}>{ cell.clone() }</th> }
            } else {
                html! { <td {class} data-title={title}>{ cell.clone() }</td> }
            }
        });
        html! { <tr key={key(place, row)}>{ for cells }</tr> }
    };
    html! {
        <div class="table--responsive-scroll">
            <table class="table table-md-responsive-headers">
                <caption class="sr-only">{ &props.caption }</caption>
                <thead><tr>{ for props.columns.iter().map(heading) }</tr></thead>
                <tbody>{ for props.rows.iter().enumerate().map(row) }</tbody>
            </table>
        </div>
    }
}
