//! Finds the PostgreSQL binaries, which distributions keep in places that are seldom in PATH.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::Error;
use crate::account::Account;

/// Folders with one subfolder per version, whose names begin alike, and the binaries in their
/// `bin`.
const VERSIONED: [(&str, &str); 4] = [
    ("/usr/lib/postgresql", ""),
    ("/usr", "pgsql-"),
    ("/opt/homebrew/opt", "postgresql"),
    ("/usr/local/opt", "postgresql"),
];

/// One installed version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Installation {
    pub(crate) major: u32,
    binaries: PathBuf,
}

/// Whether a private cluster can be started here at all.
#[must_use]
pub fn is_installed() -> bool {
    Installation::newest().is_ok()
}

/// One of PostgreSQL's programs for clients, such as `pg_dump`: the newest on this machine, which reads older servers too.
///
/// # Errors
/// [`Error::NoProgram`].
pub fn client_program(name: &'static str) -> Result<PathBuf, Error> {
    let found = candidates().into_iter().map(|folder| folder.join(name)).filter(|program| program.is_file());
    let newest = found.filter_map(|program| Some((major_of(&program)?, program))).max_by_key(|(major, _)| *major);
    newest.map(|(_, program)| program).ok_or(Error::NoProgram { name })
}

impl Installation {
    /// The newest version on this machine.
    pub(crate) fn newest() -> Result<Self, Error> {
        Self::all().into_iter().max_by_key(|found| found.major).ok_or(Error::NotInstalled)
    }

    /// The version that wrote a data folder: another major version cannot read it.
    pub(crate) fn that_wrote(data: &Path) -> Result<Self, Error> {
        let stamp = data.join("PG_VERSION");
        let major =
            fs::read_to_string(&stamp).map_err(Error::io("cannot read", &stamp))?.trim().parse().unwrap_or_default();
        let found = Self::all();
        if found.is_empty() {
            return Err(Error::NotInstalled);
        }
        found
            .into_iter()
            .find(|found| found.major == major)
            .ok_or_else(|| Error::OtherVersion { directory: data.to_path_buf(), major })
    }

    /// A command that runs one of its binaries as `account`, undisturbed by the caller's `PG...`
    /// variables and in English, because we read what it says.
    ///
    /// With `dies_with_us` the kernel sends it SIGINT, PostgreSQL's fast shutdown, when the
    /// *thread* that starts it ends. Only Linux can do that; elsewhere a server that outlives a
    /// killed run is stopped by the next one.
    pub(crate) fn command(&self, binary: &str, account: Option<&Account>, dies_with_us: bool) -> Command {
        let wrapped = account.is_some() || (dies_with_us && cfg!(target_os = "linux"));
        let binary = self.binaries.join(binary);
        let command = if wrapped {
            let mut command = Command::new("setpriv");
            if let Some(account) = account {
                command
                    .arg(format!("--reuid={}", account.uid))
                    .arg(format!("--regid={}", account.gid))
                    .arg("--clear-groups");
            }
            if dies_with_us {
                command.args(["--pdeathsig", "INT"]);
            }
            command.arg("--").arg(binary);
            command
        } else {
            Command::new(binary)
        };
        undisturbed(command)
    }

    /// A command that runs one of its clients as ourselves, likewise undisturbed. Where distributions put clients
    /// elsewhere, the one in PATH.
    pub(crate) fn client(&self, program: &str) -> Command {
        let beside = self.binaries.join(program);
        undisturbed(if beside.is_file() { Command::new(beside) } else { Command::new(program) })
    }

    fn all() -> Vec<Self> {
        candidates().into_iter().filter_map(Self::at).collect()
    }

    fn at(binaries: PathBuf) -> Option<Self> {
        if !binaries.join("initdb").is_file() {
            return None;
        }
        Some(Self { major: major_of(&binaries.join("postgres"))?, binaries })
    }
}

fn undisturbed(mut command: Command) -> Command {
    for (name, _) in env::vars_os().filter(|(name, _)| name.as_encoded_bytes().starts_with(b"PG")) {
        command.env_remove(name);
    }
    command.env("LC_ALL", "C");
    command
}

fn candidates() -> Vec<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    let versioned = VERSIONED.iter().flat_map(|(folder, prefix)| {
        fs::read_dir(folder)
            .into_iter()
            .flatten()
            .flatten()
            .filter(|entry| entry.file_name().as_encoded_bytes().starts_with(prefix.as_bytes()))
            .map(|entry| entry.path().join("bin"))
    });
    env::split_paths(&path).chain(versioned).collect()
}

fn major_of(program: &Path) -> Option<u32> {
    let output = Command::new(program).arg("--version").output().ok()?;
    parse_major(&String::from_utf8_lossy(&output.stdout))
}

/// `postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)` is 15, `postgres (PostgreSQL) 19beta1` is 19.
fn parse_major(version: &str) -> Option<u32> {
    let number = version.split(") ").nth(1)?;
    number.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::parse_major;

    #[test]
    fn major_versions() {
        assert_eq!(parse_major("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)\n"), Some(15));
        assert_eq!(parse_major("postgres (PostgreSQL) 19beta1\n"), Some(19));
        assert_eq!(parse_major("postgres: command not found"), None);
    }
}
