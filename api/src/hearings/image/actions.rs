//! Writes of pictures. One may change as long as the hearing's text may.

use diesel::{ExpressionMethods, QueryDsl, QueryResult};
use diesel_async::{AsyncConnection, RunQueryDsl};
use openapi::{
    attachments::Attachment,
    audit::{AuditAction, AuditObject},
    hearings::HearingStatus,
    ids::{FileId, HearingId},
};

use crate::{
    attachments::File,
    audit::{self, Change, Entry},
    db::{Connection, schema::hearing},
    hearings::{EditHearings, Error, HearingFor, HearingRow, access::Lock, actions::touch, queries, rules},
    identity::Require,
};

/// Passes when a hearing takes a picture, before anything of it is read.
///
/// # Errors
/// [`Error::WrongStatus`].
pub(super) async fn check(
    conn: &mut Connection,
    asker: &Require<EditHearings>,
    hearing: HearingId,
) -> Result<(), Error> {
    let hearing = asker.load(conn, hearing, Lock::None).await?;
    rules::edit(hearing.row(), hearing.now())
}

/// Gives a hearing a picture, in place of the one it has.
///
/// # Errors
/// [`Error::WrongStatus`], [`Error::Incomplete`] when a scheduled hearing has no words for it.
pub(super) async fn replace(
    conn: &mut Connection,
    asker: &Require<EditHearings>,
    hearing: HearingId,
    file: File,
) -> Result<Attachment, Error> {
    conn.transaction(async |conn| {
        let hearing = asker.load(conn, hearing, Lock::Update).await?;
        let (before, now) = (hearing.row(), hearing.now());
        rules::edit(before, now)?;
        if before.life_cycle().status(now) == HearingStatus::Scheduled {
            let after = HearingRow { image_id: Some(file.id), ..before.clone() };
            rules::stays_publishable(&after, &queries::sections(conn, hearing.id()).await?, now)?;
        }
        let former = super::queries::of(conn, &hearing).await?;
        set(conn, &hearing, Some(file.id)).await?;
        touch(conn, &hearing, now).await?;
        let entry = entry(AuditAction::DocumentAdded, &hearing, former, Some(&file.name));
        audit::record(conn, asker, entry, now).await?;
        Ok(file.into_wire())
    })
    .await
}

/// Takes the picture away. The words for it stay: another one may come.
///
/// # Errors
/// [`Error::WrongStatus`], [`Error::NotFound`] when there is none.
pub(super) async fn remove(
    conn: &mut Connection,
    asker: &Require<EditHearings>,
    hearing: HearingId,
) -> Result<(), Error> {
    conn.transaction(async |conn| {
        let hearing = asker.load(conn, hearing, Lock::Update).await?;
        let now = hearing.now();
        rules::edit(hearing.row(), now)?;
        let former = super::queries::of(conn, &hearing).await?.ok_or(Error::NotFound)?;
        set(conn, &hearing, None).await?;
        touch(conn, &hearing, now).await?;
        let entry = entry(AuditAction::DocumentRemoved, &hearing, Some(former), None);
        audit::record(conn, asker, entry, now).await?;
        Ok(())
    })
    .await
}

async fn set(conn: &mut Connection, to: &HearingFor<EditHearings>, image: Option<FileId>) -> QueryResult<usize> {
    diesel::update(hearing::table.find(to.id())).set(hearing::image_id.eq(image)).execute(conn).await
}

fn entry(
    action: AuditAction,
    hearing: &HearingFor<EditHearings>,
    former: Option<Attachment>,
    name: Option<&str>,
) -> Entry {
    let change = Change::decision("image", former.map(|image| image.name), name);
    Entry::new(action, AuditObject::Document).hearing(hearing.id()).changes(vec![change])
}
