//! The page around the app: every address of the interface with its own status, title and description, so that link
//! previews, search engines and people see what is there before the app takes over.

use std::{fs, path::Path};

use actix_web::{
    Error, HttpRequest, HttpResponse,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    get,
    http::{
        Method, StatusCode,
        header::{self, ContentType, HeaderMap, HeaderValue},
    },
    middleware::Next,
    web::Data,
};
use anyhow::Context;
use maud::{Markup, PreEscaped, html};
use openapi::{
    hearings::{HearingQuery, HearingStatus},
    ids::HearingId,
};
use serde_json::Value;

use super::content;
use crate::{
    hearings::{self, ReadHearings},
    http::{Answer, ApiError, denials},
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
                "meta" => filled.push_str(&page.meta(service).into_string()),
                "content" => filled.push_str(&page.content.0),
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

fn stylesheet(address: &str) -> String {
    format!("<link rel=\"stylesheet\" href=\"{address}\">")
}

// The page's configuration stands between apostrophes, which the template's own escaping leaves alone.
fn escaped(text: &str) -> String {
    html! { (text) }.into_string().replace('\'', "&#39;")
}

/// What the server says about an address of the interface.
#[derive(Debug)]
struct Page {
    status: StatusCode,
    title: String,
    description: String,
    workspace: bool,
    /// Its own address below the service's, when it is one that others may link to.
    address: Option<String>,
    content: Markup,
    data: Markup,
}

impl Page {
    fn new(title: &str, workspace: bool) -> Self {
        let description = "Høringer: læs forslag, svar, og se hvad svarene førte til.".to_owned();
        let (title, nothing) = (title.to_owned(), || PreEscaped(String::new()));
        Self {
            status: StatusCode::OK,
            title,
            description,
            workspace,
            address: None,
            content: nothing(),
            data: nothing(),
        }
    }

    // The same for what is hidden and what is missing.
    fn missing(workspace: bool) -> Self {
        Self { status: StatusCode::NOT_FOUND, ..Self::new("Siden findes ikke", workspace) }
    }

    /// What whoever opened a page gets when the service fails, or has had enough of him for a minute.
    fn refusing(status: StatusCode, workspace: bool) -> Self {
        let (title, advice) = if status == StatusCode::TOO_MANY_REQUESTS {
            ("Du har hentet mange sider", "Vent et minut, og prøv igen.")
        } else {
            ("Høringsportalen svarer ikke lige nu", "Prøv igen om lidt.")
        };
        Self { status, content: content::advice(title, advice), ..Self::new(title, workspace) }
    }

    fn meta(&self, service: &Service) -> Markup {
        match &self.address {
            Some(address) => {
                let site = &service.web().municipality;
                content::meta(&self.title, &self.description, &service.link(address), site)
            }
            None => PreEscaped(String::new()),
        }
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
    if page.status == StatusCode::NOT_FOUND && asker.actor().is_some() {
        denials::note_page(&request, &service).await?;
    }
    // What somebody sees is nobody else's, and a hearing that came with its page is to be as it is now.
    let kept = if asker.actor().is_some() || !page.data.0.is_empty() { "private, no-store" } else { "no-cache" };
    Ok(HttpResponse::build(page.status)
        .insert_header(ContentType::html())
        .insert_header((header::CACHE_CONTROL, kept))
        .insert_header((header::VARY, "Cookie"))
        .body(template.fill(&service, &page)))
}

/// Middleware: whoever opens a page gets a page also when the service fails or refuses. The app on it then says what it
/// cannot get.
///
/// # Errors
/// None of its own.
pub async fn show_failure(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let asks_for_page = !request.path().starts_with("/api/") && accepts_html(request.headers());
    let workspace = ["/sag", "/revision", "/admin"].iter().any(|area| request.path().starts_with(area));
    let service = request.app_data::<Data<Service>>().cloned();
    let response = next.call(request).await?.map_into_boxed_body();
    let template = service.as_ref().and_then(|service| Some((service, service.web().template()?)));
    match template {
        Some((service, template)) if asks_for_page && is_refusal(response.status()) => {
            let page = Page::refusing(response.status(), workspace);
            let mut response = response.map_body(|_, _| BoxBody::new(template.fill(service, &page)));
            let html = HeaderValue::from_static("text/html; charset=utf-8");
            response.headers_mut().insert(header::CONTENT_TYPE, html);
            Ok(response)
        }
        _ => Ok(response),
    }
}

fn is_refusal(status: StatusCode) -> bool {
    status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS
}

fn accepts_html(headers: &HeaderMap) -> bool {
    let accepted = headers.get(header::ACCEPT).and_then(|accepted| accepted.to_str().ok());
    accepted.is_some_and(|accepted| accepted.contains("text/html"))
}

async fn describe(path: &str, asker: &Require<ReadHearings>, service: &Service) -> Result<Page, ApiError> {
    let parts: Vec<&str> = path.trim_matches('/').split('/').collect();
    Ok(match parts.as_slice() {
        [""] => list("Høringer", "/", &[HearingStatus::Open], asker, service).await?,
        ["hoeringer"] => list("Alle høringer", "/hoeringer", &[], asker, service).await?,
        ["mine"] => Page::new("Mine høringer", false),
        ["log-ind"] => Page::new("Log ind", false),
        ["hoeringer", id, "svar"] | ["hoeringer", id, "svar", _] => with_title(id, false, asker, service).await?,
        ["hoeringer", id] | ["hoeringer", id, _] => hearing(id, asker, service).await?,
        ["sag"] => Page::new("Sagsbehandling", true),
        ["sag", "ny"] => Page::new("Ny høring", true),
        ["sag", id, "indhold" | "deltagere" | "svar" | "resultat" | "historik"] => {
            with_title(id, true, asker, service).await?
        }
        ["revision"] => Page::new("Revisionslog", true),
        ["admin", "job"] => Page::new("Drift: job i kø", true),
        ["admin", "integrationer"] => Page::new("Integrationer", true),
        _ => Page::missing(false),
    })
}

/// A list with what an anonymous visitor finds in it; the app brings the rest.
async fn list(
    title: &str,
    address: &str,
    status: &[HearingStatus],
    asker: &Require<ReadHearings>,
    service: &Service,
) -> Result<Page, ApiError> {
    let page = Page { address: Some(address.to_owned()), ..Page::new(title, false) };
    if asker.actor().is_some() {
        return Ok(page);
    }
    let mut conn = service.connection().await?;
    let query = HearingQuery { status: status.to_vec(), ..HearingQuery::default() };
    let hearings = hearings::list(&mut conn, asker, &query).await?;
    Ok(Page { content: content::list(title, &hearings.items), ..page })
}

/// A hearing's own page: whole as it is served.
async fn hearing(id: &str, asker: &Require<ReadHearings>, service: &Service) -> Result<Page, ApiError> {
    let Ok(id) = id.parse::<HearingId>() else { return Ok(Page::missing(false)) };
    let mut conn = service.connection().await?;
    let Some(hearing) = seen(hearings::queries::hearing(&mut conn, asker, id).await)? else {
        return Ok(Page::missing(false));
    };
    Ok(Page {
        address: Some(content::address(hearing.id, &hearing.title)),
        content: content::hearing(&hearing),
        data: content::data(&hearing),
        ..about(&hearing.title, &hearing.summary, false)
    })
}

/// A page that belongs to a hearing.
async fn with_title(
    id: &str,
    workspace: bool,
    asker: &Require<ReadHearings>,
    service: &Service,
) -> Result<Page, ApiError> {
    let Ok(id) = id.parse::<HearingId>() else { return Ok(Page::missing(workspace)) };
    let mut conn = service.connection().await?;
    let found = seen(hearings::queries::title_and_summary(&mut conn, asker, id).await)?;
    Ok(found.map_or_else(|| Page::missing(workspace), |(title, summary)| about(&title, &summary, workspace)))
}

fn about(title: &str, summary: &str, workspace: bool) -> Page {
    let page = Page::new(title, workspace);
    if summary.is_empty() { page } else { Page { description: summary.to_owned(), ..page } }
}

fn seen<T>(found: Result<T, hearings::Error>) -> Result<Option<T>, ApiError> {
    match found {
        Ok(found) => Ok(Some(found)),
        Err(hearings::Error::NotFound) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// What search engines may read: pages, not the interface of machines.
#[get("/robots.txt")]
pub(super) async fn get_robots() -> HttpResponse {
    HttpResponse::Ok().insert_header(ContentType::plaintext()).body("User-agent: *\nDisallow: /api/\nDisallow: /sag/\n")
}
