//! Exists because the municipality must be able to prove who did what: every operation that changes anything is carried
//! out, and must leave its entry in the audit log; so must every reading of personal data by staff.

use std::collections::BTreeMap;

use openapi::audit::AuditAction;
use tests::{
    App,
    contract::{Operation, operations},
    working::Working,
};

/// The entry of each writing operation. `None`: none, and the reason stands beside it.
fn entries() -> BTreeMap<&'static str, Option<AuditAction>> {
    BTreeMap::from([
        ("create_session", Some(AuditAction::LoggedIn)),
        ("delete_session", Some(AuditAction::LoggedOut)),
        ("delete_sessions", Some(AuditAction::LoggedOutEverywhere)),
        ("create_hearing", Some(AuditAction::HearingCreated)),
        ("update_hearing", Some(AuditAction::HearingChanged)),
        ("delete_hearing", Some(AuditAction::HearingDeleted)),
        ("publish_hearing", Some(AuditAction::HearingPublished)),
        // The first save; those after it are as many as of any draft.
        ("replace_conclusion_draft", Some(AuditAction::ConclusionBegun)),
        ("conclude_hearing", Some(AuditAction::HearingConcluded)),
        ("create_document", Some(AuditAction::DocumentAdded)),
        ("update_document", Some(AuditAction::DocumentChanged)),
        ("delete_document", Some(AuditAction::DocumentRemoved)),
        ("replace_image", Some(AuditAction::DocumentAdded)),
        ("delete_image", Some(AuditAction::DocumentRemoved)),
        ("create_attachment", Some(AuditAction::AttachmentAdded)),
        ("delete_attachment", Some(AuditAction::AttachmentRemoved)),
        ("create_role", Some(AuditAction::RoleGiven)),
        ("delete_role", Some(AuditAction::RoleTaken)),
        ("revoke_role", Some(AuditAction::AccessRevoked)),
        ("create_draft", Some(AuditAction::DraftCreated)),
        // Of drafts only created, sent and discarded: saves are many, and the author's alone.
        ("update_draft", None),
        ("delete_draft", Some(AuditAction::DraftDiscarded)),
        ("send_draft", Some(AuditAction::ResponseSent)),
        ("edit_response", Some(AuditAction::DraftCreated)),
        ("withdraw_response", Some(AuditAction::ResponseWithdrawn)),
        ("retry_job", Some(AuditAction::JobRetried)),
    ])
}

/// Readings of personal data by staff, which are entries too.
fn readings() -> BTreeMap<&'static str, AuditAction> {
    BTreeMap::from([
        ("list_staff_responses", AuditAction::ResponsesRead),
        ("list_response_versions", AuditAction::ResponsesRead),
        ("get_staff_attachment", AuditAction::AttachmentsRead),
        ("get_attachment_archive", AuditAction::AttachmentsRead),
        ("list_employees", AuditAction::EmployeesRead),
        ("list_roles", AuditAction::EmployeesRead),
        ("list_audit_entries", AuditAction::AuditLogRead),
        ("list_hearing_history", AuditAction::HistoryRead),
        ("list_jobs", AuditAction::JobsRead),
    ])
}

