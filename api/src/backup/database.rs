//! The database of a backup, by PostgreSQL's own programs: nobody knows better what a dump needs.

use std::{
    fs::File,
    io::{self, BufRead, BufReader},
    path::{Path, PathBuf},
};

use percent_encoding::percent_decode_str;
use sha2::{Digest, Sha256};
use tokio::process::Command;
use url::Url;

use super::Error;
use crate::secret::Secret;

/// Where a backup keeps its dump.
pub(super) fn place(backup: &Path) -> PathBuf {
    backup.join("database.dump")
}

/// Dumps what a snapshot shows.
pub(super) async fn dump(url: &Secret, snapshot: &str, place: &Path) -> Result<(), Error> {
    let mut command = program("pg_dump", url)?;
    command.arg("--format=custom").arg("--no-unlogged-table-data").arg(format!("--snapshot={snapshot}"));
    command.arg("--file").arg(place);
    run("pg_dump", command).await
}

/// Brings a dump back: whole or not at all.
pub(super) async fn restore(url: &Secret, place: &Path) -> Result<(), Error> {
    let mut command = program("pg_restore", url)?;
    command.args(["--single-transaction", "--exit-on-error", "--no-owner"]).arg(place);
    run("pg_restore", command).await
}

/// SHA-256 of a dump, in hexadecimal.
pub(super) fn digest(place: &Path) -> io::Result<String> {
    let (mut dump, mut hash) = (BufReader::new(File::open(place)?), Sha256::new());
    loop {
        let piece = dump.fill_buf()?;
        if piece.is_empty() {
            break;
        }
        hash.update(piece);
        let read = piece.len();
        dump.consume(read);
    }
    Ok(hex::encode(hash.finalize()))
}

/// One of PostgreSQL's programs. The password goes through the environment: arguments can be read by everybody.
fn program(name: &'static str, url: &Secret) -> Result<Command, Error> {
    let mut command = Command::new(postgres::client_program(name)?);
    let mut address = url.expose().to_owned();
    if let Ok(mut parsed) = Url::parse(&address) {
        if let Some(password) = parsed.password() {
            command.env("PGPASSWORD", percent_decode_str(password).decode_utf8_lossy().as_ref());
        }
        if parsed.set_password(None).is_ok() {
            verify_by_the_systems_authorities(&mut parsed);
            address = parsed.into();
        }
    }
    command.arg("--no-password").arg("--dbname").arg(address).kill_on_drop(true);
    Ok(command)
}

/// The service trusts the system's authorities unless it is told others; PostgreSQL's programs have to be told.
fn verify_by_the_systems_authorities(address: &mut Url) {
    let asked = |name: &str, values: &[&str]| {
        address.query_pairs().any(|(key, value)| key == name && (values.is_empty() || values.contains(&value.as_ref())))
    };
    if asked("sslmode", &["verify-ca", "verify-full"]) && !asked("sslrootcert", &[]) {
        address.query_pairs_mut().append_pair("sslrootcert", "system");
    }
}

async fn run(program: &'static str, mut command: Command) -> Result<(), Error> {
    let output = command.output().await?;
    if output.status.success() {
        return Ok(());
    }
    Err(Error::Program { program, said: String::from_utf8_lossy(&output.stderr).trim().to_owned() })
}
