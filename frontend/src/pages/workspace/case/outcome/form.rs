//! Writing a conclusion together, and giving it, after it was said who will see it.

use std::rc::Rc;

use openapi::{
    client::Error,
    hearings::{ConcludeHearing, ConclusionDraft, Hearing},
    limits,
    problem::ProblemCode,
};
use yew::prelude::*;

use super::{
    super::{CaseFile, Tab},
    earlier::Earlier,
    saving::{Saving, use_saving},
};
use crate::{
    aside::SavedBy,
    components::{
        AccessLost, Button, Competing, Confirm, Differing, Form, Instant, Link, MarkdownField, RemoteView, Rescued,
        SaveState,
    },
    form_errors::FormErrors,
    hearing_text::Readers,
    hooks::{SaveStatus, use_action, use_form, use_lost_access, use_remote},
    i18n::{I18n, key, use_i18n},
    t,
};

#[derive(Properties, PartialEq)]
pub(super) struct ConclusionProps {
    pub(super) case: CaseFile,
    /// Told when a save was refused, also after the form has gone.
    pub(super) on_refused: Callback<()>,
}

/// The form of a conclusion, with what its writers have saved.
#[component]
pub(super) fn WriteConclusion(props: &ConclusionProps) -> Html {
    let i18n = use_i18n();
    let id = props.case.hearing.id;
    let draft = use_remote(id, |api, id| async move { api.get_conclusion_draft(id).await });
    html! {
        <RemoteView remote={draft.status()} what={t!(i18n, "what-conclusion")}>
            if let Some(draft) = draft.data() {
                <ConclusionForm
                    key={id.to_string()}
                    case={props.case.clone()}
                    draft={draft.clone()}
                    on_refused={props.on_refused.clone()}
                />
            }
        </RemoteView>
    }
}

#[derive(Properties, PartialEq)]
struct ConclusionFormProps {
    case: CaseFile,
    draft: Rc<ConclusionDraft>,
    on_refused: Callback<()>,
}

#[component]
fn ConclusionForm(props: &ConclusionFormProps) -> Html {
    let i18n = use_i18n();
    let hearing = props.case.hearing.clone();
    let (id, version) = (hearing.id, hearing.version);
    let saving = use_saving(id, &props.draft, &props.on_refused);
    let lost = use_lost_access(id, &saving.autosave.status);
    let form = use_form();
    let asking = use_state_eq(|| false);
    use_others_conclusion(&saving, &props.case);
    let done = {
        let (form, asking, i18n) = (form.clone(), asking.setter(), i18n.clone());
        let (replace, reload) = (props.case.replace.clone(), props.case.reload.clone());
        let on_server = saving.on_server.clone();
        Callback::from(move |answer: Result<Hearing, Error>| {
            asking.set(false);
            match answer {
                Ok(hearing) => replace.emit(hearing),
                Err(error) if error.is(ProblemCode::PreconditionFailed) => {
                    // Perhaps only a role was given; the newest is fetched, and the text stays. Where two texts compete,
                    // the choice between them says all.
                    let general = (!on_server.is_competing()).then(|| t!(i18n, "outcome-stale"));
                    form.say(FormErrors { general, ..FormErrors::default() });
                    reload.emit(());
                }
                // A colleague was faster: that is shown.
                Err(error) if error.is(ProblemCode::HearingWrongStatus) => reload.emit(()),
                Err(error) => form.refused(&error),
            }
        })
    };
    let conclude = {
        let (on_server, autosave) = (saving.on_server.clone(), saving.autosave.clone());
        use_action(
            move |api, conclusion: String| {
                let (on_server, saved) = (on_server.clone(), autosave.flush());
                async move {
                    saved.await?;
                    let request = ConcludeHearing { conclusion, draft_version: Some(on_server.version()) };
                    match api.conclude_hearing(id, version, &request).await {
                        Err(error) if error.is(ProblemCode::PreconditionFailed) => {
                            // A colleague may have written in the last second: then the author chooses.
                            on_server.reconcile(&api, error.clone()).await?;
                            Err(error)
                        }
                        Ok(hearing) => {
                            on_server.forget();
                            Ok(hearing)
                        }
                        answer => answer,
                    }
                }
            },
            done,
        )
    };
    let on_submit = {
        let (text, form, asking) = (saving.text.clone(), form.clone(), asking.setter());
        Callback::from(move |()| {
            let request = ConcludeHearing { conclusion: text.clone(), draft_version: None };
            asking.set(form.accepts(&request));
        })
    };
    let on_close = {
        let asking = asking.setter();
        Callback::from(move |()| asking.set(false))
    };
    let on_confirm = {
        let text = saving.text.clone();
        conclude.run.reform(move |()| text.clone())
    };
    let seen = match Readers::of(&hearing) {
        Readers::Invited => key("conclude-seen-invited"),
        Readers::Employees => key("conclude-seen-internal"),
        Readers::Everybody => key("conclude-seen-public"),
    };
    html! {
        <>
            <p>{ t!(i18n, "conclude-text") }{ " " }<Link to={Tab::Responses.route(id)}>{ t!(i18n, "outcome-to-responses") }</Link></p>
            <Rescued rescued={saving.rescued} />
            if let Some(lost) = lost {
                <AccessLost
                    {lost}
                    text={saving.text.clone()}
                    name={t!(i18n, "outcome-own-file")}
                    contact={hearing.contact.clone()}
                />
            }
            { competing(&saving, &i18n) }
            <Form errors={form.errors()} {on_submit}>
                <MarkdownField
                    pointer="/conclusion"
                    label={t!(i18n, "conclude-field")}
                    value={saving.text.clone()}
                    on_input={saving.on_input.clone()}
                    limit={limits::CONCLUSION}
                    rows={12}
                />
                <p class="muted">{ t!(i18n, "conclude-kept") }</p>
                <div class="actions">
                    if hearing.may.conclude {
                        <Button kind_of_press="submit">{ t!(i18n, "conclude") }</Button>
                    } else {
                        <p>{ t!(i18n, "conclude-owner") }</p>
                    }
                    { how_kept(&saving, &props.draft, &i18n) }
                </div>
            </Form>
            <Earlier {id} />
            <Confirm
                id="conclude"
                open={*asking}
                {on_close}
                heading={t!(i18n, "conclude-heading")}
                confirm={t!(i18n, "conclude-confirm")}
                busy={conclude.busy}
                {on_confirm}
            >
                <p>{ t!(i18n, "publish-next") }</p>
                <ul>
                    <li>{ t!(i18n, seen) }</li>
                    <li>{ t!(i18n, "conclude-status", status = t!(i18n, "status-concluded").as_str()) }</li>
                    <li>{ t!(i18n, "conclude-final") }</li>
                </ul>
            </Confirm>
        </>
    }
}

