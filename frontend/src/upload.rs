//! Sends files. The browser reads them from the disk while it sends them, so that none is whole in memory; `fetch` could
//! not tell how far it is, which is why this goes another way than all other requests.

use futures::channel::oneshot;
use gloo_events::EventListener;
use openapi::{
    CSRF_HEADER,
    attachments::FILE_PART,
    client::{self, Error, Reply, operations::Operation},
};
use serde::de::DeserializeOwned;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{File, FormData, ProgressEvent, XmlHttpRequest};
use yew::Callback;

use crate::transport::Api;

/// A file on its way out.
#[derive(Clone)]
pub struct Outgoing {
    /// The file.
    pub file: File,
    /// Stays the same when it is tried again, so that what arrived unnoticed is not there twice.
    pub key: String,
    /// Told how much has gone, in per cent.
    pub on_progress: Callback<u8>,
}

/// Sends a file to an operation that takes one, with the parts of its address in order.
///
/// # Errors
/// As the contract's client.
pub async fn send<T: DeserializeOwned>(
    api: &Api,
    operation: Operation,
    address: String,
    outgoing: Outgoing,
) -> Result<T, Error> {
    let token = api.csrf_token().unwrap_or_default();
    let send = async |token: &str| exchange(token, operation, &address, outgoing.clone()).await;
    let reply = send(token).await.map_err(Error::Unreachable)?;
    let reply = match api.transport().look_at(&reply).await {
        Some(token) => send(&token).await.map_err(Error::Unreachable)?,
        None => reply,
    };
    client::read(reply)
}

async fn exchange(token: &str, operation: Operation, address: &str, outgoing: Outgoing) -> Result<Reply, String> {
    let Outgoing { file, key, on_progress } = outgoing;
    let request = AbortOnDrop(XmlHttpRequest::new().map_err(said)?);
    let request = &request.0;
    request.open(operation.method.as_str(), address).map_err(said)?;
    let headers =
        [("Accept", "application/json, application/problem+json"), ("Idempotency-Key", &key), (CSRF_HEADER, token)];
    for (name, value) in headers {
        request.set_request_header(name, value).map_err(said)?;
    }
    let form = FormData::new().map_err(said)?;
    form.append_with_blob(FILE_PART, &file).map_err(said)?;
    let upload = request.upload().map_err(said)?;
    let _progress = EventListener::new(&upload, "progress", move |event| {
        if let Some(event) = event.dyn_ref::<ProgressEvent>() {
            on_progress.emit(percent(event.loaded(), event.total()));
        }
    });
    let (end, ended) = oneshot::channel();
    let _end = EventListener::once(request, "loadend", move |_| {
        // Nobody may be waiting any more.
        let _ = end.send(());
    });
    request.send_with_opt_form_data(Some(&form)).map_err(said)?;
    ended.await.map_err(|error| error.to_string())?;
    match request.status().map_err(said)? {
        0 => Err("the connection broke".to_owned()),
        status => {
            let body = request.response_text().map_err(said)?.unwrap_or_default().into_bytes();
            Ok(Reply { status, body })
        }
    }
}

/// How much of it that is, from 0 to 100.
fn percent(part: f64, whole: f64) -> u8 {
    if whole > 0.0 { (part / whole * 100.0).clamp(0.0, 100.0) as u8 } else { 0 }
}

fn said(error: JsValue) -> String {
    format!("{error:?}")
}

/// Stops the request when nobody waits for its answer any more.
struct AbortOnDrop(XmlHttpRequest);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        let _ = self.0.abort();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_is_a_share_of_a_hundred() {
        assert_eq!(percent(0.0, 8.0), 0);
        assert_eq!(percent(4.0, 8.0), 50);
        assert_eq!(percent(9.0, 8.0), 100);
        assert_eq!(percent(1.0, 0.0), 0, "a length that nobody knows");
    }
}
