//! Lines that fit on the paper, and no more of them than can be set in a moment.

use serde::Serialize;
use unicode_normalization::char::is_combining_mark;

/// Characters from which on a word may be wider than the column, in whatever letters.
const LONG: usize = 30;

/// Characters of a long word that stay together.
const TOGETHER: usize = 10;

/// Lines of a document that are set as lines. Nobody writes more; each costs as much as many words.
const LINES: usize = 2_000;

/// A line as it is set.
pub(crate) type Line = Vec<Piece>;

/// A part of a line.
#[derive(Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub(crate) enum Piece {
    /// Words and the blanks between them: a new line may begin at each blank.
    Words(String),
    /// A word that is too long for a line, in pieces: a new line may begin at each.
    Long(Vec<String>),
}

/// A text as one line.
pub(crate) fn line(text: &str) -> Line {
    let mut pieces = Vec::new();
    let mut words = String::new();
    for word in text.split_inclusive(char::is_whitespace) {
        let letters = word.trim_end();
        if letters.chars().count() < LONG {
            words.push_str(word);
            continue;
        }
        if !words.is_empty() {
            pieces.push(Piece::Words(std::mem::take(&mut words)));
        }
        pieces.push(Piece::Long(apart(letters)));
        words.push_str(word.get(letters.len()..).unwrap_or_default());
    }
    if !words.is_empty() {
        pieces.push(Piece::Words(words));
    }
    pieces
}

/// A long word in pieces: after what parts it to the eye, else after some letters. An accent stays with its letter.
fn apart(word: &str) -> Vec<String> {
    let mut pieces = Vec::new();
    let mut piece = String::new();
    let mut length = 0;
    for letter in word.chars() {
        let parts = matches!(piece.chars().next_back(), Some('_' | '-' | '/' | '\\' | '.' | '@' | '&' | '=' | '?'));
        if (length >= TOGETHER || (parts && length >= TOGETHER / 2)) && !is_combining_mark(letter) {
            pieces.push(std::mem::take(&mut piece));
            length = 0;
        }
        piece.push(letter);
        length += 1;
    }
    pieces.push(piece);
    pieces
}

/// The lines that a document still has room for.
#[derive(Debug)]
pub(crate) struct Room(usize);

impl Default for Room {
    fn default() -> Self {
        Self(LINES)
    }
}

impl Room {
    /// A text as paragraphs of lines. Where there is no room for more of them, the rest runs on in one line, with `/` where
    /// a line ended: every word is there.
    pub(crate) fn paragraphs(&mut self, text: &str) -> Vec<Vec<Line>> {
        let mut paragraphs = Vec::new();
        let mut paragraph = Vec::new();
        let mut lines = text.lines().map(str::trim_end);
        while self.0 > 0
            && let Some(text) = lines.next()
        {
            if text.is_empty() {
                paragraphs.push(std::mem::take(&mut paragraph));
            } else {
                self.0 -= 1;
                paragraph.push(line(text));
            }
        }
        let rest: Vec<&str> = lines.filter(|line| !line.is_empty()).collect();
        if !rest.is_empty() {
            paragraph.push(line(&rest.join(" / ")));
        }
        paragraphs.push(paragraph);
        paragraphs.retain(|lines| !lines.is_empty());
        paragraphs
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(paragraphs: &[Vec<Line>]) -> Vec<Vec<String>> {
        let whole = |line: &Line| {
            let piece = |piece: &Piece| match piece {
                Piece::Words(words) => words.clone(),
                Piece::Long(pieces) => pieces.concat(),
            };
            line.iter().map(piece).collect::<String>()
        };
        paragraphs.iter().map(|lines| lines.iter().map(whole).collect()).collect()
    }

    #[test]
    fn lines_stay_lines_and_empty_ones_part_paragraphs() {
        assert_eq!(written(&Room::default().paragraphs("a\nb\n\n\n  c  \r\n")), [vec!["a", "b"], vec!["  c"]]);
        assert!(Room::default().paragraphs("\n \n").is_empty());
    }

    #[test]
    fn a_long_word_comes_apart_where_the_eye_parts_it() {
        let word = "Referat_fra_MED-udvalget_på_Ørbyskolen_2026.pdf";
        let Piece::Long(pieces) = &line(word)[0] else { panic!("it is long") };
        assert_eq!(pieces, &["Referat_", "fra_MED-", "udvalget_", "på_Ørbysko", "len_2026.", "pdf"]);
        assert_eq!(line("Et kort ord"), [Piece::Words("Et kort ord".to_owned())]);
        let around = format!("før {} efter", "x".repeat(LONG));
        assert_eq!(line(&around).len(), 3);
        assert_eq!(written(&[vec![line(&around)]]), [[around]]);
        let accents = "e\u{301}".repeat(LONG);
        let Piece::Long(pieces) = &line(&accents)[0] else { panic!("it is long") };
        assert!(pieces.iter().all(|piece| piece.starts_with('e')));
    }

    /// However a text is cut into lines: the work is bounded, and no word is lost.
    #[test]
    fn many_lines_run_on_and_no_word_is_lost() {
        let texts = ["a\n\n".repeat(16_600), "b\n".repeat(50_000)];
        let mut room = Room::default();
        let set: Vec<_> = texts.iter().flat_map(|text| written(&room.paragraphs(text))).collect();
        let lines: Vec<&String> = set.iter().flatten().collect();
        assert_eq!(lines.len(), LINES + 2);
        let letters = |letter| lines.iter().map(|line| line.matches(letter).count()).sum::<usize>();
        assert_eq!((letters('a'), letters('b')), (16_600, 50_000));
    }
}
