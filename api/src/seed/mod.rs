//! Made-up data to try Agora with: the people, hearings and answers of Eksempel Kommune, where nobody lives.
//!
//! What is told lies in `demo/`: people as JSON, each hearing as a Markdown file, sentences that answers are made of.
//! Everything is written straight to the tables in one transaction, keeping what the actions keep: numbers without
//! holes, one answer and one draft a person and hearing, words to be found by, an audit entry for each change.

mod answers;
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
use diesel::QueryDsl;
use diesel_async::{AsyncConnection, RunQueryDsl};

pub use self::{
    error::Error,
    people::{PASSWORD, demo_people},
};
use crate::{
    db::{Connection, schema::hearing},
    ports::files::FileStore,
};

/// Writes the demonstration's data unless there are hearings already: what somebody tried out stays.
///
/// # Errors
/// [`Error`] when the database or the file store fails or a file of the demonstration does not fit the others.
pub async fn demo(conn: &mut Connection, store: &dyn FileStore, now: DateTime<Utc>) -> Result<(), Error> {
    conn.transaction(async |conn| {
        let begun: bool =
            diesel::select(diesel::dsl::exists(hearing::table.select(hearing::id))).get_result(conn).await?;
        if begun {
            return Ok(());
        }
        let town = people::write(conn, now).await?;
        let hearings = hearings::write(conn, &town, now).await?;
        let answers = answers::write(conn, &town, &hearings, now).await?;
        files::write(conn, store, &hearings, &answers).await?;
        history::write(conn, &hearings, &answers, now).await
    })
    .await
}
