//! User names as they are found: folded here and nowhere else, so that the database and the throttle never take two
//! spellings for two names, or two names for one.

use unicode_normalization::UnicodeNormalization;

/// Characters that are not seen and that come with what is pasted.
const UNSEEN: [char; 6] = ['\u{200b}', '\u{200c}', '\u{200d}', '\u{2060}', '\u{feff}', '\u{ad}'];

/// A user name without what people do not tell apart: case, ways of composing a letter, widths, blanks around it.
///
/// Letters that look alike stay apart: `ı` is no `i`, and `å` is no `a`. The migration `known_devices` does the same once,
/// to the names that were there.
#[must_use]
pub fn fold(name: &str) -> String {
    // Letter by letter, because a whole word has another small sigma at its end.
    let lower = name.nfkc().filter(|letter| !UNSEEN.contains(letter)).flat_map(char::to_lowercase);
    let folded: String = lower.collect::<String>().replace('ß', "ss").replace('ς', "σ").nfkc().collect();
    folded.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_are_one() {
        for (name, spellings) in [
            ("astrid", ["ASTRID", " astrid ", "Astrid\u{a0}", "ast\u{200b}rid", "ａｓｔｒｉｄ"]),
            ("ærøskøbing", ["ÆRØSKØBING", "Ærøskøbing", "\tærøskøbing", "ærø\u{ad}skøbing", "ÆRØSKØBing"]),
            ("åse", ["Åse", "A\u{30a}se", "a\u{30a}SE", "\u{212b}se", "ÅSE"]),
            ("strasse", ["Straße", "STRASSE", "STRAẞE", "straße", " Strasse"]),
        ] {
            for spelling in spellings {
                assert_eq!(fold(spelling), name, "{spelling:?}");
            }
        }
    }

    #[test]
    fn names_that_only_look_alike_stay_apart() {
        for other in ["astrıd", "astrİd", "ASTRİD", "аstrid", "astríd"] {
            assert_ne!(fold(other), "astrid", "{other:?}");
        }
        assert_ne!(fold("ase"), fold("åse"));
    }
}
