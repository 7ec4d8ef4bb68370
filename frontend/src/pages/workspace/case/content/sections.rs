//! The hearing's text: sections that are added, written, moved and removed, the last with a way back.

use openapi::{ids::SectionId, limits};
use yew::prelude::*;

use super::{
    basics::PartProps,
    written::{Written, WrittenSection},
};
use crate::{
    clock,
    components::{Button, ButtonKind, MarkdownField, TextField, use_announce},
    dom,
    i18n::use_i18n,
    t,
};

/// The `id` of the button that brings a removed section back.
const UNDO: &str = "section-undo";

/// A section that was removed, and where it stood.
#[derive(Clone, Debug, PartialEq)]
struct Removed {
    at: usize,
    section: WrittenSection,
}

/// The sections of the hearing.
#[component]
pub(super) fn Sections(props: &PartProps) -> Html {
    let i18n = use_i18n();
    let announce = use_announce();
    let PartProps { written, edit } = props;
    let removed = use_state_eq(|| None::<Removed>);
    // What gets the focus once the form is drawn with what was done: moved elements lose it.
    let focus = use_state_eq(|| None::<String>);
    {
        let forget = focus.setter();
        use_effect_with((*focus).clone(), move |focus| {
            if let Some(id) = focus {
                dom::focus(id);
                forget.set(None);
            }
        });
    }
    let count = written.sections.len();
    let add = {
        let (edit, focus) = (edit.clone(), focus.setter());
        Callback::from(move |()| {
            let key = format!("ny-{}", SectionId::new(clock::now()));
            edit.make(move |written| {
                written.sections.push(WrittenSection { key, title: String::new(), body: String::new() });
            });
            focus.set(Some(format!("field-sections-{count}-title")));
        })
    };
    let move_to = |from: usize, to: usize, button: String| {
        let (edit, focus, announce, i18n) = (edit.clone(), focus.setter(), announce.clone(), i18n.clone());
        Callback::from(move |()| {
            edit.make(move |written| shift(written, from, to));
            focus.set(Some(button.clone()));
            announce.emit(t!(i18n, "section-moved", place = to + 1));
        })
    };
    let remove = |at: usize, section: &WrittenSection| {
        let (edit, removed, focus, section) = (edit.clone(), removed.setter(), focus.setter(), section.clone());
        Callback::from(move |()| {
            let key = section.key.clone();
            edit.make(move |written| written.sections.retain(|section| section.key != key));
            removed.set(Some(Removed { at, section: section.clone() }));
            focus.set(Some(UNDO.to_owned()));
        })
    };
    let undo = |put_back: &Removed| {
        let (edit, removed, focus, put_back) = (edit.clone(), removed.setter(), focus.setter(), put_back.clone());
        Callback::from(move |_: MouseEvent| {
            let Removed { at, section } = put_back.clone();
            edit.make(move |written| {
                let at = at.min(written.sections.len());
                written.sections.insert(at, section);
            });
            removed.set(None);
            focus.set(Some(format!("field-sections-{at}-title")));
        })
    };
    let section = |(index, section): (usize, &WrittenSection)| {
        let place = index + 1;
        let (up, down) = (format!("section-{}-up", section.key), format!("section-{}-down", section.key));
        // At an end the other button takes the focus over.
        let after_up = if index == 1 { down.clone() } else { up.clone() };
        let after_down = if place + 1 == count { up.clone() } else { down.clone() };
        html! {
            <div key={section.key.clone()} class="edit-section" role="group" aria-labelledby={format!("section-{}", section.key)}>
                <div class="edit-section-head">
                    <h3 id={format!("section-{}", section.key)}>{ t!(i18n, "section-heading", place = place) }</h3>
                    <div class="edit-section-tools">
                        if index > 0 {
                            <ToolButton
                                id={up}
                                icon="arrow-upward"
                                text={t!(i18n, "section-up")}
                                label={t!(i18n, "section-up-label", place = place)}
                                on_press={move_to(index, index - 1, after_up)}
                            />
                        }
                        if place < count {
                            <ToolButton
                                id={down}
                                icon="arrow-downward"
                                text={t!(i18n, "section-down")}
                                label={t!(i18n, "section-down-label", place = place)}
                                on_press={move_to(index, index + 1, after_down)}
                            />
                        }
                        <ToolButton
                            id={format!("section-{}-remove", section.key)}
                            icon="delete"
                            text={t!(i18n, "section-remove")}
                            label={t!(i18n, "section-remove-label", place = place)}
                            on_press={remove(index, section)}
                        />
                    </div>
                </div>
                <TextField
                    pointer={format!("/sections/{index}/title")}
                    label={t!(i18n, "section-title")}
                    value={section.title.clone()}
                    on_input={change(props, &section.key, |section, text| section.title = text)}
                    limit={limits::SECTION_TITLE}
                />
                <MarkdownField
                    pointer={format!("/sections/{index}/body")}
                    label={t!(i18n, "section-body")}
                    value={section.body.clone()}
                    on_input={change(props, &section.key, |section, text| section.body = text)}
                    limit={limits::SECTION_BODY}
                />
            </div>
        }
    };
    html! {
        <>
            <p>{ t!(i18n, "sections-text") }</p>
            { for written.sections.iter().enumerate().map(section) }
            if let Some(put_back) = &*removed {
                <div class="edit-section-removed" role="status">
                    <p>
                        if put_back.section.title.trim().is_empty() {
                            { t!(i18n, "section-removed-untitled") }
                        } else {
                            { t!(i18n, "section-removed", title = put_back.section.title.as_str()) }
                        }
                    </p>
                    <button type="button" id={UNDO} class="button button-secondary" onclick={undo(put_back)}>
                        { t!(i18n, "undo") }
                    </button>
                </div>
            }
            if count < limits::SECTIONS {
                <Button kind={ButtonKind::Secondary} icon="plus" on_press={add}>{ t!(i18n, "section-add") }</Button>
            } else {
                <p>{ t!(i18n, "section-most", count = limits::SECTIONS) }</p>
            }
        </>
    }
}

/// Changes the section with a key, wherever it stands by then.
fn change(props: &PartProps, key: &str, change: fn(&mut WrittenSection, String)) -> Callback<String> {
    let key = key.to_owned();
    props.edit.with(move |written, text| {
        if let Some(section) = written.sections.iter_mut().find(|section| section.key == key) {
            change(section, text);
        }
    })
}

fn shift(written: &mut Written, from: usize, to: usize) {
    if from < written.sections.len() && to < written.sections.len() {
        written.sections.swap(from, to);
    }
}

#[derive(Properties, PartialEq)]
struct ToolButtonProps {
    id: String,
    icon: AttrValue,
    text: AttrValue,
    label: AttrValue,
    on_press: Callback<()>,
}

/// A button of a section's head. Has an `id`, so that it can keep the focus while its section moves.
#[component]
fn ToolButton(props: &ToolButtonProps) -> Html {
    html! {
        <button
            type="button"
            id={props.id.clone()}
            class="function-link"
            aria-label={props.label.clone()}
            onclick={props.on_press.reform(|_: MouseEvent| ())}
        >
            <crate::components::Icon name={props.icon.clone()} />{ &props.text }
        </button>
    }
}
