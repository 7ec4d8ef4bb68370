//! Writes conclusions that were begun and not given: of hearings whose deadline has passed and whose file has one.

use chrono::{DateTime, Utc};
use diesel::ExpressionMethods;
use diesel_async::RunQueryDsl;
use openapi::audit::AuditAction;

use super::{Error, dice::Dice, hearings::Written, history, times};
use crate::{
    audit::Entry,
    db::{Connection, schema::conclusion_draft},
};

/// The day on which they were worked on, from today.
const DAY: i64 = -1;

/// Begins them, as the work of a case worker where there is one.
pub(super) async fn begin(conn: &mut Connection, hearings: &[Written<'_>], now: DateTime<Utc>) -> Result<(), Error> {
    for Written { case, id, times, .. } in hearings {
        let waits = times.deadline_at().is_some_and(|deadline| deadline <= now)
            && times.concluded_at.is_none()
            && times.cancelled_at.is_none();
        let Some(text) = case.conclusion.as_ref().filter(|_| waits) else { continue };
        let author = case.case_workers.as_slice().first().copied().unwrap_or(case.owner).id;
        let saved_at = times::office_hours(times::day(now, DAY), now, &mut Dice::new(&case.name));
        diesel::insert_into(conclusion_draft::table)
            .values((
                conclusion_draft::hearing_id.eq(*id),
                conclusion_draft::version.eq(2_i64),
                conclusion_draft::text.eq(text),
                conclusion_draft::updated_by.eq(author),
                conclusion_draft::updated_at.eq(saved_at),
                conclusion_draft::sitting_since.eq(saved_at),
            ))
            .execute(conn)
            .await?;
        history::record(conn, author, Entry::on_hearing(AuditAction::ConclusionBegun, *id), saved_at).await?;
    }
    Ok(())
}
