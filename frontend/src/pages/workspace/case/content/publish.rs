//! Publishing: what happens and who sees it, said before it is done.

use std::{future::Future, pin::Pin, rc::Rc};

use openapi::{
    client::Error,
    hearings::{Hearing, PublishHearing, PublishStart},
    time,
};
use yew::prelude::*;

use crate::{
    clock,
    components::{Alert, AlertKind, Choice, Confirm, RadioGroup},
    hearing_text::Readers,
    hooks::use_action,
    i18n::{I18n, key, use_i18n},
    t,
};

/// Saves what is written, and gives the version that is then on the server.
pub(super) type SaveFirst = Callback<(), Pin<Box<dyn Future<Output = Result<i64, Error>>>>>;

#[derive(Properties, PartialEq)]
pub(super) struct PublishDialogProps {
    pub(super) open: bool,
    pub(super) hearing: Rc<Hearing>,
    /// The files that were chosen and are not there.
    pub(super) lacking: Vec<AttrValue>,
    pub(super) save_first: SaveFirst,
    pub(super) on_close: Callback<()>,
    /// Told how it went.
    pub(super) on_done: Callback<Result<Hearing, Error>>,
}

/// The question before a hearing is published.
#[component]
pub(super) fn PublishDialog(props: &PublishDialogProps) -> Html {
    let i18n = use_i18n();
    let hearing = &props.hearing;
    // Only a day to come makes a difference.
    let start_day = hearing.starts_on.filter(|day| *day > time::day_of(clock::now()));
    let chosen = use_state_eq(|| PublishStart::OnStartDate);
    let start = if start_day.is_some() { *chosen } else { PublishStart::Now };
    let publish = {
        let (id, save_first) = (hearing.id, props.save_first.clone());
        use_action(
            move |api, start: PublishStart| {
                let saving = save_first.emit(());
                async move {
                    let version = saving.await?;
                    api.publish_hearing(id, version, &PublishHearing { start }).await
                }
            },
            props.on_done.clone(),
        )
    };
    let on_change = {
        let chosen = chosen.setter();
        Callback::from(move |value: AttrValue| {
            if let Ok(start) = value.parse() {
                chosen.set(start);
            }
        })
    };
    let confirm = match start {
        _ if !props.lacking.is_empty() => key("publish-confirm-without"),
        PublishStart::Now => key("publish-confirm-now"),
        PublishStart::OnStartDate => key("publish-confirm-later"),
    };
    html! {
        <Confirm
            id="publish"
            open={props.open}
            on_close={props.on_close.clone()}
            heading={t!(i18n, "publish-heading")}
            confirm={t!(i18n, confirm)}
            busy={publish.busy}
            on_confirm={publish.run.reform(move |()| start)}
        >
            if !props.lacking.is_empty() {
                <Alert kind={AlertKind::Warning} heading={t!(i18n, "publish-lacking")} level="h3">
                    <ul>{ for props.lacking.iter().map(|name| html! { <li>{ name }</li> }) }</ul>
                    <p>{ t!(i18n, "publish-lacking-text") }</p>
                </Alert>
            }
            if let Some(day) = start_day {
                <RadioGroup
                    pointer="/start"
                    legend={t!(i18n, "publish-when")}
                    choices={vec![
                        Choice::new(
                            PublishStart::OnStartDate.as_str(),
                            t!(i18n, "publish-on", date = i18n.dates().long_day(day)),
                        ),
                        Choice::new(PublishStart::Now.as_str(), t!(i18n, "publish-now")),
                    ]}
                    value={start.as_str()}
                    {on_change}
                />
            }
            <p>{ t!(i18n, "publish-next") }</p>
            <ul>
                { for consequences(hearing, start, &i18n).into_iter().map(|text| html! { <li>{ text }</li> }) }
            </ul>
        </Confirm>
    }
}

/// What happens, and who can see it.
fn consequences(hearing: &Hearing, start: PublishStart, i18n: &I18n) -> Vec<AttrValue> {
    let seen = match Readers::of(hearing) {
        Readers::Invited => key("publish-seen-invited"),
        Readers::Employees => key("publish-seen-internal"),
        Readers::Everybody => key("publish-seen-public"),
    };
    let change = match start {
        PublishStart::Now => key("publish-fixed-now"),
        PublishStart::OnStartDate => key("publish-fixed-later"),
    };
    let mut texts = Vec::new();
    if let (PublishStart::OnStartDate, Some(day)) = (start, hearing.starts_on) {
        texts.push(t!(i18n, "publish-opens", date = i18n.dates().long_day(day)));
    }
    texts.push(t!(i18n, seen));
    if let Some(day) = hearing.deadline_on {
        texts.push(t!(i18n, "publish-until", deadline = i18n.dates().deadline(day)));
    }
    texts.push(t!(i18n, change));
    texts.push(t!(i18n, "publish-invite-more"));
    texts
}
