//! The form of an answer: to the whole and to single sections, saved while it is written.

use std::cell::Cell;

use openapi::{
    drafts::{Draft, DraftPatch, SectionAnswer, validate_for_sending},
    hearings::{Hearing, Section},
    ids::SectionId,
    limits,
    validation::{FieldErrors, Validate},
};
use serde::{Deserialize, Serialize};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;
use yew_router::prelude::{use_location, use_navigator};

use crate::{
    components::{Alert, Button, Details, Form, Link, RichText, SaveState, TextArea, TextField},
    dom,
    form_errors::FormErrors,
    hooks::use_autosave,
    i18n::use_i18n,
    kept,
    route::Route,
    session::use_api,
    t,
};

/// What is written.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Written {
    on_behalf_of: String,
    text: String,
    sections: Vec<SectionAnswer>,
}

impl Written {
    /// What a draft holds, with room for every section of the hearing.
    fn of(draft: &Draft, hearing: &Hearing) -> Written {
        let found = |id: SectionId| draft.sections.iter().find(|answer| answer.section == id);
        let sections = hearing.sections.iter().map(|section| SectionAnswer {
            section: section.id,
            text: found(section.id).map(|answer| answer.text.clone()).unwrap_or_default(),
        });
        Written { on_behalf_of: draft.on_behalf_of.clone(), text: draft.text.clone(), sections: sections.collect() }
    }

    fn patch(&self) -> DraftPatch {
        let answered = self.sections.iter().filter(|answer| !answer.text.trim().is_empty());
        DraftPatch {
            text: Some(self.text.clone()),
            sections: Some(answered.cloned().collect()),
            on_behalf_of: Some(self.on_behalf_of.clone()),
        }
    }

    /// The same checks as the server's, at the fields of this form.
    fn validate(&self) -> Result<(), FieldErrors> {
        // All sections, empty ones too, so that positions are those of the form.
        let patch = DraftPatch { sections: Some(self.sections.clone()), ..self.patch() };
        let mut errors = patch.validate().err().unwrap_or_default();
        errors.0.extend(validate_for_sending(&self.text, &self.sections).err().unwrap_or_default().0);
        errors.finish().map_err(|errors| self.at_form(errors))
    }

    /// `/sections/0/text` is about the field that is named after the section.
    fn at_form(&self, mut errors: FieldErrors) -> FieldErrors {
        for error in &mut errors.0 {
            let position = error
                .pointer
                .strip_prefix("/sections/")
                .and_then(|rest| rest.split('/').next())
                .and_then(|index| index.parse::<usize>().ok());
            if let Some(answer) = position.and_then(|index| self.sections.get(index)) {
                error.pointer = pointer(answer.section);
            }
        }
        errors
    }
}

/// The field of a section's answer. Links from the hearing's page lead to it.
fn pointer(section: SectionId) -> String {
    format!("/afsnit/{section}")
}

#[derive(Properties, PartialEq)]
pub(super) struct WriteFormProps {
    pub(super) hearing: Hearing,
    pub(super) draft: Draft,
}

