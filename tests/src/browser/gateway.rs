//! A reverse proxy in front of the application, as every installation has one. This one can hold requests back, so that a
//! page is seen in the middle of loading for as long as a test looks.

use std::{
    future::ready,
    io,
    net::{SocketAddr, TcpListener},
    thread::{self, JoinHandle},
};

use actix_web::{
    App as Proxy, HttpRequest, HttpResponse, HttpServer,
    dev::ServerHandle,
    http::Method,
    rt::System,
    web::{self, Bytes, Data},
};
use futures::stream;
use openapi::BASE_PATH;
use tokio::sync::{oneshot, watch};

use super::Browser;
use crate::App;

/// What a gateway lets through; the rest waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Passing {
    /// Everything.
    Everything,
    /// The page's files, and who is logged in.
    FilesAndSession,
    /// The page's files.
    Files,
    /// Every request; but the answers to changes are lost on the way back.
    WithoutAnswersToChanges,
    /// Every request; but changes fail, all but logging in and out.
    WithoutChanges,
}

impl Passing {
    fn lets(self, path: &str) -> bool {
        let is_data = path.starts_with(BASE_PATH);
        match self {
            Self::Everything | Self::WithoutAnswersToChanges | Self::WithoutChanges => true,
            Self::FilesAndSession => !is_data || path.ends_with("/session"),
            Self::Files => !is_data,
        }
    }

    fn fails(self, method: &Method, path: &str) -> bool {
        self == Self::WithoutChanges && !method.is_safe() && !path.contains("/session")
    }

    fn loses_answer(self, method: &Method) -> bool {
        self == Self::WithoutAnswersToChanges && !method.is_safe()
    }
}

/// A reverse proxy.
pub struct Gateway {
    address: SocketAddr,
    passing: watch::Sender<Passing>,
    handle: ServerHandle,
    thread: JoinHandle<()>,
}

/// What a request needs to be passed on.
struct Route {
    to: String,
    http: reqwest::Client,
    passing: watch::Receiver<Passing>,
}

impl Gateway {
    /// One that leads to this application and lets everything through.
    pub async fn to(app: &App) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("an address");
        let (passing, let_through) = watch::channel(Passing::Everything);
        // No connection is used twice: one that the service closes at that moment would be an error of the proxy's own.
        let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).no_proxy();
        let http = http.pool_max_idle_per_host(0).build().unwrap();
        let route = Data::new(Route { to: app.url(), http, passing: let_through });
        let (started, running) = oneshot::channel();
        let thread = thread::spawn(move || {
            System::new().block_on(async move {
                let proxy = move || Proxy::new().app_data(route.clone()).default_service(web::to(pass_on));
                let server = HttpServer::new(proxy).workers(1).disable_signals().listen(listener).unwrap().run();
                if started.send(server.handle()).is_ok() {
                    server.await.expect("the proxy runs until it is stopped");
                }
            });
        });
        Self { address, passing, handle: running.await.expect("the proxy starts"), thread }
    }

    /// From now on lets this through, also what waits already.
    pub fn lets_through(&self, passing: Passing) {
        self.passing.send_replace(passing);
    }

    /// A browser in front of it, with nobody logged in.
    pub async fn browser(&self, width: u32) -> Browser {
        Browser::open_at(format!("http://{}", self.address), width).await
    }

    /// Ends it.
    pub async fn close(self) {
        self.lets_through(Passing::Everything);
        self.handle.stop(false).await;
        let joined = tokio::task::spawn_blocking(|| self.thread.join()).await.expect("the thread can be waited for");
        joined.expect("the proxy did not panic");
    }
}

async fn pass_on(request: HttpRequest, body: Bytes, route: Data<Route>) -> HttpResponse {
    // The sender lives as long as the proxy.
    let _ = route.passing.clone().wait_for(|passing| passing.lets(request.path())).await;
    if route.passing.borrow().fails(request.method(), request.path()) {
        return HttpResponse::InternalServerError().finish();
    }
    match ask(&request, body, &route).await {
        Ok(_) if route.passing.borrow().loses_answer(request.method()) => {
            // The connection breaks after the head.
            HttpResponse::Ok().streaming(stream::once(ready(Err::<Bytes, _>(io::Error::other("lost")))))
        }
        Ok(answer) => answer,
        Err(_) => HttpResponse::BadGateway().finish(),
    }
}

async fn ask(request: &HttpRequest, body: Bytes, route: &Route) -> reqwest::Result<HttpResponse> {
    let method = reqwest::Method::from_bytes(request.method().as_str().as_bytes()).expect("a method is one");
    let mut asked = route.http.request(method, format!("{}{}", route.to, request.uri()));
    for (name, value) in request.headers().iter().filter(|(name, _)| is_passed_on(name.as_str())) {
        asked = asked.header(name.as_str(), value.as_bytes());
    }
    let answer = asked.body(body).send().await?;
    let mut passed = HttpResponse::build(answer.status().as_u16().try_into().expect("a status is one"));
    for (name, value) in answer.headers().iter().filter(|(name, _)| is_passed_on(name.as_str())) {
        passed.append_header((name.as_str(), value.as_bytes()));
    }
    Ok(passed.body(answer.bytes().await?))
}

/// What a header says of one connection is not said of the next.
fn is_passed_on(header: &str) -> bool {
    !["connection", "content-length", "host", "keep-alive", "transfer-encoding"].contains(&header)
}
