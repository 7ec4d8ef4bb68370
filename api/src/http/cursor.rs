//! Keyset paging: a cursor says behind which row the next page starts, in which order.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use chrono::{DateTime, Datelike, Utc};
use diesel::{
    QueryResult,
    dsl::sql,
    expression::{AsExpression, SqlLiteral, TypedExpressionType, UncheckedBind},
    pg::Pg,
    query_builder::{AstPass, Query, QueryFragment, QueryId},
    query_dsl::methods::{FilterDsl, LimitDsl, OrderDsl},
    sql_types::{Bool, SqlType, Untyped, Uuid as SqlUuid},
};
use openapi::{limits, page::Page};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use uuid::Uuid;

use super::ApiError;

/// What a cursor holds: the order it belongs to and the last row's place in it.
#[derive(Debug, Serialize, Deserialize)]
struct Cursor<K> {
    #[serde(rename = "o")]
    order: String,
    #[serde(rename = "k")]
    key: K,
}

/// A row's place in an order, as a cursor holds it. A cursor can be forged: what no row can have is refused before the
/// database stumbles over it.
pub trait Key: DeserializeOwned {
    /// Whether a row can have it.
    fn is_plausible(&self) -> bool;
}

impl Key for i32 {
    fn is_plausible(&self) -> bool {
        *self >= 0
    }
}

impl Key for i64 {
    fn is_plausible(&self) -> bool {
        *self >= 0
    }
}

impl Key for String {
    fn is_plausible(&self) -> bool {
        !self.contains('\0')
    }
}

impl Key for DateTime<Utc> {
    fn is_plausible(&self) -> bool {
        (1970..=9999).contains(&self.year())
    }
}

impl<A: Key, I: DeserializeOwned> Key for (A, I) {
    fn is_plausible(&self) -> bool {
        self.0.is_plausible()
    }
}

/// A cursor that is none of this service's, or belongs to another order.
#[derive(Debug, Clone, Copy, thiserror::Error)]
#[error("the cursor is not of this list in this order")]
pub struct BadCursor;

impl From<BadCursor> for ApiError {
    fn from(_: BadCursor) -> Self {
        Self::malformed("cursor", "parameter.malformed", "is not `next` of a page in this order")
    }
}

/// The part of a [`Order::slice`] that lies behind a cursor: `(key, id) > ($1, $2)`, which is one range of an index.
type Behind<K, I> = SqlLiteral<Bool, UncheckedBind<SqlLiteral<Bool, UncheckedBind<SqlLiteral<Bool>, K>>, I>>;

/// An order of rows, and the way to page through it: by a key and, where keys are equal, by id. An index of both makes
/// every page cost the same, however far behind.
#[derive(Debug, Clone, Copy)]
pub struct Order {
    name: &'static str,
    key: &'static str,
    id: &'static str,
    descending: bool,
}

impl Order {
    /// An order by `key`, smallest first. `name` tells its cursors from those of other orders; `key` and `id` are SQL.
    #[must_use]
    pub const fn ascending(name: &'static str, key: &'static str, id: &'static str) -> Self {
        Self { name, key, id, descending: false }
    }

    /// The same, largest first.
    #[must_use]
    pub const fn descending(name: &'static str, key: &'static str, id: &'static str) -> Self {
        Self { name, key, id, descending: true }
    }

    /// A row's key, to be selected with it: what the database orders by is written here and nowhere else. `ST` is its SQL
    /// type.
    pub fn key<ST: SqlType + TypedExpressionType>(self) -> SqlLiteral<ST> {
        sql(self.key)
    }

    /// The rows of a page in this order. `ST` is the key's SQL type.
    ///
    /// # Errors
    /// When the cursor is none of this order.
    pub fn slice<ST, K, Q>(self, rows: Q, cursor: Option<&str>, limit: Option<u16>) -> Result<Slice<Q>, BadCursor>
    where
        ST: SqlType + TypedExpressionType,
        K: Key + AsExpression<ST>,
        Q: OrderDsl<SqlLiteral<Untyped>, Output = Q>
            + FilterDsl<Behind<K::Expression, <Uuid as AsExpression<SqlUuid>>::Expression>, Output = Q>
            + LimitDsl<Output = Q>,
    {
        let direction = if self.descending { "DESC" } else { "ASC" };
        let rows = rows.order(sql(&format!("{} {direction}, {} {direction}", self.key, self.id)));
        let rows = match self.decode::<K>(cursor)? {
            Some((key, id)) => rows.filter(self.behind(key, id)),
            None => rows,
        };
        Ok(Slice::of(rows, limit))
    }

    fn behind<ST, K>(self, key: K, id: Uuid) -> Behind<K::Expression, <Uuid as AsExpression<SqlUuid>>::Expression>
    where
        ST: SqlType + TypedExpressionType,
        K: AsExpression<ST>,
    {
        let comparison = if self.descending { '<' } else { '>' };
        sql(&format!("({}, {}) {comparison} (", self.key, self.id))
            .bind::<ST, _>(key)
            .sql(", ")
            .bind::<SqlUuid, _>(id)
            .sql(")")
    }

    fn decode<K: Key>(self, cursor: Option<&str>) -> Result<Option<(K, Uuid)>, BadCursor> {
        decode(cursor, self.name)
    }

