//! What every operation shares: reading requests strictly, answering alike, refusing alike.

mod answer;
mod anybody;
mod body;
pub mod connections;
pub mod cookies;
pub mod cursor;
pub mod fallback;
pub mod head;
pub mod idempotency;
pub mod origin;
pub mod parameters;
mod path;
mod precondition;
pub mod problem;
mod query;
mod upload;

pub use self::{
    answer::{Answer, Begun, Created, Empty, Fresh, Versioned},
    anybody::ForAnybody,
    body::{BODY_LIMIT, Json},
    idempotency::{Idempotency, IdempotencyError, Once, Repeatable},
    origin::Origin,
    path::Path,
    precondition::{AtVersion, IfMatch, Stale},
    problem::ApiError,
    query::Query,
    upload::{Received, Upload},
};
pub(crate) use self::{
    answer::{is_known, say_how_to_keep},
    anybody::MayBeKept,
    problem::ROOM_AFTER,
};
