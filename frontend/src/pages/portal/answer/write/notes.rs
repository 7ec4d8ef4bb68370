//! What stands over the form of a response while it is written: what was brought back, what competes with it, and that
//! it cannot be saved any more.

use openapi::hearings::Hearing;
use yew::prelude::*;

use super::written::Written;
use crate::{
    aside::SavedBy,
    components::{AccessLost, Competing, Differing, Rescued, Verdict},
    hooks::{Competition, SaveStatus, use_lost_access},
    i18n::{I18n, use_i18n},
    t,
};

#[derive(Properties, PartialEq)]
pub(super) struct WriteNotesProps {
    pub(super) hearing: Hearing,
    /// What is in the form.
    pub(super) written: Written,
    /// How it is kept.
    pub(super) status: SaveStatus,
    pub(super) competition: Competition<Written>,
    /// Told what the author chose where two versions compete.
    pub(super) on_choose: Callback<Verdict>,
    /// Whether the form began with what could not be saved the last time.
    pub(super) rescued: bool,
}

/// What the author should know now.
#[component]
pub(super) fn WriteNotes(props: &WriteNotesProps) -> Html {
    let i18n = use_i18n();
    let WriteNotesProps { hearing, written, .. } = props;
    let lost = use_lost_access(hearing.id, &props.status);
    let titles: Vec<String> = hearing.sections.iter().map(|section| section.title.clone()).collect();
    let compare = {
        let (i18n, titles) = (i18n.clone(), titles.clone());
        Callback::from(move |(mine, theirs): (Written, Written)| differences(&mine, &theirs, &titles, &i18n))
    };
    let text = {
        let i18n = i18n.clone();
        Callback::from(move |_: SavedBy| t!(i18n, "write-conflict-text"))
    };
    html! {
        <>
            <Rescued rescued={props.rescued} />
            if let Some(lost) = lost {
                <AccessLost
                    {lost}
                    text={in_full(written, &titles)}
                    name={t!(i18n, "write-file")}
                    contact={hearing.contact.clone()}
                />
            } else {
                <Competing<Written>
                    competition={props.competition.clone()}
                    written={written.clone()}
                    heading={t!(i18n, "write-conflict-heading")}
                    {text}
                    {compare}
                    on_choose={props.on_choose.clone()}
                />
            }
        </>
    }
}

/// The fields in which two versions differ.
fn differences(mine: &Written, theirs: &Written, titles: &[String], i18n: &I18n) -> Vec<Differing> {
    let fields = |written: &Written| {
        let sections = written.sections.iter().map(|answer| answer.text.clone());
        [written.on_behalf_of.clone(), written.text.clone()].into_iter().chain(sections).collect::<Vec<_>>()
    };
    let names = [t!(i18n, "write-on-behalf-of"), t!(i18n, "write-text")].into_iter();
    let names = names.chain(titles.iter().map(|title| t!(i18n, "write-section", title = title.as_str())));
    let both = fields(mine).into_iter().zip(fields(theirs));
    names
        .zip(both)
        .filter(|(_, (mine, theirs))| mine != theirs)
        .map(|(field, (mine, theirs))| Differing { field, mine: mine.into(), theirs: theirs.into() })
        .collect()
}

/// All words of a response as one text.
fn in_full(written: &Written, titles: &[String]) -> String {
    let sections = written.sections.iter().zip(titles).filter(|(answer, _)| !answer.text.trim().is_empty());
    let sections = sections.map(|(answer, title)| format!("{title}\n{}", answer.text));
    let whole = [&written.on_behalf_of, &written.text].into_iter().filter(|text| !text.trim().is_empty()).cloned();
    whole.chain(sections).collect::<Vec<_>>().join("\n\n")
}

#[cfg(test)]
mod tests {
    use openapi::{drafts::SectionAnswer, ids::SectionId};

    use super::*;
    use crate::i18n::{Language, PORTAL};

    fn written(text: &str, section: &str) -> Written {
        let section = SectionAnswer { section: SectionId::new(chrono::DateTime::UNIX_EPOCH), text: section.to_owned() };
        Written { on_behalf_of: String::new(), text: text.to_owned(), sections: vec![section] }
    }

    #[test]
    fn two_responses_differ_in_the_fields_that_differ() {
        let i18n = I18n::new(Language::Da, PORTAL, Callback::noop());
        let titles = ["Økonomi".to_owned()];
        let found = differences(&written("Ja", "Enig"), &written("Ja", ""), &titles, &i18n);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].mine.as_str(), found[0].theirs.as_str()), ("Enig", ""));
        assert!(found[0].field.contains("Økonomi"), "{found:?}");
        assert_eq!(differences(&written("Ja", "Enig"), &written("Ja", "Enig"), &titles, &i18n), []);
    }

    #[test]
    fn every_word_goes_into_the_file() {
        let titles = ["Økonomi".to_owned()];
        assert_eq!(in_full(&written("Æ, ø og å.", "Enig"), &titles), "Æ, ø og å.\n\nØkonomi\nEnig");
        assert_eq!(in_full(&written("Ja", " "), &titles), "Ja");
    }
}
