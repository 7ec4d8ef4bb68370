//! Which of a conclusion's saves can be read again.

use chrono::{DateTime, TimeDelta, Utc};
use openapi::ids::AccountId;

use super::rows::SavedRow;

/// How long one person goes on with a text until it is kept as it is, however short the pauses are.
const SITTING: TimeDelta = TimeDelta::minutes(15);

/// Characters of a text from which on losing most of it is no correction.
const LONG: usize = 200;

/// Whether what was saved is kept as a version when `by` puts another text in its place. A text is saved at every pause:
/// what is kept is what another person wrote, what the same one has gone on with for a quarter of an hour, and what is
/// about to lose most of its words.
pub(super) fn is_kept(saved: &SavedRow, by: AccountId, text: &str, now: DateTime<Utc>) -> bool {
    let is_anothers = saved.updated_by != by;
    let length = saved.text.chars().count();
    let is_cut = length >= LONG && text.chars().count() * 2 < length;
    !saved.text.trim().is_empty() && (is_anothers || is_cut || now - saved.sitting_since >= SITTING)
}

#[cfg(test)]
mod tests {
    use openapi::ids::HearingId;

    use super::*;

    fn at(minute: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::minutes(minute)
    }

    #[test]
    fn what_another_person_wrote_and_what_is_worth_a_while_is_kept() {
        let [astrid, camilla] = [0, 1].map(|minute| AccountId::new(at(minute)));
        let saved = |text: &str| SavedRow {
            hearing_id: HearingId::new(at(0)),
            version: 2,
            text: text.to_owned(),
            updated_by: astrid,
            updated_at: at(0),
            sitting_since: at(0),
        };
        let is_kept = |saved: &SavedRow, by, now| is_kept(saved, by, "Vedtaget med ændringer.", now);
        assert!(is_kept(&saved("Vedtaget."), camilla, at(0)));
        assert!(!is_kept(&saved("Vedtaget."), astrid, at(14)), "the same sitting");
        assert!(is_kept(&saved("Vedtaget."), astrid, at(15)));
        let going_on = SavedRow { updated_at: at(14), ..saved("Vedtaget.") };
        assert!(is_kept(&going_on, astrid, at(15)), "pauses are no matter");
        assert!(is_kept(&saved(&"Vedtaget. ".repeat(20)), astrid, at(1)), "most of it goes");
        assert!(!is_kept(&saved(&"Vedtaget. ".repeat(4)), astrid, at(1)), "a few words are written again");
        assert!(!is_kept(&saved(" \n"), camilla, at(60)), "nothing is lost with nothing");
    }
}
