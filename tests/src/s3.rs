//! An S3-speaking server for the tests: checks signatures, and keeps what it gets in a folder.

use std::path::Path;

use api::ports::files::Bucket;
use hyper_util::{
    rt::{TokioExecutor, TokioIo},
    server::conn::auto::Builder,
};
use s3s::{auth::SimpleAuth, service::S3ServiceBuilder};
use s3s_fs::FileSystem;
use tempfile::TempDir;
use tokio::{net::TcpListener, task::JoinHandle};

const BUCKET: &str = "hearings";
const ACCESS_KEY: &str = "agora";
const SECRET_KEY: &str = "en-hemmelighed-for-to";

/// A running server with one bucket. Ends when dropped.
pub struct S3Server {
    address: String,
    folder: TempDir,
    running: JoinHandle<()>,
}

impl S3Server {
    /// Starts it on a free port.
    pub async fn start() -> Self {
        let folder = tempfile::tempdir().expect("there is room for a folder");
        std::fs::create_dir(folder.path().join(BUCKET)).expect("a bucket can be made");
        let mut service = S3ServiceBuilder::new(FileSystem::new(folder.path()).expect("the folder is one"));
        service.set_auth(SimpleAuth::from_single(ACCESS_KEY, SECRET_KEY));
        let service = service.build();
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a free port");
        let address = format!("http://{}", listener.local_addr().expect("an address"));
        let running = tokio::spawn(async move {
            while let Ok((connection, _)) = listener.accept().await {
                let service = service.clone();
                tokio::spawn(async move {
                    let http = Builder::new(TokioExecutor::new());
                    // Who hangs up is a test's business, not this server's.
                    let _ = http.serve_connection(TokioIo::new(connection), service).await;
                });
            }
        });
        Self { address, folder, running }
    }

    /// What a service has to know to keep files here.
    #[must_use]
    pub fn bucket(&self, incoming: &Path) -> Bucket {
        Bucket {
            endpoint: self.address.parse().expect("the address is a URL"),
            region: "eu-north-1".to_owned(),
            name: BUCKET.to_owned(),
            prefix: "agora/".to_owned(),
            access_key: ACCESS_KEY.to_owned(),
            secret_key: SECRET_KEY.to_owned().into(),
            incoming: incoming.to_owned(),
        }
    }

    /// The folder that stands for the bucket.
    #[must_use]
    pub fn folder(&self) -> std::path::PathBuf {
        self.folder.path().join(BUCKET)
    }
}

impl Drop for S3Server {
    fn drop(&mut self) {
        self.running.abort();
    }
}
