//! `Idempotency-Key`: the same request sent again gives the same thing again, not another one.

use std::future::{Ready, ready};

use actix_web::{FromRequest, HttpRequest, dev::Payload};
use chrono::{DateTime, TimeDelta, Utc};
use diesel::{ExpressionMethods, OptionalExtension, QueryDsl, QueryResult, dsl::exists};
use diesel_async::RunQueryDsl;
use openapi::{ids::AccountId, limits, problem::ProblemCode};
use serde::Serialize;
use sha2::{Digest, Sha256};
use utoipa::{
    IntoParams,
    openapi::{
        ObjectBuilder, Required, Type,
        path::{Parameter, ParameterIn},
    },
};
use uuid::Uuid;

use super::{ApiError, parameters};
use crate::db::{Connection, Prepare, schema::idempotency_key};

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
        let key = value.to_str().ok().filter(|key| is_key(key));
        ready(match key {
            Some(key) => Ok(Self(Some(key.to_owned()))),
            None => {
                let detail = "must be 1 to 100 visible ASCII characters";
                Err(ApiError::malformed("Idempotency-Key", "header.malformed", detail))
            }
        })
    }
}

fn is_key(text: &str) -> bool {
    (1..=limits::IDEMPOTENCY_KEY).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic())
}

impl IntoParams for Idempotency {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let text = ObjectBuilder::new()
            .schema_type(Type::String)
            .min_length(Some(1))
            .max_length(Some(limits::IDEMPOTENCY_KEY))
            .pattern(Some("^[!-~]+$"));
        let description = "The same key and body give the same thing again, not another one";
        vec![parameters::header("Idempotency-Key", Required::False, description, text)]
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

impl Idempotency {
    /// Whether a request with this key was carried out, so that this may be the same one again: what it made is there, and
    /// needs no room any more. Only its body tells.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn is_known(&self, conn: &mut Connection, account: AccountId, operation: &str) -> QueryResult<bool> {
        let Some(key) = &self.0 else { return Ok(false) };
        let known = idempotency_key::table.find((account, operation, key));
        diesel::select(exists(known)).get_result(conn).await
    }

    /// What to look up and remember. `request` is everything that makes it this request and no other: path and body.
    #[must_use]
    pub fn of(self, account: AccountId, operation: &'static str, request: &impl Serialize) -> Repeatable {
        let bytes = serde_json::to_vec(request).unwrap_or_default();
        Repeatable(self.0.map(|key| Claim { account, operation, key, hash: Sha256::digest(bytes).to_vec() }))
    }
}

/// A request that may be sent again, when it came with a key.
#[derive(Debug)]
pub struct Repeatable(Option<Claim>);

/// What became of a request that may have been sent before.
#[derive(Debug)]
pub enum Once<T> {
    /// It was carried out now.
    Now(T),
    /// It was carried out before, and made this.
    Before(Uuid),
}

impl Repeatable {
    /// What the request made when it was carried out before. Claims nothing: [`Self::once`] decides.
    ///
    /// # Errors
    /// [`IdempotencyError::KeyReused`] when the key came with another request.
    pub async fn made_before(&self, conn: &mut Connection) -> Result<Option<Uuid>, IdempotencyError> {
        match &self.0 {
            Some(claim) => claim.look_up(conn).await,
            None => Ok(None),
        }
    }

    /// Carries the request out unless that was done before, in the caller's transaction. A second request with the same
    /// key waits until the first is done. `carry_out` gives the id of what it made beside it.
    ///
    /// # Errors
    /// [`IdempotencyError::KeyReused`] when the key came with another request, and those of `carry_out`.
    pub async fn once<T, E: From<IdempotencyError>>(
        self,
        conn: &mut Connection,
        now: DateTime<Utc>,
        carry_out: impl AsyncFnOnce(&mut Connection) -> Result<(Uuid, T), E>,
    ) -> Result<Once<T>, E> {
        let Some(claim) = self.0 else { return Ok(Once::Now(carry_out(conn).await?.1)) };
        if let Some(made) = claim.stake(conn, now).await? {
            return Ok(Once::Before(made));
        }
        let (id, item) = carry_out(conn).await?;
        claim.remember(conn, id).await.map_err(IdempotencyError::from)?;
        Ok(Once::Now(item))
    }
}

#[derive(Debug)]
struct Claim {
    account: AccountId,
    operation: &'static str,
    key: String,
    hash: Vec<u8>,
}

impl Claim {
    /// Takes the key, or tells what the request that took it before has made.
    async fn stake(&self, conn: &mut Connection, now: DateTime<Utc>) -> Result<Option<Uuid>, IdempotencyError> {
        let claimed = diesel::insert_into(idempotency_key::table)
            .values((
                idempotency_key::account_id.eq(self.account),
                idempotency_key::operation.eq(self.operation),
                idempotency_key::key.eq(&self.key),
                idempotency_key::request_hash.eq(&self.hash),
                idempotency_key::created_at.eq(now),
            ))
            .on_conflict_do_nothing()
            .prepared()
            .execute(conn)
            .await?;
        if claimed == 1 { Ok(None) } else { self.look_up(conn).await }
    }

    /// What the request that took the key has made; nothing when none has.
    async fn look_up(&self, conn: &mut Connection) -> Result<Option<Uuid>, IdempotencyError> {
        let found: Option<(Vec<u8>, Option<Uuid>)> = idempotency_key::table
            .find((self.account, self.operation, &self.key))
            .select((idempotency_key::request_hash, idempotency_key::object_id))
            .get_result(conn)
            .await
            .optional()?;
        match found {
            Some((hash, object)) if hash == self.hash => Ok(object),
            Some(_) => Err(IdempotencyError::KeyReused),
            None => Ok(None),
        }
    }

    async fn remember(&self, conn: &mut Connection, object: Uuid) -> QueryResult<()> {
        diesel::update(idempotency_key::table.find((self.account, self.operation, &self.key)))
            .set(idempotency_key::object_id.eq(object))
            .prepared()
            .execute(conn)
            .await?;
        Ok(())
    }
}
