//! Writes of a hearing's sections and of the words it is found by.

use chrono::{DateTime, Utc};
use diesel::{ExpressionMethods, QueryDsl, QueryResult, sql_types, upsert::excluded};
use diesel_async::RunQueryDsl;
use openapi::{
    hearings::SectionPatch,
    ids::{HearingId, SectionId},
    validation::FieldErrors,
};

use super::{Error, queries, rows::SectionRow};
use crate::db::{Connection, schema::hearing_section};

/// Makes the sections those wanted, in their order, and tells whether anything changed. Known ones keep their ids; those
/// left out are removed.
///
/// # Errors
/// [`Error::Invalid`] for an id that is not a section of this hearing.
pub(super) async fn replace(
    conn: &mut Connection,
    hearing: HearingId,
    wanted: &[SectionPatch],
    now: DateTime<Utc>,
) -> Result<bool, Error> {
    let before = queries::sections(conn, hearing).await?;
    let mut errors = FieldErrors::default();
    let mut rows = Vec::with_capacity(wanted.len());
    for (position, section) in (0..).zip(wanted) {
        if section.id.is_some_and(|id| !before.iter().any(|known| known.id == id)) {
            errors.add(format!("/sections/{position}/id"), "section.unknown", "is no section of this hearing");
        }
        rows.push(SectionRow {
            id: section.id.unwrap_or_else(|| SectionId::new(now)),
            hearing_id: hearing,
            position,
            title: section.title.clone(),
            body: section.body.clone(),
        });
    }
    errors.finish().map_err(Error::Invalid)?;
    if rows == before {
        return Ok(false);
    }
    let kept: Vec<SectionId> = rows.iter().map(|row| row.id).collect();
    let gone =
        hearing_section::table.filter(hearing_section::hearing_id.eq(hearing)).filter(hearing_section::id.ne_all(kept));
    diesel::delete(gone).execute(conn).await?;
    diesel::insert_into(hearing_section::table)
        .values(rows)
        .on_conflict(hearing_section::id)
        .do_update()
        .set((
            hearing_section::position.eq(excluded(hearing_section::position)),
            hearing_section::title.eq(excluded(hearing_section::title)),
            hearing_section::body.eq(excluded(hearing_section::body)),
        ))
        .execute(conn)
        .await?;
    Ok(true)
}

/// Makes the hearing found by what it says now, soft hyphens (173) left out. The title weighs most. Of a very long text
/// only the beginning counts: what PostgreSQL keeps of one row's words is at most a mebibyte. Its parser takes time that
/// grows with the square of how often `<!--` begins and never ends, so each `<` is a blank to it.
///
/// # Errors
/// When the database fails.
pub(crate) async fn index_words(conn: &mut Connection, hearing: HearingId) -> QueryResult<()> {
    let statement = "\
        WITH said AS ( \
            SELECT string_agg(title || ' ' || body, ' ') AS words FROM hearing_section WHERE hearing_id = $1 \
        ) \
        UPDATE hearing SET search = \
            setweight(to_tsvector('danish', translate(title, '<' || chr(173), ' ')), 'A') \
            || setweight(to_tsvector('danish', translate(summary, '<' || chr(173), ' ')), 'B') \
            || to_tsvector('danish', left(translate(coalesce(said.words, ''), '<' || chr(173), ' '), 100000)) \
        FROM said WHERE id = $1";
    diesel::sql_query(statement).bind::<sql_types::Uuid, _>(hearing).execute(conn).await?;
    Ok(())
}
