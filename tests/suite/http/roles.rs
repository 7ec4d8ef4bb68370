//! Who does what on one hearing: given and taken away, with a responsible owner who stays.

use openapi::{
    employees::EmployeeQuery,
    hearings::{HearingRole, NewRole},
    ids::AccountId,
    page::PageQuery,
    problem::ProblemCode,
};
use tests::{App, Who, key, refused};
use uuid::Uuid;

#[tokio::test(flavor = "multi_thread")]
async fn a_role_opens_the_hearing_and_taking_it_closes_it_again() {
    let app = App::start().await;
    let (owner, draft) = (app.owner(), app.hearing().draft().await);
    let reviewer = app.person(Who::Reviewer);
    assert_eq!(refused(reviewer.get_hearing(draft.id).await), ProblemCode::NotFound);
    let role = NewRole { account: Who::Reviewer.id(), role: HearingRole::Reviewer };
    let given = owner.create_role(draft.id, draft.version, &role, &key()).await.unwrap();
    assert_eq!(given.employee.name, Who::Reviewer.name());
    assert_eq!(reviewer.get_hearing(draft.id).await.unwrap().your_roles, [HearingRole::Reviewer]);
    assert_eq!(given.hearing_version, draft.version + 1);
    let taken = owner.delete_role(draft.id, given.hearing_version, given.id).await.unwrap();
    assert_eq!((taken.id, taken.hearing_version), (given.id, owner.get_hearing(draft.id).await.unwrap().version));
    assert_eq!(refused(reviewer.get_hearing(draft.id).await), ProblemCode::NotFound);
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_has_a_role_once() {
    let app = App::start().await;
    let (owner, draft) = (app.owner(), app.hearing().draft().await);
    let (role, key) = (NewRole { account: Who::Invitee.id(), role: HearingRole::Invitee }, key());
    let given = owner.create_role(draft.id, draft.version, &role, &key).await.unwrap();
    let again = owner.create_role(draft.id, draft.version, &role, &key).await.unwrap();
    assert_eq!(given, again, "the same key gives the same role");
    let anew = owner.create_role(draft.id, draft.version + 1, &role, &tests::key()).await;
    assert_eq!(refused(anew), ProblemCode::RoleTaken);
    let second = NewRole { role: HearingRole::CaseWorker, ..role };
    owner.create_role(draft.id, draft.version + 1, &second, &tests::key()).await.unwrap();
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_account_gets_no_role() {
    let app = App::start().await;
    let (owner, draft) = (app.owner(), app.hearing().draft().await);
    let unknown = NewRole { account: AccountId(Uuid::now_v7()), role: HearingRole::Invitee };
    let refusal = refused(owner.create_role(draft.id, draft.version, &unknown, &key()).await);
    assert_eq!((refusal.code, refusal.pointers), (ProblemCode::RequestInvalid, vec!["/account".to_owned()]));
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_responsible_owner_stays() {
    let app = App::start().await;
    let (owner, draft) = (app.owner(), app.hearing().draft().await);
    let list = owner.list_roles(draft.id, &PageQuery::default()).await.unwrap().items;
    assert_eq!((list.len(), list[0].responsible, list[0].role), (1, true, HearingRole::Owner));
    let taken = owner.delete_role(draft.id, draft.version, list[0].id).await;
    assert_eq!(refused(taken), ProblemCode::OwnerNeeded);
    let co_owner = NewRole { account: Who::OtherCreator.id(), role: HearingRole::Owner };
    let co_owner = owner.create_role(draft.id, draft.version, &co_owner, &key()).await.unwrap();
    let other = app.person(Who::OtherCreator);
    assert_eq!(refused(other.delete_role(draft.id, draft.version + 1, list[0].id).await), ProblemCode::OwnerNeeded);
    other.delete_role(draft.id, draft.version + 1, co_owner.id).await.unwrap();
    app.finish().await;
}

/// The responsible owner first, then role by role, and by name: on one page as on many.
#[tokio::test(flavor = "multi_thread")]
async fn the_people_of_a_hearing_come_in_pages() {
    use HearingRole::{CaseWorker, Invitee, Owner, Reviewer};
    let app = App::start().await;
    let (owner, draft) = (app.owner(), app.hearing().draft().await);
    let given = [
        (Who::OtherInvitee, Invitee),
        (Who::Invitee, Invitee),
        (Who::Reviewer, Reviewer),
        (Who::Employee(2), CaseWorker),
        (Who::Employee(1), CaseWorker),
        (Who::OtherCreator, Owner),
    ];
    for (version, (who, role)) in (draft.version..).zip(given) {
        let role = NewRole { account: who.id(), role };
        owner.create_role(draft.id, version, &role, &key()).await.unwrap();
    }
    let mut query = PageQuery { limit: Some(2), cursor: None };
    let mut found = Vec::new();
    loop {
        let page = owner.list_roles(draft.id, &query).await.unwrap();
        found.extend(page.items);
        query.cursor = page.next;
        if query.cursor.is_none() {
            break;
        }
    }
    let roles: Vec<_> = found.iter().map(|role| role.role).collect();
    assert_eq!(roles, [Owner, Owner, CaseWorker, CaseWorker, Reviewer, Invitee, Invitee]);
    assert!(found[0].responsible);
    let names: Vec<_> = found[2..4].iter().map(|role| role.employee.name.clone()).collect();
    assert_eq!(names, [Who::Employee(1).name(), Who::Employee(2).name()]);
    let whole = owner.list_roles(draft.id, &PageQuery::default()).await.unwrap();
    assert_eq!((whole.items, whole.next), (found, None));
    app.finish().await;
}

/// Two owners who give roles at once notice each other.
#[tokio::test(flavor = "multi_thread")]
async fn roles_are_part_of_the_hearings_version() {
    let app = App::start().await;
    let (owner, draft) = (app.owner(), app.hearing().draft().await);
    let give = async |who: Who| {
        let role = NewRole { account: who.id(), role: HearingRole::Invitee };
        owner.create_role(draft.id, draft.version, &role, &key()).await
    };
    let (first, second) = tokio::join!(give(Who::Invitee), give(Who::OtherInvitee));
    let lost = if first.is_ok() { second } else { first };
    assert_eq!(refused(lost), ProblemCode::PreconditionFailed);
    assert_eq!(owner.list_roles(draft.id, &PageQuery::default()).await.unwrap().items.len(), 2);
    app.finish().await;
}

/// Staff can be added until the conclusion; invitees only until the deadline.
#[tokio::test(flavor = "multi_thread")]
async fn who_works_on_a_hearing_can_change_until_it_is_concluded() {
    let app = App::start().await;
    let (owner, hearing) = (app.owner(), app.hearing().processing().await);
    let staff = NewRole { account: Who::CaseWorker.id(), role: HearingRole::CaseWorker };
    let given = owner.create_role(hearing.id, hearing.version, &staff, &key()).await.unwrap();
    let invitee = NewRole { account: Who::Invitee.id(), role: HearingRole::Invitee };
    let late = owner.create_role(hearing.id, hearing.version + 1, &invitee, &key()).await;
    assert_eq!(refused(late), ProblemCode::HearingWrongStatus);
    owner.delete_role(hearing.id, hearing.version + 1, given.id).await.unwrap();
    app.finish().await;
}

/// An owner picks people, whatever the owner's other roles are.
#[tokio::test(flavor = "multi_thread")]
async fn an_owner_who_creates_no_hearings_finds_people() {
    let app = App::start().await;
    let (draft, employee) = (app.hearing().draft().await, app.employee(1));
    let query = EmployeeQuery::default();
    assert_eq!(refused(employee.list_employees(&query).await), ProblemCode::Forbidden);
    let co_owner = NewRole { account: Who::Employee(1).id(), role: HearingRole::Owner };
    app.owner().create_role(draft.id, draft.version, &co_owner, &key()).await.unwrap();
    assert!(!employee.list_employees(&query).await.unwrap().items.is_empty());
    app.finish().await;
}
