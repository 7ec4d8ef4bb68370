//! Counts what visitors read, in this process alone.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use parking_lot::Mutex;

/// Places that are remembered at once, some ten megabytes of them. Where more than these come in a minute, no limit for
/// one of them would help.
const PLACES: usize = 100_000;

/// The visitors of the current minute, by place.
#[derive(Debug, Default)]
pub(super) struct Visitors(Mutex<Minute>);

#[derive(Debug, Default)]
struct Minute {
    begins: DateTime<Utc>,
    requests: HashMap<String, i32>,
}

impl Visitors {
    /// Counts one more request from a place; tells how many there were in this minute.
    pub(super) fn count(&self, minute: DateTime<Utc>, place: &str) -> i32 {
        let mut current = self.0.lock();
        if current.begins != minute {
            *current = Minute { begins: minute, requests: HashMap::new() };
        }
        if let Some(requests) = current.requests.get_mut(place) {
            *requests = requests.saturating_add(1);
            return *requests;
        }
        if current.requests.len() < PLACES {
            current.requests.insert(place.to_owned(), 1);
        }
        1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_place_is_counted_by_itself_and_anew_each_minute() {
        let (visitors, begins) = (Visitors::default(), DateTime::UNIX_EPOCH);
        let later = begins + chrono::TimeDelta::minutes(1);
        assert_eq!([1, 2].map(|_| visitors.count(begins, "a")), [1, 2]);
        assert_eq!(visitors.count(begins, "b"), 1);
        assert_eq!(visitors.count(later, "a"), 1);
    }

    #[test]
    fn however_many_places_there_are_the_memory_for_them_is_bounded() {
        let visitors = Visitors::default();
        for place in 0..PLACES + 10 {
            visitors.count(DateTime::UNIX_EPOCH, &place.to_string());
        }
        assert_eq!(visitors.0.lock().requests.len(), PLACES);
        assert_eq!(visitors.count(DateTime::UNIX_EPOCH, "0"), 2, "those who were there first are still counted");
    }
}
