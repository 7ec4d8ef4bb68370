//! Writes of pictures. One may change as long as the hearing's text may.

use diesel::{ExpressionMethods, OptionalExtension, QueryDsl, QueryResult};
use diesel_async::{AsyncConnection, RunQueryDsl};
use openapi::{
    attachments::{Attachment, FileType},
    audit::{AuditAction, AuditObject},
    hearings::HearingStatus,
    ids::{FileId, HearingId},
};

use crate::{
    attachments::{self, Destination, Size, Uploaded},
    audit::{self, Change, Entry},
    config::FileLimits,
    db::{
        Connection,
        schema::{hearing, hearing_image_size},
    },
    hearings::{EditHearings, Error, HearingFor, HearingRow, access::Lock, actions::touch, queries, rules},
    http::Received,
    identity::Require,
    service::Service,
};

/// An image that is about to stand in a hearing, in place of the one it has.
pub(super) struct NewImage {
    pub(super) asker: Require<EditHearings>,
    pub(super) hearing: HearingId,
}

impl Destination for NewImage {
    type Added = Attachment;
    type Error = Error;

    const KINDS: &'static [FileType] = FileType::IMAGES;
    const IN_SIZES: bool = true;

    async fn check(&self, conn: &mut Connection, limits: FileLimits) -> Result<(), Error> {
        let asker = &self.asker;
        let hearing = asker.load(conn, self.hearing, Lock::None).await?;
        rules::edit(hearing.row(), hearing.now())?;
        Ok(attachments::check_quota(conn, asker.account, limits, 1).await?)
    }

    async fn added_before(
        &self,
        conn: &mut Connection,
        _: FileLimits,
        _: &Received,
    ) -> Result<Option<Attachment>, Error> {
        // The same image again replaces itself. No sizes are made for a caller who may not change it any more.
        let asker = &self.asker.again(conn).await?;
        let hearing = asker.load(conn, self.hearing, Lock::None).await?;
        rules::edit(hearing.row(), hearing.now())?;
        Ok(None)
    }

    /// Fails with [`Error::Incomplete`] when a scheduled hearing has no words for it.
    async fn attach(self, conn: &mut Connection, _: FileLimits, uploaded: Uploaded) -> Result<Attachment, Error> {
        let asker = &self.asker;
        conn.transaction(async |conn| {
            let hearing = asker.load(conn, self.hearing, Lock::Update).await?;
            let Uploaded { file, sizes } = uploaded;
            let (before, now) = (hearing.row(), hearing.now());
            rules::edit(before, now)?;
            if before.life_cycle().status(now) == HearingStatus::Scheduled {
                let after = HearingRow { image_id: Some(file.id), ..before.clone() };
                rules::stays_publishable(&after, &queries::sections(conn, hearing.id()).await?, now)?;
            }
            let former = super::queries::of(conn, &hearing, Some(asker.account)).await?;
            set(conn, &hearing, Some(file.id)).await?;
            set_sizes(conn, hearing.id(), file.id, &sizes).await?;
            touch(conn, &hearing, now).await?;
            let entry = entry(AuditAction::DocumentAdded, &hearing, former, Some(&file.name));
            audit::record(conn, asker, entry, now).await?;
            Ok(file.shown_to(Some(asker.account)).into_wire())
        })
        .await
    }
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
        let former = super::queries::of(conn, &hearing, Some(asker.account)).await?.ok_or(Error::NotFound)?;
        set(conn, &hearing, None).await?;
        forget_sizes(conn, hearing.id()).await?;
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

/// Gives an image the sizes that were made of it afterwards, if it is still its hearing's and has none.
///
/// # Errors
/// When the database fails.
pub(in crate::hearings) async fn add_sizes(
    service: &Service,
    hearing: HearingId,
    image: FileId,
    sizes: Vec<Size>,
) -> Result<(), attachments::Error> {
    let conn = &mut *service.connection().await?;
    conn.transaction(async |conn| {
        let current = hearing::table.find(hearing).filter(hearing::image_id.eq(image)).select(hearing::id);
        current.for_no_key_update().get_result::<HearingId>(conn).await.optional()?;
        if super::queries::without_sizes(conn, hearing, image).await?.is_some() {
            set_sizes(conn, hearing, image, &sizes).await?;
        }
        Ok(())
    })
    .await
}

async fn set_sizes(conn: &mut Connection, to: HearingId, image: FileId, sizes: &[Size]) -> QueryResult<usize> {
    forget_sizes(conn, to).await?;
    let row = |size: &Size| {
        (
            hearing_image_size::hearing_id.eq(to),
            hearing_image_size::image_id.eq(image),
            hearing_image_size::width.eq(size.width),
            hearing_image_size::height.eq(size.height),
            hearing_image_size::file_id.eq(size.file.id),
        )
    };
    let rows: Vec<_> = sizes.iter().map(row).collect();
    diesel::insert_into(hearing_image_size::table).values(rows).execute(conn).await
}

async fn forget_sizes(conn: &mut Connection, of: HearingId) -> QueryResult<usize> {
    let sizes = hearing_image_size::table.filter(hearing_image_size::hearing_id.eq(of));
    diesel::delete(sizes).execute(conn).await
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
