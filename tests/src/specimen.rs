//! Hearings in any status in a moment, for the nets that need thousands: copies of one that was made through the
//! interface, with other times.

use chrono::TimeDelta;
use openapi::hearings::Hearing;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{App, Who};

/// Copies a hearing with its sections and roles, changed by JSON; gives it a draft and an answer when they are wished.
const COPY: &str = "\
    WITH copy AS (
        INSERT INTO hearing SELECT (jsonb_populate_record(hearing, $2)).* FROM hearing WHERE id = $1 RETURNING id
    ), sections AS (
        INSERT INTO hearing_section (id, hearing_id, position, title, body)
        SELECT gen_random_uuid(), copy.id, position, title, body FROM hearing_section, copy WHERE hearing_id = $1
        RETURNING id, position
    ), roles AS (
        INSERT INTO hearing_role (id, hearing_id, account_id, role, responsible, created_at)
        SELECT gen_random_uuid(), copy.id, account_id, role, responsible, created_at FROM hearing_role, copy
        WHERE hearing_id = $1
        RETURNING id, role
    ), documents AS (
        INSERT INTO hearing_document (id, hearing_id, file_id, position, title)
        SELECT gen_random_uuid(), copy.id, file_id, position, title FROM hearing_document, copy WHERE hearing_id = $1
        RETURNING id
    ), sizes AS (
        INSERT INTO hearing_image_size (hearing_id, image_id, width, height, file_id)
        SELECT copy.id, image_id, width, height, file_id FROM hearing_image_size, copy WHERE hearing_id = $1
    ), drafts AS (
        INSERT INTO draft (id, hearing_id, author_id, text, created_at, updated_at)
        SELECT $3, copy.id, $4, 'Et udkast.', now(), now() FROM copy WHERE $6
    ), responses AS (
        INSERT INTO response (id, hearing_id, draft_id, number, author_id, capacity, on_behalf_of, text, sections,
            terms_version, sent_at)
        SELECT $5, copy.id, gen_random_uuid(), 1, $4, 'employee', '', 'Et svar.', '[]', '1', now() FROM copy WHERE $7
    ), attached AS (
        SELECT file_id FROM hearing_document WHERE hearing_id = $1
    ), draft_attachments AS (
        INSERT INTO draft_attachment (draft_id, file_id, position) SELECT $3, file_id, 0 FROM attached WHERE $6
    ), response_attachments AS (
        INSERT INTO response_attachment (response_id, version, file_id, position)
        SELECT $5, 1, file_id, 0 FROM attached WHERE $7
    )
    SELECT (SELECT id FROM roles WHERE role = 'invitee'), (SELECT id FROM sections WHERE position = 0), \
        (SELECT id FROM documents), (SELECT file_id FROM attached)";

/// What a hearing shall be like.
#[derive(Debug, Clone, Copy)]
pub struct Wish<'a> {
    /// Its status; `cancelled-early` for one that was cancelled before its start.
    pub status: &'a str,
    /// Whether its audience is everybody.
    pub public: bool,
    /// Whether it is for invited people alone.
    pub invitation_only: bool,
    /// Whose draft and answer it has.
    pub author: Who,
    /// Whether it has a draft.
    pub draft: bool,
    /// Whether it has an answer.
    pub response: bool,
    /// Whether it keeps the pattern's picture.
    pub image: bool,
}

impl<'a> Wish<'a> {
    /// An internal hearing without draft and answer.
    #[must_use]
    pub fn of(status: &'a str) -> Self {
        let author = Who::Employee(9);
        Self { status, public: false, invitation_only: false, author, draft: false, response: false, image: true }
    }
}

