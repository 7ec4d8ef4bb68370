//! The app of one area: providers, router, shell, page.

use yew::prelude::*;
use yew_router::prelude::*;

use crate::{
    components::{Announcer, Shell},
    config::Config,
    dom,
    i18n::{I18nProvider, Messages},
    new_version::NewVersionProvider,
    route::{Area, Route},
    session::SessionProvider,
};

/// What makes one of the two apps: each binary hands over its own, and carries nothing of the other's.
#[derive(Clone, Copy)]
pub struct AreaApp {
    /// Which area it is.
    pub area: Area,
    /// The texts it speaks.
    pub messages: Messages,
    /// Its pages.
    pub pages: fn(Route) -> Html,
}

#[derive(Properties)]
struct AppProps {
    app: AreaApp,
}

impl PartialEq for AppProps {
    fn eq(&self, other: &AppProps) -> bool {
        self.app.area == other.app.area
    }
}

#[component]
fn App(props: &AppProps) -> Html {
    let AreaApp { area, messages, pages } = props.app;
    let config = use_memo((), |()| Config::from_page());
    html! {
        <ContextProvider<Config> context={(*config).clone()}>
            <ContextProvider<Area> context={area}>
                <I18nProvider {messages}>
                    <BrowserRouter>
                        <Announcer>
                            <NewVersionProvider>
                                <SessionProvider>
                                    <Shell>
                                        <Switch<Route> render={pages} />
                                    </Shell>
                                </SessionProvider>
                            </NewVersionProvider>
                        </Announcer>
                    </BrowserRouter>
                </I18nProvider>
            </ContextProvider<Area>>
        </ContextProvider<Config>>
    }
}

/// Puts an area's app in the place of what the server wrote into the page.
pub fn mount(app: AreaApp) {
    if let Some(place) = dom::mount_point() {
        yew::Renderer::<App>::with_root_and_props(place, AppProps { app }).render();
    }
}