    /// Makes a page of the rows that [`Order::slice`] found. `place` is a row's key and id.
    pub fn page<R, K: Serialize>(self, rows: Vec<R>, limit: Option<u16>, place: impl Fn(&R) -> (K, Uuid)) -> Page<R> {
        page(rows, limit, self.name, place)
    }
}

/// Reads a cursor that was made for the same order.
///
/// # Errors
/// When it is none of this service's, or belongs to another order.
pub fn decode<K: Key>(cursor: Option<&str>, order: &str) -> Result<Option<K>, BadCursor> {
    let Some(cursor) = cursor else { return Ok(None) };
    let bytes = BASE64_URL_SAFE_NO_PAD.decode(cursor).ok();
    let parsed: Option<Cursor<K>> = bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok());
    parsed
        .filter(|parsed| parsed.order == order && parsed.key.is_plausible())
        .map(|parsed| Some(parsed.key))
        .ok_or(BadCursor)
}

/// Rows that are asked for: one more than the page, to know whether another follows.
#[must_use]
pub fn rows_to_fetch(limit: Option<u16>) -> i64 {
    i64::from(limit.unwrap_or(limits::PAGE_DEFAULT)) + 1
}

/// The rows of a page, and one more: a statement.
///
/// How many are usual stands in its text. Bound, the number could be any, so that the database would not trust a plan
/// for all of them and would make another one each time: for a list that takes longer than reading it.
#[derive(Debug, Clone, Copy)]
pub struct Slice<Q> {
    rows: Q,
    usual: bool,
}

impl<Q> Slice<Q> {
    /// So many of these rows.
    pub fn of(rows: Q, limit: Option<u16>) -> Self
    where
        Q: LimitDsl<Output = Q>,
    {
        let usual = limit.is_none_or(|limit| limit == limits::PAGE_DEFAULT);
        Self { rows: if usual { rows } else { rows.limit(rows_to_fetch(limit)) }, usual }
    }
}

impl<Q: Query> Query for Slice<Q> {
    type SqlType = Q::SqlType;
}

// It is known by its text.
impl<Q> QueryId for Slice<Q> {
    type QueryId = ();

    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<Q: QueryFragment<Pg>> QueryFragment<Pg> for Slice<Q> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        self.rows.walk_ast(out.reborrow())?;
        if self.usual {
            out.push_sql(&format!(" LIMIT {}", rows_to_fetch(None)));
        }
        Ok(())
    }
}

/// Makes a page of a [`Slice`]'s rows.
pub fn page<R, K: Serialize>(mut rows: Vec<R>, limit: Option<u16>, order: &str, key: impl Fn(&R) -> K) -> Page<R> {
    let limit = usize::from(limit.unwrap_or(limits::PAGE_DEFAULT));
    let more = rows.len() > limit;
    rows.truncate(limit);
    let last = if more { rows.last() } else { None };
    let next = last.and_then(|row| encode(order, key(row)));
    Page { items: rows, next }
}

fn encode<K: Serialize>(order: &str, key: K) -> Option<String> {
    let cursor = Cursor { order: order.to_owned(), key };
    serde_json::to_vec(&cursor).ok().map(|bytes| BASE64_URL_SAFE_NO_PAD.encode(bytes))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::foreign::spoiled;

    #[test]
    fn the_last_page_has_no_next() {
        assert_eq!(page(vec![1, 2], Some(2), "n", |row| *row).next, None);
        assert_eq!(page(Vec::<i32>::new(), Some(2), "n", |row| *row).next, None);
    }

    #[test]
    fn a_cursor_comes_back_and_only_in_its_order() {
        let page = page(vec![1, 2, 3], Some(2), "number", |row| *row);
        assert_eq!(page.items, [1, 2]);
        assert_eq!(decode::<i32>(page.next.as_deref(), "number").unwrap(), Some(2));
        assert!(decode::<i32>(page.next.as_deref(), "date").is_err());
        assert!(decode::<String>(page.next.as_deref(), "number").is_err());
    }

    fn cursors() -> Vec<Vec<u8>> {
        let place = (DateTime::UNIX_EPOCH, Uuid::nil());
        [encode("number", 7), encode("title", ("Ærø", Uuid::nil())), encode("updated", place)]
            .map(|cursor| BASE64_URL_SAFE_NO_PAD.decode(cursor.unwrap()).unwrap())
            .into()
    }

    proptest! {
        #[test]
        fn fuzz_text(text in ".{0,200}") {
            let _ = decode::<(i32, Uuid)>(Some(&text), "number");
        }

        /// What is taken has a place that a row can have, and gives the same place again.
        #[test]
        fn fuzz_content(content in spoiled(cursors())) {
            let cursor = BASE64_URL_SAFE_NO_PAD.encode(content);
            let number = decode::<i32>(Some(&cursor), "number").ok().flatten();
            prop_assert!(number.is_none_or(|number| number >= 0));
            if let Ok(Some((title, id))) = decode::<(String, Uuid)>(Some(&cursor), "title") {
                prop_assert!(!title.contains('\0'));
                let again = encode("title", (&title, id));
                prop_assert_eq!(decode(again.as_deref(), "title").unwrap(), Some((title, id)));
            }
            if let Ok(Some((updated, _))) = decode::<(DateTime<Utc>, Uuid)>(Some(&cursor), "updated") {
                prop_assert!((1970..=9999).contains(&updated.year()));
            }
        }
    }
}
