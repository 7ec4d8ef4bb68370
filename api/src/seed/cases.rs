//! Hearings to be written, each with everybody who has to do with it: what the demonstration's plans and the bulk's
//! chance come down to.

use openapi::hearings::{Audience, RespondentShown, ResponsesShown};

use super::{
    Error,
    dice::Dice,
    markdown::Parts,
    people::{Inhabitant, Town},
    plans::{Life, Plan},
    sentences::Sentences,
};

/// A hearing to be written.
#[derive(Debug)]
pub(super) struct Case<'a> {
    /// Its dice fall by it.
    pub(super) name: String,
    /// Title, summary and sections.
    pub(super) text: Parts,
    pub(super) conclusion: Option<String>,
    /// What answers to it are made of.
    pub(super) sentences: &'a Sentences,
    pub(super) audience: Audience,
    pub(super) invitation_only: bool,
    pub(super) responses_shown: ResponsesShown,
    pub(super) respondent_shown: RespondentShown,
    pub(super) life: Life,
    /// The responsible owner.
    pub(super) owner: &'a Inhabitant,
    pub(super) co_owners: Vec<&'a Inhabitant>,
    pub(super) case_workers: Vec<&'a Inhabitant>,
    pub(super) reviewers: Vec<&'a Inhabitant>,
    pub(super) invitees: Vec<&'a Inhabitant>,
    /// Who answers it, first to last, once each.
    pub(super) authors: Vec<&'a Inhabitant>,
    /// Who has begun an answer and not sent it.
    pub(super) begun_by: Vec<&'a Inhabitant>,
    /// Whether a few of the answers are several pages long.
    pub(super) has_statements: bool,
    /// Documents by title and file name.
    pub(super) documents: &'static [(&'static str, &'static str)],
    /// A picture by file name, content and the words for those who do not see it.
    pub(super) picture: Option<(&'static str, &'static [u8], &'static str)>,
}

impl<'a> Case<'a> {
    /// What a plan of the demonstration says.
    pub(super) fn of(plan: &Plan, town: &'a Town, sentences: &'a Sentences) -> Result<Self, Error> {
        let people = |usernames: &[&str]| usernames.iter().map(|name| town.person(name)).collect::<Result<Vec<_>, _>>();
        let mut text = Parts::of(plan.text);
        let case = Self {
            name: plan.name.to_owned(),
            conclusion: text.take("Konklusion"),
            text,
            sentences,
            audience: plan.audience,
            invitation_only: plan.invitation_only,
            responses_shown: plan.responses_shown,
            respondent_shown: plan.respondent_shown,
            life: plan.life,
            owner: town.person(plan.owner)?,
            co_owners: people(plan.co_owners)?,
            case_workers: people(plan.case_workers)?,
            reviewers: people(plan.reviewers)?,
            invitees: people(plan.invitees)?,
            authors: people(plan.answered_by)?,
            begun_by: people(plan.begun_by)?,
            has_statements: false,
            documents: plan.documents,
            picture: plan.picture,
        };
        case.joined_by_others(town, plan.answers)
    }

    /// The same with so many authors: those named, and others who may and are nobody one can be.
    fn joined_by_others(mut self, town: &'a Town, answers: usize) -> Result<Self, Error> {
        let mut dice = Dice::new(&self.name);
        let missing = answers.saturating_sub(self.authors.len());
        let invited: Vec<&Inhabitant> =
            if self.invitation_only { self.invitees.clone() } else { town.people.iter().collect() };
        let may = |person: &&Inhabitant| !person.is_offered && self.is_free(person);
        let willing: Vec<&Inhabitant> = invited.into_iter().filter(may).collect();
        if willing.len() < missing {
            let sentence = format!("{} has more answers than people who may give one", self.name);
            return Err(Error::Contradiction(sentence));
        }
        self.authors.extend(dice.shuffled(willing).into_iter().take(missing));
        self.authors = dice.shuffled(self.authors);
        Ok(self)
    }

    /// Whether somebody neither works on the hearing nor has given or begun an answer to it.
    pub(super) fn is_free(&self, person: &Inhabitant) -> bool {
        let staff = [&self.co_owners, &self.case_workers, &self.reviewers].into_iter().flatten();
        let answering = [&self.authors, &self.begun_by].into_iter().flatten();
        self.owner.id != person.id && staff.chain(answering).all(|other| other.id != person.id)
    }
}
