//! Trying operations out in Swagger UI.

use fantoccini::Locator;
use serde_json::json;

use super::Browser;

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
