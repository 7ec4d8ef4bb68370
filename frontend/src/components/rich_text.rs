//! The only door for HTML that people wrote: the server has sanitised it, and nothing else comes through here.

use yew::prelude::*;

/// What it needs.
#[derive(Properties, PartialEq)]
pub struct RichTextProps {
    /// Sanitised HTML, as it came from the server's `...Html` fields.
    pub html: AttrValue,
    /// The text's language; what people write is Danish, whatever language the interface has.
    #[prop_or(AttrValue::Static("da"))]
    pub lang: AttrValue,
}

/// Text that people wrote, as HTML that the server sanitised.
#[component]
pub fn RichText(props: &RichTextProps) -> Html {
    let html = use_memo(props.html.clone(), |html| Html::from_html_unchecked(html.clone()));
    html! {
        <div class="rich-text" lang={props.lang.clone()}>{ (*html).clone() }</div>
    }
}
