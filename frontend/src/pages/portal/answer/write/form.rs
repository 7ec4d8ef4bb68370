//! The form of an answer: to the whole and to single sections, saved while it is written.

use openapi::{
    drafts::{Draft, SectionAnswer},
    hearings::{Hearing, Section},
    limits,
};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;
use yew_router::prelude::{use_location, use_navigator};

use super::{
    attachments::{Attachments, all_are_there, use_attachments},
    notes::WriteNotes,
    saving::{Saving, use_saving},
    written::{Written, pointer},
};
use crate::{
    components::{Button, Details, Form, Link, RichText, SaveState, TextArea, TextField},
    dom,
    hooks::use_form,
    i18n::use_i18n,
    route::Route,
    t,
};

#[derive(Properties, PartialEq)]
pub(super) struct WriteFormProps {
    pub(super) hearing: Hearing,
    pub(super) draft: Draft,
}

/// The form of an answer.
#[component]
pub(super) fn WriteForm(props: &WriteFormProps) -> Html {
    let i18n = use_i18n();
    let navigator = use_navigator();
    let WriteFormProps { hearing, draft } = props;
    let hearing_id = hearing.id;

    let saving = use_saving(hearing, draft);
    let Saving { written, autosave, .. } = &saving;
    let form = use_form();
    let files = use_attachments(hearing_id, draft);
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
        let (written, form, autosave, files) = (written.clone(), form.clone(), autosave.clone(), files.clone());
        Callback::from(move |()| {
            let mut wrong = written.validate().err().unwrap_or_default();
            wrong.0.extend(all_are_there(&files).err().unwrap_or_default().0);
            if let Err(wrong) = wrong.finish() {
                return form.wrong(&wrong);
            }
            let saving = autosave.flush();
            let (form, navigator) = (form.clone(), navigator.clone());
            spawn_local(async move {
                match saving.await {
                    Ok(()) => {
                        if let Some(navigator) = navigator {
                            navigator.push(&Route::AnswerCheck { id: hearing_id });
                        }
                    }
                    Err(error) => form.refused(&error),
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
            <WriteNotes
                hearing={hearing.clone()}
                written={(**written).clone()}
                status={autosave.status.clone()}
                competition={saving.competition.clone()}
                on_choose={saving.on_choose.clone()}
                rescued={saving.rescued}
            />
            <Form errors={form.errors()} {on_submit}>
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
                <Attachments hearing={hearing_id} draft={draft.id} {files} />
                <div class="actions">
                    <Button kind_of_press="submit">{ t!(i18n, "write-next") }</Button>
                    <Link to={Route::hearing(hearing.id, &hearing.title)}>{ t!(i18n, "write-later") }</Link>
                    <SaveState status={autosave.status.clone()} must_choose={saving.competition.theirs().is_some()} />
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
