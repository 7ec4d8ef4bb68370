//! Finding hearings by words: the best first, and where the words stand.

use std::collections::HashMap;

use diesel::{
    ExpressionMethods, QueryDsl, QueryResult, QueryableByName, SelectableHelper,
    dsl::sql,
    sql_types::{self, Array, Integer, Text},
};
use diesel_async::{AsyncConnection, RunQueryDsl, SimpleAsyncConnection};
use openapi::{
    hearings::{Fragment, HearingQuery, HearingSort},
    ids::HearingId,
    page::Page,
};

use super::filters::Filters;
use crate::{
    db::{Connection, Shared, schema::hearing},
    hearings::{Error, HearingRow, ReadHearings},
    http::cursor,
    identity::Require,
};

/// Hits that are ranked: so many that were changed last. Whoever finds more does better with another word.
const RANKED: i64 = 1000;

/// A page of the hits, the best first.
///
/// # Errors
/// [`Error::Invalid`] when there are no words to fit, [`Error::Cursor`].
pub(super) async fn ranked(
    conn: &mut Connection,
    asker: &Require<ReadHearings>,
    query: &HearingQuery,
) -> Result<Page<HearingRow>, Error> {
    let filters = Filters::from(query);
    let Some(words) = filters.words else {
        return Err(Error::invalid("sort", "sort.needs_words", "relevance needs words to search for in `q`"));
    };
    let rank = sql::<Integer>("(ts_rank_cd(hearing.search, danish_query(")
        .bind::<Text, _>(words)
        .sql(")) * 1000000)::integer");
    let newest = filters.hearings(asker).order(hearing::updated_at.desc()).limit(RANKED).select((rank, hearing::id));
    let mut hits: Vec<(i32, HearingId)> = conn
        .transaction(async |conn| {
            prefer_index(conn).await?;
            newest.load(conn).await
        })
        .await?;
    hits.sort_unstable_by(|one, other| other.cmp(one));
    let name = HearingSort::Relevance.as_str();
    let after: Option<(i32, HearingId)> = cursor::decode(query.cursor.as_deref(), name)?;
    let behind = hits.into_iter().filter(|place| after.is_none_or(|after| *place < after));
    let rows = usize::try_from(cursor::rows_to_fetch(query.limit)).unwrap_or(usize::MAX);
    let page = cursor::page(behind.take(rows).collect(), query.limit, name, |place: &(i32, HearingId)| *place);
    let ids: Vec<HearingId> = page.items.into_iter().map(|(_, id)| id).collect();
    let found: Vec<HearingRow> =
        hearing::table.filter(hearing::id.eq_any(&ids)).select(HearingRow::as_select()).load(conn).await?;
    let mut found: HashMap<HearingId, HearingRow> = found.into_iter().map(|row| (row.id, row)).collect();
    Ok(Page { items: ids.iter().filter_map(|id| found.remove(id)).collect(), next: page.next })
}

/// Until the transaction ends, lets what looks for words find them in their index. The database does not know what it
/// costs to look through the words of a hearing where they lie, and would rather walk along the newest ones: with many
/// hearings and a common word that takes several times as long.
pub(super) async fn prefer_index(conn: &mut Connection) -> QueryResult<()> {
    conn.batch_execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off").await
}

// Signs that no text of a hearing contains: it takes no control characters.
const HIT_STARTS: char = '\u{2}';
const HIT_ENDS: char = '\u{3}';

#[derive(QueryableByName)]
struct Excerpt {
    #[diesel(sql_type = sql_types::Uuid)]
    id: HearingId,
    #[diesel(sql_type = Text)]
    excerpt: String,
}

/// Where the words stand in each of some hearings. Of a very long text only the beginning is looked through.
pub(super) async fn excerpts(
    mut conn: Shared<'_>,
    ids: &[HearingId],
    words: Option<&str>,
) -> QueryResult<HashMap<HearingId, Vec<Fragment>>> {
    let Some(words) = words.filter(|words| !words.trim().is_empty()) else { return Ok(HashMap::new()) };
    // As where words are indexed, `<` is a blank to the parser.
    let statement = "SELECT id, ts_headline('danish', \
             translate(left(concat_ws(' · ', nullif(summary, ''), (SELECT string_agg(title || ': ' || without_marks(left(body, 20000)), ' · ' ORDER BY position) \
                  FROM hearing_section WHERE hearing_id = hearing.id)), 20000), '<' || chr(173), ' '), \
             danish_query($2), E'StartSel=\\x02, StopSel=\\x03, MaxFragments=2, MaxWords=18, MinWords=8, \
                  FragmentDelimiter=\" … \"') AS excerpt \
         FROM hearing WHERE id = ANY($1)";
    let found = diesel::sql_query(statement).bind::<Array<sql_types::Uuid>, _>(ids).bind::<Text, _>(words);
    let rows: Vec<Excerpt> = found.load(&mut conn).await?;
    Ok(rows.into_iter().map(|row| (row.id, fragments(&row.excerpt))).collect())
}

fn fragments(excerpt: &str) -> Vec<Fragment> {
    let mut fragments = Vec::new();
    for piece in excerpt.split_inclusive([HIT_STARTS, HIT_ENDS]) {
        let hit = piece.ends_with(HIT_ENDS);
        let text = piece.trim_end_matches([HIT_STARTS, HIT_ENDS]);
        if !text.is_empty() {
            fragments.push(Fragment { text: text.to_owned(), hit });
        }
    }
    fragments
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_excerpt_comes_apart_at_its_hits() {
        let pieces =
            |excerpt: &str| fragments(excerpt).into_iter().map(|piece| (piece.text, piece.hit)).collect::<Vec<_>>();
        let plain = |text: &str| (text.to_owned(), false);
        let hit = |text: &str| (text.to_owned(), true);
        assert_eq!(pieces("a \u{2}skole\u{3} b \u{2}vej\u{3}"), [plain("a "), hit("skole"), plain(" b "), hit("vej")]);
        assert_eq!(pieces("\u{2}å\u{3}"), [hit("å")]);
        assert_eq!(pieces(""), []);
    }
}
