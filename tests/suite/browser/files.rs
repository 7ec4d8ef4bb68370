//! Files in the browser: chosen, dropped, refused, tried again and taken away, with nothing else lost by it.

use api::attachments::specimens::photograph;
use openapi::{attachments::Attachment, ids::HearingId};
use tests::{
    App, Browser, Key, Person, Setup, WIDTHS, Who,
    attachments::{pdf, png, upload},
    key,
};

const ANSWER: &str = "Vi bakker op om én ledelse. Se vores bilag.";
const WHOLE: &str = "Dit svar på hele høringen";

async fn start() -> App {
    Setup::default().page().start().await
}

fn names(files: &[Attachment]) -> Vec<&str> {
    files.iter().map(|file| file.name.as_str()).collect()
}

/// What the only draft of somebody holds.
async fn kept(person: &Person) -> Vec<Attachment> {
    let draft = person.list_my_drafts(&openapi::page::PageQuery::default()).await.unwrap().items.remove(0);
    person.get_draft(draft.hearing.id, draft.id).await.unwrap().attachments
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_refused_says_why_and_takes_nothing_with_it() {
    let app = start().await;
    let hearing = app.hearing().open().await;
    for (number, width) in (1..).zip(WIDTHS) {
        let browser = app.browser_of(Who::Employee(number), width).await;
        browser.open(&format!("/hoeringer/{}/svar", hearing.id)).await;
        browser.fill(WHOLE, ANSWER).await;
        let wrong = [upload("Program.exe", "MZ"), upload("Tom.pdf", ""), upload("Billede.png", "%PDF-1.7\n")];
        browser.expects_status(422, "/attachments");
        browser.choose_files("Bilag", &[&[pdf("Høringssvar.pdf")], &wrong[..]].concat()).await;
        browser.drop_file("Bilag", "Referat.txt", "Vi talte om forslaget.").await;
        browser.sees("Vi kan ikke tage imod filer af den type.").await;
        browser.sees("Filen er tom. Vælg en anden fil.").await;
        browser.sees("Filens indhold er ikke det, som navnet siger.").await;
        browser.sees("Referat.txt").await;
        browser.sees("Gemt").await;
        browser.is_accessible("files that were taken and refused").await;

        browser.press("Videre til tjek").await;
        browser.sees("Ikke alle filer er kommet med.").await;
        for file in &wrong {
            browser.press(&format!("Fjern {}", file.name)).await;
            browser.sees(&format!("{} er fjernet.", file.name)).await;
        }
        assert_eq!(browser.value_of(WHOLE).await, ANSWER);
        browser.press("Videre til tjek").await;
        browser.sees("Tjek dit høringssvar").await;
        browser.sees("Høringssvar.pdf").await;
        browser.press("Send høringssvar").await;
        browser.sees("Tak for dit høringssvar").await;
        browser.sees("Referat.txt").await;
        browser.is_accessible("a receipt with files").await;
        browser.close().await;
    }
    let sent = app.owner().list_staff_responses(hearing.id, &openapi::page::PageQuery::default()).await.unwrap();
    for response in &sent.items {
        assert_eq!(response.text, ANSWER);
        assert_eq!(names(&response.attachments), ["Høringssvar.pdf", "Referat.txt"]);
    }
    let browser = app.browser_of(Who::Owner, 375).await;
    browser.open(&format!("/sag/{}/svar", hearing.id)).await;
    browser.sees("Hent alle bilag (ZIP)").await;
    browser.sees("Høringssvar.pdf").await;
    browser.is_accessible("answers with files").await;
    browser.close().await;
    app.run_jobs().await;
    assert_eq!(app.mailbox.take().len(), 2);
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_did_not_arrive_is_tried_again_and_taken_away_by_keyboard() {
    let app = start().await;
    let hearing = app.hearing().open().await;
    let browser = app.browser_of(Who::Employee(1), 1280).await;
    browser.open(&format!("/hoeringer/{}/svar", hearing.id)).await;
    browser.sees(WHOLE).await;
    browser.expects_on_console(&["ERR_INTERNET_DISCONNECTED", "/attachments"]);
    browser.set_offline(true).await;
    browser.choose_files("Bilag", &[pdf("Første.pdf"), pdf("Andet.pdf")]).await;
    browser.sees("Vi kan ikke få forbindelse.").await;
    browser.set_offline(false).await;
    browser.no_longer_sees("Du har ingen internetforbindelse").await;
    for file in ["Første.pdf", "Andet.pdf"] {
        browser.tab_to("Prøv igen").await;
        assert_eq!(browser.focused().await, format!("Prøv igen med {file}"));
        browser.key(Key::Enter).await;
        browser.focus_comes_to(&format!("Fjern {file}")).await;
    }
    browser.no_longer_sees("Vi kan ikke få forbindelse.").await;
    browser.no_longer_sees("Sender …").await;
    browser.no_longer_sees("Tjekker filen …").await;
    assert_eq!(names(&kept(&app.employee(1)).await), ["Første.pdf", "Andet.pdf"]);

    browser.key(Key::Enter).await;
    browser.focus_comes_to("Fjern Første.pdf").await;
    browser.key(Key::Space).await;
    browser.sees("Første.pdf er fjernet.").await;
    let on_field = browser.run("return document.activeElement.matches('input[type=file]')", vec![]).await;
    assert_eq!(on_field, true, "with the last file gone, the focus is on the field: {}", browser.focused().await);
    assert!(kept(&app.employee(1)).await.is_empty());
    browser.close().await;
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hearing_gets_its_picture_and_documents() {
    let app = start().await;
    let hearing = app.hearing().draft().await;
    let browser = app.browser_of(Who::Owner, 1280).await;
    browser.open(&format!("/sag/{}/indhold", hearing.id)).await;
    browser.sees("Alt er på plads").await;
    browser.choose_files("Billede", &[png("havnen.png")]).await;
    browser.sees("Der mangler 1 ting").await;
    browser.fill("Tekst i stedet for billedet", "Havnen set fra molen").await;
    browser.sees("Alt er på plads").await;
    browser.choose_files("Dokumenter", &[pdf("Lokalplan.pdf"), upload("Liste.exe", "MZ")]).await;
    browser.sees("Vi kan ikke tage imod filer af den type.").await;
    browser.sees("Omdøb").await;
    browser.is_accessible("a hearing's files").await;
    rename(&browser, &app, hearing.id).await;
    let now = app.owner().get_hearing(hearing.id).await.unwrap();
    assert_eq!(now.image.map(|image| image.name).as_deref(), Some("havnen.png"));
    assert_eq!(now.image_alternative_text, "Havnen set fra molen");
    browser.press("Fjern havnen.png").await;
    browser.sees("havnen.png er fjernet.").await;
    browser.open(&format!("/hoeringer/{}", hearing.id)).await;
    browser.sees("Dokumenter").await;
    browser.press("Lokalplan nr. 12 – Ærøgade").await;
    browser.close().await;
    app.run_jobs().await;
    app.finish().await;
}

/// A phone fetches no more than it shows, and nothing moves when the image comes.
/// A document that failed is not forgotten by publishing: it asks first. What is published then shows its image to its staff.
#[tokio::test(flavor = "multi_thread")]
async fn publishing_asks_while_a_file_is_not_there() {
    let app = start().await;
    for width in WIDTHS {
        let hearing = app.hearing().with_files().draft().await;
        let browser = app.browser_of(Who::Owner, width).await;
        browser.open(&format!("/sag/{}/indhold", hearing.id)).await;
        browser.sees("Alt er på plads").await;
        browser.choose_files("Dokumenter", &[upload("Liste.exe", "MZ")]).await;
        browser.sees("1 fil, du har valgt, er ikke lagt op").await;
        browser.sees("Ikke lagt op: Liste.exe").await;
        assert!(!browser.text().await.contains("Alt er på plads"));
        browser.press("Offentliggør").await;
        browser.sees("Ikke alle filer er lagt op").await;
        browser.is_accessible("publishing while a file is not there").await;
        browser.press("Annuller").await;
        browser.press("Fjern Liste.exe").await;
        browser.sees("Alt er på plads").await;
        browser.press("Offentliggør").await;
        browser.sees("Det sker der, når du fortsætter").await;
        assert!(!browser.text().await.contains("Ikke alle filer er lagt op"));
        browser.press("Offentliggør nu").await;
        browser.sees("Høringen er offentliggjort").await;
        let image = "const image = document.querySelector('img.hearing-image'); return image && image.alt";
        assert_eq!(browser.run(image, vec![]).await, "En skole");
        browser.is_accessible("a published hearing with its image, for its owner").await;
        browser.close().await;
    }
    app.run_jobs().await;
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hearings_image_comes_in_the_size_that_there_is_room_for() {
    let app = start().await;
    let hearing = app.hearing().with_files().draft().await;
    // Taken with the camera held on its side.
    let image = upload("Havnen.jpg", photograph(1200, 2000));
    app.owner().replace_image(hearing.id, &image, &key()).await.unwrap();
    for (width, fetched) in [(375, 480), (1280, 960)] {
        let browser = app.browser_of(Who::Owner, width).await;
        browser.open(&format!("/hoeringer/{}", hearing.id)).await;
        browser.sees(&hearing.title).await;
        let shown = "return document.querySelector('.hearing-image').decode().then(() => { \
            const image = document.querySelector('main .hearing-image'); \
            return [new URL(image.currentSrc).searchParams.get('width'), image.naturalWidth > 0, \
                    image.getAttribute('width'), image.getAttribute('height')]; })";
        let shown = browser.run(shown, vec![]).await;
        assert_eq!(shown, serde_json::json!([fetched.to_string(), true, "1600", "960"]), "{width}");
        let place = "const {width, height} = document.querySelector('main .hearing-image').getBoundingClientRect(); \
            return Math.abs(width / height - 1600 / 960) < 0.02 && width <= document.documentElement.clientWidth";
        assert_eq!(browser.run(place, vec![]).await, true, "it has its shape, at {width}");
        browser.close().await;
    }
    app.finish().await;
}

/// Gives the one document another name: with the keyboard, and not before there is one.
async fn rename(browser: &Browser, app: &App, hearing: HearingId) {
    browser.press("Omdøb Lokalplan").await;
    let in_field = "return document.activeElement.value";
    assert_eq!(browser.run(in_field, vec![]).await, "Lokalplan", "the name that it has can be changed at once");
    browser.is_accessible("a document's new name").await;
    browser.fill("Nyt navn", " ").await;
    browser.press("Gem navn").await;
    browser.sees("Skriv").await;
    browser.fill("Nyt navn", "Lokalplan nr. 12 – Ærøgade").await;
    browser.key(Key::Enter).await;
    browser.sees("Dokumentet hedder nu Lokalplan nr. 12 – Ærøgade.").await;
    browser.focus_comes_to("Omdøb Lokalplan nr. 12 – Ærøgade").await;
    let now = app.owner().get_hearing(hearing).await.unwrap();
    let titles: Vec<_> = now.documents.iter().map(|document| (document.title.as_str(), document.version)).collect();
    assert_eq!(titles, [("Lokalplan nr. 12 – Ærøgade", 2)]);
}
