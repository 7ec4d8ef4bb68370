//! A hearing from its first title to its conclusion.

use uuid::uuid;

use super::{at, attachments, day, people};
use crate::{
    hearings::{
        Audience, ConcludeHearing, ConclusionDraft, ConclusionText, ConclusionVersion, Contact, FacetCount, Fragment,
        Hearing, HearingDraft, HearingFacets, HearingPatch, HearingPermissions, HearingReference, HearingRole,
        HearingStatus, HearingSummary, ImageSize, PublishHearing, PublishStart, RespondentShown, ResponsesShown,
        Section, SectionPatch, YourAnswer,
    },
    ids::{DraftId, HearingId, SectionId},
};

pub(super) const HEARING: HearingId = HearingId(uuid!("019a9d52-7bd8-7f03-a1c9-0e4b6d8f2a30"));
pub(super) const SECTION: SectionId = SectionId(uuid!("019a9d52-7bd8-7f03-a1c9-0e4b6d8f2a31"));
pub(super) const DRAFT: DraftId = DraftId(uuid!("019a9e10-20aa-7d14-b3f5-6c1e9a7d4b50"));

pub(super) const TITLE: &str = "Hybridt arbejde på rådhuset";
pub(super) const SECTION_TITLE: &str = "Hvor ofte kan du arbejde hjemme?";

const SUMMARY: &str = "Vi foreslår fælles rammer for, hvornår du kan arbejde hjemme. Rammerne skal gælde alle med fast \
                       plads på rådhuset fra den 1. marts 2027.";

pub(super) fn new() -> HearingDraft {
    HearingDraft { title: TITLE.to_owned() }
}

pub(super) fn patch() -> HearingPatch {
    HearingPatch {
        summary: Some(SUMMARY.to_owned()),
        starts_on: Some(Some(day(11, 10))),
        deadline_on: Some(Some(day(12, 4))),
        responses_shown: Some(ResponsesShown::AfterDeadline),
        sections: Some(vec![
            SectionPatch {
                id: Some(SECTION),
                title: SECTION_TITLE.to_owned(),
                body: "Du kan arbejde hjemme **op til to dage om ugen**, når opgaverne tillader det.".to_owned(),
            },
            SectionPatch {
                id: None,
                title: "Hvem aftaler det?".to_owned(),
                body: "Du aftaler dagene med din nærmeste leder.".to_owned(),
            },
        ]),
        ..HearingPatch::default()
    }
}

pub(super) fn publish() -> PublishHearing {
    PublishHearing { start: PublishStart::OnStartDate }
}

const CONCLUSION: &str = "Tak for 62 høringssvar. Rammen på **to dage om ugen** bliver stående, men hver afdeling aftaler \
                          selv en fælles mødedag. Det var det, flest af jer bad om.";

pub(super) fn conclusion_draft() -> ConclusionDraft {
    ConclusionDraft {
        version: 7,
        text: CONCLUSION.to_owned(),
        updated_at: Some(at(12, 9, 9, 32)),
        updated_by: Some(people::owner().name),
    }
}

pub(super) fn conclusion_version() -> ConclusionVersion {
    ConclusionVersion {
        version: 4,
        text: "Tak for 62 høringssvar.".to_owned(),
        saved_at: at(12, 8, 13, 5),
        saved_by: Some(people::reviewer().name),
        replaced_at: at(12, 9, 9, 30),
    }
}

pub(super) fn conclusion_text() -> ConclusionText {
    ConclusionText { text: CONCLUSION.to_owned() }
}

pub(super) fn conclude() -> ConcludeHearing {
    ConcludeHearing { conclusion: CONCLUSION.to_owned(), draft_version: Some(7) }
}

