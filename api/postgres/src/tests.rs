//! The crate against the real server: what a start, a stop, a kill and a mishap leave behind.

use std::fs;
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process, test_kill_process};

use super::*;

/// Tells the test binary, started by one of its own tests, in which folder to wait to be killed.
const VICTIM: &str = "AGORA_POSTGRES_VICTIM";

/// An empty folder per test that disappears with it.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("agora-postgres-{}-{name}", std::process::id()));
        Self(path)
    }

    fn start(&self) -> Cluster {
        Cluster::start(&self.0, Durability::Throwaway).unwrap()
    }

    fn data(&self) -> PathBuf {
        self.0.canonicalize().unwrap().join("data")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = remove(&self.0);
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn sql(cluster: &Cluster, statement: &str) -> String {
    let mut psql = cluster.client("psql", "postgres");
    let output = psql.args(["--no-psqlrc", "--tuples-only", "--no-align", "--command", statement]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

fn is_alive(pid: u32) -> bool {
    test_kill_process(Pid::from_raw(pid.try_into().unwrap()).unwrap()).is_ok()
}

fn kill(pid: u32) {
    kill_process(Pid::from_raw(pid.try_into().unwrap()).unwrap(), Signal::KILL).unwrap();
}

fn wait_until(what: &str, is_so: impl Fn() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(20);
    while !is_so() {
        assert!(Instant::now() < deadline, "not within 20 s: {what}");
        thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn a_restart_keeps_the_data_and_stop_leaves_nothing_running() {
    let folder = Folder::new("restart");
    let cluster = folder.start();
    sql(&cluster, "create table kept as select 'æøå' as word");
    let (pid, port) = (cluster.pid(), cluster.port());
    cluster.stop().unwrap();
    assert!(!is_alive(pid));
    assert!(TcpStream::connect(("127.0.0.1", port)).is_err());

    let cluster = folder.start();
    assert_eq!(sql(&cluster, "select word from kept"), "æøå");
    assert_eq!(sql(&cluster, "select current_user"), OWNER);
    assert_eq!(sql(&cluster, "show server_encoding"), "UTF8");
    assert_eq!(sql(&cluster, "show data_checksums"), "on");
}

#[test]
fn settings_of_ones_own_come_last_and_the_log_is_where_it_says() {
    let folder = Folder::new("settings");
    let settings = ["fsync=on", "log_statement=all"];
    let cluster = Cluster::start_with(&folder.0, Durability::Throwaway, &settings).unwrap();
    assert_eq!(sql(&cluster, "show fsync"), "on");
    sql(&cluster, "select 'heard'");
    let log = fs::read_to_string(cluster.log().unwrap()).unwrap();
    assert!(log.contains("statement: select 'heard'"), "{log}");
}

#[test]
fn nobody_gets_in_without_the_password() {
    let folder = Folder::new("password");
    let cluster = folder.start();
    let refused = Command::new("psql")
        .args(["--no-password", "--command", "select 1"])
        .arg(format!("postgres://{OWNER}@127.0.0.1:{}/postgres", cluster.port()))
        .stderr(Stdio::null())
        .status()
        .unwrap();
    assert!(!refused.success());
    let mode = std::os::unix::fs::PermissionsExt::mode(&fs::metadata(folder.0.join("password")).unwrap().permissions());
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn a_killed_server_recovers_at_the_next_start() {
    let folder = Folder::new("killed");
    let cluster = Cluster::start(&folder.0, Durability::Durable).unwrap();
    sql(&cluster, "create table kept as select 1 as number");
    kill(cluster.pid());
    drop(cluster);
    assert!(folder.data().join("postmaster.pid").exists(), "a stale pid file is what this test is about");
    let cluster = folder.start();
    assert_eq!(sql(&cluster, "select number from kept"), "1");
}

#[test]
fn a_folder_in_use_is_refused_and_left_alone() {
    let folder = Folder::new("in-use");
    let cluster = folder.start();
    assert!(matches!(Cluster::start(&folder.0, Durability::Throwaway), Err(Error::InUse { .. })));
    assert!(matches!(remove(&folder.0), Err(Error::InUse { .. })));
    assert_eq!(sql(&cluster, "select 1"), "1");
}

#[test]
fn an_interrupted_set_up_is_made_anew() {
    let folder = Folder::new("interrupted");
    folder.start().stop().unwrap();
    fs::remove_file(folder.0.join("complete")).unwrap();
    fs::remove_file(folder.data().join("global/pg_control")).unwrap();
    assert_eq!(sql(&folder.start(), "select 1"), "1");
}

#[test]
fn a_foreign_folder_is_neither_used_nor_deleted() {
    let folder = Folder::new("foreign");
    fs::create_dir_all(&folder.0).unwrap();
    fs::write(folder.0.join("thesis.txt"), "years of work").unwrap();
    assert!(matches!(Cluster::start(&folder.0, Durability::Throwaway), Err(Error::Foreign { .. })));
    assert!(matches!(remove(&folder.0), Err(Error::Foreign { .. })));
    assert!(folder.0.join("thesis.txt").exists());
}

#[test]
fn another_program_with_the_recorded_process_id_is_spared() {
    let folder = Folder::new("reused-pid");
    folder.start().stop().unwrap();
    let mut bystander = Command::new("sleep").arg("60").spawn().unwrap();
    fs::write(folder.data().join("postmaster.pid"), format!("{}\n", bystander.id())).unwrap();
    assert_eq!(sql(&folder.start(), "select 1"), "1");
    assert!(bystander.try_wait().unwrap().is_none());
    bystander.kill().unwrap();
    bystander.wait().unwrap();
}

#[test]
fn a_server_that_cannot_start_is_quoted() {
    let folder = Folder::new("broken");
    folder.start().stop().unwrap();
    fs::write(folder.data().join("postgresql.conf"), "no_such_setting = 1\n").unwrap();
    let error = Cluster::start(&folder.0, Durability::Throwaway).unwrap_err().to_string();
    assert!(error.contains("no_such_setting"), "{error}");
}

#[test]
fn data_of_another_version_is_named() {
    let folder = Folder::new("version");
    folder.start().stop().unwrap();
    fs::write(folder.data().join("PG_VERSION"), "8\n").unwrap();
    let error = Cluster::start(&folder.0, Durability::Throwaway).unwrap_err();
    assert!(matches!(error, Error::OtherVersion { major: 8, .. }), "{error}");
}

#[test]
fn a_temporary_cluster_disappears() {
    let cluster = Cluster::temporary().unwrap();
    assert_eq!(sql(&cluster, "show fsync"), "off");
    let folder = PathBuf::from(sql(&cluster, "show data_directory"));
    assert!(folder.exists());
    drop(cluster);
    assert!(!folder.parent().unwrap().exists());
}

#[test]
#[cfg(target_os = "linux")]
fn the_server_of_a_killed_process_ends_and_its_folder_can_be_used_at_once() {
    if let Some(folder) = std::env::var_os(VICTIM) {
        return wait_to_be_killed(Path::new(&folder));
    }
    let folder = Folder::new("orphan");
    let note = folder.0.with_extension("pid");
    let mut victim = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", thread::current().name().unwrap()])
        .env(VICTIM, &folder.0)
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    wait_until("the victim's server runs", || read_number(&note).is_some());
    let pid = read_number(&note).unwrap();
    victim.kill().unwrap();
    victim.wait().unwrap();
    let cluster = folder.start();
    assert!(!serves(pid, &folder.data()));
    assert_eq!(sql(&cluster, "select number from kept"), "2");
    fs::remove_file(note).unwrap();
}

/// In the process that the test above starts and kills.
fn wait_to_be_killed(folder: &Path) {
    let cluster = Cluster::start(folder, Durability::Durable).unwrap();
    sql(&cluster, "create table kept as select 2 as number");
    fs::write(folder.with_extension("pid"), cluster.pid().to_string()).unwrap();
    thread::sleep(Duration::from_secs(60));
}

fn read_number(path: &Path) -> Option<u32> {
    fs::read_to_string(path).ok()?.parse().ok()
}

/// By its working folder rather than by its process id, which stays taken while nobody has
/// collected the dead.
fn serves(pid: u32, data: &Path) -> bool {
    fs::read_link(format!("/proc/{pid}/cwd")).is_ok_and(|folder| folder == data)
}

#[test]
fn a_restart_keeps_port_and_data_and_ends_every_connection() {
    let folder = Folder::new("restart-in-place");
    let mut cluster = folder.start();
    sql(&cluster, "CREATE TABLE kept AS SELECT 1 AS value");
    let (port, pid) = (cluster.port(), cluster.pid());
    cluster.restart(|| assert!(TcpStream::connect(("127.0.0.1", port)).is_err(), "meanwhile there is none")).unwrap();
    assert_eq!(cluster.port(), port);
    assert_ne!(cluster.pid(), pid);
    assert_eq!(sql(&cluster, "SELECT value FROM kept"), "1");
    cluster.stop().unwrap();
}
