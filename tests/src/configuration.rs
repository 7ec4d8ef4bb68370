//! How the application under test is configured: with `agora serve`'s own defaults, whatever the environment says.

use std::path::Path;

use api::config::{Config, LimitsConfig};
use clap::{Args, Command, builder::Resettable};

/// The address in the links of mails.
pub(crate) const PUBLIC_URL: &str = "http://agora.localhost";

/// Hours after which a login ends in any case.
pub(crate) const SESSION_HOURS: u16 = u16::MAX;

/// The key of digests.
pub(crate) const SECRET_KEY: &str = "a-secret-key-of-at-least-32-characters";

/// With this database and this folder for files. Logins last long, because tests move the clock by weeks; jobs run when
/// a test says so; and people may change as much as a test can.
#[must_use]
pub fn configuration(database_url: &str, files: &Path) -> Config {
    let temporary = std::env::temp_dir();
    let hours = SESSION_HOURS.to_string();
    let arguments = [
        ("--database-url", database_url),
        ("--database-connections", "12"),
        ("--listen", "127.0.0.1:0"),
        ("--http-workers", "2"),
        ("--shutdown-timeout", "1"),
        ("--public-url", PUBLIC_URL),
        ("--session-idle-minutes", "65535"),
        ("--session-hours", hours.as_str()),
        ("--changes-per-minute", "1000000"),
        ("--uploads-per-minute", "1000000"),
        ("--documents-per-minute", "1000000"),
        ("--address-changes-per-minute", "1000000"),
        ("--address-visits-per-minute", "1000000"),
        ("--secret-key", SECRET_KEY),
        // Asked for, and not used: mails go to the mailbox.
        ("--mail-directory", temporary.to_str().expect("the temporary folder's name is text")),
        ("--mail-from", "Agora <agora@eksempel-kommune.dk>"),
        ("--files", files.to_str().expect("the folder's name is text")),
    ];
    let arguments = arguments.iter().flat_map(|(name, value)| [*name, *value]);
    let switches = ["--built-in-accounts", "--no-jobs"];
    parse(arguments.chain(switches))
}

/// The limits of an installation that chooses none.
#[must_use]
pub fn usual_limits() -> LimitsConfig {
    parse([])
}

fn parse<'a, T: Args>(arguments: impl IntoIterator<Item = &'a str>) -> T {
    let command = T::augment_args(Command::new("tests").no_binary_name(true));
    let command = command.mut_args(|argument| argument.env(Resettable::Reset));
    let matches = command.try_get_matches_from(arguments).expect("the arguments are known");
    T::from_arg_matches(&matches).expect("the arguments are whole")
}
