//! How many hearings each value of a filter would leave: counted beside the other filters, and no further than anybody
//! reads.

use diesel::{
    ExpressionMethods, QueryDsl, QueryResult,
    dsl::sql,
    sql_types::{Text, Timestamptz},
};
use diesel_async::RunQueryDsl;
use openapi::{
    hearings::{Audience, FacetCount, FacetQuery, HearingFacets, HearingRole, HearingStatus},
    ids::HearingId,
};

use super::{
    ReadHearings,
    filters::{Filters, Query, STATUS},
    queries::roles_by_hearing,
};
use crate::{
    db::{Connection, schema::hearing},
    identity::Require,
};

/// Hearings that are looked at: so many that were changed last.
const LOOKED_AT: i64 = 2000;

/// What is counted of one value: "1.000+" says enough.
const COUNTED: usize = 1000;

/// The counts of every filter.
pub(super) async fn count(
    conn: &mut Connection,
    asker: &Require<ReadHearings>,
    query: &FacetQuery,
) -> QueryResult<HearingFacets> {
    let filters = Filters::from(query);
    let status = sql::<Text>(STATUS).bind::<Timestamptz, _>(asker.now()).sql(")");
    let statuses: Vec<HearingStatus> =
        newest(asker, Filters { status: &[], ..filters }).select(status).load(conn).await?;
    let audiences: Vec<Audience> =
        newest(asker, Filters { audience: &[], ..filters }).select(hearing::audience).load(conn).await?;
    let (roles, seen) = match asker.actor() {
        Some(actor) => {
            let ids: Vec<HearingId> =
                newest(asker, Filters { role: &[], ..filters }).select(hearing::id).load(conn).await?;
            let roles = roles_by_hearing(conn, actor, &ids).await?;
            (roles.into_values().flatten().collect(), ids.len())
        }
        None => (Vec::new(), 0),
    };
    Ok(HearingFacets {
        status: counts(HearingStatus::ALL, &statuses, statuses.len()),
        role: counts(HearingRole::ALL, &roles, seen),
        audience: counts(Audience::ALL, &audiences, audiences.len()),
    })
}

fn newest<'a>(asker: &Require<ReadHearings>, filters: Filters<'a>) -> Query<'a> {
    filters.hearings(asker).order(hearing::updated_at.desc()).limit(LOOKED_AT + 1)
}

/// The values that are there, in their own order.
fn counts<T: Copy + PartialEq>(all: &[T], found: &[T], seen: usize) -> Vec<FacetCount<T>> {
    let not_all_seen = seen > usize::try_from(LOOKED_AT).unwrap_or_default();
    let count = |value: &T| {
        let count = found.iter().filter(|other| *other == value).count();
        FacetCount {
            value: *value,
            count: u32::try_from(count.min(COUNTED)).unwrap_or_default(),
            or_more: count > COUNTED || not_all_seen,
        }
    };
    all.iter().map(count).filter(|facet| facet.count > 0).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_there_is_left_out_and_what_is_too_much_is_capped() {
        let found: Vec<u8> = std::iter::repeat_n(1, 1001).chain([3]).collect();
        let facets = counts(&[1, 2, 3], &found, found.len());
        let said: Vec<_> = facets.iter().map(|facet| (facet.value, facet.count, facet.or_more)).collect();
        assert_eq!(said, [(1, 1000, true), (3, 1, false)]);
        assert!(counts(&[3], &[3], 2001)[0].or_more, "there may be more that were not looked at");
    }
}
