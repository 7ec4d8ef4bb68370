//! A hearing's picture and documents: kept on the server as soon as they are there.

use std::rc::Rc;

use futures::FutureExt;
use openapi::{
    attachments::{Attachment, Document, DocumentPatch, FileType},
    client::{Error, operations as op},
    hearings::Hearing,
    limits,
    validation::Validate,
};
use yew::prelude::*;

use super::{edit::Edit, written::Written};
use crate::{
    components::{FileField, Rename, Renaming, TextField},
    config::Config,
    file_rules::FileRules,
    form_errors::FormErrors,
    hooks::{KeptFile, Stage, UploadEntry, Uploads, use_action, use_uploads},
    i18n::use_i18n,
    shown_file::ShownFile,
    t,
    transport::Api,
    upload::send,
};

#[derive(Properties, PartialEq)]
pub(super) struct FilesProps {
    pub(super) hearing: Rc<Hearing>,
    pub(super) written: Rc<Written>,
    pub(super) edit: Edit,
    /// Told what the hearing is like with its new files: what is missing depends on them.
    pub(super) replace: Callback<Hearing>,
    /// Told which files were chosen and are not there.
    pub(super) on_lacking: Callback<Vec<AttrValue>>,
}

/// Tells which files were chosen and are not there.
#[hook]
fn use_lacking<T: KeptFile>(files: &Uploads<T>, on_lacking: &Callback<Vec<AttrValue>>) {
    let on_lacking = on_lacking.clone();
    use_effect_with(files.lacking(), move |lacking| on_lacking.emit(lacking.clone()));
}

#[hook]
fn use_bytes() -> u64 {
    use_context::<Config>().unwrap_or_default().attachments.bytes
}

/// Reads the hearing again when what is kept has changed.
#[hook]
fn use_refresh<T: KeptFile>(files: &Uploads<T>, hearing: &Hearing, replace: &Callback<Hearing>) {
    let id = hearing.id;
    let replace = replace.clone();
    let refresh = use_action(
        move |api, ()| async move { api.get_hearing(id).await },
        Callback::from(move |answer: Result<Hearing, Error>| {
            // What is missing is told again when it is published.
            if let Ok(hearing) = answer {
                replace.emit(hearing);
            }
        }),
    );
    let kept: Vec<T> = files.entries.iter().filter_map(kept).collect();
    let first = use_mut_ref(|| true);
    use_effect_with(kept, move |_| {
        if !first.replace(false) {
            refresh.run.emit(());
        }
    });
}

fn kept<T: KeptFile>(entry: &UploadEntry<T>) -> Option<T> {
    match &entry.stage {
        Stage::Kept(kept) => Some(kept.clone()),
        Stage::Waiting | Stage::Sending(_) | Stage::NotKept => None,
    }
}

/// The picture, and what stands for it where it cannot be seen.
#[component]
pub(super) fn Picture(props: &FilesProps) -> Html {
    let i18n = use_i18n();
    let FilesProps { hearing, written, edit, replace, on_lacking } = props;
    let id = hearing.id;
    let bytes = use_bytes();
    let rules = FileRules { files: 1, bytes, types: FileType::IMAGES, replacing: true };
    let files = use_uploads(
        hearing.image.iter().cloned().collect(),
        rules,
        move |api, outgoing| async move {
            send::<Attachment>(&api, op::REPLACE_IMAGE, op::REPLACE_IMAGE.address(&[&id]), outgoing).await
        },
        move |api, _: Attachment| async move { api.delete_image(id).await },
    );
    use_refresh(&files, hearing, replace);
    use_lacking(&files, on_lacking);
    let shown = files.entries.iter().find_map(|entry| match &entry.stage {
        Stage::Kept(image) => ShownFile::image(id, image).address,
        Stage::Waiting | Stage::Sending(_) | Stage::NotKept => None,
    });
    html! {
        <>
            if let Some(address) = shown {
                <img class="hearing-image" src={address} alt={written.image_alternative_text.clone()} lang="da" />
            }
            <FileField
                pointer="/image"
                label={t!(i18n, "edit-image")}
                hint={t!(i18n, "edit-image-hint", size = i18n.size(rules.bytes).as_str())}
                accept={rules.accept()}
                optional=true
                rows={files.rows(&i18n, |image| ShownFile::image(id, image).address)}
                on_files={files.add.clone()}
                on_retry={files.retry.clone()}
                on_remove={files.remove.clone()}
            />
            <TextField
                pointer="/imageAlternativeText"
                label={t!(i18n, "edit-image-text")}
                hint={t!(i18n, "edit-image-text-hint")}
                value={written.image_alternative_text.clone()}
                on_input={edit.with(|written, text| written.image_alternative_text = text)}
                limit={limits::ALTERNATIVE_TEXT}
                optional={hearing.image.is_none()}
            />
        </>
    }
}

/// The documents.
#[component]
pub(super) fn Documents(props: &FilesProps) -> Html {
    let i18n = use_i18n();
    let hearing = &props.hearing;
    let id = hearing.id;
    let bytes = use_bytes();
    let rules = FileRules { files: limits::DOCUMENTS, bytes, types: FileType::ALL, replacing: false };
    let files = use_uploads(
        hearing.documents.clone(),
        rules,
        move |api, outgoing| async move {
            send::<Document>(&api, op::CREATE_DOCUMENT, op::CREATE_DOCUMENT.address(&[&id]), outgoing).await
        },
        move |api, document: Document| async move { api.delete_document(id, document.id, document.version).await },
    );
    use_refresh(&files, hearing, &props.replace);
    use_lacking(&files, &props.on_lacking);
    let rename = {
        let (change, i18n) = (files.change.clone(), i18n.clone());
        Callback::from(move |(key, title): (u32, String)| -> Option<AttrValue> {
            let patch = DocumentPatch { title: Some(title) }.cleaned();
            if let Err(errors) = patch.validate() {
                return FormErrors::from_fields(&errors, &i18n).fields.into_iter().next().map(|field| field.message);
            }
            let renamed = move |api: Rc<Api>, document: Document| {
                async move { api.update_document(id, document.id, document.version, &patch).await }.boxed_local()
            };
            change.emit((key, Box::new(renamed)));
            None
        })
    };
    html! {
        <FileField
            pointer="/documents"
            label={t!(i18n, "edit-documents")}
            hint={t!(i18n, "edit-documents-hint", size = i18n.size(rules.bytes).as_str())}
            accept={rules.accept()}
            multiple=true
            optional=true
            rows={files.rows(&i18n, |document| ShownFile::document(id, document).address)}
            on_files={files.add.clone()}
            on_retry={files.retry.clone()}
            on_remove={files.remove.clone()}
            rename={move |renaming: Renaming| {
                let Renaming { key, name, pointer, on_cancel } = renaming;
                let on_rename = rename.reform(move |title| (key, title));
                html! { <Rename {pointer} {name} limit={limits::DOCUMENT_TITLE} {on_rename} {on_cancel} /> }
            }}
        />
    }
}
