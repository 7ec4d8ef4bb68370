//! Shows a list from the server in every state: those of all data, and none, some, and more.

use yew::prelude::*;

use super::{LoadMore, RemoteView};
use crate::{
    paging::STEP,
    remote::{ListStatus, RemoteStatus},
};

/// What it needs.
#[derive(Properties, PartialEq)]
pub struct RemoteListProps {
    /// How the rows stand.
    pub list: ListStatus,
    /// Stands there when there are none.
    pub empty: Html,
    /// What is fetched, for the sentence when it fails: "høringerne".
    pub what: AttrValue,
    /// Told how many rows are wanted when more are.
    pub on_more: Callback<usize>,
    /// The rows as they are drawn.
    #[prop_or_default]
    pub children: Html,
}

/// Shows a list from the server in every state.
#[component]
pub fn RemoteList(props: &RemoteListProps) -> Html {
    let RemoteListProps { list, empty, what, on_more, children } = props;
    let ListStatus { remote, shown, more } = list.clone();
    let RemoteStatus { busy, .. } = remote;
    html! {
        <RemoteView {remote} what={what.clone()}>
            if shown == 0 {
                <div role="status">{ empty.clone() }</div>
            } else {
                { children.clone() }
                <LoadMore {shown} {more} {busy} on_more={on_more.reform(move |()| shown + STEP)} />
            }
        </RemoteView>
    }
}
