//! What people paste, and what stays of it.

use proptest::prelude::*;

use super::*;

fn many(text: &str) -> String {
    clean(text, Lines::Many).into_owned()
}

fn one(text: &str) -> String {
    clean(text, Lines::One).into_owned()
}

#[test]
fn every_line_break_is_one() {
    for line_break in ["\n", "\r\n", "\r", "\u{B}", "\u{C}", "\u{E}", "\u{85}", "\u{2028}", "\u{2029}"] {
        assert_eq!(many(&format!("a{line_break}b")), "a\nb", "{line_break:?}");
        assert_eq!(one(&format!("a{line_break}b")), "a b", "{line_break:?}");
    }
    assert_eq!(many("a\n\r\n\r\rb"), "a\n\n\n\nb");
    assert_eq!(many("a\tb"), "a\tb");
    assert_eq!(one("a\tb"), "a b");
}

#[test]
fn what_word_and_pdf_readers_hide_goes_or_becomes_what_it_stands_for() {
    for (pasted, meant) in [
        ("kommu\u{2}nen", "kommunen"),
        ("a\0b\u{1}\u{8}\u{10}\u{1B}\u{7F}c", "abc"),
        ("celle\u{7}celle", "celle\tcelle"),
        ("e\u{1E}mail", "e\u{2011}mail"),
        ("det er Mettes\u{92} \u{93}svar\u{94} \u{96} ja\u{85}", "det er Mettes’ “svar” – ja…"),
        ("\u{80} 100\u{81}\u{8D}\u{9D}", "€ 100"),
        ("\u{F0B7} et\n\u{F0A7} to \u{F0E0} tre \u{F0FC}", "• et\n▪ to → tre ✓"),
        ("\u{E000}\u{F8FF}\u{F0000}\u{10FFFD}x", "x"),
        ("\u{FEFF}a\u{200B}b\u{2060}c\u{FFFC}", "abc"),
        ("\u{202E}fdp.exe\u{202C} \u{2066}a\u{2069}", "fdp.exe a"),
        ("a\u{FFFE}b\u{FFFF}c\u{FDD0}d\u{1FFFE}e\u{10FFFF}f", "abcdef"),
        ("\u{3164}\u{FFA0}\u{115F}", ""),
        ("tal\u{200E} og \u{200F}ord", "tal og ord"),
        ("a\u{FE0F}b\u{200D}c\u{200C}d\u{E0101}\u{E0067}", "abcd"),
    ] {
        assert_eq!(many(pasted), meant, "{pasted:?}");
    }
}

#[test]
fn letters_are_composed_whatever_stood_between() {
    assert_eq!(many("Aa\u{30A}lborg A\u{30A}, o\u{308}, e\u{301}"), "Aålborg Å, ö, é");
    assert_eq!(many("a\u{200B}\u{30A} a\u{200D}\u{30A} a\u{FEFF}\u{30A}"), "å å å");
    assert_eq!(many("\u{212B}"), "Å");
}

#[test]
fn nothing_that_can_be_seen_is_changed() {
    for text in [
        "Blåbærgrød ÆØÅ é ß\n\t» « „“ – — … € § ½ ☑ \u{A0}10\u{202F}000 100 % <b> 𝒳 ﬁ ² Ω �",
        "👩‍⚕️ 👨‍👩‍👧‍👦 ❤️ ❤️‍🔥 1️⃣ #️⃣ ©️ 🇩🇰 👍🏽 👩🏽‍🚒 🏳️‍🌈 ☺︎",
        "🏴󠁧󠁢󠁥󠁮󠁧󠁿 🏴󠁧󠁢󠁳󠁣󠁴󠁿",
        "می‌خواهم نمی‌دانم",
        "क्‍ष क्‌ष ශ්‍රී",
        "שלום\u{200F} (abc)\u{200E} مرحبا\u{61C}",
        "葛\u{E0100} ᠠ\u{180B}",
        "politik\u{AD}udvalget",
        "中文 한국어 日本語 ไทย",
    ] {
        assert_eq!(many(text), text);
    }
}

#[test]
fn joiners_and_tags_stay_only_where_they_do_something() {
    assert_eq!(many("👩\u{200D}"), "👩");
    assert_eq!(many("می\u{200C}\u{200C}\u{200D}خ"), "می\u{200C}خ");
    assert_eq!(many("🏴\u{E0067}\u{E0062}x"), "🏴x");
    assert_eq!(many(&format!("🏴{}\u{E007F}", "\u{E0067}".repeat(50))), "🏴");
    assert_eq!(many("❤\u{FE0F}\u{FE0F}\u{FE0E}"), "❤\u{FE0F}");
}

#[test]
fn what_is_searched_and_what_is_a_name_have_no_soft_hyphens() {
    assert_eq!(searched("politik\u{AD}udvalg\u{A0}2\u{B}\u{200B}a\u{30A}"), "politikudvalg 2 å");
    assert_eq!(name(" Bla\u{30A}\u{200B}b\u{AD}ær.pdf\u{FEFF}\n"), "Blåbær.pdf");
}

#[test]
fn what_shows_nothing_is_blank() {
    for blank in ["", " \n\t\u{A0}", "\u{AD}", "\u{200F}\u{FE0F}"] {
        assert!(is_blank(blank), "{blank:?}");
    }
    assert!(!is_blank("\u{AD}a") && !is_blank("👩"));
}

#[test]
fn a_length_is_that_of_the_clean_text() {
    assert_eq!(length("a\u{30A}\u{200B}\r\nb", Lines::Many), 3);
}

#[test]
fn what_needs_no_cleaning_is_not_copied() {
    assert!(matches!(clean("Blåbærgrød – »ja«\n\t…", Lines::Many), Cow::Borrowed(_)));
}

fn nasty() -> impl Strategy<Value = String> {
    let special = prop::sample::select(vec![
        '\u{200D}',
        '\u{200C}',
        '\u{FE0F}',
        '\u{FE0E}',
        '\u{30A}',
        '\u{301}',
        'a',
        'ک',
        'क',
        '\u{94D}',
        '👩',
        '❤',
        '🏴',
        '\u{E0067}',
        '\u{E0062}',
        '\u{E0065}',
        '\u{E007F}',
        '\u{200F}',
        '\u{85}',
        '\u{92}',
        '\r',
        '\n',
        '\u{2126}',
        '\u{115F}',
        '\u{1160}',
        '\u{1100}',
        '\u{1161}',
        '葛',
        '\u{E0100}',
        'ᠠ',
        '\u{180B}',
        '\u{F0B7}',
        '\u{20E3}',
        '1',
        ' ',
    ]);
    prop::collection::vec(prop_oneof![3 => special, 1 => any::<char>()], 0..24)
        .prop_map(|characters| characters.into_iter().collect())
}

proptest! {
    #[test]
    fn cleaning_twice_is_cleaning_once(text in nasty()) {
        for lines in [Lines::One, Lines::Many] {
            let once = clean(&text, lines).into_owned();
            prop_assert_eq!(clean(&once, lines), once.as_str());
            prop_assert!(once.chars().all(|character| !character.is_control() || matches!(character, '\n' | '\t')));
        }
    }
}

#[test]
fn an_address_needs_both_sides() {
    assert!(looks_like_email("mette.sørensen@kommune.dk"));
    for wrong in ["", "a", "a@", "@b.dk", "a@b", "a b@c.dk", "a@b@c.dk", "a@b..dk", "a@.dk"] {
        assert!(!looks_like_email(wrong), "{wrong}");
    }
}
