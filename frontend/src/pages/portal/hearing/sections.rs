//! The hearing's text, section by section, each with its own way to answer.

use std::rc::Rc;

use openapi::hearings::{Hearing, Section};
use yew::prelude::*;

use crate::{
    components::{Link, RichText},
    i18n::use_i18n,
    route::Route,
    t,
};

#[derive(Properties, PartialEq)]
pub(super) struct SectionsProps {
    pub(super) hearing: Rc<Hearing>,
}

/// The hearing's text.
#[component]
pub(super) fn Sections(props: &SectionsProps) -> Html {
    let i18n = use_i18n();
    let hearing = &props.hearing;
    let section = |section: &Section| {
        let id = format!("afsnit-{}", section.id);
        html! {
            <section key={section.id.to_string()} class="hearing-section" aria-labelledby={id.clone()}>
                <h2 {id} tabindex="-1" lang="da">{ &section.title }</h2>
                <RichText html={section.body_html.clone()} />
                if hearing.may.answer {
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
