//! What people really do to a page: two tabs, a long lunch, the button that leads back, a train without network.

use chrono::TimeDelta;
use openapi::page::PageQuery;
use tests::{App, Gateway, Passing, Setup, Who};

const WHOLE: &str = "Dit svar på hele høringen";
const WIDTH: u32 = 1280;

async fn start() -> App {
    Setup::default().page().at(api::clock::Clock::real_now()).start().await
}

#[tokio::test(flavor = "multi_thread")]
async fn two_tabs_that_write_the_same_answer_lose_nothing() {
    let app = start().await;
    let hearing = app.hearing().open().await;
    let browser = app.browser_of(Who::Employee(1), WIDTH).await;
    let address = format!("/hoeringer/{}/svar", hearing.id);
    let first = browser.tab().await;
    browser.open(&address).await;
    browser.sees(WHOLE).await;
    let second = browser.new_tab().await;
    browser.open(&address).await;
    browser.sees(WHOLE).await;

    browser.look_at(&first).await;
    browser.fill(WHOLE, "Skrevet i den første fane.").await;
    browser.sees("Gemt").await;
    browser.look_at(&second).await;
    browser.expects_status(412, "/drafts/");
    browser.fill(WHOLE, "Skrevet i den anden fane.").await;
    browser.sees("Du har rettet dit svar et andet sted").await;
    browser.sees("Skrevet i den første fane.").await;
    browser.is_accessible("an answer that was written somewhere else as well").await;
    assert_eq!(browser.value_of(WHOLE).await, "Skrevet i den anden fane.");

    browser.reload().await;
    for _ in 0..2 {
        browser.sees("Det, du havde skrevet").await;
        browser.sees("Skrevet i den anden fane.").await;
        assert_eq!(browser.value_of(WHOLE).await, "Skrevet i den første fane.", "both are there");
        // However often the page is left.
        browser.open(&address).await;
    }
    browser.is_accessible("words that were put aside").await;
    browser.press("Brug min tekst igen").await;
    browser.sees("Gemt").await;
    let employee = app.employee(1);
    let draft = &employee.list_my_drafts(&PageQuery::default()).await.unwrap().items[0];
    let saved = async || employee.get_draft(hearing.id, draft.id).await.unwrap().text;
    assert_eq!(saved().await, "Skrevet i den anden fane.");

    browser.look_at(&first).await;
    browser.fill(WHOLE, "Rettet i den første fane.").await;
    browser.sees("Du har rettet dit svar et andet sted").await;
    browser.press("Erstat den gemte udgave med min").await;
    browser.sees("Den gemte udgave, som du erstattede").await;
    browser.sees("Gemt").await;
    assert_eq!(saved().await, "Rettet i den første fane.");
    browser.close().await;
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_tabs_that_edit_the_same_hearing_lose_nothing() {
    let app = start().await;
    let hearing = app.hearing().draft().await;
    let browser = app.browser_of(Who::Owner, WIDTH).await;
    let address = format!("/sag/{}/indhold", hearing.id);
    let first = browser.tab().await;
    browser.open(&address).await;
    browser.sees("Alt er på plads").await;
    let second = browser.new_tab().await;
    browser.open(&address).await;
    browser.sees("Alt er på plads").await;

    browser.look_at(&first).await;
    browser.fill("Resumé", "Skrevet i den første fane.").await;
    browser.sees("Gemt").await;
    browser.look_at(&second).await;
    browser.expects_status(412, &format!("/hearings/{}", hearing.id));
    browser.fill("Resumé", "Skrevet i den anden fane.").await;
    browser.sees("Høringen er rettet et andet sted").await;
    browser.sees("Skrevet i den første fane.").await;
    browser.is_accessible("the choice between two versions of a hearing").await;
    assert_eq!(browser.value_of("Resumé").await, "Skrevet i den anden fane.");
    let saved = async || app.owner().get_hearing(hearing.id).await.unwrap().summary;
    assert_eq!(saved().await, "Skrevet i den første fane.", "nothing is overwritten unasked");
    browser.press("Erstat den gemte udgave med min").await;
    browser.no_longer_sees("Høringen er rettet et andet sted").await;
    browser.sees("Gemt").await;
    assert_eq!(saved().await, "Skrevet i den anden fane.");
    browser.open(&address).await;
    browser.sees("Den gemte udgave, som du erstattede").await;
    browser.sees("Skrevet i den første fane.").await;
    browser.press("Slet denne tekst").await;
    browser.no_longer_sees("Den gemte udgave, som du erstattede").await;
    assert!(browser.kept_on_device().await.is_empty());
    browser.close().await;
    app.finish().await;
}

/// A change that was taken back during a conflict is chosen all the same.
#[tokio::test(flavor = "multi_thread")]
async fn what_a_form_saved_last_is_saved_again_over_another_version() {
    let app = start().await;
    let hearing = app.hearing().open().await;
    let browser = app.browser_of(Who::Employee(1), WIDTH).await;
    browser.open(&format!("/hoeringer/{}/svar", hearing.id)).await;
    browser.fill(WHOLE, "Mit svar.").await;
    browser.sees("Gemt").await;
    let draft = app.employee(1).write(hearing.id, "Skrevet på telefonen.").await;
    browser.expects_status(412, "/drafts/");
    browser.fill(WHOLE, "Rettet.").await;
    browser.sees("Du har rettet dit svar et andet sted").await;
    browser.fill(WHOLE, "Mit svar.").await;
    browser.press("Erstat den gemte udgave med min").await;
    browser.no_longer_sees("Ikke gemt").await;
    browser.sees("Gemt kl.").await;
    assert_eq!(app.employee(1).get_draft(hearing.id, draft.id).await.unwrap().text, "Mit svar.");
    browser.close().await;
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_is_finished_after_the_log_in_has_ended_in_the_middle() {
    let app = start().await;
    let hearing = app.hearing().open().await;
    let browser = app.browser_of(Who::Employee(1), WIDTH).await;
    browser.open(&format!("/hoeringer/{}/svar", hearing.id)).await;
    browser.fill(WHOLE, "Skrevet før.").await;
    browser.sees("Gemt").await;
    app.age_session(Who::Employee(1), TimeDelta::zero()).await;
    browser.expects_status(401, "/drafts/");
    browser.fill(WHOLE, "Skrevet bagefter.").await;
    browser.sees("Du er blevet logget ud").await;
    browser.press("Log ind igen").await;
    browser.log_in(Who::Employee(1)).await;
    browser.sees("Vi har hentet det, du nåede at skrive").await;
    assert_eq!(browser.value_of(WHOLE).await, "Skrevet bagefter.");
    browser.press("Videre til tjek").await;
    browser.press("Send høringssvar").await;
    browser.sees("Tak for dit høringssvar").await;
    browser.close().await;
    let sent = app.owner().list_staff_responses(hearing.id, &PageQuery::default()).await.unwrap();
    assert_eq!(sent.items[0].text, "Skrevet bagefter.");
    app.run_jobs().await;
    assert_eq!(app.mailbox.take().len(), 1);
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_typed_while_a_page_loads_stays() {
    let app = start().await;
    let hearing = app.hearing().titled("Fælles ledelse på Ørbyskolen").public().open().await;
    let gateway = Gateway::to(&app).await;
    let browser = gateway.browser(WIDTH).await;
    gateway.lets_through(Passing::FilesAndSession);
    browser.open("/hoeringer").await;
    browser.fill("Søg i høringer", "ledelse").await;
    gateway.lets_through(Passing::Everything);
    browser.sees(&hearing.title).await;
    assert_eq!(browser.value_of("Søg i høringer").await, "ledelse");
    browser.press("Søg").await;
    browser.sees("Søgeord: ledelse").await;
    browser.close().await;
    gateway.close().await;
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn back_leads_to_where_one_was_and_sends_nothing_again() {
    let app = start().await;
    let hearing = app.hearing().titled("Fælles ledelse på Ørbyskolen").open().await;
    let browser = app.browser_of(Who::Employee(1), WIDTH).await;
    browser.open("/hoeringer").await;
    browser.fill("Søg i høringer", "ledelse").await;
    browser.press("Søg").await;
    browser.sees("Søgeord: ledelse").await;
    browser.press(&hearing.title).await;
    browser.press("Skriv høringssvar").await;
    browser.fill(WHOLE, "Vi bakker op.").await;
    browser.press("Videre til tjek").await;
    browser.sees("Tjek dit høringssvar").await;

    browser.back().await;
    browser.sees("Skriv dit høringssvar").await;
    browser.sees(WHOLE).await;
    assert_eq!(browser.value_of(WHOLE).await, "Vi bakker op.", "what was written is there again");
    browser.press("Videre til tjek").await;
    browser.press("Send høringssvar").await;
    browser.sees("Tak for dit høringssvar").await;
    browser.back().await;
    browser.sees("Du har allerede sendt dit høringssvar").await;
    assert!(!browser.text().await.contains("Send høringssvar"), "it cannot be sent again");
    for _ in 0..2 {
        browser.back().await;
    }
    browser.sees("Søgeord: ledelse").await;
    assert_eq!(browser.address().await, "/hoeringer?q=ledelse");
    assert_eq!(app.database().count("response").await, 1);
    app.run_jobs().await;
    assert_eq!(app.mailbox.take().len(), 1);
    browser.close().await;
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_written_without_a_network_is_saved_when_it_is_back() {
    let app = start().await;
    let hearing = app.hearing().open().await;
    let browser = app.browser_of(Who::Employee(1), WIDTH).await;
    browser.open(&format!("/hoeringer/{}/svar", hearing.id)).await;
    browser.sees(WHOLE).await;
    browser.expects_on_console(&["ERR_INTERNET_DISCONNECTED", "/drafts/"]);
    browser.set_offline(true).await;
    browser.fill(WHOLE, "Skrevet i en tunnel.").await;
    browser.sees("Ikke gemt endnu. Teksten bliver på siden.").await;
    browser.sees("Du har ingen internetforbindelse").await;
    browser.set_offline(false).await;
    browser.sees("Gemt").await;
    browser.no_longer_sees("Du har ingen internetforbindelse").await;
    let employee = app.employee(1);
    let draft = &employee.list_my_drafts(&PageQuery::default()).await.unwrap().items[0];
    assert_eq!(employee.get_draft(hearing.id, draft.id).await.unwrap().text, "Skrevet i en tunnel.");
    browser.close().await;
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_whose_saving_was_not_confirmed_does_not_compete_with_itself() {
    let app = start().await;
    let hearing = app.hearing().open().await;
    let gateway = Gateway::to(&app).await;
    let browser = gateway.browser(WIDTH).await;
    browser.becomes(Some(Who::Employee(1))).await;
    browser.open(&format!("/hoeringer/{}/svar", hearing.id)).await;
    browser.fill(WHOLE, "Første udgave.").await;
    browser.sees("Gemt").await;

    gateway.lets_through(Passing::WithoutAnswersToChanges);
    browser.expects_on_console(&["net::ERR_", "/drafts/"]);
    browser.fill(WHOLE, "Anden udgave.").await;
    browser.sees("Ikke gemt endnu. Teksten bliver på siden.").await;
    let employee = app.employee(1);
    let draft = employee.list_my_drafts(&PageQuery::default()).await.unwrap().items[0].id;
    let saved = async || employee.get_draft(hearing.id, draft).await.unwrap().text;
    assert_eq!(saved().await, "Anden udgave.", "it arrived, and nobody said so");

    browser.expects_status(412, "/drafts/");
    gateway.lets_through(Passing::Everything);
    browser.fill(WHOLE, "Tredje udgave.").await;
    browser.sees("Gemt").await;
    assert_eq!(saved().await, "Tredje udgave.");
    browser.close().await;
    gateway.close().await;
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_logs_out_leaves_nothing_in_any_tab() {
    let app = start().await;
    let hearing = app.hearing().open().await;
    let browser = app.browser_of(Who::Employee(1), WIDTH).await;
    let name = "Medarbejder 01";
    let first = browser.tab().await;
    browser.open("/mine").await;
    browser.sees(name).await;
    let second = browser.new_tab().await;
    browser.open(&format!("/hoeringer/{}/svar", hearing.id)).await;
    browser.fill(WHOLE, "Kun for mine egne øjne.").await;
    browser.sees("Gemt").await;

    browser.look_at(&first).await;
    browser.press("Log ud").await;
    browser.no_longer_sees(name).await;
    assert_eq!(browser.address().await, "/");
    browser.back().await;
    browser.sees("Du skal logge ind").await;
    assert!(!browser.text().await.contains(name));
    browser.look_at(&second).await;
    browser.sees("Åbne høringer lige nu").await;
    assert_eq!(browser.address().await, "/");
    assert!(!browser.text().await.contains(name));
    browser.close().await;
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_could_not_be_logged_out_is_told() {
    let app = start().await;
    let hearing = app.hearing().open().await;
    let browser = app.browser_of(Who::Employee(1), WIDTH).await;
    browser.open(&format!("/hoeringer/{}/svar", hearing.id)).await;
    browser.sees(WHOLE).await;
    browser.expects_on_console(&["ERR_INTERNET_DISCONNECTED", "/session"]);
    browser.set_offline(true).await;
    browser.press("Log ud").await;
    browser.sees("Du er ikke logget ud endnu").await;
    browser.sees("Luk browseren, hvis det bliver ved.").await;
    assert!(!browser.text().await.contains(WHOLE), "nothing of the person stays on the screen");
    browser.is_accessible("the page for whoever is still logged in").await;
    browser.set_offline(false).await;
    browser.press("Prøv igen").await;
    browser.sees("Åbne høringer lige nu").await;
    browser.open("/mine").await;
    browser.sees("Du skal logge ind").await;
    browser.close().await;
    app.finish().await;
}
