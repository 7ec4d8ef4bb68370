//! Logging in and out, and the accounts that people log in with.
//!
//! Who a person is, an identity provider tells (`ports/identity.rs`); this domain throttles, begins and ends the session
//! and writes it down. Who calls is asked in `identity`, which lies below the audit log as this lies above it.

mod actions;
mod built_in;
mod devices;
mod error;
mod password;
mod queries;
mod routes;
mod throttle;
mod username;

pub(crate) use self::password::hash as hash_password;
pub use self::{
    actions::{Person, sweep, upsert_account},
    built_in::BuiltInAccounts,
    error::Error,
    username::fold as fold_username,
};

/// The domain's operations.
pub fn routes(config: &mut utoipa_actix_web::service_config::ServiceConfig<'_>) {
    config
        .service(routes::get_session)
        .service(routes::create_session)
        .service(routes::delete_session)
        .service(routes::delete_sessions)
        .service(routes::list_login_providers);
}
