//! Somebody at a real browser: headless Chromium, told what to do in the words that stand on the page.

mod accessibility;
mod console;
mod devtools;
mod driver;
mod files;
mod gateway;
mod keyboard;
mod swagger;
mod tabs;

use std::{thread, time::Duration};

use fantoccini::{Client, ClientBuilder, Locator, elements::Element};
use hyper_util::client::legacy::connect::HttpConnector;
use parking_lot::Mutex;
use serde_json::{Value, json};
use tempfile::TempDir;

use self::console::Expected;
pub use self::{
    gateway::{Gateway, Passing},
    keyboard::Key,
    tabs::Tab,
};
use crate::{App, PASSWORD, Setup, Who, app::SESSION_COOKIE};

/// How long a page may take until it shows what is waited for. Long, because a test machine may be busy: a page that
/// is right never takes it.
const PATIENCE: Duration = Duration::from_secs(30);

/// Control and A, and nothing held down after that: for [`Browser::fill`].
const SELECT_ALL: &str = "\u{e009}a\u{e000}";

/// The widths that every page is looked at in.
pub const WIDTHS: [u32; 2] = [1280, 375];

/// A browser with an application in front of it.
#[derive(Debug)]
pub struct Browser {
    client: Client,
    base: String,
    expected: Expected,
    chosen: Mutex<Vec<TempDir>>,
    closed: bool,
}

impl Drop for Browser {
    fn drop(&mut self) {
        assert!(self.closed || thread::panicking(), "end with `browser.close().await`: it looks at the console");
    }
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
        Browser::open_at(self.url(), width).await
    }

    /// A browser in which somebody is logged in.
    pub async fn browser_of(&self, who: Who, width: u32) -> Browser {
        let browser = self.browser(width).await;
        browser.becomes(Some(who)).await;
        browser
    }
}

impl Browser {
    async fn open_at(base: String, width: u32) -> Self {
        Self {
            client: driver::open(width).await,
            base,
            expected: Expected::default(),
            chosen: Mutex::default(),
            closed: false,
        }
    }

    /// Makes it the browser of somebody who is logged in, or of nobody, with nothing left of whose it was before.
    pub async fn becomes(&self, who: Option<Who>) {
        self.forget_everything().await;
        if let Some(who) = who {
            self.set_session(SESSION_COOKIE, &who.token()).await;
        }
    }

    /// Fills in the log-in page, where the browser is.
    pub async fn log_in(&self, who: Who) {
        self.fill("Brugernavn", &who.username()).await;
        self.fill("Adgangskode", PASSWORD).await;
        self.press("Log ind").await;
    }

    /// Logs somebody in in this browser without any of its pages hearing of it, as where the login is another system's.
    pub async fn log_in_unheard(&self, who: Who) {
        let script = "const session = await (await fetch('/api/v1/session')).json(); \
                      const headers = {'Content-Type': 'application/json', 'X-CSRF-Token': session.csrfToken}; \
                      const body = JSON.stringify({username: arguments[0], password: arguments[1]}); \
                      return (await fetch('/api/v1/session/login', {method: 'POST', headers, body})).status";
        assert_eq!(self.run(script, vec![json!(who.username()), json!(PASSWORD)]).await, json!(200));
    }

    /// The names of what lies on the device of what was written and not saved.
    pub async fn kept_on_device(&self) -> Vec<String> {
        let script = "return Object.keys(localStorage).filter(name => name.startsWith('agora-kept-'))";
        serde_json::from_value(self.run(script, vec![]).await).unwrap()
    }

    /// Goes to an address from the root of the site.
    pub async fn open(&self, path: &str) {
        self.open_elsewhere(&self.base, path).await;
    }

