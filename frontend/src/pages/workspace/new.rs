//! A new hearing: a title makes a draft, and everything else is written on its own page.

use openapi::{
    client::Error,
    hearings::{Hearing, HearingDraft},
    ids::HearingId,
    limits,
    session::GlobalRole,
    validation::Validate,
};
use yew::prelude::*;
use yew_router::prelude::use_navigator;

use crate::{
    clock,
    components::{Alert, Button, Crumb, Form, Link, Page, TextField},
    form_errors::FormErrors,
    hooks::use_action,
    i18n::use_i18n,
    pages::{Forbidden, LoginFirst},
    route::Route,
    session::use_session,
    t,
};

/// A new hearing.
#[component]
pub(super) fn NewHearing() -> Html {
    let i18n = use_i18n();
    let session = use_session();
    let allowed = session.has(GlobalRole::HearingCreator);
    if session.account().is_some() && !allowed {
        return html! { <Forbidden /> };
    }
    html! {
        <Page
            title={t!(i18n, "new-title")}
            crumbs={Some(vec![Crumb::new(Route::Workspace, t!(i18n, "nav-workspace"))])}
            narrow=true
        >
            if allowed {
                <TitleForm />
            } else if session.is_known() {
                <LoginFirst text={t!(i18n, "workspace-login")} />
            }
        </Page>
    }
}

/// The title, and what a hearing is not.
#[component]
fn TitleForm() -> Html {
    let i18n = use_i18n();
    let navigator = use_navigator();
    let title = use_state_eq(String::new);
    let errors = use_state(FormErrors::default);
    // The same title sent again, after an answer that got lost, is the same hearing.
    let key = use_memo((*title).clone(), |_| HearingId::new(clock::now()).to_string());
    let done = {
        let (errors, i18n) = (errors.clone(), i18n.clone());
        Callback::from(move |answer: Result<Hearing, Error>| match answer {
            Ok(hearing) => {
                if let Some(navigator) = &navigator {
                    // Back must not lead to a form that would make another one.
                    navigator.replace(&Route::CaseContent { id: hearing.id });
                }
            }
            Err(error) => errors.set(FormErrors::from_error(&error, &i18n).after(&errors)),
        })
    };
    let create = use_action(
        move |api, draft: HearingDraft| {
            let key = key.clone();
            async move { api.create_hearing(&draft, &key).await }
        },
        done,
    );
    let on_submit = {
        let (title, errors, i18n, run) = (title.clone(), errors.clone(), i18n.clone(), create.run.clone());
        Callback::from(move |()| {
            let draft = HearingDraft { title: title.trim().to_owned() };
            match draft.validate() {
                Ok(()) => run.emit(draft),
                Err(wrong) => errors.set(FormErrors::from_fields(&wrong, &i18n).after(&errors)),
            }
        })
    };
    let on_input = {
        let title = title.setter();
        Callback::from(move |text| title.set(text))
    };
    html! {
        <>
            <p class="lead">{ t!(i18n, "new-lead") }</p>
            <Form errors={(*errors).clone()} {on_submit}>
                <div class="wide-fields">
                    <TextField
                        pointer="/title"
                        label={t!(i18n, "new-field")}
                        hint={t!(i18n, "new-field-hint")}
                        value={(*title).clone()}
                        {on_input}
                        limit={limits::TITLE}
                    />
                </div>
                <Alert heading={t!(i18n, "new-not-heading")}>
                    <p>{ t!(i18n, "new-not-text") }</p>
                </Alert>
                <div class="actions">
                    <Button kind_of_press="submit" busy={create.busy}>{ t!(i18n, "new-create") }</Button>
                    <Link to={Route::Workspace}>{ t!(i18n, "cancel") }</Link>
                </div>
            </Form>
        </>
    }
}
