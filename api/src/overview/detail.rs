//! A hearing as it is shown: its text, its files, and what the caller has given to it and may do with it.

use chrono::{DateTime, Utc};
use openapi::{
    attachments::{Attachment, Document},
    hearings::{Hearing, ImageSize, YourAnswer},
    ids::HearingId,
};
use tokio::try_join;

use crate::{
    db::Connection,
    hearings::{
        Error, HearingFor, ReadHearings, SectionRow, actions::Presenter, documents, image, queries::sections, rules,
    },
    heavy,
    identity::{Permission, Require},
    markdown,
    responses::{self, Given},
};

/// Replies with whole hearings.
#[derive(Debug, Clone, Copy)]
pub(super) struct Detail;

impl Presenter for Detail {
    async fn hearing<P: Permission>(
        self,
        conn: &mut Connection,
        asker: &Require<P>,
        id: HearingId,
    ) -> Result<Hearing, Error> {
        hearing(conn, asker, id).await
    }
}

/// A hearing as the caller may see it.
///
/// # Errors
/// [`Error::NotFound`] when it does not exist for the caller.
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
