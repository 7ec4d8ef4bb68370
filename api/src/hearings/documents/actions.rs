//! Writes of documents. They may change as long as the hearing's text may.

use chrono::{DateTime, Utc};
use diesel::{ExpressionMethods, QueryDsl, QueryResult, SelectableHelper, dsl::max};
use diesel_async::{AsyncConnection, RunQueryDsl};
use openapi::{
    attachments::{Document, DocumentPatch},
    audit::{AuditAction, AuditObject},
    ids::{DocumentId, HearingId},
    limits,
};
use uuid::Uuid;

use super::{queries, rows::DocumentRow};
use crate::{
    attachments::{self, Destination, File, Uploaded},
    audit::{self, Change, Entry},
    config::FileLimits,
    db::{Connection, schema::hearing_document},
    hearings::{EditHearings, Error, HearingFor, access::Lock, actions::touch, rules},
    http::{AtVersion, Idempotency, Once, Received, Repeatable},
    identity::Require,
};

/// The operation that keys are remembered for.
const ADD: &str = "create_document";

/// A document that is about to be added, called what its file is called.
pub(super) struct NewDocument {
    pub(super) asker: Require<EditHearings>,
    pub(super) hearing: HearingId,
    pub(super) key: Idempotency,
}

impl NewDocument {
    /// What makes a request to add it this one and no other.
    fn request(&self, name: &str, sha256: &[u8]) -> Repeatable {
        self.key.clone().of(self.asker.account, ADD, &(self.hearing, name, sha256))
    }
}

impl Destination for NewDocument {
    type Added = Document;
    type Error = Error;

    async fn check(&self, conn: &mut Connection, limits: FileLimits) -> Result<(), Error> {
        let asker = &self.asker;
        let hearing = asker.load(conn, self.hearing, Lock::None).await?;
        if self.key.is_known(conn, asker.account, ADD).await? {
            return Ok(());
        }
        attachments::check_quota(conn, asker.account, limits, 1).await?;
        has_room(conn, &hearing).await
    }

    async fn added_before(
        &self,
        conn: &mut Connection,
        _: FileLimits,
        file: &Received,
    ) -> Result<Option<Document>, Error> {
        let asker = &self.asker.again(conn).await?;
        let hearing = asker.load(conn, self.hearing, Lock::None).await?;
        if let Some(id) = self.request(&file.name, &file.content.sha256()).made_before(conn).await? {
            return Ok(Some(added(conn, asker, &hearing, id).await?));
        }
        has_room(conn, &hearing).await?;
        Ok(None)
    }

    async fn attach(
        self,
        conn: &mut Connection,
        _: FileLimits,
        Uploaded { file, .. }: Uploaded,
    ) -> Result<Document, Error> {
        let asker = &self.asker;
        conn.transaction(async |conn| {
            let hearing = asker.load(conn, self.hearing, Lock::Update).await?;
            let now = hearing.now();
            let once = self.request(&file.name, &file.sha256).once(conn, now, async |conn| {
                has_room(conn, &hearing).await?;
                let row = insert(conn, &hearing, &file, now).await?;
                let change = Change::decision("title", None::<&str>, Some(&row.title));
                audit::record(conn, asker, entry(AuditAction::DocumentAdded, &row).changes(vec![change]), now).await?;
                touch(conn, &hearing, now).await?;
                Ok::<_, Error>((row.id.0, row.into_wire(file.clone().shown_to(Some(asker.account)))))
            });
            match once.await? {
                Once::Now(document) => Ok(document),
                Once::Before(id) => added(conn, asker, &hearing, id).await,
            }
        })
        .await
    }
}

/// A document that a request has added.
async fn added(
    conn: &mut Connection,
    asker: &Require<EditHearings>,
    hearing: &HearingFor<EditHearings>,
    id: Uuid,
) -> Result<Document, Error> {
    let (row, file) = queries::find(conn, hearing, DocumentId(id)).await?;
    Ok(row.into_wire(file.shown_to(Some(asker.account))))
}

