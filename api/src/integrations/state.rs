//! Asks what is behind each port how it is.

use std::error::Error;

use openapi::integrations::{Integration, IntegrationList, IntegrationState, Port};

use crate::{
    attachments::losses,
    ports::files::{self, StoreError},
    service::Service,
};

/// Every port, in the order of the contract.
pub(super) async fn integrations(service: &Service) -> IntegrationList {
    let (mail, store, lost) = tokio::join!(service.mail().check(), files::check(service.files()), lost_files(service));
    let items = vec![
        identity_provider(service),
        asked(Port::Mail, service.mail().adapter(), mail, "mails cannot be handed over"),
        file_store(service, store, lost),
        virus_scanner(service),
    ];
    IntegrationList { items }
}

fn identity_provider(service: &Service) -> Integration {
    match service.identity_provider() {
        Some(provider) => integration(Port::IdentityProvider, provider.describe().kind.as_str(), Ok(())),
        None => off(Port::IdentityProvider, "nobody can log in"),
    }
}

/// How many files are known to be lost; nothing when the database is away, which says so itself.
async fn lost_files(service: &Service) -> Option<u64> {
    let conn = service.connection().await.ok()?;
    losses::count(&conn).await.ok()
}

fn file_store(service: &Service, store: Result<(), StoreError>, lost_files: Option<u64>) -> Integration {
    let full = matches!(store, Err(StoreError::Full(_)));
    let asked = asked(Port::FileStore, service.files().adapter(), store, "files cannot be kept or fetched");
    let (state, detail) = match asked.state {
        _ if full => (IntegrationState::Full, Some("there is no room for more files".to_owned())),
        IntegrationState::Ok if lost_files > Some(0) => {
            (IntegrationState::Incomplete, Some("files are lost: `agora files verify` names them".to_owned()))
        }
        state => (state, asked.detail),
    };
    Integration { state, detail, lost_files, ..asked }
}

fn virus_scanner(service: &Service) -> Integration {
    match service.virus_scanner().adapter() {
        "none" => off(Port::VirusScanner, "files are marked as not scanned"),
        adapter => integration(Port::VirusScanner, adapter, Ok(())),
    }
}

/// What was asked, and what that means; why it is so stands in the log, because it may name places and people.
fn asked(port: Port, adapter: &str, answer: Result<(), impl Error + 'static>, meaning: &str) -> Integration {
    if let Err(error) = &answer {
        tracing::warn!(%port, adapter, error = error as &dyn Error, "an integration does not work");
    }
    integration(port, adapter, answer.map_err(|_| meaning))
}

fn integration(port: Port, adapter: &str, works: Result<(), &str>) -> Integration {
    let state = if works.is_ok() { IntegrationState::Ok } else { IntegrationState::Failing };
    Integration {
        port,
        adapter: adapter.to_owned(),
        state,
        detail: works.err().map(ToOwned::to_owned),
        lost_files: None,
    }
}

fn off(port: Port, meaning: &str) -> Integration {
    let detail = Some(meaning.to_owned());
    Integration { port, adapter: "none".to_owned(), state: IntegrationState::Off, detail, lost_files: None }
}
