//! For every operation a request that works: what the nets then spoil, ask as somebody else, or look for in the audit
//! log.

use openapi::{attachments::Upload, hearings::Hearing};
use serde_json::{Value, json};

use crate::{
    Answer, App, PASSWORD, Person, Who,
    attachments::{form, pdf, png},
    contract::Operation,
    specimen::{Specimen, Wish},
};

/// A request that can be sent, and changed before it is.
#[derive(Debug, Clone)]
pub struct Working {
    /// The method.
    pub method: String,
    /// Path and query.
    pub address: String,
    /// The headers.
    pub headers: Vec<(String, String)>,
    /// The body, when it is JSON.
    pub body: Option<Value>,
    /// The file, when it takes one.
    pub file: Option<Upload>,
    /// Who sends it.
    pub person: Person,
    /// The hearing it is about.
    pub specimen: Specimen,
}

impl Working {
    fn body(operation: &str, terms: &str) -> Option<Value> {
        match operation {
            "create_session" => Some(json!({ "username": Who::Employee(1).username(), "password": PASSWORD })),
            "create_hearing" => Some(json!({ "title": "En ny høring" })),
            "update_hearing" => Some(json!({ "summary": "Et nyt resumé" })),
            "publish_hearing" => Some(json!({ "start": "now" })),
            "replace_conclusion_draft" => Some(json!({ "text": "Vi indstiller, at forslaget" })),
            "conclude_hearing" => Some(json!({ "conclusion": "Vedtaget." })),
            "update_document" => Some(json!({ "title": "Et bedre navn" })),
            "create_role" => Some(json!({ "account": Who::OtherInvitee.id(), "role": "invitee" })),
            "revoke_role" => Some(json!({ "reason": "Inviteret ved en fejl." })),
            "update_draft" => Some(json!({ "text": "Et nyt udkast" })),
            "send_draft" => Some(json!({ "termsVersion": terms })),
            _ => None,
        }
    }

    /// A file that an operation takes.
    #[must_use]
    pub fn file(operation: &str) -> Option<Upload> {
        match operation {
            "create_document" | "create_attachment" => Some(pdf("Bilag æøå.pdf")),
            "replace_image" => Some(png("billede.png")),
            _ => None,
        }
    }

    /// Whether an operation is about a file of an unsent answer.
    #[must_use]
    pub fn is_on_draft(operation: &str) -> bool {
        matches!(operation, "create_attachment" | "delete_attachment" | "get_draft_attachment")
    }

    /// Whether an operation is about an unsent response that is there already.
    #[must_use]
    pub fn has_draft(operation: &str) -> bool {
        let is_response = !matches!(operation, "create_draft" | "get_conclusion_draft" | "replace_conclusion_draft");
        operation.ends_with("_draft") && is_response || Self::is_on_draft(operation)
    }

    /// Who may do what the operation does.
    #[must_use]
    pub fn who(operation: &str) -> Option<Who> {
        match operation {
            "create_session" => None,
            "list_audit_entries" | "get_audit_verification" => Some(Who::Auditor),
            // Nobody who does anything else: it ends all of them.
            "delete_sessions" => Some(Who::Employee(12)),
            "list_jobs" | "retry_job" | "list_integrations" => Some(Who::Administrator),
            "get_receipt" | "get_receipt_document" | "get_draft" | "edit_response" | "withdraw_response" => {
                Some(Who::Employee(9))
            }
            other if Self::has_draft(other) || other == "create_draft" => Some(Who::Employee(9)),
            _ => Some(Who::Owner),
        }
    }

    fn wish(operation: &str) -> Wish<'static> {
        let status = match operation {
            "get_conclusion_draft" | "replace_conclusion_draft" | "list_conclusion_versions" => "processing",
            "conclude_hearing" | "list_responses" | "get_response" | "get_response_attachment" => "processing",
            "get_receipt" | "get_receipt_document" | "edit_response" | "withdraw_response" => "open",
            other if Self::has_draft(other) || other == "create_draft" => "open",
            _ => "draft",
        };
        let sent = ["get_receipt", "get_receipt_document", "get_staff_attachment", "get_attachment_archive"];
        let response = sent.contains(&operation) || operation.contains("_response");
        Wish { draft: Self::has_draft(operation), response, ..Wish::of(status) }
    }

    /// The request for an operation, with a hearing of its own.
    pub async fn of(operation: &Operation, app: &App, pattern: &Hearing) -> Self {
        let id = operation.id.as_str();
        let other = Specimen::copy(app, pattern, Wish { image: false, ..Self::wish(id) }).await;
        let mut specimen = Specimen { other: other.hearing, ..Specimen::copy(app, pattern, Self::wish(id)).await };
        if id == "retry_job" {
            specimen = specimen.with_dead_job(app).await;
        }
        let terms = app.owner().terms().await.terms_version;
        Self::by(Self::somebody(id, app).await, operation, &specimen, &terms)
    }

    /// The request for an operation by anybody, on any hearing; whether it works is another matter.
    #[must_use]
    pub fn by(person: Person, operation: &Operation, specimen: &Specimen, terms: &str) -> Self {
        let (body, file) = (Self::body(&operation.id, terms), Self::file(&operation.id));
        let form = file.as_ref().map(|file| form(file).1);
        let takes = |name: &str| operation.parameters("header").iter().any(|known| known == name);
        let headers = [
            operation.writes().then(|| ("X-CSRF-Token", person.csrf_token())),
            body.is_some().then_some(("Content-Type", "application/json")),
            form.as_deref().map(|media_type| ("Content-Type", media_type)),
            takes("If-Match").then_some(("If-Match", "\"v1\"")),
        ];
        let headers = headers.into_iter().flatten().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        let (method, address) = (operation.method.clone(), specimen.address(&operation.path));
        Self { method, address, headers, body, file, person, specimen: *specimen }
    }

    async fn somebody(operation: &str, app: &App) -> Person {
        let mut person = app.anonymous();
        match Self::who(operation) {
            // A session of its own, because it ends.
            Some(who) if ["delete_session", "delete_sessions"].contains(&operation) => {
                drop(person.log_in_as(who).await);
            }
            Some(who) => return app.person(who),
            None => drop(person.visit().await),
        }
        person
    }

    /// With another value of a header, or without it.
    #[must_use]
    pub fn header(mut self, name: &str, value: Option<&str>) -> Self {
        self.headers.retain(|(known, _)| known != name);
        self.headers.extend(value.map(|value| (name.to_owned(), value.to_owned())));
        self
    }

    /// Sends it.
    pub async fn send(&self) -> Answer {
        let body = self.body.as_ref().map(|body| body.to_string().into_bytes());
        let body = body.or_else(|| self.file.as_ref().map(|file| form(file).0));
        self.send_bytes(body.as_deref()).await
    }

    /// Sends it with these bytes for a body.
    pub async fn send_bytes(&self, body: Option<&[u8]>) -> Answer {
        let headers: Vec<(&str, &str)> =
            self.headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        self.person.socket().request(&self.method, &self.address, &headers, body).await
    }
}
