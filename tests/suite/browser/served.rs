//! The page as it is served, before the app takes over: what search engines, link previews and people without JavaScript
//! get.

use openapi::hearings::{HearingPatch, SectionPatch};
use tests::{App, Setup, Who};

async fn page(app: &App, address: &str) -> String {
    let answer = app.socket().get(address).await;
    assert_eq!(answer.status, 200, "{address}");
    answer.text()
}

/// Markup in a title is text, markup in a section is what Markdown makes of it, and neither can end the data's element.
#[tokio::test(flavor = "multi_thread")]
async fn a_public_hearing_is_whole_in_the_served_page() {
    let app = Setup::default().page().start().await;
    let sections = |patch: &mut HearingPatch| {
        let body = "Vi foreslår **to ugentlige** ture. </script><script>alert(1)</script>".to_owned();
        patch.sections = Some(vec![SectionPatch { id: None, title: "Hvor ofte?".to_owned(), body }]);
        patch.summary = Some("Skal busserne køre oftere i Ørbæk?".to_owned());
    };
    let hearing = app.hearing().public().titled("Busser & <b>børn</b>").patch(sections).open().await;
    let hidden = app.hearing().titled("Kun for ansatte").open().await;
    let served = page(&app, &format!("/hoeringer/{}", hearing.id)).await;
    for part in [
        "<h1>Busser &amp; &lt;b&gt;børn&lt;/b&gt;</h1>",
        "<h2>Hvor ofte?</h2>",
        "<strong>to ugentlige</strong>",
        "Skal busserne køre oftere i Ørbæk?",
        "<meta property=\"og:title\" content=\"Busser &amp; &lt;b&gt;børn&lt;/b&gt;\">",
        "<meta property=\"og:description\" content=\"Skal busserne køre oftere i Ørbæk?\">",
        "<script type=\"application/json\" id=\"agora-data\">",
    ] {
        assert!(served.contains(part), "{part} is missing in {served}");
    }
    assert!(served.contains(&format!("/hoeringer/{}/busser-", hearing.id)), "its own address: {served}");
    assert!(!served.contains("<script>alert"), "{served}");
    let list = page(&app, "/hoeringer").await;
    assert!(list.contains(&format!("<a href=\"/hoeringer/{}/", hearing.id)), "{list}");
    assert!(!list.contains(&hidden.title), "{list}");
    let mine = app.person(Who::Employee(1)).socket().get(&format!("/hoeringer/{}", hidden.id)).await;
    assert!(mine.text().contains("<h1>Kun for ansatte</h1>"));
    app.finish().await;
}
