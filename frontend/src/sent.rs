//! What was sent to the server and not answered: any of it may have arrived. A form that hears that its version is not the
//! newest knows its own words by it, and does not take them for somebody else's.

use std::cell::RefCell;

/// What was sent since the server last answered.
#[derive(Debug)]
pub struct Sent<W>(RefCell<Vec<W>>);

impl<W> Default for Sent<W> {
    fn default() -> Sent<W> {
        Sent(RefCell::default())
    }
}

impl<W: Clone + PartialEq> Sent<W> {
    /// Notes what is about to be sent.
    pub fn note(&self, written: &W) {
        let mut sent = self.0.borrow_mut();
        if sent.last() != Some(written) {
            sent.push(written.clone());
        }
    }

    /// Forgets all of it: it is known now what the server has.
    pub fn settle(&self) {
        self.0.borrow_mut().clear();
    }

    /// What was sent and is on the server.
    pub fn find(&self, is_there: impl Fn(&W) -> bool) -> Option<W> {
        self.0.borrow().iter().find(|written| is_there(written)).cloned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_sent_is_known_again_until_it_is_settled() {
        let sent = Sent::default();
        sent.note(&"first");
        sent.note(&"second");
        sent.note(&"second");
        assert_eq!(sent.0.borrow().len(), 2);
        assert_eq!(sent.find(|written| *written == "first"), Some("first"));
        assert_eq!(sent.find(|written| *written == "somebody else's"), None);
        sent.settle();
        assert_eq!(sent.find(|_| true), None);
    }
}
