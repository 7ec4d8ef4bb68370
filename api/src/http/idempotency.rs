//! `Idempotency-Key`: the same request sent again gives the same thing again, not another one.

use std::future::{Ready, ready};

use actix_web::{FromRequest, HttpRequest, dev::Payload};
use chrono::{DateTime, TimeDelta, Utc};
use diesel::{ExpressionMethods, QueryDsl, QueryResult};
use diesel_async::RunQueryDsl;
use openapi::{ids::AccountId, limits, problem::ProblemCode};
use serde::Serialize;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::ApiError;
use crate::db::{Connection, schema::idempotency_key};

/// How long a key is remembered: whoever has heard nothing for so long asks what came of it.
const REMEMBERED: TimeDelta = TimeDelta::hours(24);

/// Forgets the keys of requests that nobody sends again.
///
/// # Errors
/// When the database fails.
pub async fn sweep(conn: &mut Connection, now: DateTime<Utc>) -> QueryResult<()> {
    let old = idempotency_key::table.filter(idempotency_key::created_at.lt(now - REMEMBERED));
    diesel::delete(old).execute(conn).await?;
    Ok(())
}

/// The header, when the request has it.
#[derive(Debug, Clone)]
pub struct Idempotency(Option<String>);

impl FromRequest for Idempotency {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let Some(value) = request.headers().get("Idempotency-Key") else { return ready(Ok(Self(None))) };
        let key = value.to_str().ok().filter(|key| (1..=limits::IDEMPOTENCY_KEY).contains(&key.len()));
        ready(match key {
            Some(key) => Ok(Self(Some(key.to_owned()))),
            None => {
                let detail = "must be 1 to 100 visible ASCII characters";
                Err(ApiError::malformed("Idempotency-Key", "header.malformed", detail))
            }
        })
    }
}

/// Why a request with a key was refused.
#[derive(Debug, thiserror::Error)]
pub enum IdempotencyError {
    /// The key came with another request before.
    #[error("the idempotency key was used for another request")]
    KeyReused,
    /// The database failed.
    #[error("the database failed")]
    Database(#[from] diesel::result::Error),
}

impl From<IdempotencyError> for ApiError {
    fn from(error: IdempotencyError) -> Self {
        match error {
            IdempotencyError::KeyReused => {
                Self::new(ProblemCode::IdempotencyKeyReused, "Use a new key for a new request.")
            }
            IdempotencyError::Database(error) => error.into(),
        }
    }
}

/// A request that may be sent again.
#[derive(Debug)]
pub struct Repeatable {
    account: AccountId,
    operation: &'static str,
    key: String,
    hash: Vec<u8>,
}

impl Idempotency {
    /// What to look up and remember, when the caller sent a key. `request` is everything that makes it this request
    /// and no other: path and body.
    #[must_use]
    pub fn of(self, account: AccountId, operation: &'static str, request: &impl Serialize) -> Option<Repeatable> {
        let bytes = serde_json::to_vec(request).unwrap_or_default();
        self.0.map(|key| Repeatable { account, operation, key, hash: Sha256::digest(bytes).to_vec() })
    }
}

impl Repeatable {
    /// Claims the key, in the transaction that carries the request out. A second request with it waits here until the
    /// first is done, and then gets what that one made.
    ///
    /// # Errors
    /// [`IdempotencyError::KeyReused`] when the key came with another request.
    pub async fn claim(&self, conn: &mut Connection, now: DateTime<Utc>) -> Result<Option<Uuid>, IdempotencyError> {
        let claimed = diesel::insert_into(idempotency_key::table)
            .values((
                idempotency_key::account_id.eq(self.account),
                idempotency_key::operation.eq(self.operation),
                idempotency_key::key.eq(&self.key),
                idempotency_key::request_hash.eq(&self.hash),
                idempotency_key::created_at.eq(now),
            ))
            .on_conflict_do_nothing()
            .execute(conn)
            .await?;
        if claimed == 1 {
            return Ok(None);
        }
        let (hash, object): (Vec<u8>, Option<Uuid>) = idempotency_key::table
            .find((self.account, self.operation, &self.key))
            .select((idempotency_key::request_hash, idempotency_key::object_id))
            .first(conn)
            .await?;
        if hash == self.hash { Ok(object) } else { Err(IdempotencyError::KeyReused) }
    }

    /// Remembers what the request made.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn remember(&self, conn: &mut Connection, object: Uuid) -> Result<(), diesel::result::Error> {
        diesel::update(idempotency_key::table.find((self.account, self.operation, &self.key)))
            .set(idempotency_key::object_id.eq(object))
            .execute(conn)
            .await?;
        Ok(())
    }
}
