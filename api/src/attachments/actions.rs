//! Taking files in and handing their contents out.

use std::ops::Range;

use chrono::{DateTime, TimeDelta, Utc};
use diesel::ExpressionMethods;
use diesel_async::RunQueryDsl;
use openapi::{attachments::FileType, ids::FileId};

use super::{Error, File, Image, Served, Size, apart::Looked, showing::Made};
use crate::{
    db::schema::file,
    http::Received,
    identity::Actor,
    ports::files::{Content, StoreError},
    service::Service,
};

/// How long a file waits for something to refer to it.
const UNUSED_FOR: TimeDelta = TimeDelta::hours(24);

/// Takes a file in: looks at it, makes the copy of it that is shown, notes it, stores both. In this order, so that no content is stored that nobody knows of:
/// what nothing refers to after a while goes again. No connection is held while the content is under way.
///
/// # Errors
/// What is wrong with it, or with the file store.
pub async fn take_in(service: &Service, actor: &Actor, received: Received) -> Result<File, Error> {
    let Received { name, file_type, content } = received;
    let looked = service.looking().at(content, file_type, service.files().incoming()).await?;
    store(service, actor, &name, file_type, looked).await
}

/// Takes in an image that stands in a page, with the sizes in which it is shown there, each a file of its own.
///
/// # Errors
/// What is wrong with it, or with the file store; [`Error::Busy`] when too many wait.
pub async fn take_in_image(service: &Service, actor: &Actor, received: Received) -> Result<Image, Error> {
    let Received { name, file_type, content } = received;
    let folder = service.files().incoming();
    let looked = service.looking().at(content, file_type, folder).await?;
    let (looked, made) = service.looking().sizes_of(looked, file_type, folder).await?;
    let mut sizes = Vec::new();
    for Made { width, height, content } in made {
        let size = Looked { original: content, copy: None };
        sizes.push(Size { width, height, file: store(service, actor, &name, file_type, size).await? });
    }
    Ok(Image { file: store(service, actor, &name, file_type, looked).await?, sizes })
}

async fn store(
    service: &Service,
    actor: &Actor,
    name: &str,
    file_type: FileType,
    looked: Looked,
) -> Result<File, Error> {
    let now = service.now();
    let Looked { original, copy } = looked;
    let taken = File {
        id: FileId::new(now),
        uploaded_by: actor.account,
        name: name.to_owned(),
        file_type,
        size: i64::try_from(original.size()).unwrap_or(i64::MAX),
        sha256: original.sha256().to_vec(),
        scan_state: service.virus_scanner().first_state(),
        created_at: now,
        shown_id: copy.as_ref().map(|_| FileId::new(now)),
        shown_size: copy.as_ref().map(|copy| i64::try_from(copy.size()).unwrap_or(i64::MAX)),
        shown_sha256: copy.as_ref().map(|copy| copy.sha256().to_vec()),
    };
    note(service, &taken, now).await?;
    service.files().put(taken.id, original).await?;
    if let (Some(id), Some(copy)) = (taken.shown_id, copy) {
        service.files().put(id, copy).await?;
    }
    Ok(taken)
}

async fn note(service: &Service, taken: &File, now: DateTime<Utc>) -> Result<(), Error> {
    let mut conn = service.connection().await?;
    let sweep_at = file::sweep_at.eq(now + UNUSED_FOR);
    diesel::insert_into(file::table).values((taken, sweep_at)).execute(&mut conn).await?;
    Ok(())
}

/// The bytes of what a reader gets of a file in a range, which lies within it.
///
/// # Errors
/// When the file store is away, or has lost the content.
pub async fn content(service: &Service, file: &Served, range: Range<u64>) -> Result<Content, StoreError> {
    service.files().get(file.content, range).await
}
