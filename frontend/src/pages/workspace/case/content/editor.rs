//! The form of a hearing: its parts, what is missing, and how it is kept.

use openapi::hearings::HearingStatus;
use yew::prelude::*;

use super::{
    super::CaseFile,
    basics::Basics,
    conflict::Conflict,
    contact::ContactPerson,
    delete::Delete,
    files::{Documents, Picture},
    publish::PublishDialog,
    publishing::use_publishing,
    readiness::{Lacking, Noted, Readiness, said_missing},
    saving::{Saving, use_saving},
    sections::Sections,
    settings::{Openness, Period, Readers},
};
use crate::{
    components::{AccessLost, Alert, Button, ErrorSummary, Rescued, SaveState},
    form_errors::FormErrors,
    hooks::{SaveStatus, use_lost_access},
    i18n::{I18n, use_i18n},
    t,
};

#[derive(Properties, PartialEq)]
pub(super) struct EditorProps {
    pub(super) case: CaseFile,
    /// Told when the hearing was published from here.
    pub(super) on_published: Callback<()>,
}

/// The form of a hearing.
#[component]
pub(super) fn Editor(props: &EditorProps) -> Html {
    let i18n = use_i18n();
    let hearing = &props.case.hearing;
    let saving = use_saving(&props.case);
    let publishing = use_publishing(&props.case, &saving, &props.on_published);
    let lacking = use_reducer_eq(Lacking::default);
    let on_lacking = |note: fn(&mut Lacking, Vec<AttrValue>)| {
        let lacking = lacking.dispatcher();
        Callback::from(move |names| lacking.dispatch(Noted { note, names }))
    };
    let lost = use_lost_access(hearing.id, &saving.status);
    let mut at_fields = FormErrors::from_fields(&saving.wrong, &i18n);
    at_fields.fields.extend(publishing.errors.fields.iter().cloned());
    let (written, edit) = (&saving.written, &saving.edit);
    let is_draft = hearing.status == HearingStatus::Draft;
    html! {
        <ContextProvider<FormErrors> context={at_fields}>
            if hearing.status == HearingStatus::Scheduled {
                <Alert><p>{ t!(i18n, "edit-scheduled") }</p></Alert>
            }
            <Rescued rescued={saving.rescued} />
            <ErrorSummary errors={publishing.errors.clone()} />
            if let Some(lost) = lost {
                <AccessLost
                    {lost}
                    text={written.in_full(&i18n)}
                    name={t!(i18n, "edit-file")}
                    contact={hearing.contact.clone()}
                />
            }
            <Conflict
                competition={saving.competition.clone()}
                written={written.clone()}
                on_choose={saving.on_choose.clone()}
            />
            <div class="with-aside">
                <div class="edit-settings wide-fields">
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
                        <Readiness
                            items={hearing.checklist.clone().unwrap_or_default()}
                            written={written.clone()}
                            lacking={(*lacking).clone()}
                        />
                        <p><a href="#offentliggoer">{ t!(i18n, "publish-go") }</a></p>
                    </aside>
                }
            </div>
            <section aria-labelledby="field-sections">
                <h2 id="field-sections" tabindex="-1">{ t!(i18n, "edit-sections") }</h2>
                <Sections written={written.clone()} edit={edit.clone()} />
            </section>
            <section class="wide-fields" aria-labelledby="edit-files">
                <h2 id="edit-files">{ t!(i18n, "edit-files") }</h2>
                <Picture
                    hearing={hearing.clone()}
                    written={written.clone()}
                    edit={edit.clone()}
                    replace={props.case.replace.clone()}
                    on_lacking={on_lacking(|lacking, names| lacking.image = names)}
                />
                <Documents
                    hearing={hearing.clone()}
                    written={written.clone()}
                    edit={edit.clone()}
                    replace={props.case.replace.clone()}
                    on_lacking={on_lacking(|lacking, names| lacking.documents = names)}
                />
            </section>
            if is_draft {
                <section class="panel" aria-labelledby="offentliggoer">
                    <h2 id="offentliggoer" tabindex="-1">{ t!(i18n, "publish-section") }</h2>
                    <p>{ said_missing(hearing, &lacking, &i18n) }{ " " }{ t!(i18n, "publish-asked-first") }</p>
                    <div class="actions">
                        <Button icon="send" on_press={publishing.on_ask}>{ t!(i18n, "publish") }</Button>
                        if hearing.may.delete {
                            <Delete hearing={hearing.clone()} />
                        }
                    </div>
                </section>
                <PublishDialog
                    open={publishing.asking}
                    hearing={hearing.clone()}
                    lacking={lacking.names()}
                    save_first={saving.save_first.clone()}
                    on_close={publishing.on_close}
                    on_done={publishing.on_done}
                />
            }
            <div class="save-bar">{ how_kept(&saving, &i18n) }</div>
        </ContextProvider<FormErrors>>
    }
}

/// How the form is kept, wherever one is in it.
fn how_kept(saving: &Saving, i18n: &I18n) -> Html {
    if saving.competition.theirs().is_some() {
        return html! { <SaveState status={saving.status.clone()} must_choose=true /> };
    }
    match saving.status {
        SaveStatus::Unchanged => html! { <p class="save-state">{ t!(i18n, "edit-saves-itself") }</p> },
        SaveStatus::Failed(_) if !saving.wrong.0.is_empty() => html! {
            <p class="save-state save-state--failed">{ t!(i18n, "edit-fields-not-saved") }</p>
        },
        _ => html! { <SaveState status={saving.status.clone()} /> },
    }
}