/// The form of an answer.
#[component]
pub(super) fn WriteForm(props: &WriteFormProps) -> Html {
    let i18n = use_i18n();
    let api = use_api();
    let navigator = use_navigator();
    let WriteFormProps { hearing, draft } = props;
    let (hearing_id, draft_id) = (hearing.id, draft.id);
    let copy = format!("answer-{draft_id}");

    let found = Written::of(draft, hearing);
    let rescued = {
        let (copy, found) = (copy.clone(), found.clone());
        use_memo((), move |()| kept::find::<Written>(&copy).filter(|written| *written != found))
    };
    let written = {
        let (rescued, found) = (rescued.clone(), found.clone());
        use_state_eq(move || (*rescued).clone().unwrap_or(found))
    };
    let errors = use_state(FormErrors::default);
    let version = {
        let first = draft.version;
        use_memo((), move |()| Cell::new(first))
    };
    let autosave = {
        let (version, copy) = (version.clone(), copy.clone());
        use_autosave((*written).clone(), found, move |written: Written| {
            let (api, version, copy) = (api.api.clone(), version.clone(), copy.clone());
            async move {
                kept::keep(&copy, &written);
                let saved = api.update_draft(hearing_id, draft_id, version.get(), &written.patch()).await?;
                version.set(saved.version);
                kept::forget(&copy);
                Ok(())
            }
        })
    };
    use_section_of_fragment();

    let change = |change: fn(&mut Written, String)| {
        let written = written.clone();
        Callback::from(move |text: String| {
            let mut changed = (*written).clone();
            change(&mut changed, text);
            written.set(changed);
        })
    };
    let on_submit = {
        let (written, errors, i18n, autosave) = (written.clone(), errors.clone(), i18n.clone(), autosave.clone());
        Callback::from(move |()| {
            if let Err(wrong) = written.validate() {
                errors.set(FormErrors::from_fields(&wrong, &i18n).after(&errors));
                return;
            }
            let saving = autosave.flush();
            let (errors, i18n, navigator) = (errors.clone(), i18n.clone(), navigator.clone());
            spawn_local(async move {
                match saving.await {
                    Ok(()) => {
                        if let Some(navigator) = navigator {
                            navigator.push(&Route::AnswerCheck { id: hearing_id });
                        }
                    }
                    Err(error) => errors.set(FormErrors::from_error(&error, &i18n).after(&errors)),
                }
            });
        })
    };
    let section = |(section, answer): (&Section, &SectionAnswer)| {
        let on_input = {
            let (written, id) = (written.clone(), section.id);
            Callback::from(move |text: String| {
                let mut changed = (*written).clone();
                if let Some(answer) = changed.sections.iter_mut().find(|answer| answer.section == id) {
                    answer.text = text;
                }
                written.set(changed);
            })
        };
        html! {
            <div key={section.id.to_string()} class="section-answer">
                <Details summary={t!(i18n, "write-read-section", title = section.title.as_str())}>
                    <RichText html={section.body_html.clone()} />
                </Details>
                <TextArea
                    pointer={pointer(section.id)}
                    label={t!(i18n, "write-section", title = section.title.as_str())}
                    value={answer.text.clone()}
                    {on_input}
                    limit={limits::SECTION_ANSWER}
                    rows={3}
                    optional=true
                />
            </div>
        }
    };
    html! {
        <>
            if rescued.is_some() {
                <Alert heading={t!(i18n, "write-rescued")}><p>{ t!(i18n, "write-rescued-text") }</p></Alert>
            }
            <Form errors={(*errors).clone()} {on_submit}>
                <TextField
                    pointer="/onBehalfOf"
                    label={t!(i18n, "write-on-behalf-of")}
                    hint={t!(i18n, "write-on-behalf-of-hint")}
                    value={written.on_behalf_of.clone()}
                    on_input={change(|written, text| written.on_behalf_of = text)}
                    optional=true
                />
                <TextArea
                    pointer="/text"
                    label={t!(i18n, "write-text")}
                    hint={t!(i18n, "write-text-hint")}
                    value={written.text.clone()}
                    on_input={change(|written, text| written.text = text)}
                    limit={limits::ANSWER}
                    rows={10}
                />
                if !hearing.sections.is_empty() {
                    <h2>{ t!(i18n, "write-sections") }</h2>
                    <p>{ t!(i18n, "write-sections-text") }</p>
                    { for hearing.sections.iter().zip(&written.sections).map(section) }
                }
                <div class="actions">
                    <Button kind_of_press="submit">{ t!(i18n, "write-next") }</Button>
                    <Link to={Route::hearing(hearing.id, &hearing.title)}>{ t!(i18n, "write-later") }</Link>
                    <SaveState status={autosave.status.clone()} />
                </div>
            </Form>
        </>
    }
}

/// Goes to the section's field when one came by "svar på dette afsnit".
#[hook]
fn use_section_of_fragment() {
    let fragment = use_location().map(|location| location.hash().to_owned()).unwrap_or_default();
    use_effect_with(fragment, |fragment| {
        if let Some(id) = fragment.strip_prefix('#').filter(|id| id.starts_with("field-")) {
            dom::focus(id);
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn section(text: &str) -> SectionAnswer {
        SectionAnswer { section: SectionId::new(chrono::DateTime::UNIX_EPOCH), text: text.to_owned() }
    }

    #[test]
    fn an_answer_needs_words_somewhere() {
        let nothing = Written { on_behalf_of: String::new(), text: " \n".into(), sections: vec![section("")] };
        assert_eq!(nothing.validate().unwrap_err().0[0].pointer, "/text");
        let in_a_section = Written { sections: vec![section("Ja tak")], ..nothing };
        assert!(in_a_section.validate().is_ok());
    }

    #[test]
    fn a_sections_error_stands_at_its_own_field_though_earlier_ones_are_empty() {
        let sections = vec![section(""), section("for\0kert")];
        let wrong = sections[1].section;
        let written = Written { on_behalf_of: String::new(), text: "Svar".into(), sections };
        assert_eq!(written.validate().unwrap_err().0[0].pointer, pointer(wrong));
    }

    #[test]
    fn only_sections_with_words_are_sent() {
        let written =
            Written { on_behalf_of: String::new(), text: String::new(), sections: vec![section(" "), section("Ja")] };
        assert_eq!(written.patch().sections.unwrap().len(), 1);
    }
}
