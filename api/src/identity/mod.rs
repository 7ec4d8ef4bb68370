//! Who is calling and what that person may do everywhere: login, sessions, global roles.
//!
//! Who a person is, an identity provider tells (`ports/identity.rs`); this domain throttles, keeps the session and
//! writes it down. Other domains take [`Require`] with the permission they need, and call nothing else of this one but
//! [`queries`].

mod actions;
mod actor;
mod built_in;
mod devices;
mod error;
mod password;
mod permission;
pub mod queries;
mod routes;
mod rows;
mod rules;
mod throttle;
mod token;
mod username;

use self::token::TokenHash;
pub use self::{
    actions::{Person, sweep, upsert_account},
    actor::{Actor, Caller, identify},
    built_in::BuiltInAccounts,
    error::{Error, Refusal},
    permission::{
        AdministerIntegrations, AdministerJobs, CreateHearings, LogIn, LookUpEmployees, Permission, ReadAuditLog,
        Require,
    },
    rules::SessionRules,
    username::fold as fold_username,
};
pub(crate) use self::{devices::KNOWN_FOR as DEVICE_KNOWN_FOR, password::hash as hash_password};

/// The domain's operations.
pub fn routes(config: &mut utoipa_actix_web::service_config::ServiceConfig<'_>) {
    config
        .service(routes::get_session)
        .service(routes::create_session)
        .service(routes::delete_session)
        .service(routes::delete_sessions)
        .service(routes::list_login_providers);
}
