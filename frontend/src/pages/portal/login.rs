//! Logging in: made-up people with one click in a demonstration, user name and password elsewhere.

use openapi::{
    client::Error,
    session::{DemoPerson, LoginRequest, Session},
};
use serde::{Deserialize, Serialize};
use yew::prelude::*;
use yew_router::{AnyRoute, Routable, prelude::use_navigator};

use crate::{
    components::{Alert, Button, Form, Page, RemoteView, TextField},
    dom,
    form_errors::FormErrors,
    hooks::{use_action, use_form, use_query, use_remote},
    i18n::use_i18n,
    route::{Area, Route, safe_return},
    session::use_session,
    t,
};

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct LoginQuery {
    /// Where to afterwards.
    retur: String,
}

/// Logging in.
#[component]
pub(super) fn Login() -> Html {
    let i18n = use_i18n();
    let session = use_session();
    let navigator = use_navigator();
    let query = use_query::<LoginQuery>(Route::Login);
    let destination = safe_return(&query.value.retur).unwrap_or("/").to_owned();
    let providers = use_remote((), |api, ()| async move { api.list_login_providers().await });
    let form = use_form();
    let done = {
        let (form, session) = (form.clone(), session.clone());
        let destination = destination.clone();
        Callback::from(move |answer: Result<Session, Error>| match answer {
            Ok(logged_in) => {
                session.replace(logged_in);
                go(&destination, navigator.as_ref());
            }
            Err(error) => form.refused(&error),
        })
    };
    let log_in = use_action(|api, request: LoginRequest| async move { api.create_session(&request).await }, done);
    let try_form = {
        let (form, run) = (form.clone(), log_in.run.clone());
        Callback::from(move |request: LoginRequest| {
            if form.accepts(&request) {
                run.emit(request);
            }
        })
    };
    html! {
        <Page title={t!(i18n, "login-title")} narrow=true crumbs={Some(vec![])}>
            if let Some(account) = session.account() {
                <Alert>
                    <p>{ t!(i18n, "login-already", name = account.name.as_str()) }</p>
                    <p><a href={destination}>{ t!(i18n, "login-go-on") }</a></p>
                </Alert>
            }
            <RemoteView remote={providers.status()} what={t!(i18n, "what-login")}>
                if let Some(providers) = providers.data().filter(|providers| !providers.demo_people.is_empty()) {
                    <Alert><p>{ t!(i18n, "login-demo-text") }</p></Alert>
                    <h2>{ t!(i18n, "login-demo") }</h2>
                    <ul class="plain-list people">
                        { for providers.demo_people.iter().map(|person| html! {
                            <li key={person.username.clone()}>
                                <Person person={person.clone()} on_choose={log_in.run.clone()} />
                            </li>
                        }) }
                    </ul>
                    <h2>{ t!(i18n, "login-account") }</h2>
                }
                <Credentials errors={form.errors()} busy={log_in.busy} on_submit={try_form} />
            </RemoteView>
        </Page>
    }
}

/// Goes to where somebody came from, within this app or to the other one.
fn go(destination: &str, navigator: Option<&yew_router::navigator::Navigator>) {
    let path = destination.split(['?', '#']).next().unwrap_or("/");
    let here = Route::recognize(path).is_some_and(|route| route.area() == Area::Portal);
    match navigator {
        Some(navigator) if here => navigator.replace(&AnyRoute::new(destination)),
        _ => dom::load(destination),
    }
}

#[derive(Properties, PartialEq)]
struct PersonProps {
    person: DemoPerson,
    on_choose: Callback<LoginRequest>,
}

/// A made-up person to log in as.
#[component]
fn Person(props: &PersonProps) -> Html {
    let DemoPerson { username, password, name, description } = props.person.clone();
    let initials: String = name.split_whitespace().filter_map(|word| word.chars().next()).take(2).collect();
    let onclick = props
        .on_choose
        .reform(move |_: MouseEvent| LoginRequest { username: username.clone(), password: password.clone() });
    html! {
        <button type="button" class="person" {onclick}>
            <span class="person-initials" aria-hidden="true">{ initials }</span>
            <span>
                <span class="person-name">{ name }</span>
                <span class="person-about">{ description }</span>
            </span>
        </button>
    }
}

#[derive(Properties, PartialEq)]
struct CredentialsProps {
    errors: FormErrors,
    busy: bool,
    on_submit: Callback<LoginRequest>,
}

/// User name and password.
#[component]
fn Credentials(props: &CredentialsProps) -> Html {
    let i18n = use_i18n();
    let username = use_state_eq(String::new);
    let password = use_state_eq(String::new);
    let on_submit = {
        let (username, password) = (username.clone(), password.clone());
        props
            .on_submit
            .reform(move |()| LoginRequest { username: username.trim().to_owned(), password: (*password).clone() })
    };
    let set = |state: &UseStateHandle<String>| {
        let state = state.setter();
        Callback::from(move |text| state.set(text))
    };
    html! {
        <Form errors={props.errors.clone()} {on_submit}>
            <TextField
                pointer="/username"
                label={t!(i18n, "login-username")}
                value={(*username).clone()}
                on_input={set(&username)}
                autocomplete="username"
            />
            <TextField
                pointer="/password"
                label={t!(i18n, "login-password")}
                kind="password"
                value={(*password).clone()}
                on_input={set(&password)}
                autocomplete="current-password"
            />
            <div class="actions">
                <Button kind_of_press="submit" busy={props.busy}>{ t!(i18n, "log-in") }</Button>
            </div>
        </Form>
    }
}