    /// Goes to an address of another installation.
    pub async fn open_elsewhere(&self, base: &str, path: &str) {
        self.client.goto(&format!("{base}{path}")).await.unwrap();
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

    /// The page as it came from the server and as it has become, whatever of it is shown.
    pub async fn page(&self) -> String {
        let script = "return await (await fetch(location.href)).text() + document.documentElement.outerHTML";
        self.run(script, vec![]).await.as_str().unwrap().to_owned()
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

    /// The language that the page says it is in.
    pub async fn language(&self) -> String {
        self.run("return document.documentElement.lang", vec![]).await.as_str().unwrap().to_owned()
    }

    /// Presses the button or follows the link that is called this: that of an open question first, and
    /// the page's own, where the frame has one as well.
    pub async fn press(&self, name: &str) {
        let quoted = xpath_text(name);
        let called = format!(
            "(self::button or self::a or self::summary or @role='button' or @role='tab') \
             and (normalize-space(.)={quoted} or @aria-label={quoted})"
        );
        // What is behind an open question cannot be pressed.
        let path = format!(
            "(//dialog[@open]//*[{called}] \
             | //*[{called}][not(//dialog[@open]) and (ancestor::main or not(//main//*[{called}]))])[1]"
        );
        loop {
            let element = self.element(Locator::XPath(&path), name).await;
            let scroll = "arguments[0].scrollIntoView({block: 'center'})";
            let pressed = match self.client.execute(scroll, vec![json!(element)]).await {
                Ok(_) => element.click().await,
                Err(error) => Err(error),
            };
            match pressed {
                // What the server wrote has just given way to the app.
                Err(error) if error.is_stale_element_reference() => {}
                other => return other.unwrap(),
            }
        }
    }

    /// Presses it twice as fast as a hand can.
    pub async fn press_twice(&self, name: &str) {
        let quoted = xpath_text(name);
        let called = format!("normalize-space(.)={quoted}");
        let path = format!("(//dialog[@open]//button[{called}] | //button[{called}][not(//dialog[@open])])[1]");
        let element = self.element(Locator::XPath(&path), name).await;
        self.run("arguments[0].click(); arguments[0].click()", vec![json!(element)]).await;
    }

    /// Fills in the field with this label, in place of what stood there.
    pub async fn fill(&self, label: &str, value: &str) {
        let element = self.field(label).await;
        // Written over, as a person does it: the driver's own clearing is an input that the page hears nothing of.
        element.send_keys(&format!("{SELECT_ALL}{value}")).await.unwrap();
    }

    /// Sets the date field with this label: `2026-12-04`. Typing one depends on the browser's language.
    pub async fn set_date(&self, label: &str, value: &str) {
        let element = self.field(label).await;
        let script = "const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set; \
                      set.call(arguments[0], arguments[1]); \
                      for (const name of ['input', 'change']) arguments[0].dispatchEvent(new Event(name, {bubbles: true}))";
        self.run(script, vec![json!(element), json!(value)]).await;
    }

    /// Chooses from the list with this label: the first choice whose name begins so.
    pub async fn choose(&self, label: &str, choice: &str) {
        let element = self.field(label).await;
        let script = "const chosen = [...arguments[0].options].find(({text}) => text.startsWith(arguments[1])); \
                      arguments[0].value = chosen.value; \
                      arguments[0].dispatchEvent(new Event('change', {bubbles: true}))";
        self.run(script, vec![json!(element), json!(choice)]).await;
    }

    /// Ticks the box, or chooses among others, by its label.
    pub async fn tick(&self, label: &str) {
        let path = format!("(//label[normalize-space(.)={}])[1]", xpath_text(label));
        let element = self.element(Locator::XPath(&path), label).await;
        self.run("arguments[0].scrollIntoView({block: 'center'})", vec![json!(element)]).await;
        element.click().await.unwrap();
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

    /// Ends it. There must have been no error on the console that the test did not expect.
    pub async fn close(mut self) {
        self.console_is_clean("at the end").await;
        self.closed = true;
        self.client.clone().close().await.unwrap();
    }
}

/// A text as XPath writes it, whatever quotes it holds.
fn xpath_text(text: &str) -> String {
    if text.contains('"') { format!("'{text}'") } else { format!("\"{text}\"") }
}

async fn connect(driver: &str, options: Value) -> Client {
    let mut capabilities = serde_json::Map::new();
    capabilities.insert("goog:chromeOptions".to_owned(), options);
    capabilities.insert("goog:loggingPrefs".to_owned(), json!({ "browser": "ALL" }));
    let mut builder = ClientBuilder::new(HttpConnector::new());
    builder.capabilities(capabilities).connect(driver).await.expect("Chromium starts: `cargo xtask setup` installs it")
}
