//! Files of answers: added to unsent ones, sent with them, seen by whom the answer is seen, and gone when nobody has them.

use chrono::TimeDelta;
use openapi::{
    attachments::ScanState,
    audit::{AuditAction, AuditQuery},
    drafts::Draft,
    hearings::{Hearing, HearingRole, ImageQuery, ResponsesShown},
    page::PageQuery,
    problem::ProblemCode,
};
use tests::{
    App, Person, Setup, Who,
    attachments::{files_kept, pdf, txt},
    key, refused,
};

/// An open hearing that shows its answers at once.
async fn showing(app: &App) -> Hearing {
    app.hearing().staffed().patch(|patch| patch.responses_shown = Some(ResponsesShown::WhenApproved)).open().await
}

async fn send(person: &Person, hearing: &Hearing, draft: &Draft) -> openapi::responses::Receipt {
    let sent = person.send_draft(hearing.id, draft.id, draft.version, &person.terms().await, &key()).await;
    sent.unwrap()
}

async fn end(app: App) {
    app.run_jobs().await;
    let _ = app.mailbox.take();
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_added_is_sent_with_the_answer_and_fetched_by_all_who_read_it() {
    let app = App::start().await;
    let (employee, hearing) = (app.employee(1), showing(&app).await);
    let draft = employee.write(hearing.id, "Se bilagene").await;
    let (first, second) = (pdf("Bilag 1 – æøå.pdf"), txt("Bilag 2.txt", "Blåbærgrød"));
    let one = employee.create_attachment(hearing.id, draft.id, &first, &key()).await.unwrap();
    let two = employee.create_attachment(hearing.id, draft.id, &second, &key()).await.unwrap();
    assert_eq!((one.name.as_str(), one.size), ("Bilag 1 – æøå.pdf", i64::try_from(first.file.len()).unwrap()));
    assert_eq!(one.scan_state, ScanState::NotScanned, "a scan state from the first second");
    let read = employee.get_draft(hearing.id, draft.id).await.unwrap();
    assert_eq!(read.attachments, [one.clone(), two.clone()]);
    assert_eq!(read.version, draft.version, "an upload disturbs nobody who writes");
    assert_eq!(employee.get_draft_attachment(hearing.id, draft.id, one.id).await.unwrap(), first.file);

    let receipt = send(&employee, &hearing, &draft).await;
    let files = [one.clone(), two.clone()];
    assert_eq!(receipt.attachments, files);
    assert_eq!(employee.get_receipt(hearing.id, receipt.response).await.unwrap().attachments, files);
    let shown = app.employee(2).list_responses(hearing.id, &PageQuery::default()).await.unwrap().items.remove(0);
    let named: Vec<_> = shown.attachments.iter().map(|file| (file.id, &file.name)).collect();
    assert_eq!(named, files.iter().map(|file| (file.id, &file.name)).collect::<Vec<_>>());
    let staff = app.owner().list_staff_responses(hearing.id, &PageQuery::default()).await.unwrap().items.remove(0);
    assert_eq!(staff.attachments, files);
    for who in [Who::Employee(1), Who::Employee(2), Who::Owner] {
        let fetched = app.person(who).get_response_attachment(hearing.id, receipt.response, two.id).await.unwrap();
        assert_eq!(fetched, second.file, "{who:?}");
    }
    end(app).await;
}

/// "The rest of the answer survives": a refused file changes neither the words nor the files that are there.
#[tokio::test(flavor = "multi_thread")]
async fn an_eleventh_file_is_refused_and_the_rest_survives() {
    let app = App::start().await;
    let (employee, hearing) = (app.employee(1), app.hearing().open().await);
    let draft = employee.write(hearing.id, "Ti bilag").await;
    for number in 1..=10 {
        let file = pdf(&format!("Bilag {number}.pdf"));
        employee.create_attachment(hearing.id, draft.id, &file, &key()).await.unwrap();
    }
    let before = employee.get_draft(hearing.id, draft.id).await.unwrap();
    let eleventh = employee.create_attachment(hearing.id, draft.id, &pdf("Bilag 11.pdf"), &key()).await;
    assert_eq!(refused(eleventh), ProblemCode::AttachmentTooMany);
    assert_eq!(employee.get_draft(hearing.id, draft.id).await.unwrap(), before);
    employee.delete_attachment(hearing.id, draft.id, before.attachments[4].id).await.unwrap();
    employee.create_attachment(hearing.id, draft.id, &pdf("Bilag 11.pdf"), &key()).await.unwrap();
    let after = employee.get_draft(hearing.id, draft.id).await.unwrap();
    let names: Vec<&str> = after.attachments.iter().map(|file| file.name.as_str()).collect();
    assert_eq!((names.len(), names[4], names[9]), (10, "Bilag 6.pdf", "Bilag 11.pdf"));
    assert_eq!(send(&employee, &hearing, &after).await.attachments, after.attachments);
    end(app).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn simultaneous_uploads_never_exceed_the_limit() {
    let app = Setup::default().configure(|config| config.files.attachments = 3).start().await;
    let (employee, hearing) = (app.employee(1), app.hearing().open().await);
    let draft = employee.write(hearing.id, "Mange på én gang").await;
    let uploads = (0..8).map(|number| {
        let employee = &employee;
        async move {
            let file = pdf(&format!("Bilag {number}.pdf"));
            employee.create_attachment(hearing.id, draft.id, &file, &key()).await
        }
    });
    let outcomes = futures::future::join_all(uploads).await;
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 3);
    for outcome in outcomes.into_iter().filter(Result::is_err) {
        assert_eq!(refused(outcome), ProblemCode::AttachmentTooMany);
    }
    assert_eq!(app.database().count("draft_attachment").await, 3);
    app.finish().await;
}

/// The same key and file give the same thing again; the same key with another file is refused.
#[tokio::test(flavor = "multi_thread")]
async fn an_upload_that_is_repeated_is_done_once() {
    let app = App::start().await;
    let (employee, hearing) = (app.employee(1), app.hearing().open().await);
    let draft = employee.write(hearing.id, "Dobbeltklik").await;
    let key = key();
    let upload = |name| {
        let (employee, key) = (&employee, &key);
        async move { employee.create_attachment(hearing.id, draft.id, &pdf(name), key).await }
    };
    let first = upload("Bilag.pdf").await.unwrap();
    assert_eq!(upload("Bilag.pdf").await.unwrap(), first);
    assert_eq!(refused(upload("Et andet.pdf").await), ProblemCode::IdempotencyKeyReused);
    assert_eq!(employee.get_draft(hearing.id, draft.id).await.unwrap().attachments, std::slice::from_ref(&first));
    app.clock.set(app.now() + TimeDelta::hours(25));
    app.run_jobs().await;
    assert_eq!(files_kept(app.files(), app.database()).await, 1, "the repeats have left nothing");
    assert_eq!(employee.get_draft_attachment(hearing.id, draft.id, first.id).await.unwrap(), pdf("Bilag.pdf").file);
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn files_obey_what_they_hang_on_at_that_moment() {
    let app = App::start().await;
    let hearing = app.hearing().invitation_only().with(Who::Invitee, HearingRole::Invitee);
    let shown = hearing.patch(|patch| patch.responses_shown = Some(ResponsesShown::WhenApproved));
    let hearing = shown.with(Who::OtherInvitee, HearingRole::Invitee).with_files().open().await;
    let (author, reader) = (app.person(Who::Invitee), app.person(Who::OtherInvitee));
    let draft = author.write(hearing.id, "Se bilaget").await;
    let file = author.create_attachment(hearing.id, draft.id, &pdf("Bilag.pdf"), &key()).await.unwrap();
    let receipt = send(&author, &hearing, &draft).await;
    let (document, image) = (hearing.documents[0].id, hearing.image.as_ref().unwrap().id);
    let answer = receipt.response;
    assert!(reader.get_response_attachment(hearing.id, answer, file.id).await.is_ok());
    assert!(reader.get_document_content(hearing.id, document).await.is_ok());
    assert!(reader.get_image_content(hearing.id, image, &ImageQuery::default()).await.is_ok());

    // The invitation is revoked.
    let revoke = "DELETE FROM hearing_role WHERE account_id = $1";
    app.database().owner().execute(revoke, &[&Who::OtherInvitee.id().0]).await.unwrap();
    assert_eq!(refused(reader.get_response_attachment(hearing.id, answer, file.id).await), ProblemCode::NotFound);
    assert_eq!(refused(reader.get_document_content(hearing.id, document).await), ProblemCode::NotFound);
    assert_eq!(
        refused(reader.get_image_content(hearing.id, image, &ImageQuery::default()).await),
        ProblemCode::NotFound
    );

    // The answer is withdrawn: gone for its author too, and kept for staff.
    author.withdraw_response(hearing.id, answer, receipt.version).await.unwrap();
    assert_eq!(refused(author.get_response_attachment(hearing.id, answer, file.id).await), ProblemCode::NotFound);
    assert!(app.owner().get_staff_attachment(hearing.id, answer, file.id).await.is_ok());

    // The hearing is cancelled before its start.
    let cancel = "UPDATE hearing SET starts_at = $2, cancelled_at = $3 WHERE id = $1";
    let (start, now) = (app.now() + TimeDelta::days(2), app.now());
    app.database().owner().execute(cancel, &[&hearing.id.0, &start, &now]).await.unwrap();
    assert_eq!(refused(author.get_document_content(hearing.id, document).await), ProblemCode::NotFound);
    assert_eq!(refused(author.get_response_attachment(hearing.id, answer, file.id).await), ProblemCode::NotFound);
    end(app).await;
}

/// An edit begins with the answer's files; what becomes of them there changes the answer when it is sent and not before.
#[tokio::test(flavor = "multi_thread")]
async fn each_version_of_an_answer_has_its_own_files() {
    let app = App::start().await;
    let (employee, hearing) = (app.employee(1), showing(&app).await);
    let draft = employee.write(hearing.id, "Første udgave").await;
    let old = employee.create_attachment(hearing.id, draft.id, &txt("Gammelt.txt", "Gammelt"), &key()).await.unwrap();
    let kept = employee.create_attachment(hearing.id, draft.id, &txt("Beholdt.txt", "Beholdt"), &key()).await.unwrap();
    let receipt = send(&employee, &hearing, &draft).await;
    let answer = receipt.response;

    let edit = employee.edit_response(hearing.id, answer, receipt.version).await.unwrap();
    assert_eq!(edit.attachments, [old.clone(), kept.clone()]);
    employee.delete_attachment(hearing.id, edit.id, old.id).await.unwrap();
    let new = employee.create_attachment(hearing.id, edit.id, &txt("Nyt.txt", "Nyt"), &key()).await.unwrap();
    app.run_jobs().await;
    let reader = app.employee(2);
    assert_eq!(reader.get_response(hearing.id, answer).await.unwrap().attachments, [old.clone(), kept.clone()]);
    assert!(reader.get_response_attachment(hearing.id, answer, old.id).await.is_ok(), "the answer is as it was");
    assert_eq!(refused(reader.get_response_attachment(hearing.id, answer, new.id).await), ProblemCode::NotFound);

    send(&employee, &hearing, &edit).await;
    app.run_jobs().await;
    assert_eq!(reader.get_response(hearing.id, answer).await.unwrap().attachments, [kept.clone(), new.clone()]);
    assert_eq!(refused(reader.get_response_attachment(hearing.id, answer, old.id).await), ProblemCode::NotFound);
    assert!(reader.get_response_attachment(hearing.id, answer, kept.id).await.is_ok());
    let versions = app.owner().list_response_versions(hearing.id, answer, &PageQuery::default()).await.unwrap();
    assert_eq!(versions.items[0].attachments, [old.clone(), kept.clone()]);
    assert!(app.owner().get_staff_attachment(hearing.id, answer, old.id).await.is_ok(), "staff see what was received");
    end(app).await;
}

/// "A file is unavailable to anybody but its author until it is clean"; an infected one to everybody.
#[tokio::test(flavor = "multi_thread")]
async fn a_file_waits_for_the_virus_scanner() {
    let app = App::start().await;
    let (employee, hearing) = (app.employee(1), showing(&app).await);
    let draft = employee.write(hearing.id, "Se bilaget").await;
    let file = employee.create_attachment(hearing.id, draft.id, &pdf("Bilag.pdf"), &key()).await.unwrap();
    let answer = send(&employee, &hearing, &draft).await.response;
    for (state, own, others) in [("waiting", true, false), ("infected", false, false), ("clean", true, true)] {
        app.database().owner().execute("UPDATE file SET scan_state = $1", &[&state]).await.unwrap();
        for (who, available) in [(Who::Employee(1), own), (Who::Employee(2), others), (Who::Owner, others)] {
            let fetched = app.person(who).get_response_attachment(hearing.id, answer, file.id).await;
            match fetched {
                Ok(_) => assert!(available, "{state} for {who:?}"),
                Err(_) => {
                    assert!(!available, "{state} for {who:?}");
                    assert_eq!(refused(fetched), ProblemCode::AttachmentUnavailable);
                }
            }
        }
        let staff = app.owner().get_staff_attachment(hearing.id, answer, file.id).await;
        assert_eq!(staff.is_ok(), others, "{state} for staff");
        let shown = app.employee(2).get_response(hearing.id, answer).await.unwrap();
        assert_eq!(shown.attachments[0].scan_state.as_str(), state, "the page can say so");
    }
    end(app).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn after_the_deadline_nothing_is_added() {
    let app = App::start().await;
    let (employee, hearing) = (app.employee(1), app.hearing().open().await);
    let draft = employee.write(hearing.id, "For sent").await;
    let file = employee.create_attachment(hearing.id, draft.id, &pdf("Bilag.pdf"), &key()).await.unwrap();
    app.pass_deadline(&hearing);
    let late = employee.create_attachment(hearing.id, draft.id, &pdf("For sent.pdf"), &key()).await;
    assert_eq!(refused(late), ProblemCode::DeadlinePassed);
    assert!(employee.get_draft_attachment(hearing.id, draft.id, file.id).await.is_ok(), "what was added is not lost");
    employee.delete_attachment(hearing.id, draft.id, file.id).await.unwrap();
    app.run_jobs().await;
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn each_fetching_by_staff_is_an_entry() {
    let app = App::start().await;
    let (employee, hearing) = (app.employee(1), app.hearing().open().await);
    let draft = employee.write(hearing.id, "Se bilagene").await;
    for name in ["Et.pdf", "To.pdf"] {
        employee.create_attachment(hearing.id, draft.id, &pdf(name), &key()).await.unwrap();
    }
    let receipt = send(&employee, &hearing, &draft).await;
    let (owner, file) = (app.owner(), receipt.attachments[0].id);
    owner.get_staff_attachment(hearing.id, receipt.response, file).await.unwrap();
    owner.get_attachment_archive(hearing.id).await.unwrap();
    let query = AuditQuery { action: vec![AuditAction::AttachmentsRead], ..AuditQuery::default() };
    let entries = app.person(Who::Auditor).list_audit_entries(&query).await.unwrap().items;
    let told: Vec<_> = entries.iter().map(|entry| (entry.object_id.clone(), entry.count)).collect();
    assert_eq!(told, [(None, 2), (Some(file.to_string()), 1)], "the archive with its count, the file by its id");
    let added = AuditQuery { action: vec![AuditAction::AttachmentAdded], ..AuditQuery::default() };
    let added = app.person(Who::Auditor).list_audit_entries(&added).await.unwrap().items;
    assert_eq!(added.len(), 2);
    assert!(!format!("{added:?}").contains("Et.pdf"), "never what is in a draft");
    end(app).await;
}
