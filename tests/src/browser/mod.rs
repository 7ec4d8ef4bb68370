//! Somebody at a real browser: headless Chromium, told what to do in the words that stand on the page.

mod accessibility;
mod driver;

use std::time::Duration;

use fantoccini::{Client, ClientBuilder, Locator, elements::Element};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};

use crate::{App, PASSWORD, Setup, Who};

/// How long a page may take until it shows what is waited for. Long, because a test machine may be busy: a page that
/// is right never takes it.
const PATIENCE: Duration = Duration::from_secs(30);

/// The widths that every page is looked at in.
pub const WIDTHS: [u32; 2] = [1280, 375];

/// Logs in without the page.
const LOG_IN: &str = "const [login, done] = arguments; (async () => { \
    const { csrfToken } = await (await fetch('/api/v1/session')).json(); \
    const headers = { 'Content-Type': 'application/json', 'X-CSRF-Token': csrfToken }; \
    done((await fetch('/api/v1/session/login', { method: 'POST', headers, body: JSON.stringify(login) })).status); \
})()";

/// A browser with an application in front of it.
#[derive(Debug)]
pub struct Browser {
    client: Client,
    base: String,
}

impl Setup {
    /// With the built page.
    #[must_use]
    pub fn page(self) -> Self {
        let dist = driver::frontend().join("dist");
        assert!(dist.join("index.html").is_file(), "the page is not built: run `cargo xtask build` first");
        self.configure(move |config| config.http.web_root = Some(dist))
    }
}

impl App {
    /// A browser of this width in CSS pixels, with nobody logged in.
    pub async fn browser(&self, width: u32) -> Browser {
        let client = driver::open(width).await;
        Browser { client, base: self.url() }
    }

    /// A browser in which somebody is logged in.
    pub async fn browser_of(&self, who: Who, width: u32) -> Browser {
        let browser = self.browser(width).await;
        // A page without the app: what it does by itself would only be in the way.
        browser.open("/robots.txt").await;
        let login = json!({ "username": who.username(), "password": PASSWORD });
        let status = browser.client.execute_async(LOG_IN, vec![login]).await.unwrap();
        assert_eq!(status, 200, "{who:?} can log in");
        browser
    }
}

impl Browser {
    /// Goes to an address from the root of the site.
    pub async fn open(&self, path: &str) {
        self.client.goto(&format!("{}{path}", self.base)).await.unwrap();
    }

    /// Waits until a text stands on the page, and says what stands there when it does not come.
    pub async fn sees(&self, text: &str) {
        self.until(text, true).await;
    }

    /// Waits until a text does not stand on the page any more.
    pub async fn no_longer_sees(&self, text: &str) {
        self.until(text, false).await;
    }

