//! What ChromeDriver can do beyond WebDriver's own commands: read the console, and speak Chromium's own protocol.

use fantoccini::wd::WebDriverCompatibleCommand;
use reqwest::Method;
use serde_json::{Value, json};
use url::{ParseError, Url};

use super::Browser;

/// A command that the WebDriver client has no method for.
#[derive(Debug)]
struct Command {
    method: Method,
    path: String,
    body: Option<Value>,
}

impl WebDriverCompatibleCommand for Command {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        base.join(&format!("session/{}/{}", session.unwrap_or_default(), self.path))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        (self.method.clone(), self.body.as_ref().map(ToString::to_string))
    }
}

impl Browser {
    /// The name of an element as assistive technology hears it; none when the element is not on the page any more.
    pub(super) async fn computed_name(&self, element: &str) -> Option<String> {
        let path = format!("element/{element}/computedlabel");
        match self.client.issue_cmd(Command { method: Method::GET, path, body: None }).await {
            Ok(name) => Some(name.as_str().unwrap_or_default().to_owned()),
            Err(error) if error.is_stale_element_reference() => None,
            Err(error) => panic!("{error}"),
        }
    }

    pub(super) async fn tell(&self, path: &str, body: Value) -> Value {
        let command = Command { method: Method::POST, path: path.to_owned(), body: Some(body) };
        self.client.issue_cmd(command).await.unwrap()
    }

    /// A command of the Chrome DevTools Protocol.
    async fn devtools(&self, command: &str, parameters: Value) {
        self.tell("goog/cdp/execute", json!({ "cmd": command, "params": parameters })).await;
    }

    /// Makes the browser that of somebody who is logged in; its next request says so.
    pub(super) async fn set_session(&self, name: &str, token: &str) {
        let cookie = json!({ "url": self.base, "name": name, "value": token, "httpOnly": true });
        self.devtools("Network.setCookie", cookie).await;
    }

    /// Makes the browser that of nobody, as new.
    pub(super) async fn forget_everything(&self) {
        let storage = "try { localStorage.clear(); sessionStorage.clear() } catch { /* no page is open yet */ }";
        self.run(storage, vec![]).await;
        // What the page was still about to ask for, it would ask as nobody, and complain of the answer.
        self.client.goto("about:blank").await.unwrap();
        self.forget_console().await;
        self.devtools("Network.clearBrowserCookies", json!({})).await;
    }

    /// Takes the cookies away while the page stays open.
    pub async fn forget_cookies(&self) {
        self.devtools("Network.clearBrowserCookies", json!({})).await;
    }

    /// Gives the page another width in CSS pixels, and a phone's manners where it is as narrow as one.
    pub async fn resize(&self, width: u32) {
        let (height, mobile) = if width < super::driver::NARROWEST { (812, true) } else { (1000, false) };
        let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": mobile });
        self.devtools("Emulation.setDeviceMetricsOverride", metrics).await;
    }

    /// Takes the network away from the page, or gives it back.
    pub async fn set_offline(&self, offline: bool) {
        let conditions = json!({ "offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
        // Without it the page is told that it is offline, and reaches everything all the same.
        self.devtools("Network.enable", json!({})).await;
        self.devtools("Network.emulateNetworkConditions", conditions).await;
    }
}
