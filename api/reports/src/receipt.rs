//! The receipt of an answer, for its author.

use serde::Serialize;

use crate::{
    Error,
    characters::{MISSING, showable},
    lines::{Line, Room, are_long, line},
    typesetting,
};

/// What a receipt says. Texts are as people read them; times are written out.
#[derive(Debug, Clone)]
pub struct Receipt {
    /// Who holds the hearing: "Eksempel Kommune".
    pub holder: String,
    /// The hearing's title.
    pub hearing: String,
    /// The answer's number in the hearing.
    pub number: i32,
    /// What is worth knowing of it, each with its name: "Sendt" and "23. november 2026 kl. 14.05".
    pub facts: Vec<(String, String)>,
    /// What it says: the answer to the whole, then to single sections. None when it was withdrawn.
    pub parts: Vec<Part>,
    /// The names of its files.
    pub files: Vec<String>,
}

/// A piece of an answer.
#[derive(Debug, Clone)]
pub struct Part {
    /// What it answers: "Svar på hele høringen" or a section's title.
    pub heading: String,
    /// What it says, in plain text: lines, and empty lines between paragraphs.
    pub text: String,
}

impl Receipt {
    /// Whether setting it takes seconds rather than a moment: then it keeps those waiting whose receipts are short, unless
    /// it has a queue of its own.
    #[must_use]
    pub fn is_long(&self) -> bool {
        are_long(self.parts.iter().map(|part| part.text.as_str()))
    }
}

/// Sets a receipt as PDF/UA-1 in Danish. A text that would take absurdly long, which is longer than anything that people
/// write, ends where it becomes so, and the receipt says it.
///
/// # Errors
/// [`Error`], whatever the texts are, only for a mistake in this crate.
pub fn receipt(receipt: &Receipt) -> Result<Vec<u8>, Error> {
    typesetting::pdf(include_str!("receipt.typ"), &Data::from(receipt))
}

/// What the template reads.
#[derive(Debug, Serialize)]
struct Data {
    title: String,
    holder: String,
    hearing: Line,
    number: i32,
    facts: Vec<(String, Line)>,
    parts: Vec<Set>,
    files: Vec<Line>,
    /// What stands for a sign that cannot be shown, where there is one.
    missing: Option<char>,
    /// The texts were too much for it and end somewhere.
    cut: bool,
}

#[derive(Debug, Serialize)]
struct Set {
    heading: Line,
    paragraphs: Vec<Vec<Line>>,
}

impl From<&Receipt> for Data {
    fn from(receipt: &Receipt) -> Self {
        let mut missing = false;
        let mut shown = |text: &str| {
            let shown = showable(text).into_owned();
            missing |= shown.contains(MISSING) && !text.contains(MISSING);
            shown
        };
        let mut room = Room::default();
        let facts = receipt.facts.iter().map(|(name, value)| (shown(name), line(&shown(value)))).collect();
        let mut part =
            |part: &Part| Set { heading: line(&shown(&part.heading)), paragraphs: room.paragraphs(&shown(&part.text)) };
        let parts = receipt.parts.iter().map(&mut part).collect();
        let cut = room.is_used_up();
        let files = receipt.files.iter().map(|name| line(&shown(name))).collect();
        let (holder, title) = (shown(&receipt.holder), shown(&receipt.hearing));
        let hearing = line(&title);
        let missing = missing.then_some(MISSING);
        Self { title, holder, hearing, number: receipt.number, facts, parts, files, missing, cut }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn example(text: &str) -> Receipt {
        Receipt {
            holder: "Eksempel Kommune".to_owned(),
            hearing: "Fælles ledelse på Ørbyskolen og Åstrup Skole".to_owned(),
            number: 12,
            facts: vec![("Sendt".to_owned(), "23. november 2026 kl. 14.05".to_owned())],
            parts: vec![Part { heading: "Svar på hele høringen".to_owned(), text: text.to_owned() }],
            files: vec!["Referat fra MED-udvalget.pdf".to_owned()],
        }
    }

    #[test]
    fn the_same_receipt_is_the_same_file() {
        let made = receipt(&example("Vi bakker op.")).unwrap();
        assert!(made.starts_with(b"%PDF-1.7"));
        assert_eq!(receipt(&example("Vi bakker op.")).unwrap(), made);
        assert_ne!(receipt(&example("Vi er imod.")).unwrap(), made);
    }

    #[test]
    fn what_is_cut_is_said() {
        assert!(!Data::from(&example("Vi bakker op.")).cut);
        let part = Part { heading: "Et afsnit".to_owned(), text: "\u{fdfa}".repeat(50_000) };
        let data = Data::from(&Receipt { parts: vec![part; 3], ..example("") });
        assert!(data.cut);
        let all =
            [example("Vi bakker op.").parts, vec![Part { heading: String::new(), text: "\u{5d0}".repeat(9_000) }]];
        assert!(Receipt { parts: all.concat(), ..example("") }.is_long());
        assert!(!example("Vi bakker op.").is_long());
        // The sentence itself can be set.
        let cut = Data { cut: true, ..Data::from(&example("Vi bakker op.")) };
        assert!(typesetting::pdf(include_str!("receipt.typ"), &cut).is_ok());
    }

    /// Whatever people write is text to Typst, and every sign has a picture: PDF/UA takes nothing else.
    #[test]
    fn nothing_that_is_written_is_too_much() {
        let long = "Et langt svar om mange ting, som fylder en hel side og mere til.\n\n".repeat(300);
        let texts = [
            "",
            "= Ikke en overskrift\n#include \"/etc/passwd\" #panic(\"nej\") $x^2$ <label> @ref *fed* _kursiv_ `kode`",
            "\\u{0} \0 \u{7} \u{202e}baglæns\u{202c} 🏫 👩\u{200d}⚕\u{fe0f} 𝔘𝔫𝔦 שלום مرحبا 中文 e\u{301}\u{301}\u{301}",
            &"x".repeat(5_000),
            &format!("e{}", "\u{301}".repeat(5_000)),
            &"_".repeat(500),
            &"a\n\n".repeat(5_000),
            &long,
        ];
        for text in texts {
            let made = receipt(&Receipt { hearing: text.chars().take(120).collect(), ..example(text) });
            assert!(made.is_ok(), "{:?} of {:.60}", made.err(), text);
        }
    }
}
