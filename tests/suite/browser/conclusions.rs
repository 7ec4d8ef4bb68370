//! Exists because the text of a conclusion once lay in one browser alone: it is saved while it is written, two who write
//! it lose nothing, and words that an earlier build kept are taken over.

use openapi::{
    hearings::{ConcludeHearing, ConclusionText},
    page::PageQuery,
};
use serde_json::json;
use tests::{App, Browser, Setup, Who};

const FIELD: &str = "Konklusion";
const CONCLUDE: &str = "Afslut høringen, og offentliggør konklusionen";
const WIDTHS: [u32; 2] = [1280, 375];

async fn start() -> App {
    Setup::default().page().at(api::clock::Clock::real_now()).start().await
}

async fn open(app: &App, who: Who, width: u32, address: &str) -> Browser {
    let browser = app.browser_of(who, width).await;
    browser.open(address).await;
    browser.sees("Teksten bliver gemt, mens du skriver.").await;
    browser
}

#[tokio::test(flavor = "multi_thread")]
async fn two_who_write_one_conclusion_lose_nothing_and_an_owner_gives_it() {
    let app = start().await;
    let hearing = app.hearing().staffed().processing().await;
    app.renew_sessions().await;
    let address = format!("/sag/{}/resultat", hearing.id);
    let owner = open(&app, Who::Owner, WIDTHS[0], &address).await;
    let worker = open(&app, Who::CaseWorker, WIDTHS[1], &address).await;
    worker.sees("er det en høringsejer, der afslutter høringen").await;
    assert!(!worker.text().await.contains(CONCLUDE), "a case worker writes and does not conclude");
    worker.fill(FIELD, "Sagsbehandlerens ord.").await;
    worker.sees("Gemt").await;
    worker.is_accessible("a conclusion that a case worker writes").await;

    owner.expects_status(412, "/conclusion-draft");
    owner.fill(FIELD, "Ejerens ord.").await;
    owner.sees("Konklusionen er rettet et andet sted").await;
    owner.sees(&format!("{} har gemt en anden udgave", Who::CaseWorker.name())).await;
    owner.sees(&format!("Gemt af {} den", Who::CaseWorker.name())).await;
    owner.sees("Sagsbehandlerens ord.").await;
    owner.is_accessible("the choice between two conclusions").await;
    assert_eq!(owner.value_of(FIELD).await, "Ejerens ord.");
    let saved = async || app.owner().get_conclusion_draft(hearing.id).await.unwrap().text;
    assert_eq!(saved().await, "Sagsbehandlerens ord.", "nothing is overwritten unasked");
    owner.press(&format!("Hent udgaven fra {}", Who::CaseWorker.name())).await;
    owner.sees("Det, du havde skrevet").await;
    assert_eq!(owner.value_of(FIELD).await, "Sagsbehandlerens ord.");
    // What was put aside stays when the page is left.
    owner.open("/mine").await;
    owner.open(&address).await;
    owner.sees("Det, du havde skrevet").await;
    owner.press("Brug min tekst igen").await;
    owner.sees("Gemmer").await;
    owner.sees("Gemt").await;
    assert_eq!(saved().await, "Ejerens ord.");
    owner.press("Se tidligere udgaver").await;
    owner.sees(&format!("Gemt af {} den", Who::CaseWorker.name())).await;
    let unfold = "document.querySelectorAll('main details:not([open]) > summary').forEach(each => each.click())";
    owner.run(unfold, vec![]).await;
    owner.sees("Erstattet").await;
    owner.is_accessible("an earlier version of a conclusion").await;

    owner.press(CONCLUDE).await;
    owner.press("Afslut og offentliggør").await;
    owner.sees("Se konklusionen på høringens side").await;
    assert_eq!(app.database().count("conclusion_draft").await, 0);
    worker.expects_status(409, "/conclusion-draft");
    worker.fill(FIELD, "Sagsbehandlerens sene ord.").await;
    worker.sees("Høringen er afsluttet med en anden tekst").await;
    worker.sees("Ejerens ord.").await;
    worker.sees("Sagsbehandlerens sene ord.").await;
    worker.is_accessible("what was written when the conclusion had been given").await;
    let history = app.owner().list_hearing_history(hearing.id, &PageQuery::default()).await.unwrap();
    assert!(!serde_json::to_string(&history).unwrap().contains("Sagsbehandlerens ord"));
    for browser in [owner, worker] {
        browser.close().await;
    }
    app.finish().await;
}

