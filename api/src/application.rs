//! The server as a whole: what is wrapped around what, which operations there are, starting and stopping.

use std::{
    net::{SocketAddr, TcpListener},
    num::NonZero,
    thread,
    time::Duration,
};

use actix_web::{
    App, HttpServer,
    dev::{Server, ServerHandle},
    middleware::from_fn,
    web::{Data, to},
};
use anyhow::{Context, bail};
use openapi::BASE_PATH;
use tokio::sync::watch;
use tokio_util::task::AbortOnDropHandle;
use tracing_actix_web::TracingLogger;
use utoipa_actix_web::{AppExt, scope::scope, service_config::ServiceConfig};

use crate::{
    assembly, audit_log, catalogue,
    config::{Checked, Config, HttpConfig},
    db::Address,
    document::{self, docs},
    employees, hearings,
    http::{connections, fallback, head, parameters, problem},
    identity, integrations, jobs, login,
    middleware::{
        compression, csrf, denials, headers,
        kept::{self, Kept},
        limits::{self, Visitors},
    },
    operations, overview, participants, responses,
    service::Service,
    shutdown, telemetry,
    web::{self as page, Web},
    worker,
};
pub use crate::{assembly::Substitutes, document::docs::Document};

/// A server that is bound and not yet running.
pub struct Application {
    server: Server,
    address: SocketAddr,
    service: Service,
    jobs: Option<Address>,
    shutdown_delay: Duration,
}

impl Application {
    /// Puts the service together and binds its address; port 0 takes a free one.
    ///
    /// # Errors
    /// When the address is in use or the page's folder cannot be read.
    pub fn build(config: &Config, checked: Checked, substitutes: Substitutes) -> anyhow::Result<Self> {
        let jobs = (!config.jobs.no_jobs).then(|| checked.database.clone());
        let web = Web::of(config, checked.theme.clone())?;
        let service = assembly::service(config, checked, substitutes)?;
        let listener = TcpListener::bind(config.http.listen)
            .with_context(|| format!("cannot listen on {}: is something else running there?", config.http.listen))?;
        let address = listener.local_addr()?;
        let server = server(&config.http, listener, service.clone(), web)?;
        Ok(Self { server, address, service, jobs, shutdown_delay: config.http.shutdown_delay })
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// What requests and jobs can reach.
    #[must_use]
    pub fn service(&self) -> &Service {
        &self.service
    }

    /// What stops it from elsewhere.
    #[must_use]
    pub fn handle(&self) -> ServerHandle {
        self.server.handle()
    }

    /// Answers until it is told to stop by SIGINT, SIGTERM or its handle; requests and jobs under way are finished.
    ///
    /// # Errors
    /// When the server or the worker fails.
    pub async fn run(self) -> anyhow::Result<()> {
        let mut server = self.server;
        let signals = shutdown::Signals::listen().context("the system does not say when to stop")?;
        let stop = shutdown::when_told(signals, self.service.clone(), server.handle(), self.shutdown_delay);
        let _stop = AbortOnDropHandle::new(actix_web::rt::spawn(stop));
        let _bell = AbortOnDropHandle::new(actix_web::rt::spawn(worker::bell::carry(self.service.clone())));
        let Some(database) = self.jobs else { return server.await.context("the server failed") };
        let (stop, stopped) = watch::channel(false);
        let mut worker = actix_web::rt::spawn(worker::run(self.service, database, stopped));
        tokio::select! {
            ended = &mut server => {
                stop.send_replace(true);
                worker.await.context("the worker failed")?;
                ended.context("the server failed")
            }
            // A server that does no jobs any more shall not look as if it did: whoever started it starts it again.
            ended = &mut worker => {
                let (_, _) = tokio::join!(server.handle().stop(true), server);
                ended.context("the worker failed")?;
                bail!("the worker ended by itself")
            }
        }
    }

    /// The server, for whoever drives it himself.
    pub fn into_server(self) -> Server {
        self.server
    }
}

fn server(config: &HttpConfig, listener: TcpListener, service: Service, web: Web) -> anyhow::Result<Server> {
    let document = openapi_document();
    let without_query = Data::new(parameters::WithoutQuery::of(&document));
    let document = Data::new(Document(document));
    let (web, visitors) = (Data::new(web), Data::new(Visitors::default()));
    let workers = config.http_workers.unwrap_or_else(|| thread::available_parallelism().map_or(1, NonZero::get));
    let server = HttpServer::new(move || {
        let (app, _) = App::new()
            .into_utoipa_app()
            .app_data(Data::new(service.clone()))
            .app_data(web.clone())
            .app_data(visitors.clone())
            .app_data(document.clone())
            .app_data(without_query.clone())
            .app_data(Kept::by_one_of(workers))
            .map(|app| app.service(docs::get_document))
            .service(scope(BASE_PATH).configure(operations_of_all_domains).configure(unknown_addresses))
            .split_for_parts();
        app.configure(docs::routes)
            .configure(page::routes)
            .wrap(from_fn(worker::bell::ring_after_changes))
            .wrap(from_fn(parameters::refuse_unknown))
            .wrap(from_fn(compression::compress))
            .wrap(from_fn(kept::keep))
            .wrap(from_fn(limits::keep))
            .wrap(from_fn(csrf::protect))
            .wrap(from_fn(identity::identify))
            .wrap(from_fn(denials::note))
            .wrap(from_fn(fallback::refuse_unknown_methods))
            .wrap(from_fn(problem::finish))
            .wrap(from_fn(page::show_failure))
            .wrap(from_fn(head::answer_as_get))
            .wrap(from_fn(headers::add))
            .wrap(TracingLogger::<telemetry::RequestSpan>::new())
            .wrap(from_fn(kept::give))
    })
    .on_connect(connections::bound_by(config.reader_timeout))
    .disable_signals()
    .workers(workers)
    .shutdown_timeout(config.shutdown_timeout.as_secs())
    .client_request_timeout(Duration::from_secs(10));
    Ok(server.listen(listener)?.run())
}

fn operations_of_all_domains(config: &mut ServiceConfig<'_>) {
    login::routes(config);
    overview::routes(config);
    hearings::routes(config);
    participants::routes(config);
    responses::routes(config);
    employees::routes(config);
    catalogue::routes(config);
    audit_log::routes(config);
    jobs::routes(config);
    integrations::routes(config);
    operations::routes(config);
}

fn unknown_addresses(config: &mut ServiceConfig<'_>) {
    config.default_service(to(fallback::unknown));
}

/// The OpenAPI document of this build, as it is served and checked in.
#[must_use]
pub fn openapi_document() -> String {
    let (_, document) = App::new()
        .into_utoipa_app()
        .openapi(document::skeleton())
        .service(scope(BASE_PATH).configure(operations_of_all_domains))
        .split_for_parts();
    document::complete(&document)
}
