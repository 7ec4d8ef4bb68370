//! Fetches the first rows of a list, as many as are wanted.

use std::{future::Future, rc::Rc};

use openapi::{
    client::Error,
    page::{Page, PageQuery},
};
use yew::prelude::*;

use super::{RemoteHandle, use_remote};
use crate::{paging::first_rows, transport::Api};

/// Fetches the first `wanted` rows now, again whenever `deps` change or more are wanted, and on demand. `fetch` gets a
/// page of them.
///
/// ```text
/// let responses = use_rows(id, wanted, |api, id, page| async move { api.list_responses(id, &page).await });
/// ```
#[hook]
pub fn use_rows<D, T, F, R>(deps: D, wanted: usize, fetch: F) -> RemoteHandle<Page<T>>
where
    D: Clone + PartialEq + 'static,
    T: 'static,
    F: Fn(Rc<Api>, D, PageQuery) -> R + 'static,
    R: Future<Output = Result<Page<T>, Error>> + 'static,
{
    let fetch = Rc::new(fetch);
    use_remote((deps, wanted), move |api, (deps, wanted)| {
        let fetch = fetch.clone();
        async move { first_rows(wanted, |page| fetch(api.clone(), deps.clone(), page)).await }
    })
}
