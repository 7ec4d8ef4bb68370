//! The page around the app: every address of the interface with its own status, title and description, so that link
//! previews, search engines and people see what is there before the app takes over.

use std::{fs, path::Path};

use actix_web::{
    HttpRequest, HttpResponse, get,
    http::{
        Method, StatusCode,
        header::{self, ContentType},
    },
    web::Data,
};
use anyhow::Context;
use openapi::ids::HearingId;
use serde_json::Value;

use crate::{
    hearings::{self, ReadHearings},
    http::{Answer, ApiError},
    identity::Require,
    service::Service,
};

/// `index.html` with what the build put where.
#[derive(Debug)]
pub(super) struct Template {
    html: String,
    icons: String,
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
        let app = |name: &str| {
            let (module, wasm) = (text(&format!("/{name}/module"))?, text(&format!("/{name}/wasm"))?);
            let preload = format!(
                "<link rel=\"modulepreload\" href=\"{module}\">\n\
                 <link rel=\"preload\" href=\"{wasm}\" as=\"fetch\" type=\"application/wasm\" crossorigin>"
            );
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

    fn fill(&self, service: &Service, page: &Page) -> String {
        let web = service.web();
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

fn stylesheet(address: &str) -> String {
    format!("<link rel=\"stylesheet\" href=\"{address}\">")
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

/// What the server says about an address of the interface.
#[derive(Debug)]
struct Page {
    status: StatusCode,
    title: String,
    description: String,
    workspace: bool,
}

impl Page {
    fn new(title: &str, workspace: bool) -> Self {
        let description = "Høringer: læs forslag, svar, og se hvad svarene førte til.".to_owned();
        Self { status: StatusCode::OK, title: title.to_owned(), description, workspace }
    }

    // The same for what is hidden and what is missing.
    fn missing(workspace: bool) -> Self {
        Self { status: StatusCode::NOT_FOUND, ..Self::new("Siden findes ikke", workspace) }
    }
}

/// Whatever nothing else took: a page of the interface, or nothing.
pub(super) async fn get_page(
    request: HttpRequest,
    asker: Require<ReadHearings>,
    service: Data<Service>,
) -> Answer<HttpResponse> {
    let template = service.web().template().ok_or_else(ApiError::not_found)?;
    if request.method() != Method::GET && request.method() != Method::HEAD {
        return Err(ApiError::new(openapi::problem::ProblemCode::MethodNotAllowed, "Pages are read with GET."));
    }
    let page = describe(request.path(), &asker, &service).await?;
    Ok(HttpResponse::build(page.status)
        .insert_header(ContentType::html())
        .insert_header((header::CACHE_CONTROL, "no-cache"))
        .insert_header((header::VARY, "Cookie"))
        .body(template.fill(&service, &page)))
}

async fn describe(path: &str, asker: &Require<ReadHearings>, service: &Service) -> Result<Page, ApiError> {
    let parts: Vec<&str> = path.trim_matches('/').split('/').collect();
    Ok(match parts.as_slice() {
        [""] => Page::new("Høringer", false),
        ["hoeringer"] => Page::new("Alle høringer", false),
        ["mine"] => Page::new("Mine høringer", false),
        ["log-ind"] => Page::new("Log ind", false),
        ["hoeringer", id, rest @ ..] if rest.len() <= 2 => hearing(id, false, asker, service).await?,
        ["sag"] => Page::new("Arbejdsbord", true),
        ["sag", "ny"] => Page::new("Ny høring", true),
        ["sag", id, "indhold" | "deltagere" | "svar" | "resultat" | "historik"] => {
            hearing(id, true, asker, service).await?
        }
        ["revision"] => Page::new("Revisionslog", true),
        ["admin", "job"] => Page::new("Job", true),
        _ => Page::missing(false),
    })
}

async fn hearing(
    id: &str,
    workspace: bool,
    asker: &Require<ReadHearings>,
    service: &Service,
) -> Result<Page, ApiError> {
    let Ok(id) = id.parse::<HearingId>() else { return Ok(Page::missing(workspace)) };
    let mut conn = service.connection().await?;
    match hearings::queries::title_and_summary(&mut conn, asker, id).await {
        Ok((title, summary)) => {
            let page = Page::new(&title, workspace);
            Ok(if summary.is_empty() { page } else { Page { description: summary, ..page } })
        }
        Err(hearings::Error::NotFound) => Ok(Page::missing(workspace)),
        Err(error) => Err(error.into()),
    }
}

/// What search engines may read: pages, not the interface of machines.
#[get("/robots.txt")]
pub(super) async fn get_robots() -> HttpResponse {
    HttpResponse::Ok().insert_header(ContentType::plaintext()).body("User-agent: *\nDisallow: /api/\nDisallow: /sag/\n")
}
