//! The frame of a page: title of the document, way back, heading, and the focus that goes to it on navigation.

use std::cell::RefCell;

use yew::prelude::*;
use yew_router::{Routable, prelude::use_location};

use super::{Breadcrumb, Crumb, use_announce};
use crate::{config::Config, dom, i18n::use_i18n, route::Route, t};

const HEADING_ID: &str = "page-heading";

thread_local! {
    static WAY: RefCell<Way> = const { RefCell::new(Way { here: None, moved: false }) };
}

/// Where one is, and whether one has come from another page of the app: the page that was served keeps the browser's
/// own focus, those that are gone to afterwards take it.
struct Way {
    here: Option<String>,
    moved: bool,
}

impl Way {
    /// Goes to a place. True when it is another one than before.
    fn goes_to(&mut self, place: Option<String>) -> bool {
        let elsewhere = self.here.is_some() && self.here != place;
        self.moved |= elsewhere;
        self.here = place;
        elsewhere
    }
}

/// Has the heading of the next state of this page take the focus: for what is pressed and gone then.
pub fn expect_focus() {
    WAY.with_borrow_mut(|way| way.moved = true);
}

/// What a page needs.
#[derive(Clone, Properties, PartialEq)]
pub struct PageProps {
    /// Its heading and the beginning of the document's title.
    pub title: AttrValue,
    /// The beginning of the document's title where the heading alone does not tell pages apart.
    #[prop_or_default]
    pub document_title: Option<AttrValue>,
    /// The steps between the front page and this page; none at all on the front page.
    #[prop_or_default]
    pub crumbs: Option<Vec<Crumb>>,
    /// Stands over the heading: how something stands, where one is in a flow.
    #[prop_or_default]
    pub above: Html,
    /// Stands beside the heading: what one can do with the whole.
    #[prop_or_default]
    pub beside: Html,
    /// A ground as wide as the window with its own [`PageHeading`] in it, in place of the usual heading.
    #[prop_or_default]
    pub hero: Option<Html>,
    /// Whether lines are kept short: forms and texts.
    #[prop_or_default]
    pub narrow: bool,
    /// The page.
    #[prop_or_default]
    pub children: Html,
}

/// The frame of a page. Every page is one, in all its states, so that there is always one heading.
#[component]
pub fn Page(props: &PageProps) -> Html {
    let i18n = use_i18n();
    let config = use_context::<Config>().unwrap_or_default();
    let place = use_location().map(|location| place(location.path()));
    let page = props.document_title.as_ref().unwrap_or(&props.title);
    let title = t!(i18n, "document-title", page = page.as_str(), municipality = config.municipality.as_str());
    use_effect_with(title, |title| dom::set_title(title));
    use_effect_with(place, |place| {
        let (elsewhere, moved) = WAY.with_borrow_mut(|way| (way.goes_to(place.clone()), way.moved));
        // A page that takes the place of its own waiting state takes over the focus that goes with it.
        if elsewhere || (moved && dom::nothing_has_focus()) {
            dom::focus_heading(HEADING_ID);
        }
    });
    use_heading_said(&props.title);
    let container = classes!("container", props.narrow.then_some("container--narrow"));
    html! {
        <main id="main-content" class="page-container" tabindex="-1">
            if let Some(hero) = &props.hero {
                { hero.clone() }
            }
            <div class={container}>
                if let Some(crumbs) = &props.crumbs {
                    <Breadcrumb steps={crumbs.clone()} here={props.title.clone()} />
                }
                if props.hero.is_none() {
                    <div class="page-head">
                        { props.above.clone() }
                        <div class="page-head-row">
                            <PageHeading>{ &props.title }</PageHeading>
                            { props.beside.clone() }
                        </div>
                    </div>
                }
                { props.children.clone() }
            </div>
        </main>
    }
}

/// Says the heading anew when it changes under the focus: "Henter høringen" has become the hearing's title.
#[hook]
fn use_heading_said(title: &AttrValue) {
    let announce = use_announce();
    let first = use_mut_ref(|| Some(title.clone()));
    use_effect_with(title.clone(), move |title| {
        let changed = first.take().is_none_or(|first| first != *title);
        if changed && dom::has_focus(HEADING_ID) {
            announce.emit(title.clone());
        }
    });
}

/// Which page an address is: a hearing stays the same page when its address is put right.
fn place(path: &str) -> String {
    match Route::recognize(path) {
        Some(Route::Hearing { id, .. } | Route::HearingById { id }) => id.to_string(),
        _ => path.to_owned(),
    }
}

/// What a heading needs.
#[derive(Properties, PartialEq)]
pub struct PageHeadingProps {
    /// Its text.
    #[prop_or_default]
    pub children: Html,
}

/// The page's one `h1`. [`Page`] makes it, except over a hero.
#[component]
pub fn PageHeading(props: &PageHeadingProps) -> Html {
    html! { <h1 id={HEADING_ID} tabindex="-1">{ props.children.clone() }</h1> }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_that_was_served_is_no_move_and_another_tab_of_it_is() {
        let mut way = Way { here: None, moved: false };
        let at = |path: &str| Some(place(path));
        assert!(!way.goes_to(at("/sag")) && !way.goes_to(at("/sag")) && !way.moved);
        assert!(way.goes_to(at("/mine")) && way.moved);
        assert!(!way.goes_to(at("/mine")) && way.moved);
    }

    #[test]
    fn a_hearing_stays_the_same_page_when_its_address_is_put_right() {
        let id = "01938a5e-0000-7000-8000-000000000001";
        assert_eq!(place(&format!("/hoeringer/{id}")), place(&format!("/hoeringer/{id}/ny-titel")));
        assert_ne!(place(&format!("/sag/{id}/svar")), place(&format!("/sag/{id}/indhold")));
    }
}
