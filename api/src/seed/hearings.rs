//! Writes the hearings with their sections and people.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use diesel::Insertable;
use diesel_async::RunQueryDsl;
use openapi::{
    hearings::{Audience, HearingRole, RespondentShown, ResponsesShown},
    ids::{AccountId, HearingId, RoleId, SectionId},
    time,
};

use super::{
    Error,
    cases::Case,
    dice::Dice,
    in_parts,
    people::Inhabitant,
    plans::{End, Life},
    times,
};
use crate::{
    db::{
        Connection,
        schema::{hearing, hearing_role, hearing_section},
    },
    hearings::index_words,
};

/// A hearing that was written, as far as its answers and its history need it.
#[derive(Debug)]
pub(super) struct Written<'a> {
    pub(super) case: &'a Case<'a>,
    pub(super) id: HearingId,
    pub(super) sections: Vec<(SectionId, String)>,
    pub(super) times: Times,
}

/// A hearing's instants.
#[derive(Debug, Clone, Copy)]
pub(super) struct Times {
    pub(super) created_at: DateTime<Utc>,
    /// When its text was worked on last.
    touched_at: DateTime<Utc>,
    pub(super) published_at: Option<DateTime<Utc>>,
    pub(super) starts_on: Option<NaiveDate>,
    pub(super) deadline_on: Option<NaiveDate>,
    pub(super) cancelled_at: Option<DateTime<Utc>>,
    pub(super) concluded_at: Option<DateTime<Utc>>,
}

impl Times {
    pub(super) fn starts_at(&self) -> Option<DateTime<Utc>> {
        self.starts_on.map(time::start_of_day)
    }

    pub(super) fn deadline_at(&self) -> Option<DateTime<Utc>> {
        self.deadline_on.map(time::deadline)
    }

    /// Whether the hearing was cancelled by an instant.
    pub(super) fn cancelled_by(&self, instant: DateTime<Utc>) -> bool {
        self.cancelled_at.is_some_and(|cancelled_at| cancelled_at <= instant)
    }

    fn of(life: Life, now: DateTime<Utc>, dice: &mut Dice) -> Self {
        let mut office_hours = |offset| times::office_hours(times::day(now, offset), now, dice);
        let (start, deadline, end) = match life {
            Life::Published { start, deadline, end } => (start, deadline, end),
            Life::Draft { begun, touched } => {
                let created_at = office_hours(begun);
                // In the middle of today's work.
                let touched_at = if touched == 0 { now - TimeDelta::minutes(47) } else { office_hours(touched) };
                return Self {
                    created_at,
                    touched_at,
                    published_at: None,
                    starts_on: None,
                    deadline_on: None,
                    cancelled_at: None,
                    concluded_at: None,
                };
            }
        };
        // What starts later was published the sooner.
        let published = start.min(0) - 3 - start.max(0);
        let created_at = office_hours(published - 18);
        Self {
            created_at,
            touched_at: created_at,
            published_at: Some(office_hours(published)),
            starts_on: Some(times::day(now, start)),
            deadline_on: Some(times::day(now, deadline)),
            cancelled_at: if let End::Cancelled(day) = end { Some(office_hours(day)) } else { None },
            concluded_at: if let End::Concluded(day) = end { Some(office_hours(day)) } else { None },
        }
    }

    fn updated_at(&self) -> DateTime<Utc> {
        self.concluded_at.or(self.cancelled_at).or(self.published_at).unwrap_or(self.touched_at)
    }

    /// One for its beginning and one for each decision.
    fn version(&self) -> i64 {
        1 + [self.published_at, self.cancelled_at, self.concluded_at].iter().flatten().map(|_| 1).sum::<i64>()
    }
}

