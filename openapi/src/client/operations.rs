//! Every operation with its method and path: what a test compares with `openapi.json`, in both directions.

use std::{fmt::Display, sync::LazyLock};

use super::{
    Method,
    calls::{attachments, catalogue, hearings, responses, service, session},
};
use crate::BASE_PATH;

/// An operation of the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Operation {
    /// Its `operationId`.
    pub id: &'static str,
    /// Its method.
    pub method: Method,
    /// Its path below [`crate::BASE_PATH`], with `{}` for what is filled in.
    pub path: &'static str,
}

impl Operation {
    /// Its address from the root of the service, with the path's `{}` filled in, in order.
    #[must_use]
    pub fn address(&self, parts: &[&dyn Display]) -> String {
        let path = format!("{BASE_PATH}{}", self.path);
        parts.iter().fold(path, |path, part| path.replacen("{}", &part.to_string(), 1))
    }
}

pub use super::calls::{attachments::*, catalogue::*, hearings::*, responses::*, service::*, session::*};

/// All of them.
pub static ALL: LazyLock<Vec<Operation>> = LazyLock::new(|| {
    let lists = [session::ALL, hearings::ALL, attachments::ALL, responses::ALL, catalogue::ALL, service::ALL];
    lists.concat()
});
