//! Taking files in and handing their contents out.

use std::ops::Range;

use chrono::{DateTime, TimeDelta, Utc};
use diesel::ExpressionMethods;
use diesel_async::RunQueryDsl;
use openapi::ids::FileId;
use tokio::task;

use super::{Error, File, inspection};
use crate::{
    db::schema::file,
    http::Received,
    identity::Actor,
    ports::files::{Content, Incoming, StoreError},
    service::Service,
};

/// How long a file waits for something to refer to it.
const UNUSED_FOR: TimeDelta = TimeDelta::hours(24);

/// Takes a file in: looks at it, notes it, stores it. In this order, so that no content is stored that nobody knows of:
/// what nothing refers to after a while goes again. No connection is held while the content is under way.
///
/// # Errors
/// What is wrong with it, or with the file store.
pub async fn take_in(service: &Service, actor: &Actor, received: Received) -> Result<File, Error> {
    let now = service.now();
    let Received { name, file_type, content } = received;
    let content = inspected(content, file_type).await?;
    let taken = File {
        id: FileId::new(now),
        uploaded_by: actor.account,
        name,
        file_type,
        size: i64::try_from(content.size()).unwrap_or(i64::MAX),
        sha256: content.sha256().to_vec(),
        scan_state: service.virus_scanner().first_state(),
        created_at: now,
    };
    note(service, &taken, now).await?;
    service.files().put(taken.id, content).await?;
    Ok(taken)
}

async fn inspected(content: Incoming, claimed: openapi::attachments::FileType) -> Result<Incoming, Error> {
    let looked = task::spawn_blocking(move || inspection::agrees(content.path(), claimed).map(|()| content));
    looked.await.map_err(std::io::Error::other)?
}

async fn note(service: &Service, taken: &File, now: DateTime<Utc>) -> Result<(), Error> {
    let mut conn = service.connection().await?;
    let sweep_at = file::sweep_at.eq(now + UNUSED_FOR);
    diesel::insert_into(file::table).values((taken, sweep_at)).execute(&mut conn).await?;
    Ok(())
}

/// The bytes of a file's content in a range, which lies within it.
///
/// # Errors
/// When the file store is away, or has lost the content.
pub async fn content(service: &Service, file: &File, range: Range<u64>) -> Result<Content, StoreError> {
    service.files().get(file.id, range).await
}
