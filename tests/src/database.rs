//! PostgreSQL for the tests: one server a process, one migrated template, a copy of it for each test.

use std::{env, path::PathBuf, sync::OnceLock, time::Duration};

use api::db::{migrations, provision};
use postgres::{Cluster, Durability};
use rustix::process::{Pid, Signal, kill_process};
use tokio::sync::{OnceCell, mpsc};
use tokio_postgres::{AsyncMessage, Client, NoTls, Notification};
use url::Url;
use uuid::Uuid;

use crate::people;

/// The password of the login that the service under test runs as.
const SERVICE_PASSWORD: &str = "agoratests";

/// A test's own database.
pub struct Database {
    name: String,
    owner: Client,
    /// The address of the server's superuser.
    server: String,
    /// The server and its folder, when it is this database's alone.
    cluster: Option<(Cluster, PathBuf)>,
}

impl Database {
    /// A new one, migrated and peopled.
    pub async fn create() -> Self {
        let template = template().await;
        let name = format!("agora_test_{}", Uuid::now_v7().simple());
        let statement = format!("CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY");
        server().await.batch_execute(&statement).await.expect("the template can be copied");
        Self::of_the_common_server(name).await
    }

    /// A new one, migrated and peopled, on a PostgreSQL of its own, which can be restarted.
    pub async fn create_alone() -> Self {
        let name = format!("agora_test_{}", Uuid::now_v7().simple());
        let folder = env::temp_dir().join(&name);
        // Durable: what was acknowledged before a crash must be there after it, as in a real installation.
        let start = || {
            let cluster = Cluster::start(&folder, Durability::Durable).expect("a private PostgreSQL can be started");
            (cluster, folder)
        };
        let (cluster, folder) = tokio::task::spawn_blocking(start).await.unwrap();
        let server = cluster.url("postgres");
        let owner = people_a_new_one(&server, &name).await;
        Self { name, owner, server, cluster: Some((cluster, folder)) }
    }

    async fn of_the_common_server(name: String) -> Self {
        let server = server_url().to_owned();
        Self { owner: connect(&at(&server, &name)).await, name, server, cluster: None }
    }

    /// A new one with nothing in it.
    pub async fn create_empty() -> Self {
        template().await;
        let name = format!("agora_test_{}", Uuid::now_v7().simple());
        server().await.batch_execute(&format!("CREATE DATABASE {name} TEMPLATE template0")).await.unwrap();
        Self::of_the_common_server(name).await
    }

    /// Restarts its PostgreSQL, and does something while there is none.
    pub async fn restart(&mut self, meanwhile: impl FnOnce() + Send + 'static) {
        let (mut cluster, folder) = self.cluster.take().expect("the database has a PostgreSQL of its own");
        let restart = move || {
            cluster.restart(meanwhile).expect("PostgreSQL starts again");
            (cluster, folder)
        };
        self.cluster = Some(tokio::task::spawn_blocking(restart).await.unwrap());
        self.reconnect().await;
    }

    /// Kills a process of PostgreSQL that works for the service: all others end too, and what was under way is undone.
    pub async fn crash(&mut self) {
        let working = "SELECT pid FROM pg_stat_activity WHERE usename = $1 LIMIT 1";
        let pid: i32 = self.owner.query_one(working, &[&provision::LOGIN]).await.unwrap().get(0);
        kill_process(Pid::from_raw(pid).expect("a process's id"), Signal::KILL).expect("it runs");
        // It ends our connection too, and takes new ones only when it has recovered.
        while self.owner.simple_query("SELECT").await.is_ok() {}
        self.reconnect().await;
    }

    async fn reconnect(&mut self) {
        let url = self.owner_url();
        self.owner = loop {
            match tokio_postgres::connect(&url, NoTls).await {
                Ok((client, connection)) => {
                    tokio::spawn(connection);
                    break client;
                }
                Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
            }
        };
    }

    /// A connection as the owner of the tables, for looking and for what no operation can do.
    #[must_use]
    pub fn owner(&self) -> &Client {
        &self.owner
    }

    /// A connection as the restricted login that the service uses.
    pub async fn service(&self) -> Client {
        connect(&self.service_url()).await
    }

    /// Another connection as the owner of the tables, for transactions beside the first.
    pub async fn another_owner(&self) -> Client {
        connect(&self.owner_url()).await
    }

    /// What is notified on a channel from now on.
    pub async fn listen(&self, channel: &str) -> Listener {
        let (client, mut connection) = tokio_postgres::connect(&self.owner_url(), NoTls).await.unwrap();
        let (hear, heard) = mpsc::unbounded_channel();
        tokio::spawn(async move {
            while let Some(Ok(message)) = std::future::poll_fn(|context| connection.poll_message(context)).await {
                if let AsyncMessage::Notification(notification) = message {
                    let _ = hear.send(notification);
                }
            }
        });
        client.batch_execute(&format!("LISTEN {channel}")).await.unwrap();
        Listener { heard, _client: client }
    }

    /// Waits until a statement waits for a lock that another one has.
    pub async fn until_somebody_waits_for_a_lock(&self) {
        self.until_so_many_wait_for_a_lock(1).await;
    }

