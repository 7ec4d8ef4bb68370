//! The list of files that are sent, and what happens to it.

use std::rc::Rc;

use openapi::{
    attachments::{Attachment, Document, FileType},
    client::Error,
    ids::FileId,
};
use web_sys::File;
use yew::prelude::*;

use crate::{
    clock,
    components::{FileProgress, FileRow},
    file_rules::may_pass_next_time,
    form_errors::reason,
    i18n::I18n,
    shown_file::kind_and_size,
};

/// Something that the server keeps a file as.
pub trait KeptFile: Clone + PartialEq + 'static {
    /// Its file.
    fn file(&self) -> &Attachment;

    /// What it is called.
    fn name(&self) -> &str {
        &self.file().name
    }
}

impl KeptFile for Attachment {
    fn file(&self) -> &Attachment {
        self
    }
}

impl KeptFile for Document {
    fn file(&self) -> &Attachment {
        &self.file
    }

    fn name(&self) -> &str {
        &self.title
    }
}

/// Where a file is on its way.
#[derive(Clone, Debug, PartialEq)]
pub enum Stage<T> {
    /// Others go first.
    Waiting,
    /// So many per cent are gone.
    Sending(u8),
    /// The server has it.
    Kept(T),
    /// The server does not have it.
    NotKept,
}

/// What is sent of a file.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Sent {
    pub(super) file: File,
    /// The key of its request.
    pub(super) key: String,
}

/// A file of the list.
#[derive(Clone, Debug, PartialEq)]
pub struct UploadEntry<T> {
    /// Names it in the list.
    pub key: u32,
    /// Its name.
    pub name: AttrValue,
    /// Its size in bytes.
    pub size: u64,
    /// Where it is.
    pub stage: Stage<T>,
    /// What went wrong with it the last time.
    pub error: Option<Rc<Error>>,
    /// What is sent; nothing for a file that was there from the beginning.
    pub(super) sent: Option<Sent>,
}

impl<T> UploadEntry<T> {
    /// Whether it is on its way.
    pub fn is_under_way(&self) -> bool {
        matches!(self.stage, Stage::Waiting | Stage::Sending(_))
    }

    /// Whether it takes one of the places.
    pub(super) fn counts(&self) -> bool {
        !matches!(self.stage, Stage::NotKept)
    }
}

impl<T: KeptFile> UploadEntry<T> {
    /// What it is called now.
    pub(super) fn shown_name(&self) -> AttrValue {
        match &self.stage {
            Stage::Kept(kept) => kept.name().to_owned().into(),
            Stage::Waiting | Stage::Sending(_) | Stage::NotKept => self.name.clone(),
        }
    }

    /// As [`crate::components::FileField`] shows it.
    pub(super) fn row(&self, i18n: &I18n, address: impl Fn(&T) -> Option<AttrValue>) -> FileRow {
        let can_pass = self.error.as_deref().is_some_and(may_pass_next_time);
        let (progress, address) = match &self.stage {
            Stage::Waiting => (FileProgress::Waiting, None),
            Stage::Sending(percent) => (FileProgress::Sending(*percent), None),
            Stage::Kept(kept) => (FileProgress::Kept, address(kept)),
            Stage::NotKept if can_pass => (FileProgress::Failed, None),
            Stage::NotKept => (FileProgress::Refused, None),
        };
        FileRow {
            key: self.key,
            name: self.shown_name(),
            about: match FileType::of_name(&self.name) {
                Some(file_type) => kind_and_size(file_type, self.size, i18n),
                None => i18n.size(self.size),
            },
            address,
            progress,
            error: self.error.as_deref().map(|error| reason(error, i18n)),
        }
    }

    /// A file that is there from the beginning.
    pub(super) fn found(key: u32, kept: T) -> UploadEntry<T> {
        let file = kept.file();
        UploadEntry {
            key,
            name: file.name.clone().into(),
            size: file.size.unsigned_abs(),
            stage: Stage::Kept(kept),
            error: None,
            sent: None,
        }
    }

