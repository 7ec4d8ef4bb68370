//! Hearings for tests, made through the interface as people make them, moving the clock where time has to pass.

use chrono::{Days, NaiveDate};
use openapi::{
    drafts::{Draft, DraftPatch, SendDraft},
    hearings::{
        Audience, ConcludeHearing, Hearing, HearingDraft, HearingPatch, HearingRole, NewRole, PublishHearing,
        PublishStart, SectionPatch,
    },
    ids::HearingId,
    responses::Receipt,
    texts::TextName,
    time,
};
use uuid::Uuid;

use crate::{
    App, Person, Who,
    attachments::{pdf, png},
};

/// A hearing to be made: internal, answered for four weeks.
pub struct HearingBuilder<'a> {
    app: &'a App,
    patch: HearingPatch,
    roles: Vec<(Who, HearingRole)>,
    files: bool,
}

impl<'a> HearingBuilder<'a> {
    pub(crate) fn new(app: &'a App) -> Self {
        let section =
            |title: &str, body: &str| SectionPatch { id: None, title: title.to_owned(), body: body.to_owned() };
        let patch = HearingPatch {
            title: Some("Ny struktur på skoleområdet".to_owned()),
            summary: Some("Skolerne i Ørby og Åstrup foreslås lagt sammen fra august 2027.".to_owned()),
            deadline_on: Some(Some(time::day_of(app.now()) + Days::new(28))),
            sections: Some(vec![
                section("Baggrund", "Elevtallet **falder** med 18 % frem mod 2034."),
                section("Forslag", "1. Én ledelse\n2. To matrikler\n\nSe også afsnittet om økonomi."),
                section("Økonomi", "Besparelsen er 4,2 mio. kr. om året."),
            ]),
            ..HearingPatch::default()
        };
        Self { app, patch, roles: Vec::new(), files: false }
    }

    /// With everybody of the template who has a part in the owner's hearings.
    #[must_use]
    pub fn staffed(self) -> Self {
        self.with(Who::Reviewer, HearingRole::Reviewer)
            .with(Who::CaseWorker, HearingRole::CaseWorker)
            .with(Who::Invitee, HearingRole::Invitee)
    }

    /// With a document and a picture.
    #[must_use]
    pub fn with_files(self) -> Self {
        let with_words = self.patch(|patch| patch.image_alternative_text = Some("En skole".to_owned()));
        Self { files: true, ..with_words }
    }

    /// With somebody in a role.
    #[must_use]
    pub fn with(mut self, who: Who, role: HearingRole) -> Self {
        self.roles.push((who, role));
        self
    }

    /// With these values instead of the usual ones; what is absent stays.
    #[must_use]
    pub fn patch(mut self, change: impl FnOnce(&mut HearingPatch)) -> Self {
        change(&mut self.patch);
        self
    }

    /// With this title.
    #[must_use]
    pub fn titled(self, title: &str) -> Self {
        self.patch(|patch| patch.title = Some(title.to_owned()))
    }

    /// With this last day for answers.
    #[must_use]
    pub fn until(self, day: NaiveDate) -> Self {
        self.patch(|patch| patch.deadline_on = Some(Some(day)))
    }

    /// For everybody.
    #[must_use]
    pub fn public(self) -> Self {
        self.patch(|patch| patch.audience = Some(Audience::Public))
    }

    /// For invited people alone.
    #[must_use]
    pub fn invitation_only(self) -> Self {
        self.patch(|patch| patch.invitation_only = Some(true))
    }

    /// As a draft.
    pub async fn draft(self) -> Hearing {
        let Self { app, patch, roles, files } = self;
        let owner = app.owner();
        let title = patch.title.clone().unwrap_or_default();
        let made = owner.create_hearing(&HearingDraft { title }, &key()).await.unwrap();
        let mut hearing = owner.update_hearing(made.id, made.version, &patch).await.unwrap();
        for (who, role) in roles {
            let role = NewRole { account: who.id(), role };
            owner.create_role(hearing.id, hearing.version, &role, &key()).await.unwrap();
            hearing.version += 1;
        }
        if files {
            owner.create_document(hearing.id, &pdf("Skolestruktur 2027.pdf"), &key()).await.unwrap();
            owner.replace_image(hearing.id, &png("skole.png"), &key()).await.unwrap();
        }
        owner.get_hearing(hearing.id).await.unwrap()
    }

    /// Published, and waiting for its start a week after now unless a start date was given.
    pub async fn scheduled(mut self) -> Hearing {
        let in_a_week = time::day_of(self.app.now()) + Days::new(7);
        self.patch.starts_on.get_or_insert(Some(in_a_week));
        self.publish(PublishStart::OnStartDate).await
    }

    /// Published now.
    pub async fn open(self) -> Hearing {
        self.publish(PublishStart::Now).await
    }

    /// Behind its deadline: the clock moves there.
    pub async fn processing(self) -> Hearing {
        let app = self.app;
        let hearing = self.open().await;
        app.pass_deadline(&hearing);
        app.owner().get_hearing(hearing.id).await.unwrap()
    }

    /// Concluded: the clock moves behind its deadline.
    pub async fn concluded(self) -> Hearing {
        let app = self.app;
        let hearing = self.processing().await;
        let request = ConcludeHearing {
            conclusion: "Forslaget er *vedtaget* med to ændringer.".to_owned(),
            draft_version: None,
        };
        app.owner().conclude_hearing(hearing.id, hearing.version, &request).await.unwrap()
    }

    async fn publish(self, start: PublishStart) -> Hearing {
        let owner = self.app.owner();
        let draft = self.draft().await;
        owner.publish_hearing(draft.id, draft.version, &PublishHearing { start }).await.unwrap()
    }
}

impl App {
    /// Moves the clock to the instant at which a hearing's deadline passes.
    pub fn pass_deadline(&self, hearing: &Hearing) {
        self.clock.set(hearing.deadline_at.expect("the hearing has a deadline"));
    }
}

impl Person {
    /// Begins an answer and writes this into it.
    pub async fn write(&self, hearing: HearingId, text: &str) -> Draft {
        let draft = self.create_draft(hearing).await.unwrap().item;
        let patch = DraftPatch { text: Some(text.to_owned()), ..DraftPatch::default() };
        self.update_draft(hearing, draft.id, draft.version, &patch).await.unwrap()
    }

    /// What has to be named when an answer is sent.
    pub async fn terms(&self) -> SendDraft {
        SendDraft { terms_version: self.get_text(TextName::ResponseTerms).await.unwrap().version }
    }

    /// Writes an answer and sends it.
    pub async fn answer(&self, hearing: HearingId, text: &str) -> Receipt {
        let draft = self.write(hearing, text).await;
        self.send_draft(hearing, draft.id, draft.version, &self.terms().await, &key()).await.unwrap()
    }
}

/// An idempotency key that nobody else uses.
#[must_use]
pub fn key() -> String {
    Uuid::now_v7().to_string()
}
