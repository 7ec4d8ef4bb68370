//! The end of a session: two minutes' warning with the way to stay, and afterwards the way back to the same page, also
//! when another person has logged in meanwhile.

use chrono::{DateTime, TimeDelta, Utc};
use gloo_timers::callback::Interval;
use openapi::session::Session;
use yew::prelude::*;

use super::{Reach, SessionContext, presence::Presence, use_session};
use crate::{
    clock,
    components::{Button, ButtonKind, Dialog},
    dom,
    hooks::leave_knowingly,
    i18n::{I18n, use_i18n},
    route::Route,
    t,
};

/// How long before the end somebody is warned.
const WARNING: TimeDelta = TimeDelta::minutes(2);
/// How often to look, in milliseconds.
const LOOK: u32 = 5_000;

/// How a session stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// Far from its end.
    Fine,
    /// About to end.
    Ending,
    /// Over.
    Ended,
}

/// How a session stands that was told at `told` (by the clock here) and last used at `used`: each use gives it its
/// whole length again. Counted in lengths, never in the server's instants, because clocks differ.
pub(super) fn standing(session: &Session, told: DateTime<Utc>, used: DateTime<Utc>, now: DateTime<Utc>) -> Standing {
    let Some(expires_at) = session.expires_at else { return Standing::Fine };
    let end = told.max(used) + (expires_at - session.now);
    match end - now {
        left if left <= TimeDelta::zero() => Standing::Ended,
        left if left <= WARNING => Standing::Ending,
        _ => Standing::Fine,
    }
}

#[derive(Properties, PartialEq)]
pub(super) struct SessionDialogsProps {
    /// Who the service says is logged in.
    pub(super) presence: Presence,
}

/// The warning before the end and the way back after it.
#[component]
pub(super) fn SessionDialogs(props: &SessionDialogsProps) -> Html {
    let i18n = use_i18n();
    let context = use_session();
    let standing_now = use_state_eq(|| Standing::Fine);
    let put_away = use_state_eq(|| false);
    let session = context.state().data().cloned();
    {
        let standing_now = standing_now.setter();
        let api = context.api.clone();
        use_effect_with(session, move |session| {
            let told = clock::now();
            standing_now.set(Standing::Fine);
            let interval = session.clone().map(|session| {
                Interval::new(LOOK, move || {
                    let used = api.api.transport().last_answer().unwrap_or(told);
                    standing_now.set(standing(&session, told, used, clock::now()));
                })
            });
            move || drop(interval)
        });
    }
    let away = match &props.presence {
        Presence::Here if *standing_now == Standing::Ended => Presence::Gone,
        presence => presence.clone(),
    };
    {
        let put_away = put_away.setter();
        use_effect_with(away.clone(), move |_| put_away.set(false));
    }
    let stay = context.look();
    let log_in = Callback::from(|()| {
        // What could not be saved lies as a copy on this device, and the form finds it again.
        leave_knowingly();
        dom::load(&Route::login_address(&dom::address()));
    });
    let close = {
        let put_away = put_away.setter();
        Callback::from(move |()| put_away.set(true))
    };
    html! {
        <>
            <Dialog
                id="session-ending"
                open={away == Presence::Here && *standing_now == Standing::Ending}
                on_close={stay.clone()}
                heading={t!(i18n, "session-ending-heading")}
                actions={html! {
                    <>
                        <Button on_press={stay}>{ t!(i18n, "session-stay") }</Button>
                        <Button kind={ButtonKind::Secondary} on_press={context.log_out().reform(|()| Reach::Here)}>
                            { t!(i18n, "log-out") }
                        </Button>
                    </>
                }}
            >
                <p>{ t!(i18n, "session-ending-text") }</p>
            </Dialog>
            <Dialog
                id="session-ended"
                open={away == Presence::Gone && !*put_away}
                on_close={close.clone()}
                heading={t!(i18n, "session-ended-heading")}
                actions={html! { <Button on_press={log_in.clone()}>{ t!(i18n, "session-log-in-again") }</Button> }}
            >
                <p>{ t!(i18n, "session-ended-text") }</p>
            </Dialog>
            { somebody_else(&away, &context, !*put_away, log_in, close, &i18n) }
        </>
    }
}

/// Says that another person is logged in in this browser now, and whose words are kept for whom.
fn somebody_else(
    away: &Presence,
    context: &SessionContext,
    open: bool,
    log_in: Callback<()>,
    on_close: Callback<()>,
    i18n: &I18n,
) -> Html {
    let Presence::SomebodyElse(other) = away else { return Html::default() };
    let own = context.account().map(|account| account.name.clone()).unwrap_or_default();
    let go_on = Callback::from(|()| {
        leave_knowingly();
        dom::load("/");
    });
    html! {
        <Dialog
            id="session-somebody-else"
            {open}
            {on_close}
            heading={t!(i18n, "session-other-heading", name = other.as_str())}
            actions={html! {
                <>
                    <Button on_press={log_in}>{ t!(i18n, "session-other-log-in", name = own.as_str()) }</Button>
                    <Button kind={ButtonKind::Secondary} on_press={go_on}>
                        { t!(i18n, "session-other-go-on", name = other.as_str()) }
                    </Button>
                </>
            }}
        >
            <p>{ t!(i18n, "session-other-text", name = own.as_str()) }</p>
        </Dialog>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minutes: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::minutes(minutes)
    }

    fn session(minutes: Option<i64>) -> Session {
        Session {
            account: None,
            csrf_token: String::new(),
            // The server's clock is an hour ahead of the one here.
            expires_at: minutes.map(|minutes| at(60 + minutes)),
            now: at(60),
        }
    }

    #[test]
    fn the_warning_comes_two_minutes_before_the_end() {
        let session = session(Some(30));
        assert_eq!(standing(&session, at(0), at(0), at(27)), Standing::Fine);
        assert_eq!(standing(&session, at(0), at(0), at(28)), Standing::Ending);
        assert_eq!(standing(&session, at(0), at(0), at(30)), Standing::Ended);
    }

    #[test]
    fn use_gives_the_session_its_whole_length_again() {
        assert_eq!(standing(&session(Some(30)), at(0), at(20), at(40)), Standing::Fine);
    }

    #[test]
    fn nobody_is_warned_of_an_end_that_does_not_come() {
        assert_eq!(standing(&session(None), at(0), at(0), at(9_999)), Standing::Fine);
    }
}
