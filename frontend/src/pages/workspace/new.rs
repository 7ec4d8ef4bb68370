//! A new hearing: a title makes a draft, and everything else is written on its own page.

use openapi::{
    client::Error,
    hearings::{Hearing, HearingDraft},
    ids::HearingId,
    limits,
    session::GlobalRole,
};
use yew::prelude::*;
use yew_router::prelude::use_navigator;

use crate::{
    clock,
    components::{Alert, Button, Crumb, Form, Link, Page, TextField},
    hooks::{use_action, use_form, use_kept},
    i18n::use_i18n,
    pages::Restricted,
    route::Route,
    t,
};

/// A new hearing.
#[component]
pub(super) fn NewHearing() -> Html {
    let i18n = use_i18n();
    let title = t!(i18n, "new-title");
    let crumbs = vec![Crumb::new(Route::Workspace, t!(i18n, "nav-workspace"))];
    html! {
        <Restricted
            title={title.clone()}
            crumbs={crumbs.clone()}
            narrow=true
            login={t!(i18n, "workspace-login")}
            role={GlobalRole::HearingCreator}
        >
            <Page {title} crumbs={Some(crumbs)} narrow=true><TitleForm /></Page>
        </Restricted>
    }
}

/// The title, and what a hearing is not.
#[component]
fn TitleForm() -> Html {
    let i18n = use_i18n();
    let navigator = use_navigator();
    let kept = use_kept("new-hearing");
    let title = {
        let kept = kept.clone();
        use_state_eq(move || kept.find::<String>().unwrap_or_default())
    };
    let form = use_form();
    // The same title sent again, after an answer that got lost, is the same hearing.
    let key = use_memo((*title).clone(), |_| HearingId::new(clock::now()).to_string());
    let done = {
        let (form, kept) = (form.clone(), kept.clone());
        Callback::from(move |answer: Result<Hearing, Error>| match answer {
            Ok(hearing) => {
                kept.forget();
                if let Some(navigator) = &navigator {
                    // Back must not lead to a form that would make another one.
                    navigator.replace(&Route::CaseContent { id: hearing.id });
                }
            }
            Err(error) => form.refused(&error),
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
        let (title, form, run) = (title.clone(), form.clone(), create.run.clone());
        Callback::from(move |()| {
            let draft = HearingDraft { title: title.trim().to_owned() };
            if form.accepts(&draft) {
                run.emit(draft);
            }
        })
    };
    let on_input = {
        let title = title.setter();
        Callback::from(move |text: String| {
            if text.trim().is_empty() {
                kept.forget();
            } else {
                // One line is soon written again where the browser keeps nothing.
                let _ = kept.keep(&text);
            }
            title.set(text);
        })
    };
    html! {
        <>
            <p class="lead">{ t!(i18n, "new-lead") }</p>
            <Form errors={form.errors()} {on_submit}>
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
