//! Which of a conclusion's saves can be read again.

use chrono::{DateTime, TimeDelta, Utc};
use openapi::ids::AccountId;

use super::rows::SavedRow;

/// How long after a save the next one of the same person belongs to another sitting.
const SITTING: TimeDelta = TimeDelta::minutes(15);

/// Whether what was saved is kept as a version when `by` puts another text in its place. A text is saved at every pause:
/// what is kept is what another person wrote, and what the same one left a while ago.
pub(super) fn is_kept(saved: &SavedRow, by: AccountId, now: DateTime<Utc>) -> bool {
    let is_anothers = saved.updated_by != by;
    !saved.text.trim().is_empty() && (is_anothers || now - saved.updated_at >= SITTING)
}

#[cfg(test)]
mod tests {
    use openapi::ids::HearingId;

    use super::*;

    fn at(minute: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::minutes(minute)
    }

    #[test]
    fn what_another_person_wrote_and_what_was_left_a_while_ago_is_kept() {
        let [astrid, camilla] = [0, 1].map(|minute| AccountId::new(at(minute)));
        let saved = |text: &str| SavedRow {
            hearing_id: HearingId::new(at(0)),
            version: 2,
            text: text.to_owned(),
            updated_by: astrid,
            updated_at: at(0),
        };
        assert!(is_kept(&saved("Vedtaget."), camilla, at(0)));
        assert!(!is_kept(&saved("Vedtaget."), astrid, at(14)), "the same sitting");
        assert!(is_kept(&saved("Vedtaget."), astrid, at(15)));
        assert!(!is_kept(&saved(" \n"), camilla, at(60)), "nothing is lost with nothing");
    }
}
