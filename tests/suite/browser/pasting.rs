//! What is pasted from Word and PDF readers: cleaned in the field, saved without a word, and the same as the server makes
//! of it.

use openapi::{
    page::PageQuery,
    text::{Lines, clean},
};
use serde_json::{Value, json};
use tests::{App, Browser, Setup, Who};

const WHOLE: &str = "Dit svar på hele høringen";

/// Pastes into the field of the answer; what it holds then, and where the caret is.
async fn paste(browser: &Browser, text: &str, caret: usize) -> Value {
    let script = "const field = document.getElementById('field-text'); field.focus(); field.value = arguments[0]; \
                  field.setSelectionRange(arguments[1], arguments[1]); \
                  field.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertFromPaste' })); \
                  return [field.value, field.selectionStart];";
    browser.run(script, vec![json!(text), json!(caret)]).await
}

async fn start() -> App {
    Setup::default().page().at(api::clock::Clock::real_now()).start().await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_pasted_is_cleaned_and_saved() {
    let app = start().await;
    let hearing = app.hearing().open().await;
    let browser = app.browser_of(Who::Employee(1), 1280).await;
    browser.open(&format!("/hoeringer/{}/svar", hearing.id)).await;
    browser.sees(WHOLE).await;

    let pasted = "F\u{2}orslag\u{B}\u{F0B7} bla\u{30A} by\u{200B} og resten";
    let caret = "F\u{2}orslag\u{B}\u{F0B7} bla\u{30A}".encode_utf16().count();
    let held = paste(&browser, pasted, caret).await;
    assert_eq!(held, json!(["Forslag\n• blå by og resten", "Forslag\n• blå".encode_utf16().count()]));
    browser.sees("Gemt").await;
    assert_eq!(browser.value_of(WHOLE).await, "Forslag\n• blå by og resten");

    // All letters that can be taken apart: the browser composes them as the server's tables do.
    let letters: String =
        ('\u{C0}'..'\u{2000}').filter(|letter| letter.is_alphabetic()).flat_map(|it| [it, ' ']).collect();
    let apart = browser.run("return arguments[0].normalize('NFD');", vec![json!(letters)]).await;
    let apart = apart.as_str().unwrap();
    assert_ne!(apart, letters);
    let held = paste(&browser, apart, 0).await;
    assert_eq!(held[0].as_str(), Some(clean(apart, Lines::Many).as_ref()));

    // Leaving before it is saved would ask first.
    loop {
        let drafts = app.employee(1).list_my_drafts(&PageQuery::default()).await.unwrap().items;
        let text = app.employee(1).get_draft(hearing.id, drafts[0].id).await.unwrap().text;
        if held[0].as_str() == Some(text.as_str()) {
            break;
        }
        tokio::task::yield_now().await;
    }
    browser.sees("Gemt").await;
    browser.reload().await;
    browser.sees(WHOLE).await;
    let draft = &app.employee(1).list_my_drafts(&PageQuery::default()).await.unwrap().items[0];
    let saved = app.employee(1).get_draft(hearing.id, draft.id).await.unwrap().text;
    assert_eq!(browser.value_of(WHOLE).await, saved, "no conflict, and nothing to rescue");
    browser.close().await;
    app.finish().await;
}
