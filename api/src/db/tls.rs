//! TLS on the way to the database: whom to believe that it is the database.

use std::{path::PathBuf, sync::Arc};

use rustls::{
    CertificateError, ClientConfig, DigitallySignedStruct, RootCertStore, SignatureScheme,
    client::{
        WebPkiServerVerifier,
        danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier},
    },
    crypto::{CryptoProvider, ring, verify_tls12_signature, verify_tls13_signature},
    pki_types::{CertificateDer, ServerName, UnixTime, pem, pem::PemObject},
};
use tokio_postgres_rustls::MakeRustlsConnect;

/// What is checked of the server's certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Check {
    /// Nothing: whoever listens along learns nothing, and whoever stands between everything.
    Nothing,
    /// That an authority that is trusted has signed it, for whatever name.
    Authority,
    /// That too, and that it is for this name.
    AuthorityAndName,
}

/// The authorities that are trusted.
#[derive(Debug, Clone)]
pub(super) enum Authorities {
    /// Those that the system trusts.
    OfTheSystem,
    /// Those in this PEM file.
    InFile(PathBuf),
}

/// Why TLS cannot be prepared.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// The file with the authorities cannot be read.
    #[error("sslrootcert={} cannot be read ({reason})", .file.display())]
    Unreadable {
        /// The file.
        file: PathBuf,
        /// Why.
        reason: pem::Error,
    },
    /// It holds none.
    #[error("sslrootcert={} holds no certificate", .0.display())]
    NoCertificate(PathBuf),
    /// The system trusts nobody.
    #[error("this system has no certificates of authorities; name a file with them by sslrootcert")]
    NoneOnSystem,
    /// A certificate, or what the program was built with, does not do.
    #[error("TLS cannot be prepared ({0})")]
    Unusable(String),
}

impl TlsError {
    fn unusable(error: impl ToString) -> Self {
        Self::Unusable(error.to_string())
    }
}

/// What makes connections to the database with so much checked.
///
/// # Errors
/// When the authorities cannot be read.
pub(super) fn connector(check: Check, authorities: &Authorities) -> Result<MakeRustlsConnect, TlsError> {
    // Named rather than left to what else happens to be built in.
    let provider = Arc::new(ring::default_provider());
    let authority = || {
        let roots = Arc::new(roots(authorities)?);
        let verifier = WebPkiServerVerifier::builder_with_provider(roots, Arc::clone(&provider)).build();
        verifier.map_err(TlsError::unusable)
    };
    let for_any_name = |authority| Arc::new(ForAnyName { authority, provider: Arc::clone(&provider) });
    let verifier: Arc<dyn ServerCertVerifier> = match check {
        Check::Nothing => for_any_name(None),
        Check::Authority => for_any_name(Some(authority()?)),
        Check::AuthorityAndName => authority()?,
    };
    let config = ClientConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions()
        .map_err(TlsError::unusable)?
        .dangerous()
        .with_custom_certificate_verifier(verifier)
        .with_no_client_auth();
    Ok(MakeRustlsConnect::new(config))
}

fn roots(authorities: &Authorities) -> Result<RootCertStore, TlsError> {
    let mut roots = RootCertStore::empty();
    match authorities {
        Authorities::OfTheSystem => {
            // Systems carry some old ones that are not understood; the others do.
            let (usable, _) = roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
            if usable == 0 {
                return Err(TlsError::NoneOnSystem);
            }
        }
        Authorities::InFile(file) => {
            let unreadable = |reason| TlsError::Unreadable { file: file.clone(), reason };
            for certificate in CertificateDer::pem_file_iter(file).map_err(unreadable)? {
                roots.add(certificate.map_err(unreadable)?).map_err(TlsError::unusable)?;
            }
            if roots.is_empty() {
                return Err(TlsError::NoCertificate(file.clone()));
            }
        }
    }
    Ok(roots)
}

/// Takes a certificate for whatever name it is: of an authority that is trusted, or of anybody where none is asked for.
/// That is what PostgreSQL's `verify-ca` and `require` promise, and no more. Whoever holds it must still prove that it
/// is his.
#[derive(Debug)]
struct ForAnyName {
    authority: Option<Arc<WebPkiServerVerifier>>,
    provider: Arc<CryptoProvider>,
}

impl ServerCertVerifier for ForAnyName {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        let Some(authority) = &self.authority else { return Ok(ServerCertVerified::assertion()) };
        // The name is the last thing that is looked at.
        match authority.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now) {
            Err(rustls::Error::InvalidCertificate(
                CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. },
            )) => Ok(ServerCertVerified::assertion()),
            verified => verified,
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls12_signature(message, certificate, signature, &self.provider.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls13_signature(message, certificate, signature, &self.provider.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}
