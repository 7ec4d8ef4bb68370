//! Exists because people log in again in another tab, lose their cookies, and share a browser: the page goes on as the
//! same person by itself, asks for a login where there is none, and saves nothing as anybody else.

use chrono::TimeDelta;
use tests::{App, Browser, Setup, Who, attachments::pdf};

const WHOLE: &str = "Dit svar på hele høringen";
const ENDED: &str = "Du er blevet logget ud";
const RESCUED: &str = "Vi har hentet det, du nåede at skrive";
const WIDTH: u32 = 1280;
const WHO: Who = Who::Employee(1);

async fn start() -> App {
    Setup::default().page().at(api::clock::Clock::real_now()).start().await
}

/// Each draft of an answer: whose it is, and what it says.
async fn saved(app: &App) -> Vec<(uuid::Uuid, String)> {
    let rows = app.database().owner().query("SELECT author_id, text FROM draft", &[]).await.unwrap();
    rows.iter().map(|row| (row.get(0), row.get(1))).collect()
}

/// Somebody in the middle of an answer.
async fn writing(app: &App) -> Browser {
    let hearing = app.hearing().open().await;
    let browser = app.browser_of(WHO, WIDTH).await;
    browser.open(&format!("/hoeringer/{}/svar", hearing.id)).await;
    browser.fill(WHOLE, "Skrevet før.").await;
    browser.sees("Gemt").await;
    browser
}

