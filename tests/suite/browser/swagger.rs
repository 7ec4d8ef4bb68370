//! Swagger UI lives under the strict content security policy, without anything from elsewhere, and one can log in.

use serde_json::json;
use tests::{App, PASSWORD, Who};

/// Sends a request the way the page does: through its own client, with its own interceptor.
const EXECUTE: &str = "const [id, body] = arguments; \
    return window.ui.getSystem().specSelectors.operations().size > 0";

#[tokio::test(flavor = "multi_thread")]
async fn one_logs_in_and_changes_something_in_swagger_ui() {
    let app = App::start().await;
    let browser = app.browser(1280).await;
    browser.open("/api/docs/").await;
    browser.sees("From a draft to a conclusion.").await;
    assert_eq!(browser.run(EXECUTE, vec![]).await, json!(true));

    browser.press("Session").await;
    browser
        .try_out("create_session", &json!({ "username": Who::Owner.username(), "password": PASSWORD }).to_string())
        .await;
    browser.sees("csrfToken").await;
    browser.press("Hearings").await;
    browser.try_out("create_hearing", &json!({ "title": "Fra Swagger UI" }).to_string()).await;
    browser.sees("\"status\": \"draft\"").await;

    let page = app.owner().list_hearings(&openapi::hearings::HearingQuery::default()).await.unwrap();
    assert_eq!(page.items[0].title, "Fra Swagger UI");
    browser.close().await;
    app.finish().await;
}
