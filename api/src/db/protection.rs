//! How far the connection to the database is protected against those on the way, by the database's own word.

use std::fmt;

use tokio_util::task::AbortOnDropHandle;

use super::Address;

/// What protects a connection. Prints as a sentence for whoever runs the service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Protection {
    /// The version of TLS, where it is encrypted: `TLSv1.3`.
    pub tls: Option<String>,
    /// Whether the server's certificate is checked, its name included.
    pub verified: bool,
    /// Whether the database is on this machine.
    pub this_machine: bool,
}

impl Protection {
    /// That of a connection to this address, made for the purpose.
    ///
    /// # Errors
    /// When the database is away or refuses.
    pub async fn of(address: &Address) -> Result<Self, tokio_postgres::Error> {
        let (client, driver) = address.connect().await?;
        let _driven = AbortOnDropHandle::new(tokio::spawn(driver));
        let row = client.query_one("SELECT version FROM pg_stat_ssl WHERE pid = pg_backend_pid()", &[]).await?;
        Ok(Self { tls: row.try_get(0)?, verified: address.is_verified(), this_machine: address.is_this_machine() })
    }
}

impl fmt::Display for Protection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let remedy = "Use sslmode=verify-full in AGORA_DATABASE_URL, with sslrootcert for an authority that this system \
                      does not know";
        match self {
            Self { tls: Some(tls), verified: true, .. } => {
                write!(f, "The connection to the database is encrypted ({tls}), and its certificate is checked.")
            }
            Self { tls: Some(tls), this_machine: true, .. } => write!(
                f,
                "The connection to the database is encrypted ({tls}). Its certificate is not checked; it is on this \
                 machine."
            ),
            Self { tls: None, this_machine: true, .. } => {
                write!(f, "The connection to the database is not encrypted; it is on this machine.")
            }
            Self { tls: Some(tls), .. } => write!(
                f,
                "Warning: the connection to the database is encrypted ({tls}), but its certificate is not checked, and \
                 it is on another machine: somebody between the two can pass for it. {remedy}."
            ),
            Self { tls: None, .. } => write!(
                f,
                "Warning: the connection to the database is not encrypted, and it is on another machine: everybody on \
                 the way reads along. {remedy}."
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_another_machine_needs_is_said_as_a_warning() {
        let said = |tls: Option<&str>, verified, this_machine| {
            Protection { tls: tls.map(ToOwned::to_owned), verified, this_machine }.to_string()
        };
        for (tls, verified, this_machine, warned, words) in [
            (None, false, false, true, "is not encrypted"),
            (Some("TLSv1.3"), false, false, true, "is encrypted (TLSv1.3), but"),
            (Some("TLSv1.3"), true, false, false, "is encrypted (TLSv1.3)"),
            (Some("TLSv1.2"), false, true, false, "is encrypted (TLSv1.2)"),
            (None, false, true, false, "is not encrypted"),
        ] {
            let said = said(tls, verified, this_machine);
            assert_eq!(said.starts_with("Warning: "), warned, "{said}");
            assert!(said.contains(words) && said.contains("sslmode=verify-full") == warned, "{said}");
        }
    }
}
