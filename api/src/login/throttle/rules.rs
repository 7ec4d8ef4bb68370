//! How many attempts to log in are looked at, and when the next one is.
//!
//! There is no wall where the right password could stand before it: what comes after too many failures waits, a little
//! longer each time, and then is looked at. Only above what an attacker can send from hundreds of places are unknown
//! devices kept out until the window is over, because a password would be guessed otherwise.

use chrono::{DateTime, TimeDelta, Utc};

/// How long attempts count.
pub(super) const WINDOW: TimeDelta = TimeDelta::minutes(15);
/// Failures in a row that cost no waiting: of a known device, or of one account from one address.
const FREE: i32 = 10;
/// Failures of one account from everywhere, after which each address is looked at once before it waits: six times in a
/// window.
const PER_ACCOUNT: i32 = 100;
/// Failures of one account from everywhere, after which unknown devices are kept out.
const PER_ACCOUNT_AT_MOST: i32 = 1_000;
/// The same two for failures from one address, wide enough for a town hall on a Monday morning.
const PER_ADDRESS: i32 = 2_000;
const PER_ADDRESS_AT_MOST: i32 = 5_000;
/// The first wait, which doubles with each further failure, and the longest.
const FIRST_WAIT: TimeDelta = TimeDelta::seconds(30);
const LONGEST_WAIT: TimeDelta = TimeDelta::minutes(5);

/// What was counted for something, this attempt included.
#[derive(Debug, Clone, Copy)]
pub(super) struct Count {
    /// When counting began.
    pub(super) window_start: DateTime<Utc>,
    /// Attempts since then that were not right.
    pub(super) failures: i32,
    /// When the next attempt is looked at.
    pub(super) open_at: Option<DateTime<Utc>>,
}

/// What an attempt is counted for.
#[derive(Debug, Clone, Copy)]
pub(super) enum Counts {
    /// On a known device: its own alone.
    Device(Count),
    /// Elsewhere.
    Elsewhere {
        /// The account, or the name that belongs to none.
        account: Count,
        /// The address.
        address: Count,
        /// Both together.
        both: Count,
    },
}

/// What becomes of an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Decision {
    /// It is looked at.
    Look,
    /// It is looked at, and the next one not before this instant.
    LookAndWait(DateTime<Utc>),
    /// It is not looked at before this instant.
    Wait(DateTime<Utc>),
}

/// Decides what becomes of an attempt.
pub(super) fn decide(counts: Counts, now: DateTime<Utc>) -> Decision {
    let (own, free) = match counts {
        Counts::Device(own) => (own, FREE),
        Counts::Elsewhere { account, address, both } => {
            let over = [(account, PER_ACCOUNT_AT_MOST), (address, PER_ADDRESS_AT_MOST)];
            let over = over.into_iter().filter(|(count, limit)| count.failures > *limit);
            if let Some(until) = over.map(|(count, _)| count.window_start + WINDOW).max() {
                return Decision::Wait(until);
            }
            let many = account.failures > PER_ACCOUNT || address.failures > PER_ADDRESS;
            (both, if many { 1 } else { FREE })
        }
    };
    match own.open_at {
        Some(open_at) if open_at > now => Decision::Wait(open_at),
        _ if own.failures < free => Decision::Look,
        _ => Decision::LookAndWait(now + wait(own.failures - free)),
    }
}

fn wait(further: i32) -> TimeDelta {
    let doubled = u32::try_from(further).ok().and_then(|further| 2_i32.checked_pow(further));
    doubled.and_then(|times| FIRST_WAIT.checked_mul(times)).map_or(LONGEST_WAIT, |wait| wait.min(LONGEST_WAIT))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> DateTime<Utc> {
        "2026-11-27T08:00:00Z".parse().unwrap()
    }

    fn count(failures: i32) -> Count {
        Count { window_start: now() - TimeDelta::minutes(5), failures, open_at: None }
    }

    fn elsewhere(account: i32, address: i32, both: i32) -> Decision {
        let counts = Counts::Elsewhere { account: count(account), address: count(address), both: count(both) };
        decide(counts, now())
    }

    fn wait_of(seconds: i64) -> Decision {
        Decision::LookAndWait(now() + TimeDelta::seconds(seconds))
    }

    #[test]
    fn the_tenth_failure_is_followed_by_a_wait_that_doubles_up_to_five_minutes() {
        assert_eq!(elsewhere(9, 9, 9), Decision::Look);
        for (failures, seconds) in [(10, 30), (11, 60), (12, 120), (13, 240), (14, 300), (15, 300), (90, 300)] {
            assert_eq!(elsewhere(failures, failures, failures), wait_of(seconds), "{failures}");
            assert_eq!(decide(Counts::Device(count(failures)), now()), wait_of(seconds), "{failures} on a device");
        }
    }

    /// How often an address that begins when so many failures were counted is looked at within a window, if it never stops.
    fn looks_in_a_window(failures_elsewhere: i32) -> i32 {
        let (mut looks, mut open_at) = (0, now());
        while open_at < now() + WINDOW {
            looks += 1;
            let begun = |failures, open_at| Count { window_start: now(), failures, open_at };
            let counts = Counts::Elsewhere {
                account: begun(failures_elsewhere + looks, None),
                address: begun(looks, None),
                both: begun(looks, Some(open_at)),
            };
            match decide(counts, open_at) {
                Decision::Look => {}
                Decision::LookAndWait(until) => open_at = until,
                Decision::Wait(until) => panic!("kept out until {until}"),
            }
        }
        looks
    }

    /// The figures of ARCHITECTURE.md, "How guessing at a password is slowed down".
    #[test]
    fn one_address_has_fifteen_looks_and_keeping_an_account_out_takes_150_addresses() {
        assert_eq!(looks_in_a_window(0), 15);
        let of_many = looks_in_a_window(PER_ACCOUNT);
        assert_eq!(of_many, 6);
        // The first hundred failures may come from a few addresses, which then have fewer looks left.
        assert_eq!((PER_ACCOUNT_AT_MOST - PER_ACCOUNT) / of_many, 150);
    }

    #[test]
    fn an_attempt_before_its_time_is_not_looked_at() {
        let until = now() + TimeDelta::seconds(1);
        let own = Count { open_at: Some(until), ..count(11) };
        assert_eq!(decide(Counts::Device(own), now()), Decision::Wait(until));
        assert_eq!(decide(Counts::Device(own), until), Decision::LookAndWait(until + TimeDelta::seconds(60)));
    }

    #[test]
    fn when_many_guess_at_one_account_a_new_address_is_still_looked_at_once() {
        assert_eq!(elsewhere(101, 1, 1), wait_of(30));
        assert_eq!(elsewhere(1, 2_001, 1), wait_of(30));
        let wall = Decision::Wait(now() + TimeDelta::minutes(10));
        assert_eq!(elsewhere(1_001, 1, 1), wall);
        assert_eq!(elsewhere(1, 5_001, 1), wall);
    }
}
