//! Facts with their names, beside each other.

use yew::prelude::*;

/// One fact.
#[derive(Clone, Debug, PartialEq)]
pub struct Fact {
    /// Its name.
    pub label: AttrValue,
    /// What it is.
    pub value: Html,
}

impl Fact {
    /// A fact.
    pub fn new(label: impl Into<AttrValue>, value: Html) -> Fact {
        Fact { label: label.into(), value }
    }
}

/// What the list needs.
#[derive(Properties, PartialEq)]
pub struct StructuredListProps {
    /// The facts.
    pub facts: Vec<Fact>,
}

/// Facts with their names.
#[component]
pub fn StructuredList(props: &StructuredListProps) -> Html {
    html! {
        <dl class="facts">
            { for props.facts.iter().map(|fact| html! {
                <div>
                    <dt>{ &fact.label }</dt>
                    <dd>{ fact.value.clone() }</dd>
                </div>
            }) }
        </dl>
    }
}
