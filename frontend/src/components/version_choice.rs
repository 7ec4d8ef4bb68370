//! Two versions of one text: what differs, and the choice between them.

use chrono::{DateTime, Utc};
use yew::prelude::*;

use super::{Alert, AlertKind, Button, ButtonKind, Details};
use crate::{
    aside::{SavedBy, Whose},
    dom,
    i18n::{I18n, use_i18n},
    t,
};

/// What is being chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum VersionQuestion {
    /// Which of the two holds: what is in the form, or what was saved somewhere else.
    WhichHolds(SavedBy),
    /// Whether what was put aside comes back into the form.
    TakeBack(DateTime<Utc>, Whose),
}

/// What the author chose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// What is in the form replaces what was saved somewhere else.
    Overwrite,
    /// What was saved somewhere else comes into the form.
    Load,
    /// What was put aside then comes into the form again.
    PutBack(DateTime<Utc>),
    /// What was put aside then is not needed any more.
    Drop(DateTime<Utc>),
}

/// A field in both versions, as the reader reads it.
#[derive(Clone, Debug, PartialEq)]
pub struct Differing {
    /// The field's name.
    pub field: AttrValue,
    /// What the author has written, or what was put aside.
    pub mine: AttrValue,
    /// What was saved somewhere else, or what stands in the form.
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
    /// Whether it has come by a choice, whose button is gone: then it takes the focus.
    #[prop_or_default]
    pub takes_focus: bool,
    /// Told what the author chose.
    pub on_choose: Callback<Verdict>,
}

/// What differs, unfolded, and the choice.
#[component]
pub fn VersionChoice(props: &VersionChoiceProps) -> Html {
    let i18n = use_i18n();
    let id = match &props.question {
        VersionQuestion::WhichHolds(_) => "version-choice".to_owned(),
        VersionQuestion::TakeBack(put_at, _) => format!("version-{}", put_at.timestamp_micros()),
    };
    use_effect_with((id.clone(), props.takes_focus), |(id, takes_focus)| {
        if *takes_focus {
            dom::focus_later(id.clone());
        }
    });
    let Words { mine, theirs, buttons } = words(&props.question, &i18n);
    let side = |label: &AttrValue, text: &AttrValue| {
        html! {
            <div>
                <p class="weight-semibold">{ label }</p>
                <p class="plain-text version-text" lang="da">{ if text.is_empty() { "–" } else { text } }</p>
            </div>
        }
    };
    let difference = |differing: &Differing| {
        html! {
            <Details summary={differing.field.clone()} open=true>
                <div class="side-by-side">
                    { side(&mine, &differing.mine) }
                    { side(&theirs, &differing.theirs) }
                </div>
            </Details>
        }
    };
    let button = |(kind, verdict, text): (ButtonKind, Verdict, AttrValue)| {
        // Keyed, so that no button becomes another one under the finger or the focus.
        let (key, on_press) = (text.to_string(), props.on_choose.reform(move |()| verdict));
        html! { <Button {key} {kind} {on_press}>{ text }</Button> }
    };
    let kind = match props.question {
        VersionQuestion::WhichHolds(_) => AlertKind::Warning,
        VersionQuestion::TakeBack(..) => AlertKind::Info,
    };
    html! {
        <div {id} tabindex="-1">
            <Alert {kind} heading={props.heading.clone()} live=true>
                <p>{ &props.text }</p>
                { for props.differences.iter().map(difference) }
                <div class="actions">{ for buttons.into_iter().map(button) }</div>
            </Alert>
        </div>
    }
}

/// What the two versions are called, and the buttons, each of which says whose words go.
struct Words {
    mine: AttrValue,
    theirs: AttrValue,
    buttons: [(ButtonKind, Verdict, AttrValue); 2],
}

fn words(question: &VersionQuestion, i18n: &I18n) -> Words {
    match question {
        VersionQuestion::WhichHolds(by) => {
            let (overwrite, load) = match &by.name {
                Some(name) => (
                    t!(i18n, "conflict-overwrite-of", name = name.as_str()),
                    t!(i18n, "conflict-load-of", name = name.as_str()),
                ),
                None => (t!(i18n, "conflict-overwrite"), t!(i18n, "conflict-load")),
            };
            Words {
                mine: t!(i18n, "conflict-mine"),
                theirs: saved_by(by, i18n),
                buttons: [
                    (ButtonKind::Secondary, Verdict::Overwrite, overwrite),
                    (ButtonKind::Secondary, Verdict::Load, load),
                ],
            }
        }
        VersionQuestion::TakeBack(put_at, whose) => {
            let (mine, put_back, drop) = match whose {
                Whose::Own => {
                    (t!(i18n, "conflict-aside-heading"), t!(i18n, "conflict-put-back"), t!(i18n, "conflict-drop"))
                }
                Whose::InForm | Whose::Saved(_) => {
                    (aside_heading(whose, i18n), t!(i18n, "conflict-put-back-other"), t!(i18n, "conflict-drop-other"))
                }
            };
            Words {
                mine,
                theirs: t!(i18n, "conflict-in-form"),
                buttons: [
                    (ButtonKind::Secondary, Verdict::PutBack(*put_at), put_back),
                    (ButtonKind::Tertiary, Verdict::Drop(*put_at), drop),
                ],
            }
        }
    }
}

/// »Gemt af Astrid Holm den 4. december 2026 kl. 10.32«.
fn saved_by(by: &SavedBy, i18n: &I18n) -> AttrValue {
    let at = by.at.map(|at| i18n.dates().instant(at));
    match (&by.name, at) {
        (Some(name), Some(at)) => t!(i18n, "conflict-theirs-by-at", name = name.as_str(), at = at),
        (Some(name), None) => t!(i18n, "conflict-theirs-by", name = name.as_str()),
        (None, Some(at)) => t!(i18n, "conflict-theirs-at", at = at),
        (None, None) => t!(i18n, "conflict-theirs"),
    }
}

/// What words that were put aside are called.
pub fn aside_heading(whose: &Whose, i18n: &I18n) -> AttrValue {
    match whose {
        Whose::Own => t!(i18n, "conflict-aside-heading"),
        Whose::InForm => t!(i18n, "conflict-aside-in-form"),
        Whose::Saved(SavedBy { name: Some(name), .. }) => t!(i18n, "conflict-aside-of", name = name.as_str()),
        Whose::Saved(SavedBy { name: None, .. }) => t!(i18n, "conflict-aside-saved"),
    }
}
