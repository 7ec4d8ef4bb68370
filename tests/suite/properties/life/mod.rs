//! A hearing's life: no sequence of what people do and of time that passes brings it where it may not be, and what
//! follows a boundary follows once.
//!
//! [`Model`] is the life cycle in the product description's words, with its own reckoning of days. Each case is a sequence
//! of steps through the interface; after each, the service must be where the model is.

mod model;

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use openapi::{
    audit::{AuditAction, AuditQuery},
    client::Error,
    drafts::{Draft, DraftPatch},
    hearings::{ConcludeHearing, Hearing, HearingPatch, HearingQuery, HearingStatus, PublishHearing},
    ids::HearingId,
    problem::ProblemCode,
};
use tests::{App, Person, Who, instant, key, refused};

use self::model::{BEGINNINGS, Model, Outcome, Step, day_of, steps};
use super::holds;

/// The hearing itself, and who has to do with it.
struct Life<'a> {
    app: &'a App,
    owner: Person,
    hearing: Hearing,
    /// Answers that were begun, with their authors.
    begun: Vec<(Person, Draft)>,
    /// How many people began one.
    people: u8,
}

fn outcome<T: std::fmt::Debug>(result: Result<T, Error>) -> Outcome {
    match result {
        Ok(_) => Ok(()),
        refusal => Err(refused(refusal).code),
    }
}

impl Life<'_> {
    async fn take(&mut self, step: &Step, model: &mut Model) {
        let (id, version) = (self.hearing.id, self.hearing.version);
        let (expected, found) = match step {
            Step::Until(moment) => {
                model.now = model.moment(moment);
                move_to(self.app, model.now).await;
                (Ok(()), Ok(()))
            }
            Step::Dates(start, deadline) => {
                let from_today = |days: &i64| day_of(model.now) + TimeDelta::days(*days);
                let (start, deadline) = (start.as_ref().map(from_today), deadline.as_ref().map(from_today));
                let patch =
                    HearingPatch { starts_on: Some(start), deadline_on: Some(deadline), ..HearingPatch::default() };
                let saved = self.owner.update_hearing(id, version, &patch).await;
                (model.dates(start, deadline), outcome(saved))
            }
            Step::Publish(start) => {
                let published = self.owner.publish_hearing(id, version, &PublishHearing { start: *start }).await;
                (model.publish(*start), outcome(published))
            }
            Step::Conclude => {
                let request = ConcludeHearing { conclusion: "Vedtaget.".to_owned(), draft_version: None };
                (model.conclude(), outcome(self.owner.conclude_hearing(id, version, &request).await))
            }
            // Tried at the end when it works: afterwards there is nothing left to look at.
            Step::Delete if model.status() == HearingStatus::Draft => (Ok(()), Ok(())),
            Step::Delete => {
                (Err(ProblemCode::HearingWrongStatus), outcome(self.owner.delete_hearing(id, version).await))
            }
            Step::Begin => (model.takes_answers(), self.begin(id).await),
            Step::Send => self.send(id, model).await,
            Step::Jobs => {
                tokio::join!(self.app.run_jobs(), self.app.run_jobs());
                (Ok(()), Ok(()))
            }
        };
        assert_eq!(found, expected, "{step:?} with {model:?}");
        self.is_where(model).await;
    }

    async fn begin(&mut self, id: HearingId) -> Outcome {
        let person = self.app.employee(self.people % Who::EMPLOYEES + 1);
        let begun = person.create_draft(id).await;
        if let Ok(sent) = &begun {
            let patch = DraftPatch { text: Some("Mit svar".to_owned()), ..DraftPatch::default() };
            let draft = person.update_draft(id, sent.item.id, sent.item.version, &patch).await.unwrap();
            self.begun.push((person, draft));
            self.people += 1;
        }
        outcome(begun)
    }

    async fn send(&mut self, id: HearingId, model: &mut Model) -> (Outcome, Outcome) {
        let Some((person, draft)) = self.begun.pop() else { return (Ok(()), Ok(())) };
        let sent = person.send_draft(id, draft.id, draft.version, &person.terms().await, &key()).await;
        let expected = model.takes_answers();
        if expected.is_ok() {
            model.sent += 1;
        }
        if let Ok(receipt) = &sent {
            assert_eq!(i64::from(receipt.number), model.sent, "the next number");
            assert_eq!(receipt.sent_at, model.now);
        }
        (expected, outcome(sent))
    }

    /// The service says what the model says, in every place where it says it.
    async fn is_where(&mut self, model: &Model) {
        let id = self.hearing.id;
        self.hearing = self.owner.get_hearing(id).await.unwrap();
        let (hearing, status) = (&self.hearing, model.status());
        assert_eq!(hearing.status, status, "{model:?}");
        assert_eq!((hearing.starts_on, hearing.deadline_on), (model.start_on, model.deadline_on));
        assert_eq!(hearing.starts_at.zip(hearing.deadline_at), model.published, "{model:?}");
        assert_eq!(hearing.response_count, Some(model.sent));
        let may = &hearing.may;
        let before_start = matches!(status, HearingStatus::Draft | HearingStatus::Scheduled);
        assert_eq!((may.edit, may.publish), (before_start, status == HearingStatus::Draft));
        assert_eq!((may.delete, may.conclude), (status == HearingStatus::Draft, status == HearingStatus::Processing));

        for other in HearingStatus::ALL {
            let query = HearingQuery { status: vec![*other], limit: Some(100), ..HearingQuery::default() };
            let found = self.owner.list_hearings(&query).await.unwrap().items;
            assert_eq!(found.iter().any(|found| found.id == id), *other == status, "among {other}: {model:?}");
        }
        let seen = self.app.employee(Who::EMPLOYEES).get_hearing(id).await;
        if before_start {
            assert_eq!(refused(seen), ProblemCode::NotFound);
        } else {
            assert_eq!(seen.unwrap().may.answer, status == HearingStatus::Open);
        }
    }

    /// Time passes over everything; the runners look late and often, and each boundary has followed once.
    async fn end(self, mut model: Model) {
        let id = self.hearing.id;
        let last = model.published.map_or(model.now, |(_, deadline)| deadline.max(model.now));
        model.now = last + TimeDelta::hours(7);
        move_to(self.app, model.now).await;
        tokio::join!(self.app.run_jobs(), self.app.run_jobs());
        self.app.run_jobs().await;
        let action = vec![AuditAction::HearingOpened, AuditAction::HearingDeadlinePassed];
        let query = AuditQuery { action, hearing: Some(id), limit: Some(100), ..AuditQuery::default() };
        let entries = self.app.person(Who::Auditor).list_audit_entries(&query).await.unwrap().items;
        let followed: BTreeSet<_> = entries.iter().map(|entry| (entry.occurred_at, entry.action.as_str())).collect();
        assert_eq!((followed, entries.len()), (model.boundaries(), model.boundaries().len()), "{model:?}");
        assert_eq!(self.app.mailbox.take().len(), usize::try_from(model.sent).unwrap(), "a receipt for each answer");
        if model.status() == HearingStatus::Draft {
            self.owner.delete_hearing(id, self.hearing.version).await.unwrap();
            assert_eq!(refused(self.owner.get_hearing(id).await), ProblemCode::NotFound);
        }
    }
}

