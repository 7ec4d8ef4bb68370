//! Last step: the answer's number, what happens now, and what was sent.

use std::rc::Rc;

use openapi::{
    client::Error,
    ids::{HearingId, ResponseId},
    problem::{Problem, ProblemCode},
    responses::Receipt,
};
use serde::{Deserialize, Serialize};
use yew::prelude::*;

use super::step::{crumbs, steps};
use crate::{
    components::{Alert, AlertKind, Button, ButtonKind, Instant, Link, PageProps, ResponseText},
    dom,
    hooks::{use_query, use_remote},
    i18n::{I18n, use_i18n},
    pages::{RemotePage, Restricted},
    route::Route,
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
    let page = receipt.data().map(|receipt| {
        yew::props!(PageProps {
            title: t!(i18n, "receipt-title"),
            crumbs: Some(crumbs(id, Some(&receipt.hearing_title), &i18n)),
            above: steps(id, 2, &i18n),
            narrow: true,
            children: content(receipt, &i18n),
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
            <ResponseText
                text={receipt.text.clone()}
                sections={receipt.sections.iter().cloned().map(SectionText::from).collect::<Vec<_>>()}
                level={3}
            />
            <div class="actions">
                <Link class="button button-primary" to={Route::Mine}>{ t!(i18n, "nav-mine") }</Link>
                <Link to={Route::hearing(receipt.hearing, &receipt.hearing_title)}>{ t!(i18n, "back-to-hearing") }</Link>
                <Button kind={ButtonKind::Tertiary} icon="print" on_press={|()| dom::print()}>{ t!(i18n, "print") }</Button>
            </div>
        </>
    }
}
