//! The proof that the audit log is as it was written: a chain of seals, one for each entry.
//!
//! [`record`](super::record) leaves each new entry among those that wait (`audit_unsealed`), so that writers never wait
//! for each other. The [`Sealer`] takes them from there and gives each the next position in the chain (`audit_seal`), in
//! the order in which it finds them: an entry that was committed late is sealed late, whatever its id or its time. A
//! seal holds a digest of its entry and a MAC over that digest and the seal before; both are keyed, and the key is not
//! in the database. The newest seal, the chain's head, is shown outside of it too, because a chain can prove what lies
//! in it but not that its end was not cut off.
//!
//! [`verify()`] is the other side: it names whatever does not fit.

mod canonical;
mod heads;
mod key;
mod queries;
mod rows;
mod sealer;
pub mod verify;

pub use self::{
    key::SealKey,
    queries::{Waiting, verification, waiting},
    sealer::{Sealer, keep_sealing},
    verify::verify,
};
