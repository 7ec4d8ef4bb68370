//! A cluster from start to stop.

use std::fs::{self, File};
use std::net::{Ipv4Addr, TcpListener};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::account::Account;
use crate::directory::Directory;
use crate::error::{last_lines, tells_of_full_disk};
use crate::installation::Installation;
use crate::postmaster::{self, Postmaster};
use crate::{Error, setup, temporary};

/// The superuser of every cluster made here.
pub const OWNER: &str = "agora_owner";

/// Recovery after a killed run takes seconds; whoever waits longer than this would rather read the
/// log.
const START_PATIENCE: Duration = Duration::from_secs(60);

/// How often a start is tried again when something passing was in its way.
const START_ATTEMPTS: u32 = 5;

/// Passing obstacles, as PostgreSQL's log words them: another program took the port between our
/// choosing and its using it; processes of a killed server are still about to end.
const PASSING: [&str; 3] = ["Address already in use", "is still in use", "lock file \"postmaster.pid\" already exists"];

/// What a cluster's settings have in common. Never a Unix socket: its path may be 107 bytes long at
/// most.
const SETTINGS: [&str; 7] = [
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    "max_connections=300",
    "shared_buffers=128MB",
    "timezone=UTC",
    "log_timezone=UTC",
    "lc_messages=C",
];

/// What makes a cluster fast whose data nobody misses.
const THROWAWAY_SETTINGS: [&str; 5] =
    ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "wal_level=minimal", "max_wal_senders=0"];

/// Whether the data must survive a power cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// An acknowledged commit is on the disk.
    Durable,
    /// Faster, for tests: a crash of the machine may destroy the cluster.
    Throwaway,
}

impl Durability {
    fn settings(self) -> &'static [&'static str] {
        match self {
            Self::Durable => &[],
            Self::Throwaway => &THROWAWAY_SETTINGS,
        }
    }
}

/// A running private cluster. Dropping it stops the server; on Linux so does the death of this
/// process, however it comes. The server is in a process group of its own: Ctrl-C in the terminal
/// reaches this process, not the server, which therefore lives until its user has finished.
#[derive(Debug)]
pub struct Cluster {
    /// Declared, and so dropped, before the folder whose lock says that it may run.
    postmaster: Postmaster,
    installation: Installation,
    account: Option<Account>,
    /// Beside those that all clusters have.
    settings: Vec<String>,
    port: u16,
    password: String,
    is_temporary: bool,
    /// Empty only while the folder is being removed.
    directory: Option<Directory>,
}

impl Cluster {
    /// Starts the cluster in `directory`, making it first if there is none, and returns when it
    /// accepts connections.
    ///
    /// # Errors
    ///
    /// See [`Error`]: nothing installed, folder in use or out of reach, full disk, or a server that
    /// does not start.
    pub fn start(directory: &Path, durability: Durability) -> Result<Self, Error> {
        Self::start_with(directory, durability, &[])
    }

    /// The same with settings of one's own: `["work_mem=64MB"]`.
    ///
    /// # Errors
    ///
    /// As [`Cluster::start`].
    pub fn start_with(directory: &Path, durability: Durability, settings: &[&str]) -> Result<Self, Error> {
        let account = Account::needed()?;
        let directory = Directory::open(directory)?;
        directory.give_to(account.as_ref())?;
        postmaster::stop_leftover(&directory.data())?;
        let installation = setup::ensure(&directory, account.as_ref(), durability)?;
        let password = directory.password();
        let password = fs::read_to_string(&password).map_err(Error::io("cannot read", &password))?;
        let settings =
            [durability.settings(), settings].concat().into_iter().map(ToOwned::to_owned).collect::<Vec<_>>();
        let (postmaster, port) = start_patiently(&installation, &directory, account.as_ref(), &settings)?;
        Ok(Self {
            postmaster,
            installation,
            account,
            settings,
            port,
            password,
            is_temporary: false,
            directory: Some(directory),
        })
    }

    /// Starts a new [`Durability::Throwaway`] cluster under the system's temporary folder. It is
    /// deleted when it is stopped or dropped, and by the next call of this function if this process
    /// is killed.
    ///
    /// # Errors
    ///
    /// As [`Cluster::start`].
    pub fn temporary() -> Result<Self, Error> {
        let mut cluster = Self::start(&temporary::directory()?, Durability::Throwaway)?;
        cluster.is_temporary = true;
        Ok(cluster)
    }

    /// The owner's URL of a database in this cluster:
    /// `postgres://agora_owner:...@127.0.0.1:port/database`. Only the databases `postgres` and
    /// `template1` exist from the start. `database` goes into the URL as it is.
    #[must_use]
    pub fn url(&self, database: &str) -> String {
        let Self { port, password, .. } = self;
        format!("postgres://{OWNER}:{password}@{}:{port}/{database}", Ipv4Addr::LOCALHOST)
    }

