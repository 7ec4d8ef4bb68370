//! Keeps contents in a bucket of an S3-compatible store. Requests are signed here (signature version 4, in the address)
//! and name the bucket in the path, which all stores of this kind understand.

use std::{
    io,
    ops::Range,
    path::{Path, PathBuf},
    time::Duration,
};

use base64::{Engine, prelude::BASE64_STANDARD};
use futures::{TryStreamExt, stream};
use openapi::ids::FileId;
use reqwest::{Body, Client, RequestBuilder, Response, StatusCode, header, redirect::Policy};
use rusty_s3::{Credentials, S3Action, UrlStyle, actions::ListObjectsV2};
use tokio::{fs::File, task};
use tokio_util::io::ReaderStream;
use url::Url;

use super::{Content, FileStore, Held, Incoming, Listing, Pending, StoreError, incoming::write_a_byte};
use crate::secret::Secret;

/// How long a signed address is good for. It leaves this process only on the way to the store.
const SIGNED_FOR: Duration = Duration::from_secs(300);

/// How long a connection to the store may take to come about.
const CONNECTS_WITHIN: Duration = Duration::from_secs(5);

/// How long the store may send nothing.
const SILENT_AT_MOST: Duration = Duration::from_secs(30);

/// How long the store may take to keep a content.
const KEPT_WITHIN: Duration = Duration::from_secs(600);

/// The store checks the content it gets against this.
const CHECKSUM: &str = "x-amz-checksum-sha256";

/// What the byte is called by which it is known that there is room.
const CHECK: &str = "check";

/// Where an S3-compatible store is, and what it is told of this service.
#[derive(Debug, Clone)]
pub struct Bucket {
    /// Its address, without the bucket.
    pub endpoint: Url,
    /// The region that requests are signed for.
    pub region: String,
    /// The bucket.
    pub name: String,
    /// What the names of contents begin with: empty, or `agora/`.
    pub prefix: String,
    /// The access key.
    pub access_key: String,
    /// The secret key.
    pub secret_key: Secret,
    /// A folder of this machine for what is on its way in.
    pub incoming: PathBuf,
}

/// A bucket with contents.
pub struct S3Files {
    bucket: rusty_s3::Bucket,
    credentials: Credentials,
    prefix: String,
    incoming: PathBuf,
    http: Client,
}

impl S3Files {
    /// In this bucket. Connects to nothing yet.
    ///
    /// # Errors
    /// When the endpoint is no address of a store, or the machine's certificates cannot be read.
    pub fn new(bucket: Bucket) -> anyhow::Result<Self> {
        let Bucket { endpoint, region, name, prefix, access_key, secret_key, incoming } = bucket;
        let http = Client::builder()
            .redirect(Policy::none())
            .connect_timeout(CONNECTS_WITHIN)
            .read_timeout(SILENT_AT_MOST)
            .build()?;
        let bucket = rusty_s3::Bucket::new(endpoint, UrlStyle::Path, name, region)?;
        let credentials = Credentials::new(access_key, secret_key.expose());
        Ok(Self { bucket, credentials, prefix, incoming, http })
    }

    fn name(&self, id: FileId) -> String {
        format!("{}{id}", self.prefix)
    }

    async fn keep(&self, id: FileId, content: Incoming) -> Result<(), StoreError> {
        let (name, checksum) = (self.name(id), BASE64_STANDARD.encode(content.sha256()));
        let mut action = self.bucket.put_object(Some(&self.credentials), &name);
        action.headers_mut().insert(CHECKSUM, checksum.as_str());
        let pieces = ReaderStream::new(File::open(content.path()).await?);
        let request = self.http.put(action.sign(SIGNED_FOR)).timeout(KEPT_WITHIN);
        // The length, because stores take no content of unknown length.
        let request = request.header(CHECKSUM, checksum).header(header::CONTENT_LENGTH, content.size());
        send(request.body(Body::wrap_stream(pieces))).await.map(drop).map_err(without_bucket)
    }

    async fn fetch(&self, id: FileId, range: Range<u64>) -> Result<Content, StoreError> {
        let name = self.name(id);
        let address = self.bucket.get_object(Some(&self.credentials), &name).sign(SIGNED_FOR);
        if range.is_empty() {
            return Ok(Box::pin(stream::empty()));
        }
        let wanted = format!("bytes={}-{}", range.start, range.end - 1);
        let response = send(self.http.get(address).header(header::RANGE, wanted)).await?;
        if response.content_length().is_some_and(|length| length < range.end - range.start) {
            return Err(StoreError::CutOff);
        }
        Ok(Box::pin(response.bytes_stream().map_err(|error| io::Error::other(error.without_url()))))
    }

    async fn forget(&self, id: FileId) -> Result<(), StoreError> {
        let name = self.name(id);
        let address = self.bucket.delete_object(Some(&self.credentials), &name).sign(SIGNED_FOR);
        match send(self.http.delete(address)).await {
            Ok(_) | Err(StoreError::Missing) => Ok(()),
            Err(error) => Err(error),
        }
    }

