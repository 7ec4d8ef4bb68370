//! What the database holds, by name: two equal names mean that nothing was committed in between.

use diesel::{QueryResult, QueryableByName, sql_types::Text};
use diesel_async::RunQueryDsl;

use super::{Connection, Prepare};

#[derive(QueryableByName)]
struct State {
    #[diesel(sql_type = Text)]
    state: String,
}

// The snapshot names every transaction that it does not see, so that each commit makes another one. Numbers of
// transactions come again only on a server that took over without having got all of them, and that has another start.
const STATE: &str = "SELECT pg_current_snapshot()::text || ' ' || pg_postmaster_start_time()::text AS state";

/// What the database holds now.
///
/// # Errors
/// When the database fails.
pub async fn current(conn: &mut Connection) -> QueryResult<String> {
    let State { state } = diesel::sql_query(STATE).prepared().get_result(conn).await?;
    Ok(state)
}
