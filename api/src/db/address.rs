//! Where the database is and how far the way there is protected: `postgres://` with libpq's `sslmode` and `sslrootcert`.

use std::{fmt, net::IpAddr, path::PathBuf};

use diesel::{ConnectionError, ConnectionResult};
use diesel_async::AsyncPgConnection;
use tokio_postgres::{
    Client, Config, Socket,
    config::{Host, SslMode},
    error::SqlState,
    tls::MakeTlsConnect,
};
use tokio_postgres_rustls::MakeRustlsConnect;
use url::form_urlencoded;

use super::{
    reason,
    tls::{self, Authorities, Check},
};

/// A connection that has to be driven for its client to get any answers.
pub type Driver = tokio_postgres::Connection<Socket, <MakeRustlsConnect as MakeTlsConnect<Socket>>::Stream>;

/// Where the database is, and how it is reached. Clones share the certificates that were read.
#[derive(Clone)]
pub struct Address {
    config: Config,
    check: Check,
    connector: MakeRustlsConnect,
}

/// What is wrong with an address. Its text never holds the password.
#[derive(Debug, thiserror::Error)]
pub enum AddressError {
    /// Not of the form of a URL.
    #[error("is no address like postgres://agora:password@db.example.dk/agora")]
    NotAUrl,
    /// A part of it is not understood.
    #[error("is no PostgreSQL address ({})", reason(.0))]
    Malformed(tokio_postgres::Error),
    /// A mode that does not exist here.
    #[error("sslmode={0} is none of disable, prefer, require, verify-ca and verify-full")]
    UnknownMode(String),
    /// Anybody can have a certificate from one of the system's authorities: without the name it proves nothing.
    #[error("sslrootcert=system needs sslmode=verify-full, not {0}")]
    SystemUnverified(String),
    /// The authorities that are trusted cannot be had.
    #[error(transparent)]
    Tls(#[from] tls::TlsError),
}

impl Address {
    /// Reads an address, and the certificates it names.
    ///
    /// `sslmode` is `disable`, `prefer` (the default: encrypted if the server can), `require`, `verify-ca` or
    /// `verify-full`. `sslrootcert` is a PEM file with the authorities that are trusted; without it the modes that verify
    /// trust the system's, as they do with `sslrootcert=system`, which alone means `verify-full`. With a file `require` means `verify-ca`, as everywhere in PostgreSQL.
    ///
    /// # Errors
    /// When it is none, or its certificates cannot be read.
    pub fn parse(url: &str) -> Result<Self, AddressError> {
        if !["postgres://", "postgresql://"].iter().any(|scheme| url.starts_with(scheme)) {
            return Err(AddressError::NotAUrl);
        }
        let (url, options) = TlsOptions::taken_from(url);
        let mut config: Config = url.parse().map_err(AddressError::Malformed)?;
        let has_roots = options.roots.is_some();
        let (mode, check) = match options.mode.as_deref() {
            // A socket in the file system leads to this machine alone; PostgreSQL speaks no TLS there.
            _ if !config.get_hosts().is_empty() && config.get_hosts().iter().all(is_socket) => {
                (SslMode::Disable, Check::Nothing)
            }
            Some("disable") => (SslMode::Disable, Check::Nothing),
            // Who names the system's authorities means that they be asked, and for the very server.
            None if options.system => (SslMode::Require, Check::AuthorityAndName),
            Some(weak) if options.system && weak != "verify-full" => {
                return Err(AddressError::SystemUnverified(weak.to_owned()));
            }
            None | Some("prefer") => (SslMode::Prefer, Check::Nothing),
            Some("require") if !has_roots => (SslMode::Require, Check::Nothing),
            Some("require" | "verify-ca") => (SslMode::Require, Check::Authority),
            Some("verify-full") => (SslMode::Require, Check::AuthorityAndName),
            Some(other) => return Err(AddressError::UnknownMode(other.to_owned())),
        };
        config.ssl_mode(mode);
        let authorities = options.roots.map_or(Authorities::OfTheSystem, Authorities::InFile);
        Ok(Self { config, check, connector: tls::connector(check, &authorities)? })
    }

    /// Whether the server's certificate is checked, its name included.
    #[must_use]
    pub fn is_verified(&self) -> bool {
        self.check == Check::AuthorityAndName
    }

    /// Whether everything that it can lead to is on this machine.
    #[must_use]
    pub fn is_this_machine(&self) -> bool {
        let is_here = |host: &Host| match host {
            Host::Tcp(name) => is_loopback(name),
            Host::Unix(_) => true,
        };
        self.config.get_hosts().iter().all(is_here) && self.config.get_hostaddrs().iter().all(IpAddr::is_loopback)
    }

    /// Connects. Where TLS is preferred and does not come about, without it.
    ///
    /// # Errors
    /// When the database is away, refuses, or is not who it should be.
    pub async fn connect(&self) -> Result<(Client, Driver), tokio_postgres::Error> {
        match self.config.connect(self.connector.clone()).await {
            Err(error) if self.config.get_ssl_mode() == SslMode::Prefer && may_be_due_to_tls(&error) => {
                let mut plain = self.config.clone();
                plain.ssl_mode(SslMode::Disable).connect(self.connector.clone()).await
            }
            outcome => outcome,
        }
    }

