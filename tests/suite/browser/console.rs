//! What the harness itself notices in every test: whatever a page does wrong is an error on the console.

use tests::App;

/// A browser fails its test over an error that nobody expects, and over an expected one that does not come. So each of
/// these is noticed.
#[tokio::test(flavor = "multi_thread")]
async fn everything_a_page_does_wrong_is_noticed() {
    let app = App::start().await;
    let browser = app.browser(1280).await;
    browser.open("/api/docs/").await;
    browser.sees("From a draft to a conclusion.").await;
    for (wrong, noticed) in [
        ("setTimeout(() => { throw new Error('a stumble') })", &["Uncaught Error: a stumble"][..]),
        ("Promise.reject(new Error('a broken promise'))", &["Uncaught (in promise) Error: a broken promise"]),
        ("console.error('a complaint')", &["a complaint"]),
        ("await fetch('/api/v1/nowhere')", &["/api/v1/nowhere", "status of 404 "]),
        ("new Image().src = 'http://localhost:9/x.png'", &["Content Security Policy", "img-src"]),
        // Some browsers refuse it when it is written, some when it would be done.
        (
            "document.body.setAttribute('onclick', 'x()'); document.body.click()",
            &["Content Security Policy", "script-src"],
        ),
        ("document.body.innerHTML = '<p style=\"color: red\">'", &["Content Security Policy", "style-src"]),
    ] {
        browser.expects_on_console(noticed);
        // Timers come in turn: when this one does, the other has.
        browser.run(&format!("{wrong}; await new Promise(done => setTimeout(done))"), vec![]).await;
        browser.console_is_clean(wrong).await;
    }
    browser.close().await;
    app.finish().await;
}
