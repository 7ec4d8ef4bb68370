//! The browser's console. An error on it fails the test, whatever the test was about: a script that stumbled, a request
//! that was refused, something that the content security policy forbade.

use std::time::Duration;

use parking_lot::Mutex;
use serde_json::json;
use tokio::time::{Instant, sleep};

use super::{Browser, PATIENCE};

/// What a test provokes on purpose.
#[derive(Debug, Default)]
pub(super) struct Expected(Mutex<Vec<Message>>);

/// A message by some words that stand together in it.
#[derive(Debug)]
struct Message {
    words: Vec<String>,
    must_come: bool,
}

impl Message {
    fn is(&self, error: &str) -> bool {
        self.words.iter().all(|word| error.contains(word.as_str()))
    }

    /// Whether it has to come and is not among these.
    fn must_come_to(&self, errors: &[String]) -> bool {
        self.must_come && !errors.iter().any(|error| self.is(error))
    }
}

impl Expected {
    fn add(&self, words: &[&str], must_come: bool) {
        self.0.lock().push(Message { words: words.iter().map(ToString::to_string).collect(), must_come });
    }

    fn take(&self) -> Vec<Message> {
        std::mem::take(&mut self.0.lock())
    }
}

impl Browser {
    /// From here on, errors on the console with all of these words are no failure: the test provokes them. One that
    /// never comes is a failure, so that nothing is excused for longer than it happens.
    pub fn expects_on_console(&self, words: &[&str]) {
        self.expected.add(words, true);
    }

    /// The same for a request to an address with this in it, which is answered with this status.
    pub fn expects_status(&self, status: u32, address: &str) {
        self.expects_on_console(&[&format!("status of {status} "), address]);
    }

    /// Errors with all of these words are no failure, and whether they come is chance.
    pub fn excuses_on_console(&self, words: &[&str]) {
        self.expected.add(words, false);
    }

    /// Asserts that there was no other error on the console than the expected ones, since the beginning or since this
    /// was last asked. [`Browser::close`] asks it too.
    pub async fn console_is_clean(&self, what: &str) {
        let expected = self.expected.take();
        let errors = self.errors_with(&expected).await;
        let unexpected: Vec<&String> =
            errors.iter().filter(|error| !expected.iter().any(|message| message.is(error))).collect();
        assert!(unexpected.is_empty(), "errors on the console, {what}: {unexpected:#?}");
        let missing: Vec<&Message> = expected.iter().filter(|message| message.must_come_to(&errors)).collect();
        assert!(missing.is_empty(), "expected on the console and not there, {what}: {missing:?}");
    }

    /// Begins anew, for a test that goes on after it has found a fault.
    pub async fn forget_console(&self) {
        drop((self.take_errors().await, self.expected.take()));
    }

    /// The errors there are, when those that must come have come or do not come at all: the browser tells of some a
    /// moment after they have happened.
    async fn errors_with(&self, expected: &[Message]) -> Vec<String> {
        let begun = Instant::now();
        let mut errors = self.take_errors().await;
        while expected.iter().any(|message| message.must_come_to(&errors)) && begun.elapsed() < PATIENCE {
            sleep(Duration::from_millis(50)).await;
            errors.extend(self.take_errors().await);
        }
        errors
    }

    async fn take_errors(&self) -> Vec<String> {
        let log = self.tell("se/log", json!({ "type": "browser" })).await;
        let entries = log.as_array().expect("the log is a list").iter();
        let errors = entries.filter(|entry| entry["level"] == "SEVERE").filter_map(|entry| entry["message"].as_str());
        errors.map(ToOwned::to_owned).collect()
    }
}