    /// Connects for diesel. What drives the connection runs where this is called.
    ///
    /// # Errors
    /// As [`Address::connect`].
    pub async fn establish(&self) -> ConnectionResult<AsyncPgConnection> {
        let connected = self.connect().await;
        let (client, driver) = connected.map_err(|error| ConnectionError::BadConnection(reason(&error)))?;
        AsyncPgConnection::try_from_client_and_connection(client, driver).await
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Prints no password.
        self.config.fmt(f)
    }
}

/// Whether a host is this machine: by a name that is reserved for that, or by its address.
pub(crate) fn is_loopback(host: &str) -> bool {
    let address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    address.map_or_else(|_| host == "localhost" || host.ends_with(".localhost"), |address| address.is_loopback())
}

fn is_socket(host: &Host) -> bool {
    matches!(host, Host::Unix(_))
}

/// Everything but what the database itself said, and its word that it takes nobody over TLS.
fn may_be_due_to_tls(error: &tokio_postgres::Error) -> bool {
    error.code().is_none_or(|code| *code == SqlState::INVALID_AUTHORIZATION_SPECIFICATION)
}

/// What an address says about TLS. Taken out of it, because `tokio-postgres` knows half of it.
#[derive(Debug, Default, PartialEq, Eq)]
struct TlsOptions {
    mode: Option<String>,
    roots: Option<PathBuf>,
    /// Whether the system's authorities are named.
    system: bool,
}

impl TlsOptions {
    fn taken_from(url: &str) -> (String, Self) {
        let mut options = Self::default();
        let Some((base, query)) = url.split_once('?') else { return (url.to_owned(), options) };
        let mut others = Vec::new();
        for pair in query.split('&') {
            // A plus is a plus in a database's address, as in a path.
            let escaped = pair.replace('+', "%2B");
            let read = form_urlencoded::parse(escaped.as_bytes()).next();
            match read.as_ref().map(|(name, value)| (name.as_ref(), value.as_ref())) {
                Some(("sslmode", value)) => options.mode = Some(value.to_owned()),
                // The name that libpq has for the system's own.
                Some(("sslrootcert", "system")) => options.system = true,
                Some(("sslrootcert", value)) => options.roots = Some(value.into()),
                _ => others.push(pair),
            }
        }
        (format!("{base}?{}", others.join("&")), options)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(options: &str) -> Result<Address, String> {
        Address::parse(&format!("postgres://agora:secret@db.example.dk/agora{options}"))
            .map_err(|error| error.to_string())
    }

    #[test]
    fn modes_mean_what_they_mean_everywhere_in_postgresql() {
        for (options, mode, check) in [
            ("", SslMode::Prefer, Check::Nothing),
            ("?sslmode=disable", SslMode::Disable, Check::Nothing),
            ("?application_name=a&sslmode=prefer", SslMode::Prefer, Check::Nothing),
            ("?sslmode=require", SslMode::Require, Check::Nothing),
            ("?sslrootcert=system", SslMode::Require, Check::AuthorityAndName),
        ] {
            let address = parse(options).unwrap();
            assert_eq!((address.config.get_ssl_mode(), address.check), (mode, check), "{options}");
        }
        assert_eq!(parse("?application_name=a&sslmode=prefer").unwrap().config.get_application_name(), Some("a"));
    }

    #[test]
    fn what_is_about_tls_is_taken_out_and_the_rest_is_kept() {
        for (url, kept, mode, roots) in [
            ("a@b/c", "a@b/c", None, None),
            ("a@b/c?sslmode=verify-full", "a@b/c?", Some("verify-full"), None),
            ("a@b/c?x=%20&sslrootcert=system&y=+", "a@b/c?x=%20&y=+", None, None),
            ("a@b/c?sslrootcert=%2Fca+1.pem&sslmode=require", "a@b/c?", Some("require"), Some("/ca+1.pem")),
        ] {
            let system = url.contains("system");
            let options = TlsOptions { mode: mode.map(ToOwned::to_owned), roots: roots.map(PathBuf::from), system };
            assert_eq!(TlsOptions::taken_from(url), (kept.to_owned(), options), "{url}");
        }
    }

    #[test]
    fn a_socket_in_the_file_system_needs_no_tls() {
        let address = Address::parse("postgres://agora@%2Fvar%2Frun%2Fpostgresql/agora?sslmode=require").unwrap();
        assert_eq!(address.config.get_ssl_mode(), SslMode::Disable);
        assert!(address.is_this_machine());
    }

    #[test]
    fn what_is_wrong_is_said_without_the_password() {
        for (options, reason) in [
            ("?sslmode=allow", "sslmode=allow is none of"),
            ("?sslmode=require&sslrootcert=system", "needs sslmode=verify-full, not require"),
            ("?sslmode=verify-ca&sslrootcert=/there/is/none.pem", "sslrootcert=/there/is/none.pem cannot be read"),
            ("?sslmode=verify-full&sslrootcert=/dev/null", "sslrootcert=/dev/null holds no certificate"),
            ("?sslkey=a", "is no PostgreSQL address"),
        ] {
            let said = parse(options).unwrap_err();
            assert!(said.contains(reason) && !said.contains("secret"), "{options}: {said}");
        }
        let said = Address::parse("host=db.example.dk password=secret").unwrap_err().to_string();
        assert!(said.contains("postgres://") && !said.contains("secret"), "{said}");
        assert!(!format!("{:?}", parse("").unwrap()).contains("secret"));
    }

    #[test]
    fn this_machine_is_told_from_others() {
        for own in ["localhost", "agora.localhost", "127.0.0.1", "127.1.2.3", "[::1]"] {
            assert!(Address::parse(&format!("postgres://a@{own}/agora")).unwrap().is_this_machine(), "{own}");
        }
        for other in ["db.example.dk", "10.0.0.1", "localhost.example.dk", "0.0.0.0", "localhost,db.example.dk"] {
            assert!(!Address::parse(&format!("postgres://a@{other}/agora")).unwrap().is_this_machine(), "{other}");
        }
        let elsewhere = Address::parse("postgres://a@localhost/agora?hostaddr=10.0.0.1").unwrap();
        assert!(!elsewhere.is_this_machine());
    }
}
