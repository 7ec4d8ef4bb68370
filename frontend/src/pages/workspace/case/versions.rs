//! What an answer said before it was edited or withdrawn. Fetched when somebody asks, because each reading is in the
//! audit log.

use std::rc::Rc;

use openapi::{
    client::Error,
    ids::{HearingId, ResponseId},
    page::PageQuery,
    responses::ResponseVersion,
};
use yew::prelude::*;

use crate::{
    components::{Button, ButtonKind, Failure, FileList, Instant, ResponseText},
    hooks::use_action,
    i18n::{I18n, use_i18n},
    paging::{MOST, first_rows},
    shown_file::ShownFile,
    shown_response::SectionText,
    t,
};

#[derive(Properties, PartialEq)]
pub(super) struct EarlierVersionsProps {
    pub(super) hearing: HearingId,
    pub(super) response: ResponseId,
    /// The answer's number, for its name.
    pub(super) number: i32,
}

/// What an answer said before.
#[component]
pub(super) fn EarlierVersions(props: &EarlierVersionsProps) -> Html {
    let i18n = use_i18n();
    let versions = use_state(|| None::<Result<Vec<ResponseVersion>, Rc<Error>>>);
    let done = {
        let versions = versions.setter();
        Callback::from(move |answer: Result<Vec<ResponseVersion>, Error>| versions.set(Some(answer.map_err(Rc::new))))
    };
    let (hearing, response) = (props.hearing, props.response);
    let show = use_action(
        move |api, ()| async move {
            let page = |page: PageQuery| {
                let api = api.clone();
                async move { api.list_response_versions(hearing, response, &page).await }
            };
            // They come oldest first, and the newest are wanted most: all of them.
            Ok(first_rows(MOST, page).await?.items)
        },
        done,
    );
    match &*versions {
        Some(Ok(versions)) => {
            html! { <>{ for versions.iter().rev().map(|version| said((hearing, response), version, &i18n)) }</> }
        }
        failed => html! {
            <>
                if let Some(Err(error)) = failed {
                    <Failure error={error.clone()} on_retry={show.run.clone()} />
                }
                <Button
                    kind={ButtonKind::Tertiary}
                    busy={show.busy}
                    label={t!(i18n, "versions-show-of", number = props.number)}
                    on_press={show.run.clone()}
                >
                    { t!(i18n, "versions-show") }
                </Button>
            </>
        },
    }
}

fn said((hearing, response): (HearingId, ResponseId), version: &ResponseVersion, i18n: &I18n) -> Html {
    let file = |file| ShownFile::for_staff(hearing, response, file);
    html! {
        <section key={version.version} class="panel">
            <h4>{ t!(i18n, "versions-heading", version = version.version) }</h4>
            <p class="meta">
                <span>{ t!(i18n, "versions-from") }{ " " }<Instant at={version.sent_at} /></span>
                <span>{ t!(i18n, "versions-to") }{ " " }<Instant at={version.replaced_at} /></span>
                if !version.on_behalf_of.is_empty() {
                    <span>{ t!(i18n, "response-on-behalf-of", body = version.on_behalf_of.as_str()) }</span>
                }
            </p>
            <ResponseText
                text={version.text.clone()}
                sections={version.sections.iter().cloned().map(SectionText::from).collect::<Vec<_>>()}
                level={5}
            />
            <FileList
                label={t!(i18n, "response-files")}
                files={version.attachments.iter().map(file).collect::<Vec<_>>()}
            />
        </section>
    }
}
