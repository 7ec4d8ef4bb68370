//! Text of several lines; with a toolbar where it is Markdown.

use openapi::text::{self, Lines};
use yew::prelude::*;

use super::{
    Toolbar,
    field::{Field, use_field},
    pasted::{cleaned_when_left, written},
};

/// What a text needs.
#[derive(Properties, PartialEq)]
pub struct TextAreaProps {
    /// The field, as a JSON pointer into what the form sends.
    pub pointer: AttrValue,
    /// Its label.
    pub label: AttrValue,
    /// Help that stands under the label.
    #[prop_or_default]
    pub hint: Option<AttrValue>,
    /// What is written in it.
    pub value: AttrValue,
    /// Told at every change.
    pub on_input: Callback<String>,
    /// The most characters; shows how many are left from nine tenths on.
    #[prop_or_default]
    pub limit: Option<usize>,
    /// Lines it has room for while it is empty.
    #[prop_or(6)]
    pub rows: u32,
    /// Whether it may be left empty.
    #[prop_or_default]
    pub optional: bool,
    /// Whether the text is Markdown and gets a toolbar.
    #[prop_or_default]
    pub markdown: bool,
}

/// Text of several lines.
#[component]
pub fn TextArea(props: &TextAreaProps) -> Html {
    let used = text::length(&props.value, Lines::Many);
    // Fifty thousand characters left is no news; nearly none is.
    let length = props.limit.filter(|limit| *limit <= 1_000 || used * 10 >= *limit * 9).map(|limit| (limit, used));
    let oninput = props.on_input.reform(|event: InputEvent| written(&event, Some(Lines::Many)));
    let onchange = cleaned_when_left(&props.on_input, Some(Lines::Many));
    let state = use_field(&props.pointer, props.hint.is_some(), length.is_some());
    html! {
        <Field
            state={state.clone()}
            label={props.label.clone()}
            hint={props.hint.clone()}
            optional={props.optional}
            class={classes!(props.markdown.then_some("form-group--wide"))}
            {length}
        >
            if props.markdown {
                <Toolbar target={state.id.clone()} on_change={props.on_input.clone()} />
            }
            <textarea
                class="form-input"
                rows={props.rows.to_string()}
                value={props.value.clone()}
                {oninput}
                {onchange}
                required={!props.optional}
                aria-invalid={state.invalid}
                aria-describedby={state.describedby}
                id={state.id}
            />
        </Field>
    }
}
