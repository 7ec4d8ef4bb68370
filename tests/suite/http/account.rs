//! `agora account`: what it changes is in the audit log, and holds from that moment on.

use std::time::Duration;

use api::{
    db::{Address, Pool},
    login::{Person, upsert_account},
};
use openapi::{
    audit::{AuditAction, AuditEntry, AuditObject, AuditQuery},
    ids::AccountId,
    page::PageQuery,
    problem::ProblemCode,
    session::GlobalRole,
};
use tests::{App, Who, refused};

pub(super) fn mette() -> Person {
    Person {
        name: "Mette Sørensen".to_owned(),
        email: "METTE@eksempel-kommune.dk".to_owned(),
        department: Some("Skole og Dagtilbud".to_owned()),
        username: "mette".to_owned(),
        password: "et-nyt-langt-kodeord".to_owned(),
        roles: vec![GlobalRole::Auditor, GlobalRole::HearingCreator],
    }
}

pub(super) async fn upsert(app: &App, person: &Person) -> AccountId {
    let (address, patience) = (Address::parse(&app.database().service_url()).unwrap(), Duration::from_secs(60));
    let pool = Pool::new(address, 1, patience, patience).unwrap();
    upsert_account(&mut pool.get().await.unwrap(), person, app.now()).await.unwrap()
}

async fn newest_change(app: &App) -> AuditEntry {
    let query = AuditQuery { action: vec![AuditAction::AccountChanged], limit: Some(1), ..AuditQuery::default() };
    app.person(Who::Auditor).list_audit_entries(&query).await.unwrap().items.remove(0)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_account_is_recorded_and_logged_out() {
    let app = App::start().await;
    let owner = app.owner();
    owner.list_my_drafts(&PageQuery::default()).await.unwrap();
    assert_eq!(upsert(&app, &mette()).await, Who::Owner.id(), "found by the address, whatever its case");
    assert_eq!(refused(owner.list_my_drafts(&PageQuery::default()).await), ProblemCode::SessionRequired);

    let entry = newest_change(&app).await;
    assert_eq!((entry.object, entry.object_id), (AuditObject::Account, Some(Who::Owner.id().to_string())));
    let changes: Vec<_> =
        entry.changes.iter().map(|change| (&*change.field, change.old.as_deref(), change.new.as_deref())).collect();
    let address = ("email", Some("mette@eksempel-kommune.dk"), Some("METTE@eksempel-kommune.dk"));
    let roles = ("roles", Some("hearing_creator"), Some("hearing_creator, auditor"));
    assert_eq!(changes, [address, roles, ("password", None, None)]);
    let whose = format!("audit_value WHERE field = 'email' AND person_id = '{}'", Who::Owner.id());
    assert_eq!(app.database().count(&whose).await, 1, "a personal value says whose it is");

    let mut person = app.anonymous();
    let session = person.log_in("mette", "et-nyt-langt-kodeord").await.unwrap();
    assert_eq!(session.account.unwrap().roles, [GlobalRole::Auditor, GlobalRole::HearingCreator]);
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_account_is_recorded_and_can_log_in() {
    let app = App::start().await;
    let person = Person {
        name: "Åse Ny".to_owned(),
        email: "aase@eksempel-kommune.dk".to_owned(),
        username: "åse".to_owned(),
        department: None,
        roles: Vec::new(),
        ..mette()
    };
    let id = upsert(&app, &person).await;
    let entry = newest_change(&app).await;
    assert_eq!(entry.object_id, Some(id.to_string()));
    let fields: Vec<&str> = entry.changes.iter().map(|change| change.field.as_str()).collect();
    assert_eq!(fields, ["name", "email", "password"]);
    app.anonymous().log_in("åse", &person.password).await.unwrap();
    app.finish().await;
}
