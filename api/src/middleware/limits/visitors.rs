//! Counts what visitors read, in this process alone.

use std::{collections::HashMap, net::IpAddr};

use chrono::{DateTime, Utc};
use parking_lot::Mutex;

/// Places that are remembered at once, a few megabytes of them, until a visitor comes in another minute. Where more than
/// these come in one, no limit for one of them would help.
const PLACES: usize = 100_000;

/// The visitors of the current minute, by place.
#[derive(Debug, Default)]
pub struct Visitors(Mutex<Minute>);

#[derive(Debug, Default)]
struct Minute {
    begins: DateTime<Utc>,
    requests: HashMap<Option<IpAddr>, i32>,
}

impl Visitors {
    /// Counts one more request from a place; tells how many there were in this minute.
    pub(super) fn count(&self, minute: DateTime<Utc>, place: Option<IpAddr>) -> i32 {
        let mut current = self.0.lock();
        if current.begins != minute {
            *current = Minute { begins: minute, requests: HashMap::new() };
        }
        if let Some(requests) = current.requests.get_mut(&place) {
            *requests = requests.saturating_add(1);
            return *requests;
        }
        if current.requests.len() < PLACES {
            current.requests.insert(place, 1);
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
        let [one, other] = [1, 2].map(|number| Some(IpAddr::from([192, 0, 2, number])));
        assert_eq!([1, 2].map(|_| visitors.count(begins, one)), [1, 2]);
        assert_eq!(visitors.count(begins, other), 1);
        assert_eq!(visitors.count(begins, None), 1);
        assert_eq!(visitors.count(later, one), 1);
    }

    #[test]
    fn however_many_places_there_are_the_memory_for_them_is_bounded() {
        let visitors = Visitors::default();
        let place = |number: u32| Some(IpAddr::from(number.to_be_bytes()));
        let places = u32::try_from(PLACES).unwrap();
        for number in 0..places + 10 {
            visitors.count(DateTime::UNIX_EPOCH, place(number));
        }
        assert_eq!(visitors.0.lock().requests.len(), PLACES);
        assert_eq!(visitors.count(DateTime::UNIX_EPOCH, place(0)), 2, "those who were there first are still counted");
    }
}
