//! Reads of single hearings, and of what other domains show of theirs; the list is in `list.rs`.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use diesel::{ExpressionMethods, QueryDsl, QueryResult, QueryableByName, SelectableHelper, dsl::exists, sql_types};
use diesel_async::RunQueryDsl;
use openapi::{
    attachments::{Attachment, Document},
    hearings::{Hearing, HearingReference, HearingRole, ImageSize, YourAnswer},
    ids::{AccountId, HearingId, SectionId},
};
use tokio::try_join;

use super::{Error, HearingFor, HearingRow, ReadHearings, documents, image, rows::SectionRow, rules};
use crate::{
    db::{
        Connection, Prepare, Shared,
        schema::{hearing, hearing_revocation, hearing_role, hearing_section},
    },
    heavy,
    identity::{Actor, Permission, Require},
    markdown,
    responses::{self, Given},
};

/// A hearing as whoever asks may see it.
///
/// # Errors
/// [`Error::NotFound`] when it does not exist for him.
pub async fn hearing(conn: &mut Connection, asker: &Require<impl Permission>, id: HearingId) -> Result<Hearing, Error> {
    let loaded = asker.read(conn, id).await?;
    let given = async {
        match asker.actor() {
            Some(actor) => responses::queries::given(conn, actor, &loaded).await.map(Some),
            None => Ok(None),
        }
    };
    let reader = asker.actor().map(|actor| actor.account);
    let (sections, image, image_sizes, documents, given) = try_join!(
        sections(conn, id),
        image::queries::of(conn, &loaded, reader),
        image::queries::sizes(conn, &loaded),
        documents::queries::of(conn, &loaded, reader),
        given,
    )?;
    let image = image.map(|image| image::queries::once_it_has_sizes(image, &image_sizes));
    let files = Files { image, image_sizes, documents };
    let your_answer = given.map(|given| your_answer(&loaded, given, asker.now()));
    let html = TextsAsHtml::of(&loaded, &sections).await?;
    Ok(to_wire(loaded, sections, html, files, your_answer, asker.now()))
}

/// What staff wrote, as it is shown.
struct TextsAsHtml {
    conclusion: String,
    /// In the order of the sections.
    sections: Vec<String>,
}

impl TextsAsHtml {
    async fn of(hearing: &HearingFor<ReadHearings>, sections: &[SectionRow]) -> Result<Self, heavy::Error> {
        let conclusion = hearing.row().conclusion.as_deref().unwrap_or_default();
        let texts: Vec<_> = sections.iter().map(|section| section.body.as_str()).chain([conclusion]).collect();
        let mut sections = markdown::all_to_html(&texts).await?;
        let conclusion = sections.pop().unwrap_or_default();
        Ok(Self { conclusion, sections })
    }
}

/// What hangs on a hearing.
struct Files {
    image: Option<Attachment>,
    image_sizes: Vec<ImageSize>,
    documents: Vec<Document>,
}

fn your_answer(hearing: &HearingFor<ReadHearings>, given: Given, now: DateTime<Utc>) -> YourAnswer {
    let refused = rules::refusal(hearing.row(), hearing.standing(), given.beside_the_next(), now);
    YourAnswer { draft: given.draft, edits: given.edits, sent: given.sent, refused }
}

/// What a link to a hearing shows of it.
///
/// # Errors
/// [`Error::NotFound`] when it does not exist for whoever asks.
pub async fn title_and_summary(
    conn: &mut Connection,
    asker: &Require<ReadHearings>,
    id: HearingId,
) -> Result<(String, String), Error> {
    let loaded = asker.read(conn, id).await?;
    Ok((loaded.row().title.clone(), loaded.row().summary.clone()))
}

/// A hearing's sections in their order.
///
/// # Errors
/// When the database fails.
pub async fn sections(mut conn: Shared<'_>, id: HearingId) -> QueryResult<Vec<SectionRow>> {
    hearing_section::table
        .filter(hearing_section::hearing_id.eq(id))
        .order(hearing_section::position)
        .select(SectionRow::as_select())
        .load(&mut conn)
        .await
}

/// The ids and titles of a hearing's sections in their order.
///
/// # Errors
/// When the database fails.
pub async fn section_titles<P>(conn: Shared<'_>, hearing: &HearingFor<P>) -> QueryResult<Vec<(SectionId, String)>> {
    Ok(sections(conn, hearing.id()).await?.into_iter().map(|section| (section.id, section.title)).collect())
}

/// Hearings named beside something of the caller's own.
///
/// # Errors
/// When the database fails.
pub async fn references(
    conn: &mut Connection,
    ids: &[HearingId],
    now: DateTime<Utc>,
) -> QueryResult<HashMap<HearingId, HearingReference>> {
    let rows = hearing::table.filter(hearing::id.eq_any(ids)).select(HearingRow::as_select()).load(conn).await?;
    Ok(rows.into_iter().map(|row: HearingRow| (row.id, row.into_reference(now))).collect())
}

