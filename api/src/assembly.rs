//! Puts the service together from its configuration: which adapter stands behind which port.

use std::{path::PathBuf, sync::Arc};

use crate::{
    clock::Clock,
    config::{Checked, Config},
    db::Pool,
    heavy::Turns,
    login::BuiltInAccounts,
    ports::{self, files::FileStore, identity::IdentityProvider, mail::Mail},
    seed,
    service::{Adapters, Service},
};

/// What differs between the service, its demonstration and its tests.
#[derive(Default)]
pub struct Substitutes {
    /// Another clock.
    pub clock: Clock,
    /// Another mail adapter.
    pub mail: Option<Arc<dyn Mail>>,
    /// Another file store.
    pub files: Option<Arc<dyn FileStore>>,
    /// Another program that looks at files than this one.
    pub looking: Option<PathBuf>,
    /// Other turns at hashing passwords, but for those of known devices.
    pub hashing: Option<Turns>,
    /// Offer the demonstration's people at login.
    pub demo: bool,
}

/// The service of a configuration. Connects to nothing yet.
///
/// # Errors
/// When there can be no pool of connections, or an adapter cannot be made.
pub fn service(config: &Config, checked: Checked, substitutes: Substitutes) -> anyhow::Result<Service> {
    ports::choose_cryptography();
    let Substitutes { clock, mail, files, looking, hashing, demo } = substitutes;
    let pool = Pool::new(
        checked.database.clone(),
        config.database.database_connections,
        config.database.database_wait,
        config.database.statement_timeout,
    )?;
    let built_in = || Arc::new(BuiltInAccounts::new(pool.clone(), hashing)) as Arc<dyn IdentityProvider>;
    let identity_provider = (config.session.built_in_accounts || demo).then(built_in);
    let demo_people = if demo { seed::demo_people() } else { Vec::new() };
    let adapters = Adapters { clock, mail, files, identity_provider, looking, demo_people };
    Service::new(config, checked, pool, adapters)
}
