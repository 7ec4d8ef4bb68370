//! Requests whose body comes in pieces, as over a bad network: the last byte when the test says so.

use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::{Answer, Person, app::SESSION_COOKIE};

/// A request whose last byte has not been sent.
pub struct InPieces {
    stream: TcpStream,
    last: u8,
}

impl Person {
    /// Sends a request but for the last byte of its body, and gives the service the time to read it.
    pub async fn begin(&self, method: &str, address: &str, headers: &[(&str, &str)], body: &[u8]) -> InPieces {
        let host = self.socket().base().trim_start_matches("http://").to_owned();
        let session = self.socket().cookie(SESSION_COOKIE).unwrap_or_default();
        let mut head = format!(
            "{method} {address} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nCookie: {SESSION_COOKIE}={session}\r\n\
             X-CSRF-Token: {}\r\nContent-Length: {}\r\n",
            self.csrf_token(),
            body.len(),
        );
        for (name, value) in headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        head.push_str("\r\n");
        let (last, rest) = body.split_last().expect("a body");
        let mut stream = TcpStream::connect(&host).await.expect("the application listens");
        stream.write_all(&[head.as_bytes(), rest].concat()).await.unwrap();
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        InPieces { stream, last: *last }
    }
}

impl InPieces {
    /// Sends the last byte and takes the reply.
    pub async fn finish(mut self) -> Answer {
        self.stream.write_all(&[self.last]).await.unwrap();
        let mut reply = Vec::new();
        self.stream.read_to_end(&mut reply).await.unwrap();
        let end = reply.windows(4).position(|four| four == b"\r\n\r\n").expect("a whole head");
        let head = String::from_utf8_lossy(&reply[..end]).into_owned();
        let mut lines = head.lines();
        let status = lines.next().and_then(|line| line.split(' ').nth(1)).and_then(|status| status.parse().ok());
        let headers: HeaderMap = lines
            .filter_map(|line| line.split_once(": "))
            .filter_map(|(name, value)| Some((name.parse::<HeaderName>().ok()?, HeaderValue::from_str(value).ok()?)))
            .collect();
        Answer { status: status.expect("a status"), headers, body: reply[end + 4..].to_vec() }
    }
}
