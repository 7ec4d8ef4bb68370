//! Answers made of written sentences. A sentence may hold alternatives, `{sådan|eller sådan}`, and `{afdeling}` for the
//! department of whoever answers.

use super::{dice::Dice, markdown::Parts};

/// What all hearings' answers begin and end with.
const SHARED: &str = include_str!("demo/answers/faelles.md");

/// What answers to one hearing are made of.
#[derive(Debug)]
pub(super) struct Sentences {
    shared: Parts,
    themes: Vec<Parts>,
}

/// Who answers, as far as the words depend on it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Voice<'a> {
    pub(super) department: &'a str,
    /// Whether he speaks for others: then nobody says "I".
    pub(super) speaks_for_others: bool,
}

impl Sentences {
    /// Those of a hearing: of its own theme, and of whatever else it may be about.
    pub(super) fn new(themes: &[&str]) -> Self {
        Self { shared: Parts::of(SHARED), themes: themes.iter().copied().map(Parts::of).collect() }
    }

    /// An answer to the hearing as a whole: from one line to several paragraphs.
    pub(super) fn answer(&self, voice: Voice<'_>, dice: &mut Dice) -> String {
        let (stance, opening) = match dice.below(10) {
            0..=4 => ("For", "Åbning for"),
            5..=7 => ("Imod", "Åbning imod"),
            _ => ("Forslag", "Åbning neutral"),
        };
        let (opening, closing) =
            if voice.speaks_for_others { ("Åbning på vegne", "Slut på vegne") } else { (opening, "Slut") };
        let mut proposals = self.points("Forslag", voice, dice);
        let points = match self.points(stance, voice, dice) {
            points if points.is_empty() => proposals.clone(),
            points => points,
        };
        proposals.retain(|proposal| !points.contains(proposal));
        let paragraphs = match dice.below(10) {
            0 | 1 => vec![take(&points, 1)],
            2 | 3 => vec![take(&points, 2)],
            4 | 5 => vec![self.shared_line(opening, dice), take(&points, 1), take(&proposals, 1)],
            6 | 7 => vec![self.shared_line(opening, dice), take(&points, 2), self.shared_line(closing, dice)],
            _ => {
                let mut paragraphs = vec![self.shared_line(opening, dice)];
                paragraphs.extend(points.iter().take(3).cloned());
                paragraphs.extend([take(&proposals, 2), self.shared_line(closing, dice)]);
                paragraphs
            }
        };
        let said: Vec<String> = paragraphs.into_iter().filter(|paragraph| !paragraph.is_empty()).collect();
        said.iter().map(|paragraph| filled(paragraph, voice, dice)).collect::<Vec<_>>().join("\n\n")
    }

    /// A statement as organisations give them: several pages under headings.
    pub(super) fn statement(&self, voice: Voice<'_>, dice: &mut Dice) -> String {
        let parts = 3 + dice.below(18);
        let part = |number: usize| format!("## {number}. bemærkning\n\n{}", self.answer(voice, dice));
        (1..=parts).map(part).collect::<Vec<_>>().join("\n\n")
    }

    /// Answers to some of the sections, by their places; `None` for a hearing without such sentences.
    pub(super) fn to_section(&self, place: usize, voice: Voice<'_>, dice: &mut Dice) -> Option<String> {
        let said = self.points(&format!("Afsnit {}", place + 1), voice, dice);
        said.first().map(|sentence| filled(sentence, voice, dice))
    }

    fn points(&self, heading: &str, voice: Voice<'_>, dice: &mut Dice) -> Vec<String> {
        let bullets = self.themes.iter().flat_map(|theme| theme.bullets(heading));
        dice.shuffled(
            bullets.filter(|line| !(voice.speaks_for_others && is_personal(line))).map(ToOwned::to_owned).collect(),
        )
    }

    fn shared_line(&self, heading: &str, dice: &mut Dice) -> String {
        dice.pick(&self.shared.bullets(heading)).map(ToString::to_string).unwrap_or_default()
    }
}

fn take(sentences: &[String], count: usize) -> String {
    sentences.iter().take(count).map(String::as_str).collect::<Vec<_>>().join(" ")
}

/// Whether somebody speaks of himself.
fn is_personal(line: &str) -> bool {
    let mut words = line.split(|character: char| !character.is_alphanumeric());
    words.any(|word| ["jeg", "mig", "min", "mit", "mine"].contains(&word.to_lowercase().as_str()))
}

/// A sentence with its alternatives decided.
pub(super) fn filled(sentence: &str, voice: Voice<'_>, dice: &mut Dice) -> String {
    let mut said = String::new();
    let mut rest = sentence;
    while let Some((before, (choice, after))) =
        rest.split_once('{').and_then(|(before, behind)| Some((before, behind.split_once('}')?)))
    {
        said.push_str(before);
        let alternatives: Vec<&str> = choice.split('|').collect();
        said.push_str(match alternatives.as_slice() {
            ["afdeling"] => voice.department,
            alternatives => dice.pick(alternatives).copied().unwrap_or_default(),
        });
        rest = after;
    }
    said.push_str(rest);
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    const VOICE: Voice<'_> = Voice { department: "Borgerservice", speaks_for_others: true };

    #[test]
    fn alternatives_are_decided_and_the_department_is_put_in() {
        let said = filled("Hos {afdeling} er det {godt|skidt}.", VOICE, &mut Dice::new("x"));
        assert!(
            ["Hos Borgerservice er det godt.", "Hos Borgerservice er det skidt."].contains(&said.as_str()),
            "{said}"
        );
    }

    #[test]
    fn whoever_speaks_for_others_does_not_say_i() {
        let sentences = Sentences::new(&["## For\n\n- Jeg er glad.\n- Vi er glade.\n"]);
        let mut dice = Dice::new("x");
        let said: String = (0..50).map(|_| sentences.answer(VOICE, &mut dice)).collect();
        assert!(!said.contains("Jeg er glad"), "{said}");
    }
}