    async fn until(&self, text: &str, there: bool) {
        let deadline = tokio::time::Instant::now() + PATIENCE;
        loop {
            let page = self.text().await;
            if page.contains(text) == there {
                return;
            }
            let verb = if there { "does not stand" } else { "still stands" };
            assert!(tokio::time::Instant::now() < deadline, "»{text}« {verb} on the page:\n{page}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// The text of the page as it is shown.
    pub async fn text(&self) -> String {
        self.run("return document.body ? document.body.innerText : ''", vec![]).await.as_str().unwrap().to_owned()
    }

    /// The path and query of the page's address.
    pub async fn address(&self) -> String {
        let url = self.client.current_url().await.unwrap();
        url[url::Position::BeforePath..].to_owned()
    }

    /// The page's title in its tab.
    pub async fn title(&self) -> String {
        self.client.title().await.unwrap()
    }

    /// Presses the button or follows the link that is called this: the page's own, where the frame has one as well.
    pub async fn press(&self, name: &str) {
        let quoted = xpath_text(name);
        let called = format!(
            "(self::button or self::a or self::summary or @role='button' or @role='tab') \
             and (normalize-space(.)={quoted} or @aria-label={quoted})"
        );
        let path = format!("(//*[{called}][ancestor::main or not(//main//*[{called}])])[1]");
        let element = self.element(Locator::XPath(&path), name).await;
        self.run("arguments[0].scrollIntoView({block: 'center'})", vec![json!(element)]).await;
        element.click().await.unwrap();
    }

    /// Presses it twice as fast as a hand can.
    pub async fn press_twice(&self, name: &str) {
        let quoted = xpath_text(name);
        let path = format!("(//button[normalize-space(.)={quoted}])[1]");
        let element = self.element(Locator::XPath(&path), name).await;
        self.run("arguments[0].click(); arguments[0].click()", vec![json!(element)]).await;
    }

    /// Fills in the field with this label, in place of what stood there.
    pub async fn fill(&self, label: &str, value: &str) {
        let element = self.field(label).await;
        element.clear().await.unwrap();
        element.send_keys(value).await.unwrap();
    }

    /// Sets the date field with this label: `2026-12-04`. Typing one depends on the browser's language.
    pub async fn set_date(&self, label: &str, value: &str) {
        let element = self.field(label).await;
        let script = "const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set; \
                      set.call(arguments[0], arguments[1]); \
                      for (const name of ['input', 'change']) arguments[0].dispatchEvent(new Event(name, {bubbles: true}))";
        self.run(script, vec![json!(element), json!(value)]).await;
    }

    /// What stands in the field with this label.
    pub async fn value_of(&self, label: &str) -> String {
        self.field(label).await.prop("value").await.unwrap().unwrap_or_default()
    }

    async fn field(&self, label: &str) -> Element {
        let quoted = xpath_text(label);
        let path = format!("(//*[@id=(//label[starts-with(normalize-space(.), {quoted})]/@for)])[1]");
        self.element(Locator::XPath(&path), label).await
    }

    async fn element(&self, locator: Locator<'_>, name: &str) -> Element {
        match self.client.wait().at_most(PATIENCE).for_element(locator).await {
            Ok(element) => element,
            Err(error) => panic!("»{name}« is not on the page ({error}):\n{}", self.text().await),
        }
    }

    /// Runs a script in the page.
    pub async fn run(&self, script: &str, arguments: Vec<Value>) -> Value {
        self.client.execute(script, arguments).await.unwrap()
    }

    /// Asserts that the page is as wide as the window and no wider: nothing has to be scrolled sideways.
    pub async fn fits_its_width(&self, what: &str) {
        let script = "return [document.documentElement.scrollWidth, document.documentElement.clientWidth]";
        let widths = self.run(script, vec![]).await;
        assert!(widths[0].as_i64() <= widths[1].as_i64(), "{what} is too wide: {widths}");
    }

    /// Ends it.
    pub async fn close(self) {
        self.client.close().await.unwrap();
    }
}

/// A text as XPath writes it, whatever quotes it holds.
fn xpath_text(text: &str) -> String {
    if text.contains('"') { format!("'{text}'") } else { format!("\"{text}\"") }
}

async fn connect(driver: &str, options: Value) -> Client {
    let mut capabilities = serde_json::Map::new();
    capabilities.insert("goog:chromeOptions".to_owned(), options);
    let mut builder = ClientBuilder::new(HttpConnector::new());
    builder.capabilities(capabilities).connect(driver).await.expect("Chromium starts: `cargo xtask setup` installs it")
}

impl Browser {
    /// Opens an operation of Swagger UI, tries it out with this body, and sends it.
    pub async fn try_out(&self, operation: &str, body: &str) {
        let block = format!("//div[contains(@id, '-{operation}')]");
        let opener = format!("{block}//button[contains(@class, 'opblock-summary-control')]");
        self.element(Locator::XPath(&opener), operation).await.click().await.unwrap();
        let field = self.element(Locator::XPath(&format!("{block}//textarea")), "the body").await;
        // Swagger UI is a React page: it hears of a value only through the setter it replaced.
        let script = "const set = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value').set; \
                      set.call(arguments[0], arguments[1]); \
                      arguments[0].dispatchEvent(new Event('input', {bubbles: true})); \
                      arguments[0].dispatchEvent(new Event('change', {bubbles: true}))";
        self.run(script, vec![json!(field), json!(body)]).await;
        let execute = format!("{block}//button[contains(@class, 'execute')]");
        self.element(Locator::XPath(&execute), "Execute").await.click().await.unwrap();
    }
}
