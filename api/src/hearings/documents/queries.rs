//! Reads of documents.

use diesel::{ExpressionMethods, OptionalExtension, QueryDsl, QueryResult, SelectableHelper};
use diesel_async::RunQueryDsl;
use openapi::{
    attachments::Document,
    ids::{AccountId, DocumentId, HearingId},
};

use super::rows::DocumentRow;
use crate::{
    attachments::{self, File, Served},
    db::{
        Connection, Shared,
        schema::{file, hearing_document},
    },
    hearings::{Error, HearingFor, ReadHearings},
    identity::Require,
};

/// A hearing's documents in their order, as the reader gets them.
pub(crate) async fn of<P>(
    mut conn: Shared<'_>,
    hearing: &HearingFor<P>,
    reader: Option<AccountId>,
) -> QueryResult<Vec<Document>> {
    let rows: Vec<(DocumentRow, File)> = hearing_document::table
        .inner_join(file::table)
        .filter(hearing_document::hearing_id.eq(hearing.id()))
        .order(hearing_document::position)
        .select((DocumentRow::as_select(), File::as_select()))
        .load(&mut conn)
        .await?;
    Ok(rows.into_iter().map(|(document, file)| document.into_wire(file.shown_to(reader))).collect())
}

/// How many documents a hearing has.
pub(super) async fn count<P>(conn: &mut Connection, hearing: &HearingFor<P>) -> QueryResult<usize> {
    let of_hearing = hearing_document::table.filter(hearing_document::hearing_id.eq(hearing.id()));
    let count: i64 = of_hearing.count().get_result(conn).await?;
    Ok(usize::try_from(count).unwrap_or(usize::MAX))
}

/// One document of a hearing.
pub(super) async fn find<P>(
    conn: &mut Connection,
    hearing: &HearingFor<P>,
    id: DocumentId,
) -> Result<(DocumentRow, File), Error> {
    let found = hearing_document::table
        .inner_join(file::table)
        .filter(hearing_document::id.eq(id))
        .filter(hearing_document::hearing_id.eq(hearing.id()))
        .select((DocumentRow::as_select(), File::as_select()))
        .get_result(conn)
        .await;
    found.optional()?.ok_or(Error::NotFound)
}

/// The file of a document that whoever asks may fetch.
pub(super) async fn fetch(
    conn: &mut Connection,
    asker: &Require<ReadHearings>,
    (hearing, id): (HearingId, DocumentId),
) -> Result<Served, Error> {
    let hearing = asker.read(conn, hearing).await?;
    let (_, file) = find(conn, &hearing, id).await?;
    Ok(attachments::rules::fetch(file, asker.actor().map(|actor| actor.account))?)
}
