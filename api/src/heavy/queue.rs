//! Who has the next turn: of those who wait, the person who used the least of the last minutes, in whatever order they asked. One
//! who sends much waits for those who send little, and never has two turns at once.

use std::{cmp::Ordering, collections::HashMap, sync::Arc};

use chrono::{DateTime, TimeDelta, Utc};
use openapi::ids::AccountId;
use parking_lot::Mutex;
use tokio::sync::oneshot;

use crate::clock::Clock;

/// The time in which half of what a person used is forgotten.
const HALF_FORGOTTEN: TimeDelta = TimeDelta::minutes(1);

/// Seconds that a turn counts at the least.
const LEAST: f64 = 0.05;

/// Seconds of use that are nothing: who has used no more is not remembered.
const NOTHING: f64 = 0.01;

/// Turns, and those who wait for one; clones share them.
#[derive(Debug, Clone)]
pub(super) struct Queue(Arc<Mutex<State<oneshot::Sender<Turn>>>>);

/// A turn; the next one's when dropped.
#[derive(Debug)]
pub(super) struct Turn {
    queue: Queue,
    person: Option<AccountId>,
    since: DateTime<Utc>,
}

impl Queue {
    /// With so many turns at once.
    pub(super) fn new(turns: usize) -> Self {
        Self(Arc::new(Mutex::new(State::new(turns))))
    }

    /// Takes a turn when it comes. Work that is no person's comes in the order of asking.
    pub(super) async fn turn(&self, person: Option<AccountId>) -> Result<Turn, oneshot::error::RecvError> {
        let (gives, gets) = oneshot::channel();
        let number = self.0.lock().wait(person, gives);
        // Dropped when its time is over or the client hangs up.
        let _place = Place { queue: self, number };
        self.go_on();
        gets.await
    }

    /// Gives the turns that are free.
    fn go_on(&self) {
        // Not within the lock: a turn that is not taken any more comes back through it.
        while let Some((person, gives)) = self.next() {
            drop(gives.send(Turn { queue: self.clone(), person, since: Clock::real_now() }));
        }
    }

    fn next(&self) -> Option<(Option<AccountId>, oneshot::Sender<Turn>)> {
        self.0.lock().next(Clock::real_now())
    }

    /// How many wait.
    #[cfg(test)]
    pub(super) fn waiting(&self) -> usize {
        self.0.lock().waiting.len()
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.queue.0.lock().end(self.person, self.since, Clock::real_now());
        self.queue.go_on();
    }
}

/// A place among those who wait, given up when dropped.
struct Place<'a> {
    queue: &'a Queue,
    number: u64,
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.queue.0.lock().waiting.retain(|waiting| waiting.number != self.number);
    }
}

/// Who has a turn and who waits, with what gives a turn to each.
#[derive(Debug)]
struct State<G> {
    free: usize,
    /// In the order of asking.
    waiting: Vec<Waiting<G>>,
    people: HashMap<AccountId, Person>,
    asked: u64,
}

#[derive(Debug)]
struct Waiting<G> {
    number: u64,
    person: Option<AccountId>,
    gives: G,
}

/// A person who has a turn or had one lately.
#[derive(Debug, Clone, Copy)]
struct Person {
    has_a_turn: bool,
    /// Seconds of turns that were used, as they counted then.
    used: f64,
    then: DateTime<Utc>,
}

impl Person {
    /// Seconds of turns that were used, as they count now. A clock that was set back makes none of them count more.
    fn used(&self, now: DateTime<Utc>) -> f64 {
        let passed = (now - self.then).max(TimeDelta::zero());
        self.used * 0.5_f64.powf(passed.as_seconds_f64() / HALF_FORGOTTEN.as_seconds_f64())
    }
}

impl<G> State<G> {
    fn new(free: usize) -> Self {
        Self { free, waiting: Vec::new(), people: HashMap::new(), asked: 0 }
    }

    /// Adds one who waits, and tells its number.
    fn wait(&mut self, person: Option<AccountId>, gives: G) -> u64 {
        self.asked += 1;
        self.waiting.push(Waiting { number: self.asked, person, gives });
        self.asked
    }

