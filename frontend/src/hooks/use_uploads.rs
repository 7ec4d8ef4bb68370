//! Files that are sent as soon as they are chosen, one after the other, each with what becomes of it. One that fails takes
//! nothing else with it.

mod entries;

use std::{
    cell::{Cell, RefCell},
    collections::{BTreeMap, BTreeSet},
    future::Future,
    rc::Rc,
};

use futures::{
    FutureExt,
    future::{AbortHandle, LocalBoxFuture, abortable},
    lock::Mutex,
};
use openapi::client::Error;
use wasm_bindgen_futures::spawn_local;
use web_sys::File;
use yew::prelude::*;

use self::entries::{Change, Entries, Sent};
pub use self::entries::{KeptFile, Stage, UploadEntry};
use super::use_leave_warning;
use crate::{
    components::{FileRow, use_announce},
    file_rules::FileRules,
    form_errors::reason,
    i18n::{I18n, use_i18n},
    new_version::{NewVersion, use_new_version},
    session::use_api,
    t,
    transport::Api,
    unsaved::Unsaved,
    upload::Outgoing,
};

/// The list of files, and what can be done with it.
#[derive(Clone, PartialEq)]
pub struct Uploads<T> {
    /// The files, in their order.
    pub entries: Vec<UploadEntry<T>>,
    /// Takes files that were chosen or dropped.
    pub add: Callback<Vec<File>>,
    /// Sends one again that failed.
    pub retry: Callback<u32>,
    /// Takes one away, on its way or kept.
    pub remove: Callback<u32>,
    /// Makes something else of one that is kept.
    pub change: Callback<(u32, Changing<T>)>,
}

/// Makes something else of what is kept.
type Changing<T> = Box<dyn FnOnce(Rc<Api>, T) -> LocalBoxFuture<'static, Result<T, Error>>>;

impl<T: KeptFile> Uploads<T> {
    /// The files as [`crate::components::FileField`] shows them; `address` tells where one that is kept is fetched.
    pub fn rows(&self, i18n: &I18n, address: impl Fn(&T) -> Option<AttrValue>) -> Vec<FileRow> {
        self.entries.iter().map(|entry| entry.row(i18n, &address)).collect()
    }

    /// Whether a file is on its way.
    pub fn are_under_way(&self) -> bool {
        self.entries.iter().any(UploadEntry::is_under_way)
    }

    /// The names of the files that were chosen and are not there, or not yet.
    pub fn lacking(&self) -> Vec<AttrValue> {
        let lacking = self.entries.iter().filter(|entry| !matches!(entry.stage, Stage::Kept(_)));
        lacking.map(|entry| entry.name.clone()).collect()
    }

    /// Whether a file that was chosen is not there.
    pub fn lack_one(&self) -> bool {
        self.entries.iter().any(|entry| matches!(entry.stage, Stage::NotKept))
    }
}

/// What is under way: one at a time, each with the way to stop it.
#[derive(Default)]
struct Queue {
    turn: Mutex<()>,
    stops: RefCell<BTreeMap<u32, AbortHandle>>,
    /// Those that are being changed.
    changing: RefCell<BTreeSet<u32>>,
    next_key: Cell<u32>,
}

/// Files that are sent by `put` and taken away by `take`. `found` are those that are there already. While one is on its
/// way, leaving the page asks first; one that is on its way when the component goes still arrives.
#[hook]
pub fn use_uploads<T, P, Q, R, S>(found: Vec<T>, rules: FileRules, put: P, take: R) -> Uploads<T>
where
    T: KeptFile,
    P: Fn(Rc<Api>, Outgoing) -> Q + 'static,
    Q: Future<Output = Result<T, Error>> + 'static,
    R: Fn(Rc<Api>, T) -> S + 'static,
    S: Future<Output = Result<(), Error>> + 'static,
{
    let api = use_api().api;
    let queue = use_memo((), |()| Queue { next_key: Cell::new(found.len() as u32), ..Queue::default() });
    let list =
        use_reducer(move || Entries((0..).zip(found).map(|(key, kept)| UploadEntry::found(key, kept)).collect()));
    let (put_api, take_api, change_api) = (api.clone(), api.clone(), api);
    let desk = Rc::new(Desk {
        rules,
        queue: queue.clone(),
        list: list.dispatcher(),
        put: Box::new(move |outgoing| put(put_api.clone(), outgoing).boxed_local()),
        take: Box::new(move |kept| take(take_api.clone(), kept).boxed_local()),
        announce: use_announce(),
        new_version: use_new_version(),
        i18n: use_i18n(),
    });
    let entries = list.0.clone();
    let at = |does: fn(Rc<Desk<T>>, UploadEntry<T>)| {
        let (desk, entries) = (desk.clone(), entries.clone());
        Callback::from(move |key: u32| {
            if let Some(entry) = entries.iter().find(|entry| entry.key == key) {
                does(desk.clone(), entry.clone());
            }
        })
    };
    let change = {
        let (desk, entries, api) = (desk.clone(), entries.clone(), change_api);
        Callback::from(move |(key, change): (u32, Changing<T>)| {
            if let Some(entry) = entries.iter().find(|entry| entry.key == key) {
                desk.clone().change(entry.clone(), |kept| change(api.clone(), kept));
            }
        })
    };
    let uploads = Uploads {
        change,
        add: {
            let (desk, entries) = (desk.clone(), entries.clone());
            Callback::from(move |files| desk.clone().add(files, &entries))
        },
        retry: at(Desk::retry),
        remove: at(Desk::remove),
        entries,
    };
    use_leave_warning(uploads.are_under_way(), Unsaved::Files, None);
    uploads
}

