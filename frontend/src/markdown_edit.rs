//! What the buttons of the Markdown toolbar do to a text: pure, so that it can be tested without a browser.

/// A button of the toolbar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    /// `**strong**`.
    Bold,
    /// `*emphasis*`.
    Italic,
    /// `### ` in front of the line.
    Heading,
    /// `- ` in front of each line.
    BulletList,
    /// `1. ` in front of each line.
    NumberedList,
    /// `[text](https://)`.
    Link,
}

impl Command {
    /// All, in the toolbar's order.
    pub const ALL: [Command; 6] =
        [Command::Bold, Command::Italic, Command::Heading, Command::BulletList, Command::NumberedList, Command::Link];
}

/// A text and what is selected in it, in characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edited {
    /// The text.
    pub text: String,
    /// Where the selection starts.
    pub start: usize,
    /// Where it ends; the same as the start when nothing is selected.
    pub end: usize,
}

/// Does what a button does to a text and its selection. Positions outside the text are taken as its end.
pub fn apply(command: Command, text: &str, start: usize, end: usize) -> Edited {
    let characters: Vec<char> = text.chars().collect();
    let start = start.min(characters.len());
    let end = end.clamp(start, characters.len());
    match command {
        Command::Bold => wrap(&characters, start, end, "**", "**"),
        Command::Italic => wrap(&characters, start, end, "*", "*"),
        Command::Link => wrap(&characters, start, end, "[", "](https://)"),
        Command::Heading => prefix(&characters, start, end, |_| "### ".to_owned()),
        Command::BulletList => prefix(&characters, start, end, |_| "- ".to_owned()),
        Command::NumberedList => prefix(&characters, start, end, |line| format!("{}. ", line + 1)),
    }
}

fn wrap(text: &[char], start: usize, end: usize, before: &str, after: &str) -> Edited {
    let (head, rest) = text.split_at(start);
    let (selected, tail) = rest.split_at(end - start);
    let shift = before.chars().count();
    Edited {
        text: head
            .iter()
            .copied()
            .chain(before.chars())
            .chain(selected.iter().copied())
            .chain(after.chars())
            .chain(tail.iter().copied())
            .collect(),
        start: start + shift,
        end: end + shift,
    }
}

fn prefix(text: &[char], start: usize, end: usize, sign: impl Fn(usize) -> String) -> Edited {
    let (head, _) = text.split_at(start);
    let line_start = head.iter().rposition(|character| *character == '\n').map_or(0, |at| at + 1);
    let (before, rest) = text.split_at(line_start);
    let (lines, tail) = rest.split_at(end - line_start);
    let lines: String = lines.iter().collect();
    let marked: Vec<String> =
        lines.split('\n').enumerate().map(|(index, line)| format!("{}{line}", sign(index))).collect();
    let marked = marked.join("\n");
    let added = marked.chars().count() - lines.chars().count();
    let first = sign(0).chars().count();
    Edited {
        text: before.iter().copied().chain(marked.chars()).chain(tail.iter().copied()).collect(),
        start: start + first,
        end: end + added,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_selection_is_wrapped_and_stays_selected() {
        let edited = apply(Command::Bold, "Blå bøger", 4, 9);
        assert_eq!(edited, Edited { text: "Blå **bøger**".into(), start: 6, end: 11 });
        let edited = apply(Command::Link, "👩‍⚕️x", 4, 5);
        assert_eq!(edited.text, "👩‍⚕️[x](https://)");
    }

    #[test]
    fn every_selected_line_gets_its_sign() {
        let edited = apply(Command::NumberedList, "et\nto\ntre", 4, 9);
        assert_eq!(edited.text, "et\n1. to\n2. tre");
        assert_eq!(apply(Command::Heading, "", 0, 0).text, "### ");
        assert_eq!(apply(Command::BulletList, "a\nb", 0, 3).text, "- a\n- b");
    }

    #[test]
    fn positions_outside_the_text_are_its_end() {
        assert_eq!(apply(Command::Italic, "a", 7, 3).text, "a**");
    }
}