/// As somebody sees it who may answer and has begun to.
pub(super) fn hearing() -> Hearing {
    let owner = people::owner();
    Hearing {
        id: HEARING,
        version: 7,
        status: HearingStatus::Open,
        title: TITLE.to_owned(),
        summary: SUMMARY.to_owned(),
        audience: Audience::Internal,
        invitation_only: false,
        starts_on: Some(day(11, 10)),
        starts_at: Some(at(11, 9, 23, 0)),
        deadline_on: Some(day(12, 4)),
        deadline_at: Some(at(12, 4, 23, 0)),
        contact: Contact {
            name: owner.name,
            department: owner.department.unwrap_or_default(),
            email: owner.email,
            phone: "12 34 56 78".to_owned(),
        },
        responses_shown: ResponsesShown::AfterDeadline,
        respondent_shown: RespondentShown::Department,
        sections: vec![Section {
            id: SECTION,
            title: SECTION_TITLE.to_owned(),
            body: "Du kan arbejde hjemme **op til to dage om ugen**, når opgaverne tillader det.".to_owned(),
            body_html: "<p>Du kan arbejde hjemme <strong>op til to dage om ugen</strong>, når opgaverne tillader \
                        det.</p>"
                .to_owned(),
        }],
        image: Some(attachments::image()),
        image_alternative_text: "Rådhuset set fra torvet en regnvejrsdag".to_owned(),
        image_sizes: [(480, 320), (960, 640), (1600, 1067)].map(|(width, height)| ImageSize { width, height }).into(),
        documents: vec![attachments::document()],
        published_at: Some(at(11, 5, 12, 15)),
        conclusion: None,
        response_count: None,
        your_roles: vec![HearingRole::Invitee],
        may: HearingPermissions { answer: true, ..HearingPermissions::default() },
        your_answer: Some(YourAnswer { draft: Some(DRAFT), edits: None, sent: Vec::new(), refused: None }),
        checklist: None,
        updated_at: at(11, 5, 12, 15),
    }
}

pub(super) fn summaries() -> Vec<HearingSummary> {
    let open = HearingSummary {
        id: HEARING,
        status: HearingStatus::Open,
        title: TITLE.to_owned(),
        summary: SUMMARY.to_owned(),
        audience: Audience::Internal,
        invitation_only: false,
        starts_on: Some(day(11, 10)),
        starts_at: Some(at(11, 9, 23, 0)),
        deadline_on: Some(day(12, 4)),
        deadline_at: Some(at(12, 4, 23, 0)),
        response_count: None,
        your_roles: vec![HearingRole::Invitee],
        your_draft: Some(DRAFT),
        your_responses: Vec::new(),
        updated_at: at(11, 5, 12, 15),
        excerpt: Vec::new(),
    };
    let processing = HearingSummary {
        id: HearingId(uuid!("019a7c01-5e22-7b90-8d3f-2f7a1b6c9e44")),
        status: HearingStatus::Processing,
        title: "Trafikplan for Åbyen".to_owned(),
        summary: "Kommunen foreslår lavere hastighed og sikrere skoleveje i Åbyen.".to_owned(),
        audience: Audience::Public,
        starts_on: Some(day(10, 5)),
        starts_at: Some(at(10, 4, 22, 0)),
        deadline_on: Some(day(11, 13)),
        deadline_at: Some(at(11, 13, 23, 0)),
        response_count: Some(84),
        your_roles: Vec::new(),
        your_draft: None,
        your_responses: vec![12],
        updated_at: at(10, 2, 8, 40),
        excerpt: vec![
            Fragment { text: "Lavere hastighed og sikrere ".to_owned(), hit: false },
            Fragment { text: "skoleveje".to_owned(), hit: true },
            Fragment { text: " i Åbyen".to_owned(), hit: false },
        ],
        ..open.clone()
    };
    vec![open, processing]
}

pub(super) fn facets() -> HearingFacets {
    HearingFacets {
        status: vec![
            FacetCount { value: HearingStatus::Open, count: 4, or_more: false },
            FacetCount { value: HearingStatus::Concluded, count: 1000, or_more: true },
        ],
        role: vec![FacetCount { value: HearingRole::Invitee, count: 2, or_more: false }],
        audience: vec![FacetCount { value: Audience::Internal, count: 3, or_more: false }],
    }
}

pub(super) fn reference() -> HearingReference {
    HearingReference {
        id: HEARING,
        title: TITLE.to_owned(),
        status: HearingStatus::Open,
        deadline_on: Some(day(12, 4)),
        deadline_at: Some(at(12, 4, 23, 0)),
    }
}
