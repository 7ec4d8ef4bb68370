//! Text that is there for whoever wants it.

use yew::prelude::*;

/// What it needs.
#[derive(Properties, PartialEq)]
pub struct DetailsProps {
    /// What always shows.
    pub summary: AttrValue,
    /// Whether it starts unfolded.
    #[prop_or_default]
    pub open: bool,
    /// What shows when it is unfolded.
    #[prop_or_default]
    pub children: Html,
}

/// Text that is there for whoever wants it.
#[component]
pub fn Details(props: &DetailsProps) -> Html {
    html! {
        <details class="details" open={props.open}>
            <summary class="details-summary">{ &props.summary }</summary>
            <div class="details-text">{ props.children.clone() }</div>
        </details>
    }
}