    /// A command that runs one of PostgreSQL's own clients (`psql`, `pgbench`) as the owner in one of its databases.
    #[must_use]
    pub fn client(&self, program: &str, database: &str) -> Command {
        let mut command = self.installation.client(program);
        command
            .env("PGHOST", Ipv4Addr::LOCALHOST.to_string())
            .env("PGPORT", self.port.to_string())
            .env("PGUSER", OWNER)
            .env("PGPASSWORD", &self.password)
            .env("PGDATABASE", database);
        command
    }

    /// The file that the server writes its log to. Nothing once the cluster is being removed.
    #[must_use]
    pub fn log(&self) -> Option<PathBuf> {
        self.directory.as_ref().map(Directory::log)
    }

    /// The port it listens on, at 127.0.0.1. Another one at each start.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The server's process id.
    #[must_use]
    pub fn pid(&self) -> u32 {
        self.postmaster.pid()
    }

    /// Stops the server and waits until it has ended.
    ///
    /// # Errors
    ///
    /// [`Error::Stop`] if it does not end, [`Error::Io`] if a temporary cluster cannot be deleted.
    pub fn stop(mut self) -> Result<(), Error> {
        self.finish()
    }

    /// Stops the server, does something while there is none, and starts it again on the same port: what an upgrade of
    /// PostgreSQL is to whoever is connected.
    ///
    /// # Errors
    ///
    /// [`Error::Stop`] if it does not end, [`Error::Start`] if it does not start again.
    pub fn restart(&mut self, meanwhile: impl FnOnce()) -> Result<(), Error> {
        let Some(directory) = &self.directory else { return Ok(()) };
        self.postmaster.stop()?;
        meanwhile();
        let (installation, account) = (&self.installation, self.account.as_ref());
        let command = || server_command(installation, directory, account, &self.settings, self.port);
        self.postmaster = patiently(|| start_once(command()?, directory))?;
        Ok(())
    }

    fn finish(&mut self) -> Result<(), Error> {
        self.postmaster.stop()?;
        match self.directory.take() {
            Some(directory) if self.is_temporary => directory.remove(),
            _ => Ok(()),
        }
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // Nobody is left to tell; the next start, or the next sweep, cleans up.
        let _ = self.finish();
    }
}

fn start_patiently(
    installation: &Installation,
    directory: &Directory,
    account: Option<&Account>,
    settings: &[String],
) -> Result<(Postmaster, u16), Error> {
    patiently(|| {
        let port = free_port(directory)?;
        let command = server_command(installation, directory, account, settings, port)?;
        Ok((start_once(command, directory)?, port))
    })
}

/// Tries again while what is in the way is passing.
fn patiently<T>(start: impl Fn() -> Result<T, Error>) -> Result<T, Error> {
    let mut attempt = 1;
    loop {
        match start() {
            Err(Error::Start { said, .. })
                if attempt < START_ATTEMPTS && PASSING.iter().any(|words| said.contains(words)) =>
            {
                attempt += 1;
                thread::sleep(Duration::from_millis(300));
            }
            outcome => return outcome,
        }
    }
}

fn start_once(command: Command, directory: &Directory) -> Result<Postmaster, Error> {
    let mut postmaster =
        Postmaster::start(command).map_err(Error::io("cannot start PostgreSQL in", directory.path()))?;
    let deadline = Instant::now() + START_PATIENCE;
    while !postmaster.is_ready(&directory.data()) {
        if !postmaster.is_running() {
            return Err(start_error("it ended at once", directory));
        }
        if Instant::now() > deadline {
            return Err(start_error("it accepts no connections", directory));
        }
        thread::sleep(Duration::from_millis(10));
    }
    Ok(postmaster)
}

fn start_error(why: &str, directory: &Directory) -> Error {
    let log = directory.log();
    let said = fs::read_to_string(&log).unwrap_or_default();
    if tells_of_full_disk(&said) {
        return Error::DiskFull { directory: directory.path().to_path_buf() };
    }
    Error::Start { why: why.to_owned(), log, said: last_lines(&said) }
}

fn server_command(
    installation: &Installation,
    directory: &Directory,
    account: Option<&Account>,
    settings: &[String],
    port: u16,
) -> Result<Command, Error> {
    let path = directory.log();
    let log = File::create(&path).map_err(Error::io("cannot write", &path))?;
    let same_log = log.try_clone().map_err(Error::io("cannot write", &path))?;
    let mut command = installation.command("postgres", account, true);
    command
        .arg("-D")
        .arg(directory.data())
        .args(["-p", &port.to_string()])
        .args(SETTINGS.into_iter().chain(settings.iter().map(String::as_str)).flat_map(|setting| ["-c", setting]))
        .current_dir(directory.path())
        .process_group(0)
        .stdin(Stdio::null())
        .stdout(log)
        .stderr(same_log);
    Ok(command)
}

/// A port that nobody listens on now. Should somebody take it before PostgreSQL does, the start is
/// tried again.
fn free_port(directory: &Directory) -> Result<u16, Error> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
        .and_then(|listener| listener.local_addr())
        .map(|address| address.port())
        .map_err(Error::io("cannot find a free port for", directory.path()))
}
