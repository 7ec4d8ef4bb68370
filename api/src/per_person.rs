//! How much work that lasts one person may have under way at once, on each server by itself.

use std::{collections::HashMap, sync::Arc, time::Duration};

use openapi::ids::AccountId;
use parking_lot::Mutex;
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time,
};

/// Places for work of one kind, so many for each person.
#[derive(Debug, Clone)]
pub struct PerPerson {
    places: usize,
    people: Arc<Mutex<HashMap<AccountId, Arc<Semaphore>>>>,
}

/// A place that a person has taken; free again when dropped.
#[derive(Debug)]
pub struct Place {
    permit: Option<OwnedSemaphorePermit>,
    _waiter: Waiter,
}

/// One who has a place or waits for one; when there is nobody else, the person is forgotten.
#[derive(Debug)]
struct Waiter {
    of: PerPerson,
    person: AccountId,
    places: Option<Arc<Semaphore>>,
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
        Self { places, people: Arc::default() }
    }

    /// Takes a place, if there is one now.
    ///
    /// # Errors
    /// [`NoPlace`] when the person has them all.
    pub fn enter(&self, person: AccountId) -> Result<Place, NoPlace> {
        let (waiter, places) = self.waiter(person);
        match places.try_acquire_owned() {
            Ok(permit) => Ok(Place { permit: Some(permit), _waiter: waiter }),
            Err(_) => Err(NoPlace { places: self.places }),
        }
    }

    /// Takes a place when there is one, in the order of asking.
    ///
    /// # Errors
    /// [`NoPlace`] when there is none within this time.
    pub async fn wait(&self, person: AccountId, within: Duration) -> Result<Place, NoPlace> {
        let (waiter, places) = self.waiter(person);
        match time::timeout(within, places.acquire_owned()).await {
            Ok(Ok(permit)) => Ok(Place { permit: Some(permit), _waiter: waiter }),
            _ => Err(NoPlace { places: self.places }),
        }
    }

    fn waiter(&self, person: AccountId) -> (Waiter, Arc<Semaphore>) {
        let mut people = self.people.lock();
        let places = people.entry(person).or_insert_with(|| Arc::new(Semaphore::new(self.places)));
        (Waiter { of: self.clone(), person, places: Some(Arc::clone(places)) }, Arc::clone(places))
    }

    /// Whether nobody has a place or waits for one.
    #[cfg(test)]
    pub(crate) fn is_empty(&self) -> bool {
        self.people.lock().is_empty()
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        // Before the waiter, who counts those that are left.
        drop(self.permit.take());
    }
}

impl Drop for Waiter {
    fn drop(&mut self) {
        let mut people = self.of.people.lock();
        drop(self.places.take());
        if people.get(&self.person).is_some_and(|places| Arc::strong_count(places) == 1) {
            people.remove(&self.person);
        }
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
        assert_eq!(places.people.lock().len(), 1, "nothing is kept of those who have none under way");
    }

    #[tokio::test]
    async fn a_place_can_be_waited_for_and_nobody_is_remembered() {
        let (places, one) = (PerPerson::new(1), AccountId(Uuid::from_u128(1)));
        let first = places.enter(one).unwrap();
        let soon = Duration::from_millis(20);
        places.wait(one, soon).await.expect_err("there is none in time");
        let (second, ()) = tokio::join!(places.wait(one, Duration::from_secs(60)), async { drop(first) });
        drop(second.unwrap());
        drop(places.enter(one).unwrap());
        assert!(places.is_empty());
    }
}
