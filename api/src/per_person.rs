//! How much work that lasts one person may have under way at once, on each server by itself.

use std::{
    collections::{HashMap, hash_map::Entry},
    sync::Arc,
};

use openapi::{ids::AccountId, problem::ProblemCode};
use parking_lot::Mutex;

use crate::http::ApiError;

/// Seconds after which to come back when there is no place.
const COME_BACK_AFTER: u32 = 10;

/// Places for work of one kind, so many for each person.
#[derive(Debug, Clone)]
pub struct PerPerson {
    places: usize,
    taken: Arc<Mutex<HashMap<AccountId, usize>>>,
}

/// A place that a person has taken; free again when dropped.
#[derive(Debug)]
pub struct Place {
    of: PerPerson,
    person: AccountId,
}

/// Why there is no place.
#[derive(Debug, thiserror::Error)]
#[error("{places} are under way already")]
pub struct NoPlace {
    /// How many there may be at once.
    places: usize,
}

impl From<NoPlace> for ApiError {
    fn from(NoPlace { places }: NoPlace) -> Self {
        let detail = format!("{places} of these are under way for you already. Wait until one of them has ended.");
        Self::new(ProblemCode::RateLimited, detail).retry_after(COME_BACK_AFTER)
    }
}

impl PerPerson {
    /// So many places for each person.
    #[must_use]
    pub fn new(places: usize) -> Self {
        Self { places, taken: Arc::default() }
    }

    /// Takes a place.
    ///
    /// # Errors
    /// [`NoPlace`] when the person has them all.
    pub fn enter(&self, person: AccountId) -> Result<Place, NoPlace> {
        let mut taken = self.taken.lock();
        let count = taken.entry(person).or_default();
        if *count >= self.places {
            return Err(NoPlace { places: self.places });
        }
        *count += 1;
        Ok(Place { of: self.clone(), person })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if let Entry::Occupied(mut count) = self.of.taken.lock().entry(self.person) {
            *count.get_mut() -= 1;
            if *count.get() == 0 {
                count.remove();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_place_is_free_again_when_its_work_has_ended() {
        let (places, [one, other]) = (PerPerson::new(2), [1, 2].map(|id| AccountId(Uuid::from_u128(id))));
        let (first, _second) = (places.enter(one).unwrap(), places.enter(one).unwrap());
        assert_eq!(ApiError::from(places.enter(one).unwrap_err()).code(), ProblemCode::RateLimited);
        let others = places.enter(other).expect("each person has places of their own");
        drop(first);
        let _third = places.enter(one).expect("one is free again");
        drop(others);
        assert_eq!(places.taken.lock().len(), 1, "nothing is kept of those who have none under way");
    }
}