#[tokio::test(flavor = "multi_thread")]
async fn every_change_and_every_staff_reading_leaves_its_entry() {
    let app = App::start().await;
    let pattern = app.hearing().staffed().with_files().draft().await;
    let (entries, readings) = (entries(), readings());
    for operation in operations() {
        let id = operation.id.as_str();
        let expected: Vec<String> = if operation.writes() {
            let entry =
                entries.get(id).unwrap_or_else(|| panic!("{id} changes something: say here which entry it leaves"));
            entry.iter().map(ToString::to_string).collect()
        } else {
            readings.get(id).iter().map(ToString::to_string).collect()
        };
        let working = Working::of(&operation, &app, &pattern).await;
        let owner = app.database().owner();
        owner.batch_execute("CREATE TEMP TABLE known AS SELECT id FROM audit_entry").await.unwrap();
        let answer = working.send().await;
        assert!((200..300).contains(&answer.status), "{id}: {}", answer.text());
        let new = "SELECT action, outcome, actor_id, request_id::text FROM audit_entry WHERE id NOT IN (SELECT id FROM known)";
        let rows = owner.query(new, &[]).await.unwrap();
        owner.batch_execute("DROP TABLE known").await.unwrap();
        let actions: Vec<String> = rows.iter().map(|row| row.get(0)).collect();
        assert_eq!(actions, expected, "{id}");
        for row in &rows {
            assert_eq!(row.get::<_, String>(1), "done", "{id}");
            assert!(row.get::<_, Option<uuid::Uuid>>(2).is_some(), "{id}: the entry names who did it");
            assert_eq!(row.get::<_, Option<String>>(3).as_deref(), Some(answer.header("x-request-id")), "{id}");
        }
    }
    app.database().owner().execute("DELETE FROM job", &[]).await.unwrap();
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_service_can_add_to_the_log_and_never_change_it() {
    let app = App::start().await;
    app.hearing().draft().await;
    let service = app.database().service().await;
    for statement in [
        "UPDATE audit_entry SET action = 'nothing'",
        "DELETE FROM audit_entry",
        "TRUNCATE audit_entry CASCADE",
        "DROP TABLE audit_entry CASCADE",
        "ALTER TABLE audit_entry DISABLE TRIGGER ALL",
        "UPDATE audit_seal SET position = 0",
        "UPDATE audit_unsealed SET queued_at = now()",
        "DELETE FROM audit_seal",
        "UPDATE audit_value SET new_value = 'something else'",
        "DELETE FROM audit_value",
        "DELETE FROM audit_unsealed",
        "INSERT INTO audit_entry SELECT * FROM audit_entry",
        "INSERT INTO audit_value SELECT * FROM audit_value",
        "INSERT INTO audit_seal SELECT * FROM audit_seal",
        "INSERT INTO audit_unsealed SELECT * FROM audit_unsealed",
    ] {
        let refusal = service.batch_execute(statement).await.expect_err(statement);
        let code = refusal.code().map(tokio_postgres::error::SqlState::code);
        assert_eq!(code, Some("42501"), "{statement}: insufficient privilege, but {refusal:?}");
    }
    app.finish().await;
}

/// A change whose entry cannot be written must not happen, also when the database says nothing of it.
#[tokio::test(flavor = "multi_thread")]
async fn nothing_changes_without_its_entry() {
    for refusal in ["RAISE 'no entry today'", "RETURN NULL"] {
        nothing_changes_when_entries_meet(refusal).await;
    }
}

async fn nothing_changes_when_entries_meet(refusal: &str) {
    let app = App::start().await;
    let pattern = app.hearing().staffed().with_files().draft().await;
    let block = format!(
        "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {refusal}; END $$; \
         CREATE TRIGGER refuse BEFORE INSERT ON audit_entry FOR EACH ROW EXECUTE FUNCTION refuse()"
    );
    let mut workings = Vec::new();
    for operation in operations().into_iter().filter(Operation::writes) {
        if entries()[operation.id.as_str()].is_some() {
            workings.push((operation.id.clone(), Working::of(&operation, &app, &pattern).await));
        }
    }
    let owner = app.database().owner();
    owner.batch_execute(&block).await.unwrap();
    for (id, working) in workings {
        let before = app.database().fingerprint().await;
        let answer = working.send().await;
        assert_eq!(answer.status, 500, "{id}: {}", answer.text());
        assert_eq!(app.database().fingerprint().await, before, "{id} changed something without its entry");
    }
    assert!(!app.take_failures().is_empty());
    owner.execute("DELETE FROM job", &[]).await.unwrap();
    app.finish().await;
}