    /// A file that was chosen.
    pub(super) fn chosen(key: u32, file: File) -> UploadEntry<T> {
        UploadEntry {
            key,
            name: file.name().into(),
            size: file.size() as u64,
            stage: Stage::Waiting,
            error: None,
            // A key that no other request has.
            sent: Some(Sent { file, key: FileId::new(clock::now()).to_string() }),
        }
    }
}

/// What becomes of a file.
pub(super) enum Change<T> {
    /// It is in the list.
    Add(UploadEntry<T>),
    /// It is further.
    Move(u32, Stage<T>),
    /// It is kept, in place of what was kept before.
    Replace(u32, T),
    /// It was not taken, or not taken away.
    Fail(u32, Rc<Error>),
    /// It is not in the list any more.
    Remove(u32),
}

/// The list.
#[derive(Clone, PartialEq)]
pub(super) struct Entries<T>(pub(super) Vec<UploadEntry<T>>);

impl<T: KeptFile> Reducible for Entries<T> {
    type Action = Change<T>;

    fn reduce(self: Rc<Self>, change: Change<T>) -> Rc<Self> {
        let mut entries = self.0.clone();
        match change {
            Change::Add(entry) => entries.push(entry),
            Change::Move(key, stage) => set(&mut entries, key, Some(stage), None),
            Change::Replace(key, kept) => {
                entries.retain(|entry| entry.key == key || !matches!(entry.stage, Stage::Kept(_)));
                set(&mut entries, key, Some(Stage::Kept(kept)), None);
            }
            Change::Fail(key, error) => {
                let is_kept = entries.iter().any(|entry| entry.key == key && matches!(entry.stage, Stage::Kept(_)));
                set(&mut entries, key, (!is_kept).then_some(Stage::NotKept), Some(error));
            }
            Change::Remove(key) => entries.retain(|entry| entry.key != key),
        }
        Rc::new(Entries(entries))
    }
}

fn set<T>(entries: &mut [UploadEntry<T>], key: u32, stage: Option<Stage<T>>, error: Option<Rc<Error>>) {
    if let Some(entry) = entries.iter_mut().find(|entry| entry.key == key) {
        entry.error = error;
        if let Some(stage) = stage {
            entry.stage = stage;
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use openapi::attachments::{ScanState, ShownState};

    use super::*;

    fn kept(name: &str) -> Attachment {
        Attachment {
            id: FileId::new(DateTime::UNIX_EPOCH),
            name: name.to_owned(),
            file_type: FileType::Png,
            size: 1,
            scan_state: ScanState::NotScanned,
            shown_state: ShownState::Ready,
            uploaded_at: DateTime::UNIX_EPOCH,
        }
    }

    fn list() -> Rc<Entries<Attachment>> {
        let waiting = UploadEntry { key: 1, stage: Stage::Waiting, ..UploadEntry::found(1, kept("ny.png")) };
        Rc::new(Entries(vec![UploadEntry::found(0, kept("gammel.png")), waiting]))
    }

    fn refusal() -> Rc<Error> {
        Rc::new(Error::Unreachable("no network".to_owned()))
    }

    #[test]
    fn what_fails_stays_in_the_list_with_its_reason_and_takes_no_place() {
        let list = list().reduce(Change::Fail(1, refusal()));
        assert_eq!((&list.0[1].stage, list.0[1].counts()), (&Stage::NotKept, false));
        assert_eq!(list.0[1].error, Some(refusal()));
        let list = list.reduce(Change::Move(1, Stage::Waiting));
        assert_eq!(list.0[1].error, None, "tried again");
    }

    #[test]
    fn what_cannot_be_taken_away_is_still_there() {
        let list = list().reduce(Change::Fail(0, refusal()));
        assert!(matches!(list.0[0].stage, Stage::Kept(_)) && list.0[0].error.is_some());
    }

    #[test]
    fn a_new_picture_takes_the_place_of_the_old_one() {
        let list = list().reduce(Change::Replace(1, kept("ny.png")));
        assert_eq!(list.0.iter().map(|entry| entry.name.as_str()).collect::<Vec<_>>(), ["ny.png"]);
    }
}