/// Fetches the hearing anew when it turns out that it was concluded meanwhile: what was written here is shown beside that.
#[hook]
fn use_others_conclusion(saving: &Saving, case: &CaseFile) {
    let too_late = match &saving.autosave.status {
        SaveStatus::Failed(error) => error.is(ProblemCode::HearingWrongStatus),
        _ => false,
    };
    let reload = case.reload.clone();
    use_effect_with(too_late, move |too_late| {
        if *too_late {
            reload.emit(());
        }
    });
}

/// The choice where two versions compete.
fn competing(saving: &Saving, i18n: &I18n) -> Html {
    let compare = {
        let i18n = i18n.clone();
        Callback::from(move |(mine, theirs): (String, String)| {
            let field = t!(i18n, "conclude-field");
            let differing = Differing { field, mine: mine.clone().into(), theirs: theirs.clone().into() };
            if mine == theirs { Vec::new() } else { vec![differing] }
        })
    };
    let text = {
        let i18n = i18n.clone();
        Callback::from(move |by: SavedBy| match by.name {
            Some(name) => t!(i18n, "conclude-conflict-by", name = name),
            None => t!(i18n, "conclude-conflict-text"),
        })
    };
    html! {
        <Competing<String>
            competition={saving.competition.clone()}
            written={saving.text.clone()}
            heading={t!(i18n, "conclude-conflict-heading")}
            {text}
            {compare}
            on_choose={saving.on_choose.clone()}
        />
    }
}

/// How the text is kept: until something is written here, who saved it last.
fn how_kept(saving: &Saving, draft: &ConclusionDraft, i18n: &I18n) -> Html {
    if saving.competition.theirs().is_some() {
        return html! { <SaveState status={saving.autosave.status.clone()} must_choose=true /> };
    }
    match (&saving.autosave.status, &draft.updated_by, draft.updated_at) {
        (SaveStatus::Unchanged, Some(name), Some(at)) => html! {
            <p class="save-state">
                { t!(i18n, "conclude-last-saved", name = name.as_str()) }{ " " }<Instant {at} long=true />
            </p>
        },
        (status, ..) => html! { <SaveState status={status.clone()} /> },
    }
}
