//! Notices that what is being written cannot be saved any more, because its author has lost the access to it.

use openapi::{client::Error, ids::HearingId, problem::ProblemCode};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::SaveStatus;
use crate::session::use_api;

/// What the author has lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lost {
    /// The hearing: it is not there for the author any more.
    Hearing,
    /// The right to write on it.
    Right,
    /// What was written on: it was sent or thrown away somewhere else.
    Draft,
}

/// What a refused save means; nothing when another one may go through, or when the author has to do something else.
/// A draft that is not there may be gone alone: `None` inside says that the hearing has to be asked for.
fn judge(error: &Error) -> Option<Option<Lost>> {
    match error.problem()?.code {
        ProblemCode::Forbidden => Some(Some(Lost::Right)),
        ProblemCode::DraftSent => Some(Some(Lost::Draft)),
        ProblemCode::NotFound => Some(None),
        _ => None,
    }
}

/// What the author has lost, if anything, as the last save tells. Looked up once for each failure.
#[hook]
pub fn use_lost_access(hearing: HearingId, status: &SaveStatus) -> Option<Lost> {
    let api = use_api().api;
    let lost = use_state_eq(|| None);
    let refused = match status {
        SaveStatus::Failed(error) => judge(error),
        _ => None,
    };
    {
        let lost = lost.setter();
        use_effect_with(refused, move |refused| match refused {
            Some(Some(right)) => lost.set(Some(*right)),
            Some(None) => spawn_local(async move {
                match api.get_hearing(hearing).await {
                    Ok(_) => lost.set(Some(Lost::Draft)),
                    Err(error) if error.is(ProblemCode::NotFound) => lost.set(Some(Lost::Hearing)),
                    // It could not be asked; the next save tells.
                    Err(_) => {}
                }
            }),
            // While another save is on its way the last answer holds.
            None => {}
        });
    }
    let is_saved = matches!(status, SaveStatus::Saved(_));
    (*lost).filter(|_| !is_saved)
}

#[cfg(test)]
mod tests {
    use openapi::problem::Problem;

    use super::*;

    #[test]
    fn only_a_refusal_for_good_is_a_loss() {
        let refused = |code| judge(&Error::Problem(Box::new(Problem::new(code))));
        assert_eq!(refused(ProblemCode::Forbidden), Some(Some(Lost::Right)));
        assert_eq!(refused(ProblemCode::DraftSent), Some(Some(Lost::Draft)));
        assert_eq!(refused(ProblemCode::NotFound), Some(None), "of draft or hearing");
        for code in [ProblemCode::PreconditionFailed, ProblemCode::SessionRequired, ProblemCode::RateLimited] {
            assert_eq!(refused(code), None, "{code}");
        }
        assert_eq!(judge(&Error::Unreachable("no network".to_owned())), None);
    }
}
