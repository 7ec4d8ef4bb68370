//! Images: what others get of them says nothing of who took them where, none is too large to be shown, and a hearing's is
//! shown in sizes made of it anew.

use api::{
    attachments::specimens::{EVERY, HALF, Png, SECRETS, chunk, jpeg, photograph, screenshot},
    hearings::jobs::WITHOUT_SIZES,
};
use openapi::{
    attachments::{ShownState, Upload},
    hearings::{Hearing, ImageQuery, ImageSize, RespondentShown, ResponsesShown},
    ids::FileId,
    page::PageQuery,
    problem::ProblemCode,
};
use tests::{
    App, Person, Who,
    attachments::{files_in, upload},
    key, refused,
};
use uuid::Uuid;

fn holds(content: &[u8], words: &str) -> bool {
    content.windows(words.len()).any(|window| window == words.as_bytes())
}

fn pixels(content: &[u8]) -> Vec<u8> {
    image::load_from_memory(content).unwrap().into_rgb8().into_raw()
}

/// The size of an image by its content.
fn size(content: &[u8]) -> (i32, i32) {
    let image = image::load_from_memory(content).unwrap();
    (image.width().try_into().unwrap(), image.height().try_into().unwrap())
}

/// An image whose header says that it is of this size; nothing of it came.
fn header_of(width: u32, height: u32) -> Upload {
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    chunk(&mut file, b"IHDR", &Png::new(width, height).header());
    chunk(&mut file, b"IDAT", &Png::new(1, 1).packed().unwrap());
    chunk(&mut file, b"IEND", &[]);
    upload("Kæmpe.png", file)
}

#[tokio::test(flavor = "multi_thread")]
async fn more_than_fifty_megapixels_are_refused_wherever_they_come() {
    let app = App::start().await;
    let (owner, employee) = (app.owner(), app.employee(1));
    let (draft, open) = (app.hearing().draft().await, app.hearing().open().await);
    let answer = employee.write(open.id, "Se billedet").await;
    let image = header_of(60_000, 60_000);
    assert!(image.file.len() < 1000);
    let too_large = ProblemCode::AttachmentImageTooLarge;
    assert_eq!(refused(employee.create_attachment(open.id, answer.id, &image, &key()).await), too_large);
    assert_eq!(refused(owner.create_document(draft.id, &image, &key()).await), too_large);
    assert_eq!(refused(owner.replace_image(draft.id, &image, &key()).await), too_large);
    let in_rounds = upload("Havn.jpg", jpeg(4000, 4000, EVERY, true, &[]));
    assert_eq!(refused(owner.replace_image(draft.id, &in_rounds, &key()).await), too_large);
    let mut half = jpeg(48, 32, HALF, false, &[]);
    half.truncate(half.len() - 2);
    let half = employee.create_attachment(open.id, answer.id, &upload("Halv.jpg", half), &key()).await;
    assert_eq!(refused(half), ProblemCode::AttachmentDamaged);
    assert!(files_in(app.files()).is_empty(), "nothing is left behind");
    app.finish().await;
}

