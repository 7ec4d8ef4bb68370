//! Answering in the browser: from the log-in page to the receipt, and everything that must not lose a word.

use openapi::{drafts::DraftPatch, page::PageQuery};
use tests::{App, Setup, WIDTHS, Who};

const ANSWER: &str = "Vi bakker op om én ledelse, men SFO'en bør blive i Åstrup.";
const WHOLE: &str = "Dit svar på hele høringen";

async fn start() -> App {
    Setup::default().page().start().await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_employee_logs_in_writes_leaves_comes_back_checks_and_sends() {
    let app = start().await;
    let hearing = app.hearing().titled("Fælles ledelse på Ørbyskolen").open().await;
    for (number, width) in (1..).zip(WIDTHS) {
        let browser = app.browser(width).await;
        browser.expects_status(404, &format!("/hearings/{}", hearing.id));
        browser.expects_status(404, &format!("/hoeringer/{}/x", hearing.id));
        browser.open(&format!("/hoeringer/{}/x", hearing.id)).await;
        browser.sees("Siden findes ikke, eller du skal logge ind").await;
        browser.is_accessible("the page for what one may not see").await;
        browser.open("/log-ind?retur=/").await;
        browser.is_accessible("the log-in page").await;
        browser.log_in(Who::Employee(number)).await;
        browser.sees("Åbne høringer lige nu").await;
        browser.is_accessible("the front page").await;

        browser.press(&hearing.title).await;
        browser.sees("Sådan bruges svarene").await;
        browser.is_accessible("the hearing").await;
        browser.press("Skriv høringssvar").await;
        browser.fill(WHOLE, ANSWER).await;
        browser.sees("Gemt").await;
        browser.is_accessible("the first step of answering").await;

        browser.open("/mine").await;
        browser.sees("Kladder").await;
        browser.is_accessible("one's own hearings").await;
        browser.open(&format!("/hoeringer/{}/svar", hearing.id)).await;
        browser.sees("Skriv dit høringssvar").await;
        assert_eq!(browser.value_of(WHOLE).await, ANSWER, "the draft is found again");
        browser.press("Videre til tjek").await;
        browser.sees("Tjek dit høringssvar").await;
        browser.sees("Som afsender kan andre se: Ældreområdet").await;
        browser.is_accessible("the step that checks").await;
        browser.press_twice("Send høringssvar").await;
        browser.sees("Tak for dit høringssvar").await;
        browser.sees(&format!("Vi har sendt en kvittering til {}", Who::Employee(number).email())).await;
        browser.is_accessible("the receipt").await;
        browser.close().await;
    }
    let sent = app.owner().list_staff_responses(hearing.id, &PageQuery::default()).await.unwrap();
    let sent: Vec<_> = sent.items.iter().map(|response| (response.number, response.text.as_str())).collect();
    assert_eq!(sent, [(1, ANSWER), (2, ANSWER)], "a double click sends one answer");
    app.run_jobs().await;
    assert_eq!(app.mailbox.take().len(), 2);
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_answer_gets_a_summary_that_leads_to_the_field() {
    let app = start().await;
    let hearing = app.hearing().open().await;
    let browser = app.browser_of(Who::Employee(1), 375).await;
    browser.open(&format!("/hoeringer/{}/svar", hearing.id)).await;
    browser.sees(WHOLE).await;
    browser.press("Videre til tjek").await;
    browser.sees("Ret 1 fejl").await;
    browser.is_accessible("a form with an error").await;
    browser.press("Skriv dit svar, før du går videre.").await;
    let focused = browser.run("return document.activeElement.tagName", vec![]).await;
    assert_eq!(focused, "TEXTAREA", "the summary leads to the field");
    browser.close().await;
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_is_too_late_is_refused_and_its_words_stay() {
    let app = start().await;
    let hearing = app.hearing().open().await;
    let late = app.employee(1);
    let draft = late.create_draft(hearing.id).await.unwrap().item;
    let patch = DraftPatch { text: Some(ANSWER.to_owned()), ..DraftPatch::default() };
    late.update_draft(hearing.id, draft.id, draft.version, &patch).await.unwrap();
    let browser = app.browser_of(Who::Employee(1), 1280).await;
    browser.open(&format!("/hoeringer/{}/svar/tjek", hearing.id)).await;
    browser.sees(ANSWER).await;
    app.pass_deadline(&hearing);
    browser.expects_status(409, "/send");
    browser.press("Send høringssvar").await;
    browser.sees("Fristen").await;
    browser.sees(ANSWER).await;
    browser.is_accessible("an answer that was too late").await;
    assert_eq!(app.database().count("response").await, 0);
    app.run_jobs().await;
    browser.close().await;
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_typed_survives_a_session_that_ended() {
    let app = start().await;
    let hearing = app.hearing().open().await;
    let browser = app.browser(1280).await;
    browser.open(&format!("/log-ind?retur=/hoeringer/{}/svar", hearing.id)).await;
    browser.log_in(Who::Employee(1)).await;
    browser.sees(WHOLE).await;
    let end = "UPDATE session SET revoked_at = now() WHERE revoked_at IS NULL";
    app.database().owner().execute(end, &[]).await.unwrap();
    browser.expects_status(401, "/drafts/");
    browser.fill(WHOLE, ANSWER).await;
    browser.sees("Du er blevet logget ud").await;
    browser.is_accessible("a session that ended").await;
    assert_eq!(browser.value_of(WHOLE).await, ANSWER);
    browser.press("Log ind igen").await;
    browser.log_in(Who::Employee(1)).await;
    browser.sees(WHOLE).await;
    assert_eq!(browser.value_of(WHOLE).await, ANSWER, "the words are back after logging in again");
    browser.close().await;
    app.finish().await;
}
