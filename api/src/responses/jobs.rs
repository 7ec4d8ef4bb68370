//! What happens after an answer was sent: its author gets a receipt by mail. Number, title and link; never the answer.

use diesel::{ExpressionMethods, JoinOnDsl, OptionalExtension, QueryDsl};
use diesel_async::RunQueryDsl;
use lettre::message::{Mailbox, Message, header::ContentType};
use openapi::ids::{HearingId, JobId, ResponseId};

use crate::{
    db::{
        Connection,
        schema::{account, hearing, response},
    },
    jobs::JobError,
    ports::mail,
    service::Service,
};

/// Mails the receipt. An answer that is gone by now needs none.
///
/// # Errors
/// When the address is no address or the mail adapter refuses; the queue tries again.
pub async fn mail_receipt(
    conn: &mut Connection,
    service: &Service,
    job: JobId,
    id: ResponseId,
) -> Result<(), JobError> {
    let found: Option<(i32, HearingId, String, String, String)> = response::table
        .inner_join(hearing::table.on(hearing::id.eq(response::hearing_id)))
        .inner_join(account::table.on(account::id.eq(response::author_id)))
        .filter(response::id.eq(id))
        .select((response::number, hearing::id, hearing::title, account::name, account::email))
        .first(conn)
        .await
        .optional()?;
    let Some((number, hearing, title, name, email)) = found else { return Ok(()) };
    let receipt = service.link(&format!("/hoeringer/{hearing}/svar/kvittering?svar={id}"));
    let body = format!(
        "Hej {name}\n\n\
         Vi har modtaget dit høringssvar.\n\n\
         Høring: {title}\n\
         Dit svar har nummer {number}.\n\n\
         Du kan se dit svar og din kvittering her (kræver login):\n{receipt}\n\n\
         Du kan ikke svare på denne mail.\n"
    );
    let address = email.parse().map_err(JobError::because("the respondent's address is no e-mail address"))?;
    let message = Message::builder()
        .from(service.mail_from().clone())
        .to(Mailbox::new(Some(name), address))
        .subject(format!("Kvittering: dit høringssvar nr. {number}"))
        // The same at every try, so that a repeat after a crash is known for one.
        .message_id(Some(format!("<{job}@{}>", service.mail_from().email.domain())))
        .header(ContentType::TEXT_PLAIN)
        .body(body)
        .map_err(JobError::because("the receipt could not be put together"))?;
    let delivered = mail::deliver(service.mail(), message).await;
    delivered.map_err(JobError::because("the mail adapter did not take the receipt"))
}