/// Where files are handed in.
struct Desk<T: KeptFile> {
    rules: FileRules,
    queue: Rc<Queue>,
    list: UseReducerDispatcher<Entries<T>>,
    put: Box<dyn Fn(Outgoing) -> LocalBoxFuture<'static, Result<T, Error>>>,
    take: Box<dyn Fn(T) -> LocalBoxFuture<'static, Result<(), Error>>>,
    announce: Callback<AttrValue>,
    new_version: NewVersion,
    i18n: I18n,
}

impl<T: KeptFile> Desk<T> {
    /// Takes files. What is wrong with one is said at once, as far as it can be known here.
    fn add(self: Rc<Self>, files: Vec<File>, present: &[UploadEntry<T>]) {
        let mut count = present.iter().filter(|entry| entry.counts()).count();
        let most = if self.rules.replacing { 1 } else { usize::MAX };
        for file in files.into_iter().take(most) {
            let key = self.queue.next_key.get();
            self.queue.next_key.set(key.wrapping_add(1));
            let entry = UploadEntry::chosen(key, file);
            self.list.dispatch(Change::Add(entry.clone()));
            match self.rules.check(&entry.name, entry.size, count) {
                Ok(()) => {
                    count += 1;
                    self.clone().send(entry);
                }
                Err(error) => self.fail(&entry, error),
            }
        }
    }

    fn retry(self: Rc<Self>, entry: UploadEntry<T>) {
        self.list.dispatch(Change::Move(entry.key, Stage::Waiting));
        self.send(entry);
    }

    fn send(self: Rc<Self>, entry: UploadEntry<T>) {
        let Some(Sent { file, key: request }) = entry.sent.clone() else { return };
        let key = entry.key;
        let on_progress = {
            let list = self.list.clone();
            Callback::from(move |percent| list.dispatch(Change::Move(key, Stage::Sending(percent))))
        };
        let sending = (self.put)(Outgoing { file, key: request, on_progress });
        let (queue, list) = (self.queue.clone(), self.list.clone());
        let (sent, stop) = abortable(async move {
            let _turn = queue.turn.lock().await;
            list.dispatch(Change::Move(key, Stage::Sending(0)));
            sending.await
        });
        self.queue.stops.borrow_mut().insert(key, stop);
        spawn_local(async move {
            let Ok(answer) = sent.await else { return };
            self.queue.stops.borrow_mut().remove(&key);
            match answer {
                Ok(kept) => self.keep(&entry, kept),
                Err(error) => self.fail(&entry, error),
            }
        });
    }

    fn remove(self: Rc<Self>, entry: UploadEntry<T>) {
        if let Some(stop) = self.queue.stops.borrow_mut().remove(&entry.key) {
            stop.abort();
        }
        let Stage::Kept(kept) = entry.stage.clone() else { return self.gone(&entry) };
        let taking = (self.take)(kept);
        spawn_local(async move {
            match taking.await {
                Ok(()) => self.gone(&entry),
                Err(error) => self.fail(&entry, error),
            }
        });
    }

    fn change(
        self: Rc<Self>,
        entry: UploadEntry<T>,
        change: impl FnOnce(T) -> LocalBoxFuture<'static, Result<T, Error>>,
    ) {
        let Stage::Kept(kept) = entry.stage.clone() else { return };
        // A double click is one click.
        if !self.queue.changing.borrow_mut().insert(entry.key) {
            return;
        }
        let changing = change(kept);
        spawn_local(async move {
            let changed = changing.await;
            self.queue.changing.borrow_mut().remove(&entry.key);
            match changed {
                Ok(kept) => {
                    self.announce.emit(t!(self.i18n, "upload-changed", name = kept.name()));
                    self.list.dispatch(Change::Move(entry.key, Stage::Kept(kept)));
                }
                Err(error) => self.fail(&entry, error),
            }
        });
    }

    fn keep(&self, entry: &UploadEntry<T>, kept: T) {
        self.announce.emit(t!(self.i18n, "upload-kept", name = entry.name.as_str()));
        self.list.dispatch(match self.rules.replacing {
            true => Change::Replace(entry.key, kept),
            false => Change::Move(entry.key, Stage::Kept(kept)),
        });
    }

    fn gone(&self, entry: &UploadEntry<T>) {
        self.announce.emit(t!(self.i18n, "upload-removed", name = entry.shown_name().as_str()));
        self.list.dispatch(Change::Remove(entry.key));
    }

    fn fail(&self, entry: &UploadEntry<T>, error: Error) {
        self.new_version.suspect(&error);
        let reason = reason(&error, &self.i18n);
        self.announce.emit(t!(self.i18n, "upload-failed", name = entry.name.as_str(), reason = reason.as_str()));
        self.list.dispatch(Change::Fail(entry.key, Rc::new(error)));
    }
}
