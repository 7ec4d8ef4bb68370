//! What a cell of the table needs: a hearing of its own in the right status, and a request that would work.

use std::collections::HashMap;

use openapi::hearings::Hearing;
use tests::{
    App, Person, Who,
    contract::{Operation, operations},
    specimen::{Specimen, Wish},
    working::Working,
};

use super::table::Block;

/// An application with a whole hearing to copy.
pub(super) struct Fixture {
    app: App,
    pattern: Hearing,
    operations: HashMap<String, Operation>,
    terms: String,
}

impl Block {
    /// Whether the answer depends on a hearing's status.
    pub(super) fn is_of_a_hearing(&self) -> bool {
        self.cells.keys().all(|(_, status)| !status.is_empty())
    }

    fn wish<'a>(&self, who: Option<Who>, status: &'a str) -> Wish<'a> {
        let operation = self.operation.as_str();
        let stranger = Who::Employee(9);
        Wish {
            public: self.of.contains("public") || self.of.contains("invitation only"),
            invitation_only: self.of.contains("invitation only"),
            author: who.filter(|_| !self.of.contains("somebody else")).unwrap_or(stranger),
            draft: Working::has_draft(operation),
            response: operation.starts_with("get_receipt")
                || operation.contains("_response")
                || matches!(operation, "get_staff_attachment" | "get_attachment_archive"),
            ..Wish::of(if self.is_of_a_hearing() { status } else { "draft" })
        }
    }
}

impl Fixture {
    pub(super) async fn new(app: App) -> Self {
        let pattern = app.hearing().staffed().with_files().draft().await;
        let terms = app.owner().terms().await.terms_version;
        let operations = operations().into_iter().map(|operation| (operation.id.clone(), operation)).collect();
        Self { app, pattern, operations, terms }
    }

    pub(super) async fn finish(self) {
        self.app.database().owner().execute("DELETE FROM job", &[]).await.unwrap();
        self.app.finish().await;
    }

    /// Does what the block says as somebody, and tells in the table's words what came of it.
    pub(super) async fn ask(&self, block: &Block, who: &str, status: &str) -> String {
        let operation = &self.operations[&block.operation];
        let who = account(who);
        let mut specimen = Specimen::copy(&self.app, &self.pattern, block.wish(who, status)).await;
        if block.operation == "retry_job" {
            specimen = specimen.with_dead_job(&self.app).await;
        }
        let person = self.person(who, operation).await;
        let answer = Working::by(person, operation, &specimen, &self.terms).send().await;
        if (200..300).contains(&answer.status) {
            return "yes".to_owned();
        }
        match answer.problem().code.as_str() {
            "request.not_found" => "hidden".to_owned(),
            "permission.denied" | "response.not_shown" => "refused".to_owned(),
            "session.required" => "log-in".to_owned(),
            "hearing.wrong_status" => "not-now".to_owned(),
            "hearing.not_open" => "too-early".to_owned(),
            "hearing.deadline_passed" => "too-late".to_owned(),
            other => other.to_owned(),
        }
    }

    async fn person(&self, who: Option<Who>, operation: &Operation) -> Person {
        let mut person = self.app.anonymous();
        match who {
            // A session of its own, because it ends, by another login too; others ask with theirs at the same time.
            Some(who) if ["create_session", "delete_session"].contains(&operation.id.as_str()) => {
                drop(person.log_in_as(who).await);
            }
            Some(who) => return self.app.person(who),
            None if operation.writes() => drop(person.visit().await),
            None => {}
        }
        person
    }
}

fn account(who: &str) -> Option<Who> {
    match who {
        "owner" => Some(Who::Owner),
        "case worker" => Some(Who::CaseWorker),
        "reviewer" => Some(Who::Reviewer),
        "invitee" => Some(Who::Invitee),
        "administrator" => Some(Who::Administrator),
        "auditor" => Some(Who::Auditor),
        "creator" => Some(Who::OtherCreator),
        "employee" => Some(Who::Employee(8)),
        "anonymous" => None,
        other => panic!("{other} is nobody"),
    }
}
