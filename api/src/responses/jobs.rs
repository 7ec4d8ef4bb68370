//! What happens after an answer was sent: its author gets a receipt by mail. Number, title and link; never the answer.

use lettre::message::{Mailbox, Message, header::ContentType};
use openapi::{employees::Employee, ids::ResponseId};
use serde::{Deserialize, Serialize};

use super::queries;
use crate::{
    hearings, identity,
    jobs::{Job, JobError, Lane, Turn},
    ports::mail,
};

/// Mails the receipt of a response. One that says something else by now gets none: its edit has a receipt of its own. Nor
/// does one that was withdrawn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailReceipt {
    /// The response.
    pub response: ResponseId,
    /// Which version it was.
    #[serde(default = "first")]
    pub version: i64,
}

// Jobs queued before responses had versions.
fn first() -> i64 {
    1
}

impl Job for MailReceipt {
    const NAME: &'static str = "mail.receipt";
    const LANE: Lane = Lane::Mail;

    async fn perform(&self, turn: &Turn<'_>) -> Result<(), JobError> {
        if let Some(message) = message(turn, self.response, self.version).await? {
            let delivered = mail::deliver(turn.service.mail(), message).await;
            delivered.map_err(JobError::because("the mail adapter did not take the receipt"))?;
        }
        Ok(())
    }
}

async fn message(turn: &Turn<'_>, id: ResponseId, version: i64) -> Result<Option<Message>, JobError> {
    let (service, job) = (turn.service, turn.id);
    let conn = &mut *service.connection().await?;
    let Some(answer) = queries::sent(conn, id).await?.filter(|answer| answer.version == version) else {
        return Ok(None);
    };
    let Some(Employee { name, email, .. }) = identity::queries::employee(conn, answer.author_id).await? else {
        return Ok(None);
    };
    let (number, hearing) = (answer.number, answer.hearing_id);
    let title = hearings::queries::titles(conn, &[hearing]).await?.remove(&hearing).unwrap_or_default();
    let (received, subject) = match answer.edited_at {
        None => ("Vi har modtaget dit høringssvar.", format!("Kvittering: dit høringssvar nr. {number}")),
        Some(_) => ("Vi har modtaget din rettelse.", format!("Kvittering: dit rettede høringssvar nr. {number}")),
    };
    let receipt = service.link(&format!("/hoeringer/{hearing}/svar/kvittering?svar={id}"));
    let body = format!(
        "Hej {name}\n\n\
         {received}\n\n\
         Høring: {title}\n\
         Dit svar har nummer {number}.\n\n\
         Du kan se dit svar og din kvittering her (kræver login):\n{receipt}\n\n\
         Du kan ikke svare på denne mail.\n"
    );
    let address = email.parse().map_err(JobError::because("the respondent's address is no e-mail address"))?;
    Message::builder()
        .from(service.mail_from().clone())
        .to(Mailbox::new(Some(name), address))
        .subject(subject)
        // The same at every try, so that a repeat after a crash is known for one.
        .message_id(Some(format!("<{job}@{}>", service.mail_from().email.domain())))
        .header(ContentType::TEXT_PLAIN)
        .body(body)
        .map(Some)
        .map_err(JobError::because("the receipt could not be put together"))
}
