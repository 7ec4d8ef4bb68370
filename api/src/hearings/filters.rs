//! Which hearings somebody means: the filters of lists and of counts, as conditions.

use chrono::{DateTime, Utc};
use diesel::{
    BoolExpressionMethods, ExpressionMethods, QueryDsl,
    dsl::{not, sql},
    pg::Pg,
    sql_types::{Array, Bool, Text, Timestamptz},
};
use openapi::{
    hearings::{Audience, FacetQuery, HearingQuery, HearingRole, HearingStatus},
    ids::AccountId,
};
use uuid::Uuid;

use super::{ReadHearings, visibility};
use crate::{
    db::schema::{hearing, hearing_role},
    identity::Require,
    responses,
};

/// Hearings that can be filtered further.
pub(super) type Query<'a> = hearing::BoxedQuery<'a, Pg>;

/// What the hearings have to be. Several values of one filter are alternatives.
#[derive(Debug, Clone, Copy)]
pub(super) struct Filters<'a> {
    pub(super) words: Option<&'a str>,
    pub(super) status: &'a [HearingStatus],
    pub(super) role: &'a [HearingRole],
    pub(super) audience: &'a [Audience],
    pub(super) awaiting_answer: Option<bool>,
    pub(super) answered: Option<bool>,
}

macro_rules! filters_from {
    ($($query:ty),+) => { $(
        impl<'a> From<&'a $query> for Filters<'a> {
            fn from(query: &'a $query) -> Self {
                Self {
                    words: query.q.as_deref().filter(|words| !words.trim().is_empty()),
                    status: &query.status,
                    role: &query.role,
                    audience: &query.audience,
                    awaiting_answer: query.awaiting_answer,
                    answered: query.answered,
                }
            }
        }
    )+ };
}

filters_from!(HearingQuery, FacetQuery);

impl<'a> Filters<'a> {
    /// The hearings that whoever asks sees and that pass.
    pub(super) fn hearings(self, asker: &Require<ReadHearings>) -> Query<'a> {
        let mut hearings = hearing::table.filter(visibility::visible_to(asker)).into_boxed();
        if let Some(words) = self.words {
            let found = sql::<Bool>("hearing.search @@ danish_query(").bind::<Text, _>(words).sql(")");
            hearings = hearings.filter(found);
        }
        if !self.status.is_empty() {
            hearings = hearings.filter(in_statuses(self.status, asker.now()));
        }
        if !self.audience.is_empty() {
            hearings = hearings.filter(hearing::audience.eq_any(self.audience));
        }
        self.of_the_caller(hearings, asker)
    }

    // An anonymous visitor has nothing of his own: asked for what is, he gets nothing, and asked for what is not, all.
    fn of_the_caller(self, mut hearings: Query<'a>, asker: &Require<ReadHearings>) -> Query<'a> {
        let account = asker.actor().map_or(AccountId(Uuid::nil()), |actor| actor.account);
        let with_role = |roles: &[HearingRole]| {
            hearing_role::table
                .filter(hearing_role::account_id.eq(account))
                .filter(hearing_role::role.eq_any(roles.to_vec()))
                .select(hearing_role::hearing_id)
        };
        if !self.role.is_empty() {
            hearings = hearings.filter(hearing::id.eq_any(with_role(self.role)));
        }
        if let Some(awaiting) = self.awaiting_answer {
            let awaits = hearing::id
                .eq_any(with_role(&[HearingRole::Invitee]))
                .and(hearing::id.ne_all(responses::queries::answered_by(account)))
                .and(in_statuses(&[HearingStatus::Open], asker.now()));
            hearings = if awaiting { hearings.filter(awaits) } else { hearings.filter(not(awaits)) };
        }
        if let Some(wanted) = self.answered {
            let mine = hearing::id
                .eq_any(responses::queries::begun_by(account))
                .or(hearing::id.eq_any(responses::queries::sent_by(account)));
            hearings = if wanted { hearings.filter(mine) } else { hearings.filter(not(mine)) };
        }
        hearings
    }
}

/// The status as SQL computes it; an instant and a closing bracket are missing.
pub(super) const STATUS: &str = "hearing_status(hearing.published_at, hearing.starts_at, hearing.deadline_at, \
                                 hearing.cancelled_at, hearing.concluded_at, ";

fn in_statuses(statuses: &[HearingStatus], now: DateTime<Utc>) -> visibility::Predicate {
    let names: Vec<String> = statuses.iter().map(ToString::to_string).collect();
    Box::new(sql::<Bool>(STATUS).bind::<Timestamptz, _>(now).sql(") = ANY(").bind::<Array<Text>, _>(names).sql(")"))
}
