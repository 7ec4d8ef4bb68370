//! Tells people who hear the page about what changed elsewhere on it, once and politely.

use yew::prelude::*;

#[derive(Clone, PartialEq)]
struct Announcements(Callback<AttrValue>);

/// What hears announcements from.
#[derive(Properties, PartialEq)]
pub struct AnnouncerProps {
    /// What may announce.
    #[prop_or_default]
    pub children: Html,
}

/// Holds the page's one live region; everything below it announces through [`use_announce`].
#[component]
pub fn Announcer(props: &AnnouncerProps) -> Html {
    let message = use_state(AttrValue::default);
    let announce = {
        let message = message.setter();
        use_callback((), move |text: AttrValue, ()| message.set(text))
    };
    html! {
        <ContextProvider<Announcements> context={Announcements(announce)}>
            { props.children.clone() }
            <div class="sr-only" role="status" aria-live="polite">{ &*message }</div>
        </ContextProvider<Announcements>>
    }
}

/// Says something to people who hear the page: `announce.emit(text)`.
#[hook]
pub fn use_announce() -> Callback<AttrValue> {
    use_context::<Announcements>().map_or_else(Callback::noop, |announcements| announcements.0)
}
