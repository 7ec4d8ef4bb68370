//! The files of an answer: kept on the server as soon as they are there, like its words.

use openapi::{
    attachments::{Attachment, FileType},
    client::operations as op,
    drafts::Draft,
    ids::{DraftId, HearingId},
    validation::FieldErrors,
};
use yew::prelude::*;

use crate::{
    components::FileField,
    config::Config,
    file_rules::FileRules,
    hooks::{Uploads, use_uploads},
    i18n::use_i18n,
    shown_file::ShownFile,
    t,
    upload::send,
};

const POINTER: &str = "/attachments";

#[hook]
fn use_rules() -> FileRules {
    let limits = use_context::<Config>().unwrap_or_default().attachments;
    FileRules { files: limits.files, bytes: limits.bytes, types: FileType::ALL, replacing: false }
}

/// The files of a draft.
#[hook]
pub(super) fn use_attachments(hearing: HearingId, draft: &Draft) -> Uploads<Attachment> {
    let rules = use_rules();
    let id = draft.id;
    use_uploads(
        draft.attachments.clone(),
        rules,
        move |api, outgoing| async move {
            let operation = op::CREATE_ATTACHMENT;
            send(&api, operation, operation.address(&[&hearing, &id]), outgoing).await
        },
        move |api, file: Attachment| async move { api.delete_attachment(hearing, id, file.id).await },
    )
}

/// Passes when every file that was chosen is there: none is lost silently.
///
/// # Errors
/// At the field, that one is under way or has failed.
pub(super) fn all_are_there(files: &Uploads<Attachment>) -> Result<(), FieldErrors> {
    let mut errors = FieldErrors::default();
    errors.require(!files.are_under_way(), POINTER, "files.under_way", "are on their way");
    errors.require(!files.lack_one(), POINTER, "files.failed", "have not all arrived");
    errors.finish()
}

#[derive(Properties, PartialEq)]
pub(super) struct AttachmentsProps {
    pub(super) hearing: HearingId,
    pub(super) draft: DraftId,
    pub(super) files: Uploads<Attachment>,
}

/// The field for the files of an answer.
#[component]
pub(super) fn Attachments(props: &AttachmentsProps) -> Html {
    let i18n = use_i18n();
    let rules = use_rules();
    let AttachmentsProps { hearing, draft, files } = props;
    html! {
        <FileField
            pointer={POINTER}
            label={t!(i18n, "write-files")}
            hint={t!(i18n, "write-files-hint", count = rules.files, size = i18n.size(rules.bytes).as_str())}
            accept={rules.accept()}
            multiple=true
            optional=true
            rows={files.rows(&i18n, |file| ShownFile::of_draft(*hearing, *draft, file).address)}
            on_files={files.add.clone()}
            on_retry={files.retry.clone()}
            on_remove={files.remove.clone()}
        />
    }
}
