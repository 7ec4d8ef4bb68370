//! What was sent to the server and not answered: any of it may have arrived. A form that hears that its version is not the
//! newest knows its own words by it, and does not take them for somebody else's.

use std::cell::RefCell;

/// The most that is remembered: without a network every pause of the author adds a text.
const MOST: usize = 10;

/// What was sent since the server last answered: the first, which most likely arrived, and the newest.
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
        if sent.len() > MOST {
            sent.remove(1);
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
    fn the_first_and_the_newest_are_remembered_however_long_there_is_no_answer() {
        let sent = Sent::default();
        (0..1_000).for_each(|text| sent.note(&text));
        assert_eq!(sent.0.borrow().len(), MOST);
        assert_eq!((sent.find(|text| *text == 0), sent.find(|text| *text == 999)), (Some(0), Some(999)));
    }

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
