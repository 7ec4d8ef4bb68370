//! Revoking an invitee's access: in every status, with a reason, in effect on the next read of everything, on every server.

use openapi::{
    audit::AuditAction,
    drafts::DraftPatch,
    hearings::{
        Hearing, HearingRole, HearingStatus, NewRole, PublishHearing, PublishStart, ResponsesShown, RevokeRole,
    },
    ids::RoleId,
    page::PageQuery,
    problem::ProblemCode,
};
use tests::{App, Person, Who, key, refused};

const REASON: &str = "Inviteret ved en fejl: æøå.";

/// The reason with what a paste from elsewhere brings along, which is not seen.
fn reason() -> RevokeRole {
    RevokeRole { reason: REASON.replace('å', "a\u{30A}\u{200B}") + "\u{2}" }
}

/// The invitee's role.
pub(super) async fn invitation(owner: &Person, hearing: &Hearing) -> (RoleId, i64) {
    let roles = owner.list_roles(hearing.id, &PageQuery::default()).await.unwrap().items;
    let role = roles.iter().find(|role| role.role == HearingRole::Invitee).unwrap();
    (role.id, role.hearing_version)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_revoked_invitee_finds_nothing_of_a_closed_hearing_on_any_server() {
    let app = App::start().await;
    let beside = app.another_server().await;
    let hearing = app
        .hearing()
        .staffed()
        .with_files()
        .invitation_only()
        .patch(|patch| patch.responses_shown = Some(ResponsesShown::WhenApproved))
        .open()
        .await;
    let (owner, invitee) = (app.owner(), app.person(Who::Invitee));
    let receipt = invitee.answer(hearing.id, "Et svar fra en, der ikke skulle være spurgt").await;
    let draft = invitee.edit_response(hearing.id, receipt.response, receipt.version).await.unwrap();
    let patch = DraftPatch { text: Some("Et nyt ord".to_owned()), ..DraftPatch::default() };
    let draft = invitee.update_draft(hearing.id, draft.id, draft.version, &patch).await.unwrap();
    let api = format!("/api/v1/hearings/{}", hearing.id);
    let own = format!("{api}/responses/{}", receipt.response);
    let addresses = [
        api.clone(),
        format!("{api}/responses"),
        format!("{api}/drafts"),
        format!("{api}/drafts/{}", draft.id),
        own.clone(),
        format!("{own}/receipt"),
        format!("{own}/receipt.pdf"),
        format!("{api}/documents/{}/content", hearing.documents[0].id),
    ];
    for address in &addresses {
        let before = invitee.socket().get(address).await.status;
        assert_eq!(before, 200, "{address}");
    }
    let (role, version) = invitation(&owner, &hearing).await;
    let revoked = owner.revoke_role(hearing.id, version, role, &reason()).await.unwrap();
    assert_eq!((revoked.id, revoked.hearing_version), (role, version + 1));
    for server in [invitee.at(&app.url()), invitee.at(&beside.url())] {
        for address in &addresses {
            let status = server.socket().get(address).await.status;
            assert_eq!(status, 404, "{address}");
        }
        for list in ["hearings", "me/responses", "me/drafts"] {
            let list = server.socket().get(&format!("/api/v1/{list}?limit=100")).await;
            assert_eq!(list.status, 200);
            assert!(!list.text().contains(&hearing.id.to_string()), "{}", list.text());
        }
        let sending =
            server.send_draft(hearing.id, draft.id, draft.version, &app.employee(1).terms().await, &key()).await;
        assert_eq!(refused(sending), ProblemCode::NotFound, "what was not sent cannot be sent any more");
    }

    // What was sent stays, marked for staff.
    let staff = owner.list_staff_responses(hearing.id, &PageQuery::default()).await.unwrap().items;
    assert_eq!((staff.len(), staff[0].access_revoked), (1, true));
    assert!(staff[0].text.starts_with("Et svar fra en"));
    let history = owner.list_hearing_history(hearing.id, &PageQuery::default()).await.unwrap().items;
    assert_eq!(history[0].action, AuditAction::AccessRevoked);
    let why = history[0].changes.iter().find(|change| change.field == "reason").unwrap();
    assert_eq!(why.new.as_deref(), Some(REASON));

    // Inviting again lifts it, and the unsent words are there again.
    let again = NewRole { account: Who::Invitee.id(), role: HearingRole::Invitee };
    owner.create_role(hearing.id, version + 1, &again, &key()).await.unwrap();
    assert_eq!(invitee.get_draft(hearing.id, draft.id).await.unwrap().text, "Et nyt ord");
    let staff = owner.list_staff_responses(hearing.id, &PageQuery::default()).await.unwrap().items;
    assert!(!staff[0].access_revoked);
    app.run_jobs().await;
    drop(app.mailbox.take());
    app.finish().await;
}

/// Whatever the role that a person is given: access is there again, and nothing says any more that it is revoked.
#[tokio::test(flavor = "multi_thread")]
async fn a_role_of_any_kind_lifts_the_revocation() {
    let app = App::start().await;
    let (owner, invitee) = (app.owner(), app.person(Who::Invitee));
    let hearing = app.hearing().staffed().invitation_only().open().await;
    invitee.answer(hearing.id, "Mit svar").await;
    let (role, version) = invitation(&owner, &hearing).await;
    owner.revoke_role(hearing.id, version, role, &reason()).await.unwrap();
    assert_eq!(refused(invitee.get_hearing(hearing.id).await), ProblemCode::NotFound);
    let reviewer = NewRole { account: Who::Invitee.id(), role: HearingRole::Reviewer };
    owner.create_role(hearing.id, version + 1, &reviewer, &key()).await.unwrap();
    assert!(invitee.get_hearing(hearing.id).await.is_ok());
    let staff = owner.list_staff_responses(hearing.id, &PageQuery::default()).await.unwrap().items;
    assert!(!staff[0].access_revoked);
    app.run_jobs().await;
    drop(app.mailbox.take());
    app.finish().await;
}

/// A person with another role keeps the access that it gives: the invitation goes, and nothing says that access was
/// revoked.
#[tokio::test(flavor = "multi_thread")]
async fn an_invitee_with_another_role_keeps_the_access_that_it_gives() {
    let app = App::start().await;
    let (owner, invitee) = (app.owner(), app.person(Who::Invitee));
    let hearing = app.hearing().staffed().with(Who::Invitee, HearingRole::Reviewer).invitation_only().open().await;
    invitee.answer(hearing.id, "Mit svar").await;
    let before = invitee.get_hearing(hearing.id).await.unwrap();
    assert_eq!(before.your_roles.len(), 2);
    let (role, version) = invitation(&owner, &hearing).await;
    let revoked = owner.revoke_role(hearing.id, version, role, &reason()).await.unwrap();
    assert_eq!((revoked.id, revoked.role), (role, HearingRole::Invitee));
    assert_eq!(invitee.get_hearing(hearing.id).await.unwrap().your_roles, [HearingRole::Reviewer]);
    assert_eq!(refused(invitee.create_draft(hearing.id).await), ProblemCode::Forbidden, "invited people alone respond");
    let staff = owner.list_staff_responses(hearing.id, &PageQuery::default()).await.unwrap().items;
    assert_eq!((staff.len(), staff[0].access_revoked), (1, false));
    assert_eq!(app.database().count("hearing_revocation").await, 0);
    let history = owner.list_hearing_history(hearing.id, &PageQuery::default()).await.unwrap().items;
    assert_eq!(history[0].action, AuditAction::RoleTaken, "no access was revoked");
    let why = history[0].changes.iter().find(|change| change.field == "reason").unwrap();
    assert_eq!(why.new.as_deref(), Some(REASON));
    app.run_jobs().await;
    drop(app.mailbox.take());
    app.finish().await;
}

/// One of two invitees loses the access, and the other one sees on: the hearing, or what becomes of one that no invitee
/// sees yet.
#[tokio::test(flavor = "multi_thread")]
async fn access_is_revoked_in_every_status_by_owners_and_administrators() {
    use HearingStatus::{Cancelled, Concluded, Draft, Open, Processing, Scheduled};
    let app = App::start().await;
    let (owner, administrator) = (app.owner(), app.person(Who::Administrator));
    let (invitee, other) = (app.person(Who::Invitee), app.person(Who::OtherInvitee));
    for (number, status) in [Draft, Scheduled, Open, Processing, Concluded, Cancelled].into_iter().enumerate() {
        app.renew_sessions().await;
        let builder = app.hearing().staffed().with(Who::OtherInvitee, HearingRole::Invitee).invitation_only();
        let hearing = match status {
            Draft => builder.draft().await,
            Scheduled => builder.scheduled().await,
            Processing => builder.processing().await,
            Concluded => builder.concluded().await,
            _ => builder.open().await,
        };
        if status == Cancelled {
            let cancel = "UPDATE hearing SET cancelled_at = $1 WHERE id = $2";
            app.database().owner().execute(cancel, &[&app.now(), &hearing.id.0]).await.unwrap();
        }
        let hearing = owner.get_hearing(hearing.id).await.unwrap();
        assert_eq!(hearing.status, status);
        let has_begun = !matches!(status, Draft | Scheduled);
        assert_eq!(invitee.get_hearing(hearing.id).await.is_ok(), has_begun, "{status}");
        let who = if number % 2 == 0 { &administrator } else { &owner };
        let roles = owner.list_roles(hearing.id, &PageQuery::default()).await.unwrap().items;
        let role = roles.iter().find(|role| role.employee.id == Who::Invitee.id()).unwrap();
        who.revoke_role(hearing.id, role.hearing_version, role.id, &reason()).await.unwrap();
        match status {
            Draft => {
                let now = PublishHearing { start: PublishStart::Now };
                owner.publish_hearing(hearing.id, role.hearing_version + 1, &now).await.unwrap();
            }
            Scheduled => app.clock.set(hearing.starts_at.unwrap()),
            _ => {}
        }
        assert_eq!(refused(invitee.get_hearing(hearing.id).await), ProblemCode::NotFound, "{status}");
        assert!(other.get_hearing(hearing.id).await.is_ok(), "{status}");
    }
    app.run_jobs().await;
    drop(app.mailbox.take());
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn revoking_needs_a_reason_an_invitee_and_the_current_version() {
    let app = App::start().await;
    let hearing = app.hearing().staffed().open().await;
    let owner = app.owner();
    let (role, version) = invitation(&owner, &hearing).await;
    for empty in ["", " \n "] {
        let refusal =
            refused(owner.revoke_role(hearing.id, version, role, &RevokeRole { reason: empty.to_owned() }).await);
        assert_eq!((refusal.code, refusal.pointers), (ProblemCode::RequestInvalid, vec!["/reason".to_owned()]));
    }
    let long = RevokeRole { reason: "å".repeat(501) };
    let refusal = refused(owner.revoke_role(hearing.id, version, role, &long).await);
    assert_eq!(refusal.pointers, ["/reason"]);
    let stale = owner.revoke_role(hearing.id, version - 1, role, &reason()).await;
    assert_eq!(refused(stale), ProblemCode::PreconditionFailed);
    let roles = owner.list_roles(hearing.id, &PageQuery::default()).await.unwrap().items;
    for other in roles.iter().filter(|role| role.role != HearingRole::Invitee) {
        let refusal = owner.revoke_role(hearing.id, version, other.id, &reason()).await;
        assert_eq!(refused(refusal), ProblemCode::NotAnInvitee, "{}", other.role);
    }
    // Two who press at once: one of them revokes.
    let (wish, administrator) = (reason(), app.person(Who::Administrator));
    let (one, other) = tokio::join!(
        owner.revoke_role(hearing.id, version, role, &wish),
        administrator.revoke_role(hearing.id, version, role, &wish)
    );
    assert_eq!(usize::from(one.is_ok()) + usize::from(other.is_ok()), 1, "{one:?} {other:?}");
    // The hearing is open to employees: the person sees it as they do, and is no invitee.
    let invitee = app.person(Who::Invitee).get_hearing(hearing.id).await.unwrap();
    assert!(invitee.your_roles.is_empty());
    app.run_jobs().await;
    drop(app.mailbox.take());
    app.finish().await;
}
