//! Writes of hearings, one function a use case.

use chrono::{DateTime, Utc};
use diesel::{ExpressionMethods, QueryDsl, QueryResult};
use diesel_async::{AsyncConnection, RunQueryDsl};
use openapi::{
    audit::AuditAction,
    hearings::{ConcludeHearing, Hearing, HearingDraft, HearingPatch, HearingRole, HearingStatus, PublishHearing},
    ids::{AccountId, HearingId, RoleId},
    time,
};

use super::{
    AnswerHearings, EditHearings, Error, HearingFor, HearingRow,
    access::Lock,
    changes::{self, Columns},
    conclusion, queries,
    rows::{NewHearing, RoleRow},
    rules, sections,
};
use crate::{
    audit::{self, Change, Entry},
    db::{
        Connection, Prepare,
        schema::{hearing, hearing_role},
    },
    http::{AtVersion, Once, Repeatable},
    identity::{Actor, CreateHearings, Permission, Require},
};

/// Reads the hearing that a write replies with, in the write's transaction. A floor above knows what other domains show
/// with it.
pub(crate) trait Presenter: Copy + Send + Sync {
    /// The hearing as the caller sees it.
    ///
    /// # Errors
    /// [`Error::NotFound`] when it does not exist for the caller.
    fn hearing<P: Permission>(
        self,
        conn: &mut Connection,
        asker: &Require<P>,
        id: HearingId,
    ) -> impl Future<Output = Result<Hearing, Error>> + Send;
}

/// Begins a hearing: a draft, with its maker as the responsible owner and as the person to ask.
///
/// # Errors
/// When the idempotency key came with another request.
pub(crate) async fn create(
    conn: &mut Connection,
    asker: &Require<CreateHearings>,
    draft: HearingDraft,
    repeatable: Repeatable,
    shown: impl Presenter,
) -> Result<Hearing, Error> {
    conn.transaction(async |conn| {
        let made = repeatable.once(conn, asker.clock().now(), async |conn| {
            // Behind the key's lock: another request with it may have been waited for.
            let asker = asker.again(conn).await?;
            let now = asker.now();
            let id = insert(conn, &asker, &draft, now).await?;
            let changes = vec![Change::decision("title", None::<&str>, Some(&draft.title))];
            audit::record(conn, &asker, Entry::on_hearing(AuditAction::HearingCreated, id).changes(changes), now)
                .await?;
            Ok::<_, Error>((id.0, (asker, id)))
        });
        let (asker, id) = match made.await? {
            Once::Now(made) => made,
            Once::Before(id) => (asker.again(conn).await?, HearingId(id)),
        };
        shown.hearing(conn, &asker, id).await
    })
    .await
}

async fn insert(
    conn: &mut Connection,
    actor: &Actor,
    draft: &HearingDraft,
    now: DateTime<Utc>,
) -> QueryResult<HearingId> {
    let id = HearingId::new(now);
    let new = NewHearing {
        id,
        title: &draft.title,
        contact_name: &actor.name,
        contact_department: actor.department.as_deref().unwrap_or_default(),
        contact_email: &actor.email,
        created_at: now,
        updated_at: now,
    };
    diesel::insert_into(hearing::table).values(new).execute(conn).await?;
    diesel::insert_into(hearing_role::table).values(responsible_owner(id, actor.account, now)).execute(conn).await?;
    sections::index_words(conn, id).await?;
    Ok(id)
}

fn responsible_owner(hearing: HearingId, account: AccountId, now: DateTime<Utc>) -> RoleRow {
    RoleRow {
        id: RoleId::new(now),
        hearing_id: hearing,
        account_id: account,
        role: HearingRole::Owner,
        responsible: true,
        created_at: now,
    }
}

/// Changes a hearing that has not started.
///
/// # Errors
/// [`Error::Stale`], [`Error::WrongStatus`], [`Error::Invalid`] for a section of another hearing,
/// [`Error::Incomplete`] when a scheduled hearing would not be ready any more.
pub(crate) async fn update(
    conn: &mut Connection,
    asker: &Require<EditHearings>,
    id: HearingId,
    version: i64,
    patch: HearingPatch,
    shown: impl Presenter,
) -> Result<Hearing, Error> {
    conn.transaction(async |conn| {
        let loaded = asker.load(conn, id, Lock::Update).await?.at_version(version)?;
        let now = loaded.now();
        let before = loaded.row();
        rules::edit(before, now)?;
        let written = before.fields().changed(&patch);
        let mut changes = changes::of(&before.fields(), &written);
        if let Some(wanted) = &patch.sections
            && sections::replace(conn, id, wanted, now).await?
        {
            changes.push(Change::text("sections"));
        }
        // A save that changes nothing is no change: no version, no entry.
        if changes.is_empty() {
            return shown.hearing(conn, asker, id).await;
        }
        let after = before.clone().with_fields(&written);
        // Before it is saved: the database knows only that something does not fit, the rule knows what.
        if before.life_cycle().status(now) == HearingStatus::Scheduled {
            rules::stays_publishable(&after, &queries::sections(conn, id).await?, now)?;
        }
        save(conn, &after, now).await?;
        sections::index_words(conn, id).await?;
        let entry = Entry::on_hearing(AuditAction::HearingChanged, id).changes(changes);
        audit::record(conn, asker, entry, now).await?;
        shown.hearing(conn, &asker.at(now), id).await
    })
    .await
}

