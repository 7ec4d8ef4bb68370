//! Writes the answers, sent and unsent.

use std::collections::HashSet;

use chrono::{DateTime, TimeDelta, Utc};
use diesel::Insertable;
use diesel_async::RunQueryDsl;
use openapi::{
    drafts::SectionAnswer,
    ids::{AccountId, DraftId, HearingId, ResponseId},
    session::Capacity,
};
use serde_json::{Value, json};

use super::{
    Error,
    dice::Dice,
    hearings::Written,
    people::{Inhabitant, Town},
    sentences::{Sentences, Voice},
    times,
};
use crate::{
    catalogue,
    db::{
        Connection,
        schema::{draft, response},
    },
    responses::rules::{sender_as_shown, with_titles},
};

/// What everybody wrote.
#[derive(Debug, Default)]
pub(super) struct Answers {
    pub(super) sent: Vec<NewResponse>,
    pub(super) begun: Vec<NewDraft>,
}

/// An answer.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = response)]
pub(super) struct NewResponse {
    pub(super) id: ResponseId,
    pub(super) hearing_id: HearingId,
    draft_id: DraftId,
    number: i32,
    pub(super) author_id: AccountId,
    capacity: Capacity,
    sender: Option<String>,
    on_behalf_of: String,
    text: String,
    sections: Value,
    terms_version: &'static str,
    pub(super) sent_at: DateTime<Utc>,
}

/// An unsent answer.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = draft)]
pub(super) struct NewDraft {
    pub(super) id: DraftId,
    version: i64,
    pub(super) hearing_id: HearingId,
    pub(super) author_id: AccountId,
    text: String,
    sections: Value,
    on_behalf_of: String,
    pub(super) created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

/// Writes all answers.
pub(super) async fn write(
    conn: &mut Connection,
    town: &Town,
    hearings: &[Written],
    now: DateTime<Utc>,
) -> Result<Answers, Error> {
    let mut answers = Answers::default();
    for hearing in hearings {
        let mut dice = Dice::new(hearing.plan.name);
        let sentences = Sentences::new(hearing.plan.sentences);
        answers.sent.extend(sent(hearing, town, &sentences, now, &mut dice)?);
        answers.begun.extend(begun(hearing, town, &sentences, now, &mut dice)?);
    }
    diesel::insert_into(response::table).values(answers.sent.clone()).execute(conn).await?;
    diesel::insert_into(draft::table).values(answers.begun.clone()).execute(conn).await?;
    Ok(answers)
}

fn sent(
    hearing: &Written,
    town: &Town,
    sentences: &Sentences,
    now: DateTime<Utc>,
    dice: &mut Dice,
) -> Result<Vec<NewResponse>, Error> {
    let (Some(start), Some(deadline)) = (hearing.times.starts_at(), hearing.times.deadline_at()) else {
        return Ok(Vec::new());
    };
    let end = hearing.times.cancelled_at.unwrap_or(deadline).min(now);
    let authors = authors(hearing, town, dice)?;
    let moments = times::moments(authors.len(), start, end, dice);
    let mut said = HashSet::new();
    let answer = |(number, (author, sent_at)): (i32, (&Inhabitant, DateTime<Utc>))| {
        let words = Words::unlike(&mut said, || Words::new(hearing, town, author, sentences, dice));
        NewResponse {
            id: ResponseId::new(sent_at),
            hearing_id: hearing.id,
            draft_id: DraftId::new(sent_at),
            number,
            author_id: author.id,
            capacity: Capacity::Employee,
            sender: sender_as_shown(hearing.plan.respondent_shown, &author.name, Some(&author.department)),
            on_behalf_of: words.on_behalf_of,
            text: words.text,
            sections: json!(with_titles(words.sections, &hearing.sections)),
            terms_version: catalogue::response_terms_version(),
            sent_at,
        }
    };
    Ok((1..).zip(authors.into_iter().zip(moments)).map(answer).collect())
}

/// Who answered, in the order in which they did: those named, and others who may and are nobody one can be.
fn authors<'a>(hearing: &Written, town: &'a Town, dice: &mut Dice) -> Result<Vec<&'a Inhabitant>, Error> {
    let plan = hearing.plan;
    let of = |usernames: &[&str]| usernames.iter().map(|name| town.person(name)).collect::<Result<Vec<_>, Error>>();
    let mut authors = of(plan.answered_by)?;
    let mut others = of(plan.begun_by)?;
    for staff in [&[plan.owner][..], plan.co_owners, plan.case_workers, plan.reviewers] {
        others.extend(of(staff)?);
    }
    let invited = if plan.invitation_only { of(plan.invitees)? } else { town.people.iter().collect() };
    let may = |person: &&Inhabitant| {
        !person.is_offered && !authors.iter().chain(&others).any(|excluded| excluded.id == person.id)
    };
    let willing: Vec<&Inhabitant> = invited.into_iter().filter(may).collect();
    let missing = plan.answers.saturating_sub(authors.len());
    if willing.len() < missing {
        return Err(Error::Contradiction(format!("{} has more answers than people who may give one", plan.name)));
    }
    authors.extend(dice.shuffled(willing).into_iter().take(missing));
    Ok(dice.shuffled(authors))
}

