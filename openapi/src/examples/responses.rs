//! One answer, from its draft to its receipt, and as each of its readers sees it.

use uuid::uuid;

use super::{at, attachments, hearings, people};
use crate::{
    drafts::{Draft, DraftPatch, MyDraft, SectionAnswer, SendDraft},
    ids::ResponseId,
    responses::{AnsweredSection, MyResponse, PublicResponse, Receipt, ResponseVersion, StaffResponse},
    session::Capacity,
};

const RESPONSE: ResponseId = ResponseId(uuid!("019a9f44-9c07-7e26-9d81-3b5f0c2a7e60"));
const TEXT: &str =
    "Det er godt med en fælles ramme. Vi bør dog tage hensyn til de medarbejdere, der har vagt i skranken.";
const ON_BEHALF_OF: &str = "MED-udvalget i Borgerservice";
const TERMS_VERSION: &str = "7d1f0c4b92ae";

fn sections() -> Vec<SectionAnswer> {
    let text = "To dage om ugen passer godt til sagsbehandling. I skranken kan det højst blive én.";
    vec![SectionAnswer { section: hearings::SECTION, text: text.to_owned() }]
}

fn answered() -> Vec<AnsweredSection> {
    let title = hearings::SECTION_TITLE.to_owned();
    sections()
        .into_iter()
        .map(|answer| AnsweredSection { section: answer.section, title: title.clone(), text: answer.text })
        .collect()
}

pub(super) fn draft() -> Draft {
    Draft {
        id: hearings::DRAFT,
        hearing: hearings::HEARING,
        edits: None,
        version: 4,
        text: TEXT.to_owned(),
        sections: sections(),
        attachments: vec![attachments::attachment()],
        on_behalf_of: ON_BEHALF_OF.to_owned(),
        sender_as_shown: "Borgerservice".to_owned(),
        created_at: at(11, 23, 8, 5),
        updated_at: at(11, 23, 9, 32),
    }
}

pub(super) fn draft_patch() -> DraftPatch {
    DraftPatch { text: Some(TEXT.to_owned()), sections: Some(sections()), on_behalf_of: Some(ON_BEHALF_OF.to_owned()) }
}

pub(super) fn my_draft() -> MyDraft {
    MyDraft { id: hearings::DRAFT, hearing: hearings::reference(), edits: None, updated_at: at(11, 23, 9, 32) }
}

pub(super) fn send() -> SendDraft {
    SendDraft { terms_version: TERMS_VERSION.to_owned() }
}

pub(super) fn receipt() -> Receipt {
    Receipt {
        response: RESPONSE,
        hearing: hearings::HEARING,
        hearing_title: hearings::TITLE.to_owned(),
        number: 12,
        version: 1,
        changeable: true,
        sent_at: at(11, 23, 9, 40),
        edited_at: None,
        withdrawn_at: None,
        mailed_to: people::respondent().email,
        on_behalf_of: ON_BEHALF_OF.to_owned(),
        text: TEXT.to_owned(),
        sections: answered(),
        attachments: vec![attachments::attachment()],
    }
}

pub(super) fn my_response() -> MyResponse {
    MyResponse {
        id: RESPONSE,
        hearing: hearings::reference(),
        number: 12,
        sent_at: at(11, 23, 9, 40),
        edited_at: None,
        withdrawn_at: None,
    }
}

pub(super) fn public() -> PublicResponse {
    PublicResponse {
        id: RESPONSE,
        number: 12,
        sent_at: at(11, 23, 9, 40),
        edited_at: Some(at(11, 24, 7, 5)),
        withdrawn_at: None,
        capacity: Capacity::Employee,
        sender: people::respondent().department,
        on_behalf_of: ON_BEHALF_OF.to_owned(),
        text: TEXT.to_owned(),
        sections: answered(),
        attachments: vec![attachments::attachment()],
    }
}

pub(super) fn staff() -> StaffResponse {
    StaffResponse {
        id: RESPONSE,
        number: 12,
        version: 2,
        sent_at: at(11, 23, 9, 40),
        edited_at: Some(at(11, 24, 7, 5)),
        withdrawn_at: None,
        capacity: Capacity::Employee,
        respondent: people::respondent(),
        access_revoked: false,
        on_behalf_of: ON_BEHALF_OF.to_owned(),
        text: TEXT.to_owned(),
        sections: answered(),
        attachments: vec![attachments::attachment()],
        terms_version: TERMS_VERSION.to_owned(),
    }
}

pub(super) fn version() -> ResponseVersion {
    ResponseVersion {
        version: 1,
        sent_at: at(11, 23, 9, 40),
        replaced_at: at(11, 24, 7, 5),
        on_behalf_of: ON_BEHALF_OF.to_owned(),
        text: TEXT.to_owned(),
        sections: answered(),
        attachments: Vec::new(),
    }
}