/// Sets the clock, and begins everybody's log-in anew: it would not last through all the years of these cases.
async fn move_to(app: &App, now: DateTime<Utc>) {
    app.clock.stop_at(now);
    app.renew_sessions().await;
}

async fn live(app: &App, beginning: &str, steps: Vec<Step>) {
    let now = instant(beginning);
    move_to(app, now).await;
    let nothing_set = |patch: &mut HearingPatch| (patch.starts_on, patch.deadline_on) = (None, None);
    let hearing = app.hearing().patch(nothing_set).draft().await;
    let mut model = Model { now, start_on: None, deadline_on: None, published: None, concluded: false, sent: 0 };
    let mut life = Life { app, owner: app.owner(), hearing, begun: Vec::new(), people: 0 };
    for step in &steps {
        life.take(step, &mut model).await;
    }
    life.end(model).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_sequence_of_steps_leads_where_a_hearing_may_not_be() {
    let app = App::start().await;
    // The database's own idea of where it is must not matter.
    let elsewhere = format!("ALTER DATABASE {} SET timezone = 'America/St_Johns'", app.database().name());
    app.database().owner().batch_execute(&elsewhere).await.unwrap();
    let cases = (0..BEGINNINGS.len(), steps());
    holds(40, &cases, async |(beginning, steps)| live(&app, BEGINNINGS[beginning], steps).await);
    app.finish().await;
}
