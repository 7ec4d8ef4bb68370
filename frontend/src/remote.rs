//! Data that lives on the server, in every state it can be in here.

use std::rc::Rc;

use openapi::client::Error;
use yew::Callback;

/// Data from the server. While it is fetched again, or when that fails, the last data stays.
#[derive(Debug)]
pub enum Remote<T> {
    /// Not asked for.
    Idle,
    /// Being fetched; with the data of before, if there was any.
    Loading(Option<Rc<T>>),
    /// Here.
    Ready(Rc<T>),
    /// Could not be fetched; with the data of before, if there was any.
    Failed(Rc<Error>, Option<Rc<T>>),
}

impl<T> Clone for Remote<T> {
    fn clone(&self) -> Remote<T> {
        match self {
            Remote::Idle => Remote::Idle,
            Remote::Loading(last) => Remote::Loading(last.clone()),
            Remote::Ready(data) => Remote::Ready(data.clone()),
            Remote::Failed(error, last) => Remote::Failed(error.clone(), last.clone()),
        }
    }
}

impl<T> Remote<T> {
    /// The present or the last data.
    pub fn data(&self) -> Option<&Rc<T>> {
        match self {
            Remote::Idle => None,
            Remote::Ready(data) => Some(data),
            Remote::Loading(last) | Remote::Failed(_, last) => last.as_ref(),
        }
    }

    /// Why it could not be fetched.
    pub fn error(&self) -> Option<&Rc<Error>> {
        match self {
            Remote::Failed(error, _) => Some(error),
            _ => None,
        }
    }

    /// Whether it is being fetched.
    pub fn is_loading(&self) -> bool {
        matches!(self, Remote::Loading(_))
    }

    /// Begins to fetch, keeping the last data.
    #[must_use]
    pub fn loading(&self) -> Remote<T> {
        Remote::Loading(self.data().cloned())
    }

    /// Takes an answer, keeping the last data when it is a failure.
    #[must_use]
    pub fn answered(&self, answer: Result<T, Error>) -> Remote<T> {
        match answer {
            Ok(data) => Remote::Ready(Rc::new(data)),
            Err(error) => Remote::Failed(Rc::new(error), self.data().cloned()),
        }
    }
}

/// How data from the server stands, whatever it is: for what shows its states and does not draw it.
#[derive(Clone, Debug, PartialEq)]
pub struct RemoteStatus {
    /// Whether it is being fetched.
    pub busy: bool,
    /// Why it could not be fetched.
    pub error: Option<Rc<Error>>,
    /// Whether there is data, present or last.
    pub is_here: bool,
    /// Has it fetched again.
    pub reload: Callback<()>,
}

/// The same of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct ListStatus {
    /// How its rows stand.
    pub remote: RemoteStatus,
    /// How many there are here.
    pub shown: usize,
    /// Whether there are more.
    pub more: bool,
}
