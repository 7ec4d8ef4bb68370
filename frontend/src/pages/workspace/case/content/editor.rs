//! The form of a hearing: its parts, how they are saved, and what is missing before it can be published.

use std::rc::Rc;

use openapi::{
    client::Error,
    hearings::{Hearing, HearingStatus},
    validation::FieldErrors,
};
use yew::prelude::*;

use super::{
    super::CaseFile,
    basics::Basics,
    conflict::{Competition, Conflict},
    contact::ContactPerson,
    delete::Delete,
    edit::{Edit, Writing},
    publish::{PublishDialog, SaveFirst},
    readiness::{Readiness, missing, missing_at_fields},
    sections::Sections,
    server_copy::{SaveEvents, ServerCopy},
    settings::{Openness, Period, Readers},
    unsaved::{self, Found},
    written::Written,
};
use crate::{
    components::{Alert, AlertKind, Button, ErrorSummary, Link, SaveState},
    dom,
    form_errors::FormErrors,
    hooks::{SaveStatus, use_autosave},
    i18n::use_i18n,
    route::Route,
    session::use_api,
    t,
};

#[derive(Properties, PartialEq)]
pub(super) struct EditorProps {
    pub(super) case: CaseFile,
}

/// The form of a hearing.
#[component]
pub(super) fn Editor(props: &EditorProps) -> Html {
    let i18n = use_i18n();
    let api = use_api();
    let hearing = &props.case.hearing;

    let found = use_memo((), |()| (Written::of(hearing), unsaved::find(hearing)));
    let (saved, copy) = &*found;
    let writing = {
        let first = match copy {
            Found::GoesOn(written) => written.clone(),
            Found::Nothing | Found::Competes(_) => saved.clone(),
        };
        use_reducer_eq(move || Writing(Rc::new(first)))
    };
    let written = writing.0.clone();
    let edit = Edit::new(writing.dispatcher());
    let competition = {
        let copy = copy.clone();
        use_state_eq(move || match copy {
            Found::Competes(written) => Competition::PutAside(written),
            Found::Nothing | Found::GoesOn(_) => Competition::None,
        })
    };
    let field_errors = use_state_eq(FieldErrors::default);
    // Publishing was asked for so many times; from then on what is missing stands over the form until it is not.
    let asked = use_state_eq(|| 0_u32);
    let refused = use_state_eq(FormErrors::default);
    let publishing = use_state_eq(|| false);
    let published = use_state_eq(|| false);

    let copy_here = use_memo((), |()| ServerCopy::of(hearing));
    let events = SaveEvents {
        on_saved: props.case.replace.clone(),
        on_fields: {
            let field_errors = field_errors.setter();
            Callback::from(move |errors| field_errors.set(errors))
        },
        on_conflict: {
            let competition = competition.setter();
            Callback::from(move |newest| competition.set(Competition::Theirs(newest)))
        },
    };
    let autosave = {
        let (api, copy_here, events) = (api.clone(), copy_here.clone(), events.clone());
        use_autosave((*written).clone(), saved.clone(), move |written: Written| {
            let (api, copy_here, events) = (api.api.clone(), copy_here.clone(), events.clone());
            async move { copy_here.save(&api, written, &events).await }
        })
    };
    let save_first: SaveFirst = {
        let (autosave, copy_here) = (autosave.clone(), copy_here.clone());
        Callback::from(move |()| {
            let (saving, copy_here) = (autosave.flush(), copy_here.clone());
            let saved = async move { saving.await.map(|()| copy_here.version()) };
            Box::pin(saved) as _
        })
    };

    let on_publish = {
        let (asked, refused, publishing) = (asked.clone(), refused.setter(), publishing.setter());
        let save_first = save_first.clone();
        let (hearing_id, api, i18n) = (hearing.id, api.clone(), i18n.clone());
        let replace = props.case.replace.clone();
        Callback::from(move |()| {
            let (asked, refused, publishing) = (asked.clone(), refused.clone(), publishing.clone());
            let (saving, api, i18n, replace) = (save_first.emit(()), api.clone(), i18n.clone(), replace.clone());
            wasm_bindgen_futures::spawn_local(async move {
                let looked = async {
                    saving.await?;
                    api.api.get_hearing(hearing_id).await
                };
                match looked.await {
                    Ok(newest) => {
                        refused.set(FormErrors::default());
                        // A start that has passed is no hindrance: then it starts at once.
                        let hinders = |item: &openapi::hearings::ChecklistItem| !item.done && item.pointer != "/startsOn";
                        let ready = !newest.checklist.iter().flatten().any(hinders);
                        replace.emit(newest);
                        asked.set(if ready { 0 } else { *asked + 1 });
                        publishing.set(ready);
                    }
                    Err(error) => refused.set(FormErrors { attempt: *asked + 1, ..FormErrors::from_error(&error, &i18n) }),
                }
            });
        })
    };
    let on_published = {
        let (refused, publishing, published) = (refused.clone(), publishing.setter(), published.setter());
        let (copy_here, i18n, replace) = (copy_here.clone(), i18n.clone(), props.case.replace.clone());
        Callback::from(move |answer: Result<Hearing, Error>| {
            publishing.set(false);
            match answer {
                Ok(hearing) => {
                    copy_here.follow(&hearing);
                    replace.emit(hearing);
                    published.set(true);
                    dom::focus("page-heading");
                }
                Err(error) => refused.set(FormErrors::from_error(&error, &i18n).after(&refused)),
            }
        })
    };
    let close_dialog = {
        let publishing = publishing.setter();
        Callback::from(move |()| publishing.set(false))
    };

    let on_overwrite = {
        let (copy_here, competition, autosave) = (copy_here.clone(), competition.clone(), autosave.clone());
        Callback::from(move |()| {
            if let Competition::Theirs(newest) = &*competition {
                copy_here.adopt(newest);
                competition.set(Competition::None);
                let saving = autosave.flush();
                wasm_bindgen_futures::spawn_local(async move {
                    // How it went stands with the form.
                    let _ = saving.await;
                });
            }
        })
    };
    let on_load = {
        let (copy_here, competition, edit, written) =
            (copy_here.clone(), competition.clone(), edit.clone(), written.clone());
        let replace = props.case.replace.clone();
        Callback::from(move |()| {
            if let Competition::Theirs(newest) = &*competition {
                copy_here.adopt(newest);
                let theirs = Written::of(newest);
                edit.make(move |written| *written = theirs);
                replace.emit((**newest).clone());
                competition.set(Competition::PutAside((*written).clone()));
            }
        })
    };
    let on_put_back = {
        let (competition, edit) = (competition.clone(), edit.clone());
        Callback::from(move |()| {
            if let Competition::PutAside(mine) = &*competition {
                let mine = mine.clone();
                edit.make(move |written| *written = mine);
                competition.set(Competition::None);
            }
        })
    };
    let on_drop = {
        let (competition, id) = (competition.setter(), hearing.id);
        Callback::from(move |()| {
            unsaved::forget(id);
            competition.set(Competition::None);
        })
    };

    let items = hearing.checklist.clone().unwrap_or_default();
    let summary = match (refused.is_empty(), *asked) {
        (false, _) => (*refused).clone(),
        (true, 0) => FormErrors::default(),
        (true, attempt) => FormErrors { attempt, ..missing_at_fields(&items, &written, &i18n) },
    };
    let mut at_fields = FormErrors::from_fields(&field_errors, &i18n);
    at_fields.fields.extend(summary.fields.iter().cloned());
    let conflicting = matches!(*competition, Competition::Theirs(_));
    let is_draft = hearing.status == HearingStatus::Draft;
    html! {
        <ContextProvider<FormErrors> context={at_fields}>
            if *published {
                <Alert kind={AlertKind::Success} heading={t!(i18n, "published-heading")} live=true>
                    <p>{ t!(i18n, "published-text") }</p>
                    <p>
                        <Link to={Route::hearing(hearing.id, &hearing.title)}>{ t!(i18n, "case-to-portal") }</Link>
                    </p>
                </Alert>
            } else if !is_draft {
                <Alert><p>{ t!(i18n, "edit-scheduled") }</p></Alert>
            }
            if matches!(copy, Found::GoesOn(_)) {
                <Alert heading={t!(i18n, "write-rescued")}><p>{ t!(i18n, "write-rescued-text") }</p></Alert>
            }
            <ErrorSummary errors={summary} />
            <Conflict
                competition={(*competition).clone()}
                written={written.clone()}
                {on_overwrite}
                {on_load}
                {on_put_back}
                {on_drop}
            />
            <div class="with-aside">
                <div class="edit-settings">
                    <h2>{ t!(i18n, "edit-basics") }</h2>
                    <Basics written={written.clone()} edit={edit.clone()} />
                    <h2>{ t!(i18n, "edit-period") }</h2>
                    <Period written={written.clone()} edit={edit.clone()} />
                    <h2>{ t!(i18n, "edit-readers") }</h2>
                    <Readers written={written.clone()} edit={edit.clone()} />
                    <h2>{ t!(i18n, "edit-openness") }</h2>
                    <Openness written={written.clone()} edit={edit.clone()} />
                    <h2>{ t!(i18n, "edit-contact") }</h2>
                    <ContactPerson written={written.clone()} edit={edit.clone()} />
                </div>
                if is_draft {
                    <aside aria-labelledby="checklist">
                        <h2 id="checklist">{ t!(i18n, "checklist-heading") }</h2>
                        <Readiness {items} written={written.clone()} />
                        <p><a href="#offentliggoer">{ t!(i18n, "publish-go") }</a></p>
                    </aside>
                }
            </div>
            <section aria-labelledby="field-sections">
                <h2 id="field-sections" tabindex="-1">{ t!(i18n, "edit-sections") }</h2>
                <Sections {written} edit={edit.clone()} />
            </section>
            if is_draft {
                <section class="panel" aria-labelledby="offentliggoer">
                    <h2 id="offentliggoer" tabindex="-1">{ t!(i18n, "publish-section") }</h2>
                    <p>
                        if missing(hearing) == 0 {
                            { t!(i18n, "checklist-ready") }
                        } else {
                            { t!(i18n, "checklist-count", count = missing(hearing)) }
                        }
                        { " " }{ t!(i18n, "publish-asked-first") }
                    </p>
                    <div class="actions">
                        <Button icon="send" on_press={on_publish}>{ t!(i18n, "publish") }</Button>
                        if hearing.may.delete {
                            <Delete hearing={hearing.clone()} />
                        }
                    </div>
                </section>
                <PublishDialog
                    open={*publishing}
                    hearing={hearing.clone()}
                    {save_first}
                    on_close={close_dialog}
                    on_done={on_published}
                />
            }
            <div class="save-bar">
                if conflicting {
                    <p class="save-state save-state--failed">{ t!(i18n, "conflict-not-saved") }</p>
                } else if autosave.status == SaveStatus::Unchanged {
                    <p class="save-state">{ t!(i18n, "edit-saves-itself") }</p>
                } else if !field_errors.0.is_empty() {
                    <p class="save-state save-state--failed">{ t!(i18n, "edit-fields-not-saved") }</p>
                } else {
                    <SaveState status={autosave.status.clone()} />
                }
            </div>
        </ContextProvider<FormErrors>>
    }
}
