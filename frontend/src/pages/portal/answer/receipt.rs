//! Last step: the answer's number, what happens now, and what was sent.

use std::rc::Rc;

use openapi::{
    client::Error,
    ids::{HearingId, ResponseId},
    problem::ProblemCode,
    responses::Receipt,
};
use serde::{Deserialize, Serialize};
use yew::prelude::*;

use super::step::steps;
use crate::{
    components::{Alert, AlertKind, Button, ButtonKind, Crumb, Instant, Link, Page, RemoteView},
    dom,
    hooks::{use_query, use_remote},
    i18n::{I18n, use_i18n},
    pages::{LoginFirst, NotFound},
    route::Route,
    session::use_session,
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
    let session = use_session();
    if session.is_known() && session.account().is_none() {
        return html! {
            <Page title={t!(i18n, "receipt-title")} narrow=true>
                <LoginFirst text={t!(i18n, "mine-login")} />
            </Page>
        };
    }
    html! { <Loaded id={props.id} /> }
}

async fn load(api: Rc<Api>, (hearing, wanted): (HearingId, Option<ResponseId>)) -> Result<Option<Receipt>, Error> {
    let response = match wanted {
        Some(response) => Some(response),
        None => {
            let yours = api.get_hearing(hearing).await?.your_answer;
            yours.and_then(|yours| yours.sent.last().map(|sent| sent.id))
        }
    };
    match response {
        Some(response) => api.get_receipt(hearing, response).await.map(Some),
        None => Ok(None),
    }
}

#[component]
fn Loaded(props: &ReceiptPageProps) -> Html {
    let i18n = use_i18n();
    let id = props.id;
    let query = use_query::<ReceiptQuery>(Route::AnswerReceipt { id });
    let receipt = use_remote((id, query.value.svar), load);
    let hidden =
        receipt.state().error().and_then(Error::problem).is_some_and(|problem| problem.code == ProblemCode::NotFound);
    let none = matches!(receipt.data().map(Rc::as_ref), Some(None));
    if hidden || none {
        return html! { <NotFound /> };
    }
    let title = t!(i18n, "receipt-title");
    let crumbs = match receipt.data().and_then(|receipt| (**receipt).clone()) {
        Some(receipt) => vec![
            Crumb::new(Route::Hearings, t!(i18n, "nav-hearings")),
            Crumb::new(Route::hearing(id, &receipt.hearing_title), receipt.hearing_title),
        ],
        None => vec![Crumb::new(Route::Hearings, t!(i18n, "nav-hearings"))],
    };
    let draw = {
        let i18n = i18n.clone();
        Callback::from(move |receipt: Rc<Option<Receipt>>| {
            receipt.as_ref().as_ref().map(|receipt| content(receipt, &i18n)).unwrap_or_default()
        })
    };
    html! {
        <Page {title} crumbs={Some(crumbs)} above={steps(id, 2, &i18n)} narrow=true>
            <RemoteView<Option<Receipt>> remote={receipt} {draw} what={t!(i18n, "what-receipt")} />
        </Page>
    }
}

fn content(receipt: &Receipt, i18n: &I18n) -> Html {
    html! {
        <>
            <Alert kind={AlertKind::Success} heading={t!(i18n, "receipt-thanks")}>
                <p>{ t!(i18n, "receipt-sent") }{ " " }<Instant at={receipt.sent_at} long=true />{ "." }</p>
            </Alert>
            <div class="panel">
                <p>
                    { t!(i18n, "receipt-number") }
                    <span class="receipt-number">{ i18n.number(receipt.number.into()) }</span>
                    <span lang="da">{ &receipt.hearing_title }</span>
                </p>
            </div>
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
            <p class="plain-text" lang="da">{ &receipt.text }</p>
            { for receipt.sections.iter().map(|answer| html! {
                <section key={answer.section.to_string()}>
                    <h3>{ t!(i18n, "response-to-section", title = answer.title.as_str()) }</h3>
                    <p class="plain-text" lang="da">{ &answer.text }</p>
                </section>
            }) }
            <div class="actions">
                <Link class="button button-primary" to={Route::Mine}>{ t!(i18n, "nav-mine") }</Link>
                <Link to={Route::hearing(receipt.hearing, &receipt.hearing_title)}>{ t!(i18n, "back-to-hearing") }</Link>
                <Button kind={ButtonKind::Tertiary} icon="print" on_press={|()| dom::print()}>{ t!(i18n, "print") }</Button>
            </div>
        </>
    }
}
