//! A private PostgreSQL with the data sets. They are made once and kept as templates; each run gets a copy.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use postgres::{Cluster, Durability};
use sha2::{Digest, Sha256};
use walkdir::WalkDir;

use crate::bench::process;
use crate::{run, workspace};

/// The role the service runs as here.
pub(super) const SERVICE: &str = "agora_bench";

/// Settings for a server that has the machine to itself for a while. The log tells who did something: statements are
/// read from it.
const SETTINGS: [&str; 5] =
    ["shared_buffers=512MB", "max_wal_size=4GB", "checkpoint_timeout=30min", "jit=off", "log_line_prefix=<%u> "];

/// The data sets of `agora seed`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DataSet {
    Small,
    Large,
}

impl DataSet {
    fn name(self) -> &'static str {
        match self {
            Self::Small => "small",
            Self::Large => "large",
        }
    }
}

/// The server that everything is measured on.
#[derive(Debug)]
pub(super) struct Database {
    cluster: Cluster,
    /// Of the service's login: a new one at each start, because nobody else needs to know it.
    password: String,
}

impl Database {
    /// Starts it where it was left the last time.
    pub(super) fn start() -> Result<Self> {
        let directory = postgres::default_directory("bench");
        println!("Starting a private PostgreSQL in {} ...", directory.display());
        let cluster = Cluster::start_with(&directory, Durability::Durable, &SETTINGS)?;
        let mut database = Self { cluster, password: String::new() };
        database.password = database.query("postgres", "SELECT gen_random_uuid()")?;
        if !database.any("postgres", &format!("SELECT FROM pg_roles WHERE rolname = '{SERVICE}'"))? {
            database.execute("postgres", &format!("CREATE ROLE {SERVICE} LOGIN"))?;
        }
        let password = &database.password;
        database.execute("postgres", &format!("ALTER ROLE {SERVICE} PASSWORD '{password}'"))?;
        Ok(database)
    }

    /// The URL of a database for the service.
    pub(super) fn service_url(&self, name: &str) -> String {
        format!("postgres://{SERVICE}:{}@127.0.0.1:{}/{name}", self.password, self.cluster.port())
    }

    /// Makes a database with a data set, by the server that is measured.
    pub(super) fn seed(&self, agora: &Path, set: DataSet, name: &str) -> Result<()> {
        self.execute("postgres", &format!("CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'"))?;
        let agora = |arguments: &[&str]| {
            run::visibly(Command::new(agora).args(arguments).env("AGORA_OWNER_DATABASE_URL", self.cluster.url(name)))
        };
        agora(&["migrate"])?;
        self.execute(name, &format!("GRANT agora_service TO {SERVICE}"))?;
        agora(&["seed", set.name()])
    }

    /// Makes a copy of the small data set called `name`, seeding it first if this build's tables have none yet.
    pub(super) fn copy_of_small(&self, agora: &Path, name: &str) -> Result<()> {
        // Other tables, other data: the template is named after what made it.
        let template = format!("small_{}", fingerprint()?);
        if !self.exists(&template)? {
            self.drop_all_like("small_%")?;
            let unfinished = format!("{template}_unfinished");
            self.seed(agora, DataSet::Small, &unfinished)?;
            self.execute("postgres", &format!("ALTER DATABASE {unfinished} RENAME TO {template}"))?;
        }
        self.drop(name)?;
        self.execute("postgres", &format!("CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy"))
    }

    /// Removes a database and everybody in it, if there is one.
    pub(super) fn drop(&self, name: &str) -> Result<()> {
        self.execute("postgres", &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
    }

    fn drop_all_like(&self, pattern: &str) -> Result<()> {
        let names =
            self.query("postgres", &format!("SELECT datname FROM pg_database WHERE datname LIKE '{pattern}'"))?;
        names.lines().try_for_each(|name| self.drop(name))
    }

    fn exists(&self, name: &str) -> Result<bool> {
        self.any("postgres", &format!("SELECT FROM pg_database WHERE datname = '{name}'"))
    }

    fn any(&self, database: &str, sql: &str) -> Result<bool> {
        Ok(self.query(database, &format!("SELECT count(*) FROM ({sql}) AS found"))? != "0")
    }

    /// Carries something out.
    pub(super) fn execute(&self, database: &str, sql: &str) -> Result<()> {
        self.query(database, sql).map(drop)
    }

    /// Asks for rows: a line each, its columns apart by `|`.
    pub(super) fn query(&self, database: &str, sql: &str) -> Result<String> {
        let mut psql = self.cluster.client("psql", database);
        psql.args([
            "--no-psqlrc",
            "--quiet",
            "--tuples-only",
            "--no-align",
            "--set",
            "ON_ERROR_STOP=1",
            "--command",
            sql,
        ]);
        Ok(run::output(&mut psql)?.trim_end().to_owned())
    }

    /// One of PostgreSQL's own programs, in a database.
    pub(super) fn client(&self, program: &str, database: &str) -> Command {
        self.cluster.client(program, database)
    }

    /// Seconds of processor time it has used for all its databases.
    pub(super) fn cpu_seconds(&self) -> f64 {
        process::cpu_seconds(self.cluster.pid())
    }

    /// Where its log is.
    pub(super) fn log(&self) -> Result<PathBuf> {
        self.cluster.log().context("the database keeps a log")
    }

    pub(super) fn stop(self) -> Result<()> {
        Ok(self.cluster.stop()?)
    }
}

/// Eight letters that change with the tables and with what fills them.
fn fingerprint() -> Result<String> {
    let mut hash = Sha256::new();
    for folder in ["migrations", "api/src/seed"] {
        for entry in WalkDir::new(workspace::root().join(folder)).sort_by_file_name() {
            let entry = entry?;
            if entry.file_type().is_file() {
                hash.update(fs::read(entry.path())?);
            }
        }
    }
    Ok(hex::encode(hash.finalize()).chars().take(8).collect())
}
