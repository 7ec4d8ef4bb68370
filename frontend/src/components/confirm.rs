//! The question before something that is not easily undone: what happens, and the way out.

use yew::prelude::*;

use super::{Button, ButtonKind, Dialog};
use crate::{i18n::use_i18n, t};

/// What the question needs.
#[derive(Properties, PartialEq)]
pub struct ConfirmProps {
    /// Names it among the page's elements.
    pub id: AttrValue,
    /// Whether it is asked.
    pub open: bool,
    /// The question.
    pub heading: AttrValue,
    /// What the button that does it says.
    pub confirm: AttrValue,
    /// How that button looks.
    #[prop_or_default]
    pub kind: ButtonKind,
    /// Whether it is being done.
    #[prop_or_default]
    pub busy: bool,
    /// Told when it is to be done.
    pub on_confirm: Callback<()>,
    /// Told when it is not.
    pub on_close: Callback<()>,
    /// What happens when it is done.
    #[prop_or_default]
    pub children: Html,
}

/// The question before something that is not easily undone.
#[component]
pub fn Confirm(props: &ConfirmProps) -> Html {
    let i18n = use_i18n();
    let ConfirmProps { confirm, kind, busy, on_confirm, on_close, .. } = props;
    let actions = html! {
        <>
            <Button kind={*kind} busy={*busy} on_press={on_confirm.clone()}>{ confirm }</Button>
            <Button kind={ButtonKind::Secondary} on_press={on_close.clone()}>{ t!(i18n, "cancel") }</Button>
        </>
    };
    html! {
        <Dialog
            id={props.id.clone()}
            open={props.open}
            on_close={on_close.clone()}
            heading={props.heading.clone()}
            {actions}
        >
            { props.children.clone() }
        </Dialog>
    }
}
