//! Files to fetch: each with what it is and how large, before somebody fetches it.

use yew::prelude::*;

use super::{Icon, Instant};
use crate::{i18n::use_i18n, shown_file::ShownFile};

/// What the list needs.
#[derive(Properties, PartialEq)]
pub struct FileListProps {
    /// The files.
    pub files: Vec<ShownFile>,
    /// The heading or the words that say what they are.
    pub label: AttrValue,
    /// Whether it says when they were uploaded.
    #[prop_or_default]
    pub dated: bool,
}

/// Files to fetch. Nothing where there are none.
#[component]
pub fn FileList(props: &FileListProps) -> Html {
    let i18n = use_i18n();
    let item = |file: &ShownFile| {
        html! {
            <li>
                <Icon name="attach-file" />
                <span>
                    if let Some(address) = &file.address {
                        <a href={address.clone()} download="" lang="da">{ &file.name }</a>
                    } else {
                        <span lang="da">{ &file.name }</span>
                    }
                    <span class="muted">
                        { format!(" ({})", file.kind_and_size(&i18n)) }
                        if props.dated {
                            { ", " }<Instant at={file.uploaded_at} />
                        }
                        if file.address.is_none() {
                            { format!(" {}", file.why_not(&i18n)) }
                        }
                    </span>
                </span>
            </li>
        }
    };
    if props.files.is_empty() {
        return Html::default();
    }
    html! { <ul class="file-list plain-list" aria-label={props.label.clone()}>{ for props.files.iter().map(item) }</ul> }
}
