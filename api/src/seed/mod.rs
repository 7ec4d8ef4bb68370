//! Made-up data: the people, hearings and answers of Eksempel Kommune, where nobody lives. [`demo`] is for trying Agora,
//! [`bulk()`] for measuring it.
//!
//! What is told lies in `demo/`: people as JSON, each hearing as a Markdown file, sentences that answers are made of.
//! Everything is written straight to the tables in one transaction, keeping what the actions keep: numbers without
//! holes, one answer and one draft a person and hearing, words to be found by, an audit entry for each change.

mod answers;
mod bulk;
mod cases;
mod conclusions;
mod dice;
mod error;
mod files;
mod hearings;
mod history;
mod markdown;
mod paper;
mod people;
mod plans;
mod sentences;
#[cfg(test)]
mod tests;
mod times;

use chrono::{DateTime, Utc};
use diesel::{QueryDsl, QueryResult};
use diesel_async::{AsyncConnection, RunQueryDsl};

pub use self::{
    bulk::{Extent, Progress, Size, bulk},
    error::Error,
    people::{PASSWORD, demo_people},
};
use self::{cases::Case, plans::PLANS, sentences::Sentences};
use crate::{
    db::{Connection, schema::hearing},
    hearings::jobs::notice_boundaries,
    ports::files::FileStore,
};

/// How many of the demonstration's people have no log-in: one answers a hearing once, so that many answers need many.
const COLLEAGUES: usize = 84;

/// Writes the demonstration's data unless there are hearings already: what somebody tried out stays.
///
/// # Errors
/// [`Error`] when the database or the file store fails or a file of the demonstration does not fit the others.
pub async fn demo(conn: &mut Connection, store: &dyn FileStore, now: DateTime<Utc>) -> Result<(), Error> {
    conn.transaction(async |conn| {
        if is_begun(conn).await? {
            return Ok(());
        }
        let town = people::write(conn, COLLEAGUES, now).await?;
        let sentences = PLANS.each_ref().map(|plan| Sentences::new(&[plan.sentences]));
        let cases: Vec<Case<'_>> = PLANS
            .iter()
            .zip(&sentences)
            .map(|(plan, sentences)| Case::of(plan, &town, sentences))
            .collect::<Result<_, _>>()?;
        let hearings = hearings::write(conn, &cases, now).await?;
        let answers = answers::write(conn, &town, &hearings, now).await?;
        files::write(conn, store, &hearings, &answers).await?;
        history::write(conn, &hearings).await?;
        conclusions::begin(conn, &hearings, now).await?;
        // As always: the jobs that follow are the service's to do.
        notice_boundaries(conn, DateTime::UNIX_EPOCH, now).await?;
        Ok(())
    })
    .await
}

/// Whether there are hearings.
async fn is_begun(conn: &mut Connection) -> QueryResult<bool> {
    diesel::select(diesel::dsl::exists(hearing::table.select(hearing::id))).get_result(conn).await
}

/// Rows of a statement at the most: PostgreSQL takes 65,535 values in one.
const ROWS_AT_A_TIME: usize = 2_000;

/// Writes many rows in several statements.
async fn in_parts<T>(
    conn: &mut Connection,
    rows: Vec<T>,
    write: impl AsyncFn(&mut Connection, Vec<T>) -> QueryResult<usize>,
) -> Result<(), Error> {
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        let part = rows.by_ref().take(ROWS_AT_A_TIME).collect();
        write(conn, part).await?;
    }
    Ok(())
}
