//! Reads of single hearings, and of what other domains show of theirs. A hearing as it is shown, and lists, are read in
//! `overview`.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use diesel::{ExpressionMethods, QueryDsl, QueryResult, QueryableByName, SelectableHelper, dsl::exists, sql_types};
use diesel_async::RunQueryDsl;
use openapi::{
    hearings::{HearingReference, HearingRole},
    ids::{AccountId, HearingId, SectionId},
};

use super::{Error, HearingFor, HearingRow, ReadHearings, rows::SectionRow};
use crate::{
    db::{
        Connection, Prepare, Shared,
        schema::{hearing, hearing_revocation, hearing_role, hearing_section},
    },
    identity::{Actor, Require},
};

/// What a link to a hearing shows of it.
///
/// # Errors
/// [`Error::NotFound`] when it does not exist for whoever asks.
pub async fn title_and_summary(
    conn: &mut Connection,
    asker: &Require<ReadHearings>,
    id: HearingId,
) -> Result<(String, String), Error> {
    let loaded = asker.read(conn, id).await?;
    Ok((loaded.row().title.clone(), loaded.row().summary.clone()))
}

/// A hearing's sections in their order.
///
/// # Errors
/// When the database fails.
pub async fn sections(mut conn: Shared<'_>, id: HearingId) -> QueryResult<Vec<SectionRow>> {
    hearing_section::table
        .filter(hearing_section::hearing_id.eq(id))
        .order(hearing_section::position)
        .select(SectionRow::as_select())
        .load(&mut conn)
        .await
}

/// The ids and titles of a hearing's sections in their order.
///
/// # Errors
/// When the database fails.
pub async fn section_titles<P>(conn: Shared<'_>, hearing: &HearingFor<P>) -> QueryResult<Vec<(SectionId, String)>> {
    Ok(sections(conn, hearing.id()).await?.into_iter().map(|section| (section.id, section.title)).collect())
}

/// Hearings named beside something of the caller's own.
///
/// # Errors
/// When the database fails.
pub async fn references(
    conn: &mut Connection,
    ids: &[HearingId],
    now: DateTime<Utc>,
) -> QueryResult<HashMap<HearingId, HearingReference>> {
    let rows = hearing::table.filter(hearing::id.eq_any(ids)).select(HearingRow::as_select()).load(conn).await?;
    Ok(rows.into_iter().map(|row: HearingRow| (row.id, row.into_reference(now))).collect())
}

/// Hearings' titles, for those who read about them without seeing them.
///
/// # Errors
/// When the database fails.
pub async fn titles(conn: &mut Connection, ids: &[HearingId]) -> QueryResult<HashMap<HearingId, String>> {
    let rows: Vec<_> =
        hearing::table.filter(hearing::id.eq_any(ids)).select((hearing::id, hearing::title)).load(conn).await?;
    Ok(rows.into_iter().collect())
}

/// Whether there is such a hearing at all, whoever may see it.
///
/// # Errors
/// When the database fails.
pub async fn is_there(conn: &mut Connection, id: HearingId) -> QueryResult<bool> {
    diesel::select(exists(hearing::table.find(id))).get_result(conn).await
}

/// The first instant after `now` at which a hearing starts or a deadline passes; none when none does.
///
/// # Errors
/// When the database fails.
pub async fn next_boundary(conn: &mut Connection, now: DateTime<Utc>) -> QueryResult<Option<DateTime<Utc>>> {
    let Boundary { instant } =
        diesel::sql_query(NEXT_BOUNDARY).bind::<sql_types::Timestamptz, _>(now).prepared().get_result(conn).await?;
    Ok(instant)
}

#[derive(QueryableByName)]
struct Boundary {
    #[diesel(sql_type = sql_types::Nullable<sql_types::Timestamptz>)]
    instant: Option<DateTime<Utc>>,
}

// As the indexes have it: one look into each.
const NEXT_BOUNDARY: &str = "SELECT least( \
     (SELECT min(starts_at) FROM hearing WHERE starts_at > $1), \
     (SELECT min(coalesce(deadline_at, '9999-12-31T23:59:59Z')) FROM hearing \
      WHERE coalesce(deadline_at, '9999-12-31T23:59:59Z') > $1)) AS instant";

/// Whether somebody owns any hearing.
///
/// # Errors
/// When the database fails.
pub async fn owns_one(conn: &mut Connection, account: AccountId) -> QueryResult<bool> {
    let owned = hearing_role::table
        .filter(hearing_role::account_id.eq(account))
        .filter(hearing_role::role.eq(HearingRole::Owner));
    diesel::select(exists(owned)).get_result(conn).await
}

/// Somebody's roles on hearings.
pub(crate) async fn roles_by_hearing(
    mut conn: Shared<'_>,
    actor: &Actor,
    ids: &[HearingId],
) -> QueryResult<HashMap<HearingId, Vec<HearingRole>>> {
    let rows: Vec<(HearingId, HearingRole)> = hearing_role::table
        .filter(hearing_role::account_id.eq(actor.account))
        .filter(hearing_role::hearing_id.eq_any(ids))
        .order(hearing_role::role)
        .select((hearing_role::hearing_id, hearing_role::role))
        .load(&mut conn)
        .await?;
    let mut roles: HashMap<_, Vec<_>> = HashMap::new();
    for (hearing, role) in rows {
        roles.entry(hearing).or_default().push(role);
    }
    Ok(roles)
}

/// Those of these people whose access to a hearing is revoked.
///
/// # Errors
/// When the database fails.
pub async fn revoked_among(
    conn: &mut Connection,
    hearing: HearingId,
    people: &[AccountId],
) -> QueryResult<HashSet<AccountId>> {
    let revoked: Vec<AccountId> = hearing_revocation::table
        .filter(hearing_revocation::hearing_id.eq(hearing))
        .filter(hearing_revocation::account_id.eq_any(people))
        .select(hearing_revocation::account_id)
        .load(conn)
        .await?;
    Ok(revoked.into_iter().collect())
}
