//! The answers to a hearing in their order, each with an address of its own: `#svar-12`.

use std::{future::Future, rc::Rc};

use openapi::{
    client::Error,
    ids::HearingId,
    page::{Page as Rows, PageQuery},
};
use yew::prelude::*;
use yew_router::prelude::use_location;

use crate::{
    components::{RemoteList, ResponseArticle},
    dom,
    hooks::{NoFilters, use_list_query, use_rows},
    i18n::use_i18n,
    paging::MOST,
    remote::ListStatus,
    route::Route,
    shown_response::ShownResponse,
    t,
    transport::Api,
};

/// Answers, as far as they are fetched.
#[derive(Clone, PartialEq)]
pub struct Responses {
    list: ListStatus,
    rows: Option<Rc<Rows<ShownResponse>>>,
    pointed_at: Option<i32>,
    on_more: Callback<usize>,
}

impl Responses {
    /// Whether they are here.
    pub fn are_here(&self) -> bool {
        self.rows.is_some()
    }

    /// Whether one of them has a file, or one may that is not fetched yet.
    pub fn may_have_files(&self) -> bool {
        let rows = self.rows.as_ref();
        rows.is_some_and(|rows| rows.next.is_some() || rows.items.iter().any(|response| !response.files.is_empty()))
    }
}

/// Fetches the answers to a hearing with `fetch`, for the page that they stand on.
#[hook]
pub fn use_responses<T, F, R>(hearing: HearingId, page: Route, fetch: F) -> Responses
where
    ShownResponse: From<(HearingId, T)>,
    F: Fn(Rc<Api>, HearingId, PageQuery) -> R + 'static,
    R: Future<Output = Result<Rows<T>, Error>> + 'static,
{
    let query = use_list_query::<NoFilters>(page);
    let pointed_at = use_location().and_then(|location| pointed_at(location.hash()));
    // An address with #svar-250 has to find it: numbers count up from 1, so as many rows hold it.
    let number = pointed_at.and_then(|number| usize::try_from(number).ok()).unwrap_or_default();
    let wanted = query.shown.wanted().max(number.min(MOST));
    let rows = use_rows(hearing, wanted, move |api, hearing, page| {
        let rows = fetch(api, hearing, page);
        async move {
            let Rows { items, next } = rows.await?;
            Ok(Rows { items: items.into_iter().map(|item| ShownResponse::from((hearing, item))).collect(), next })
        }
    });
    let here = rows.data().is_some();
    use_effect_with((here, pointed_at), |(here, number)| {
        if let (true, Some(number)) = (here, number) {
            dom::focus(&format!("svar-{number}"));
        }
    });
    Responses { list: rows.list(), rows: rows.data().cloned(), pointed_at, on_more: query.on_more }
}

/// The number in `#svar-12`.
fn pointed_at(fragment: &str) -> Option<i32> {
    fragment.strip_prefix("#svar-")?.parse().ok()
}

/// What the list needs.
#[derive(Properties, PartialEq)]
pub struct ResponseListProps {
    /// The answers.
    pub responses: Responses,
    /// Stands there when there are none.
    pub empty: Html,
    /// Stands over them when there are some.
    #[prop_or_default]
    pub intro: Html,
    /// What stands under each of them.
    #[prop_or_default]
    pub under: Option<Callback<ShownResponse, Html>>,
}

/// The answers to a hearing.
#[component]
pub fn ResponseList(props: &ResponseListProps) -> Html {
    let i18n = use_i18n();
    let ResponseListProps { responses, empty, intro, under } = props;
    let article = |response: &ShownResponse| {
        let marked = responses.pointed_at.is_some() && response.number == responses.pointed_at;
        html! {
            <ResponseArticle key={response.number.unwrap_or_default()} response={response.clone()} {marked}>
                { under.as_ref().map(|under| under.emit(response.clone())).unwrap_or_default() }
            </ResponseArticle>
        }
    };
    html! {
        <RemoteList
            list={responses.list.clone()}
            empty={empty.clone()}
            what={t!(i18n, "what-responses")}
            on_more={responses.on_more.clone()}
        >
            { intro.clone() }
            if let Some(rows) = &responses.rows {
                { for rows.items.iter().map(article) }
            }
        </RemoteList>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_answers_own_fragment_points_at_it() {
        assert_eq!(pointed_at("#svar-12"), Some(12));
        for fragment in ["", "#svar", "#svar-", "#svar-x", "#afsnit-1"] {
            assert_eq!(pointed_at(fragment), None, "{fragment}");
        }
    }
}
