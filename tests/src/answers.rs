//! Saying shortly how a call was refused.

use openapi::{client::Error, problem::ProblemCode};

/// What a refusal says: its code, and the places that are wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// The kind of problem.
    pub code: ProblemCode,
    /// The pointers of the field errors.
    pub pointers: Vec<String>,
}

/// How a call was refused; panics when it was not.
pub fn refused<T: std::fmt::Debug>(result: Result<T, Error>) -> Refused {
    match result {
        Err(Error::Problem(problem)) => {
            Refused { code: problem.code, pointers: problem.errors.into_iter().map(|error| error.pointer).collect() }
        }
        other => panic!("was not refused: {other:?}"),
    }
}

impl PartialEq<ProblemCode> for Refused {
    fn eq(&self, code: &ProblemCode) -> bool {
        self.code == *code
    }
}
