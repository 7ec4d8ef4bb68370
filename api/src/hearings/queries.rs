//! Reads of single hearings; the list is in `list.rs`.

use diesel::{ExpressionMethods, QueryDsl, QueryResult, SelectableHelper};
use diesel_async::RunQueryDsl;
use openapi::{
    drafts::HearingReference,
    hearings::{Hearing, HearingPermissions, HearingStatus, YourAnswer},
    ids::{DraftId, HearingId, ResponseId, SectionId},
    problem::ProblemCode,
    responses::SentResponse,
};

use super::{
    Error, HearingFor, HearingRow, ReadHearings,
    access::{self, HearingPermission, Lock, View},
    rows::SectionRow,
    rules,
};
use crate::{
    db::{
        Connection,
        schema::{draft, hearing_section, response},
    },
    responses,
};

/// A hearing as the caller may see it.
///
/// # Errors
/// [`Error::NotFound`] when it does not exist for the caller.
pub async fn hearing(conn: &mut Connection, view: View<'_>, id: HearingId) -> Result<Hearing, Error> {
    let loaded = access::load::<ReadHearings>(conn, view, id, Lock::None).await?;
    to_wire(conn, view, &loaded).await
}

/// What a link to a hearing shows of it.
///
/// # Errors
/// [`Error::NotFound`] when it does not exist for the caller.
pub async fn title_and_summary(
    conn: &mut Connection,
    view: View<'_>,
    id: HearingId,
) -> Result<(String, String), Error> {
    let loaded = access::load::<ReadHearings>(conn, view, id, Lock::None).await?;
    Ok((loaded.row().title.clone(), loaded.row().summary.clone()))
}

/// A hearing's sections in their order.
///
/// # Errors
/// When the database fails.
pub async fn sections(conn: &mut Connection, id: HearingId) -> QueryResult<Vec<SectionRow>> {
    hearing_section::table
        .filter(hearing_section::hearing_id.eq(id))
        .order(hearing_section::position)
        .select(SectionRow::as_select())
        .load(conn)
        .await
}

/// The ids and titles of a hearing's sections in their order.
///
/// # Errors
/// When the database fails.
pub async fn section_titles(conn: &mut Connection, id: HearingId) -> QueryResult<Vec<(SectionId, String)>> {
    Ok(sections(conn, id).await?.into_iter().map(|section| (section.id, section.title)).collect())
}

/// A hearing named beside something of the caller's own.
#[must_use]
pub fn reference(row: &HearingRow, now: chrono::DateTime<chrono::Utc>) -> HearingReference {
    HearingReference {
        id: row.id,
        title: row.title.clone(),
        status: row.life_cycle().status(now),
        deadline_on: row.deadline_on,
        deadline_at: row.deadline_at,
    }
}

pub(super) async fn to_wire<P>(
    conn: &mut Connection,
    view: View<'_>,
    loaded: &HearingFor<P>,
) -> Result<Hearing, Error> {
    let row = loaded.row();
    let sections = sections(conn, row.id).await?;
    let your_answer = your_answer(conn, view, loaded).await?;
    let may = permissions(view, loaded, your_answer.as_ref());
    let knows_count = may.process || may.read_responses;
    let checklist = may.publish.then(|| rules::checklist(row, &sections, view.now));
    Ok(Hearing {
        id: row.id,
        version: row.version,
        status: row.life_cycle().status(view.now),
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
        sections: sections.into_iter().map(SectionRow::into_wire).collect(),
        published_at: row.published_at,
        conclusion: row.to_conclusion(),
        response_count: knows_count.then(|| row.response_count.into()),
        your_roles: loaded.standing().roles.clone(),
        may,
        your_answer,
        checklist,
        updated_at: row.updated_at,
    })
}

fn permissions<P>(view: View<'_>, loaded: &HearingFor<P>, answer: Option<&YourAnswer>) -> HearingPermissions {
    let (row, standing, now) = (loaded.row(), loaded.standing(), view.now);
    let owner = super::EditHearings::granted(standing);
    let status = row.life_cycle().status(now);
    HearingPermissions {
        edit: owner && rules::edit(row, now).is_ok(),
        publish: owner && status == HearingStatus::Draft,
        delete: owner && rules::delete(row, now).is_ok(),
        manage_roles: owner && rules::give_role(row, true, now).is_ok(),
        answer: answer.is_some_and(|answer| answer.refused.is_none()),
        read_responses: rules::responses_are_shown(row, now),
        process: super::ProcessResponses::granted(standing),
        conclude: owner && rules::conclude(row, now).is_ok(),
    }
}

async fn your_answer<P>(
    conn: &mut Connection,
    view: View<'_>,
    loaded: &HearingFor<P>,
) -> Result<Option<YourAnswer>, Error> {
    let Some(actor) = view.actor else { return Ok(None) };
    let row = loaded.row();
    let drafts: Vec<DraftId> = draft::table
        .filter(draft::hearing_id.eq(row.id))
        .filter(draft::author_id.eq(actor.account))
        .select(draft::id)
        .load(conn)
        .await?;
    let sent: Vec<(ResponseId, i32)> = response::table
        .filter(response::hearing_id.eq(row.id))
        .filter(response::author_id.eq(actor.account))
        .order(response::number)
        .select((response::id, response::number))
        .load(conn)
        .await?;
    let refused = match rules::take_answer(row, view.now) {
        _ if !super::AnswerHearings::granted(loaded.standing()) => Some(ProblemCode::Forbidden),
        Err(Error::NotOpen) => Some(ProblemCode::HearingNotOpen),
        Err(Error::DeadlinePassed) => Some(ProblemCode::DeadlinePassed),
        Err(_) => Some(ProblemCode::HearingWrongStatus),
        Ok(()) if sent.len() >= responses::LIMIT_PER_RESPONDENT => Some(ProblemCode::ResponseLimit),
        Ok(()) => None,
    };
    Ok(Some(YourAnswer {
        draft: drafts.into_iter().next(),
        sent: sent.into_iter().map(sent_response).collect(),
        refused,
    }))
}

fn sent_response((id, number): (ResponseId, i32)) -> SentResponse {
    SentResponse { id, number }
}