/// The ids of a hearing and of what belongs to it.
#[derive(Debug, Clone, Copy)]
pub struct Specimen {
    /// The hearing.
    pub hearing: Uuid,
    /// Its first section.
    pub section: Uuid,
    /// Its invitee's role.
    pub role: Uuid,
    /// The draft, when it was wished.
    pub draft: Uuid,
    /// The answer, when it was wished.
    pub response: Uuid,
    /// Its document, when the pattern has one.
    pub document: Uuid,
    /// The file of the draft and of the answer, when the pattern has a document.
    pub attachment: Uuid,
    /// The pattern's picture.
    pub image: Uuid,
    /// A dead job, which belongs to no hearing.
    pub job: Uuid,
    /// Another hearing.
    pub other: Uuid,
}

impl Specimen {
    /// A copy of `pattern`, which is a whole and staffed draft.
    pub async fn copy(app: &App, pattern: &Hearing, wish: Wish<'_>) -> Self {
        let [hearing, draft, response, job] = [(); 4].map(|()| Uuid::now_v7());
        let values = values(app, hearing, wish);
        let author = wish.author.id().0;
        let database = app.database().owner();
        let row = database
            .query_one(COPY, &[&pattern.id.0, &values, &draft, &author, &response, &wish.draft, &wish.response])
            .await
            .unwrap();
        let maybe = |column: usize| row.get::<_, Option<Uuid>>(column).unwrap_or_default();
        Self {
            hearing,
            section: row.get(1),
            role: row.get(0),
            draft,
            response,
            document: maybe(2),
            attachment: maybe(3),
            image: pattern.image.as_ref().map(|image| image.id.0).unwrap_or_default(),
            job,
            other: pattern.id.0,
        }
    }

    /// Queues the dead job.
    pub async fn with_dead_job(self, app: &App) -> Self {
        let job = "INSERT INTO job (id, kind, payload, created_at, run_at, died_at) \
                   VALUES ($1, 'mail.receipt', '{}', now(), now(), now())";
        app.database().owner().execute(job, &[&self.job]).await.unwrap();
        self
    }

    /// A path with its placeholders filled in.
    #[must_use]
    pub fn address(&self, path: &str) -> String {
        let filled = [
            ("{hearing}", self.hearing),
            ("{draft}", self.draft),
            ("{response}", self.response),
            ("{role}", self.role),
            ("{document}", self.document),
            ("{attachment}", self.attachment),
            ("{image}", self.image),
            ("{job}", self.job),
        ];
        let path = path.replace("{name}", "response_terms");
        filled.iter().fold(path, |path, (placeholder, id)| path.replace(placeholder, &id.to_string()))
    }

    /// The same, as part of another hearing.
    #[must_use]
    pub fn in_the_other_hearing(self) -> Self {
        Self { hearing: self.other, ..self }
    }
}

/// What the copy has instead of the pattern's values.
fn values(app: &App, id: Uuid, wish: Wish<'_>) -> Value {
    let days = |days| app.now() + TimeDelta::days(days);
    let mut values = json!({
        "id": id,
        "version": 1,
        "audience": if wish.public { "public" } else { "internal" },
        "invitation_only": wish.invitation_only,
        "response_count": i32::from(wish.response),
    });
    if !wish.image {
        values["image_id"] = json!(null);
    }
    let (start, deadline) = match wish.status {
        "draft" => return values,
        "scheduled" | "cancelled-early" => (days(2), days(20)),
        "open" | "cancelled" => (days(-2), days(20)),
        "processing" | "concluded" => (days(-20), days(-2)),
        other => panic!("{other} is no status"),
    };
    values["published_at"] = json!(days(-30));
    values["starts_on"] = json!(start.date_naive());
    values["starts_at"] = json!(start);
    values["deadline_on"] = json!(deadline.date_naive());
    values["deadline_at"] = json!(deadline);
    match wish.status {
        "concluded" => {
            values["concluded_at"] = json!(days(-1));
            values["conclusion"] = json!("Vedtaget.");
        }
        "cancelled" | "cancelled-early" => values["cancelled_at"] = json!(days(-1)),
        _ => {}
    }
    values
}