/// A draft of a hearing with this image.
async fn with_image(app: &App, image: &Upload) -> (Person, Hearing, FileId) {
    let (owner, hearing) = (app.owner(), app.hearing().draft().await);
    let image = owner.replace_image(hearing.id, image, &key()).await.unwrap();
    let hearing = owner.get_hearing(hearing.id).await.unwrap();
    (owner, hearing, image.id)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hearings_image_comes_in_the_size_that_is_needed() {
    let app = App::start().await;
    // It was taken with the camera held on its side.
    let (owner, hearing, image) = with_image(&app, &upload("Havnen.jpg", photograph(1200, 2000))).await;
    let expected = [(480, 288), (960, 576), (1600, 960)];
    let told: Vec<_> = hearing.image_sizes.iter().map(|size| (size.width, size.height)).collect();
    assert_eq!(told, expected);
    let [small, medium, large] = expected;
    for (width, expected) in [
        (Some(1), small),
        (Some(480), small),
        (Some(481), medium),
        (Some(961), large),
        (Some(10_000), large),
        (None, large),
    ] {
        let content = owner.get_image_content(hearing.id, image, &ImageQuery { width }).await.unwrap();
        assert_eq!(size(&content), expected, "{width:?}");
        assert!(!SECRETS.iter().any(|secret| holds(&content, secret)), "{width:?}");
    }
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn each_size_is_kept_and_fetched_in_parts_by_itself() {
    let app = App::start().await;
    let (owner, hearing, image) = with_image(&app, &upload("Havnen.png", screenshot(1000, 500).unwrap())).await;
    let address = format!("/api/v1/hearings/{}/image/{image}/content", hearing.id);
    let mut tags = Vec::new();
    for width in [480, 1000] {
        let address = format!("{address}?width={width}");
        let whole = owner.socket().get(&address).await;
        assert_eq!((whole.status, whole.header("content-type")), (200, "image/png"), "{width}");
        assert!(whole.header("content-disposition").starts_with("inline;"));
        let tag = whole.header("etag").to_owned();
        let part = owner.socket().request("GET", &address, &[("Range", "bytes=10-19"), ("If-Range", &tag)], None).await;
        assert_eq!((part.status, &part.body[..]), (206, &whole.body[10..20]), "{width}");
        let known = owner.socket().request("GET", &address, &[("If-None-Match", &tag)], None).await;
        assert_eq!((known.status, known.body.len()), (304, 0), "{width}");
        tags.push(tag);
    }
    assert_ne!(tags[0], tags[1]);
    assert_eq!(owner.socket().get(&address).await.header("etag"), tags[1], "the widest when nothing is asked for");
    for wrong in ["width=0", "width=10001", "width=-480", "width=mange", "width=480&width=960", "bredde=480"] {
        let refusal = owner.socket().get(&format!("{address}?{wrong}")).await;
        assert!(matches!(refusal.status, 400 | 422), "{wrong}: {}", refusal.status);
    }
    app.finish().await;
}

/// Of an image that was uploaded before there were sizes nobody gets what was uploaded, until its sizes are made.
#[tokio::test(flavor = "multi_thread")]
async fn an_image_without_sizes_waits_for_them() {
    let app = App::start().await;
    let (owner, hearing) = (app.owner(), app.hearing().staffed().draft().await);
    let image =
        owner.replace_image(hearing.id, &upload("Havnen.jpg", photograph(1200, 2000)), &key()).await.unwrap().id;
    let sizes = owner.get_hearing(hearing.id).await.unwrap().image_sizes;
    assert!(sizes.len() > 1, "{sizes:?}");
    app.database().owner().execute("DELETE FROM hearing_image_size", &[]).await.unwrap();
    assert_eq!(owner.get_hearing(hearing.id).await.unwrap().image_sizes, []);
    let query = ImageQuery { width: Some(480) };
    let reviewer = app.person(Who::Reviewer);
    for reader in [&owner, &reviewer] {
        let early = refused(reader.get_image_content(hearing.id, image, &query).await);
        assert_eq!(early, ProblemCode::AttachmentUnavailable);
        let told = reader.get_hearing(hearing.id).await.unwrap().image.unwrap();
        assert_eq!((told.shown_state, told.can_be_fetched()), (ShownState::Waiting, false));
    }
    app.run_jobs().await;
    assert_eq!(owner.get_hearing(hearing.id).await.unwrap().image_sizes, sizes);
    assert!(reviewer.get_hearing(hearing.id).await.unwrap().image.unwrap().can_be_fetched());
    let content = reviewer.get_image_content(hearing.id, image, &query).await.unwrap();
    assert_eq!(size(&content), (480, 288));
    assert!(!SECRETS.iter().any(|secret| holds(&content, secret)), "without what it says beside its pixels");
    app.run_jobs().await;
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sizes_go_with_their_image() {
    let app = App::start().await;
    let (owner, hearing, _) = with_image(&app, &upload("Første.jpg", photograph(1000, 2000))).await;
    assert_eq!(app.database().count("hearing_image_size").await, 3);
    let second = owner.replace_image(hearing.id, &upload("Anden.jpg", photograph(16, 16)), &key()).await.unwrap();
    app.run_jobs().await;
    let read = owner.get_hearing(hearing.id).await.unwrap();
    assert_eq!(read.image_sizes, [ImageSize { width: 16, height: 16 }]);
    assert_eq!(app.database().count("hearing_image_size").await, 1);
    assert!(owner.get_image_content(hearing.id, second.id, &ImageQuery::default()).await.is_ok());
    owner.delete_image(hearing.id).await.unwrap();
    app.run_jobs().await;
    assert_eq!(owner.get_hearing(hearing.id).await.unwrap().image_sizes, []);
    assert_eq!((app.database().count("file").await, files_in(app.files()).len()), (0, 0));
    app.finish().await;
}

/// What anybody gets of a response that shows no sender shows none, in its images either; staff get what was sent.
#[tokio::test(flavor = "multi_thread")]
async fn an_image_on_a_response_does_not_tell_who_took_it_where() {
    let app = App::start().await;
    let hearing = app.hearing().staffed().public().patch(|patch| {
        patch.responses_shown = Some(ResponsesShown::WhenApproved);
        patch.respondent_shown = Some(RespondentShown::Nothing);
    });
    let hearing = hearing.open().await;
    let employee = app.employee(1);
    let draft = employee.write(hearing.id, "Se vores billeder").await;
    let sent = [upload("Fra cykelstien.jpg", photograph(48, 32)), upload("Kort.png", screenshot(20, 10).unwrap())];
    for file in &sent {
        assert!(SECRETS.iter().any(|secret| holds(&file.file, secret)));
        employee.create_attachment(hearing.id, draft.id, file, &key()).await.unwrap();
    }
    let draft = employee.get_draft(hearing.id, draft.id).await.unwrap();
    employee.send_draft(hearing.id, draft.id, draft.version, &employee.terms().await, &key()).await.unwrap();
    let shown = app.anonymous().list_responses(hearing.id, &PageQuery::default()).await.unwrap().items.remove(0);
    for (file, original) in shown.attachments.iter().zip(&sent) {
        for reader in [app.anonymous(), app.employee(2)] {
            let got = reader.get_response_attachment(hearing.id, shown.id, file.id).await.unwrap();
            for secret in SECRETS {
                assert!(!holds(&got, secret), "{secret} in {}", file.name);
            }
            assert_eq!(pixels(&got), pixels(&original.file), "{}", file.name);
            assert_eq!(holds(&got, "Exif"), file.name.ends_with("jpg"), "how it is held is kept");
        }
        let staffs = app.owner().get_staff_attachment(hearing.id, shown.id, file.id).await.unwrap();
        assert_eq!(staffs, original.file, "{}", file.name);
    }
    app.run_jobs().await;
    let _ = app.mailbox.take();
    app.finish().await;
}

/// Asked every few seconds, however many images there are: read from an index with those alone that have no sizes.
#[tokio::test(flavor = "multi_thread")]
async fn images_without_sizes_are_found_by_an_index_of_theirs() {
    let app = App::start().await;
    let (_, hearing, _) = with_image(&app, &upload("Havnen.jpg", photograph(64, 48))).await;
    let owner = app.database().owner();
    let many = "ALTER TABLE hearing DISABLE TRIGGER hearing_has_owner; INSERT INTO hearing \
        SELECT (jsonb_populate_record(hearing, jsonb_build_object('id', gen_random_uuid()))).* \
        FROM hearing, generate_series(1, 2000) WHERE image_id IS NOT NULL; ANALYZE hearing; ANALYZE file";
    owner.batch_execute(many).await.unwrap();
    assert_eq!(app.database().count("hearing WHERE image_id = sized_image_id").await, 2001);
    let question = WITHOUT_SIZES.replace("$1", "'{}'::uuid[]").replace("$2", "20");
    let plan = owner.query(&format!("EXPLAIN {question}"), &[]).await.unwrap();
    let plan: Vec<String> = plan.iter().map(|row| row.get(0)).collect();
    assert!(plan.iter().any(|line| line.contains("hearing_by_image_without_sizes")), "{plan:#?}");
    assert!(!plan.iter().any(|line| line.contains("Seq Scan on hearing")), "{plan:#?}");
    assert_eq!(owner.query(&question, &[]).await.unwrap().len(), 0);
    owner.execute("DELETE FROM hearing_image_size", &[]).await.unwrap();
    let without: Vec<Uuid> = owner.query(&question, &[]).await.unwrap().iter().map(|row| row.get(0)).collect();
    assert_eq!(without, [hearing.id.0]);
    app.run_jobs().await;
    assert_eq!(owner.query(&question, &[]).await.unwrap().len(), 0);
    app.run_jobs().await;
    app.finish().await;
}
