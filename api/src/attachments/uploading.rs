//! Uploads from the first byte until something refers to them: the one order in which that happens, whatever a file is
//! uploaded to.

use openapi::{attachments::FileType, ids::AccountId};

use super::{Error, Uploaded, actions::take_in};
use crate::{
    config::FileLimits,
    db::Connection,
    http::{ApiError, Received, Upload},
    service::Service,
};

/// What a file is uploaded to: what differs between unsent responses, documents and images of hearings.
pub(crate) trait Destination: 'static {
    /// What its uploader is told of it once it hangs there.
    type Added: 'static;

    /// Why it does not.
    type Error: From<Error> + Into<ApiError> + 'static;

    /// The kinds of files that are taken.
    const KINDS: &'static [FileType] = FileType::ALL;

    /// Whether it stands in a page, in sizes that are made of it.
    const IN_SIZES: bool = false;

    /// Passes when one more is taken, before anything of it is read; also when the same request may have added it before,
    /// because that needs no room any more.
    async fn check(&self, conn: &mut Connection, limits: FileLimits) -> Result<(), Self::Error>;

    /// What the same request added before; nothing when there is room for it. The caller is asked again, because the file
    /// may have taken minutes to arrive.
    async fn added_before(
        &self,
        conn: &mut Connection,
        limits: FileLimits,
        file: &Received,
    ) -> Result<Option<Self::Added>, Self::Error>;

    /// Has something refer to it, in a transaction of its own, behind a lock: everything is asked once more.
    async fn attach(
        self,
        conn: &mut Connection,
        limits: FileLimits,
        uploaded: Uploaded,
    ) -> Result<Self::Added, Self::Error>;
}

/// Receives a person's file, looks at it, stores it and has its destination refer to it. What the same request added
/// before is given again, and nothing of it is stored.
///
/// # Errors
/// What is wrong with the file, with the file store or with its destination, as soon as it is known; nothing is left behind
/// then.
pub(crate) async fn receive<D: Destination>(
    service: &Service,
    uploader: AccountId,
    upload: Upload,
    destination: D,
) -> Result<D::Added, ApiError> {
    let limits = service.attachment_limits();
    let place = service.uploads().enter(uploader)?;
    destination.check(&mut *service.connection().await?, limits).await.map_err(Into::into)?;
    let received = upload.receive(service.files().incoming(), limits.bytes, D::KINDS).await?;
    let before = destination.added_before(&mut *service.connection().await?, limits, &received).await;
    if let Some(added) = before.map_err(Into::into)? {
        return Ok(added);
    }
    let attaching = service.clone();
    let attach = async move |uploaded| {
        // Taken until then: what was received is looked at also when the client hangs up.
        let _place = place;
        let mut conn = attaching.connection().await.map_err(Error::from)?;
        destination.attach(&mut conn, limits, uploaded).await
    };
    take_in(service, uploader, received, D::IN_SIZES, attach).await.map_err(Into::into)
}