    /// Waits until so many statements wait for locks. They get a row's in the order in which they came.
    pub async fn until_so_many_wait_for_a_lock(&self, number: i64) {
        let waiting = "pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
        while self.count(waiting).await < number {
            tokio::task::yield_now().await;
        }
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The address as the owner of the tables.
    #[must_use]
    pub fn owner_url(&self) -> String {
        at(&self.server, &self.name)
    }

    /// The address as the restricted login that the service uses.
    #[must_use]
    pub fn service_url(&self) -> String {
        let mut url = Url::parse(&self.owner_url()).expect("the server's address is a URL");
        url.set_username(provision::LOGIN).expect("the server's address can have a user");
        url.set_password(Some(SERVICE_PASSWORD)).expect("the server's address can have a password");
        url.into()
    }

    /// How many rows a condition finds, for a test that looks behind the interface.
    pub async fn count(&self, from: &str) -> i64 {
        self.owner.query_one(&format!("SELECT count(*) FROM {from}"), &[]).await.unwrap().get(0)
    }

    /// What is in every table that a request can change, as one value: equal before and after what must not change
    /// anything. Left out is what a refused request may leave: its tally, a failed log-in, the use of a session.
    pub async fn fingerprint(&self) -> String {
        let tables = [
            "account",
            "account_role",
            "credential",
            "known_device",
            "hearing",
            "hearing_section",
            "hearing_role",
            "hearing_revocation",
            "hearing_boundary",
            "hearing_document",
            "hearing_image_size",
            "draft",
            "draft_attachment",
            "response",
            "response_version",
            "response_attachment",
            "audit_entry",
            "audit_value",
            "audit_seal",
            "audit_unsealed",
            "job",
            "idempotency_key",
        ];
        let whole =
            tables.map(|table| format!("(SELECT md5(string_agg(r::text, ',' ORDER BY r::text)) FROM {table} AS r)"));
        let sessions =
            "(SELECT md5(string_agg(id::text || coalesce(revoked_at::text, ''), ',' ORDER BY id)) FROM session)";
        // One that nothing refers to goes by itself.
        let files = "(SELECT md5(string_agg(file::text, ',' ORDER BY id)) FROM file WHERE file_is_used(id))";
        let statement = format!("SELECT concat_ws('-', {}, {sessions}, {files})", whole.join(", "));
        self.owner.query_one(&statement, &[]).await.unwrap().get(0)
    }

    /// Takes the database away from the service, as if its server had gone, or gives it back. The owner's own
    /// connections stay.
    pub async fn set_away(&self, away: bool) {
        let Self { name, .. } = self;
        let server = server().await;
        server.batch_execute(&format!("ALTER DATABASE {name} ALLOW_CONNECTIONS {}", !away)).await.unwrap();
        if away {
            let end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1 AND usename = $2";
            server.execute(end, &[name, &provision::LOGIN]).await.unwrap();
        }
    }

    /// Removes the database, whoever is still connected.
    pub async fn remove(self) {
        let Self { name, owner, cluster, .. } = self;
        drop(owner);
        if let Some((cluster, folder)) = cluster {
            let remove = move || {
                cluster.stop().expect("PostgreSQL stops");
                postgres::remove(&folder).expect("its folder can be removed");
            };
            return tokio::task::spawn_blocking(remove).await.unwrap();
        }
        server().await.batch_execute(&format!("DROP DATABASE {name} WITH (FORCE)")).await.unwrap();
    }
}

/// Hears what is notified on a channel.
pub struct Listener {
    heard: mpsc::UnboundedReceiver<Notification>,
    _client: Client,
}

impl Listener {
    /// What the next notification says; waits for it.
    pub async fn next(&mut self) -> String {
        self.heard.recv().await.expect("the connection that listens lives").payload().to_owned()
    }
}

/// The superuser's address of the server: the one whoever runs the tests has brought, or a private one that ends with
/// this process.
fn server_url() -> &'static str {
    static URL: OnceLock<String> = OnceLock::new();
    static CLUSTER: OnceLock<Cluster> = OnceLock::new();
    URL.get_or_init(|| match env::var("AGORA_TEST_DATABASE_URL") {
        Ok(url) => url,
        Err(_) => {
            let cluster = CLUSTER.get_or_init(|| Cluster::temporary().expect("a private PostgreSQL can be started"));
            cluster.url("postgres")
        }
    })
}

/// The address of a database on a server.
fn at(server: &str, database: &str) -> String {
    let mut url = Url::parse(server).expect("the server's address is a URL");
    url.set_path(database);
    url.into()
}

async fn server() -> Client {
    connect(server_url()).await
}

async fn connect(url: &str) -> Client {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await.expect("the database answers");
    tokio::spawn(connection);
    client
}

/// Makes a database, migrates and peoples it; gives a connection as its owner.
async fn people_a_new_one(server: &str, name: &str) -> Client {
    let url = at(server, name);
    provision::database(server, name).await.expect("a database can be made");
    migrations::run(&url).await.expect("the migrations run");
    provision::service_login(&url, SERVICE_PASSWORD).await.expect("the service's login can be made");
    let owner = connect(&url).await;
    people::move_in(&owner).await;
    owner
}

/// Migrates and peoples the template, once a process. Where a server was brought along, one template a run stays there.
async fn template() -> &'static str {
    static TEMPLATE: OnceCell<String> = OnceCell::const_new();
    let make = async || {
        let name = format!("agora_template_{}", Uuid::now_v7().simple());
        drop(people_a_new_one(server_url(), &name).await);
        // Nobody may be connected to a database that is copied.
        let close = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1";
        server().await.execute(close, &[&name]).await.unwrap();
        name
    };
    TEMPLATE.get_or_init(make).await
}