#[tokio::test(flavor = "multi_thread")]
async fn a_login_in_a_second_tab_is_taken_up_by_the_first() {
    let app = start().await;
    let browser = writing(&app).await;
    let first = browser.tab().await;
    app.age_session(WHO, TimeDelta::zero()).await;
    browser.expects_status(401, "/drafts/");
    browser.fill(WHOLE, "Skrevet bagefter.").await;
    browser.sees(ENDED).await;
    browser.new_tab().await;
    browser.open("/log-ind").await;
    browser.log_in(WHO).await;
    browser.sees("Sådan fungerer det").await;

    browser.look_at(&first).await;
    browser.no_longer_sees(ENDED).await;
    browser.sees("Gemt").await;
    assert_eq!(saved(&app).await, [(WHO.id().0, "Skrevet bagefter.".to_owned())], "without another touch");
    browser.fill(WHOLE, "Skrevet til sidst.").await;
    browser.sees("Gemmer").await;
    browser.sees("Gemt").await;
    assert_eq!(saved(&app).await[0].1, "Skrevet til sidst.");
    browser.close().await;
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_no_page_heard_of_is_taken_up_by_every_page_that_saves() {
    let app = start().await;
    let browser = writing(&app).await;
    browser.expects_status(403, "/drafts/");
    browser.log_in_unheard(WHO).await;
    browser.fill(WHOLE, "Skrevet bagefter.").await;
    browser.no_longer_sees("Gemt").await;
    browser.sees("Gemt").await;
    assert_eq!(saved(&app).await, [(WHO.id().0, "Skrevet bagefter.".to_owned())]);
    browser.log_in_unheard(WHO).await;
    browser.choose_files("Bilag", &[pdf("Kort.pdf")]).await;
    browser.sees("Kort.pdf er tilføjet.").await;
    browser.log_in_unheard(WHO).await;
    browser.press("Videre til tjek").await;
    browser.press("Send høringssvar").await;
    browser.sees("Tak for dit høringssvar").await;
    assert_eq!((app.database().count("response").await, app.database().count("response_attachment").await), (1, 1));
    app.run_jobs().await;
    assert_eq!(app.mailbox.take().len(), 1);

    let hearing = app.hearing().draft().await;
    browser.becomes(Some(Who::Owner)).await;
    browser.open(&format!("/sag/{}/indhold", hearing.id)).await;
    browser.sees("Alt er på plads").await;
    browser.expects_status(403, &format!("/hearings/{}", hearing.id));
    browser.log_in_unheard(Who::Owner).await;
    browser.fill("Resumé", "Skrevet bagefter.").await;
    browser.sees("Gemt").await;
    browser.log_in_unheard(Who::Owner).await;
    browser.choose_files("Dokumenter", &[pdf("Lokalplan.pdf")]).await;
    browser.sees("Lokalplan.pdf er tilføjet.").await;
    browser.open(&format!("/sag/{}/deltagere", hearing.id)).await;
    browser.sees("Tilføj deltagere").await;
    browser.tick("Reviewer").await;
    browser.fill("Søg efter navn, afdeling eller e-mail", &Who::Reviewer.name()).await;
    browser.press("Søg").await;
    browser.log_in_unheard(Who::Owner).await;
    browser.press(&format!("Tilføj som Reviewer: {}", Who::Reviewer.name())).await;
    browser.sees(&format!("{} er nu Reviewer", Who::Reviewer.name())).await;
    // The owner's first session ended with the next.
    let read = app.person(Who::Administrator).get_hearing(hearing.id).await.unwrap();
    assert_eq!((read.summary.as_str(), read.documents.len()), ("Skrevet bagefter.", 1));
    browser.close().await;
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_loses_the_cookie_while_writing_logs_in_and_goes_on() {
    let app = start().await;
    let browser = writing(&app).await;
    browser.expects_status(403, "/drafts/");
    browser.forget_cookies().await;
    browser.fill(WHOLE, "Skrevet bagefter.").await;
    browser.sees(ENDED).await;
    browser.sees("Det, du har skrevet, er ikke tabt.").await;
    assert!(!browser.text().await.contains("for gammel"), "the page is as good as ever");
    browser.press("Log ind igen").await;
    browser.log_in(WHO).await;
    browser.sees(RESCUED).await;
    assert_eq!(browser.value_of(WHOLE).await, "Skrevet bagefter.");
    browser.sees("Gemt").await;
    assert_eq!(saved(&app).await, [(WHO.id().0, "Skrevet bagefter.".to_owned())]);
    browser.close().await;
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_one_person_wrote_is_never_saved_as_another() {
    let app = start().await;
    let (owner, other) = (Who::Owner, Who::CaseWorker);
    // Both may edit the conclusion: only the page keeps their words apart.
    let hearing = app.hearing().staffed().processing().await;
    app.renew_sessions().await;
    let browser = app.browser_of(owner, WIDTH).await;
    browser.open(&format!("/sag/{}/resultat", hearing.id)).await;
    browser.fill("Konklusion", "Ejerens første ord.").await;
    browser.sees("Gemt").await;
    browser.expects_status(403, "/conclusion-draft");
    browser.log_in_unheard(other).await;
    browser.fill("Konklusion", "Ejerens andre ord.").await;
    browser.sees(&format!("{} er logget ind nu", other.name())).await;
    browser.is_accessible("the page of a person in whose browser another one has logged in").await;
    // Logging in as the other one ended the owner's session.
    let saved = async || app.person(other).get_conclusion_draft(hearing.id).await.unwrap();
    assert_eq!(saved().await.text, "Ejerens første ord.");
    assert_eq!(browser.kept_on_device().await.len(), 1);

    // When the other one logs out again, the owner's words stay.
    let first = browser.tab().await;
    browser.new_tab().await;
    browser.open("/mine").await;
    browser.press("Log ud").await;
    browser.sees("Åbne høringer lige nu").await;
    assert_eq!(browser.kept_on_device().await.len(), 1);
    browser.look_at(&first).await;
    assert_eq!(browser.value_of("Konklusion").await, "Ejerens andre ord.");

    // Back in this tab, it has looked: nobody is logged in.
    browser.sees(ENDED).await;
    browser.press("Log ind igen").await;
    browser.log_in(owner).await;
    browser.sees(RESCUED).await;
    assert_eq!(browser.value_of("Konklusion").await, "Ejerens andre ord.");
    browser.sees("Gemt").await;
    let now = saved().await;
    assert_eq!((now.text.as_str(), now.updated_by.as_deref()), ("Ejerens andre ord.", Some(owner.name().as_str())));
    browser.close().await;
    app.finish().await;
}
