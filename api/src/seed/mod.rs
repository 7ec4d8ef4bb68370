//! Made-up data to try Agora with.

use openapi::session::DemoPerson;

/// The demonstration's people.
#[must_use]
pub fn demo_people() -> Vec<DemoPerson> {
    Vec::new()
}
/// The password of everybody in the demonstration.
pub const PASSWORD: &str = "hoering-2026";

/// Writes the demonstration's data unless it is there.
///
/// # Errors
/// When the database fails.
pub async fn demo(_conn: &mut crate::db::Connection, _now: chrono::DateTime<chrono::Utc>) -> anyhow::Result<()> {
    Ok(())
}
