//! A PostgreSQL that speaks TLS, with a certificate of an authority made for the occasion.

use std::{env, fs, path::PathBuf};

use api::db::{Address, provision};
use postgres::Cluster;
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use tokio_postgres::{Client, NoTls};
use uuid::Uuid;

/// The database in it.
const DATABASE: &str = "agora";

/// The password of the service's login.
const PASSWORD: &str = "agoratests";

/// A cluster of its own, since others must not notice. Its certificate is for `localhost` and for nothing else.
pub struct EncryptedCluster {
    cluster: Cluster,
    owner: Client,
    folder: PathBuf,
}

impl EncryptedCluster {
    /// Starts it, with an empty database.
    pub async fn start() -> Self {
        let cluster = Cluster::temporary().expect("a private PostgreSQL can be started");
        let folder = env::temp_dir().join(format!("agora-authorities-{}", Uuid::now_v7()));
        fs::create_dir(&folder).unwrap();
        provision::database(&cluster.url("postgres"), DATABASE).await.unwrap();
        let (owner, connection) = tokio_postgres::connect(&cluster.url(DATABASE), NoTls).await.unwrap();
        tokio::spawn(connection);
        let this = Self { cluster, owner, folder };
        let authority = this.authority("authority");
        this.authority("stranger");
        this.certify(&authority).await;
        this
    }

    /// Makes an authority, whose certificate is found at [`Self::roots`].
    fn authority(&self, name: &str) -> CertifiedIssuer<'static, KeyPair> {
        let mut params = CertificateParams::default();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let authority = CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap();
        fs::write(self.roots(name), authority.pem()).unwrap();
        authority
    }

    async fn certify(&self, authority: &CertifiedIssuer<'static, KeyPair>) {
        let key = KeyPair::generate().unwrap();
        let params = CertificateParams::new(["localhost".to_owned()]).unwrap();
        self.write("server.crt", &params.signed_by(&key, authority).unwrap().pem()).await;
        self.write("server.key", &key.serialize_pem()).await;
        self.owner.batch_execute("ALTER SYSTEM SET ssl = on").await.unwrap();
        self.admit("host").await;
        while self.connect(&self.url("localhost", "sslmode=require")).await.is_err() {}
    }

    /// Writes a file of the server's, as the server's user and for him alone.
    async fn write(&self, name: &str, text: &str) {
        let rows = format!("SELECT unnest(string_to_array('{text}', E'\\n'))");
        let statement = format!("COPY ({rows}) TO PROGRAM 'umask 077 && cat > {name}'");
        self.owner.batch_execute(&statement).await.unwrap();
    }

    /// Takes connections of this kind and no others from now on: `host` is all, `hostssl` and `hostnossl` what they say.
    pub async fn admit(&self, kind: &str) {
        self.write("pg_hba.conf", &format!("{kind} all all 127.0.0.1/32 scram-sha-256")).await;
        self.owner.batch_execute("SELECT pg_reload_conf()").await.unwrap();
        for (option, taken) in [("require", kind != "hostnossl"), ("disable", kind != "hostssl")] {
            // The server reads it in its own time. Before it has a certificate nothing can be told by TLS.
            let url = self.url("localhost", &format!("sslmode={option}"));
            while kind != "host" && self.connect(&url).await.is_ok() != taken {}
        }
    }

    async fn connect(&self, url: &str) -> Result<(), tokio_postgres::Error> {
        Address::parse(url).expect("an address").connect().await.map(drop)
    }

    /// The owner's address.
    #[must_use]
    pub fn url(&self, host: &str, options: &str) -> String {
        format!("{}?{options}", self.cluster.url(DATABASE).replace("127.0.0.1", host))
    }

    /// The service's address, once its login is there.
    #[must_use]
    pub fn service_url(&self, host: &str, options: &str) -> String {
        let (port, login) = (self.cluster.port(), provision::LOGIN);
        format!("postgres://{login}:{PASSWORD}@{host}:{port}/{DATABASE}?{options}")
    }

    /// The file with the certificate of `authority`, who signed the server's, or of `stranger`, who did not.
    #[must_use]
    pub fn roots(&self, name: &str) -> PathBuf {
        self.folder.join(name).with_extension("pem")
    }

    /// A connection as the owner, from before anybody was turned away.
    #[must_use]
    pub fn owner(&self) -> &Client {
        &self.owner
    }

    /// Makes the service's login, after the migrations.
    pub async fn make_login(&self) {
        let login = format!("CREATE ROLE {} LOGIN IN ROLE agora_service PASSWORD '{PASSWORD}'", provision::LOGIN);
        self.owner.batch_execute(&login).await.unwrap();
    }

    /// Ends it and removes what it left.
    pub fn stop(self) {
        fs::remove_dir_all(&self.folder).unwrap();
        self.cluster.stop().unwrap();
    }
}
