//! A hearing's text, section by section; each with its own way to answer where one can.

use std::rc::Rc;

use openapi::hearings::{Hearing, Section};
use yew::prelude::*;

use super::{Link, RichText};
use crate::{i18n::use_i18n, route::Route, t};

/// What the text needs.
#[derive(Properties, PartialEq)]
pub struct SectionListProps {
    /// The hearing.
    pub hearing: Rc<Hearing>,
    /// Whether each section leads to its answer.
    #[prop_or_default]
    pub to_answer: bool,
}

/// A hearing's text. The `id` of each section's heading is `afsnit-` and the section's own.
#[component]
pub fn SectionList(props: &SectionListProps) -> Html {
    let i18n = use_i18n();
    let hearing = &props.hearing;
    let section = |section: &Section| {
        let id = format!("afsnit-{}", section.id);
        html! {
            <section key={section.id.to_string()} class="hearing-section" aria-labelledby={id.clone()}>
                <h2 {id} tabindex="-1" lang="da">{ &section.title }</h2>
                <RichText html={section.body_html.clone()} />
                if props.to_answer {
                    <Link
                        to={Route::Answer { id: hearing.id }}
                        fragment={format!("field-afsnit-{}", section.id)}
                        label={t!(i18n, "section-answer-to", title = section.title.as_str())}
                    >
                        { t!(i18n, "section-answer") }
                    </Link>
                }
            </section>
        }
    };
    html! { <>{ for hearing.sections.iter().map(section) }</> }
}
