//! How answers are used and what becomes public: said on the hearing's page, before anybody writes.

use openapi::texts::TextName;
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
    html! {
        <section aria-labelledby="how-used">
            <h2 id="how-used">{ t!(i18n, "hearing-how-used") }</h2>
            <RemoteView remote={terms.status()} what={t!(i18n, "what-terms")}>
                if let Some(terms) = terms.data() {
                    <Details summary={terms.title.clone()}>
                        <RichText html={terms.body_html.clone()} />
                    </Details>
                }
            </RemoteView>
        </section>
    }
}