/// The choice between two versions stands still while the hearing goes on: who chooses is told that it is over.
#[tokio::test(flavor = "multi_thread")]
async fn a_hearing_that_is_concluded_during_a_conflict_is_said_to_be() {
    let app = start().await;
    let hearing = app.hearing().staffed().processing().await;
    app.renew_sessions().await;
    let address = format!("/sag/{}/resultat", hearing.id);
    let worker = open(&app, Who::CaseWorker, WIDTHS[1], &address).await;
    let text = ConclusionText { text: "Ejerens ord.".to_owned() };
    let draft = app.owner().replace_conclusion_draft(hearing.id, 1, &text).await.unwrap();
    worker.expects_status(412, "/conclusion-draft");
    worker.fill(FIELD, "Sagsbehandlerens ord.").await;
    worker.sees("Konklusionen er rettet et andet sted").await;
    let request = ConcludeHearing { conclusion: "Vedtaget.".to_owned(), draft_version: Some(draft.version) };
    app.owner().conclude_hearing(hearing.id, hearing.version, &request).await.unwrap();
    worker.expects_status(409, "/conclusion-draft");
    worker.fill(FIELD, "Sagsbehandlerens ord, rettet.").await;
    worker.sees("Høringen er afsluttet med en anden tekst").await;
    worker.sees("Vedtaget.").await;
    worker.sees("Sagsbehandlerens ord, rettet.").await;
    worker.sees("Hent teksten som fil").await;
    worker.is_accessible("a conclusion that was given during a conflict").await;
    worker.close().await;
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_conclusion_is_gone_on_with_on_another_computer() {
    let app = start().await;
    let hearing = app.hearing().processing().await;
    app.renew_sessions().await;
    let address = format!("/sag/{}/resultat", hearing.id);
    let at_work = open(&app, Who::Owner, WIDTHS[0], &address).await;
    at_work.fill(FIELD, "Begyndt på rådhuset.").await;
    at_work.sees("Gemt").await;
    at_work.press("Log ud").await;
    at_work.sees("Åbne høringer lige nu").await;
    at_work.close().await;
    let at_home = app.browser(WIDTHS[1]).await;
    at_home.open("/log-ind").await;
    at_home.log_in(Who::Owner).await;
    at_home.sees("Sådan fungerer det").await;
    at_home.open(&address).await;
    at_home.sees(&format!("Senest gemt af {}", Who::Owner.name())).await;
    assert_eq!(at_home.value_of(FIELD).await, "Begyndt på rådhuset.");
    at_home.close().await;
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn words_that_an_earlier_build_kept_in_the_browser_are_taken_over_once() {
    let app = start().await;
    let hearing = app.hearing().processing().await;
    app.renew_sessions().await;
    let browser = app.browser_of(Who::Owner, WIDTHS[0]).await;
    browser.open("/mine").await;
    let name = format!("agora-kept-{}-conclusion-{}", Who::Owner.id(), hearing.id);
    let copy = json!({ "keptAt": app.now(), "copy": "Kun i denne browser." }).to_string();
    browser.run("localStorage.setItem(arguments[0], arguments[1])", vec![json!(name), json!(copy)]).await;
    browser.open(&format!("/sag/{}/resultat", hearing.id)).await;
    browser.sees("Vi har hentet det, du nåede at skrive").await;
    assert_eq!(browser.value_of(FIELD).await, "Kun i denne browser.");
    browser.sees("Gemt").await;
    let saved = app.owner().get_conclusion_draft(hearing.id).await.unwrap();
    assert_eq!(saved.text, "Kun i denne browser.");
    assert!(browser.kept_on_device().await.is_empty());
    browser.close().await;
    app.finish().await;
}

/// What the owner keeps is what this form saved last: the server has another text by then, and is given it again.
#[tokio::test(flavor = "multi_thread")]
async fn what_an_owner_keeps_against_a_colleague_is_saved_and_concluding_leaves_nothing_behind() {
    let app = start().await;
    let hearing = app.hearing().staffed().processing().await;
    app.renew_sessions().await;
    let worker = app.person(Who::CaseWorker);
    let draft = async || app.owner().get_conclusion_draft(hearing.id).await.unwrap();
    let replace = async |text: &str| {
        let text = ConclusionText { text: text.to_owned() };
        worker.replace_conclusion_draft(hearing.id, draft().await.version, &text).await.unwrap();
    };
    let (overwrite, load) = (
        format!("Erstat udgaven fra {} med min", Who::CaseWorker.name()),
        format!("Hent udgaven fra {}", Who::CaseWorker.name()),
    );
    let owner = open(&app, Who::Owner, WIDTHS[1], &format!("/sag/{}/resultat", hearing.id)).await;
    owner.fill(FIELD, "Ejerens ord.").await;
    owner.sees("Gemt").await;
    replace("Sagsbehandlerens ord.").await;
    owner.expects_status(412, "/conclude");
    owner.press(CONCLUDE).await;
    owner.press("Afslut og offentliggør").await;
    owner.sees("Konklusionen er rettet et andet sted").await;
    assert!(!owner.text().await.contains("Høringen er ændret i mellemtiden"), "the choice says it all");
    owner.press(&overwrite).await;
    owner.no_longer_sees("Konklusionen er rettet et andet sted").await;
    owner.sees("Gemt kl.").await;
    assert_eq!(draft().await.text, "Ejerens ord.");

    replace("Sagsbehandlerens nye ord.").await;
    owner.expects_status(412, "/conclusion-draft");
    owner.fill(FIELD, "Ejerens rettelse.").await;
    owner.sees("Konklusionen er rettet et andet sted").await;
    owner.fill(FIELD, "Ejerens ord.").await;
    owner.press(&overwrite).await;
    owner.no_longer_sees("Konklusionen er rettet et andet sted").await;
    owner.sees("Gemt kl.").await;
    assert_eq!(draft().await.text, "Ejerens ord.", "also when a change was taken back meanwhile");

    replace("Sagsbehandlerens sidste ord.").await;
    owner.expects_status(412, "/conclusion-draft");
    owner.fill(FIELD, "Ejerens sene rettelse.").await;
    owner.sees("Konklusionen er rettet et andet sted").await;
    owner.press(&load).await;
    owner.sees("Det, du havde skrevet").await;
    owner.sees("Gemt kl.").await;
    let kept = owner.kept_on_device().await;
    assert!(kept.len() == 1 && kept[0].ends_with("-aside"), "words lie in one place: {kept:?}");
    owner.press(CONCLUDE).await;
    owner.press("Afslut og offentliggør").await;
    owner.sees("Se konklusionen på høringens side").await;
    assert!(!owner.text().await.contains("Høringen er afsluttet med en anden tekst"), "it was the owner's own choice");
    assert!(owner.kept_on_device().await.is_empty());
    owner.close().await;
    app.finish().await;
}

/// What is typed in the last second before the conclusion of a colleague stands there is saved too late, and lies here.
#[tokio::test(flavor = "multi_thread")]
async fn the_last_words_before_the_form_goes_are_shown_beside_the_conclusion() {
    let app = start().await;
    let hearing = app.hearing().staffed().processing().await;
    app.renew_sessions().await;
    let browser = open(&app, Who::Owner, WIDTHS[0], &format!("/sag/{}/resultat", hearing.id)).await;
    browser.fill(FIELD, "Ejerens ord.").await;
    browser.sees("Gemt kl.").await;
    let draft = app.owner().get_conclusion_draft(hearing.id).await.unwrap();
    let request = ConcludeHearing { conclusion: "Vedtaget.".to_owned(), draft_version: Some(draft.version) };
    app.owner().conclude_hearing(hearing.id, hearing.version, &request).await.unwrap();
    // The hearing is fetched anew, and comes only when the last words stand there.
    let hold = "const fetched = window.fetch; \
                window.fetch = async (request) => { \
                    const answer = await fetched.call(window, request); \
                    if (request.method === 'GET' && request.url.endsWith(arguments_of_test)) { \
                        await new Promise(go => { window.letThrough = go; }); \
                    } \
                    return answer; \
                };";
    let hold = hold.replace("arguments_of_test", &format!("'/hearings/{}'", hearing.id));
    browser.run(&hold, vec![]).await;
    // By its version or by its status.
    browser.excuses_on_console(&["status of 4", "/conclude"]);
    browser.expects_status(409, "/conclusion-draft");
    browser.press(CONCLUDE).await;
    browser.press("Afslut og offentliggør").await;
    browser.no_longer_sees("Afslut og offentliggør").await;
    browser.fill(FIELD, "Ejerens allersidste ord.").await;
    browser.run("window.letThrough()", vec![]).await;
    browser.sees("Vedtaget.").await;
    browser.sees("Høringen er afsluttet med en anden tekst").await;
    browser.sees("Ejerens allersidste ord.").await;
    browser.press("Slet min tekst").await;
    browser.no_longer_sees("Ejerens allersidste ord.").await;
    assert!(browser.kept_on_device().await.is_empty());
    browser.close().await;
    app.finish().await;
}