fn begun(
    hearing: &Written,
    town: &Town,
    sentences: &Sentences,
    now: DateTime<Utc>,
    dice: &mut Dice,
) -> Result<Vec<NewDraft>, Error> {
    let draft = |username: &&str| {
        let author = town.person(username)?;
        let words = Words::new(hearing, town, author, sentences, dice);
        let last_moment = hearing.times.deadline_at().map_or(now, |deadline| deadline.min(now));
        let created_at = last_moment - TimeDelta::hours(20);
        Ok(NewDraft {
            id: DraftId::new(created_at),
            version: 5,
            hearing_id: hearing.id,
            author_id: author.id,
            text: format!("{}\n\nHusk at spørge de andre i {}, før jeg sender.", words.text, author.department)
                .trim_start()
                .to_owned(),
            sections: json!(words.sections),
            on_behalf_of: words.on_behalf_of,
            created_at,
            updated_at: created_at + TimeDelta::minutes(34),
        })
    };
    hearing.plan.begun_by.iter().map(draft).collect()
}

/// What somebody says to a hearing.
#[derive(Debug)]
struct Words {
    text: String,
    sections: Vec<SectionAnswer>,
    on_behalf_of: String,
}

impl Words {
    /// Words that nobody has written already, as far as there are enough sentences for that.
    fn unlike(said: &mut HashSet<String>, mut words: impl FnMut() -> Self) -> Self {
        let mut found = words();
        for _ in 0..50 {
            let to_sections = found.sections.iter().map(|answer| answer.text.as_str());
            if said.insert(std::iter::once(found.text.as_str()).chain(to_sections).collect()) {
                break;
            }
            found = words();
        }
        found
    }

    fn new(hearing: &Written, town: &Town, author: &Inhabitant, sentences: &Sentences, dice: &mut Dice) -> Self {
        let body = if dice.chance(12) { dice.pick(&town.bodies) } else { None };
        let voice = Voice { department: &author.department, speaks_for_others: body.is_some() };
        let text = sentences.answer(voice, dice);
        let mut sections = Vec::new();
        if dice.chance(30) {
            for (place, (section, _)) in hearing.sections.iter().enumerate() {
                if dice.chance(50)
                    && let Some(text) = sentences.to_section(place, voice, dice)
                {
                    sections.push(SectionAnswer { section: *section, text });
                }
            }
        }
        // Some have only something to say to a section.
        let text = if !sections.is_empty() && dice.chance(25) { String::new() } else { text };
        let on_behalf_of = body.map(|body| body.replace("{afdeling}", &author.department)).unwrap_or_default();
        Self { text, sections, on_behalf_of }
    }
}
