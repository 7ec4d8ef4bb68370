//! Runs other programs.

use std::env;
use std::ffi::OsStr;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::workspace;

/// Variables that `cargo run` sets for this program. A cargo that inherits them would take some dependencies' build
/// scripts for changed, and build half the tree anew each time it is started another way.
const SET_BY_CARGO_RUN: [&str; 3] = ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_"];

/// The cargo that started us, in the repository's top folder.
pub(crate) fn cargo() -> Command {
    let mut command = in_root(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    for (name, _) in env::vars_os() {
        let bytes = name.as_encoded_bytes();
        if SET_BY_CARGO_RUN.iter().any(|prefix| bytes.starts_with(prefix.as_bytes())) {
            command.env_remove(&name);
        }
    }
    command
}

/// A program, in the repository's top folder.
pub(crate) fn in_root(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(workspace::root());
    command
}

/// Whether a program of this name can be run.
pub(crate) fn is_in_path(program: &str) -> bool {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path).any(|folder| folder.join(program).is_file())
}

/// Whether a program ends well, whatever it says.
pub(crate) fn succeeds(command: &mut Command) -> bool {
    let quiet = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    quiet.status().is_ok_and(|status| status.success())
}

/// Runs a program that speaks for itself, showing the command first.
pub(crate) fn visibly(command: &mut Command) -> Result<()> {
    println!("$ {}", shown(command));
    let status = command.status().with_context(|| format!("cannot run `{}`", shown(command)))?;
    if !status.success() {
        bail!("`{}` failed ({status})", shown(command));
    }
    Ok(())
}

/// Runs a program whose chatter nobody wants, showing the command first and its complaints if it fails.
pub(crate) fn quietly(command: &mut Command) -> Result<()> {
    println!("$ {}", shown(command));
    output(command).map(drop)
}

/// Runs a program for what it says. When it fails, what it complained about is in the error.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let output = command.output().with_context(|| format!("cannot run `{}`", shown(command)))?;
    if !output.status.success() {
        let complaint = String::from_utf8_lossy(&output.stderr);
        bail!("`{}` failed ({}):\n{}", shown(command), output.status, complaint.trim_end());
    }
    String::from_utf8(output.stdout).with_context(|| format!("`{}` did not print text", shown(command)))
}

/// A command as one would type it, with paths inside the repository shortened.
pub(crate) fn shown(command: &Command) -> String {
    let root = format!("{}/", workspace::root().display());
    let program = command.get_program().to_string_lossy();
    let program = match program.strip_prefix(&root) {
        Some(inside) => inside,
        None => program.rsplit('/').next().unwrap_or(&program),
    };
    let arguments = command.get_args().map(|argument| argument.to_string_lossy().replace(&root, ""));
    [program.to_owned()].into_iter().chain(arguments).collect::<Vec<_>>().join(" ")
}
