//! Writes what the audit log would have heard, and lets the passed boundaries be noticed as they always are.

use chrono::{DateTime, Utc};
use openapi::{
    audit::{AuditAction, AuditObject},
    ids::AccountId,
    session::Capacity,
};

use super::{Error, answers::Answers, hearings::Written};
use crate::{
    audit::{self, Change, Entry, Who},
    db::Connection,
    hearings::jobs::notice_boundaries,
    http::Origin,
};

/// Writes the entries of the hearings and of their answers.
pub(super) async fn write(
    conn: &mut Connection,
    hearings: &[Written],
    answers: &Answers,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    for hearing in hearings {
        write_decisions(conn, hearing).await?;
    }
    for draft in &answers.begun {
        let entry =
            Entry::new(AuditAction::DraftCreated, AuditObject::Draft).object_id(draft.id).hearing(draft.hearing_id);
        record(conn, draft.author_id, entry, draft.created_at).await?;
    }
    for sent in &answers.sent {
        let entry =
            Entry::new(AuditAction::ResponseSent, AuditObject::Response).object_id(sent.id).hearing(sent.hearing_id);
        record(conn, sent.author_id, entry, sent.sent_at).await?;
    }
    notice_boundaries(conn, now).await?;
    Ok(())
}

async fn write_decisions(conn: &mut Connection, hearing: &Written) -> Result<(), Error> {
    let Written { id, owner, times, .. } = hearing;
    let title = vec![Change::decision("title", None::<&str>, Some(&hearing.title))];
    let entry = Entry::on_hearing(AuditAction::HearingCreated, *id).changes(title);
    record(conn, *owner, entry, times.created_at).await?;
    if let Some(published_at) = times.published_at {
        let changes = vec![
            Change::decision("startsAt", None::<&str>, times.starts_at().map(|start| start.to_rfc3339())),
            Change::decision("deadlineOn", None::<&str>, times.deadline_on),
        ];
        let entry = Entry::on_hearing(AuditAction::HearingPublished, *id).changes(changes);
        record(conn, *owner, entry, published_at).await?;
    }
    if let Some(concluded_at) = times.concluded_at {
        let entry = Entry::on_hearing(AuditAction::HearingConcluded, *id).changes(vec![Change::text("conclusion")]);
        record(conn, *owner, entry, concluded_at).await?;
    }
    Ok(())
}

pub(super) async fn record(
    conn: &mut Connection,
    account: AccountId,
    entry: Entry,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    let who = Who { account, capacity: Capacity::Employee };
    Ok(audit::record_as(conn, Some(who), &Origin::default(), entry, at).await?)
}
