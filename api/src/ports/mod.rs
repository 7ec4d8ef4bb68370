//! What a municipality can swap: each port is a trait with its adapters, chosen by configuration.

pub mod files;
pub mod identity;
pub mod mail;
pub mod virus_scanner;

/// Chooses the cryptography that connections to other services are encrypted with. Whatever opens one needs it chosen.
pub fn choose_cryptography() {
    // Chosen already is fine: there is but one to choose.
    let _ = rustls::crypto::ring::default_provider().install_default();
}
