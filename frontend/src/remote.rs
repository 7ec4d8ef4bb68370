//! Data that lives on the server, in every state it can be in here.

use std::rc::Rc;

use openapi::client::Error;
use yew::Callback;

/// Data from the server. While it is fetched again, or when that fails, the last data stays.
#[derive(Debug)]
pub enum Remote<T: ?Sized> {
    /// Not asked for.
    Idle,
    /// Being fetched; with the data of before, if there was any.
    Loading(Option<Rc<T>>),
    /// Here.
    Ready(Rc<T>),
    /// Could not be fetched; with the data of before, if there was any.
    Failed(Rc<Error>, Option<Rc<T>>),
}

impl<T: ?Sized> Clone for Remote<T> {
    fn clone(&self) -> Remote<T> {
        match self {
            Remote::Idle => Remote::Idle,
            Remote::Loading(last) => Remote::Loading(last.clone()),
            Remote::Ready(data) => Remote::Ready(data.clone()),
            Remote::Failed(error, last) => Remote::Failed(error.clone(), last.clone()),
        }
    }
}

impl<T: ?Sized> Remote<T> {
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
    pub fn answered(&self, answer: Result<Rc<T>, Error>) -> Remote<T> {
        match answer {
            Ok(data) => Remote::Ready(data),
            Err(error) => Remote::Failed(Rc::new(error), self.data().cloned()),
        }
    }
}

/// The newest state of data that is fetched again and again, and that the answer to a change may overtake.
#[derive(Debug)]
pub struct Newest<T: ?Sized> {
    state: Remote<T>,
    /// Counts what the data could have come from. An answer to an earlier one is too late.
    generation: u32,
}

impl<T: ?Sized> Newest<T> {
    /// Begins in this state.
    pub fn new(state: Remote<T>) -> Newest<T> {
        Newest { state, generation: 0 }
    }

    /// Begins to fetch. Gives the new state, and what the answer has to name.
    pub fn loading(&mut self) -> (Remote<T>, u32) {
        (self.put(self.state.loading()), self.generation)
    }

    /// Takes the answer to a fetch and gives the new state; nothing when newer data is here or on its way.
    pub fn answered(&mut self, generation: u32, answer: Result<Rc<T>, Error>) -> Option<Remote<T>> {
        (generation == self.generation).then(|| self.put(self.state.answered(answer)))
    }

    /// Takes data that came by another way, and gives the new state.
    pub fn set(&mut self, data: Rc<T>) -> Remote<T> {
        self.put(Remote::Ready(data))
    }

    fn put(&mut self, state: Remote<T>) -> Remote<T> {
        self.generation = self.generation.wrapping_add(1);
        self.state = state;
        self.state.clone()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_that_a_change_has_overtaken_is_dropped() {
        let mut newest = Newest::new(Remote::Idle);
        let (_, before) = newest.loading();
        assert_eq!(newest.set(Rc::new("changed")).data().map(|data| **data), Some("changed"));
        assert!(newest.answered(before, Ok(Rc::new("as it was before"))).is_none());

        let (_, after) = newest.loading();
        let state = newest.answered(after, Ok(Rc::new("as it is now"))).unwrap();
        assert_eq!(state.data().map(|data| **data), Some("as it is now"));
    }

    #[test]
    fn the_last_data_stays_when_fetching_fails() {
        let mut newest = Newest::new(Remote::Ready(Rc::new("here")));
        let (loading, generation) = newest.loading();
        assert!(loading.is_loading() && loading.data().is_some());
        let failed = newest.answered(generation, Err(Error::Unreachable(String::new()))).unwrap();
        assert!(failed.error().is_some() && failed.data().is_some());
    }
}
