//! Deleting a draft, after a question.

use openapi::{client::Error, hearings::Hearing};
use yew::prelude::*;
use yew_router::prelude::use_navigator;

use super::saving::copy_of;
use crate::{
    aside::AsidePlace,
    components::{Alert, AlertKind, Button, ButtonKind, Confirm},
    form_errors::describe,
    hooks::{leave_knowingly, use_action, use_kept},
    i18n::use_i18n,
    route::Route,
    t,
};

#[derive(Properties, PartialEq)]
pub(super) struct DeleteProps {
    pub(super) hearing: std::rc::Rc<Hearing>,
}

/// The button that deletes a draft, and its question.
#[component]
pub(super) fn Delete(props: &DeleteProps) -> Html {
    let i18n = use_i18n();
    let navigator = use_navigator();
    let asking = use_state_eq(|| false);
    let failure = use_state(|| None::<Error>);
    let id = props.hearing.id;
    let kept = use_kept(copy_of(id));
    let done = {
        let failure = failure.setter();
        Callback::from(move |answer: Result<(), Error>| match answer {
            Ok(()) => {
                kept.forget();
                AsidePlace::beside(&kept).forget();
                leave_knowingly();
                if let Some(navigator) = &navigator {
                    navigator.replace(&Route::Workspace);
                }
            }
            Err(error) => failure.set(Some(error)),
        })
    };
    // The version that is there now: whoever deletes has no use for what somebody else has just written either.
    let delete = use_action(
        move |api, ()| async move {
            let version = api.get_hearing(id).await?.version;
            api.delete_hearing(id, version).await
        },
        done,
    );
    let set_asking = |value: bool| {
        let (asking, failure) = (asking.setter(), failure.setter());
        Callback::from(move |()| {
            failure.set(None);
            asking.set(value);
        })
    };
    html! {
        <>
            <Button kind={ButtonKind::Tertiary} icon="delete" on_press={set_asking(true)}>
                { t!(i18n, "delete-draft") }
            </Button>
            <Confirm
                id="delete-draft"
                open={*asking}
                on_close={set_asking(false)}
                heading={t!(i18n, "delete-heading")}
                confirm={t!(i18n, "delete-confirm")}
                kind={ButtonKind::Warning}
                busy={delete.busy}
                on_confirm={delete.run}
            >
                if let Some(error) = &*failure {
                    <Alert kind={AlertKind::Error} live=true><p>{ describe(error, &i18n) }</p></Alert>
                }
                <p>{ t!(i18n, "delete-text", title = props.hearing.title.as_str()) }</p>
            </Confirm>
        </>
    }
}
