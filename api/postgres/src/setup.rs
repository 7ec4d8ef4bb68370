//! Makes a new cluster with `initdb`, and makes it anew when an earlier run was killed half-way.

use std::fmt::Write as _;
use std::fs::{self, File, OpenOptions};
use std::io::{Read as _, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;
use std::process::Stdio;

use crate::account::Account;
use crate::directory::Directory;
use crate::error::{last_lines, tells_of_full_disk};
use crate::installation::Installation;
use crate::{Durability, Error, OWNER};

/// The installation to run the cluster with, once its data folder is whole.
pub(crate) fn ensure(
    directory: &Directory,
    account: Option<&Account>,
    durability: Durability,
) -> Result<Installation, Error> {
    if directory.complete().exists() {
        return Installation::that_wrote(&directory.data());
    }
    let installation = Installation::newest()?;
    clear(directory)?;
    write_password(directory, account)?;
    initdb(&installation, directory, account, durability)?;
    let complete = directory.complete();
    File::create(&complete).and_then(|file| file.sync_all()).map_err(Error::io("cannot write", &complete))?;
    Ok(installation)
}

/// Removes what an interrupted set-up left.
fn clear(directory: &Directory) -> Result<(), Error> {
    let (data, password) = (directory.data(), directory.password());
    if data.exists() {
        fs::remove_dir_all(&data).map_err(Error::io("cannot delete", &data))?;
    }
    if password.exists() {
        fs::remove_file(&password).map_err(Error::io("cannot delete", &password))?;
    }
    Ok(())
}

fn write_password(directory: &Directory, account: Option<&Account>) -> Result<(), Error> {
    let path = directory.password();
    let password = random_password()?;
    OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&path)
        .and_then(|mut file| file.write_all(password.as_bytes()))
        .map_err(Error::io("cannot write", &path))?;
    // initdb reads it as the user that it runs as.
    account.map_or(Ok(()), |account| account.take(&path))
}

/// 192 bits in hexadecimal, which needs no escaping in a URL.
fn random_password() -> Result<String, Error> {
    let source = Path::new("/dev/urandom");
    let mut bytes = [0_u8; 24];
    File::open(source).and_then(|mut file| file.read_exact(&mut bytes)).map_err(Error::io("cannot read", source))?;
    Ok(bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    }))
}

fn initdb(
    installation: &Installation,
    directory: &Directory,
    account: Option<&Account>,
    durability: Durability,
) -> Result<(), Error> {
    // The same order of characters on every machine; what people see is sorted by the ICU collation
    // named in the query.
    let locale = if cfg!(target_os = "linux") { "C.UTF-8" } else { "C" };
    let mut command = installation.command("initdb", account, true);
    command
        .arg("--pgdata")
        .arg(directory.data())
        .arg("--pwfile")
        .arg(directory.password())
        .args(["--username", OWNER, "--auth", "scram-sha-256"])
        .args(["--encoding", "UTF8", "--locale", locale])
        .args(["--data-checksums", "--no-instructions"]);
    if durability == Durability::Throwaway {
        command.arg("--no-sync");
    }
    let output = command
        .current_dir(directory.path())
        .stdin(Stdio::null())
        .output()
        .map_err(Error::io("cannot run initdb for", directory.path()))?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    let path = directory.path().to_path_buf();
    Err(if tells_of_full_disk(&said) {
        Error::DiskFull { directory: path }
    } else {
        Error::Initdb { directory: path, said: last_lines(&said) }
    })
}
