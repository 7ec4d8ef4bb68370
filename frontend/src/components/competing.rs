//! Everything that competes with what is in a form: what was saved somewhere else, and what was put aside.

use yew::prelude::*;

use super::{Differing, Verdict, VersionChoice, VersionQuestion, version_choice::aside_heading};
use crate::{
    aside::{Aside, SavedBy},
    clock,
    hooks::{Competition, Theirs},
    i18n::use_i18n,
    t,
};

/// Where two versions differ: the first is the author's or was put aside.
pub type Compare<W> = Callback<(W, W), Vec<Differing>>;

/// What it needs.
#[derive(Properties, PartialEq)]
pub struct CompetingProps<W: PartialEq> {
    /// What competes.
    pub competition: Competition<W>,
    /// What is in the form.
    pub written: W,
    /// Says that something else was saved.
    pub heading: AttrValue,
    /// Says what that means, by whom it was saved.
    pub text: Callback<SavedBy, AttrValue>,
    /// Where two versions differ.
    pub compare: Compare<W>,
    /// Told what the author chose.
    pub on_choose: Callback<Verdict>,
}

/// The choice between versions, and what was put aside, the newest first.
#[component]
pub fn Competing<W>(props: &CompetingProps<W>) -> Html
where
    W: Clone + PartialEq + serde::Serialize + serde::de::DeserializeOwned + 'static,
{
    let i18n = use_i18n();
    let CompetingProps { competition, written, compare, on_choose, .. } = props;
    // What is put aside from now on was chosen here.
    let opened = use_memo((), |()| clock::now());
    let which_holds = |theirs: &Theirs<W>| {
        html! {
            <VersionChoice
                key="which-holds"
                question={VersionQuestion::WhichHolds(theirs.by.clone())}
                heading={props.heading.clone()}
                text={props.text.emit(theirs.by.clone())}
                differences={compare.emit((written.clone(), theirs.written.clone()))}
                on_choose={on_choose.clone()}
            />
        }
    };
    let take_back = |aside: &Aside<W>| {
        let differences = compare.emit((aside.written.clone(), written.clone()));
        let text = match (differences.is_empty(), aside.is_loose()) {
            (true, _) => t!(i18n, "conflict-aside-same"),
            (false, true) => t!(i18n, "conflict-aside-loose"),
            (false, false) => t!(i18n, "conflict-aside-text"),
        };
        html! {
            <VersionChoice
                key={aside.put_at.timestamp_micros().to_string()}
                question={VersionQuestion::TakeBack(aside.put_at, aside.whose.clone())}
                heading={aside_heading(&aside.whose, &i18n)}
                {text}
                {differences}
                takes_focus={aside.put_at >= *opened}
                on_choose={on_choose.clone()}
            />
        }
    };
    html! {
        <>
            { for competition.theirs().map(which_holds) }
            { for competition.aside().iter().rev().map(take_back) }
        </>
    }
}
