//! The form of an answer: to the whole and to single sections, saved while it is written.

use std::cell::Cell;

use openapi::{
    drafts::{Draft, SectionAnswer},
    hearings::{Hearing, Section},
    limits,
};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;
use yew_router::prelude::{use_location, use_navigator};

use super::{
    rescue::{self, Rescue, RescueNote},
    written::{Written, pointer},
};
use crate::{
    components::{Button, Details, Form, Link, RichText, SaveState, TextArea, TextField},
    dom,
    form_errors::FormErrors,
    hooks::use_autosave,
    i18n::use_i18n,
    route::Route,
    session::use_api,
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
    let api = use_api();
    let navigator = use_navigator();
    let WriteFormProps { hearing, draft } = props;
    let (hearing_id, draft_id) = (hearing.id, draft.id);

    let found = Written::of(draft, hearing);
    let rescue = use_state(|| rescue::find(draft, hearing));
    let written = {
        let (rescue, found) = (rescue.clone(), found.clone());
        use_state_eq(move || match &*rescue {
            Rescue::GoesOn(written) => written.clone(),
            Rescue::Nothing | Rescue::Competes(_) => found,
        })
    };
    let errors = use_state(FormErrors::default);
    let version = {
        let first = draft.version;
        use_memo((), move |()| Cell::new(first))
    };
    let autosave = {
        let (version, draft) = (version.clone(), draft.clone());
        use_autosave((*written).clone(), found, move |written: Written| {
            let (api, version, draft) = (api.api.clone(), version.clone(), draft.clone());
            async move {
                rescue::keep(&draft, version.get(), &written);
                let saved = api.update_draft(hearing_id, draft_id, version.get(), &written.patch()).await?;
                version.set(saved.version);
                rescue::forget(&draft);
                Ok(())
            }
        })
    };
    use_section_of_fragment();

    let on_take = {
        let (written, rescue) = (written.clone(), rescue.clone());
        Callback::from(move |copy: Written| {
            written.set(copy);
            rescue.set(Rescue::Nothing);
        })
    };
    let on_drop = {
        let (rescue, draft) = (rescue.clone(), draft.clone());
        Callback::from(move |()| {
            rescue::forget(&draft);
            rescue.set(Rescue::Nothing);
        })
    };
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
            <RescueNote rescue={(*rescue).clone()} {on_take} {on_drop} />
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
