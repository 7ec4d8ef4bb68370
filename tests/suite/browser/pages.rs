//! What is worth a test on single pages beside the states that all of them are walked through.

use tests::{App, PASSWORD, Setup, WIDTHS, Who};

async fn start() -> App {
    Setup::default().page().start().await
}

#[tokio::test(flavor = "multi_thread")]
async fn auditors_see_how_far_the_log_is_sealed() {
    let app = start().await;
    let hearing = app.hearing().draft().await;
    for width in WIDTHS {
        app.run_jobs().await;
        let auditor = app.browser_of(Who::Auditor, width).await;
        auditor.open("/revision").await;
        auditor.sees("Loggen er forseglet til og med hændelse nr.").await;
        auditor.sees(&hearing.title).await;
        // Reading the log is an entry, and so there is one that waits.
        let long_ago = "UPDATE audit_unsealed SET queued_at = now() - interval '2 minutes'";
        assert!(app.database().owner().execute(long_ago, &[]).await.unwrap() > 0);
        auditor.open("/revision").await;
        auditor.sees("Forseglingen er gået i stå").await;
        auditor.is_accessible(&format!("the audit log whose sealing stands still, {width} px wide")).await;
        auditor.close().await;
    }
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_password_is_told_and_the_name_stays() {
    let app = start().await;
    let browser = app.browser(375).await;
    browser.open("/log-ind").await;
    browser.expects_status(401, "/session/login");
    browser.fill("Brugernavn", "mette").await;
    browser.fill("Adgangskode", &format!("ikke {PASSWORD}")).await;
    browser.press("Log ind").await;
    browser.sees("adgangskode").await;
    browser.is_accessible("a wrong password").await;
    assert_eq!(browser.value_of("Brugernavn").await, "mette", "what was typed is still there");
    browser.close().await;
    app.finish().await;
}

/// The server answers an address of the page with its status, title and description before the app takes over.
#[tokio::test(flavor = "multi_thread")]
async fn addresses_answer_with_the_right_status() {
    let app = start().await;
    let hearing = app.hearing().public().open().await;
    let hidden = app.hearing().open().await;
    for (address, status) in [
        ("/".to_owned(), 200),
        ("/hoeringer".to_owned(), 200),
        (format!("/hoeringer/{}", hearing.id), 200),
        (format!("/hoeringer/{}/et-eller-andet", hearing.id), 200),
        (format!("/hoeringer/{}", hidden.id), 404),
        (format!("/hoeringer/{}", uuid::Uuid::now_v7()), 404),
        ("/hoeringer/x".to_owned(), 404),
        ("/findes-ikke".to_owned(), 404),
    ] {
        let answer = app.socket().get(&address).await;
        assert_eq!(answer.status, status, "{address}");
        assert!(answer.header("content-type").starts_with("text/html"), "{address}");
        assert!(!answer.text().contains("{{"), "{address}: every token is filled in");
    }
    let page = app.socket().get(&format!("/hoeringer/{}", hearing.id)).await.text();
    assert!(page.contains(&format!("<title>{} –", hearing.title)), "{page}");
    assert!(page.contains(&hearing.summary), "{page}");
    let mine = app.person(Who::Employee(1)).socket().get(&format!("/hoeringer/{}", hidden.id)).await;
    assert_eq!(mine.status, 200, "who may see it, finds it");
    app.finish().await;
}
