//! Markdown with its preview: side by side where there is room, under each other where there is not.

use yew::prelude::*;

use super::TextArea;
use crate::{form_errors::field_id, i18n::use_i18n, markdown_view, t};

/// What the field needs.
#[derive(Properties, PartialEq)]
pub struct MarkdownFieldProps {
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
    /// The most characters.
    pub limit: usize,
    /// Lines it has room for while it is empty.
    #[prop_or(8)]
    pub rows: u32,
}

/// Markdown with its preview.
#[component]
pub fn MarkdownField(props: &MarkdownFieldProps) -> Html {
    let i18n = use_i18n();
    let preview_id = format!("{}-preview", field_id(&props.pointer));
    html! {
        <div class="side-by-side markdown-field">
            <TextArea
                pointer={props.pointer.clone()}
                label={props.label.clone()}
                hint={props.hint.clone()}
                value={props.value.clone()}
                on_input={props.on_input.clone()}
                limit={props.limit}
                rows={props.rows}
                markdown=true
            />
            <div class="markdown-preview" role="group" aria-labelledby={preview_id.clone()}>
                <p class="markdown-preview-label" id={preview_id}>{ t!(i18n, "markdown-preview") }</p>
                if props.value.trim().is_empty() {
                    <p class="muted">{ t!(i18n, "markdown-preview-empty") }</p>
                } else {
                    <Preview text={props.value.clone()} />
                }
            </div>
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct PreviewProps {
    text: AttrValue,
}

/// The text as it will look. A component of its own, so that it is drawn again only when the text changes.
#[component]
fn Preview(props: &PreviewProps) -> Html {
    html! { <div class="rich-text" lang="da">{ for markdown_view::draw(&props.text) }</div> }
}
