//! The page as it is served, before the app takes over: what search engines, link previews and people without JavaScript
//! get.

use api::attachments::specimens::photograph;
use openapi::hearings::{HearingPatch, SectionPatch};
use tests::{App, Setup, WIDTHS, Who, attachments::upload, key};

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

/// Without JavaScript, too, a phone fetches the size that it has room for, and the room is kept free.
#[tokio::test(flavor = "multi_thread")]
async fn a_hearings_image_stands_in_the_served_page_in_all_its_sizes() {
    let app = Setup::default().page().start().await;
    let hearing = app.hearing().with_files().draft().await;
    let image = upload("Havnen.jpg", photograph(1200, 2000));
    let image = app.owner().replace_image(hearing.id, &image, &key()).await.unwrap().id;
    let served = app.owner().socket().get(&format!("/hoeringer/{}", hearing.id)).await.text();
    let address = format!("/api/v1/hearings/{}/image/{image}/content", hearing.id);
    let sources = format!("{address}?width=480 480w, {address}?width=960 960w, {address}?width=1600 1600w");
    for part in [
        format!("src=\"{address}\""),
        format!("srcset=\"{sources}\""),
        "sizes=\"".to_owned(),
        "width=\"1600\" height=\"960\"".to_owned(),
        "alt=\"En skole\"".to_owned(),
    ] {
        assert!(served.contains(&part), "{part} is missing in {served}");
    }
    app.finish().await;
}

/// The app begins with what stands there: the hearing is not asked for again, but is when one comes back to it.
#[tokio::test(flavor = "multi_thread")]
async fn the_app_takes_the_served_hearing_over() {
    let app = Setup::default().page().start().await;
    let hearing = app.hearing().public().titled("Nye cykelstier").open().await;
    let asks = format!(
        "performance.getEntriesByType('resource').filter(({{name}}) => name.endsWith('/hearings/{}'))",
        hearing.id
    );
    let asks = format!("return {asks}.length");
    let browser = app.browser(WIDTHS[0]).await;
    browser.open(&format!("/hoeringer/{}", hearing.id)).await;
    // What only the app shows.
    browser.sees("Sådan bruges svarene").await;
    assert_eq!(browser.run(&asks, vec![]).await, 0);
    assert_eq!(browser.run("return document.querySelectorAll('h1').length", vec![]).await, 1);
    assert!(browser.address().await.ends_with("/nye-cykelstier"));
    browser.press("Høringer").await;
    browser.press(&hearing.title).await;
    browser.sees("Sådan bruges svarene").await;
    assert_eq!(browser.run(&asks, vec![]).await, 1);
    browser.close().await;
    app.finish().await;
}

/// The front page has its hearings in it, with the form that looks for others: both without JavaScript too.
#[tokio::test(flavor = "multi_thread")]
async fn the_front_page_and_its_search_need_no_javascript() {
    let app = Setup::default().page().start().await;
    let bridge = app.hearing().public().titled("Ny bro over Storå").open().await;
    app.hearing().public().titled("Skolernes ferie").open().await;
    app.hearing().titled("Kun for ansatte").open().await;
    let front = page(&app, "/").await;
    for part in
        ["Ny bro over Storå</a></h3>", "Skolernes ferie</a></h3>", "<form role=\"search\" action=\"/hoeringer\">"]
    {
        assert!(front.contains(part), "{part} is missing in {front}");
    }
    assert!(!front.contains("Kun for ansatte"), "{front}");
    let mine = app.person(Who::Employee(1)).socket().get("/").await.text();
    assert!(mine.contains("Kun for ansatte"), "{mine}");
    for words in ["bro", "BRO+", "%20bro"] {
        let found = page(&app, &format!("/hoeringer?q={words}")).await;
        assert!(found.contains("Ny bro over Storå</a>") && !found.contains("Skolernes ferie"), "{words}: {found}");
    }
    assert!(!page(&app, "/hoeringer?q=sommerhus").await.contains("Ny bro over Storå</a>"));
    for none in ["", "%00", "%FF", &"a".repeat(300)] {
        let found = page(&app, &format!("/hoeringer?q={none}")).await;
        assert!(found.contains("<h1>Alle høringer</h1>"), "{none}: {found}");
    }
    let browser = app.browser(WIDTHS[1]).await;
    browser.open("/").await;
    // What only the app shows.
    browser.sees("Sådan fungerer det").await;
    browser.sees(&bridge.title).await;
    let asks = "return performance.getEntriesByType('resource').filter(({name}) => name.includes('/hearings?')).length";
    assert_eq!(browser.run(asks, vec![]).await, 0, "the app begins with what stands there");
    browser.close().await;
    app.finish().await;
}

/// Also for somebody whose session cannot be looked up, and with no document of machines in it.
#[tokio::test(flavor = "multi_thread")]
async fn whoever_opens_a_page_gets_a_page_when_the_database_is_gone() {
    let app = Setup::default().page().start().await;
    let somebody = app.employee(1);
    let hearing = app.hearing().open().await;
    app.database().set_away(true).await;
    for path in ["/".to_owned(), format!("/hoeringer/{}", hearing.id), format!("/sag/{}/svar", hearing.id)] {
        let answer = somebody.socket().request("GET", &path, &[("Accept", "text/html,*/*;q=0.8")], None).await;
        assert_eq!(answer.status, 503, "{path}");
        assert!(answer.header("content-type").starts_with("text/html"), "{path}");
        assert!(!answer.header("retry-after").is_empty(), "{path}");
        assert!(answer.text().contains("<h1>Høringsportalen svarer ikke lige nu</h1>"), "{path}");
        let app = if path.starts_with("/sag") { "workspace" } else { "portal" };
        assert!(answer.text().contains(&format!("/assets/{app}")), "{path}: the app that knows the page");
    }
    let answer = somebody.socket().request("GET", "/api/v1/me/drafts", &[("Accept", "text/html")], None).await;
    assert_eq!(answer.header("content-type"), "application/problem+json");
    app.database().set_away(false).await;
    assert_eq!(app.take_failures().len(), 4);
    app.finish().await;
}
