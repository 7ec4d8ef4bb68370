//! Two versions of one text: what differs, and the choice between them.

use yew::prelude::*;

use super::{Alert, AlertKind, Button, ButtonKind, Details};
use crate::{
    dom,
    i18n::{key, use_i18n},
    t,
};

/// What is being chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VersionQuestion {
    /// Which of the two holds: what is in the form, or what was saved somewhere else.
    WhichHolds,
    /// Whether what was put aside comes back into the form.
    TakeBack,
}

/// What the author chose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// What is in the form replaces what was saved somewhere else.
    Overwrite,
    /// What was saved somewhere else comes into the form.
    Load,
    /// What was put aside comes into the form again.
    PutBack,
    /// What was put aside is not needed any more.
    Drop,
}

/// A field in both versions, as the reader reads it.
#[derive(Clone, Debug, PartialEq)]
pub struct Differing {
    /// The field's name.
    pub field: AttrValue,
    /// What the author has written.
    pub mine: AttrValue,
    /// What was saved somewhere else.
    pub theirs: AttrValue,
}

/// What the choice needs.
#[derive(Properties, PartialEq)]
pub struct VersionChoiceProps {
    /// What is being chosen.
    pub question: VersionQuestion,
    /// Says that there are two.
    pub heading: AttrValue,
    /// Says what that means.
    pub text: AttrValue,
    /// Where they differ.
    pub differences: Vec<Differing>,
    /// Told what the author chose.
    pub on_choose: Callback<Verdict>,
}

/// Names it among the page's elements.
const ID: &str = "version-choice";

/// What differs, and the choice.
#[component]
pub fn VersionChoice(props: &VersionChoiceProps) -> Html {
    let i18n = use_i18n();
    // The button that was pressed is gone.
    use_effect_with(props.question, |question| {
        if *question == VersionQuestion::TakeBack {
            dom::focus_later(ID);
        }
    });
    let button = |kind: ButtonKind, verdict: Verdict, text: &'static str| {
        // Keyed, so that no button becomes another one under the finger or the focus.
        html! { <Button key={text} {kind} on_press={props.on_choose.reform(move |()| verdict)}>{ t!(i18n, text) }</Button> }
    };
    let side = |label: AttrValue, text: &AttrValue| {
        html! {
            <div>
                <p class="weight-semibold">{ label }</p>
                <p class="plain-text" lang="da">{ if text.is_empty() { "–" } else { text } }</p>
            </div>
        }
    };
    let difference = |differing: &Differing| {
        html! {
            <Details summary={differing.field.clone()}>
                <div class="side-by-side">
                    { side(t!(i18n, "conflict-mine"), &differing.mine) }
                    { side(t!(i18n, "conflict-theirs"), &differing.theirs) }
                </div>
            </Details>
        }
    };
    let (kind, buttons) = match props.question {
        VersionQuestion::WhichHolds => (
            AlertKind::Warning,
            html! {
                <>
                    { button(ButtonKind::Secondary, Verdict::Overwrite, key("conflict-overwrite")) }
                    { button(ButtonKind::Secondary, Verdict::Load, key("conflict-load")) }
                </>
            },
        ),
        VersionQuestion::TakeBack => (
            AlertKind::Info,
            html! {
                <>
                    { button(ButtonKind::Secondary, Verdict::PutBack, key("conflict-put-back")) }
                    { button(ButtonKind::Tertiary, Verdict::Drop, key("conflict-drop")) }
                </>
            },
        ),
    };
    html! {
        <div id={ID} tabindex="-1">
            <Alert {kind} heading={props.heading.clone()} live=true>
                <p>{ &props.text }</p>
                { for props.differences.iter().map(difference) }
                <div class="actions">{ buttons }</div>
            </Alert>
        </div>
    }
}
