//! What waits for the person who is logged in: invitations, drafts, and for staff the hearings that need a conclusion.

use futures::try_join;
use openapi::{
    drafts::MyDraft,
    hearings::{HearingQuery, HearingRole, HearingStatus, HearingSummary},
    page::{Page, PageQuery},
};
use yew::prelude::*;

use crate::{
    components::{HearingList, Link},
    hearing_text,
    hooks::use_remote,
    i18n::{I18n, use_i18n},
    route::Route,
    t,
};

/// Rows of each list; the whole lists have their own pages.
const SHOWN: u16 = 5;

struct Waiting {
    invited: Page<HearingSummary>,
    drafts: Page<MyDraft>,
    to_conclude: Page<HearingSummary>,
}

/// What waits for the person who is logged in. Says nothing when nothing does.
#[component]
pub(super) fn Yours() -> Html {
    let i18n = use_i18n();
    let waiting = use_remote((), |api, ()| async move {
        let invited = HearingQuery { awaiting_answer: Some(true), limit: Some(SHOWN), ..HearingQuery::default() };
        let to_conclude = HearingQuery {
            role: vec![HearingRole::Owner],
            status: vec![HearingStatus::Processing],
            limit: Some(SHOWN),
            ..HearingQuery::default()
        };
        let drafts = PageQuery { limit: Some(SHOWN), cursor: None };
        let (invited, drafts, to_conclude) =
            try_join!(api.list_hearings(&invited), api.list_my_drafts(&drafts), api.list_hearings(&to_conclude),)?;
        Ok(Waiting { invited, drafts, to_conclude })
    });
    // A failure here is not worth an alarm: the same lists stand on "Mine høringer", with their failure.
    let Some(waiting) = waiting.data() else { return Html::default() };
    html! {
        <>
            if !waiting.invited.items.is_empty() {
                <section aria-labelledby="waiting">
                    <h2 id="waiting">{ t!(i18n, "front-waiting") }</h2>
                    <HearingList hearings={waiting.invited.items.clone()} />
                </section>
            }
            if !waiting.drafts.items.is_empty() {
                <section aria-labelledby="drafts">
                    <div class="section-head">
                        <h2 id="drafts">{ t!(i18n, "front-drafts") }</h2>
                        <Link to={Route::Mine}>{ t!(i18n, "nav-mine") }</Link>
                    </div>
                    <ul class="plain-list hearing-list">
                        { for waiting.drafts.items.iter().map(|mine| draft(mine, &i18n)) }
                    </ul>
                </section>
            }
            if !waiting.to_conclude.items.is_empty() {
                <section aria-labelledby="tasks">
                    <h2 id="tasks">{ t!(i18n, "front-tasks") }</h2>
                    <ul class="plain-list hearing-list">
                        { for waiting.to_conclude.items.iter().map(|hearing| to_conclude(hearing, &i18n)) }
                    </ul>
                </section>
            }
        </>
    }
}

fn draft(mine: &MyDraft, i18n: &I18n) -> Html {
    let saved = i18n.dates().instant(mine.updated_at);
    let hearing = &mine.hearing;
    let when = hearing_text::when(hearing.status, None, hearing.deadline_on, i18n);
    html! {
        <li key={mine.id.to_string()} class="list-row">
            <Link to={Route::Answer { id: hearing.id }}>{ &hearing.title }</Link>
            <div class="meta">
                <span>{ t!(i18n, "draft-saved", time = saved) }</span>
                if let Some(when) = when {
                    <span>{ when }</span>
                }
            </div>
        </li>
    }
}

fn to_conclude(hearing: &HearingSummary, i18n: &I18n) -> Html {
    html! {
        <li key={hearing.id.to_string()} class="list-row">
            <Link to={Route::CaseOutcome { id: hearing.id }}>{ &hearing.title }</Link>
            <div class="meta">
                <span>{ t!(i18n, "task-conclude") }</span>
                if let Some(count) = hearing.response_count {
                    <span>{ t!(i18n, "response-count", count = count) }</span>
                }
            </div>
        </li>
    }
}
