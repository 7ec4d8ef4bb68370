//! Agora as an installation runs it: `agora serve` and `agora worker` as processes, with the machine's own clock.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    process::Stdio,
    sync::Arc,
    time::Duration,
};

use parking_lot::Mutex;
use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::{Child, ChildStderr, Command},
    time::{sleep, timeout},
};

use crate::{App, configuration};

/// How long a process may take to listen or to end.
const PATIENCE: Duration = Duration::from_secs(30);

/// A command that has not been given yet.
pub struct Launch {
    command: Command,
    options: BTreeMap<&'static str, String>,
}

/// Lines of a process's log.
type Warnings = Arc<Mutex<Vec<String>>>;

/// A running process.
pub struct Process {
    /// Where it listens: `http://127.0.0.1:40123`; empty for a worker.
    pub url: String,
    child: Child,
    warnings: Warnings,
}

impl App {
    /// `agora serve` on this application's database. Jobs too, unless it is told otherwise.
    #[must_use]
    pub fn serve(&self, agora: impl AsRef<Path>) -> Launch {
        self.launch(agora.as_ref(), "serve").option("listen", "127.0.0.1:0").option("shutdown-delay", "0")
    }

    /// `agora worker` on this application's database.
    #[must_use]
    pub fn worker(&self, agora: impl AsRef<Path>) -> Launch {
        self.launch(agora.as_ref(), "worker")
    }

    fn launch(&self, agora: &Path, command: &str) -> Launch {
        // Ends with the test, however that ends.
        let mut launch = Command::new("setpriv");
        launch.args(["--pdeathsig", "KILL", "--"]).arg(agora).arg(command).kill_on_drop(true);
        // Nothing of the environment of whoever runs the tests.
        launch.env_clear().stdin(Stdio::null()).stderr(Stdio::piped());
        let mails = self.mail_folder();
        Launch { command: launch, options: BTreeMap::new() }
            .option("database-url", &self.database().service_url())
            .option("public-url", configuration::PUBLIC_URL)
            .option("secret-key", configuration::SECRET_KEY)
            .option("mail-directory", mails.to_str().expect("the folder's name is text"))
            .option("files", self.files().to_str().expect("the folder's name is text"))
            .option("files", self.files().to_str().expect("the folder's name is text"))
            .option("log-format", "json")
            .option("log", "info")
    }
}

impl Launch {
    /// With an option of the configuration: `("changes-per-minute", "10")`.
    #[must_use]
    pub fn option(mut self, name: &'static str, value: &str) -> Self {
        self.options.insert(name, value.to_owned());
        self
    }

    /// Lets people log in with their passwords.
    #[must_use]
    pub fn with_accounts(mut self) -> Self {
        self.command.arg("--built-in-accounts");
        self
    }

    /// Leaves the jobs to others.
    #[must_use]
    pub fn without_jobs(mut self) -> Self {
        self.command.arg("--no-jobs");
        self
    }

    /// With a file system of so many mebibytes of its own in a folder: a real one, in a mount namespace of the process.
    #[must_use]
    pub fn on_a_small_disk(mut self, mebibytes: usize, folder: &Path) -> Self {
        let launch = self.command.as_std();
        let mount = "mount -t tmpfs -o size=\"$1\" tmpfs \"$2\" && shift 2 && exec \"$@\"";
        let mut small = Command::new("unshare");
        small.args(["--map-root-user", "--mount", "sh", "-c", mount, "sh", &format!("{mebibytes}m")]).arg(folder);
        small.arg(launch.get_program()).args(launch.get_args()).kill_on_drop(true);
        small.env_clear().stdin(Stdio::null()).stderr(Stdio::piped());
        self.command = small;
        self
    }

    /// In a time zone.
    #[must_use]
    pub fn in_zone(mut self, zone: &str) -> Self {
        self.command.env("TZ", zone);
        self
    }

    /// Gives the command, and waits until the server listens.
    pub async fn start(mut self) -> Process {
        for (name, value) in self.options {
            self.command.arg(format!("--{name}")).arg(value);
        }
        let mut child = self.command.spawn().unwrap_or_else(|error| panic!("{:?}: {error}", self.command));
        let mut log = BufReader::new(child.stderr.take().expect("the log is piped")).lines();
        let is_server = self.command.as_std().get_args().any(|argument| argument == "serve");
        let url = if is_server {
            timeout(PATIENCE, address(&mut log)).await.expect("the server listens in time")
        } else {
            String::new()
        };
        let warnings = Warnings::default();
        tokio::spawn(pass_on(log, Arc::clone(&warnings)));
        Process { url, child, warnings }
    }
}

/// Where it listens, as its log tells.
async fn address(log: &mut tokio::io::Lines<BufReader<ChildStderr>>) -> String {
    let mut said = Vec::new();
    while let Some(line) = log.next_line().await.expect("the log can be read") {
        let entry: Value = serde_json::from_str(&line).unwrap_or_default();
        match entry["address"].as_str() {
            Some(address) if entry["message"] == "serving" => return format!("http://{address}"),
            _ => said.push(line),
        }
    }
    panic!("the server ended before it listened: {said:#?}")
}

/// Reads on, so that the process is never held up by what it says; failures are passed on.
async fn pass_on(mut log: tokio::io::Lines<BufReader<ChildStderr>>, warnings: Warnings) {
    while let Ok(Some(line)) = log.next_line().await {
        if line.contains("\"level\":\"WARN\"") {
            warnings.lock().push(line.clone());
        }
        // What is refused while the database is away is no failure.
        if line.contains("\"level\":\"ERROR\"") && !line.contains("\"status\":503") {
            eprintln!("{line}");
        }
    }
}

impl Process {
    /// Waits for a line in the process's log that is a warning and has this in it.
    pub async fn warns(&self, of: &str) -> String {
        let found = async {
            loop {
                if let Some(line) = self.warnings.lock().iter().find(|line| line.contains(of)) {
                    return line.clone();
                }
                sleep(Duration::from_millis(20)).await;
            }
        };
        timeout(PATIENCE, found).await.unwrap_or_else(|_| panic!("no warning of {of}: {:#?}", self.warnings.lock()))
    }

    fn pid(&self) -> Pid {
        let id = self.child.id().expect("the process runs");
        Pid::from_raw(id.try_into().expect("a process's id")).expect("a process's id")
    }

    /// A path as the process sees it, when it has a disk of its own.
    #[must_use]
    pub fn sees(&self, path: &Path) -> PathBuf {
        let root = format!("/proc/{}/root", self.pid().as_raw_nonzero());
        Path::new(&root).join(path.strip_prefix("/").expect("the path is absolute"))
    }

    /// Ends it at once, as `kill -9` does.
    pub async fn kill(mut self) {
        self.child.kill().await.expect("the process runs");
    }

    /// Tells it to stop, in good time, and waits until it has; it must end well.
    pub async fn terminate(self) {
        self.tell_to_stop();
        self.wait().await;
    }

    /// Tells it to stop at once, as somebody at a terminal does, and waits until it has; it must end well.
    pub async fn interrupt(self) {
        kill_process(self.pid(), Signal::INT).expect("the process runs");
        self.wait().await;
    }

    /// Waits until it has stopped; it must end well.
    pub async fn wait(mut self) {
        let ended = timeout(PATIENCE, self.child.wait()).await.expect("told to stop, it does so in time");
        let status = ended.expect("the process can be waited for");
        assert!(status.success(), "told to stop, it ended with {status}");
    }

    /// Tells it to stop, in good time.
    pub fn tell_to_stop(&self) {
        kill_process(self.pid(), Signal::TERM).expect("the process runs");
    }
}