async fn has_room(conn: &mut Connection, hearing: &HearingFor<EditHearings>) -> Result<(), Error> {
    rules::edit(hearing.row(), hearing.now())?;
    let limit = limits::DOCUMENTS;
    if queries::count(conn, hearing).await? < limit {
        Ok(())
    } else {
        Err(attachments::Error::TooMany { limit }.into())
    }
}

async fn insert(
    conn: &mut Connection,
    hearing: &HearingFor<EditHearings>,
    file: &File,
    now: DateTime<Utc>,
) -> QueryResult<DocumentRow> {
    let last: Option<i32> = hearing_document::table
        .filter(hearing_document::hearing_id.eq(hearing.id()))
        .select(max(hearing_document::position))
        .get_result(conn)
        .await?;
    let title = file.name.rsplit_once('.').map_or(file.name.as_str(), |(stem, _)| stem);
    let row = DocumentRow {
        id: DocumentId::new(now),
        version: 1,
        hearing_id: hearing.id(),
        file_id: file.id,
        position: last.map_or(0, |last| last.saturating_add(1)),
        title: title.to_owned(),
    };
    diesel::insert_into(hearing_document::table).values(row.clone()).execute(conn).await?;
    Ok(row)
}

fn entry(action: AuditAction, row: &DocumentRow) -> Entry {
    Entry::new(action, AuditObject::Document).object_id(row.id).hearing(row.hearing_id)
}

/// Changes what a document is called.
///
/// # Errors
/// [`Error::Stale`], [`Error::WrongStatus`], [`Error::NotFound`].
pub(super) async fn update(
    conn: &mut Connection,
    asker: &Require<EditHearings>,
    (hearing, id): (HearingId, DocumentId),
    version: i64,
    patch: DocumentPatch,
) -> Result<Document, Error> {
    conn.transaction(async |conn| {
        let hearing = asker.load(conn, hearing, Lock::Update).await?;
        let now = hearing.now();
        let (row, file) = at_version(conn, &hearing, id, version).await?;
        let Some(title) = patch.title.filter(|title| *title != row.title) else {
            return Ok(row.into_wire(file.shown_to(Some(asker.account))));
        };
        let change = Change::decision("title", Some(&row.title), Some(&title));
        audit::record(conn, asker, entry(AuditAction::DocumentChanged, &row).changes(vec![change]), now).await?;
        touch(conn, &hearing, now).await?;
        let row: DocumentRow = diesel::update(hearing_document::table.find(id))
            .set((hearing_document::version.eq(hearing_document::version + 1), hearing_document::title.eq(title)))
            .returning(DocumentRow::as_returning())
            .get_result(conn)
            .await?;
        Ok(row.into_wire(file.shown_to(Some(asker.account))))
    })
    .await
}

/// Takes a document away.
///
/// # Errors
/// [`Error::Stale`], [`Error::WrongStatus`], [`Error::NotFound`].
pub(super) async fn remove(
    conn: &mut Connection,
    asker: &Require<EditHearings>,
    (hearing, id): (HearingId, DocumentId),
    version: i64,
) -> Result<(), Error> {
    conn.transaction(async |conn| {
        let hearing = asker.load(conn, hearing, Lock::Update).await?;
        let now = hearing.now();
        let (row, _) = at_version(conn, &hearing, id, version).await?;
        diesel::delete(hearing_document::table.find(id)).execute(conn).await?;
        let change = Change::decision("title", Some(&row.title), None::<&str>);
        audit::record(conn, asker, entry(AuditAction::DocumentRemoved, &row).changes(vec![change]), now).await?;
        touch(conn, &hearing, now).await?;
        Ok(())
    })
    .await
}

/// A document that may be changed, and was read as it is now.
async fn at_version(
    conn: &mut Connection,
    hearing: &HearingFor<EditHearings>,
    id: DocumentId,
    version: i64,
) -> Result<(DocumentRow, File), Error> {
    let (row, file) = queries::find(conn, hearing, id).await?;
    rules::edit(hearing.row(), hearing.now())?;
    Ok((row.at_version(version)?, file))
}