#[derive(Debug, Insertable)]
#[diesel(table_name = hearing)]
struct NewHearing {
    id: HearingId,
    version: i64,
    title: String,
    summary: String,
    audience: Audience,
    invitation_only: bool,
    starts_on: Option<NaiveDate>,
    starts_at: Option<DateTime<Utc>>,
    deadline_on: Option<NaiveDate>,
    deadline_at: Option<DateTime<Utc>>,
    contact_name: String,
    contact_department: String,
    contact_email: String,
    contact_phone: String,
    responses_shown: ResponsesShown,
    respondent_shown: RespondentShown,
    response_count: i32,
    conclusion: Option<String>,
    published_at: Option<DateTime<Utc>>,
    cancelled_at: Option<DateTime<Utc>>,
    concluded_at: Option<DateTime<Utc>>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

#[derive(Debug, Insertable)]
#[diesel(table_name = hearing_section)]
struct NewSection {
    id: SectionId,
    hearing_id: HearingId,
    position: i32,
    title: String,
    body: String,
}

#[derive(Debug, Insertable)]
#[diesel(table_name = hearing_role)]
struct NewRole {
    id: RoleId,
    hearing_id: HearingId,
    account_id: AccountId,
    role: HearingRole,
    responsible: bool,
    created_at: DateTime<Utc>,
}

/// Writes hearings.
pub(super) async fn write<'a>(
    conn: &mut Connection,
    cases: &'a [Case<'a>],
    now: DateTime<Utc>,
) -> Result<Vec<Written<'a>>, Error> {
    let (mut hearings, mut sections, mut roles, mut written) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for case in cases {
        let times = Times::of(case.life, now, &mut Dice::new(&case.name));
        let id = HearingId::new(times.created_at);
        let texts: Vec<NewSection> = sections_of(case, id, times.created_at).collect();
        let titles = texts.iter().map(|section| (section.id, section.title.clone())).collect();
        sections.extend(texts);
        roles.extend(people(case, id, times.created_at));
        hearings.push(new_hearing(case, id, times));
        written.push(Written { case, id, sections: titles, times });
    }
    use diesel::insert_into;
    in_parts(conn, hearings, async |conn, part| insert_into(hearing::table).values(part).execute(conn).await).await?;
    in_parts(conn, sections, async |conn, part| insert_into(hearing_section::table).values(part).execute(conn).await)
        .await?;
    in_parts(conn, roles, async |conn, part| insert_into(hearing_role::table).values(part).execute(conn).await).await?;
    for hearing in &written {
        index_words(conn, hearing.id).await?;
    }
    Ok(written)
}

fn new_hearing(case: &Case<'_>, id: HearingId, times: Times) -> NewHearing {
    NewHearing {
        id,
        version: times.version(),
        title: case.text.title.clone(),
        summary: case.text.lead.clone(),
        audience: case.audience,
        invitation_only: case.invitation_only,
        starts_on: times.starts_on,
        starts_at: times.starts_at(),
        deadline_on: times.deadline_on,
        deadline_at: times.deadline_at(),
        contact_name: case.owner.name.clone(),
        contact_department: case.owner.department.clone(),
        contact_email: case.owner.email.clone(),
        // No Danish number begins with 0.
        contact_phone: "01 23 45 67".to_owned(),
        responses_shown: case.responses_shown,
        respondent_shown: case.respondent_shown,
        response_count: i32::try_from(case.authors.len()).unwrap_or(i32::MAX),
        conclusion: times.concluded_at.and(case.conclusion.clone()),
        published_at: times.published_at,
        cancelled_at: times.cancelled_at,
        concluded_at: times.concluded_at,
        created_at: times.created_at,
        updated_at: times.updated_at(),
    }
}

fn sections_of(case: &Case<'_>, hearing: HearingId, since: DateTime<Utc>) -> impl Iterator<Item = NewSection> {
    (0..).zip(&case.text.parts).map(move |(position, (title, body))| NewSection {
        id: SectionId::new(since),
        hearing_id: hearing,
        position,
        title: title.clone(),
        body: body.clone(),
    })
}

fn people(case: &Case<'_>, hearing: HearingId, since: DateTime<Utc>) -> impl Iterator<Item = NewRole> {
    let given = move |role, responsible| {
        move |person: &&Inhabitant| NewRole {
            id: RoleId::new(since),
            hearing_id: hearing,
            account_id: person.id,
            role,
            responsible,
            created_at: since,
        }
    };
    let owner = std::iter::once(&case.owner).map(given(HearingRole::Owner, true));
    let co_owners = case.co_owners.iter().map(given(HearingRole::Owner, false));
    let case_workers = case.case_workers.iter().map(given(HearingRole::CaseWorker, false));
    let reviewers = case.reviewers.iter().map(given(HearingRole::Reviewer, false));
    let invitees = case.invitees.iter().map(given(HearingRole::Invitee, false));
    owner.chain(co_owners).chain(case_workers).chain(reviewers).chain(invitees)
}