async fn save(conn: &mut Connection, row: &HearingRow, now: DateTime<Utc>) -> QueryResult<()> {
    // The instants follow the days. A draft has no start yet: publishing decides between the day and "now".
    let starts_at = row.published_at.and(row.starts_on).map(|day| rules::start(day, now));
    diesel::update(hearing::table.find(row.id))
        .set((
            Columns::from(row.fields()),
            hearing::version.eq(hearing::version + 1),
            hearing::starts_at.eq(starts_at.or(row.starts_at)),
            hearing::deadline_at.eq(row.deadline_on.map(time::deadline)),
            hearing::updated_at.eq(now),
        ))
        .execute(conn)
        .await?;
    Ok(())
}

/// Counts one more answer and gives its number. The hearing is locked, which is what keeps the numbers without holes
/// and doubles. Not a change of the hearing: its version stays, so that an owner who writes is not disturbed.
///
/// # Errors
/// When the database fails.
pub(crate) async fn count_answer(conn: &mut Connection, hearing: &HearingFor<AnswerHearings>) -> QueryResult<i32> {
    diesel::update(hearing::table.find(hearing.id()))
        .set(hearing::response_count.eq(hearing::response_count + 1))
        .returning(hearing::response_count)
        .prepared()
        .get_result(conn)
        .await
}

/// Counts one more withdrawal, and locks the hearing as [`count_answer`] does.
///
/// # Errors
/// When the database fails.
pub(crate) async fn count_withdrawal(conn: &mut Connection, hearing: &HearingFor<AnswerHearings>) -> QueryResult<()> {
    diesel::update(hearing::table.find(hearing.id()))
        .set(hearing::withdrawn_count.eq(hearing::withdrawn_count + 1))
        .execute(conn)
        .await?;
    Ok(())
}

/// Notes when something that hangs on a hearing was changed. Not a change of its text: the version stays, so that an
/// owner who writes is not disturbed.
pub(super) async fn touch<P>(conn: &mut Connection, to: &HearingFor<P>, now: DateTime<Utc>) -> QueryResult<usize> {
    diesel::update(hearing::table.find(to.id())).set(hearing::updated_at.eq(now)).execute(conn).await
}

/// Publishes a draft.
///
/// # Errors
/// [`Error::Stale`], [`Error::WrongStatus`], [`Error::Incomplete`] with everything that is missing.
pub(crate) async fn publish(
    conn: &mut Connection,
    asker: &Require<EditHearings>,
    id: HearingId,
    version: i64,
    request: PublishHearing,
    shown: impl Presenter,
) -> Result<Hearing, Error> {
    conn.transaction(async |conn| {
        let loaded = asker.load(conn, id, Lock::Update).await?.at_version(version)?;
        let now = loaded.now();
        let before = loaded.row();
        let sections = queries::sections(conn, id).await?;
        let publication = rules::publish(before, &sections, request.start, now)?;
        diesel::update(hearing::table.find(id))
            .set((
                hearing::version.eq(hearing::version + 1),
                hearing::published_at.eq(now),
                hearing::starts_on.eq(publication.starts_on),
                hearing::starts_at.eq(publication.starts_at),
                hearing::updated_at.eq(now),
            ))
            .execute(conn)
            .await?;
        let changes = vec![
            Change::decision("startsAt", None::<&str>, Some(publication.starts_at.to_rfc3339())),
            Change::decision("deadlineOn", None::<&str>, before.deadline_on),
        ];
        let entry = Entry::on_hearing(AuditAction::HearingPublished, id).changes(changes);
        audit::record(conn, asker, entry, now).await?;
        shown.hearing(conn, &asker.at(now), id).await
    })
    .await
}

/// Concludes a hearing whose deadline has passed.
///
/// # Errors
/// [`Error::Stale`], also when the draft is not the one that was read; [`Error::WrongStatus`].
pub(crate) async fn conclude(
    conn: &mut Connection,
    asker: &Require<EditHearings>,
    id: HearingId,
    version: i64,
    request: ConcludeHearing,
    shown: impl Presenter,
) -> Result<Hearing, Error> {
    conn.transaction(async |conn| {
        let loaded = asker.load(conn, id, Lock::Update).await?.at_version(version)?;
        let now = loaded.now();
        rules::conclude(loaded.row(), now)?;
        conclusion::actions::take(conn, &loaded, request.draft_version, &request.conclusion).await?;
        diesel::update(hearing::table.find(id))
            .set((
                hearing::version.eq(hearing::version + 1),
                hearing::conclusion.eq(request.conclusion),
                hearing::concluded_at.eq(now),
                hearing::updated_at.eq(now),
            ))
            .execute(conn)
            .await?;
        let entry = Entry::on_hearing(AuditAction::HearingConcluded, id).changes(vec![Change::text("conclusion")]);
        audit::record(conn, asker, entry, now).await?;
        shown.hearing(conn, &asker.at(now), id).await
    })
    .await
}

/// Deletes a draft.
///
/// # Errors
/// [`Error::Stale`], [`Error::WrongStatus`] when it is published.
pub(crate) async fn delete(
    conn: &mut Connection,
    asker: &Require<EditHearings>,
    id: HearingId,
    version: i64,
) -> Result<(), Error> {
    conn.transaction(async |conn| {
        let loaded = asker.load(conn, id, Lock::Update).await?.at_version(version)?;
        let now = loaded.now();
        rules::delete(loaded.row(), now)?;
        diesel::delete(hearing::table.find(id)).execute(conn).await?;
        let changes = vec![Change::decision("title", Some(&loaded.row().title), None::<&str>)];
        let entry = Entry::on_hearing(AuditAction::HearingDeleted, id).changes(changes);
        audit::record(conn, asker, entry, now).await?;
        Ok(())
    })
    .await
}