    /// Gives the next turn, when one is free and there is one who may have it.
    fn next(&mut self, now: DateTime<Utc>) -> Option<(Option<AccountId>, G)> {
        self.free.checked_sub(1)?;
        let person = |waiting: &Waiting<G>| waiting.person.and_then(|person| self.people.get(&person));
        let used = |waiting: &Waiting<G>| person(waiting).map_or(0.0, |person| person.used(now));
        let may =
            self.waiting.iter().enumerate().filter(|(_, waiting)| person(waiting).is_none_or(|it| !it.has_a_turn));
        // The first of those who used as little.
        let least = may
            .map(|(place, waiting)| (place, used(waiting)))
            .reduce(|least, other| if other.1.total_cmp(&least.1) == Ordering::Less { other } else { least });
        let Waiting { person, gives, .. } = self.waiting.remove(least?.0);
        self.free -= 1;
        if let Some(person) = person {
            let person = self.people.entry(person);
            person.or_insert(Person { has_a_turn: true, used: 0.0, then: now }).has_a_turn = true;
        }
        Some((person, gives))
    }

    /// Takes a turn back and counts it.
    fn end(&mut self, person: Option<AccountId>, since: DateTime<Utc>, now: DateTime<Utc>) {
        self.free += 1;
        if let Some(person) = person.and_then(|person| self.people.get_mut(&person)) {
            let used = person.used(now) + (now - since).as_seconds_f64().max(LEAST);
            *person = Person { has_a_turn: false, used, then: now };
        }
        self.people.retain(|_, person| person.has_a_turn || person.used(now) > NOTHING);
    }
}

#[cfg(test)]
mod tests {
    use openapi::ids::AccountId;
    use uuid::Uuid;

    use super::*;

    fn people<const N: usize>() -> [AccountId; N] {
        std::array::from_fn(|number| AccountId(Uuid::from_u128(number as u128)))
    }

    /// Gives the next turn, which takes so many seconds, and tells whose it was.
    fn take(state: &mut State<()>, now: &mut DateTime<Utc>, seconds: i64) -> Option<AccountId> {
        let (person, ()) = state.next(*now)?;
        let since = *now;
        *now += TimeDelta::seconds(seconds);
        state.end(person, since, *now);
        person
    }

    #[test]
    fn who_used_least_of_the_last_minutes_is_next_whoever_asked_first() {
        let (mut state, mut now, [much, some, none]) = (State::new(1), DateTime::UNIX_EPOCH, people());
        for (person, seconds) in [(much, 30), (some, 5)] {
            state.wait(Some(person), ());
            assert_eq!(take(&mut state, &mut now, seconds), Some(person));
        }
        for person in [much, some, none, much, none] {
            state.wait(Some(person), ());
        }
        let order: Vec<_> = std::iter::from_fn(|| take(&mut state, &mut now, 1)).collect();
        assert_eq!(order, [none, none, some, much, much]);
    }

    #[test]
    fn those_who_used_as_much_come_in_the_order_of_asking() {
        let (mut state, now, [one, other]) = (State::new(1), DateTime::UNIX_EPOCH, people());
        let asked = [None, Some(one), None, Some(other)];
        for person in asked {
            state.wait(person, ());
        }
        for person in asked {
            assert_eq!(state.next(now), Some((person, ())));
            state.end(person, now, now);
        }
        assert_eq!(state.next(now), None);
    }

    #[test]
    fn a_person_has_one_turn_and_others_get_those_that_are_free() {
        let (mut state, now, [one, other]) = (State::new(3), DateTime::UNIX_EPOCH, people());
        for person in [one, one, other] {
            state.wait(Some(person), ());
        }
        let given: Vec<_> = std::iter::from_fn(|| state.next(now)).map(|(person, ())| person.unwrap()).collect();
        assert_eq!((given, state.free, state.waiting.len()), (vec![one, other], 1, 1));
        state.end(Some(one), now, now);
        assert_eq!(state.next(now), Some((Some(one), ())));
    }

    #[test]
    fn what_was_used_is_forgotten_and_a_clock_that_was_set_back_adds_nothing() {
        let (mut state, mut now, [one, other]) = (State::new(1), DateTime::UNIX_EPOCH, people());
        state.wait(Some(one), ());
        assert_eq!(take(&mut state, &mut now, 64), Some(one));
        let used = |state: &State<()>, now| state.people[&one].used(now);
        assert!((used(&state, now + TimeDelta::minutes(3)) - 8.0).abs() < 1e-9);
        assert!((used(&state, now - TimeDelta::minutes(3)) - 64.0).abs() < 1e-9);
        now += TimeDelta::hours(1);
        state.wait(Some(other), ());
        assert_eq!(take(&mut state, &mut now, 0), Some(other));
        assert!(!state.people.contains_key(&one), "who used nothing lately is not remembered");
    }
}
