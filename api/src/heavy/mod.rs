//! Work that takes a whole core for a while: done beside the threads that answer requests, and never more of it at once
//! than there are cores.

mod queue;

use std::{thread, time::Duration};

use openapi::ids::AccountId;
use tokio::{task, time};

use self::queue::Queue;

/// How long a piece of work waits for a turn. A whole town hall at once gets one within it; a flood gets 503.
const TURN_WITHIN: Duration = Duration::from_secs(10);

/// Turns at heavy work of one kind.
#[derive(Debug, Clone)]
pub struct Turns {
    queue: Queue,
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
        Self { queue: Queue::new(at_once), within }
    }

    /// The same, each of which has to come within another time.
    #[must_use]
    pub fn within(self, within: Duration) -> Self {
        Self { within, ..self }
    }

    /// Does the work of a person when its turn comes, and never two pieces of one person's at once. Those who used the
    /// least of the last minutes come first: who asks for much waits, and others do not wait for it longer than for what
    /// is under way.
    ///
    /// # Errors
    /// Those of [`Turns::take`].
    pub async fn take_for<T: Send + 'static>(
        &self,
        person: AccountId,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Error> {
        self.take_in_turn(Some(person), work).await
    }

    /// Does the work when its turn comes, in the order of asking.
    ///
    /// # Errors
    /// [`Error::Busy`] when it does not come in time; [`Error::BrokenOff`].
    pub async fn take<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Error> {
        self.take_in_turn(None, work).await
    }

    async fn take_in_turn<T: Send + 'static>(
        &self,
        person: Option<AccountId>,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Error> {
        let turn = time::timeout(self.within, self.queue.turn(person)).await;
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
/// and keeps no others waiting.
#[derive(Debug, Clone)]
pub struct Lanes {
    short: Turns,
    long: Turns,
}

impl Default for Lanes {
    /// What is long is done one at a time.
    fn default() -> Self {
        Self::new(Turns::one_a_core(), Turns::one())
    }
}

impl Lanes {
    /// Turns for what is short, and others for what is long.
    #[must_use]
    pub fn new(short: Turns, long: Turns) -> Self {
        Self { short, long }
    }

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
        let held = turns.queue.turn(None).await.unwrap();
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
        assert_eq!(turns.queue.waiting(), 0, "who waits no more is forgotten");
    }

    /// Two people who send one piece of work after the other, and a third who sends one: it is done before any other that
    /// has not begun, however many were there before it. What is done is told one after the other, in this order.
    #[tokio::test]
    async fn who_sends_little_does_not_wait_behind_those_who_send_much() {
        let turns = Turns::new(2, Duration::from_secs(600));
        let [one, other, third] = [1, 2, 3].map(|number| AccountId(uuid::Uuid::from_u128(number)));
        let (tells, told) = std::sync::mpsc::channel();
        let (done, waits) = std::sync::mpsc::channel::<()>();
        let waits = std::sync::Arc::new(parking_lot::Mutex::new(waits));
        let work = |person: AccountId| {
            let (turns, tells, waits) = (turns.clone(), tells.clone(), std::sync::Arc::clone(&waits));
            tokio::spawn(async move {
                let work = move || {
                    tells.send(person).unwrap();
                    waits.lock().recv().unwrap();
                };
                turns.take_for(person, work).await.unwrap();
            })
        };
        let mut sent: Vec<_> = [one, other].repeat(10).into_iter().map(&work).collect();
        let told = task::spawn_blocking(move || {
            let begun = [told.recv().unwrap(), told.recv().unwrap()];
            (told, begun)
        });
        let (told, mut begun) = told.await.unwrap();
        begun.sort();
        assert_eq!(begun, [one, other]);
        sent.push(work(third));
        while turns.queue.waiting() < 19 {
            task::yield_now().await;
        }
        done.send(()).unwrap();
        let told = task::spawn_blocking(move || (told.recv().unwrap(), told));
        let (next, _told) = told.await.unwrap();
        assert_eq!(next, third, "it waited for the end of one piece of work, and no more");
        (0..20).for_each(|_| done.send(()).unwrap());
        for sent in sent {
            sent.await.unwrap();
        }
    }

    #[tokio::test]
    async fn who_does_not_wait_any_more_takes_no_turn() {
        let turns = Turns::new(1, Duration::from_secs(600));
        let held = turns.queue.turn(None).await.unwrap();
        let waiting = tokio::spawn({
            let turns = turns.clone();
            async move { turns.take(|| "never").await }
        });
        while turns.queue.waiting() == 0 {
            task::yield_now().await;
        }
        waiting.abort();
        assert!(waiting.await.unwrap_err().is_cancelled());
        assert_eq!(turns.queue.waiting(), 0);
        drop(held);
        assert_eq!(turns.take(|| 7).await.unwrap(), 7);
    }

    #[tokio::test]
    async fn what_is_long_keeps_nothing_short_waiting() {
        let lanes = Lanes { short: Turns::new(1, SOON), long: Turns::new(1, SOON) };
        let held = lanes.of(true).queue.turn(None).await.unwrap();
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
