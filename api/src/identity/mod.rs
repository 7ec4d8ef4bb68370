//! Who is calling, and what that person may do everywhere: sessions as they are asked for, global roles, permissions.
//!
//! Other domains take [`Require`] with the permission they need, and call nothing else of this one but [`queries`].
//! How a session begins and ends is told in `login`.

mod actor;
mod error;
mod permission;
pub mod queries;
mod rows;
mod token;

pub(crate) use self::token::TokenHash;
pub use self::{
    actor::{Actor, Caller, identify},
    error::Refusal,
    permission::{
        AdministerIntegrations, AdministerJobs, CreateHearings, LogIn, LookUpEmployees, Permission, ReadAuditLog,
        Require,
    },
};
