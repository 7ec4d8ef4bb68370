//! Reads of pictures.

use diesel::QueryResult;
use openapi::{
    attachments::Attachment,
    ids::{AccountId, FileId, HearingId},
};

use crate::{
    attachments::{self, Served},
    db::{Connection, Shared},
    hearings::{Error, HearingFor, ReadHearings},
    identity::Require,
};

/// A hearing's picture, when it has one, as the reader gets it.
pub(in crate::hearings) async fn of<P>(
    conn: Shared<'_>,
    hearing: &HearingFor<P>,
    reader: Option<AccountId>,
) -> QueryResult<Option<Attachment>> {
    let Some(id) = hearing.row().image_id else { return Ok(None) };
    let file = attachments::queries::find(conn, id).await?;
    Ok(file.map(|file| file.shown_to(reader).into_wire()))
}

/// The picture, when it is still the hearing's and whoever asks may fetch it.
pub(super) async fn fetch(
    conn: &mut Connection,
    asker: &Require<ReadHearings>,
    (hearing, id): (HearingId, FileId),
) -> Result<Served, Error> {
    let hearing = asker.read(conn, hearing).await?;
    let is_its = hearing.row().image_id == Some(id);
    let file = if is_its { attachments::queries::find(conn, id).await? } else { None };
    let file = file.ok_or(Error::NotFound)?;
    Ok(attachments::rules::fetch(file, asker.actor().map(|actor| actor.account))?)
}
