//! What can be wrong with the audit log, each as a sentence.

use std::collections::BTreeMap;

use chrono::{DateTime, SecondsFormat, Utc};
use uuid::Uuid;

/// Findings that are named; of more than that the number is told.
const NAMED: usize = 1_000;

/// Something that does not fit.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Finding {
    /// An entry is not the one that was sealed.
    #[error("Entry {entry} (position {position}) has been changed since it was sealed.")]
    Changed {
        /// Where it is sealed.
        position: i64,
        /// Which.
        entry: Uuid,
    },
    /// A sealed entry is gone.
    #[error("Entry {entry} (position {position}) is missing: it was removed after it was sealed.")]
    Missing {
        /// Where it is sealed.
        position: i64,
        /// Which.
        entry: Uuid,
    },
    /// Two entries have taken each other's place.
    #[error("Entries {} (position {}) and {} (position {}) have been swapped.", first.1, first.0, second.1, second.0)]
    EntriesSwapped {
        /// Position and entry.
        first: (i64, Uuid),
        /// Position and entry.
        second: (i64, Uuid),
    },
    /// An entry came into the log long after the actor is said to have done what it tells.
    #[error(
        "Entry {entry} (position {position}) was added afterwards: it is said to have happened at {}, but entries were \
         sealed at {} and it was not among them.",
        time(said),
        time(sealed)
    )]
    Late {
        /// Where it is sealed.
        position: i64,
        /// Which.
        entry: Uuid,
        /// When it is said to have happened.
        said: DateTime<Utc>,
        /// When it was not there yet.
        sealed: DateTime<Utc>,
    },
    /// An entry was not added by the database's own function.
    #[error(
        "Entry {entry} (position {position}) was put there by another hand: the database did not record when it was \
         written, as it does for the service."
    )]
    Unrecorded {
        /// Where it is sealed.
        position: i64,
        /// Which.
        entry: Uuid,
    },
    /// An entry says something else of when it happened than of when it was written.
    #[error(
        "Entry {entry} (position {position}) is dated otherwise than it was written: it is said to have happened at {}, \
         and was recorded at {}.",
        time(said),
        time(recorded)
    )]
    Backdated {
        /// Where it is sealed.
        position: i64,
        /// Which.
        entry: Uuid,
        /// When it is said to have happened.
        said: DateTime<Utc>,
        /// When it was written, by the database's clock.
        recorded: DateTime<Utc>,
    },
    /// An entry was not sealed when it was recorded.
    #[error(
        "Entry {entry} (position {position}) is said to have been recorded at {} and was sealed at {}: it was added \
         afterwards, or sealing stood still.",
        time(recorded),
        time(sealed)
    )]
    SealedLate {
        /// Where it is sealed.
        position: i64,
        /// Which.
        entry: Uuid,
        /// When it is said to have been written.
        recorded: DateTime<Utc>,
        /// When it was sealed.
        sealed: DateTime<Utc>,
    },
    /// There is a hole in the chain.
    #[error("The seals of positions {first} to {last} are missing: entries have been removed with their seals.")]
    SealsMissing {
        /// The first position.
        first: i64,
        /// The last position.
        last: i64,
    },
    /// A seal does not follow from the one before.
    #[error(
        "The seal at position {position} (entry {entry}) does not follow from the one before: it was changed or put \
         there, or others between them were removed."
    )]
    SealBroken {
        /// Where it lies.
        position: i64,
        /// Its entry.
        entry: Uuid,
    },
    /// Two seals have taken each other's place.
    #[error("The seals at positions {first} and {second} have been swapped, and their entries with them.")]
    SealsSwapped {
        /// A position.
        first: i64,
        /// The other.
        second: i64,
    },
    /// An entry is neither sealed nor waits for it.
    #[error("Entry {entry} has no seal and waits for none: it was inserted, or its seal was removed.")]
    Inserted {
        /// Which.
        entry: Uuid,
    },
    /// An entry is gone that was never sealed.
    #[error("Entry {entry} is missing: it was removed before it was sealed.")]
    MissingUnsealed {
        /// Which.
        entry: Uuid,
    },
    /// An entry waits for a seal that it has.
    #[error("Entry {entry} has its seal and yet waits for one: somebody made it wait again.")]
    SealedAndWaiting {
        /// Which.
        entry: Uuid,
    },
    /// Entries are not sealed in time.
    #[error("Entry {entry} has been waiting for its seal since {}: the service does not seal.", time(since))]
    Waiting {
        /// The one that waits longest.
        entry: Uuid,
        /// Since when.
        since: DateTime<Utc>,
    },
    /// A personal value is not the one that was recorded.
    #[error("The personal value `{field}` of entry {entry} (position {position}) has been changed.")]
    ValueChanged {
        /// Where the entry is sealed.
        position: i64,
        /// The entry.
        entry: Uuid,
        /// The field.
        field: String,
    },
    /// There is a personal value that was not recorded.
    #[error("The personal value `{field}` was added to entry {entry} (position {position}) afterwards.")]
    ValueAdded {
        /// Where the entry is sealed.
        position: i64,
        /// The entry.
        entry: Uuid,
        /// The field.
        field: String,
    },
    /// A personal value is gone, and nothing tells that it was erased.
    #[error(
        "The personal value `{field}` of entry {entry} (position {position}) is missing, and no entry tells that it was \
         erased."
    )]
    ValueMissing {
        /// Where the entry is sealed.
        position: i64,
        /// The entry.
        entry: Uuid,
        /// The field.
        field: String,
    },
    /// More of a person's values are gone than were erased.
    #[error(
        "{missing} personal values of the person {person} are missing, and the entries of their erasure tell of {told}."
    )]
    ErasedMore {
        /// Whose.
        person: Uuid,
        /// How many are missing.
        missing: u64,
        /// How many were erased.
        told: u64,
    },
    /// The chain ends before a head that was shown.
    #[error(
        "The chain was cut off: it ends at position {last}, and {file} shows that it reached {position} by {}.",
        time(at)
    )]
    CutOff {
        /// Where the chain ends.
        last: i64,
        /// Where it ended.
        position: i64,
        /// When.
        at: DateTime<Utc>,
        /// The file of heads.
        file: String,
    },
    /// The chain holds other seals than the heads that were shown.
    #[error(
        "The chain was written anew at or before position {position}: the seal that {file} shows there (line {line}, of \
         {}) is another one or gone, and so are {more} others that it shows.",
        time(at)
    )]
    WrittenAnew {
        /// The first head's position.
        position: i64,
        /// Its line in the file.
        line: usize,
        /// When it was sealed.
        at: DateTime<Utc>,
        /// The file of heads.
        file: String,
        /// How many more heads differ.
        more: u64,
    },
}

