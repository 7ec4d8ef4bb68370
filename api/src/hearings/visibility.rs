//! Who sees a hearing: the one place that decides it, as SQL, for lists, details, counts, files, searches and archives
//! alike. What it does not let through does not exist for the caller.

use chrono::{DateTime, Utc};
use diesel::{
    BoolExpressionMethods, BoxableExpression, ExpressionMethods, IntoSql, NullableExpressionMethods, QueryDsl,
    helper_types::{IntoBoxed, Select},
    pg::Pg,
    sql_types::Bool,
};
use openapi::{
    hearings::{Audience, HearingRole},
    session::{Capacity, GlobalRole},
};

use crate::{
    config::Visibility,
    db::schema::{hearing, hearing_role},
    identity::{Permission, Require},
};

/// A condition on hearings.
pub type Predicate = Box<dyn BoxableExpression<hearing::table, Pg, SqlType = Bool>>;

/// The roles that work on a hearing and see it from its first draft.
pub const STAFF: [HearingRole; 3] = [HearingRole::Owner, HearingRole::CaseWorker, HearingRole::Reviewer];

/// The hearings that whoever asks sees.
#[must_use]
pub fn visible_to(asker: &Require<impl Permission>) -> Predicate {
    let (visibility, now) = (asker.visibility(), asker.now());
    let Some(actor) = asker.actor() else {
        return Box::new(shown(visibility, now).and(hearing::invitation_only.eq(false)).and(public()));
    };
    if actor.has(GlobalRole::Administrator) {
        return Box::new(true.into_sql::<Bool>());
    }
    let works_on = hearing::id.eq_any(
        hearing_role::table
            .filter(hearing_role::account_id.eq(actor.account))
            .filter(hearing_role::role.eq_any(STAFF))
            .select(hearing_role::hearing_id),
    );
    let is_invited = hearing::id.eq_any(
        hearing_role::table
            .filter(hearing_role::account_id.eq(actor.account))
            .filter(hearing_role::role.eq(HearingRole::Invitee))
            .select(hearing_role::hearing_id),
    );
    let is_addressed: Predicate = match actor.capacity {
        Capacity::Employee => Box::new(hearing::invitation_only.eq(false)),
        Capacity::Citizen | Capacity::Company | Capacity::Unknown => {
            Box::new(hearing::invitation_only.eq(false).and(public()))
        }
    };
    Box::new(works_on.or(shown(visibility, now).and(is_invited.or(is_addressed))))
}

/// Their ids, for what lies below hearings.
#[must_use]
pub fn ids_visible_to(asker: &Require<impl Permission>) -> IntoBoxed<'static, Select<hearing::table, hearing::id>, Pg> {
    hearing::table.select(hearing::id).into_boxed().filter(visible_to(asker))
}

fn public() -> Predicate {
    Box::new(hearing::audience.eq(Audience::Public))
}

/// Published and begun; where upcoming hearings are shown, published is enough. One that was cancelled before its start
/// never began.
fn shown(visibility: Visibility, now: DateTime<Utc>) -> Predicate {
    let published = hearing::published_at.is_not_null();
    if visibility.show_upcoming {
        return Box::new(published);
    }
    let started = hearing::starts_at.assume_not_null().le(now);
    let cancelled_early = hearing::cancelled_at
        .is_not_null()
        .and(hearing::cancelled_at.assume_not_null().lt(hearing::starts_at.assume_not_null()));
    Box::new(published.and(started).and(diesel::dsl::not(cancelled_early)))
}