    async fn measure(&self, id: FileId) -> Result<u64, StoreError> {
        let name = self.name(id);
        let address = self.bucket.head_object(Some(&self.credentials), &name).sign(SIGNED_FOR);
        let response = send(self.http.head(address)).await?;
        // The header: a reply to HEAD has no body that could be measured.
        let length = response.headers().get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse().ok());
        length.ok_or_else(|| StoreError::Failed("it does not say how long a content is".into()))
    }

    /// One page of the listing, and what the next is asked for by.
    async fn page(&self, token: Option<String>) -> Result<(Vec<Held>, Option<String>), StoreError> {
        let mut action = self.bucket.list_objects_v2(Some(&self.credentials));
        action.with_prefix(self.prefix.as_str());
        if let Some(token) = token {
            action.with_continuation_token(token);
        }
        let response = send(self.http.get(action.sign(SIGNED_FOR))).await.map_err(without_bucket)?;
        let text = response.text().await.map_err(|error| StoreError::Failed(error.without_url().into()))?;
        let page =
            ListObjectsV2::parse_response(&text).map_err(|error| StoreError::Failed(error.to_string().into()))?;
        let held = page.contents.into_iter().filter_map(|found| self.held(&found.key)).collect();
        Ok((held, page.next_continuation_token))
    }

    fn held(&self, key: &str) -> Option<Held> {
        let name = key.strip_prefix(&self.prefix).filter(|name| *name != CHECK)?;
        let id = name.parse().ok().map(FileId).filter(|id| id.to_string() == name);
        Some(id.map_or_else(|| Held::Other(name.to_owned()), Held::Content))
    }

    async fn ask(&self) -> Result<(), StoreError> {
        let folder = self.incoming.clone();
        let written = task::spawn_blocking(move || write_a_byte(&folder).map_err(without_folder));
        written.await.map_err(|error| StoreError::Failed(error.into()))??;
        let bucket = self.bucket.head_bucket(Some(&self.credentials)).sign(SIGNED_FOR);
        send(self.http.head(bucket)).await.map_err(without_bucket)?;
        let name = format!("{}{CHECK}", self.prefix);
        let address = self.bucket.put_object(Some(&self.credentials), &name).sign(SIGNED_FOR);
        send(self.http.put(address).body("x")).await.map(drop).map_err(without_bucket)
    }
}

/// The folder for what is on its way in is no content that could be missing.
fn without_folder(error: io::Error) -> StoreError {
    match StoreError::from(error) {
        StoreError::Missing => StoreError::Failed("the folder for incoming files is gone".into()),
        other => other,
    }
}

/// What is missing when no content was asked for.
fn without_bucket(error: StoreError) -> StoreError {
    match error {
        StoreError::Missing => StoreError::Refused("there is no such bucket".to_owned()),
        other => other,
    }
}

/// Sends a request. Errors never tell its address: that lets whoever reads it in for a while.
async fn send(request: RequestBuilder) -> Result<Response, StoreError> {
    let response = request.send().await.map_err(|error| StoreError::Failed(error.without_url().into()))?;
    match response.status() {
        status if status.is_success() => Ok(response),
        StatusCode::NOT_FOUND => Err(StoreError::Missing),
        StatusCode::RANGE_NOT_SATISFIABLE => Err(StoreError::CutOff),
        status @ StatusCode::INSUFFICIENT_STORAGE => Err(StoreError::Full(format!("it answered {status}").into())),
        status if status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS => {
            Err(StoreError::Failed(format!("it answered {status}").into()))
        }
        status => Err(StoreError::Refused(format!("it answered {status}"))),
    }
}

impl FileStore for S3Files {
    fn adapter(&self) -> &'static str {
        "s3"
    }

    fn incoming(&self) -> &Path {
        &self.incoming
    }

    fn put(&self, id: FileId, content: Incoming) -> Pending<'_, ()> {
        Box::pin(self.keep(id, content))
    }

    fn get(&self, id: FileId, range: Range<u64>) -> Pending<'_, Content> {
        Box::pin(self.fetch(id, range))
    }

    fn remove(&self, id: FileId) -> Pending<'_, ()> {
        Box::pin(self.forget(id))
    }

    fn size(&self, id: FileId) -> Pending<'_, u64> {
        Box::pin(self.measure(id))
    }

    fn list(&self) -> Listing<'_> {
        let pages = stream::try_unfold(Some(None), move |token| async move {
            let Some(token) = token else { return Ok(None) };
            let (held, next) = self.page(token).await?;
            Ok::<_, StoreError>(Some((stream::iter(held.into_iter().map(Ok)), next.map(Some))))
        });
        Box::pin(pages.try_flatten())
    }

    fn check(&self) -> Pending<'_, ()> {
        Box::pin(self.ask())
    }
}
