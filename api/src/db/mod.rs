//! The database: the pool, the tables as diesel knows them, migrations.

mod address;
mod drivers;
pub mod migrations;
mod prepared;
mod protection;
pub mod provision;
pub mod schema;
pub mod state;
mod tls;

use std::{
    error::Error as _,
    io,
    ops::{Deref, DerefMut},
    time::Duration,
};

use ::deadpool::managed::{HookError, QueueMode};
use diesel::{ConnectionError, ConnectionResult, IntoSql, sql_types::Integer};
use diesel_async::{
    AsyncPgConnection, RunQueryDsl, SimpleAsyncConnection,
    pooled_connection::{
        AsyncDieselConnectionManager, ManagerConfig, PoolableConnection, RecyclingMethod,
        deadpool::{self, Hook},
    },
};
use tokio::time::timeout;

pub(crate) use self::address::is_loopback;
use self::drivers::Drivers;
pub use self::{
    address::{Address, AddressError, Driver},
    prepared::{Prepare, Prepared},
    protection::Protection,
    tls::TlsError,
};

/// How long nobody has to have used a connection for it to be asked whether it is still there.
const FRESH: Duration = Duration::from_secs(1);

type Manager = AsyncDieselConnectionManager<AsyncPgConnection>;
type HookResult = ::deadpool::managed::HookResult<<Manager as ::deadpool::managed::Manager>::Error>;

/// A connection to PostgreSQL.
pub type Connection = AsyncPgConnection;

/// A connection that several statements are sent over at once: `try_join!` the futures that load them. Each is carried
/// out when the one before is done; what is saved is waiting for its answer before the next one leaves.
pub type Shared<'a> = &'a AsyncPgConnection;

/// A connection that goes back to its pool when dropped, unless a transaction is open in it: a client that went away
/// in the middle must not leave a row locked for everybody else. Then it is closed, and PostgreSQL rolls back.
pub struct Pooled(Option<deadpool::Object<AsyncPgConnection>>);

impl Deref for Pooled {
    type Target = AsyncPgConnection;

    #[allow(clippy::expect_used, reason = "it is taken out by `drop` alone")]
    fn deref(&self) -> &AsyncPgConnection {
        self.0.as_ref().expect("the connection is here until it is dropped")
    }
}

impl DerefMut for Pooled {
    #[allow(clippy::expect_used, reason = "it is taken out by `drop` alone")]
    fn deref_mut(&mut self) -> &mut AsyncPgConnection {
        self.0.as_mut().expect("the connection is here until it is dropped")
    }
}

impl Drop for Pooled {
    fn drop(&mut self) {
        if let Some(mut conn) = self.0.take()
            && PoolableConnection::is_broken(&mut *conn)
        {
            drop(deadpool::Object::take(conn));
        }
    }
}

