//! The values of a filter, each with how many hearings it would leave.

use openapi::hearings::{Audience, FacetCount, HearingFacets, HearingRole, HearingStatus};

use crate::{case_text, components::Choice, hearing_text, i18n::I18n, t};

/// What hearings are filtered by.
pub trait Facet: Copy + PartialEq + 'static {
    /// The filter's name.
    const NAME: &'static str;
    /// Its values, in the order in which they are offered.
    const ALL: &'static [Self];

    /// A value's code.
    fn code(self) -> &'static str;

    /// The key of a value's name.
    fn text(self) -> &'static str;

    /// How many hearings each of its values would leave.
    fn counts(facets: &HearingFacets) -> &[FacetCount<Self>];
}

impl Facet for HearingStatus {
    const NAME: &'static str = "status";
    const ALL: &'static [HearingStatus] = HearingStatus::ALL;

    fn code(self) -> &'static str {
        self.as_str()
    }

    fn text(self) -> &'static str {
        hearing_text::status(self)
    }

    fn counts(facets: &HearingFacets) -> &[FacetCount<HearingStatus>] {
        &facets.status
    }
}

impl Facet for Audience {
    const NAME: &'static str = "audience";
    const ALL: &'static [Audience] = Audience::ALL;

    fn code(self) -> &'static str {
        self.as_str()
    }

    fn text(self) -> &'static str {
        hearing_text::kind(self)
    }

    fn counts(facets: &HearingFacets) -> &[FacetCount<Audience>] {
        &facets.audience
    }
}

impl Facet for HearingRole {
    const NAME: &'static str = "role";
    const ALL: &'static [HearingRole] = HearingRole::ALL;

    fn code(self) -> &'static str {
        self.as_str()
    }

    fn text(self) -> &'static str {
        case_text::role(self)
    }

    fn counts(facets: &HearingFacets) -> &[FacetCount<HearingRole>] {
        &facets.role
    }
}

/// A filter's choices: the values that leave something, with their counts, and the chosen one in any case. Until the counts
/// are here, all values without.
pub fn choices<T: Facet>(offered: &[T], facets: Option<&HearingFacets>, chosen: Option<T>, i18n: &I18n) -> Vec<Choice> {
    offered
        .iter()
        .filter_map(|value| {
            let name = t!(i18n, value.text());
            let Some(facets) = facets else { return Some(Choice::new(value.code(), name)) };
            let count = T::counts(facets).iter().find(|facet| facet.value == *value);
            let label = match count {
                Some(FacetCount { count, or_more: true, .. }) => {
                    t!(i18n, "filter-at-least", value = name.as_str(), count = *count)
                }
                Some(FacetCount { count, .. }) => t!(i18n, "filter-counted", value = name.as_str(), count = *count),
                None if chosen == Some(*value) => t!(i18n, "filter-counted", value = name.as_str(), count = 0),
                None => return None,
            };
            Some(Choice::new(value.code(), label))
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
        let facets = counts.map(|counts| HearingFacets { status: counts.to_vec(), role: vec![], audience: vec![] });
        let i18n = I18n::new(Language::Da, PORTAL, Callback::noop());
        let choices = choices(&[Draft, Open, Concluded], facets.as_ref(), chosen, &i18n);
        choices.iter().map(|choice| choice.label.to_string()).collect()
    }

    #[test]
    fn what_leaves_nothing_is_offered_only_when_it_is_chosen() {
        assert_eq!(labels(None, None), ["Kladde", "Åben for svar", "Konkluderet"]);
        let count = |value, count, or_more| FacetCount { value, count, or_more };
        let counts = [count(Draft, 2, false), count(Open, 1000, true)];
        assert_eq!(labels(Some(&counts), None), ["Kladde (2)", "Åben for svar (1.000+)"]);
        assert_eq!(labels(Some(&counts), Some(Concluded)), ["Kladde (2)", "Åben for svar (1.000+)", "Konkluderet (0)"]);
    }
}
