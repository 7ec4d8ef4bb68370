//! The values of a filter, each with how many hearings it would leave.

use openapi::hearings::FacetCount;
use yew::AttrValue;

use crate::{components::Choice, i18n::I18n, t};

/// A filter's choices: the values that leave something, with their counts, and the chosen one in any case. Until the counts
/// are here, all values without.
pub fn choices<T: Copy + PartialEq>(
    all: &[T],
    counts: Option<&[FacetCount<T>]>,
    chosen: Option<T>,
    named: impl Fn(T) -> (&'static str, AttrValue),
    i18n: &I18n,
) -> Vec<Choice> {
    all.iter()
        .filter_map(|value| {
            let (code, name) = named(*value);
            let Some(counts) = counts else { return Some(Choice::new(code, name)) };
            let count = counts.iter().find(|facet| facet.value == *value);
            let label = match count {
                Some(FacetCount { count, or_more: true, .. }) => {
                    t!(i18n, "filter-at-least", value = name.as_str(), count = *count)
                }
                Some(FacetCount { count, .. }) => t!(i18n, "filter-counted", value = name.as_str(), count = *count),
                None if chosen == Some(*value) => t!(i18n, "filter-counted", value = name.as_str(), count = 0),
                None => return None,
            };
            Some(Choice::new(code, label))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use openapi::hearings::HearingStatus::{self, Concluded, Draft, Open};
    use yew::Callback;

    use super::*;
    use crate::i18n::{Language, PORTAL};

    fn labels(counts: Option<&[FacetCount<HearingStatus>]>, chosen: Option<HearingStatus>) -> Vec<String> {
        let named = |status: HearingStatus| (status.as_str(), AttrValue::from(status.as_str()));
        let i18n = I18n::new(Language::Da, PORTAL, Callback::noop());
        choices(&[Draft, Open, Concluded], counts, chosen, named, &i18n).iter().map(|c| c.label.to_string()).collect()
    }

    #[test]
    fn what_leaves_nothing_is_offered_only_when_it_is_chosen() {
        assert_eq!(labels(None, None), ["draft", "open", "concluded"]);
        let count = |value, count, or_more| FacetCount { value, count, or_more };
        let counts = [count(Draft, 2, false), count(Open, 1000, true)];
        assert_eq!(labels(Some(&counts), None), ["draft (2)", "open (1.000+)"]);
        assert_eq!(labels(Some(&counts), Some(Concluded)), ["draft (2)", "open (1.000+)", "concluded (0)"]);
    }
}
