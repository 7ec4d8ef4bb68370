//! Reads of what answers said before, by the staff of their hearing alone.

use diesel::{ExpressionMethods, QueryDsl, SelectableHelper};
use diesel_async::{AsyncConnection, RunQueryDsl};
use openapi::{
    audit::{AuditAction, AuditObject},
    ids::{HearingId, ResponseId},
    page::{Page, PageQuery},
    responses::ResponseVersion,
};

use crate::{
    audit::{self, Entry},
    db::{Connection, schema::response_version},
    hearings::{ProcessResponses, access::Lock},
    http::cursor,
    identity::Require,
    responses::{Error, attachments, queries::find, rows::VersionRow},
};

const OLDEST: &str = "version";

/// What an answer said before it was edited or withdrawn, oldest first. The reading leaves its entry in the audit log.
pub(super) async fn page(
    conn: &mut Connection,
    asker: &Require<ProcessResponses>,
    (hearing, id): (HearingId, ResponseId),
    query: &PageQuery,
) -> Result<Page<ResponseVersion>, Error> {
    conn.transaction(async |conn| {
        let hearing = asker.load(conn, hearing, Lock::None).await?;
        let response = find(conn, &hearing, id).await?;
        let after: Option<i64> = cursor::decode(query.cursor.as_deref(), OLDEST)?;
        let rows = response_version::table
            .filter(response_version::response_id.eq(response.id))
            .filter(response_version::version.gt(after.unwrap_or(0)))
            .order(response_version::version)
            .limit(cursor::rows_to_fetch(query.limit))
            .select(VersionRow::as_select())
            .load(conn)
            .await?;
        let mut files = attachments::queries::of_versions(conn, &hearing, response.id).await?;
        let page = cursor::page(rows, query.limit, OLDEST, |row: &VersionRow| row.version);
        let entry = Entry::new(AuditAction::ResponsesRead, AuditObject::Response).object_id(id).hearing(hearing.id());
        audit::record(conn, asker, entry.count(page.items.len()), asker.now()).await?;
        let version = |row: VersionRow| {
            let attachments = files.remove(&row.version).unwrap_or_default();
            row.into_wire(attachments)
        };
        Ok(Page { items: page.items.into_iter().map(version).collect(), next: page.next })
    })
    .await
}
