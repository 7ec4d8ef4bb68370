//! What is wrong with a configuration, in plain words, all at once.

use std::{
    fs::{self, File},
    path::PathBuf,
};

use url::Url;

use super::{Config, FilesPlace};
use crate::{
    db::{Address, is_loopback},
    secret::Secret,
    theme::Theme,
};

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{variable}: {reason}")]
pub struct ConfigProblem {
    /// The variable to change.
    pub variable: &'static str,
    /// What is wrong and what to do.
    pub reason: String,
}

/// The values that need looking up or can be wrong together.
#[derive(Debug, Clone)]
pub struct Checked {
    /// Where the database is.
    pub database: Address,
    /// Keys digests.
    pub secret_key: Secret,
    /// Where mails are written.
    pub mail_directory: PathBuf,
    /// The sender of mails.
    pub mail_from: lettre::message::Mailbox,
    /// Where files are kept.
    pub files: FilesPlace,
    /// The municipality's colours.
    pub theme: Theme,
}

/// Checks a configuration.
///
/// # Errors
/// Everything that is wrong with it.
pub fn check(config: &Config) -> Result<Checked, Vec<ConfigProblem>> {
    let mut problems = Vec::new();
    let mut wrong = |variable, reason: String| problems.push(ConfigProblem { variable, reason });

    let database_url = secret(&config.database.database_url, &config.database.database_url_file);
    let database = match database_url {
        Ok(Some(url)) => match Address::parse(url.expose()) {
            Ok(address) => Some(address),
            Err(error) => {
                wrong("AGORA_DATABASE_URL", error.to_string());
                None
            }
        },
        Ok(None) => {
            let hint = "is missing. Set it to a PostgreSQL database, for example postgres://agora:password@localhost/agora. \
                        To try Agora without one, run `agora demo`";
            wrong("AGORA_DATABASE_URL", hint.to_owned());
            None
        }
        Err(reason) => {
            wrong("AGORA_DATABASE_URL_FILE", reason);
            None
        }
    };
    let secret_key = match secret(&config.session.secret_key, &config.session.secret_key_file) {
        Ok(Some(key)) if key.expose().len() >= 32 => Some(key),
        Ok(Some(_)) => {
            wrong("AGORA_SECRET_KEY", "is too short: it needs at least 32 characters".to_owned());
            None
        }
        Ok(None) => {
            let hint = "is missing. Make one with `openssl rand -hex 32` and give the same to every server";
            wrong("AGORA_SECRET_KEY", hint.to_owned());
            None
        }
        Err(reason) => {
            wrong("AGORA_SECRET_KEY_FILE", reason);
            None
        }
    };
    let mail_directory = config.mail.mail_directory.clone();
    match &mail_directory {
        None => wrong("AGORA_MAIL_DIRECTORY", "is missing: a folder that mails are written to".to_owned()),
        Some(path) => {
            if let Err(error) = fs::create_dir_all(path) {
                wrong("AGORA_MAIL_DIRECTORY", format!("{} cannot be made ({error})", path.display()));
            }
        }
    }
    if let Some(path) = &config.audit.audit_heads
        && let Err(error) = File::options().append(true).create(true).open(path)
    {
        wrong("AGORA_AUDIT_HEADS", format!("{} cannot be written ({error})", path.display()));
    }
    let mail_from = config.mail.mail_from.parse();
    if let Err(error) = &mail_from {
        wrong("AGORA_MAIL_FROM", format!("is no e-mail address ({error})"));
    }
    let files = config.files.place();
    if let Err((variable, reason)) = &files {
        wrong(variable, reason.clone());
    }
    if let Some(reason) = config.files.contradiction() {
        wrong("AGORA_UNSENT_FILES", reason);
    }
    let theme = Theme::from_colour(&config.municipality.colour);
    if let Err(reason) = &theme {
        wrong("AGORA_COLOUR", reason.clone());
    }
    if let Err(reason) = for_browsers(&config.http.public_url) {
        wrong("AGORA_PUBLIC_URL", reason.to_owned());
    }
    if let Some(root) = &config.http.web_root
        && !root.join("index.html").is_file()
    {
        let reason = format!("{} holds no index.html; build the page with `cargo xtask build`", root.display());
        wrong("AGORA_WEB_ROOT", reason);
    }
    match (database, secret_key, mail_directory, mail_from, files, theme) {
        (Some(database), Some(secret_key), Some(mail_directory), Ok(mail_from), Ok(files), Ok(theme))
            if problems.is_empty() =>
        {
            Ok(Checked { database, secret_key, mail_directory, mail_from, files, theme })
        }
        _ => Err(problems),
    }
}

/// Passes what people can safely be sent to.
fn for_browsers(url: &Url) -> Result<(), &'static str> {
    match url.scheme() {
        "https" => Ok(()),
        "http" if is_this_machine(url) => Ok(()),
        "http" => {
            Err("is not encrypted: everybody on the way reads along. Use https, with a reverse proxy that has a \
                       certificate; http is for trying Agora on one's own machine")
        }
        _ => Err("is no address for a browser: it begins with https://"),
    }
}

pub(super) fn is_this_machine(url: &Url) -> bool {
    url.host_str().is_some_and(is_loopback)
}

/// A secret that is given itself or by its file.
///
/// # Errors
/// In plain words, when the file cannot be read.
pub fn secret(value: &Option<Secret>, file: &Option<PathBuf>) -> Result<Option<Secret>, String> {
    match (value, file) {
        (Some(value), _) => Ok(Some(value.clone())),
        (None, Some(path)) => {
            Secret::from_file(path).map(Some).map_err(|error| format!("{} cannot be read ({error})", path.display()))
        }
        (None, None) => Ok(None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_ones_own_machine_needs_no_encryption() {
        for own in ["http://127.0.0.1:8080", "http://[::1]:8080", "http://localhost", "http://agora.localhost"] {
            assert!(is_this_machine(&own.parse().unwrap()), "{own}");
        }
        for other in ["http://agora.kommune.dk", "http://10.0.0.1", "http://localhost.kommune.dk", "http://0.0.0.0"] {
            assert!(!is_this_machine(&other.parse().unwrap()), "{other}");
        }
    }

    #[test]
    fn people_are_sent_to_what_a_browser_opens_safely() {
        let reason = |url: &str| for_browsers(&url.parse().unwrap()).err().unwrap_or_default();
        assert_eq!(reason("https://agora.kommune.dk"), "");
        assert_eq!(reason("http://localhost:8080"), "");
        assert!(reason("http://agora.kommune.dk").contains("not encrypted"));
        for none in ["ftp://agora.kommune.dk", "file:///srv/agora", "postgres://localhost"] {
            assert!(reason(none).contains("no address for a browser"), "{none}");
        }
    }
}
