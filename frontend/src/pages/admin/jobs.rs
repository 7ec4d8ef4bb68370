//! What happens after a request and is not done: first what was given up and waits for somebody.

use std::rc::Rc;

use openapi::{
    client::Error,
    ids::JobId,
    jobs::{Job, JobQuery, JobState},
    page::Page as Rows,
    problem::ProblemCode,
    session::GlobalRole,
};
use serde::{Deserialize, Serialize};
use yew::prelude::*;

use crate::{
    components::{
        Alert, AlertKind, Button, ButtonKind, Column, EmptyState, Instant, LoadMore, Page, RemoteView, Row, Table,
        use_announce,
    },
    form_errors::describe,
    hooks::{Query, use_action, use_query, use_remote},
    i18n::{I18n, key, use_i18n},
    pages::{Forbidden, LoginFirst},
    paging::{STEP, first_rows},
    route::Route,
    session::use_session,
    t,
};

/// The page's address after the `?`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct JobsQuery {
    /// How many dead jobs are shown.
    #[serde(rename = "opgivet", skip_serializing_if = "Option::is_none")]
    dead: Option<usize>,
    /// How many waiting jobs are shown.
    #[serde(rename = "venter", skip_serializing_if = "Option::is_none")]
    waiting: Option<usize>,
}

/// The queue of jobs.
#[component]
pub fn Jobs() -> Html {
    let i18n = use_i18n();
    let session = use_session();
    let allowed = session.has(GlobalRole::Administrator);
    if session.account().is_some() && !allowed {
        return html! { <Forbidden /> };
    }
    html! {
        <Page title={t!(i18n, "jobs-title")} crumbs={Some(vec![])}>
            if allowed {
                <p class="lead">{ t!(i18n, "jobs-lead") }</p>
                <Queue />
            } else if session.is_known() {
                <LoginFirst text={t!(i18n, "jobs-login")} />
            }
        </Page>
    }
}

/// Both lists, and setting a dead job going again.
#[component]
fn Queue() -> Html {
    let i18n = use_i18n();
    let announce = use_announce();
    let failure = use_state(|| None::<Error>);
    // Grows when a job was set going: both lists have changed by that.
    let round = use_state_eq(|| 0_u32);
    let done = {
        let (failure, round, i18n) = (failure.setter(), round.clone(), i18n.clone());
        Callback::from(move |answer: Result<Job, Error>| {
            match answer {
                Ok(_) => {
                    failure.set(None);
                    announce.emit(t!(i18n, "jobs-retried"));
                }
                Err(error) => failure.set(Some(error)),
            }
            round.set(*round + 1);
        })
    };
    let retry = use_action(|api, (id, version): (JobId, i64)| async move { api.retry_job(id, version).await }, done);
    html! {
        <>
            if let Some(error) = &*failure {
                <Alert kind={AlertKind::Error} live=true><p>{ explain(error, &i18n) }</p></Alert>
            }
            <List state={JobState::Dead} round={*round} on_retry={retry.run.clone()} busy={retry.busy} />
            <List state={JobState::Waiting} round={*round} on_retry={retry.run} busy={retry.busy} />
        </>
    }
}

fn explain(error: &Error, i18n: &I18n) -> AttrValue {
    use ProblemCode::{JobNotDead, NotFound, PreconditionFailed};
    let gone =
        error.problem().is_some_and(|problem| matches!(problem.code, PreconditionFailed | NotFound | JobNotDead));
    if gone { t!(i18n, "jobs-changed") } else { describe(error, i18n) }
}

#[derive(Properties, PartialEq)]
struct ListProps {
    state: JobState,
    round: u32,
    on_retry: Callback<(JobId, i64)>,
    busy: bool,
}

