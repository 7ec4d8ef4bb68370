//! The page around the app as it was built, filled in for an address.

use std::{fs, path::Path};

use anyhow::Context;
use maud::html;
use serde_json::Value;

use super::{Web, content, page::Page};
use crate::service::Service;

/// `index.html` with what the build put where.
#[derive(Debug)]
pub(super) struct Template {
    html: String,
    pub(super) icons: String,
    stylesheets: String,
    portal: App,
    workspace: App,
}

#[derive(Debug)]
struct App {
    script: String,
    preload: String,
}

impl Template {
    pub(super) fn load(root: &Path) -> anyhow::Result<Self> {
        let read = |name: &str| {
            let path = root.join(name);
            fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))
        };
        let manifest: Value = serde_json::from_str(&read("manifest.json")?).context("manifest.json is no JSON")?;
        let text = |pointer: &str| {
            let value = manifest.pointer(pointer).and_then(Value::as_str);
            value.map(ToOwned::to_owned).with_context(|| format!("manifest.json lacks {pointer}; build the page again"))
        };
        // Those of the first words: in another font they would be laid out anew a moment later.
        let font = |name: &str| text(&format!("/files/fonts~1plex-{name}.woff2"));
        let fonts = ["regular", "semibold"].map(font).into_iter().collect::<anyhow::Result<Vec<_>>>()?;
        let fonts = fonts.iter().map(|font| preloaded_font(font)).collect::<Vec<_>>().join("\n");
        let app = |name: &str| {
            let module = text(&format!("/{name}/module"))?;
            let preload = format!("{fonts}\n<link rel=\"modulepreload\" href=\"{module}\">");
            anyhow::Ok(App { script: text(&format!("/{name}/script"))?, preload })
        };
        let stylesheets = manifest.get("styles").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let mut links: Vec<String> = stylesheets.iter().filter_map(Value::as_str).map(stylesheet).collect();
        links.push(stylesheet("/theme.css"));
        Ok(Self {
            html: read("index.html")?,
            icons: text("/icons")?,
            stylesheets: links.join("\n"),
            portal: app("portal")?,
            workspace: app("workspace")?,
        })
    }

    /// The page for an address.
    pub(super) fn fill(&self, service: &Service, web: &Web, page: &Page) -> String {
        let app = if page.workspace { &self.workspace } else { &self.portal };
        let title = format!("{} – {}", page.title, web.municipality);
        let config = web.page_config(&self.icons, service.is_demo());
        // One pass, so that a title that looks like a token stays a title.
        let mut filled = String::with_capacity(self.html.len() + 1024);
        let mut rest = self.html.as_str();
        while let Some((before, after)) = rest.split_once("{{") {
            filled.push_str(before);
            let (name, after) = after.split_once("}}").unwrap_or((after, ""));
            match name {
                "lang" => filled.push_str("da"),
                "title" => filled.push_str(&escaped(&title)),
                "description" => filled.push_str(&escaped(&page.description)),
                "meta" => filled.push_str(&page.meta(service, web).into_string()),
                "content" => {
                    filled.push_str(&content::header(&web.municipality, &self.icons).0);
                    filled.push_str(&page.content.0);
                }
                "data" => filled.push_str(&page.data.0),
                "config" => filled.push_str(&escaped(&config)),
                "preload" => filled.push_str(&app.preload),
                "stylesheets" => filled.push_str(&self.stylesheets),
                "script" => filled.push_str(&app.script),
                _ => {}
            }
            rest = after;
        }
        filled.push_str(rest);
        filled
    }
}

fn preloaded_font(address: &str) -> String {
    format!("<link rel=\"preload\" href=\"{address}\" as=\"font\" type=\"font/woff2\" crossorigin>")
}

fn stylesheet(address: &str) -> String {
    format!("<link rel=\"stylesheet\" href=\"{address}\">")
}

// The page's configuration stands between apostrophes, which the template's own escaping leaves alone.
fn escaped(text: &str) -> String {
    html! { (text) }.into_string().replace('\'', "&#39;")
}
