//! Entries and seals that do not fit, kept until the chain has been walked along: two of them may have been swapped.

use super::{Finding, Findings};
use crate::audit::seal::{SealKey, canonical::LoggedEntry, rows::Seal};

/// How many of each are compared with each other. Of more than that each is named by itself.
const COMPARED: usize = 64;

/// What does not fit, in the order of the chain.
#[derive(Default)]
pub(super) struct Suspects {
    /// Entries that are not those their seals were made for.
    entries: Vec<(Seal, LoggedEntry)>,
    /// Seals that do not follow from the one before, with its MAC.
    seals: Vec<(Seal, Vec<u8>)>,
}

impl Suspects {
    /// An entry that is not the one its seal was made for.
    pub(super) fn add_entry(&mut self, seal: Seal, entry: LoggedEntry, findings: &mut Findings) {
        if self.entries.len() < COMPARED {
            self.entries.push((seal, entry));
        } else {
            findings.add(changed(&seal));
        }
    }

    /// A seal that does not follow from the one before, whose MAC is `previous`.
    pub(super) fn add_seal(&mut self, seal: &Seal, previous: &[u8], findings: &mut Findings) {
        if self.seals.len() < COMPARED {
            self.seals.push((seal.clone(), previous.to_owned()));
        } else {
            findings.add(broken(seal));
        }
    }

    /// Says of each what happened to it.
    pub(super) fn explain(mut self, keys: &[SealKey], findings: &mut Findings) {
        let swapped = self.explain_entries(keys, findings);
        // Two seals that only exchanged their entries have been told of by now.
        self.seals.retain(|(seal, _)| !swapped.contains(&seal.position));
        self.explain_seals(keys, findings);
    }

    /// Gives the positions of those that were swapped.
    fn explain_entries(&self, keys: &[SealKey], findings: &mut Findings) -> Vec<i64> {
        let find = |seal: &Seal| self.entries.iter().position(|(_, entry)| was_made_for(keys, seal, entry));
        let belongs: Vec<Option<usize>> = self.entries.iter().map(|(seal, _)| find(seal)).collect();
        let mut swapped = Vec::new();
        for (here, (seal, _)) in self.entries.iter().enumerate() {
            match partner(&belongs, here).and_then(|there| self.entries.get(there)) {
                None => findings.add(changed(seal)),
                Some((other, _)) => {
                    swapped.push(seal.position);
                    if seal.position < other.position {
                        let (first, second) = ((seal.position, seal.entry_id), (other.position, other.entry_id));
                        findings.add(Finding::EntriesSwapped { first, second });
                    }
                }
            }
        }
        swapped
    }

    fn explain_seals(&self, keys: &[SealKey], findings: &mut Findings) {
        let belongs = self.right_seals(keys);
        for (here, (seal, _)) in self.seals.iter().enumerate() {
            if belongs.get(here) == Some(&Some(here)) {
                continue;
            }
            match partner(&belongs, here).and_then(|there| self.seals.get(there)) {
                None => findings.add(broken(seal)),
                Some((other, _)) if seal.position < other.position => {
                    findings.add(Finding::SealsSwapped { first: seal.position, second: other.position });
                }
                Some(_) => {}
            }
        }
    }

    /// For each seal which of them belongs at its position: often it itself, when only the one before is a wrong one.
    fn right_seals(&self, keys: &[SealKey]) -> Vec<Option<usize>> {
        let mut belongs: Vec<Option<usize>> = Vec::with_capacity(self.seals.len());
        let mut before: Option<&Seal> = None;
        let mut position_before = None;
        for (here, (seal, previous)) in self.seals.iter().enumerate() {
            let is_next = position_before == Some(seal.position - 1);
            let previous = before.filter(|_| is_next).map_or(previous, |before| &before.mac);
            let fits = |place: &usize| {
                self.seals.get(*place).is_some_and(|(other, _)| is_genuine(keys, other, seal.position, previous))
            };
            let right = Some(here).filter(fits).or_else(|| (0..self.seals.len()).find(fits));
            before = right.and_then(|place| self.seals.get(place)).map(|(seal, _)| seal);
            position_before = Some(seal.position);
            belongs.push(right);
        }
        belongs
    }
}

/// What has taken the place of `here`, when that has taken its place in return.
fn partner(belongs: &[Option<usize>], here: usize) -> Option<usize> {
    let there = (*belongs.get(here)?)?;
    (there != here && belongs.get(there) == Some(&Some(here))).then_some(there)
}

/// Whether a seal was made for an entry, or for one that was the same but for its id.
fn was_made_for(keys: &[SealKey], seal: &Seal, entry: &LoggedEntry) -> bool {
    let Some(key) = key_of(keys, seal) else { return false };
    let with_its_id = LoggedEntry { id: seal.entry_id, ..entry.clone() };
    let fits = |entry| key.digest(entry, seal.format) == seal.digest;
    fits(entry) || fits(&with_its_id)
}

/// Whether a seal was made for a position behind a MAC.
fn is_genuine(keys: &[SealKey], seal: &Seal, position: i64, previous: &[u8]) -> bool {
    let there = Seal { position, ..seal.clone() };
    key_of(keys, seal).is_some_and(|key| key.link(previous, &there) == seal.mac)
}

fn key_of<'a>(keys: &'a [SealKey], seal: &Seal) -> Option<&'a SealKey> {
    keys.iter().find(|key| key.id() == seal.key_id)
}

fn changed(seal: &Seal) -> Finding {
    Finding::Changed { position: seal.position, entry: seal.entry_id }
}

fn broken(seal: &Seal) -> Finding {
    Finding::SealBroken { position: seal.position, entry: seal.entry_id }
}