/// The jobs of one state.
#[component]
fn List(props: &ListProps) -> Html {
    let i18n = use_i18n();
    let query = use_query::<JobsQuery>(Route::Jobs);
    let state = props.state;
    let shown = match state {
        JobState::Dead => query.value.dead,
        JobState::Waiting | JobState::Unknown => query.value.waiting,
    };
    let wanted = shown.unwrap_or(STEP).clamp(STEP, 2_000);
    let jobs = use_remote((state, wanted, props.round), |api, (state, wanted, _)| async move {
        let api = &api;
        first_rows(wanted, |limit, cursor| async move {
            api.list_jobs(&JobQuery { state: vec![state], limit: Some(limit), cursor }).await
        })
        .await
    });
    let (heading, id) = match state {
        JobState::Dead => (key("jobs-dead"), "dead"),
        JobState::Waiting | JobState::Unknown => (key("jobs-waiting"), "waiting"),
    };
    let fetching = jobs.state().is_loading();
    let draw = {
        let (i18n, on_retry, busy) = (i18n.clone(), props.on_retry.clone(), props.busy);
        Callback::from(move |rows: Rc<Rows<Job>>| {
            if rows.items.is_empty() {
                return empty(state, &i18n);
            }
            html! {
                <>
                    <Table
                        caption={t!(i18n, heading)}
                        columns={columns(state, &i18n)}
                        rows={rows.items.iter().map(|job| row(job, &on_retry, busy, &i18n)).collect::<Vec<_>>()}
                    />
                    <LoadMore
                        shown={rows.items.len()}
                        more={rows.next.is_some()}
                        busy={fetching}
                        on_more={more(&query, state, rows.items.len())}
                    />
                </>
            }
        })
    };
    html! {
        <section aria-labelledby={id}>
            <h2 {id}>{ t!(i18n, heading) }</h2>
            <RemoteView<Rows<Job>> remote={jobs} {draw} what={t!(i18n, "what-jobs")} />
        </section>
    }
}

fn more(query: &Query<JobsQuery>, state: JobState, shown: usize) -> Callback<()> {
    let query = query.clone();
    Callback::from(move |()| {
        let mut wanted = query.value.clone();
        match state {
            JobState::Dead => wanted.dead = Some(shown + STEP),
            JobState::Waiting | JobState::Unknown => wanted.waiting = Some(shown + STEP),
        }
        query.replace.emit(wanted);
    })
}

fn empty(state: JobState, i18n: &I18n) -> Html {
    match state {
        JobState::Dead => html! {
            <EmptyState heading={t!(i18n, "jobs-none-dead")} level="h3"><p>{ t!(i18n, "jobs-none-dead-text") }</p></EmptyState>
        },
        JobState::Waiting | JobState::Unknown => html! { <p class="muted">{ t!(i18n, "jobs-none-waiting") }</p> },
    }
}

fn columns(state: JobState, i18n: &I18n) -> Vec<Column> {
    let mut columns = vec![
        Column::text(t!(i18n, "jobs-column-kind")),
        Column::text(t!(i18n, "jobs-column-why")),
        Column::number(t!(i18n, "jobs-column-attempts")),
        Column::text(t!(i18n, "jobs-column-queued")),
    ];
    columns.push(Column::text(match state {
        JobState::Dead => t!(i18n, "jobs-column-action"),
        JobState::Waiting | JobState::Unknown => t!(i18n, "jobs-column-next"),
    }));
    columns
}

fn row(job: &Job, on_retry: &Callback<(JobId, i64)>, busy: bool, i18n: &I18n) -> Row {
    let name = kind(&job.kind, i18n);
    let last = match job.state {
        JobState::Dead => {
            let (id, version) = (job.id, job.version);
            html! {
                <Button
                    kind={ButtonKind::Secondary}
                    icon="refresh"
                    {busy}
                    label={t!(i18n, "jobs-retry-label", name = name.as_str())}
                    on_press={on_retry.reform(move |()| (id, version))}
                >
                    { t!(i18n, "try-again") }
                </Button>
            }
        }
        JobState::Waiting | JobState::Unknown => html! { <Instant at={job.run_at} /> },
    };
    Row {
        key: job.id.to_string().into(),
        cells: vec![
            html! { name },
            match &job.last_error {
                Some(error) => html! { <span class="anywhere" lang="en">{ error }</span> },
                None => html! { t!(i18n, "jobs-not-tried") },
            },
            html! { i18n.number(job.attempts.into()) },
            html! { <Instant at={job.created_at} /> },
            last,
        ],
    }
}

/// What a job does; one that is unknown here keeps its name.
fn kind(kind: &str, i18n: &I18n) -> AttrValue {
    match kind {
        "mail.receipt" => t!(i18n, "job-mail-receipt"),
        "hearing.opened" => t!(i18n, "job-hearing-opened"),
        "hearing.deadline_passed" => t!(i18n, "job-hearing-deadline-passed"),
        other => other.to_owned().into(),
    }
}
