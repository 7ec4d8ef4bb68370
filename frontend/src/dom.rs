//! What the page asks of the browser, where more than one place asks. Nothing here fails loudly, because a browser may
//! refuse any of it.

use gloo_timers::future::TimeoutFuture;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
#[cfg(not(test))]
use web_sys::Storage;
use web_sys::{Document, HtmlElement, HtmlMetaElement, Window};

#[cfg(test)]
use self::device::Storage;

fn window() -> Option<Window> {
    web_sys::window()
}

fn document() -> Option<Document> {
    window()?.document()
}

#[cfg(not(test))]
fn storage() -> Option<Storage> {
    window()?.local_storage().ok().flatten()
}

#[cfg(test)]
fn storage() -> Option<Storage> {
    Some(Storage)
}

/// What was stored on this device under a name.
pub fn stored(name: &str) -> Option<String> {
    storage()?.get_item(name).ok().flatten()
}

/// Stores on this device. False when the browser refuses: it is forbidden, or there is no room.
pub fn store(name: &str, value: &str) -> bool {
    storage().is_some_and(|storage| storage.set_item(name, value).is_ok())
}

/// Drops what was stored on this device under a name.
pub fn drop_stored(name: &str) {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(name);
    }
}

/// The names under which something is stored on this device.
pub fn stored_names() -> Vec<String> {
    let Some(storage) = storage() else { return Vec::new() };
    (0..storage.length().unwrap_or_default()).filter_map(|index| storage.key(index).ok().flatten()).collect()
}

/// The page's `lang`.
pub fn language() -> Option<String> {
    document()?.document_element()?.get_attribute("lang")
}

/// Sets the page's `lang`.
pub fn set_language(code: &str) {
    if let Some(root) = document().and_then(|document| document.document_element()) {
        let _ = root.set_attribute("lang", code);
    }
}

/// Sets the document's title.
pub fn set_title(title: &str) {
    if let Some(document) = document() {
        document.set_title(title);
    }
}

/// The content of a `<meta name="...">` of the served page.
pub fn meta(name: &str) -> Option<String> {
    let element = document()?.query_selector(&format!("meta[name='{name}']")).ok()??;
    Some(element.dyn_into::<HtmlMetaElement>().ok()?.content())
}

/// Takes the element with this id out of the page, and gives its text.
pub fn take_text(id: &str) -> Option<String> {
    let element = document()?.get_element_by_id(id)?;
    element.remove();
    element.text_content()
}

/// The address of the script that the served page begins the app with.
pub fn module_script() -> Option<String> {
    document()?.query_selector("script[type='module']").ok()??.get_attribute("src")
}

/// The element the app lives in.
pub fn mount_point() -> Option<web_sys::Element> {
    document()?.get_element_by_id("app")
}

fn element(id: &str) -> Option<HtmlElement> {
    document()?.get_element_by_id(id)?.dyn_into().ok()
}

/// Moves the keyboard's focus to the element with this id and brings it into view. False when there is none.
pub fn focus(id: &str) -> bool {
    match element(id) {
        Some(element) => {
            let _ = element.focus();
            element.scroll_into_view();
            true
        }
        None => false,
    }
}

/// The same once what is being drawn stands: before that, a dialog that closes would take the focus back.
pub fn focus_later(id: impl Into<String>) {
    let id = id.into();
    spawn_local(async move {
        TimeoutFuture::new(0).await;
        focus(&id);
    });
}

/// Moves the focus to the page's heading, without scrolling past what is above it.
pub fn focus_heading(id: &str) {
    if let Some(heading) = element(id) {
        if let Some(window) = window() {
            window.scroll_to_with_x_and_y(0.0, 0.0);
        }
        let _ = heading.focus();
    }
}

/// Whether the element with this id has the keyboard's focus.
pub fn has_focus(id: &str) -> bool {
    document().and_then(|document| document.active_element()).is_some_and(|element| element.id() == id)
}

/// Whether nothing has the keyboard's focus, as when what had it is gone.
pub fn nothing_has_focus() -> bool {
    document().and_then(|document| document.active_element()).is_none_or(|element| element.tag_name() == "BODY")
}

/// The address after the host: path, query and fragment.
pub fn address() -> String {
    let location = window().map(|window| window.location());
    let part = |read: fn(&web_sys::Location) -> Result<String, JsValue>| {
        location.as_ref().and_then(|location| read(location).ok()).unwrap_or_default()
    };
    format!("{}{}{}", part(web_sys::Location::pathname), part(web_sys::Location::search), part(web_sys::Location::hash))
}

/// Leaves for an address with a full page load.
pub fn load(address: &str) {
    if let Some(window) = window() {
        let _ = window.location().set_href(address);
    }
}

/// Loads the present address anew.
pub fn reload() {
    if let Some(window) = window() {
        let _ = window.location().reload();
    }
}

/// Whether the browser believes that it has a network.
pub fn online() -> bool {
    window().is_none_or(|window| window.navigator().on_line())
}

/// Opens the browser's print dialog.
pub fn print() {
    if let Some(window) = window() {
        let _ = window.print();
    }
}

/// Copies a text for pasting it elsewhere. False when the browser refuses.
pub async fn copy(text: &str) -> bool {
    let Some(window) = window() else { return false };
    let clipboard = window.navigator().clipboard();
    // Browsers have none on pages that did not come encrypted.
    if JsValue::from(clipboard.clone()).is_undefined() {
        return false;
    }
    JsFuture::from(clipboard.write_text(text)).await.is_ok()
}

/// A text as it stands in an address.
pub fn percent_encoded(text: &str) -> String {
    utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
}

/// What a device stores in native tests: each test has its own.
#[cfg(test)]
pub mod device {
    use std::{
        cell::{Cell, RefCell},
        collections::BTreeMap,
    };

    thread_local! {
        static STORED: RefCell<BTreeMap<String, String>> = const { RefCell::new(BTreeMap::new()) };
        static REFUSES: Cell<bool> = const { Cell::new(false) };
    }

    /// Lets the browser refuse to store anything, or not any more.
    pub fn refuse(refuses: bool) {
        REFUSES.set(refuses);
    }

    /// Whether nothing is stored.
    pub fn is_empty() -> bool {
        STORED.with_borrow(BTreeMap::is_empty)
    }

    pub(super) struct Storage;

    impl Storage {
        pub(super) fn get_item(&self, name: &str) -> Result<Option<String>, ()> {
            Ok(STORED.with_borrow(|stored| stored.get(name).cloned()))
        }

        pub(super) fn set_item(&self, name: &str, value: &str) -> Result<(), ()> {
            if REFUSES.get() {
                return Err(());
            }
            STORED.with_borrow_mut(|stored| stored.insert(name.to_owned(), value.to_owned()));
            Ok(())
        }

        pub(super) fn remove_item(&self, name: &str) -> Result<(), ()> {
            STORED.with_borrow_mut(|stored| stored.remove(name));
            Ok(())
        }

        pub(super) fn length(&self) -> Result<u32, ()> {
            u32::try_from(STORED.with_borrow(BTreeMap::len)).map_err(drop)
        }

        pub(super) fn key(&self, index: u32) -> Result<Option<String>, ()> {
            let index = usize::try_from(index).map_err(drop)?;
            Ok(STORED.with_borrow(|stored| stored.keys().nth(index).cloned()))
        }
    }
}
