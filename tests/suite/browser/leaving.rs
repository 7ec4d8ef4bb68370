//! Exists because "Log ud" once threw away what was not saved: it saves first, asks where something would be lost, and
//! forgets only when the server has confirmed it.

use serde_json::json;
use tests::{App, Browser, Gateway, Passing, Setup, Who, attachments::pdf};

const WHOLE: &str = "Dit svar på hele høringen";
const NOT_SAVED: &str = "Ikke gemt endnu. Teksten bliver på siden.";
const ASKED: &str = "Noget er ikke gemt";
const WORDS: &str = "det, du har skrevet på denne side";
const LOGGED_OUT: &str = "Åbne høringer lige nu";
const WIDTH: u32 = 1280;
const WHO: Who = Who::Employee(1);

async fn start() -> App {
    Setup::default().page().at(api::clock::Clock::real_now()).start().await
}

async fn saved(app: &App) -> String {
    app.database().owner().query_one("SELECT text FROM draft", &[]).await.unwrap().get(0)
}

/// Somebody in the middle of an answer, behind a gateway.
async fn writing(app: &App) -> (Gateway, Browser) {
    let hearing = app.hearing().open().await;
    let gateway = Gateway::to(app).await;
    let browser = gateway.browser(WIDTH).await;
    browser.becomes(Some(WHO)).await;
    browser.open(&format!("/hoeringer/{}/svar", hearing.id)).await;
    browser.fill(WHOLE, "Første udgave.").await;
    browser.sees("Gemt").await;
    (gateway, browser)
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_logs_out_with_words_that_cannot_be_saved_is_asked_first() {
    let app = start().await;
    let (gateway, browser) = writing(&app).await;
    gateway.lets_through(Passing::WithoutChanges);
    browser.expects_status(500, "/drafts/");
    browser.fill(WHOLE, "Anden udgave.").await;
    browser.sees(NOT_SAVED).await;
    browser.press("Log ud").await;
    browser.sees(ASKED).await;
    browser.sees(WORDS).await;
    browser.is_accessible("the question before logging out with words that are not saved").await;
    browser.press("Bliv her").await;
    browser.no_longer_sees(ASKED).await;
    assert_eq!(browser.value_of(WHOLE).await, "Anden udgave.");
    assert_eq!(browser.kept_on_device().await.len(), 1, "nothing is forgotten");

    gateway.lets_through(Passing::Everything);
    browser.press("Log ud").await;
    browser.sees(LOGGED_OUT).await;
    assert_eq!(saved(&app).await, "Anden udgave.", "what can be saved is saved first");
    assert!(browser.kept_on_device().await.is_empty());
    browser.close().await;
    gateway.close().await;
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn words_that_the_person_gives_up_go_with_the_log_out() {
    let app = start().await;
    let (gateway, browser) = writing(&app).await;
    gateway.lets_through(Passing::WithoutChanges);
    browser.expects_status(500, "/drafts/");
    browser.fill(WHOLE, "Anden udgave.").await;
    browser.sees(NOT_SAVED).await;
    // In another tab of the same person nothing is unsaved; what lies on the device would be lost all the same.
    let first = browser.tab().await;
    browser.new_tab().await;
    browser.open("/mine").await;
    browser.press("Log ud").await;
    browser.sees("som kun ligger på denne computer").await;
    browser.press("Bliv her").await;
    browser.look_at(&first).await;
    browser.press("Log ud").await;
    browser.sees(ASKED).await;
    browser.press("Log ud alligevel").await;
    browser.sees(LOGGED_OUT).await;
    assert!(browser.kept_on_device().await.is_empty());
    assert_eq!(saved(&app).await, "Første udgave.");
    browser.close().await;
    gateway.close().await;
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_tab_with_words_that_are_not_saved_stays() {
    let app = start().await;
    let (gateway, browser) = writing(&app).await;
    gateway.lets_through(Passing::WithoutChanges);
    browser.expects_status(500, "/drafts/");
    browser.excuses_on_console(&["status of 40", "/drafts/"]);
    browser.fill(WHOLE, "Anden udgave.").await;
    browser.sees(NOT_SAVED).await;
    let first = browser.tab().await;
    browser.new_tab().await;
    browser.open("/mine").await;
    browser.press("Log ud").await;
    browser.press("Log ud alligevel").await;
    browser.sees(LOGGED_OUT).await;
    browser.look_at(&first).await;
    browser.sees("Du er blevet logget ud").await;
    assert_eq!(browser.value_of(WHOLE).await, "Anden udgave.");
    gateway.lets_through(Passing::Everything);
    browser.close().await;
    gateway.close().await;
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn logging_out_everywhere_ends_the_session_in_another_browser() {
    let app = start().await;
    let elsewhere = app.browser(WIDTH).await;
    elsewhere.open("/log-ind").await;
    elsewhere.log_in(WHO).await;
    elsewhere.open("/mine").await;
    elsewhere.sees("Mine høringer").await;
    let here = app.browser_of(WHO, 375).await;
    here.open("/mine").await;
    here.press("Menu").await;
    here.is_accessible("the two ways to log out on a phone").await;
    here.press("Log ud alle steder").await;
    here.sees(LOGGED_OUT).await;
    elsewhere.open("/mine").await;
    elsewhere.sees("Log ind for at se dine høringer, kladder og svar.").await;
    here.close().await;
    elsewhere.close().await;
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_log_out_without_a_network_keeps_the_words() {
    let app = start().await;
    let hearing = app.hearing().open().await;
    let browser = app.browser_of(WHO, WIDTH).await;
    browser.open(&format!("/hoeringer/{}/svar", hearing.id)).await;
    browser.sees(WHOLE).await;
    browser.expects_on_console(&["ERR_INTERNET_DISCONNECTED", "/drafts/"]);
    browser.expects_on_console(&["ERR_INTERNET_DISCONNECTED", "/session"]);
    browser.excuses_on_console(&["ERR_INTERNET_DISCONNECTED"]);
    browser.set_offline(true).await;
    browser.fill(WHOLE, "Skrevet i en tunnel.").await;
    browser.sees(NOT_SAVED).await;
    browser.press("Log ud").await;
    browser.sees(ASKED).await;
    browser.press("Log ud alligevel").await;
    browser.sees("Du er ikke logget ud endnu").await;
    browser.sees("Intet af det, du har skrevet, er slettet.").await;
    browser.is_accessible("the page for whoever is still logged in").await;
    assert_eq!(browser.kept_on_device().await.len(), 1, "and so it is");
    browser.set_offline(false).await;
    browser.press("Tilbage til siden").await;
    browser.sees("Vi har hentet det, du nåede at skrive").await;
    assert_eq!(browser.value_of(WHOLE).await, "Skrevet i en tunnel.");
    browser.sees("Gemt").await;
    assert_eq!(saved(&app).await, "Skrevet i en tunnel.");
    browser.close().await;
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_on_its_way_is_asked_about() {
    let app = start().await;
    let (gateway, browser) = writing(&app).await;
    gateway.lets_through(Passing::FilesAndSession);
    browser.choose_files("Bilag", &[pdf("Kort over skolevejene.pdf")]).await;
    browser.sees("Kort over skolevejene.pdf").await;
    browser.press("Log ud").await;
    browser.sees("filer, der ikke er sendt færdigt").await;
    browser.press("Bliv her").await;
    gateway.lets_through(Passing::Everything);
    browser.sees("Kort over skolevejene.pdf er tilføjet.").await;
    browser.press("Log ud").await;
    browser.sees(LOGGED_OUT).await;
    assert_eq!(app.database().count("draft_attachment").await, 1);
    browser.close().await;
    gateway.close().await;
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_put_aside_goes_with_its_text() {
    let app = start().await;
    let (open, draft) = (app.hearing().open().await, app.hearing().draft().await);
    let response = app.employee(1).write(open.id, "Ja tak.").await;
    let plant = async |browser: &Browser, who: Who, what: String| {
        let copy = json!({ "keptAt": app.now(), "copy": [{}] }).to_string();
        let arguments = vec![json!(format!("agora-kept-{}-{what}-aside", who.id())), json!(copy)];
        browser.run("localStorage.setItem(arguments[0], arguments[1])", arguments).await;
        assert_eq!(browser.kept_on_device().await.len(), 1);
    };
    let employee = app.browser_of(Who::Employee(1), WIDTH).await;
    employee.open(&format!("/hoeringer/{}/svar/tjek", open.id)).await;
    employee.sees("Tjek dit høringssvar").await;
    plant(&employee, Who::Employee(1), format!("answer-{}", response.id)).await;
    employee.press("Send høringssvar").await;
    employee.sees("Tak for dit høringssvar").await;
    assert!(employee.kept_on_device().await.is_empty(), "the draft is sent");

    let owner = app.browser_of(Who::Owner, WIDTH).await;
    owner.open(&format!("/sag/{}/indhold", draft.id)).await;
    owner.sees("Alt er på plads").await;
    plant(&owner, Who::Owner, format!("hearing-{}", draft.id)).await;
    owner.press("Slet kladden").await;
    owner.press("Slet kladden").await;
    owner.no_longer_sees("Alt er på plads").await;
    assert!(owner.kept_on_device().await.is_empty(), "the hearing is deleted");
    for browser in [employee, owner] {
        browser.close().await;
    }
    app.run_jobs().await;
    assert_eq!(app.mailbox.take().len(), 1, "the receipt");
    app.finish().await;
}
