//! Whole numbers with the language's thousands separator: 1.234.567 in Danish, 1,234,567 in English.

use fluent_bundle::{FluentValue, memoizer::MemoizerKind};

use super::Language;

/// `number` with separators between groups of three digits.
pub fn format_number(language: Language, number: i64) -> String {
    let separator = match language {
        Language::Da => '.',
        Language::En => ',',
    };
    let digits = number.unsigned_abs().to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if number < 0 {
        text.push('-');
    }
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            text.push(separator);
        }
        text.push(digit);
    }
    text
}

/// A file's size as people say it: 512 B, 38 kB, 1,4 MB.
pub fn format_size(language: Language, bytes: u64) -> String {
    const KILO: u64 = 1024;
    const MEGA: u64 = KILO * KILO;
    match bytes {
        ..KILO => format!("{bytes} B"),
        // What would round to a thousand of them is said in the larger unit.
        KILO..999_500 => format!("{} kB", (bytes + KILO / 2) / KILO),
        _ => {
            let tenths = i64::try_from((bytes * 10 + MEGA / 2) / MEGA).unwrap_or(i64::MAX);
            let separator = match language {
                Language::Da => ',',
                Language::En => '.',
            };
            let whole = format_number(language, tenths / 10);
            match tenths % 10 {
                0 => format!("{whole} MB"),
                tenth => format!("{whole}{separator}{tenth} MB"),
            }
        }
    }
}

pub(super) fn danish_value<M: MemoizerKind>(value: &FluentValue<'_>, _: &M) -> Option<String> {
    format_value(Language::Da, value)
}

pub(super) fn english_value<M: MemoizerKind>(value: &FluentValue<'_>, _: &M) -> Option<String> {
    format_value(Language::En, value)
}

fn format_value(language: Language, value: &FluentValue<'_>) -> Option<String> {
    match value {
        FluentValue::Number(number) => Some(format_number(language, number.value as i64)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_said_in_the_unit_that_fits() {
        let danish = |bytes| format_size(Language::Da, bytes);
        assert_eq!(danish(0), "0 B");
        assert_eq!(danish(1023), "1023 B");
        assert_eq!(danish(1024), "1 kB");
        assert_eq!(danish(38_500), "38 kB");
        assert_eq!(danish(999_499), "976 kB");
        assert_eq!(danish(1_048_576), "1 MB");
        assert_eq!(danish(1_500_000), "1,4 MB");
        assert_eq!(format_size(Language::En, 1_500_000), "1.4 MB");
        assert_eq!(danish(10 * 1_048_576), "10 MB");
    }

    #[test]
    fn groups_of_three_digits_are_separated() {
        let danish = |number| format_number(Language::Da, number);
        assert_eq!(danish(0), "0");
        assert_eq!(danish(999), "999");
        assert_eq!(danish(1000), "1.000");
        assert_eq!(danish(1_234_567), "1.234.567");
        assert_eq!(danish(-12_345), "-12.345");
        assert_eq!(format_number(Language::En, 1_234_567), "1,234,567");
        assert_eq!(danish(i64::MIN), "-9.223.372.036.854.775.808");
    }
}