/// Hearings' titles, for those who read about them without seeing them.
///
/// # Errors
/// When the database fails.
pub async fn titles(conn: &mut Connection, ids: &[HearingId]) -> QueryResult<HashMap<HearingId, String>> {
    let rows: Vec<_> =
        hearing::table.filter(hearing::id.eq_any(ids)).select((hearing::id, hearing::title)).load(conn).await?;
    Ok(rows.into_iter().collect())
}

/// Whether there is such a hearing at all, whoever may see it.
///
/// # Errors
/// When the database fails.
pub async fn is_there(conn: &mut Connection, id: HearingId) -> QueryResult<bool> {
    diesel::select(exists(hearing::table.find(id))).get_result(conn).await
}

/// The first instant after `now` at which a hearing starts or a deadline passes; none when none does.
///
/// # Errors
/// When the database fails.
pub async fn next_boundary(conn: &mut Connection, now: DateTime<Utc>) -> QueryResult<Option<DateTime<Utc>>> {
    let Boundary { instant } =
        diesel::sql_query(NEXT_BOUNDARY).bind::<sql_types::Timestamptz, _>(now).prepared().get_result(conn).await?;
    Ok(instant)
}

#[derive(QueryableByName)]
struct Boundary {
    #[diesel(sql_type = sql_types::Nullable<sql_types::Timestamptz>)]
    instant: Option<DateTime<Utc>>,
}

// As the indexes have it: one look into each.
const NEXT_BOUNDARY: &str = "SELECT least( \
     (SELECT min(starts_at) FROM hearing WHERE starts_at > $1), \
     (SELECT min(coalesce(deadline_at, '9999-12-31T23:59:59Z')) FROM hearing \
      WHERE coalesce(deadline_at, '9999-12-31T23:59:59Z') > $1)) AS instant";

/// Whether somebody owns any hearing.
///
/// # Errors
/// When the database fails.
pub async fn owns_one(conn: &mut Connection, account: AccountId) -> QueryResult<bool> {
    let owned = hearing_role::table
        .filter(hearing_role::account_id.eq(account))
        .filter(hearing_role::role.eq(HearingRole::Owner));
    diesel::select(exists(owned)).get_result(conn).await
}

/// Somebody's roles on hearings.
pub(super) async fn roles_by_hearing(
    mut conn: Shared<'_>,
    actor: &Actor,
    ids: &[HearingId],
) -> QueryResult<HashMap<HearingId, Vec<HearingRole>>> {
    let rows: Vec<(HearingId, HearingRole)> = hearing_role::table
        .filter(hearing_role::account_id.eq(actor.account))
        .filter(hearing_role::hearing_id.eq_any(ids))
        .order(hearing_role::role)
        .select((hearing_role::hearing_id, hearing_role::role))
        .load(&mut conn)
        .await?;
    let mut roles: HashMap<_, Vec<_>> = HashMap::new();
    for (hearing, role) in rows {
        roles.entry(hearing).or_default().push(role);
    }
    Ok(roles)
}

fn to_wire(
    hearing: HearingFor<ReadHearings>,
    sections: Vec<SectionRow>,
    html: TextsAsHtml,
    files: Files,
    your_answer: Option<YourAnswer>,
    now: DateTime<Utc>,
) -> Hearing {
    let (row, standing) = (hearing.row(), hearing.standing());
    let takes_answer = your_answer.as_ref().is_some_and(|answer| answer.refused.is_none());
    let may = rules::permissions(row, standing, takes_answer, now);
    let knows_count = may.process || may.read_responses;
    let checklist = may.publish.then(|| rules::checklist(row, &sections, now));
    Hearing {
        id: row.id,
        version: row.version,
        status: row.life_cycle().status(now),
        title: row.title.clone(),
        summary: row.summary.clone(),
        audience: row.audience,
        invitation_only: row.invitation_only,
        starts_on: row.starts_on,
        starts_at: row.starts_at,
        deadline_on: row.deadline_on,
        deadline_at: row.deadline_at,
        contact: row.contact(),
        responses_shown: row.responses_shown,
        respondent_shown: row.respondent_shown,
        sections: sections.into_iter().zip(html.sections).map(|(section, html)| section.into_wire(html)).collect(),
        image: files.image,
        image_alternative_text: row.image_alternative_text.clone(),
        image_sizes: files.image_sizes,
        documents: files.documents,
        published_at: row.published_at,
        conclusion: row.to_conclusion(html.conclusion),
        response_count: knows_count.then(|| row.standing_responses()),
        your_roles: standing.roles.clone(),
        may,
        your_answer,
        checklist,
        updated_at: row.updated_at,
    }
}

/// Those of these people whose access to a hearing is revoked.
///
/// # Errors
/// When the database fails.
pub async fn revoked_among(
    conn: &mut Connection,
    hearing: HearingId,
    people: &[AccountId],
) -> QueryResult<HashSet<AccountId>> {
    let revoked: Vec<AccountId> = hearing_revocation::table
        .filter(hearing_revocation::hearing_id.eq(hearing))
        .filter(hearing_revocation::account_id.eq_any(people))
        .select(hearing_revocation::account_id)
        .load(conn)
        .await?;
    Ok(revoked.into_iter().collect())
}
