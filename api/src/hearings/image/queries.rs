//! Reads of pictures.

use diesel::{
    ExpressionMethods, JoinOnDsl, NullableExpressionMethods, OptionalExtension, QueryDsl, QueryResult,
    SelectableHelper,
    dsl::{exists, not},
};
use diesel_async::RunQueryDsl;
use openapi::{
    attachments::{Attachment, ShownState},
    hearings::ImageSize,
    ids::{AccountId, FileId, HearingId},
};

use crate::{
    attachments::{self, File, Served},
    db::{
        Connection, Shared,
        schema::{file, hearing, hearing_image_size},
    },
    hearings::{Error, HearingFor, ReadHearings},
    identity::Require,
};

/// A hearing's picture, when it has one, as the reader gets it.
pub(crate) async fn of<P>(
    conn: Shared<'_>,
    hearing: &HearingFor<P>,
    reader: Option<AccountId>,
) -> QueryResult<Option<Attachment>> {
    let Some(id) = hearing.row().image_id else { return Ok(None) };
    let file = attachments::queries::find(conn, id).await?;
    Ok(file.map(|file| file.shown_to(reader).into_wire()))
}

/// The sizes of a hearing's image, the narrowest first.
pub(crate) async fn sizes<P>(mut conn: Shared<'_>, hearing: &HearingFor<P>) -> QueryResult<Vec<ImageSize>> {
    let Some(image) = hearing.row().image_id else { return Ok(Vec::new()) };
    let sizes: Vec<(i32, i32)> = hearing_image_size::table
        .filter(hearing_image_size::hearing_id.eq(hearing.id()))
        .filter(hearing_image_size::image_id.eq(image))
        .order(hearing_image_size::width)
        .select((hearing_image_size::width, hearing_image_size::height))
        .load(&mut conn)
        .await?;
    Ok(sizes.into_iter().map(|(width, height)| ImageSize { width, height }).collect())
}

/// The image as it can be fetched: not before it has sizes.
pub(crate) fn once_it_has_sizes(image: Attachment, sizes: &[ImageSize]) -> Attachment {
    match image.shown_state {
        ShownState::Ready if sizes.is_empty() => Attachment { shown_state: ShownState::Waiting, ..image },
        _ => image,
    }
}

/// A hearing's image, when it is this one and has no sizes although it may be shown: it came before there were sizes.
pub(in crate::hearings) async fn without_sizes(
    conn: &mut Connection,
    hearing: HearingId,
    image: FileId,
) -> QueryResult<Option<File>> {
    let sizes = hearing_image_size::table
        .filter(hearing_image_size::hearing_id.eq(hearing))
        .filter(hearing_image_size::image_id.eq(image));
    hearing::table
        .inner_join(file::table.on(hearing::image_id.eq(file::id.nullable())))
        .filter(hearing::id.eq(hearing))
        .filter(file::id.eq(image))
        .filter(file::shown_state.eq(ShownState::Ready))
        .filter(not(exists(sizes)))
        .select(File::as_select())
        .get_result(conn)
        .await
        .optional()
}

/// What is shown of an image for this width: the narrowest size that has as many pixels, or the widest. What was uploaded
/// before there were sizes has none until a job has made them.
async fn of_width(
    conn: &mut Connection,
    (hearing, image): (HearingId, FileId),
    width: Option<u16>,
) -> QueryResult<Option<File>> {
    let sizes: Vec<(i32, File)> = hearing_image_size::table
        .inner_join(file::table)
        .filter(hearing_image_size::hearing_id.eq(hearing))
        .filter(hearing_image_size::image_id.eq(image))
        .order(hearing_image_size::width)
        .select((hearing_image_size::width, File::as_select()))
        .load(conn)
        .await?;
    let wide_enough = sizes.iter().position(|(has, _)| width.is_some_and(|needed| *has >= i32::from(needed)));
    let widest = sizes.len().checked_sub(1);
    Ok(wide_enough.or(widest).and_then(|place| sizes.into_iter().nth(place)).map(|(_, file)| file))
}

/// The picture, when it is still the hearing's and whoever asks may fetch it.
pub(super) async fn fetch(
    conn: &mut Connection,
    asker: &Require<ReadHearings>,
    (hearing, id): (HearingId, FileId),
    width: Option<u16>,
) -> Result<Served, Error> {
    let loaded = asker.read(conn, hearing).await?;
    let is_its = loaded.row().image_id == Some(id);
    let file = if is_its { attachments::queries::find(conn, id).await? } else { None };
    let file = file.ok_or(Error::NotFound)?;
    let reader = asker.actor().map(|actor| actor.account);
    // Whether the image may be fetched decides it for its sizes too. Nobody gets what was uploaded, not even the uploader:
    // it stands in a page.
    attachments::rules::fetch(file, reader)?;
    match of_width(conn, (hearing, id), width).await? {
        Some(size) => Ok(attachments::rules::fetch(size, reader)?),
        None => Err(attachments::Error::NotShown { state: ShownState::Waiting }.into()),
    }
}
