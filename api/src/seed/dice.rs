//! Chance that falls the same way at every run, so that everybody's demonstration reads alike.

use std::collections::BTreeSet;

/// A row of numbers that look random (`SplitMix64`).
#[derive(Debug, Clone)]
pub(super) struct Dice(u64);

impl Dice {
    /// Dice of their own for a name.
    pub(super) fn new(name: &str) -> Self {
        // FNV-1a: spreads names that begin alike.
        let hash = name.bytes().fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
        });
        Self(hash)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`; 0 when there is none.
    pub(super) fn below(&mut self, end: usize) -> usize {
        let end = u64::try_from(end).unwrap_or(u64::MAX).max(1);
        usize::try_from(self.next() % end).unwrap_or_default()
    }

    /// Whether something happens that happens `percent` times of a hundred.
    pub(super) fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One of several.
    pub(super) fn pick<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        let place = self.below(from.len());
        from.get(place)
    }

    /// Some of several, each at most once, in no order.
    pub(super) fn sample<'a, T>(&mut self, from: &'a [T], count: usize) -> Vec<&'a T> {
        if count.saturating_mul(2) > from.len() {
            return self.shuffled(from.iter().collect()).into_iter().take(count).collect();
        }
        let mut places = BTreeSet::new();
        while places.len() < count {
            places.insert(self.below(from.len()));
        }
        places.into_iter().filter_map(|place| from.get(place)).collect()
    }

    /// The same things in another order.
    pub(super) fn shuffled<T>(&mut self, mut things: Vec<T>) -> Vec<T> {
        for last in (1..things.len()).rev() {
            let other = self.below(last + 1);
            things.swap(last, other);
        }
        things
    }
}
