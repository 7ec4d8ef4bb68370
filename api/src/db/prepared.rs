//! Statements that a connection prepares once.
//!
//! Preparing saves reading and checking a text; planning it is saved only when the database trusts one plan for all
//! values. With a bound `LIMIT` it does not. So what a key finds is read by `get_result` and not by `first`, which binds
//! one, and a page's usual length stands in its text (`Slice` in `http/cursor.rs`).

use diesel::{
    QueryResult,
    pg::Pg,
    query_builder::{AstPass, Query, QueryFragment, QueryId},
};

/// A statement that each connection prepares once and keeps: the database reads and checks its text one time, and it
/// costs one round trip instead of two.
///
/// Most statements are kept without this. diesel cannot know it of those with a literal in them, of updates and of
/// upserts: their text might be another one each time, and all of them would be kept. Whoever wraps one says that there
/// are few texts of it, because values are bound and never written into it.
#[derive(Debug, Clone, Copy)]
pub struct Prepared<Q>(Q);

/// Makes a statement one that is prepared once.
pub trait Prepare: Sized {
    /// The statement, to be prepared once a connection.
    fn prepared(self) -> Prepared<Self> {
        Prepared(self)
    }
}

impl<Q> Prepare for Q {}

impl<Q: Query> Query for Prepared<Q> {
    type SqlType = Q::SqlType;
}

// It is known by its text.
impl<Q> QueryId for Prepared<Q> {
    type QueryId = ();

    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<Q: QueryFragment<Pg>> QueryFragment<Pg> for Prepared<Q> {
    fn walk_ast<'b>(&'b self, out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        self.0.walk_ast(out)
    }

    fn is_safe_to_cache_prepared(&self, _: &Pg) -> QueryResult<bool> {
        Ok(true)
    }
}
