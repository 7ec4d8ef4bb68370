//! Exists because a log is worth as much as the proof that it was not changed: whatever a superuser of the
//! database does to the audit log, `agora audit verify` names it, and what the service itself does breaks no proof.

mod hand;
mod log;
mod tampering;
mod upgrade;
mod whole;