fn time(at: &DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

impl Finding {
    /// Where in the chain; nowhere for what lies outside of it.
    fn position(&self) -> Option<i64> {
        match self {
            Self::Changed { position, .. }
            | Self::Missing { position, .. }
            | Self::Late { position, .. }
            | Self::Unrecorded { position, .. }
            | Self::Backdated { position, .. }
            | Self::SealedLate { position, .. }
            | Self::SealBroken { position, .. }
            | Self::ValueChanged { position, .. }
            | Self::ValueAdded { position, .. }
            | Self::ValueMissing { position, .. }
            | Self::WrittenAnew { position, .. } => Some(*position),
            Self::EntriesSwapped { first, .. } => Some(first.0),
            Self::SealsMissing { first, .. } | Self::SealsSwapped { first, .. } => Some(*first),
            Self::CutOff { last, .. } => Some(last.saturating_add(1)),
            Self::Inserted { .. }
            | Self::MissingUnsealed { .. }
            | Self::SealedAndWaiting { .. }
            | Self::Waiting { .. }
            | Self::ErasedMore { .. } => None,
        }
    }
}

/// Findings in the order of the chain, what lies outside of it last. However many there are, only the first are kept.
#[derive(Debug, Default)]
pub struct Findings {
    named: BTreeMap<(i64, u64), Finding>,
    count: u64,
}

impl Findings {
    pub(super) fn add(&mut self, finding: Finding) {
        self.named.insert((finding.position().unwrap_or(i64::MAX), self.count), finding);
        self.count += 1;
        if self.named.len() > NAMED {
            self.named.pop_last();
        }
    }

    /// How many there are, named or not.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.count
    }

    /// The first of them.
    pub fn named(&self) -> impl Iterator<Item = &Finding> {
        self.named.values()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_of_the_chain_are_named_however_many_there_are() {
        let mut findings = Findings::default();
        findings.add(Finding::Inserted { entry: Uuid::nil() });
        for position in (1..=2_000).rev() {
            findings.add(Finding::Changed { position, entry: Uuid::nil() });
        }
        assert_eq!(findings.count(), 2_001);
        let named: Vec<_> = findings.named().map(Finding::position).collect();
        assert_eq!(named, (1..=1_000).map(Some).collect::<Vec<_>>());
    }
}
