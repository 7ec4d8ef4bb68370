//! How the application under test is configured: with `agora serve`'s own defaults, whatever the environment says.

use api::config::Config;
use clap::{Args, Command, FromArgMatches, builder::Resettable};

/// The address in the links of mails.
pub(crate) const PUBLIC_URL: &str = "http://agora.localhost";

/// Hours after which a log-in ends in any case.
pub(crate) const SESSION_HOURS: u16 = u16::MAX;

/// With this database. Log-ins last long, because tests move the clock by weeks; jobs run when a test says so.
#[must_use]
pub fn configuration(database_url: &str) -> Config {
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
        ("--secret-key", "a-secret-key-of-at-least-32-characters"),
        // Asked for, and not used: mails go to the mailbox.
        ("--mail-directory", temporary.to_str().expect("the temporary folder's name is text")),
        ("--mail-from", "Agora <agora@eksempel-kommune.dk>"),
    ];
    let arguments = arguments.iter().flat_map(|(name, value)| [*name, *value]);
    let switches = ["--built-in-accounts", "--no-jobs"];
    let command = Config::augment_args(Command::new("tests").no_binary_name(true));
    let command = command.mut_args(|argument| argument.env(Resettable::Reset));
    let matches = command.try_get_matches_from(arguments.chain(switches)).expect("the arguments are known");
    Config::from_arg_matches(&matches).expect("the arguments are whole")
}
