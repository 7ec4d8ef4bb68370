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
    in_parts,
    people::{Inhabitant, Town},
    sentences::Voice,
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

/// Writes the answers to hearings.
pub(super) async fn write(
    conn: &mut Connection,
    town: &Town,
    hearings: &[Written<'_>],
    now: DateTime<Utc>,
) -> Result<Answers, Error> {
    let mut answers = Answers::default();
    for hearing in hearings {
        let mut dice = Dice::new(&hearing.case.name);
        answers.sent.extend(sent(hearing, town, now, &mut dice));
        answers.begun.extend(begun(hearing, town, now, &mut dice));
    }
    let insert =
        async |conn: &mut Connection, part| diesel::insert_into(response::table).values(part).execute(conn).await;
    in_parts(conn, answers.sent.clone(), insert).await?;
    let insert = async |conn: &mut Connection, part| diesel::insert_into(draft::table).values(part).execute(conn).await;
    in_parts(conn, answers.begun.clone(), insert).await?;
    Ok(answers)
}

fn sent(hearing: &Written<'_>, town: &Town, now: DateTime<Utc>, dice: &mut Dice) -> Vec<NewResponse> {
    let case = hearing.case;
    let (Some(start), Some(deadline)) = (hearing.times.starts_at(), hearing.times.deadline_at()) else {
        return Vec::new();
    };
    let end = hearing.times.cancelled_at.unwrap_or(deadline).min(now);
    let moments = times::moments(case.authors.len(), start, end, dice);
    let mut said = HashSet::new();
    let answer = |(number, (author, sent_at)): (i32, (&&Inhabitant, DateTime<Utc>))| {
        let words = Words::unlike(&mut said, || Words::new(hearing, town, author, dice));
        NewResponse {
            id: ResponseId::new(sent_at),
            hearing_id: hearing.id,
            draft_id: DraftId::new(sent_at),
            number,
            author_id: author.id,
            capacity: Capacity::Employee,
            sender: sender_as_shown(case.respondent_shown, &author.name, Some(&author.department)),
            on_behalf_of: words.on_behalf_of,
            text: words.text,
            sections: json!(with_titles(words.sections, &hearing.sections)),
            terms_version: catalogue::response_terms_version(),
            sent_at,
        }
    };
    (1..).zip(case.authors.iter().zip(moments)).map(answer).collect()
}

fn begun(hearing: &Written<'_>, town: &Town, now: DateTime<Utc>, dice: &mut Dice) -> Vec<NewDraft> {
    let last_moment = hearing.times.deadline_at().map_or(now, |deadline| deadline.min(now));
    let created_at = last_moment - TimeDelta::hours(20);
    let draft = |author: &&Inhabitant| {
        let words = Words::new(hearing, town, author, dice);
        NewDraft {
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
        }
    };
    hearing.case.begun_by.iter().map(draft).collect()
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

    fn new(hearing: &Written<'_>, town: &Town, author: &Inhabitant, dice: &mut Dice) -> Self {
        let sentences = hearing.case.sentences;
        let body = if dice.chance(12) { dice.pick(&town.bodies) } else { None };
        let voice = Voice { department: &author.department, speaks_for_others: body.is_some() };
        let is_statement = hearing.case.has_statements && dice.chance(8);
        let text = if is_statement { sentences.statement(voice, dice) } else { sentences.answer(voice, dice) };
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
