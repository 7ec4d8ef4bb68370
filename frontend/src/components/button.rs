//! Buttons. None is ever disabled to say that something is missing: it is pressed, and the answer says what.

use yew::prelude::*;

use super::Icon;

/// How much a button matters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonKind {
    /// What the page is for; one on a page.
    #[default]
    Primary,
    /// A way beside it.
    Secondary,
    /// A small thing.
    Tertiary,
    /// Takes something away.
    Warning,
    /// Looks like a link in text.
    Link,
}

impl ButtonKind {
    /// The design system's classes.
    pub fn classes(self) -> &'static str {
        match self {
            ButtonKind::Primary => "button button-primary",
            ButtonKind::Secondary => "button button-secondary",
            ButtonKind::Tertiary => "button button-tertiary",
            ButtonKind::Warning => "button button-warning",
            ButtonKind::Link => "button-link",
        }
    }
}

/// What a button needs.
#[derive(Properties, PartialEq)]
pub struct ButtonProps {
    /// How much it matters.
    #[prop_or_default]
    pub kind: ButtonKind,
    /// `submit` inside forms that it sends; else `button`.
    #[prop_or(AttrValue::Static("button"))]
    pub kind_of_press: AttrValue,
    /// Its `id`, where the focus has to find it.
    #[prop_or_default]
    pub id: Option<AttrValue>,
    /// Told when it is pressed; not for `submit`, where the form is told.
    #[prop_or_default]
    pub on_press: Callback<()>,
    /// An icon before the text.
    #[prop_or_default]
    pub icon: Option<AttrValue>,
    /// While what it started is under way: it says so, and presses do nothing.
    #[prop_or_default]
    pub busy: bool,
    /// Words for those who hear the button without what stands round it.
    #[prop_or_default]
    pub label: Option<AttrValue>,
    /// `aria-pressed`, for buttons that stay down.
    #[prop_or_default]
    pub pressed: Option<bool>,
    /// Its language, when that is another than the page's.
    #[prop_or_default]
    pub lang: Option<AttrValue>,
    /// Its text.
    #[prop_or_default]
    pub children: Html,
}

/// A button.
#[component]
pub fn Button(props: &ButtonProps) -> Html {
    let onclick = {
        let on_press = props.on_press.clone();
        let busy = props.busy;
        Callback::from(move |event: MouseEvent| {
            if busy {
                event.prevent_default();
            } else {
                on_press.emit(());
            }
        })
    };
    html! {
        <button
            id={props.id.clone()}
            type={props.kind_of_press.clone()}
            class={props.kind.classes()}
            {onclick}
            aria-busy={props.busy.then_some("true")}
            aria-label={props.label.clone()}
            aria-pressed={props.pressed.map(|pressed| pressed.to_string())}
            lang={props.lang.clone()}
        >
            if let Some(icon) = &props.icon {
                <Icon name={icon.clone()} />
            }
            { props.children.clone() }
        </button>
    }
}
