//! `agora demo`: everything in one process tree, with made-up data. What it starts, it stops.

use std::{
    env,
    fs::{self, File},
    io::{self, Write},
    net::TcpListener,
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};

use anyhow::Context;
use clap::{Args, Parser};
use diesel_async::{AsyncConnection, AsyncPgConnection};
use postgres::{Cluster, Durability};

use super::{NeedsFixing, checked};
use crate::{
    application::Application,
    assembly::Substitutes,
    clock::Clock,
    config::Config,
    db::{migrations, provision},
    http::cookies::new_token,
    ports::files::LocalFiles,
    secret::Secret,
    seed, telemetry,
};

const DATABASE: &str = "agora";

// What is kept beside the database.
const MAIL: &str = "mail";
const FILES: &str = "files";
const DATABASE_URL: &str = "database-url";
const SECRET_KEY: &str = "secret-key";
const AUDIT_HEADS: &str = "audit-heads.jsonl";

/// What `agora demo` can be told.
#[derive(Debug, Args)]
pub(super) struct Demo {
    /// The port to serve on, at 127.0.0.1.
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// The folder with the built page.
    #[arg(long, env = "AGORA_WEB_ROOT")]
    web_root: Option<PathBuf>,
    /// The folder the database, the mails and the files are kept in.
    #[arg(long)]
    data: Option<PathBuf>,
    /// Throw the data of earlier runs away and start over.
    #[arg(long)]
    reset: bool,
}

/// The configuration's defaults come from where they are documented.
#[derive(Debug, Parser)]
struct Defaults {
    #[command(flatten)]
    config: Config,
}

impl Demo {
    pub(super) fn run(self) -> anyhow::Result<()> {
        check_port(self.port)?;
        let directory = self.data.clone().unwrap_or_else(|| postgres::default_directory("demo"));
        let database = directory.join("database");
        if self.reset {
            postgres::remove(&database).context("the data of earlier runs cannot be thrown away")?;
            remove_the_rest(&directory).context("what lies beside the data of earlier runs cannot be removed")?;
        }
        fs::create_dir_all(&directory).with_context(|| format!("cannot make {}", directory.display()))?;
        println!("Starting a private PostgreSQL in {} ...", database.display());
        let cluster = Cluster::start(&database, Durability::Durable).map_err(needs_installing)?;
        // A new one at each start: nobody but this process needs to know it.
        let password = new_token().replace(['-', '_'], "x");
        let config = self.config(&cluster, &password, &directory)?;
        telemetry::start(config.http.log_format, &config.http.log)?;
        let files = LocalFiles::open(&directory.join(FILES)).context("the folder for files cannot be made")?;
        super::runtime()?.block_on(prepare(&cluster, &password, &files))?;
        let served = actix_web::rt::System::new().block_on(async {
            let substitutes = Substitutes { demo: true, ..Substitutes::default() };
            let application = Application::build(&config, checked(&config)?, substitutes)?;
            self.welcome(&directory);
            application.run().await
        });
        println!("Stopping PostgreSQL ...");
        cluster.stop().context("PostgreSQL did not stop")?;
        served
    }

    fn config(&self, cluster: &Cluster, password: &str, directory: &Path) -> anyhow::Result<Config> {
        let Defaults { mut config } = Defaults::try_parse_from(["agora"])?;
        let url = format!("postgres://{}:{password}@127.0.0.1:{}/{DATABASE}", provision::LOGIN, cluster.port());
        write_secret(&directory.join(DATABASE_URL), &url)?;
        config.database.database_url = Some(url.into());
        config.session.secret_key = Some(secret_key(&directory.join(SECRET_KEY))?);
        config.audit.audit_heads = Some(directory.join(AUDIT_HEADS));
        config.mail.mail_directory = Some(directory.join(MAIL));
        config.files.files = Some(directory.join(FILES).display().to_string());
        config.http.listen = ([127, 0, 0, 1], self.port).into();
        config.http.public_url = format!("http://127.0.0.1:{}", self.port).parse()?;
        config.http.web_root = self.web_root.clone();
        config.http.log = "warn".to_owned();
        Ok(config)
    }

    fn welcome(&self, directory: &Path) {
        println!("\nAgora is ready: http://127.0.0.1:{}", self.port);
        println!("The API:        http://127.0.0.1:{}/api/docs", self.port);
        println!(
            "\nLog in as one of these, by a click on the login page (made-up people, password {}):",
            seed::PASSWORD
        );
        for person in seed::demo_people() {
            println!("  {:<10} {:<24} {}", person.username, person.name, person.description);
        }
        let agora = env::current_exe().map_or_else(|_| "agora".to_owned(), |path| path.display().to_string());
        let file = |name| directory.join(name).display().to_string();
        println!("\nProve the audit log, in another terminal:");
        println!("  {agora} audit verify --database-url-file {} \\", file(DATABASE_URL));
        println!("    --secret-key-file {} --heads {}", file(SECRET_KEY), file(AUDIT_HEADS));
        println!("\nStop with Ctrl-C. The data stays; `--reset` starts over.\n");
    }
}

fn remove_the_rest(directory: &Path) -> io::Result<()> {
    let removals = [
        fs::remove_dir_all(directory.join(MAIL)),
        fs::remove_dir_all(directory.join(FILES)),
        fs::remove_file(directory.join(DATABASE_URL)),
        fs::remove_file(directory.join(SECRET_KEY)),
        fs::remove_file(directory.join(AUDIT_HEADS)),
    ];
    removals
        .into_iter()
        .filter(|removal| !matches!(removal, Err(error) if error.kind() == io::ErrorKind::NotFound))
        .collect()
}

/// The key of earlier runs, or a new one: what was sealed with it in the audit log shall stay provable.
fn secret_key(path: &Path) -> anyhow::Result<Secret> {
    if !path.exists() {
        write_secret(path, &new_token())?;
    }
    Secret::from_file(path).with_context(|| format!("cannot read {}", path.display()))
}

/// Writes a file that only its owner may read.
fn write_secret(path: &Path, secret: &str) -> anyhow::Result<()> {
    let write = || -> io::Result<()> {
        let mut file = File::options().write(true).create(true).truncate(true).mode(0o600).open(path)?;
        file.write_all(secret.as_bytes())
    };
    write().with_context(|| format!("cannot write {}", path.display()))
}

/// Before anything is started: a port in use is the commonest thing to go wrong.
fn check_port(port: u16) -> anyhow::Result<()> {
    match TcpListener::bind(("127.0.0.1", port)) {
        Ok(_) => Ok(()),
        Err(error) => {
            let sentence =
                format!("port {port} is not free ({error}). Choose another one: --port {}", port.wrapping_add(1));
            Err(NeedsFixing(sentence).into())
        }
    }
}

fn needs_installing(error: postgres::Error) -> anyhow::Error {
    match error {
        postgres::Error::NotInstalled => NeedsFixing(error.to_string()).into(),
        other => other.into(),
    }
}

async fn prepare(cluster: &Cluster, password: &str, files: &LocalFiles) -> anyhow::Result<()> {
    provision::database(&cluster.url("postgres"), DATABASE).await.context("the database cannot be made")?;
    let owner = cluster.url(DATABASE);
    migrations::run(&owner).await.context("migrating failed")?;
    provision::service_login(&owner, password).await.context("the service's login cannot be made")?;
    let mut conn = AsyncPgConnection::establish(&owner).await.context("the database does not answer")?;
    seed::demo(&mut conn, files, Clock::default().now()).await.context("the made-up data cannot be written")?;
    Ok(())
}
