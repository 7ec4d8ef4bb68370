//! The page around the app: every address of the interface with its own status, title and description, so that link
//! previews, search engines and people see what is there before the app takes over.

use actix_web::{
    Error, FromRequest, HttpRequest, HttpResponse,
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
use maud::{Markup, PreEscaped};
use openapi::{
    audit::{AuditAction, AuditObject},
    hearings::HearingQuery,
    ids::HearingId,
    validation::Validate,
};
use url::form_urlencoded;

use super::{Web, content, template::Template};
use crate::{
    audit::{self, Entry},
    hearings::{self, ReadHearings},
    http::{Answer, ApiError, fallback},
    identity::{Caller, Require},
    overview,
    service::Service,
};

/// What the server says about an address of the interface.
#[derive(Debug)]
pub(super) struct Page {
    status: StatusCode,
    pub(super) title: String,
    pub(super) description: String,
    /// Whether it is one of the workspace's.
    pub(super) workspace: bool,
    /// Its own address below the service's, when it is one that others may link to.
    address: Option<String>,
    pub(super) content: Markup,
    pub(super) data: Markup,
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

    /// What link previews and search engines read of it.
    pub(super) fn meta(&self, service: &Service, web: &Web) -> Markup {
        match &self.address {
            Some(address) => {
                let site = &web.municipality;
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
    web: Data<Web>,
) -> Answer<HttpResponse> {
    let template = web.template().ok_or_else(ApiError::not_found)?;
    if request.method() != Method::GET && request.method() != Method::HEAD {
        return Ok(fallback::only_read());
    }
    let page = describe(&request, &asker, &service, template).await?;
    if page.status == StatusCode::NOT_FOUND && asker.actor().is_some() {
        note_denied(&request, &service).await?;
    }
    // What somebody sees is nobody else's, and a hearing that came with its page is to be as it is now.
    let kept = if asker.actor().is_some() || !page.data.0.is_empty() { "private, no-store" } else { "no-cache" };
    Ok(HttpResponse::build(page.status)
        .insert_header(ContentType::html())
        .insert_header((header::CACHE_CONTROL, kept))
        .insert_header((header::VARY, "Cookie"))
        .body(template.fill(&service, &web, &page)))
}

/// Counts that a person who is logged in opened a page that they may not see, or that is not there.
async fn note_denied(request: &HttpRequest, service: &Service) -> Result<(), ApiError> {
    let caller = Caller::extract(request).await?;
    let entry = Entry::new(AuditAction::AccessDenied, AuditObject::Address).object_id("GET a page");
    let mut conn = service.connection().await?;
    audit::tally(&mut conn, entry, caller.actor.as_ref(), &caller.origin, service.now()).await?;
    Ok(())
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
    let web = request.app_data::<Data<Web>>().cloned();
    let response = next.call(request).await?.map_into_boxed_body();
    let template = service.as_ref().zip(web.as_ref()).and_then(|(service, web)| Some((service, web, web.template()?)));
    match template {
        Some((service, web, template)) if asks_for_page && is_refusal(response.status()) => {
            let page = Page::refusing(response.status(), workspace);
            let mut response = response.map_body(|_, _| BoxBody::new(template.fill(service, web, &page)));
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

async fn describe(
    request: &HttpRequest,
    asker: &Require<ReadHearings>,
    service: &Service,
    template: &Template,
) -> Result<Page, ApiError> {
    let parts: Vec<&str> = request.path().trim_matches('/').split('/').collect();
    Ok(match parts.as_slice() {
        [""] => front(asker, service, template).await?,
        ["hoeringer"] => list(request, asker, service).await?,
        ["mine"] => Page::new("Mine høringer", false),
        ["log-ind"] => Page::new("Log ind", false),
        ["hoeringer", id, "svar"] => answering(id, asker, service, template).await?,
        ["hoeringer", id, "svar", _] => with_title(id, false, asker, service).await?,
        ["hoeringer", id] | ["hoeringer", id, _] => hearing(id, asker, service, template).await?,
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

/// The front page: what is open now, as the app asks for it.
async fn front(asker: &Require<ReadHearings>, service: &Service, template: &Template) -> Result<Page, ApiError> {
    let hearings = overview::list(&mut *service.connection().await?, asker, &HearingQuery::of_front_page()).await?;
    Ok(Page {
        address: Some("/".to_owned()),
        content: content::front(&hearings.items, &template.icons),
        data: content::data(&hearings),
        ..Page::new("Høringer", false)
    })
}

/// All hearings, or those with the words that somebody looks for, as far as an anonymous visitor finds them on the first
/// page; the app brings the rest.
async fn list(request: &HttpRequest, asker: &Require<ReadHearings>, service: &Service) -> Result<Page, ApiError> {
    let page = Page { address: Some("/hoeringer".to_owned()), ..Page::new("Alle høringer", false) };
    if asker.actor().is_some() {
        return Ok(page);
    }
    let q = form_urlencoded::parse(request.query_string().as_bytes()).find(|(name, _)| name == "q");
    let wanted = HearingQuery { q: q.map(|(_, words)| words.into_owned()), ..HearingQuery::default() }.cleaned();
    // The app says what is wrong with words that are none.
    let query = if wanted.validate().is_ok() { wanted } else { HearingQuery::default() };
    let hearings = overview::list(&mut *service.connection().await?, asker, &query).await?;
    Ok(Page { content: content::list(&page.title, &hearings.items), ..page })
}

/// A hearing's own page: whole as it is served.
async fn hearing(
    id: &str,
    asker: &Require<ReadHearings>,
    service: &Service,
    template: &Template,
) -> Result<Page, ApiError> {
    let Ok(id) = id.parse::<HearingId>() else { return Ok(Page::missing(false)) };
    let mut conn = service.connection().await?;
    let Some(hearing) = seen(overview::hearing(&mut conn, asker, id).await)? else {
        return Ok(Page::missing(false));
    };
    Ok(Page {
        address: Some(content::address(hearing.id, &hearing.title)),
        content: content::hearing(&hearing, &template.icons),
        data: content::data(&hearing),
        ..about(&hearing.title, &hearing.summary, false)
    })
}

/// The page on which a hearing is answered: what it is about, until the app knows who answers.
async fn answering(
    id: &str,
    asker: &Require<ReadHearings>,
    service: &Service,
    template: &Template,
) -> Result<Page, ApiError> {
    let page = hearing(id, asker, service, template).await?;
    Ok(Page { content: content::beginning(&page.title, &page.description), address: None, ..page })
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
