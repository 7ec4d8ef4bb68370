//! Last step: the answer's number, what happens now, and what was sent.

use std::rc::Rc;

use openapi::{
    client::{Error, operations as op},
    drafts::Draft,
    ids::{HearingId, ResponseId},
    problem::{Problem, ProblemCode},
    responses::Receipt,
};
use serde::{Deserialize, Serialize};
use yew::prelude::*;
use yew_router::prelude::*;

use super::step::{crumbs, steps};
use crate::{
    components::{
        Alert, AlertKind, Button, ButtonKind, Confirm, FileList, Icon, Instant, Link, PageProps, ResponseText,
    },
    dom,
    form_errors::describe,
    hooks::{use_action, use_query, use_remote},
    i18n::{I18n, use_i18n},
    pages::{RemotePage, Restricted},
    route::Route,
    shown_file::ShownFile,
    shown_response::SectionText,
    t,
    transport::Api,
};

/// The page's address after the `?`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct ReceiptQuery {
    /// Which answer; the latest one to this hearing without it.
    svar: Option<ResponseId>,
}

#[derive(Properties, PartialEq)]
pub(in crate::pages::portal) struct ReceiptPageProps {
    /// The hearing.
    pub(in crate::pages::portal) id: HearingId,
}

/// Last step of answering.
#[component]
pub(in crate::pages::portal) fn ReceiptPage(props: &ReceiptPageProps) -> Html {
    let i18n = use_i18n();
    html! {
        <Restricted title={t!(i18n, "receipt-title")} login={t!(i18n, "receipt-login")} narrow=true>
            <Loaded id={props.id} />
        </Restricted>
    }
}

async fn load(api: Rc<Api>, (hearing, wanted): (HearingId, Option<ResponseId>)) -> Result<Receipt, Error> {
    let response = match wanted {
        Some(response) => Some(response),
        None => {
            let yours = api.get_hearing(hearing).await?.your_answer;
            yours.and_then(|yours| yours.sent.last().map(|sent| sent.id))
        }
    };
    let Some(response) = response else { return Err(Error::Problem(Box::new(Problem::new(ProblemCode::NotFound)))) };
    api.get_receipt(hearing, response).await
}

/// The same once it is known who is logged in.
#[component]
fn Loaded(props: &ReceiptPageProps) -> Html {
    let i18n = use_i18n();
    let id = props.id;
    let query = use_query::<ReceiptQuery>(Route::AnswerReceipt { id });
    let receipt = use_remote((id, query.value.svar), load);
    let changed = {
        let receipt = receipt.clone();
        Callback::from(move |newest: Receipt| receipt.set(newest))
    };
    let page = receipt.data().map(|receipt| {
        yew::props!(PageProps {
            title: t!(i18n, "receipt-title"),
            crumbs: Some(crumbs(id, Some(&receipt.hearing_title), &i18n)),
            above: steps(id, 2, &i18n),
            narrow: true,
            children: html! { <Content receipt={receipt.clone()} on_changed={changed.clone()} /> },
        })
    });
    html! {
        <RemotePage
            remote={receipt.status()}
            what={t!(i18n, "what-receipt")}
            crumbs={crumbs(id, None, &i18n)}
            narrow=true
            {page}
        />
    }
}

#[derive(Properties, PartialEq)]
struct ContentProps {
    receipt: Rc<Receipt>,
    /// Told what the receipt says when the answer was withdrawn.
    on_changed: Callback<Receipt>,
}

#[component]
fn Content(props: &ContentProps) -> Html {
    let i18n = use_i18n();
    let receipt = &props.receipt;
    let file = |file| ShownFile::of_response(receipt.hearing, receipt.response, file);
    html! {
        <>
            { arrived(receipt, &i18n) }
            <div class="panel">
                <p>
                    { t!(i18n, "receipt-number") }
                    <span class="receipt-number">{ i18n.number(receipt.number.into()) }</span>
                    <span lang="da">{ &receipt.hearing_title }</span>
                </p>
            </div>
            if receipt.withdrawn_at.is_none() {
                <h2>{ t!(i18n, "receipt-next") }</h2>
                <ul>
                    <li>{ t!(i18n, "receipt-mailed", address = receipt.mailed_to.as_str()) }</li>
                    <li>{ t!(i18n, "receipt-read") }</li>
                    <li>{ t!(i18n, "receipt-outcome") }</li>
                </ul>
                <h2>{ t!(i18n, "receipt-text") }</h2>
                if !receipt.on_behalf_of.is_empty() {
                    <p>{ t!(i18n, "response-on-behalf-of", body = receipt.on_behalf_of.as_str()) }</p>
                }
                <ResponseText
                    text={receipt.text.clone()}
                    sections={receipt.sections.iter().cloned().map(SectionText::from).collect::<Vec<_>>()}
                    level={3}
                />
                <FileList
                    label={t!(i18n, "response-files")}
                    files={receipt.attachments.iter().map(file).collect::<Vec<_>>()}
                />
            }
            if receipt.changeable {
                <Changes receipt={receipt.clone()} on_changed={props.on_changed.clone()} />
            }
            <div class="actions">
                <Link class="button button-primary" to={Route::Mine}>{ t!(i18n, "nav-mine") }</Link>
                <Link to={Route::hearing(receipt.hearing, &receipt.hearing_title)}>{ t!(i18n, "back-to-hearing") }</Link>
                <Button kind={ButtonKind::Tertiary} icon="print" on_press={|()| dom::print()}>{ t!(i18n, "print") }</Button>
                <a
                    class={ButtonKind::Tertiary.classes()}
                    href={op::GET_RECEIPT_DOCUMENT.address(&[&receipt.hearing, &receipt.response])}
                    download=""
                >
                    <Icon name="file-pdf" />{ t!(i18n, "receipt-document") }
                </a>
            </div>
        </>
    }
}

