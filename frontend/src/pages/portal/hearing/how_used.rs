//! How answers are used and what becomes public: said on the hearing's page, before anybody writes.

use openapi::texts::{Text, TextName};
use yew::prelude::*;

use crate::{
    components::{Details, RemoteView, RichText},
    hooks::use_remote,
    i18n::use_i18n,
    t,
};

/// How answers are used and what becomes public.
#[component]
pub(super) fn HowUsed() -> Html {
    let i18n = use_i18n();
    let terms = use_remote((), |api, ()| async move { api.get_text(TextName::ResponseTerms).await });
    let draw = Callback::from(|terms: std::rc::Rc<Text>| {
        html! {
            <Details summary={terms.title.clone()}>
                <RichText html={terms.body_html.clone()} />
            </Details>
        }
    });
    html! {
        <section aria-labelledby="how-used">
            <h2 id="how-used">{ t!(i18n, "hearing-how-used") }</h2>
            <RemoteView<Text> remote={terms} {draw} what={t!(i18n, "what-terms")} />
        </section>
    }
}
