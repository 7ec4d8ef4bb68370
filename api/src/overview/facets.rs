//! How many hearings each value of a filter would leave: counted beside the other filters, and no further than anybody
//! reads.

use std::rc::Rc;

use diesel::{
    ExpressionMethods, QueryDsl, QueryResult,
    dsl::sql,
    sql_types::{Text, Timestamptz},
};
use diesel_async::{AsyncConnection, RunQueryDsl};
use openapi::{
    hearings::{Audience, FacetCount, FacetQuery, HearingFacets, HearingRole, HearingStatus},
    ids::HearingId,
};

use super::{
    filters::{Filters, STATUS},
    search,
};
use crate::{
    db::{Connection, schema::hearing},
    hearings::{ReadHearings, queries::roles_by_hearing},
    identity::Require,
};

/// Hearings that are looked at: so many that were changed last. "1.000+" says enough.
const LOOKED_AT: usize = 1000;

/// What is counted of a hearing.
type Seen = (HearingId, HearingStatus, Audience);

/// The counts of every filter.
pub(super) async fn count(
    conn: &mut Connection,
    asker: &Require<ReadHearings>,
    query: &FacetQuery,
) -> QueryResult<HearingFacets> {
    let filters = Filters::from(query);
    let mut looked_at = LookedAt { asker, hearings: Vec::new() };
    let for_status = looked_at.with(conn, Filters { status: &[], ..filters }).await?;
    let for_audience = looked_at.with(conn, Filters { audience: &[], ..filters }).await?;
    let (for_role, roles) = match asker.actor() {
        Some(actor) => {
            let for_role = looked_at.with(conn, Filters { role: &[], ..filters }).await?;
            let ids: Vec<HearingId> = for_role.iter().map(|seen| seen.0).collect();
            let roles = roles_by_hearing(conn, actor, &ids).await?;
            (for_role, roles.into_values().flatten().collect())
        }
        None => (Rc::default(), Vec::new()),
    };
    Ok(HearingFacets {
        status: counts(HearingStatus::ALL, for_status.iter().map(|seen| seen.1), for_status.len()),
        role: counts(HearingRole::ALL, roles, for_role.len()),
        audience: counts(Audience::ALL, for_audience.iter().map(|seen| seen.2), for_audience.len()),
    })
}

/// The hearings that were looked at, by their filters: those that are not set need no look of their own.
struct LookedAt<'a> {
    asker: &'a Require<ReadHearings>,
    hearings: Vec<(Filters<'a>, Rc<[Seen]>)>,
}

impl<'a> LookedAt<'a> {
    /// The hearings with these filters, and one more than are looked at if there are more.
    async fn with(&mut self, conn: &mut Connection, filters: Filters<'a>) -> QueryResult<Rc<[Seen]>> {
        if let Some((_, seen)) = self.hearings.iter().find(|(known, _)| *known == filters) {
            return Ok(Rc::clone(seen));
        }
        let status = sql::<Text>(STATUS).bind::<Timestamptz, _>(self.asker.now()).sql(")");
        let newest = filters
            .hearings(self.asker)
            .order(hearing::updated_at.desc())
            .limit(i64::try_from(LOOKED_AT).unwrap_or(i64::MAX).saturating_add(1))
            .select((hearing::id, status, hearing::audience));
        let seen: Vec<Seen> = match filters.words {
            Some(_) => {
                let read = async |conn: &mut Connection| {
                    search::prefer_index(conn).await?;
                    newest.load(conn).await
                };
                conn.transaction(read).await?
            }
            None => newest.load(conn).await?,
        };
        let seen = Rc::from(seen);
        self.hearings.push((filters, Rc::clone(&seen)));
        Ok(seen)
    }
}

/// The values that are there, in their own order, and how often among so many hearings.
fn counts<T: Copy + PartialEq>(all: &[T], found: impl IntoIterator<Item = T>, hearings: usize) -> Vec<FacetCount<T>> {
    let found: Vec<T> = found.into_iter().collect();
    let count = |value: &T| {
        let count = found.iter().filter(|other| *other == value).count().min(LOOKED_AT);
        FacetCount { value: *value, count: u32::try_from(count).unwrap_or_default(), or_more: hearings > LOOKED_AT }
    };
    all.iter().map(count).filter(|facet| facet.count > 0).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_there_is_left_out_and_what_is_too_much_is_capped() {
        let said = |found: &[u8]| {
            let facets = counts(&[1, 2, 3], found.iter().copied(), found.len()).into_iter();
            facets.map(|facet| (facet.value, facet.count, facet.or_more)).collect::<Vec<_>>()
        };
        assert_eq!(said(&[1, 3, 1]), [(1, 2, false), (3, 1, false)]);
        assert_eq!(said(&[1; 1000]), [(1, 1000, false)]);
        assert_eq!(said(&[1; 1001]), [(1, 1000, true)]);
        let one_is_rare: Vec<u8> = [3].into_iter().chain([1; 1000]).collect();
        assert_eq!(said(&one_is_rare), [(1, 1000, true), (3, 1, true)], "there may be more that were not looked at");
    }
}
