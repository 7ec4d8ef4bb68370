//! Dates at the start of a line: `1. december`, `1. og 2. december`, `24. - 31. Dec`.

/// Danish and English months and parts of a year, whole.
const MONTHS: [&str; 21] = [
    "januar",
    "februar",
    "marts",
    "april",
    "maj",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "december",
    "january",
    "february",
    "march",
    "may",
    "june",
    "july",
    "october",
    "kvartal",
    "halvår",
];

/// Their abbreviations.
const SHORT: [&str; 14] =
    ["jan", "febr", "feb", "mar", "apr", "jun", "jul", "aug", "sept", "sep", "okt", "oct", "nov", "dec"];

/// What stands between the days of a span.
const BETWEEN: [&str; 11] = ["og", "til", "eller", "samt", "and", "to", "or", "-", "–", "—", "/"];

/// The words that are looked at: days of a span, then the month.
const WORDS: usize = 12;

/// Whether what follows a number and its full stop goes on as a date.
pub(crate) fn goes_on_as_date(rest: &str) -> bool {
    for word in rest.split_whitespace().take(WORDS) {
        let word = word.trim_end_matches([',', '.']);
        let name: String = word.chars().take_while(|character| character.is_alphabetic()).take(12).collect();
        let name = name.to_lowercase();
        if MONTHS.contains(&name.as_str()) || SHORT.contains(&name.as_str()) {
            return true;
        }
        let is_day = !word.is_empty() && word.len() <= 2 && word.bytes().all(|byte| byte.is_ascii_digit());
        if !is_day && !BETWEEN.contains(&word.to_lowercase().as_str()) {
            return false;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_known_in_both_languages_and_every_case() {
        for rest in [
            "december åbner",
            "DECEMBER",
            "Dec. 2026",
            "jan.",
            "og 2. maj",
            "- 3. June",
            "til 4. marts,",
            "og 3., juli",
        ] {
            assert!(goes_on_as_date(rest), "{rest}");
        }
        for rest in ["decembertræet", "", "Majbrit taler", "2. behandling", "Marie", "og så videre", "behandling i maj"]
        {
            assert!(!goes_on_as_date(rest), "{rest}");
        }
    }
}
