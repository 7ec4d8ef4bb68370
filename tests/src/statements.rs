//! Counts the statements that reach PostgreSQL, on the way there: the only place where none can hide.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream, tcp::OwnedReadHalf, tcp::OwnedWriteHalf},
};
use url::Url;

/// The statements that were carried out so far.
#[derive(Debug, Clone, Default)]
pub struct Statements(Arc<AtomicU64>);

impl Statements {
    /// How many there were since it was last asked.
    #[must_use]
    pub fn take(&self) -> u64 {
        self.0.swap(0, Ordering::SeqCst)
    }

    /// Stands between a database and whoever connects to the address this gives.
    pub(crate) async fn watch(&self, database_url: &str) -> String {
        let mut url = Url::parse(database_url).expect("the database's address is a URL");
        let database = (url.host_str().expect("a host").to_owned(), url.port().unwrap_or(5432));
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a free port");
        let port = listener.local_addr().expect("an address").port();
        let counter = self.clone();
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let Ok(server) = TcpStream::connect(&database).await else { continue };
                // Small messages that wait for their answers: each must leave at once.
                let _ = client.set_nodelay(true);
                let _ = server.set_nodelay(true);
                let (from_client, mut to_client) = client.into_split();
                let (mut from_server, to_server) = server.into_split();
                tokio::spawn(async move { tokio::io::copy(&mut from_server, &mut to_client).await });
                tokio::spawn(counter.clone().forward(from_client, to_server));
            }
        });
        url.set_host(Some("127.0.0.1")).expect("a host");
        url.set_port(Some(port)).expect("a port");
        // What is encrypted cannot be counted.
        url.set_query(Some("sslmode=disable"));
        url.into()
    }

    /// Passes the client's messages on and counts those that carry something out: `Execute` and `Query`.
    async fn forward(self, mut from: OwnedReadHalf, mut to: OwnedWriteHalf) -> std::io::Result<()> {
        // The first message has no kind.
        let mut message = vec![0; 4];
        loop {
            from.read_exact(&mut message).await?;
            let (kind, length) = message.split_at(message.len() - 4);
            let length = u32::from_be_bytes(length.try_into().expect("four bytes"));
            if matches!(kind, [b'E' | b'Q']) {
                self.0.fetch_add(1, Ordering::SeqCst);
            }
            let begun = message.len();
            message.resize(begun + usize::try_from(length).expect("a length") - 4, 0);
            from.read_exact(&mut message[begun..]).await?;
            to.write_all(&message).await?;
            message.resize(5, 0);
        }
    }
}
