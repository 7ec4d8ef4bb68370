//! What the installation is connected to, and whether it works.

use openapi::{
    integrations::{Integration, IntegrationState, Port},
    session::GlobalRole,
};
use yew::prelude::*;

use crate::{
    components::{Badge, BadgeKind, Button, ButtonKind, Column, Page, RemoteView, Row, Table},
    hooks::use_remote,
    i18n::{I18n, key, use_i18n},
    pages::Restricted,
    t,
};

/// The list of integrations.
#[component]
pub fn Integrations() -> Html {
    let i18n = use_i18n();
    let title = t!(i18n, "integrations-title");
    html! {
        <Restricted title={title.clone()} login={t!(i18n, "integrations-login")} role={GlobalRole::Administrator}>
            <Page {title} crumbs={Some(vec![])}>
                <p class="lead">{ t!(i18n, "integrations-lead") }</p>
                <Ports />
            </Page>
        </Restricted>
    }
}

/// Every port with what is behind it.
#[component]
fn Ports() -> Html {
    let i18n = use_i18n();
    let integrations = use_remote((), |api, ()| async move { api.list_integrations().await });
    let rows: Vec<Row> =
        integrations.data().map(|list| list.items.iter().map(|item| row(item, &i18n)).collect()).unwrap_or_default();
    let columns = vec![
        Column::text(t!(i18n, "integrations-column-port")),
        Column::text(t!(i18n, "integrations-column-adapter")),
        Column::text(t!(i18n, "integrations-column-state")),
    ];
    html! {
        <RemoteView remote={integrations.status()} what={t!(i18n, "what-integrations")}>
            <Table caption={t!(i18n, "integrations-title")} {columns} {rows} />
            <div class="actions">
                <Button kind={ButtonKind::Secondary} icon="refresh" on_press={integrations.reload()}>
                    { t!(i18n, "integrations-again") }
                </Button>
            </div>
        </RemoteView>
    }
}

fn row(integration: &Integration, i18n: &I18n) -> Row {
    let (badge, state) = state(integration.state);
    Row {
        key: integration.port.as_str().into(),
        cells: vec![
            html! { t!(i18n, port(integration.port)) },
            html! { adapter(&integration.adapter, i18n) },
            html! {
                <>
                    <Badge kind={badge} text={t!(i18n, state)} />
                    if let Some(meaning) = meaning(integration) {
                        <p>{ t!(i18n, meaning) }</p>
                    }
                    if let Some(count @ 1..) = integration.lost_files {
                        <p>{ t!(i18n, "files-lost", count = count) }</p>
                    }
                </>
            },
        ],
    }
}

fn port(port: Port) -> &'static str {
    match port {
        Port::IdentityProvider => key("port-identity-provider"),
        Port::Mail => key("port-mail"),
        Port::FileStore => key("port-file-store"),
        Port::VirusScanner => key("port-virus-scanner"),
        Port::Unknown => key("unknown-value"),
    }
}

/// What is behind a port; what is unknown here keeps its name.
fn adapter(name: &str, i18n: &I18n) -> AttrValue {
    match name {
        "built_in" => t!(i18n, "adapter-built-in"),
        "file" => t!(i18n, "adapter-file"),
        "local" => t!(i18n, "adapter-local"),
        "s3" => t!(i18n, "adapter-s3"),
        "none" => t!(i18n, "adapter-none"),
        other => other.to_owned().into(),
    }
}

fn state(state: IntegrationState) -> (BadgeKind, &'static str) {
    match state {
        IntegrationState::Ok => (BadgeKind::Success, key("integration-ok")),
        IntegrationState::Full => (BadgeKind::Error, key("integration-full")),
        IntegrationState::Incomplete => (BadgeKind::Error, key("integration-incomplete")),
        IntegrationState::Failing => (BadgeKind::Error, key("integration-failing")),
        IntegrationState::Off => (BadgeKind::Warning, key("integration-off")),
        IntegrationState::Unknown => (BadgeKind::Info, key("unknown-value")),
    }
}

/// What it means for people that a port is not as it should be.
fn meaning(integration: &Integration) -> Option<&'static str> {
    match (integration.port, integration.state) {
        (_, IntegrationState::Ok | IntegrationState::Incomplete | IntegrationState::Unknown) | (Port::Unknown, _) => {
            None
        }
        (Port::FileStore, IntegrationState::Full) => Some(key("file-store-full")),
        (Port::VirusScanner, _) => Some(key("without-virus-scanner")),
        (Port::IdentityProvider, _) => Some(key("without-identity-provider")),
        (Port::Mail, _) => Some(key("without-mail")),
        (Port::FileStore, _) => Some(key("without-file-store")),
    }
}
