//! What is wrapped around all operations, above the domains: what may be asked for, what is kept, headers, denials.

pub mod compression;
pub mod csrf;
pub mod denials;
pub mod headers;
pub mod kept;
pub mod limits;
