//! Lines that fit on the paper, and no more of them than can be set in a moment.

use serde::Serialize;
use unicode_normalization::char::is_combining_mark;

/// Characters from which on a word may be wider than the column, in whatever letters.
const LONG: usize = 30;

/// Characters of a long word that stay together.
const TOGETHER: usize = 10;

/// Lines of a document that are set as lines. Nobody writes more; each costs as much as many words.
const LINES: usize = 2_000;

/// What the text of a document may weigh: a plain letter weighs 1, and what takes so many times as long to set that much.
/// The most that can be sent in Danish fits in, and so does the whole answer to a hearing in any script.
const WEIGHT: usize = 1_600_000;

/// What a text weighs from which on setting it takes seconds. Hardly any that a person writes.
const LONG_TEXT: usize = 100_000;

/// What a line weighs beside its letters; one that begins a paragraph twice that.
const LINE: usize = 20;

/// What a letter weighs that is neither Latin, Greek nor Cyrillic: such letters are joined, run in the other direction, or
/// stand for a whole sentence each.
const OTHER_LETTER: usize = 16;

fn weight(letter: char) -> usize {
    match letter {
        '\n' => LINE,
        '\0'..'\u{590}' => 1,
        _ => OTHER_LETTER,
    }
}

/// Whether setting these texts takes seconds.
pub(crate) fn are_long<'a>(texts: impl IntoIterator<Item = &'a str>) -> bool {
    texts.into_iter().flat_map(str::chars).map(weight).sum::<usize>() > LONG_TEXT
}

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

/// What a document still has room for.
#[derive(Debug)]
pub(crate) struct Room {
    lines: usize,
    weight: usize,
    is_used_up: bool,
}

impl Default for Room {
    fn default() -> Self {
        Self { lines: LINES, weight: WEIGHT, is_used_up: false }
    }
}

impl Room {
    /// Whether something found no room.
    pub(crate) fn is_used_up(&self) -> bool {
        self.is_used_up
    }

    /// A text as paragraphs of lines. Where there is no room for more of them, the rest runs on in one line, with `/` where
    /// a line ended: every word is there. A text that is too heavy ends where it becomes so.
    pub(crate) fn paragraphs(&mut self, text: &str) -> Vec<Vec<Line>> {
        let mut paragraphs = Vec::new();
        let mut paragraph = Vec::new();
        let mut lines = text.lines().map(str::trim_end);
        while self.lines > 0
            && let Some(text) = lines.next()
        {
            if text.is_empty() {
                paragraphs.push(std::mem::take(&mut paragraph));
            } else {
                self.lines -= 1;
                let text = self.lift(text, LINE);
                if !text.is_empty() {
                    paragraph.push(line(text));
                }
            }
        }
        let rest: Vec<&str> = lines.filter(|line| !line.is_empty()).collect();
        if !rest.is_empty() {
            paragraph.push(line(self.lift(&rest.join(" / "), LINE)));
        }
        paragraphs.push(paragraph);
        paragraphs.retain(|lines| !lines.is_empty());
        paragraphs
    }

    /// As much of a text as there is room for, with something beside it.
    fn lift<'a>(&mut self, text: &'a str, beside: usize) -> &'a str {
        self.weight = self.weight.saturating_sub(beside);
        let heavy = text.char_indices().find(|(_, letter)| match self.weight.checked_sub(weight(*letter)) {
            Some(left) => {
                self.weight = left;
                false
            }
            None => true,
        });
        let Some((end, _)) = heavy else { return text };
        self.is_used_up = true;
        // Nothing lighter slips in behind it.
        self.weight = 0;
        text.get(..end).unwrap_or_default()
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
    /// The most that can be sent in plain letters, and a whole answer in any others, has room; more does not, and says so.
    #[test]
    fn what_is_too_heavy_ends_where_it_becomes_so() {
        let mut room = Room::default();
        let prose = "Vi er imod, og det har vi været længe. ".repeat(500);
        (0..55).for_each(|_| drop(room.paragraphs(&prose)));
        assert!(!room.is_used_up());
        let other = "\u{fdfa}".repeat(50_000);
        let mut room = Room::default();
        let letters = |set: Vec<Vec<Line>>| written(&set).concat().concat().matches('\u{fdfa}').count();
        assert_eq!(letters(room.paragraphs(&other)), 50_000);
        assert!(!room.is_used_up());
        let more = letters(room.paragraphs(&other)) + letters(room.paragraphs(&other));
        assert_eq!(more, (WEIGHT - 50_000 * OTHER_LETTER - 2 * LINE) / OTHER_LETTER);
        assert!(room.is_used_up());
        assert!(room.paragraphs("mere").is_empty(), "nothing comes behind what was cut");
    }

    #[test]
    fn what_takes_seconds_is_known_before_it_is_set() {
        let prose = "Vi er imod, og det har vi været længe.\n\n".repeat(1_000);
        assert!(!are_long([prose.as_str()]));
        assert!(are_long([prose.as_str(); 2]));
        for text in ["a\n\n".repeat(16_600), "\u{fdfa}".repeat(49_000)] {
            assert!(are_long([text.as_str()]));
        }
    }
}
