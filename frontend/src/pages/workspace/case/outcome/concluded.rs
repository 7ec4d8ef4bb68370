//! The conclusion as everybody sees it; and what lies on this device that is not in it, when it was given somewhere else.

use yew::prelude::*;

use super::{super::CaseFile, earlier::Earlier, saving::use_unsaved_conclusion};
use crate::{
    aside::{AsidePlace, Whose},
    components::{Alert, AlertKind, Button, ButtonKind, Instant, Link, RichText, TakeAway, aside_heading},
    i18n::{key, use_i18n},
    kept::{Kept, Versioned},
    route::Route,
    t,
};

#[derive(Properties, PartialEq)]
pub(super) struct ConcludedProps {
    pub(super) case: CaseFile,
    /// How many saves of the form were refused by now: each has left its words on this device.
    pub(super) refusals: u32,
}

/// The conclusion, under the words that are not in it.
#[component]
pub(super) fn Concluded(props: &ConcludedProps) -> Html {
    let i18n = use_i18n();
    let hearing = &props.case.hearing;
    let kept = use_unsaved_conclusion(hearing.id);
    let body = hearing.conclusion.as_ref().map(|conclusion| conclusion.body.clone()).unwrap_or_default();
    let left = use_state_eq(|| find_left(&kept, &body));
    {
        let (kept, left) = (kept.clone(), left.setter());
        use_effect_with((props.refusals, body), move |(_, body)| left.set(find_left(&kept, body)));
    }
    let Some(conclusion) = &hearing.conclusion else { return Html::default() };
    let words = |words: &Left| {
        let on_press = {
            let (kept, left, words) = (kept.clone(), left.clone(), words.clone());
            Callback::from(move |()| {
                drop_left(&kept, &words.text);
                left.set(left.iter().filter(|other| **other != words).cloned().collect());
            })
        };
        let drop = match words.whose {
            Whose::Own => key("conflict-drop"),
            Whose::InForm | Whose::Saved(_) => key("conflict-drop-other"),
        };
        html! {
            <div key={words.text.clone()} class="panel panel--plain">
                <p class="weight-semibold">{ aside_heading(&words.whose, &i18n) }</p>
                <p class="plain-text" lang="da">{ &words.text }</p>
                <TakeAway text={words.text.clone()} name={t!(i18n, "outcome-own-file")} />
                <Button kind={ButtonKind::Tertiary} {on_press}>{ t!(i18n, drop) }</Button>
            </div>
        }
    };
    html! {
        <>
            if !left.is_empty() {
                <Alert kind={AlertKind::Warning} heading={t!(i18n, "outcome-own-heading")} level="h3" live=true>
                    <p>
                        { t!(i18n, "outcome-own-text") }{ " " }<Instant at={conclusion.concluded_at} long=true />{ ". " }
                        { t!(i18n, "outcome-own-copy") }
                    </p>
                    { for left.iter().map(words) }
                </Alert>
            }
            <p class="muted">{ t!(i18n, "outcome-concluded-at") }{ " " }<Instant at={conclusion.concluded_at} long=true /></p>
            <div class="panel panel--plain"><RichText html={conclusion.body_html.clone()} /></div>
            <p><Link to={Route::hearing(hearing.id, &hearing.title)}>{ t!(i18n, "outcome-see") }</Link></p>
            if hearing.may.process {
                <Earlier id={hearing.id} />
            }
        </>
    }
}

/// Words on this device that are not in the conclusion.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Left {
    whose: Whose,
    text: String,
}

/// All words on this device that differ from the conclusion; what says the same is needed no more.
fn find_left(kept: &Kept, body: &str) -> Vec<Left> {
    drop_left(kept, body);
    let unsaved = find_unsaved(kept).map(|text| Left { whose: Whose::Own, text });
    let aside = AsidePlace::beside(kept).find::<String>().into_iter();
    let mut all: Vec<Left> = Vec::new();
    for words in unsaved.into_iter().chain(aside.map(|aside| Left { whose: aside.whose, text: aside.written })) {
        if all.iter().all(|known| known.text != words.text) {
            all.push(words);
        }
    }
    all
}

/// Drops a text wherever it lies here, and nothing else.
fn drop_left(kept: &Kept, text: &str) {
    if find_unsaved(kept).is_some_and(|unsaved| unsaved == text) {
        kept.forget();
    }
    let place = AsidePlace::beside(kept);
    for aside in place.find::<String>().iter().filter(|aside| aside.written == text) {
        place.take::<String>(aside.put_at, &[]);
    }
}

fn find_unsaved(kept: &Kept) -> Option<String> {
    kept.find::<Versioned<String>>().map(|copy| copy.written)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        aside::{Aside, SavedBy},
        dom::device,
    };

    #[test]
    fn every_text_that_is_not_in_the_conclusion_is_shown_and_only_what_is_dropped_goes() {
        let kept = Kept::of_a_test("conclusion-draft-1");
        let place = AsidePlace::beside(&kept);
        assert!(kept.keep(&Versioned { version: 3, written: "sene ord".to_owned() }));
        let colleague = SavedBy { name: Some("Astrid Holm".to_owned()), at: None };
        for (whose, text) in [
            (Whose::Own, "mine ord"),
            (Whose::Saved(colleague.clone()), "kollegaens ord"),
            (Whose::InForm, "Vedtaget."),
        ] {
            place.put(Aside::new(whose, text.to_owned()), &[]);
        }
        let shown = |whose: &Whose, text: &str| Left { whose: whose.clone(), text: text.to_owned() };
        let (late, mine) = (shown(&Whose::Own, "sene ord"), shown(&Whose::Own, "mine ord"));
        let theirs = shown(&Whose::Saved(colleague), "kollegaens ord");
        assert_eq!(find_left(&kept, "Vedtaget."), [late, mine.clone(), theirs]);
        drop_left(&kept, "sene ord");
        drop_left(&kept, "kollegaens ord");
        assert_eq!(find_left(&kept, "Vedtaget."), [mine]);
        drop_left(&kept, "mine ord");
        assert!(device::is_empty(), "what says the same as the conclusion went by itself");
    }
}