/// Why there was no connection. Always passing: the caller may come back.
#[derive(Debug, thiserror::Error)]
#[error("no connection to the database")]
pub struct Unavailable(#[source] deadpool::PoolError);

/// Why something that stands by itself, outside of a request, was not done.
#[derive(Debug, thiserror::Error)]
pub enum Failed {
    /// No connection to the database.
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
    /// The database failed.
    #[error("the database failed: {0}")]
    Database(#[from] diesel::result::Error),
}

/// Why there is no pool.
#[derive(Debug, thiserror::Error)]
pub enum PoolError {
    /// The system gives no threads.
    #[error("the system gives no threads for the connections to the database")]
    NoThreads(#[source] io::Error),
    /// Its settings contradict each other.
    #[error("the settings of the connections to the database contradict each other")]
    Settings(#[from] deadpool::BuildError),
}

/// The service's connections.
#[derive(Clone)]
pub struct Pool(deadpool::Pool<AsyncPgConnection>);

impl std::fmt::Debug for Pool {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Pool").field(&self.0.status()).finish()
    }
}

impl Pool {
    /// A pool of at most `connections`; connects when first asked.
    ///
    /// # Errors
    /// When the system gives no threads, or the settings contradict each other.
    pub fn new(
        address: Address,
        connections: usize,
        wait: Duration,
        statement_timeout: Duration,
    ) -> Result<Self, PoolError> {
        // In the database rather than around the request: what is given up there leaves a clean connection behind.
        let settings = format!(
            "SET statement_timeout = {}; SET idle_in_transaction_session_timeout = '60s'",
            statement_timeout.as_millis()
        );
        let drivers = Drivers::start().map_err(PoolError::NoThreads)?;
        let mut config = ManagerConfig::default();
        config.custom_setup = Box::new(move |_| {
            let (drivers, opening) = (drivers.clone(), open(address.clone(), settings.clone()));
            Box::pin(async move { drivers.open(opening).await })
        });
        // Whether the database closed it is known without asking.
        config.recycling_method = RecyclingMethod::Fast;
        // `custom_setup` knows the address.
        let manager = Manager::new_with_config("", config);
        let pool = deadpool::Pool::builder(manager)
            .max_size(connections)
            .runtime(::deadpool::Runtime::Tokio1)
            .wait_timeout(Some(wait))
            .create_timeout(Some(wait))
            .queue_mode(QueueMode::Lifo)
            .pre_recycle(Hook::async_fn(move |conn, metrics| Box::pin(look_after(conn, metrics.last_used(), wait))))
            .build()?;
        Ok(Self(pool))
    }

    /// A connection.
    ///
    /// # Errors
    /// [`Unavailable`] when none is free in time or the database is away.
    pub async fn get(&self) -> Result<Pooled, Unavailable> {
        self.0.get().await.map(|conn| Pooled(Some(conn))).map_err(Unavailable)
    }
}

/// Asks for a connection's answer when it has lain there for some time: a database that vanished without a word is found
/// out here, not by the request that gets the connection. In between every request would pay for the question.
async fn look_after(conn: &mut AsyncPgConnection, unused: Duration, wait: Duration) -> HookResult {
    if unused < FRESH {
        return Ok(());
    }
    let asked = diesel::select(1.into_sql::<Integer>()).get_result::<i32>(conn);
    match timeout(wait, asked).await {
        Ok(Ok(_)) => Ok(()),
        Ok(Err(error)) => Err(HookError::message(error.to_string())),
        Err(_) => Err(HookError::message("the connection does not answer")),
    }
}

async fn open(address: Address, settings: String) -> ConnectionResult<AsyncPgConnection> {
    let mut conn = address.establish().await?;
    conn.batch_execute(&settings).await.map_err(ConnectionError::CouldntSetupConfiguration)?;
    Ok(conn)
}

/// What an error of the driver says, with its cause: it tells them apart.
pub(crate) fn reason(error: &tokio_postgres::Error) -> String {
    let cause = error.source().map(|cause| format!(": {cause}")).unwrap_or_default();
    format!("{error}{cause}")
}

/// Whether an error says that the database is away, restarting or out of room rather than that something is wrong. The
/// driver passes no codes on, so that it is known by its words.
#[must_use]
pub fn is_passing(error: &diesel::result::Error) -> bool {
    use diesel::result::{DatabaseErrorKind, Error};
    match error {
        Error::DatabaseError(DatabaseErrorKind::ClosedConnection | DatabaseErrorKind::SerializationFailure, _) => true,
        Error::DatabaseError(_, information) => {
            let message = information.message();
            [
                "connection closed",
                "channel closed",
                "error communicating with the server",
                "terminating connection",
                "statement timeout",
                "lock timeout",
                "deadlock detected",
                "read-only transaction",
                "the database system is",
                // Class 53: the machine under it has no more to give for now.
                "No space left on device",
                "Disk quota exceeded",
                "could not extend file",
                "temporary file size exceeds",
                "out of memory",
                "out of shared memory",
                "too many clients already",
                "remaining connection slots are reserved",
                "too many open files",
            ]
            .iter()
            .any(|passing| message.contains(passing))
        }
        Error::BrokenTransactionManager => true,
        _ => false,
    }
}

/// The name of the constraint an error is about: they map to problem codes.
#[must_use]
pub fn violated_constraint(error: &diesel::result::Error) -> Option<&str> {
    match error {
        diesel::result::Error::DatabaseError(_, information) => information.constraint_name(),
        _ => None,
    }
}
