//! One cell of the table: a request spoiled in one way, and what may come of it.

use openapi::problem::MEDIA_TYPE;
use regex::Regex;
use serde_json::Value;
use tests::{Answer, working::Working};

/// What may come of a spoiled request.
#[derive(Debug, Clone)]
pub(super) enum Expected {
    /// This status, and the place named when there is one.
    Refused(u16, Option<String>),
    /// 400, 404, 413 or 422; 400 and 422 name the place.
    Named(String),
    /// Refused with the place named, or done with the text kept as it is.
    KeptOrNamed(String, String),
    /// Done, with this text for what was sent.
    Kept(String),
    /// Done.
    Done,
    /// Anything but a failure.
    Answered,
}

type Spoil = Box<dyn Fn(Working) -> (Working, Option<Vec<u8>>) + Send + Sync>;

/// A way to spoil a request.
pub(super) struct Cell {
    /// In words.
    pub(super) input: String,
    /// What may come of it.
    pub(super) expected: Expected,
    spoil: Spoil,
}

impl Cell {
    /// Spoils the request as it is built.
    pub(super) fn new(
        input: impl Into<String>,
        expected: Expected,
        spoil: impl Fn(Working) -> Working + Send + Sync + 'static,
    ) -> Self {
        Self { input: input.into(), expected, spoil: Box::new(move |working| (spoil(working), None)) }
    }

    /// Sends these bytes for a body.
    pub(super) fn bytes(
        input: impl Into<String>,
        expected: Expected,
        bytes: impl Fn(&Working) -> Vec<u8> + Send + Sync + 'static,
    ) -> Self {
        let spoil = move |working: Working| {
            let bytes = bytes(&working);
            (working, Some(bytes))
        };
        Self { input: input.into(), expected, spoil: Box::new(spoil) }
    }

    /// Sends the spoiled request.
    pub(super) async fn send(&self, working: &Working) -> Answer {
        match (self.spoil)(working.clone()) {
            (spoiled, Some(bytes)) => spoiled.send_bytes(Some(&bytes)).await,
            (spoiled, None) => spoiled.send().await,
        }
    }

    /// What is wrong with an answer.
    pub(super) fn judge(&self, answer: &Answer) -> Result<(), String> {
        let status = answer.status;
        let short: String = answer.text().chars().take(300).collect();
        let wrong = |what: &str| Err(format!("{what}; got {status} {short}"));
        if status >= 500 {
            return wrong("a failure");
        }
        let is_done = status < 400;
        if !is_done && answer.header("content-type") != MEDIA_TYPE {
            return wrong("expected a problem document");
        }
        let pointers: Vec<String> = if is_done {
            Vec::new()
        } else {
            let problem = answer.problem();
            problem.errors.into_iter().map(|error| error.pointer).collect()
        };
        // A wrong section is named by its place in the list.
        let names =
            |place: &str| pointers.iter().any(|pointer| pointer == place || place.starts_with(&format!("{pointer}/")));
        match &self.expected {
            Expected::Refused(wanted, _) if status != *wanted => wrong(&format!("expected {wanted}")),
            Expected::Refused(_, Some(place)) if !names(place) => wrong(&format!("expected {place:?} to be named")),
            Expected::Named(_) if !matches!(status, 400 | 404 | 413 | 422) => wrong("expected a refusal"),
            Expected::Named(place) if matches!(status, 400 | 422) && !names(place) => {
                wrong(&format!("expected {place:?} to be named"))
            }
            Expected::Kept(_) | Expected::Done if !is_done => wrong("expected it to be done"),
            Expected::Kept(text) if !holds(&answer.json(), text) => {
                let short: String = text.chars().take(60).collect();
                wrong(&format!("expected {short:?} to be kept"))
            }
            Expected::KeptOrNamed(_, text) if is_done && !holds(&answer.json(), text) => {
                wrong(&format!("expected {text:?} to be kept"))
            }
            Expected::KeptOrNamed(place, _) if matches!(status, 400 | 422) && !names(place) => {
                wrong(&format!("expected {place:?} to be named"))
            }
            _ if is_done && answer.header("content-type") == "application/json" => {
                html_is_harmless(&answer.json()).or_else(|html| wrong(&html))
            }
            _ => Ok(()),
        }
    }
}

fn holds(answer: &Value, text: &str) -> bool {
    match answer {
        Value::String(value) => value == text,
        Value::Array(items) => items.iter().any(|item| holds(item, text)),
        Value::Object(members) => members.values().any(|member| holds(member, text)),
        _ => false,
    }
}

fn html_is_harmless(answer: &Value) -> Result<(), String> {
    match answer {
        Value::Array(items) => items.iter().try_for_each(html_is_harmless),
        Value::Object(members) => members.iter().try_for_each(|(name, member)| match member.as_str() {
            Some(html) if name.ends_with("Html") => {
                let harmful = Regex::new(r"(?i)<[^>]*(script|onerror|style|iframe)").expect("a pattern");
                if harmful.is_match(html) { Err(format!("harmful HTML: {html}")) } else { Ok(()) }
            }
            _ => html_is_harmless(member),
        }),
        _ => Ok(()),
    }
}
