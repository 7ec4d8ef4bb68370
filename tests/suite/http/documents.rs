//! Documents and pictures of hearings.

use openapi::{
    attachments::DocumentPatch,
    audit::AuditAction,
    hearings::{ChecklistItem, Hearing, HearingPatch, ImageQuery, PublishHearing, PublishStart},
    page::PageQuery,
    problem::ProblemCode,
};
use tests::{
    App, Who,
    attachments::{files_kept, pdf, png, txt},
    key, refused,
};

fn titled(title: &str) -> DocumentPatch {
    DocumentPatch { title: Some(title.to_owned()) }
}

#[tokio::test(flavor = "multi_thread")]
async fn documents_are_added_renamed_and_taken_away() {
    let app = App::start().await;
    let (owner, hearing) = (app.owner(), app.hearing().draft().await);
    let plan = owner.create_document(hearing.id, &pdf("Plan for Åsen.v2.pdf"), &key()).await.unwrap();
    let minutes = owner.create_document(hearing.id, &txt("Referat.txt", "Alle var enige."), &key()).await.unwrap();
    assert_eq!((plan.title.as_str(), plan.version), ("Plan for Åsen.v2", 1), "called what its file is called");
    let renamed = owner.update_document(hearing.id, plan.id, 1, &titled("Plan for Åsen")).await.unwrap();
    assert_eq!(
        (renamed.title.as_str(), renamed.version, renamed.file.name.as_str()),
        ("Plan for Åsen", 2, "Plan for Åsen.v2.pdf")
    );
    let read = owner.get_hearing(hearing.id).await.unwrap();
    assert_eq!(read.documents, [renamed.clone(), minutes.clone()]);
    assert_eq!(read.version, hearing.version, "an owner who writes is not disturbed");
    let stale = owner.update_document(hearing.id, plan.id, 1, &titled("Igen")).await;
    assert_eq!(refused(stale), ProblemCode::PreconditionFailed);
    assert_eq!(refused(owner.delete_document(hearing.id, plan.id, 1).await), ProblemCode::PreconditionFailed);
    owner.delete_document(hearing.id, plan.id, 2).await.unwrap();
    assert_eq!(owner.get_hearing(hearing.id).await.unwrap().documents, [minutes]);
    assert_eq!(refused(owner.get_document_content(hearing.id, plan.id).await), ProblemCode::NotFound);
    app.run_jobs().await;
    assert_eq!(files_kept(app.files(), app.database()).await, 1, "its content went with it");
    let history = owner.list_hearing_history(hearing.id, &PageQuery::default()).await.unwrap().items;
    let told: Vec<_> = history.iter().map(|entry| entry.action).take(4).collect();
    let (added, changed, removed) =
        (AuditAction::DocumentAdded, AuditAction::DocumentChanged, AuditAction::DocumentRemoved);
    assert_eq!(told, [removed, changed, added, added], "owners read it in their hearing's history");
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_document_of_a_public_hearing_is_everybodys() {
    let app = App::start().await;
    let hearing = app.hearing().public().with_files().open().await;
    let document = &hearing.documents[0];
    let shown = app.anonymous().get_document_content(hearing.id, document.id).await.unwrap();
    let listed = app.anonymous().get_hearing(hearing.id).await.unwrap().documents.remove(0).file;
    assert_eq!(i64::try_from(shown.len()).unwrap(), listed.size, "the size is that of what the reader gets");
    assert!(shown.starts_with(b"%PDF-1."));
    let own = app.owner().get_document_content(hearing.id, document.id).await.unwrap();
    assert_eq!(own, pdf("Skolestruktur 2027.pdf").file, "who uploaded it gets it as it was");
    let address = format!("/api/v1/hearings/{}/documents/{}/content", hearing.id, document.id);
    let answer = app.anonymous().socket().get(&address).await;
    assert_eq!(answer.header("cache-control"), "no-cache");
    app.finish().await;
}

fn item<'a>(hearing: &'a Hearing, pointer: &str) -> Option<&'a ChecklistItem> {
    hearing.checklist.as_ref().unwrap().iter().find(|item| item.pointer == pointer)
}

