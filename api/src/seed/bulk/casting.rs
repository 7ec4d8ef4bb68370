//! Who has to do with which hearing, and where in its life it stands: by chance, as it falls in a municipality.

use std::ops::RangeInclusive;

use openapi::hearings::{Audience, RespondentShown, ResponsesShown};

use super::{Extent, spread, themes::Theme};
use crate::seed::{
    cases::Case,
    dice::Dice,
    people::{Inhabitant, Town},
    plans::{End, Life},
};

/// No hearing has more answers: beyond that nobody reads them one by one.
const MOST_ANSWERS: usize = 10_000;

/// All hearings with all who answer them.
pub(super) fn cases<'a>(extent: Extent, town: &'a Town, themes: &'a [Theme]) -> Vec<Case<'a>> {
    let creators: Vec<&Inhabitant> = town.people.iter().filter(|person| person.creates).collect();
    let mut cases: Vec<Case<'_>> =
        (0..extent.hearings).filter_map(|place| case(place, extent.years, town, &creators, themes)).collect();
    let most: Vec<usize> = cases.iter().map(|case| most_answers(case, town)).collect();
    let counts = spread::zipf(extent.answers, &most, &mut Dice::new("counts"));
    for (case, count) in cases.iter_mut().zip(counts) {
        case.authors = authors(case, town, count);
    }
    cases
}

/// A hearing that nobody has answered yet; none where nobody may begin one.
fn case<'a>(
    place: usize,
    years: i64,
    town: &'a Town,
    creators: &[&'a Inhabitant],
    themes: &'a [Theme],
) -> Option<Case<'a>> {
    let name = format!("bulk {place}");
    let dice = &mut Dice::new(&name);
    let theme = Theme::pick(themes, dice)?;
    let is_public = theme.plan.audience == Audience::Public;
    // Some begin many hearings, most a few.
    let owner = *creators.get(dice.below(creators.len()).min(dice.below(creators.len())))?;
    let some = |dice: &mut Dice, between: RangeInclusive<usize>| {
        let count = between.start() + dice.below(between.end() - between.start() + 1);
        let mut people = dice.sample(&town.people, count);
        people.retain(|person| person.id != owner.id);
        people
    };
    let mut case = Case {
        text: theme.text(&owner.department, dice),
        conclusion: Some(theme.conclusion(&owner.department, dice)),
        sentences: &theme.sentences,
        audience: theme.plan.audience,
        invitation_only: !is_public && dice.chance(15),
        responses_shown: match dice.below(10) {
            0 => ResponsesShown::Never,
            1..=3 => ResponsesShown::WhenApproved,
            _ => ResponsesShown::AfterDeadline,
        },
        respondent_shown: *dice.pick(RespondentShown::ALL)?,
        life: life(years, dice),
        owner,
        co_owners: some(dice, 0..=1),
        case_workers: some(dice, 1..=3),
        reviewers: some(dice, 0..=2),
        invitees: if is_public { Vec::new() } else { some(dice, 5..=60) },
        authors: Vec::new(),
        begun_by: Vec::new(),
        has_statements: true,
        documents: &[],
        picture: None,
        name,
    };
    if matches!(case.life, Life::Published { start: ..=0, deadline: 0.., end: End::None }) {
        let begun_by = if case.invitation_only { Vec::new() } else { some(dice, 0..=6) };
        case.begun_by = begun_by.into_iter().filter(|person| case.is_free(person)).collect();
    }
    Some(case)
}

/// Of a hundred hearings most are over; days are counted from today.
fn life(years: i64, dice: &mut Dice) -> Life {
    let mut days = |between: RangeInclusive<i64>| {
        let span = usize::try_from(between.end() - between.start() + 1).unwrap_or(1);
        between.start() + i64::try_from(dice.below(span)).unwrap_or_default()
    };
    let (chance, lasts) = (days(0..=99), days(14..=56));
    let ending = |deadline: i64, end| Life::Published { start: deadline - lasts, deadline, end };
    match chance {
        0..5 => {
            let touched = days(-90..=0);
            Life::Draft { begun: touched - days(6..=60), touched }
        }
        5..8 => {
            let start = days(1..=30);
            Life::Published { start, deadline: start + lasts, end: End::None }
        }
        8..18 => ending(days(0..=13), End::None),
        18..28 => ending(days(-40..=-1), End::None),
        28..32 => {
            let deadline = days(-365 * years..=-30);
            ending(deadline, End::Cancelled(deadline - days(1..=13)))
        }
        _ => {
            let deadline = days(-365 * years..=-90);
            ending(deadline, End::Concluded(deadline + days(10..=80)))
        }
    }
}

/// How many answers a hearing can have.
fn most_answers(case: &Case<'_>, town: &Town) -> usize {
    match case.life {
        Life::Published { start: ..=0, .. } if case.invitation_only => {
            case.invitees.iter().filter(|person| case.is_free(person)).count()
        }
        // One in two at the most; who has to do with the hearing is far less than the other half.
        Life::Published { start: ..=0, .. } => (town.people.len() / 2).min(MOST_ANSWERS),
        _ => 0,
    }
}

fn authors<'a>(case: &Case<'a>, town: &'a Town, count: usize) -> Vec<&'a Inhabitant> {
    let busy = 1 + case.co_owners.len() + case.case_workers.len() + case.reviewers.len() + case.begun_by.len();
    let asked =
        if case.invitation_only { case.invitees.clone() } else { dice_of(case).sample(&town.people, count + busy) };
    let willing: Vec<&Inhabitant> = asked.into_iter().filter(|person| case.is_free(person)).collect();
    dice_of(case).shuffled(willing).into_iter().take(count).collect()
}

fn dice_of(case: &Case<'_>) -> Dice {
    Dice::new(&format!("{} authors", case.name))
}
