//! Exists because a list of hearings is only as good as what one finds in it: words that are marked, filters that say how
//! many they leave, all of it in the address.

use tests::{Setup, WIDTHS, Who};

#[tokio::test(flavor = "multi_thread")]
async fn words_are_marked_and_filters_say_how_many_they_leave() {
    let app = Setup::default().page().start().await;
    app.hearing().titled("Cykelsti til skolerne").processing().await;
    app.hearing().titled("Skoleveje i Ørbæk").public().open().await;
    app.hearing().titled("Nye åbningstider").open().await;
    for width in WIDTHS {
        let browser = app.browser_of(Who::Employee(1), width).await;
        browser.open("/hoeringer").await;
        browser.sees("Åben for svar (2)").await;
        browser.sees("Offentlige høringer (1)").await;
        browser.open("/hoeringer?q=skole&status=open").await;
        browser.sees("Søgeord: skole").await;
        browser.sees("Under behandling (1)").await;
        browser.sees("Bedste match først").await;
        let marked = browser.run("return [...document.querySelectorAll('mark')].map(mark => mark.textContent)", vec![]);
        let marked = marked.await;
        let marked: Vec<&str> = marked.as_array().unwrap().iter().filter_map(|word| word.as_str()).collect();
        assert!(!marked.is_empty() && marked.iter().all(|word| word.to_lowercase().starts_with("skole")), "{marked:?}");
        browser.is_accessible("a search with marked words").await;
        browser.choose("Målgruppe", "Kun for medarbejdere").await;
        browser.sees("Offentlige høringer (1)").await;
        assert!(browser.address().await.ends_with("/hoeringer?q=skole&status=open&synlig=internal"));
        browser.close().await;
    }
    app.run_jobs().await;
    app.finish().await;
}