/// A picture says nothing to those who cannot see it, unless words stand for it.
#[tokio::test(flavor = "multi_thread")]
async fn a_hearing_with_a_picture_needs_words_for_it() {
    const WORDS: &str = "/imageAlternativeText";
    let app = App::start().await;
    let (owner, hearing) = (app.owner(), app.hearing().draft().await);
    assert_eq!(item(&hearing, WORDS), None, "without a picture nothing is missing");
    let image = owner.replace_image(hearing.id, &png("skole.png"), &key()).await.unwrap();
    let hearing = owner.get_hearing(hearing.id).await.unwrap();
    assert_eq!(hearing.image.as_ref(), Some(&image));
    assert!(!item(&hearing, WORDS).unwrap().done);
    let now = PublishHearing { start: PublishStart::Now };
    let refusal = refused(owner.publish_hearing(hearing.id, hearing.version, &now).await);
    assert_eq!((refusal.code, refusal.pointers), (ProblemCode::HearingIncomplete, vec![WORDS.to_owned()]));
    let words =
        HearingPatch { image_alternative_text: Some("En skole i solskin".to_owned()), ..HearingPatch::default() };
    let hearing = owner.update_hearing(hearing.id, hearing.version, &words).await.unwrap();
    assert!(item(&hearing, WORDS).unwrap().done);
    let open = owner.publish_hearing(hearing.id, hearing.version, &now).await.unwrap();
    assert_eq!(open.image_alternative_text, "En skole i solskin");
    app.finish().await;
}

/// What waits for its start opens by itself, so that it must stay whole.
#[tokio::test(flavor = "multi_thread")]
async fn a_scheduled_hearing_takes_no_picture_without_words() {
    let app = App::start().await;
    let (owner, hearing) = (app.owner(), app.hearing().scheduled().await);
    let refusal = refused(owner.replace_image(hearing.id, &png("skole.png"), &key()).await);
    assert_eq!(refusal.pointers, ["/imageAlternativeText"]);
    let words = HearingPatch { image_alternative_text: Some("En skole".to_owned()), ..HearingPatch::default() };
    owner.update_hearing(hearing.id, hearing.version, &words).await.unwrap();
    owner.replace_image(hearing.id, &png("skole.png"), &key()).await.unwrap();
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_picture_takes_the_place_of_the_first() {
    let app = App::start().await;
    let (owner, hearing) = (app.owner(), app.hearing().with_files().draft().await);
    let first = hearing.image.unwrap();
    assert_eq!(refused(owner.replace_image(hearing.id, &pdf("plan.pdf"), &key()).await), ProblemCode::AttachmentType);
    let second = owner.replace_image(hearing.id, &png("anden.png"), &key()).await.unwrap();
    assert_eq!(
        refused(owner.get_image_content(hearing.id, first.id, &ImageQuery::default()).await),
        ProblemCode::NotFound
    );
    assert!(owner.get_image_content(hearing.id, second.id, &ImageQuery::default()).await.is_ok());
    let address = format!("/api/v1/hearings/{}/image/{}/content", hearing.id, second.id);
    let shown = owner.socket().get(&address).await;
    assert!(shown.header("content-disposition").starts_with("inline;"), "{}", shown.header("content-disposition"));
    assert_eq!(shown.header("content-type"), "image/png");
    owner.delete_image(hearing.id).await.unwrap();
    let read = owner.get_hearing(hearing.id).await.unwrap();
    assert_eq!((read.image, read.image_alternative_text.as_str()), (None, "En skole"), "the words stay");
    assert_eq!(refused(owner.delete_image(hearing.id).await), ProblemCode::NotFound);
    let history = owner.list_hearing_history(hearing.id, &PageQuery::default()).await.unwrap().items;
    let told = |place: usize| (history[place].changes[0].old.as_deref(), history[place].changes[0].new.as_deref());
    assert_eq!(told(0), (Some("anden.png"), None), "by their names");
    assert_eq!(told(1), (Some(first.name.as_str()), Some("anden.png")));
    app.run_jobs().await;
    assert_eq!(files_kept(app.files(), app.database()).await, 1, "the document is left");
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fifty_first_document_is_refused() {
    let app = App::start().await;
    let (owner, hearing) = (app.owner(), app.hearing().with_files().draft().await);
    let more = "INSERT INTO hearing_document (id, hearing_id, file_id, position, title) \
                SELECT gen_random_uuid(), hearing_id, file_id, place, 'Bilag ' || place \
                FROM hearing_document, generate_series(1, 49) AS place";
    app.database().owner().execute(more, &[]).await.unwrap();
    let refusal = refused(owner.create_document(hearing.id, &pdf("Et for meget.pdf"), &key()).await);
    assert_eq!(refusal, ProblemCode::AttachmentTooMany);
    app.finish().await;
}

/// What a reviewer reads and an outsider does not.
#[tokio::test(flavor = "multi_thread")]
async fn a_drafts_documents_are_its_staffs() {
    let app = App::start().await;
    let hearing = app.hearing().staffed().with_files().draft().await;
    let document = hearing.documents[0].id;
    assert!(app.person(Who::Reviewer).get_document_content(hearing.id, document).await.is_ok());
    let other = app.person(Who::OtherCreator).get_document_content(hearing.id, document).await;
    assert_eq!(refused(other), ProblemCode::NotFound);
    app.finish().await;
}
