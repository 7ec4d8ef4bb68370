//! Exists because a log is worth as much as the proof that nobody has changed it: whatever somebody with all rights in the
//! database does to the audit log, `agora audit verify` names it, and what the service itself does breaks no proof.

mod hand;
mod log;
mod tampering;
mod whole;
