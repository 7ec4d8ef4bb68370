//! Reads of pictures.

use diesel::QueryResult;
use openapi::{
    attachments::Attachment,
    ids::{FileId, HearingId},
};

use crate::{
    attachments::{self, File},
    db::{Connection, Shared},
    hearings::{Error, HearingFor, ReadHearings},
    identity::Require,
};

/// A hearing's picture, when it has one.
pub(in crate::hearings) async fn of<P>(conn: Shared<'_>, hearing: &HearingFor<P>) -> QueryResult<Option<Attachment>> {
    let Some(id) = hearing.row().image_id else { return Ok(None) };
    Ok(attachments::queries::find(conn, id).await?.map(File::into_wire))
}

/// The picture, when it is still the hearing's and whoever asks may fetch it.
pub(super) async fn fetch(
    conn: &mut Connection,
    asker: &Require<ReadHearings>,
    (hearing, id): (HearingId, FileId),
) -> Result<File, Error> {
    let hearing = asker.read(conn, hearing).await?;
    let is_its = hearing.row().image_id == Some(id);
    let file = if is_its { attachments::queries::find(conn, id).await? } else { None };
    let file = file.ok_or(Error::NotFound)?;
    attachments::rules::fetch(&file, asker.actor().map(|actor| actor.account))?;
    Ok(file)
}
