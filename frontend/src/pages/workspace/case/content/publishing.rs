//! The way from "Offentliggør" to a published hearing: save, look what is missing, ask, publish.

use openapi::{
    client::Error,
    hearings::{ChecklistItem, Hearing},
};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::{super::CaseFile, readiness::missing_at_fields, saving::Saving};
use crate::{form_errors::FormErrors, hooks::use_form, i18n::use_i18n, session::use_api};

/// How far it is.
pub(super) struct Publishing {
    /// What stands over the form: what is missing since it was asked for, or why it was refused.
    pub(super) errors: FormErrors,
    /// Whether the question stands.
    pub(super) asking: bool,
    pub(super) on_ask: Callback<()>,
    pub(super) on_close: Callback<()>,
    /// Told how publishing went.
    pub(super) on_done: Callback<Result<Hearing, Error>>,
}

/// Publishes a hearing from its form.
#[hook]
pub(super) fn use_publishing(case: &CaseFile, saving: &Saving, on_published: &Callback<()>) -> Publishing {
    let i18n = use_i18n();
    let api = use_api();
    // Asked for so many times in vain; from then on what is missing stands over the form until it is not.
    let attempts = use_state_eq(|| 0_u32);
    let refused = use_form();
    let asking = use_state_eq(|| false);
    let on_ask = {
        let (attempts, refused, asking) = (attempts.clone(), refused.clone(), asking.setter());
        let (api, save_first) = (api.clone(), saving.save_first.clone());
        let (id, replace) = (case.hearing.id, case.replace.clone());
        Callback::from(move |()| {
            let (attempts, refused, asking) = (attempts.clone(), refused.clone(), asking.clone());
            let (api, replace, saved) = (api.clone(), replace.clone(), save_first.emit(()));
            spawn_local(async move {
                let newest = async {
                    saved.await?;
                    api.api.get_hearing(id).await
                };
                match newest.await {
                    Ok(newest) => {
                        let ready = !newest.checklist.iter().flatten().any(hinders);
                        refused.say(FormErrors::default());
                        attempts.set(if ready { 0 } else { *attempts + 1 });
                        asking.set(ready);
                        replace.emit(newest);
                    }
                    Err(error) => refused.refused(&error),
                }
            });
        })
    };
    let on_done = {
        let (refused, asking, on_published) = (refused.clone(), asking.setter(), on_published.clone());
        let follow = saving.follow.clone();
        Callback::from(move |answer: Result<Hearing, Error>| {
            asking.set(false);
            match answer {
                Ok(hearing) => {
                    follow.emit(hearing);
                    on_published.emit(());
                }
                Err(error) => refused.refused(&error),
            }
        })
    };
    let on_close = {
        let asking = asking.setter();
        Callback::from(move |()| asking.set(false))
    };
    let refused = refused.errors();
    let errors = match (refused.is_empty(), *attempts) {
        (false, _) => refused,
        (true, 0) => FormErrors::default(),
        (true, attempt) => {
            let items = case.hearing.checklist.as_deref().unwrap_or_default();
            FormErrors { attempt, ..missing_at_fields(items, &saving.written, &i18n) }
        }
    };
    Publishing { errors, asking: *asking, on_ask, on_close, on_done }
}

/// A start that has passed is no hindrance: then the hearing starts at once.
fn hinders(item: &ChecklistItem) -> bool {
    !item.done && item.pointer != "/startsOn"
}
