//! Work that takes a whole core for a while: done beside the threads that answer requests, and never more of it at once
//! than there are cores.

use std::{sync::Arc, thread, time::Duration};

use openapi::ids::AccountId;
use tokio::{sync::Semaphore, task, time};

use crate::per_person::PerPerson;

/// How long a piece of work waits for a turn. A whole town hall at once gets one within it; a flood gets 503.
const TURN_WITHIN: Duration = Duration::from_secs(10);

/// Turns at heavy work of one kind.
#[derive(Debug, Clone)]
pub struct Turns {
    turns: Arc<Semaphore>,
    /// Whose work is waiting or under way: one piece for each person.
    people: PerPerson,
    within: Duration,
}

/// Why heavy work was not done.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Too many wait for it.
    #[error("too much heavy work at once")]
    Busy,
    /// It ended in a panic, or the service is ending.
    #[error("heavy work was broken off")]
    BrokenOff(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl Turns {
    /// As many at once as there are cores.
    #[must_use]
    pub fn one_a_core() -> Self {
        let cores = thread::available_parallelism().map_or(1, usize::from);
        Self::new(cores, TURN_WITHIN)
    }

    /// One at a time, because each takes much memory.
    #[must_use]
    pub fn one() -> Self {
        Self::new(1, TURN_WITHIN)
    }

    /// So many at once; each has to come within a time.
    #[must_use]
    pub fn new(at_once: usize, within: Duration) -> Self {
        Self { turns: Arc::new(Semaphore::new(at_once)), people: PerPerson::new(1), within }
    }

    /// Does the work of a person when its turn comes, and never two pieces of one person's at once: who asks for many
    /// waits, and others do not wait for them.
    ///
    /// # Errors
    /// Those of [`Turns::take`]; the person's own turn comes within ten seconds too.
    pub async fn take_for<T: Send + 'static>(
        &self,
        person: AccountId,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Error> {
        let place = self.people.wait(person, self.within).await.map_err(|_| Error::Busy)?;
        self.take(move || {
            // Kept in here: the work goes on when the client hangs up.
            let _place = place;
            work()
        })
        .await
    }

    /// Does the work when its turn comes.
    ///
    /// # Errors
    /// [`Error::Busy`] when it does not come within ten seconds; [`Error::BrokenOff`].
    pub async fn take<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Error> {
        let turn = time::timeout(self.within, Arc::clone(&self.turns).acquire_owned()).await;
        let turn = turn.map_err(|_| Error::Busy)?.map_err(|error| Error::BrokenOff(error.into()))?;
        let done = task::spawn_blocking(move || {
            // Kept in here: the work goes on when the client hangs up.
            let _turn = turn;
            work()
        });
        done.await.map_err(|error| Error::BrokenOff(error.into()))
    }
}

/// Turns at work that takes a moment for nearly everybody, and seconds for what is far longer: that has turns of its own,
/// one at a time, and keeps no others waiting.
#[derive(Debug, Clone)]
pub struct Lanes {
    short: Turns,
    long: Turns,
}

impl Default for Lanes {
    fn default() -> Self {
        Self { short: Turns::one_a_core(), long: Turns::one() }
    }
}

impl Lanes {
    /// The turns for a piece of work.
    #[must_use]
    pub fn of(&self, is_long: bool) -> &Turns {
        if is_long { &self.long } else { &self.short }
    }
}

#[cfg(test)]
mod tests {
    use actix_web::ResponseError;

    use super::*;
    use crate::http::ApiError;

    const SOON: Duration = Duration::from_millis(20);

    #[tokio::test]
    async fn who_gets_no_turn_in_time_is_asked_to_come_back() {
        let turns = Turns::new(1, SOON);
        let held = Arc::clone(&turns.turns).acquire_owned().await.unwrap();
        let refused = turns.take(|| "never").await.unwrap_err();
        assert!(matches!(refused, Error::Busy));
        let answer = ApiError::from(refused);
        assert_eq!(answer.status_code(), 503);
        assert!(answer.error_response().headers().contains_key("retry-after"));
        drop(held);
        assert_eq!(turns.take(|| 7).await.unwrap(), 7);
    }

    #[tokio::test]
    async fn a_person_has_one_piece_of_work_at_once_and_others_do_not_wait_for_it() {
        let turns = Turns::new(2, SOON);
        let [one, other] = [1, 2].map(|number| AccountId(uuid::Uuid::from_u128(number)));
        let (begun, begins) = tokio::sync::oneshot::channel();
        let (done, waits) = std::sync::mpsc::channel::<()>();
        let first = tokio::spawn({
            let turns = turns.clone();
            async move {
                let work = move || {
                    let _ = begun.send(());
                    waits.recv().is_ok()
                };
                turns.take_for(one, work).await
            }
        });
        begins.await.unwrap();
        assert!(matches!(turns.take_for(one, || "never").await, Err(Error::Busy)));
        assert_eq!(turns.take_for(other, || 7).await.unwrap(), 7);
        done.send(()).unwrap();
        assert!(first.await.unwrap().unwrap());
        assert_eq!(turns.take_for(one, || 8).await.unwrap(), 8);
        assert!(turns.people.is_empty(), "nobody is remembered");
    }

    #[tokio::test]
    async fn what_is_long_keeps_nothing_short_waiting() {
        let lanes = Lanes { short: Turns::new(1, SOON), long: Turns::new(1, SOON) };
        let held = Arc::clone(&lanes.of(true).turns).acquire_owned().await.unwrap();
        assert_eq!(lanes.of(false).take(|| 7).await.unwrap(), 7);
        assert!(matches!(lanes.of(true).take(|| "never").await, Err(Error::Busy)));
        drop(held);
        assert_eq!(lanes.of(true).take(|| 8).await.unwrap(), 8);
    }

    #[tokio::test]
    async fn work_that_breaks_off_gives_its_turn_back() {
        let turns = Turns::new(1, SOON);
        let broken = turns.take(|| -> () { panic!("on purpose") }).await.unwrap_err();
        assert!(matches!(broken, Error::BrokenOff(_)));
        assert_eq!(ApiError::from(broken).status_code(), 500);
        assert_eq!(turns.take(|| 7).await.unwrap(), 7);
    }
}
