//! What every operation shares: reading requests strictly, answering alike, refusing alike.

mod answer;
mod body;
pub mod compression;
pub mod connections;
pub mod cookies;
pub mod csrf;
pub mod cursor;
pub mod denials;
pub mod docs;
mod download;
pub mod fallback;
pub mod head;
pub mod headers;
pub mod idempotency;
pub mod kept;
pub mod limits;
mod origin;
pub mod parameters;
mod path;
mod precondition;
pub mod problem;
mod query;
mod upload;

pub use self::{
    answer::{Answer, Begun, Created, Empty, Fresh, Versioned},
    body::{BODY_LIMIT, Json},
    download::{Download, Shown, disposition},
    idempotency::{Idempotency, IdempotencyError, Once, Repeatable},
    kept::ForAnybody,
    origin::Origin,
    path::Path,
    precondition::{AtVersion, IfMatch, Stale},
    problem::ApiError,
    query::Query,
    upload::{Received, Upload},
};
