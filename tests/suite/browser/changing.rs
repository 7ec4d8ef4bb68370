//! Exists because an answer that was sent can be regretted: edited and withdrawn in the browser, with what staff, and what
//! everybody, can read of it afterwards.

use openapi::hearings::ResponsesShown;
use tests::{Setup, WIDTHS, Who};

const FIRST: &str = "Vi bakker op om én ledelse.";
const SECOND: &str = "Vi bakker op om én ledelse, hvis SFO'en bliver i Åstrup.";

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_is_edited_and_then_withdrawn_and_staff_alone_read_what_it_said() {
    let app = Setup::default().page().start().await;
    for (number, width) in (1..).zip(WIDTHS) {
        let shown =
            |patch: &mut openapi::hearings::HearingPatch| patch.responses_shown = Some(ResponsesShown::WhenApproved);
        let hearing = app.hearing().titled("Fælles ledelse på Ørbyskolen").patch(shown).open().await;
        let who = Who::Employee(number);
        app.employee(number).answer(hearing.id, FIRST).await;
        let browser = app.browser_of(who, width).await;

        browser.open(&format!("/hoeringer/{}/svar/kvittering", hearing.id)).await;
        browser.press("Ret svaret").await;
        browser.sees("Du retter dit svar").await;
        assert_eq!(browser.value_of("Dit svar på hele høringen").await, FIRST, "an edit begins with what was sent");
        browser.is_accessible("editing an answer").await;
        browser.fill("Dit svar på hele høringen", SECOND).await;
        browser.sees("Gemt").await;
        browser.press("Videre til tjek").await;
        browser.sees("Svaret beholder sit nummer").await;
        browser.is_accessible("checking an edit").await;
        browser.press_twice("Send rettelsen").await;
        browser.sees("Tak for din rettelse").await;
        browser.sees(SECOND).await;
        browser.is_accessible("the receipt of an edit").await;

        let address = format!("/hoeringer/{}/faelles-ledelse", hearing.id);
        browser.open(&address).await;
        browser.sees(SECOND).await;
        assert!(!browser.text().await.contains("Vi bakker op om én ledelse.\n"), "the earlier text is shown no more");

        browser.open(&format!("/hoeringer/{}/svar/kvittering", hearing.id)).await;
        browser.press("Træk svaret tilbage").await;
        browser.sees("Vil du trække dit svar tilbage?").await;
        browser.is_accessible("the question before an answer is withdrawn").await;
        browser.press("Træk svaret tilbage").await;
        browser.sees("Dit svar er trukket tilbage").await;
        browser.is_accessible("the receipt of an answer that was withdrawn").await;
        browser.open(&address).await;
        browser.sees("Du har trukket høringssvar nr. 1 tilbage").await;
        browser.sees("Svaret er trukket tilbage").await;
        browser.no_longer_sees(SECOND).await;
        browser.is_accessible("a hearing with an answer that was withdrawn").await;

        browser.becomes(Some(Who::Owner)).await;
        browser.open(&format!("/sag/{}/svar", hearing.id)).await;
        browser.sees(&who.email()).await;
        browser.press("Vis tidligere udgaver af svar nr. 1").await;
        browser.sees(FIRST).await;
        browser.sees(SECOND).await;
        browser.is_accessible("staff's list with earlier versions").await;
        browser.close().await;
    }
    app.run_jobs().await;
    app.finish().await;
}