/// What has become of the answer.
fn arrived(receipt: &Receipt, i18n: &I18n) -> Html {
    if let Some(at) = receipt.withdrawn_at {
        return html! {
            <Alert heading={t!(i18n, "receipt-withdrawn")}>
                <p>{ t!(i18n, "response-withdrawn") }{ " " }<Instant {at} long=true />{ ". " }{ t!(i18n, "receipt-withdrawn-text") }</p>
            </Alert>
        };
    }
    let (heading, said, at) = match receipt.edited_at {
        None => (t!(i18n, "receipt-thanks"), t!(i18n, "receipt-sent"), receipt.sent_at),
        Some(at) => (t!(i18n, "receipt-edited"), t!(i18n, "receipt-edit-sent"), at),
    };
    html! {
        <Alert kind={AlertKind::Success} {heading}>
            <p>{ said }{ " " }<Instant {at} long=true />{ "." }</p>
        </Alert>
    }
}

/// What can still be done about an answer: edit it, or withdraw it.
#[component]
fn Changes(props: &ContentProps) -> Html {
    let i18n = use_i18n();
    let navigator = use_navigator();
    let asking = use_state_eq(|| false);
    let failure = use_state(|| None::<Error>);
    let (hearing, response, version) = (props.receipt.hearing, props.receipt.response, props.receipt.version);
    let edit = {
        let failure = failure.setter();
        use_action(
            move |api, ()| async move { api.edit_response(hearing, response, version).await },
            Callback::from(move |answer: Result<Draft, Error>| match (answer, &navigator) {
                (Ok(_), Some(navigator)) => navigator.push(&Route::Answer { id: hearing }),
                (Ok(_), None) => {}
                (Err(error), _) => failure.set(Some(error)),
            }),
        )
    };
    let withdraw = {
        let (failure, asking, on_changed) = (failure.setter(), asking.setter(), props.on_changed.clone());
        use_action(
            move |api, ()| async move { api.withdraw_response(hearing, response, version).await },
            Callback::from(move |answer: Result<Receipt, Error>| {
                asking.set(false);
                match answer {
                    Ok(newest) => on_changed.emit(newest),
                    Err(error) => failure.set(Some(error)),
                }
            }),
        )
    };
    let ask = |open: bool| {
        let asking = asking.setter();
        Callback::from(move |()| asking.set(open))
    };
    html! {
        <section class="no-print" aria-labelledby="changes">
            <h2 id="changes">{ t!(i18n, "receipt-changes") }</h2>
            <p>{ t!(i18n, "receipt-changes-text") }</p>
            if let Some(error) = &*failure {
                <Alert kind={AlertKind::Error} live=true><p>{ describe(error, &i18n) }</p></Alert>
            }
            <div class="actions">
                <Button kind={ButtonKind::Secondary} busy={edit.busy} on_press={edit.run.clone()}>
                    { t!(i18n, "receipt-edit") }
                </Button>
                <Button kind={ButtonKind::Tertiary} on_press={ask(true)}>
                    { t!(i18n, "receipt-withdraw") }
                </Button>
            </div>
            <Confirm
                id="withdraw"
                open={*asking}
                heading={t!(i18n, "withdraw-asked")}
                confirm={t!(i18n, "receipt-withdraw")}
                kind={ButtonKind::Warning}
                busy={withdraw.busy}
                on_confirm={withdraw.run.clone()}
                on_close={ask(false)}
            >
                <p>{ t!(i18n, "withdraw-text") }</p>
            </Confirm>
        </section>
    }
}
