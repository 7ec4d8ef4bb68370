//! Answering without a mouse: Tab, Enter and Space lead from the front page to the receipt, and at every stop it is seen
//! where one is.

use tests::{Browser, Key, PASSWORD, Setup, Who};

const ANSWER: &str = "Vi bakker op om én ledelse, men SFO'en bør blive i Åstrup.";
const TITLE: &str = "Fælles ledelse på Ørbyskolen";
const EMPLOYEE: Who = Who::Employee(1);

#[tokio::test(flavor = "multi_thread")]
async fn an_employee_answers_by_keyboard_alone_at_a_desk() {
    answer(1280).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_employee_answers_by_keyboard_alone_at_four_times_the_size() {
    answer(375).await;
}

async fn answer(width: u32) {
    let app = Setup::default().page().at(api::clock::Clock::real_now()).start().await;
    app.hearing().titled(TITLE).open().await;
    let browser = app.browser(width).await;
    browser.open("/log-ind").await;
    browser.sees("Adgangskode").await;
    skip_to_the_content(&browser).await;
    log_in(&browser).await;
    browser.focus_comes_to("Sig din mening, før det bliver besluttet").await;

    browser.tab_to(TITLE).await;
    browser.key(Key::Enter).await;
    browser.focus_comes_to(TITLE).await;
    browser.tab_to("Skriv høringssvar").await;
    browser.key(Key::Enter).await;
    browser.focus_comes_to("Skriv dit høringssvar").await;
    write(&browser).await;
    browser.focus_comes_to("Tjek dit høringssvar").await;
    browser.sees(ANSWER).await;
    browser.tab_to("Send høringssvar").await;
    browser.key(Key::Enter).await;
    browser.focus_comes_to("Kvittering").await;
    browser.sees("Dit svar har nummer").await;
    browser.sees(ANSWER).await;
    browser.tab_to("Mine høringer").await;
    browser.key(Key::Enter).await;
    browser.focus_comes_to("Mine høringer").await;

    app.run_jobs().await;
    assert_eq!(app.mailbox.take().len(), 1, "one answer was sent");
    browser.close().await;
    app.finish().await;
}

/// The first stop of every page leads past what is the same on all of them.
async fn skip_to_the_content(browser: &Browser) {
    browser.key(Key::Tab).await;
    assert_eq!(browser.focused().await, "Gå til sidens indhold");
    browser.key(Key::Enter).await;
    browser.key(Key::Tab).await;
    let inside = browser.run("return document.activeElement.closest('main') !== null", vec![]).await;
    assert_eq!(inside, true, "the next stop is inside the content: {}", browser.focused().await);
}

/// Sends the form empty first: the summary takes the focus, and its links lead to the fields.
async fn log_in(browser: &Browser) {
    browser.tab_to("Log ind").await;
    browser.key(Key::Space).await;
    browser.sees("Ret 2 fejl").await;
    browser.tab_to("Skriv dit brugernavn.").await;
    browser.key(Key::Enter).await;
    browser.focus_comes_to("Brugernavn").await;
    browser.type_keys(&EMPLOYEE.username()).await;
    browser.tab_to("Adgangskode").await;
    browser.type_keys(PASSWORD).await;
    browser.key(Key::Enter).await;
}

/// Goes on too early, and then with words.
async fn write(browser: &Browser) {
    browser.tab_to("Videre til tjek").await;
    browser.key(Key::Enter).await;
    browser.sees("Ret 1 fejl").await;
    browser.tab_to("Skriv dit svar, før du går videre.").await;
    browser.key(Key::Enter).await;
    browser.focus_comes_to("Dit svar på hele høringen").await;
    browser.type_keys(ANSWER).await;
    browser.tab_to("Videre til tjek").await;
    browser.key(Key::Space).await;
}
