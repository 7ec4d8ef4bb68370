//! The foot of every page.

use yew::prelude::*;

use super::{Button, ButtonKind, Link};
use crate::{
    config::Config,
    i18n::{Language, use_i18n},
    route::Route,
    t,
};

/// The foot of every page: whose it is, where to, and the language.
#[component]
pub fn Footer() -> Html {
    let i18n = use_i18n();
    let config = use_context::<Config>().unwrap_or_default();
    let offered: Vec<Language> = config.languages.iter().filter_map(|code| Language::from_code(code)).collect();
    let choice = |language: &Language| {
        let language = *language;
        let i18n = i18n.clone();
        let chosen = i18n.language() == language;
        html! {
            <li>
                <Button
                    kind={ButtonKind::Link}
                    pressed={chosen}
                    lang={language.code()}
                    on_press={move |()| i18n.choose(language)}
                >
                    { language.name() }
                </Button>
            </li>
        }
    };
    html! {
        <footer>
            <div class="footer">
                <div class="container">
                    <div class="row">
                        <section>
                            <h2>{ &config.municipality }</h2>
                            <p>{ t!(i18n, "footer-about") }</p>
                        </section>
                        <nav aria-label={t!(i18n, "footer-links")}>
                            <ul class="plain-list">
                                <li><Link to={Route::Hearings}>{ t!(i18n, "nav-hearings") }</Link></li>
                                <li><Link to={Route::Mine}>{ t!(i18n, "nav-mine") }</Link></li>
                                <li><a href="/api/docs/">{ t!(i18n, "footer-api") }</a></li>
                            </ul>
                        </nav>
                        if offered.len() > 1 {
                            <section>
                                <h2>{ t!(i18n, "language-choice") }</h2>
                                <ul class="plain-list language-choice">{ for offered.iter().map(choice) }</ul>
                            </section>
                        }
                    </div>
                </div>
            </div>
        </footer>
    }
}
