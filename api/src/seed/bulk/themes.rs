//! What hearings in bulk are about: the demonstration's themes, in other places and departments, at other lengths.

use crate::seed::{
    dice::Dice,
    markdown::Parts,
    plans::{PLANS, Plan},
    sentences::{Sentences, Voice, filled},
};
use openapi::hearings::Audience;

const TITLES: &str = include_str!("titles.md");
const PLACES: &str = include_str!("places.txt");
/// Sections that hearings about anything have.
const SECTIONS: &str = include_str!("sections.md");
/// Sentences that answers to anything are made of.
const ANSWERS: &str = include_str!("answers.md");

/// What stands below any title.
const LEAD: [&str; 3] = [
    "{Udvalget|Byrådet|Direktionen|Vi} har {lagt forslaget frem, så du kan svare på det|sendt forslaget i høring}, før \
     det bliver {vedtaget|besluttet|behandlet igen}.",
    "{Her kan du læse, hvad der ændrer sig, hvad det koster, og hvornår det sker.|Forslaget har betydning for mange, \
     og derfor vil vi gerne vide, hvad vi har overset.|Vi har prøvet at skrive kort; bilag og beregninger kan du bede \
     om hos kontaktpersonen.|Forslaget er en del af en større plan for de næste år.}",
    "{Alle svar bliver læst.|Skriv gerne kort.|Dit svar må gerne være kort.|Du kan svare på det hele eller på enkelte \
     afsnit.}",
];

/// What a hearing can be about.
#[derive(Debug)]
pub(super) struct Theme {
    pub(super) plan: &'static Plan,
    pub(super) sentences: Sentences,
    /// As the demonstration has it.
    text: Parts,
    titles: Vec<String>,
    sections: Vec<(String, Vec<String>)>,
}

/// All themes.
pub(super) fn all() -> Vec<Theme> {
    let (titles, sections) = (Parts::of(TITLES), Parts::of(SECTIONS));
    let owned = |bullets: Vec<&str>| bullets.into_iter().map(ToOwned::to_owned).collect::<Vec<_>>();
    let sections: Vec<_> =
        sections.parts.iter().map(|(title, _)| (title.clone(), owned(sections.bullets(title)))).collect();
    let theme = |plan: &'static Plan| Theme {
        plan,
        sentences: Sentences::new(&[plan.sentences, ANSWERS]),
        text: Parts::of(plan.text),
        titles: owned(titles.bullets(plan.name)),
        sections: sections.clone(),
    };
    PLANS.iter().map(theme).collect()
}

impl Theme {
    /// One of them: three in five are for everybody.
    pub(super) fn pick<'a>(themes: &'a [Self], dice: &mut Dice) -> Option<&'a Self> {
        let wanted = if dice.chance(60) { Audience::Public } else { Audience::Internal };
        let themes: Vec<&Self> = themes.iter().filter(|theme| theme.plan.audience == wanted).collect();
        dice.pick(&themes).copied()
    }

    /// Title, summary and one to a dozen sections.
    pub(super) fn text(&self, department: &str, dice: &mut Dice) -> Parts {
        let title = dice.pick(&self.titles).map(String::as_str).unwrap_or_default();
        let title = Self::written(title, department, dice);
        let mut parts = self.text.parts.clone();
        parts.retain(|(title, _)| title != "Konklusion");
        let own = 1 + dice.below(parts.len());
        parts.truncate(own);
        // Most texts are short; the longest take a while to read.
        let more = dice.below(self.sections.len() + 1).min(dice.below(self.sections.len() + 1));
        for (heading, paragraphs) in dice.sample(&self.sections, more) {
            parts.push((heading.clone(), Self::paragraphs(paragraphs, department, dice)));
        }
        let lead = LEAD.map(|sentence| Self::written(sentence, department, dice)).join(" ");
        Parts { title, lead, parts }
    }

    /// What came of it.
    pub(super) fn conclusion(&self, department: &str, dice: &mut Dice) -> String {
        let own = self.text.parts.iter().find(|(title, _)| title == "Konklusion").map(|(_, text)| text.clone());
        let [thanks, decision, next] = [
            "{Tak for svarene.|Tak for de mange svar.|Tak til alle, der har svaret.}",
            "{Udvalget|Byrådet|Hovedudvalget|Direktionen} har vedtaget forslaget {uden ændringer|med mindre ændringer|\
             med to ændringer, som flere af jer bad om}.",
            "{Ændringen træder i kraft til foråret.|Vi begynder efter ferien.|Forslaget bliver evalueret om et år.}",
        ]
        .map(|sentence| Self::written(sentence, department, dice));
        own.filter(|_| dice.chance(40)).unwrap_or_else(|| format!("{thanks} {decision}\n\n{next}"))
    }

    /// Some of a section's paragraphs, in their order.
    fn paragraphs(paragraphs: &[String], department: &str, dice: &mut Dice) -> String {
        let count = 1 + dice.below(paragraphs.len());
        let written: Vec<String> =
            paragraphs.iter().take(count).map(|paragraph| Self::written(paragraph, department, dice)).collect();
        written.join("\n\n").replace("\\n", "\n")
    }

    /// A text with its place, its number and its alternatives decided.
    fn written(text: &str, department: &str, dice: &mut Dice) -> String {
        let places: Vec<&str> = PLACES.lines().collect();
        let place = dice.pick(&places).copied().unwrap_or_default();
        let number = format!("{}.{:02}", 1 + dice.below(30), dice.below(100));
        let text = text.replace("{sted}", place).replace("{nr}", &number);
        filled(&text, Voice { department, speaks_for_others: false }, dice)
    }
}
