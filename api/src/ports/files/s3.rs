//! Keeps contents in a bucket of an S3-compatible store. Requests are signed here (signature version 4, in the address)
//! and name the bucket in the path, which all stores of this kind understand.

use std::{
    ops::Range,
    path::{Path, PathBuf},
    time::Duration,
};

use base64::{Engine, prelude::BASE64_STANDARD};
use futures::TryStreamExt;
use openapi::ids::FileId;
use reqwest::{Body, Client, RequestBuilder, Response, StatusCode, header, redirect::Policy};
use rusty_s3::{Credentials, S3Action, UrlStyle};
use tokio::fs::File;
use tokio_util::io::ReaderStream;
use url::Url;

use super::{Content, FileStore, Incoming, Pending, StoreError};
use crate::config::Secret;

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
            return Ok(Box::pin(futures::stream::empty()));
        }
        let wanted = format!("bytes={}-{}", range.start, range.end - 1);
        let response = send(self.http.get(address).header(header::RANGE, wanted)).await?;
        Ok(Box::pin(response.bytes_stream().map_err(|error| std::io::Error::other(error.without_url()))))
    }

    async fn forget(&self, id: FileId) -> Result<(), StoreError> {
        let name = self.name(id);
        let address = self.bucket.delete_object(Some(&self.credentials), &name).sign(SIGNED_FOR);
        match send(self.http.delete(address)).await {
            Ok(_) | Err(StoreError::Missing) => Ok(()),
            Err(error) => Err(error),
        }
    }

    async fn ask(&self) -> Result<(), StoreError> {
        let address = self.bucket.head_bucket(Some(&self.credentials)).sign(SIGNED_FOR);
        send(self.http.head(address)).await.map(drop).map_err(without_bucket)
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

    fn check(&self) -> Pending<'_, ()> {
        Box::pin(self.ask())
    }
}
