//! A copy of what was being written, in this tab, for when it could not be saved: the session had ended, the network
//! was gone. It goes when it is saved, when somebody logs out or somebody else logs in, and with the tab.

use serde::{Serialize, de::DeserializeOwned};
use web_sys::Storage;

const PREFIX: &str = "agora-kept-";
const OWNER: &str = "agora-kept-by";

fn storage() -> Option<Storage> {
    web_sys::window()?.session_storage().ok().flatten()
}

/// Keeps a copy under a name that tells whose and of what it is.
pub fn keep<T: Serialize>(name: &str, value: &T) {
    if let (Some(storage), Ok(text)) = (storage(), serde_json::to_string(value)) {
        let _ = storage.set_item(&format!("{PREFIX}{name}"), &text);
    }
}

/// The copy under a name.
pub fn find<T: DeserializeOwned>(name: &str) -> Option<T> {
    let text = storage()?.get_item(&format!("{PREFIX}{name}")).ok()??;
    serde_json::from_str(&text).ok()
}

/// Drops the copy under a name.
pub fn forget(name: &str) {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(&format!("{PREFIX}{name}"));
    }
}

/// Makes the copies those of one person: another's are dropped.
pub fn belong_to(owner: &str) {
    let Some(storage) = storage() else { return };
    if storage.get_item(OWNER).ok().flatten().as_deref() != Some(owner) {
        forget_all();
        let _ = storage.set_item(OWNER, owner);
    }
}

/// Drops every copy.
pub fn forget_all() {
    let Some(storage) = storage() else { return };
    let length = storage.length().unwrap_or_default();
    let names: Vec<String> = (0..length).filter_map(|index| storage.key(index).ok().flatten()).collect();
    for name in names.iter().filter(|name| name.starts_with(PREFIX)) {
        let _ = storage.remove_item(name);
    }
}
