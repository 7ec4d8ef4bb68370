//! How much work that lasts one person may have under way at once, on each server by itself.

use std::{collections::HashMap, sync::Arc};

use openapi::ids::AccountId;
use parking_lot::Mutex;

/// Places for work of one kind, so many for each person.
#[derive(Debug, Clone)]
pub struct PerPerson {
    places: usize,
    /// How many those have taken who have any.
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
    pub places: usize,
}

impl PerPerson {
    /// So many places for each person.
    #[must_use]
    pub fn new(places: usize) -> Self {
        Self { places, taken: Arc::default() }
    }

    /// Takes a place, if there is one now.
    ///
    /// # Errors
    /// [`NoPlace`] when the person has them all.
    pub fn enter(&self, person: AccountId) -> Result<Place, NoPlace> {
        let mut taken = self.taken.lock();
        let by_person = taken.entry(person).or_default();
        if *by_person >= self.places {
            return Err(NoPlace { places: self.places });
        }
        *by_person += 1;
        Ok(Place { of: self.clone(), person })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut taken = self.of.taken.lock();
        if let Some(by_person) = taken.get_mut(&self.person) {
            *by_person = by_person.saturating_sub(1);
        }
        taken.retain(|_, by_person| *by_person > 0);
    }
}

#[cfg(test)]
mod tests {
    use openapi::problem::ProblemCode;
    use uuid::Uuid;

    use super::*;
    use crate::http::ApiError;

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
