//! Bytes of others, for the parsers that read them: specimens that are right, each damaged in a few places. Bytes by chance
//! alone would not get behind a parser's first look.
//!
//! The tests named `fuzz` take them, 256 of them unless `PROPTEST_CASES` says otherwise. They need no other compiler than
//! everything else does.

use proptest::{
    collection::vec,
    prelude::*,
    sample::{Index, select},
};

/// Something that happens to bytes on their way.
#[derive(Debug, Clone)]
enum Damage {
    /// A byte becomes another one.
    Changed(Index, u8),
    /// The rest does not come.
    CutOff(Index),
    /// Some bytes are lost.
    Lost(Index, usize),
    /// Some come a second time, elsewhere.
    Repeated(Index, usize, Index),
    /// Others come between.
    Between(Index, Vec<u8>),
}

/// Specimens, damaged in at most six places.
pub(crate) fn spoiled(specimens: Vec<Vec<u8>>) -> impl Strategy<Value = Vec<u8>> {
    let place = any::<Index>;
    let damage = prop_oneof![
        4 => (place(), any::<u8>()).prop_map(|(at, byte)| Damage::Changed(at, byte)),
        1 => place().prop_map(Damage::CutOff),
        2 => (place(), 1..40_usize).prop_map(|(at, length)| Damage::Lost(at, length)),
        2 => (place(), 1..400_usize, place()).prop_map(|(from, length, to)| Damage::Repeated(from, length, to)),
        2 => (place(), vec(any::<u8>(), 1..20)).prop_map(|(at, bytes)| Damage::Between(at, bytes)),
    ];
    (select(specimens), vec(damage, 0..6)).prop_map(|(bytes, damages)| damages.iter().fold(bytes, take))
}

fn take(mut bytes: Vec<u8>, damage: &Damage) -> Vec<u8> {
    let all = bytes.len();
    let place = |index: &Index| index.index(all + 1);
    match damage {
        Damage::Changed(at, byte) => bytes.iter_mut().skip(place(at)).take(1).for_each(|changed| *changed = *byte),
        Damage::CutOff(at) => bytes.truncate(place(at)),
        Damage::Lost(at, length) => drop(bytes.drain(place(at)..(place(at) + length).min(all))),
        Damage::Repeated(from, length, to) => {
            let repeated = bytes[place(from)..(place(from) + length).min(all)].to_vec();
            bytes.splice(place(to)..place(to), repeated);
        }
        Damage::Between(at, others) => drop(bytes.splice(place(at)..place(at), others.iter().copied())),
    }
    bytes
}
