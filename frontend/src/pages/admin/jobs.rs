//! What happens after a request and is not done: first what was given up and waits for somebody.

use openapi::{
    client::Error,
    ids::JobId,
    jobs::{Job, JobQuery, JobState},
    page::PageQuery,
    problem::ProblemCode,
    session::GlobalRole,
};
use serde::{Deserialize, Serialize};
use yew::prelude::*;

use crate::{
    components::{
        Alert, AlertKind, Button, ButtonKind, Column, EmptyState, Instant, Page, RemoteList, Row, Table, use_announce,
    },
    form_errors::describe,
    hooks::{use_action, use_query, use_rows},
    i18n::{I18n, key, use_i18n},
    pages::Restricted,
    paging::Shown,
    route::Route,
    t,
};

/// The page's address after the `?`: how many jobs are shown.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct JobsQuery {
    /// Of those that were given up.
    #[serde(rename = "opgivet", skip_serializing_if = "Shown::is_first")]
    dead: Shown,
    /// Of those that wait.
    #[serde(rename = "venter", skip_serializing_if = "Shown::is_first")]
    waiting: Shown,
}

/// One of the two lists of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Dead,
    Waiting,
}

impl Kind {
    fn state(self) -> JobState {
        match self {
            Kind::Dead => JobState::Dead,
            Kind::Waiting => JobState::Waiting,
        }
    }

    fn shown(self, query: &mut JobsQuery) -> &mut Shown {
        match self {
            Kind::Dead => &mut query.dead,
            Kind::Waiting => &mut query.waiting,
        }
    }
}

/// The queue of jobs.
#[component]
pub fn Jobs() -> Html {
    let i18n = use_i18n();
    let title = t!(i18n, "jobs-title");
    html! {
        <Restricted title={title.clone()} login={t!(i18n, "jobs-login")} role={GlobalRole::Administrator}>
            <Page {title} crumbs={Some(vec![])}>
                <p class="lead">{ t!(i18n, "jobs-lead") }</p>
                <Queue />
            </Page>
        </Restricted>
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
            <List kind={Kind::Dead} round={*round} on_retry={retry.run.clone()} busy={retry.busy} />
            <List kind={Kind::Waiting} round={*round} on_retry={retry.run} busy={retry.busy} />
        </>
    }
}

fn explain(error: &Error, i18n: &I18n) -> AttrValue {
    use ProblemCode::{JobNotDead, NotFound, PreconditionFailed};
    let gone = [PreconditionFailed, NotFound, JobNotDead].into_iter().any(|code| error.is(code));
    if gone { t!(i18n, "jobs-changed") } else { describe(error, i18n) }
}

#[derive(Properties, PartialEq)]
struct ListProps {
    kind: Kind,
    round: u32,
    on_retry: Callback<(JobId, i64)>,
    busy: bool,
}

/// The jobs of one kind.
#[component]
fn List(props: &ListProps) -> Html {
    let i18n = use_i18n();
    let mut query = use_query::<JobsQuery>(Route::Jobs);
    let kind = props.kind;
    let wanted = kind.shown(&mut query.value).wanted();
    let jobs = use_rows((kind, props.round), wanted, |api, (kind, _), PageQuery { limit, cursor }| async move {
        api.list_jobs(&JobQuery { state: vec![kind.state()], limit, cursor }).await
    });
    let (heading, id) = match kind {
        Kind::Dead => (key("jobs-dead"), "dead"),
        Kind::Waiting => (key("jobs-waiting"), "waiting"),
    };
    let rows: Vec<Row> = jobs.rows().iter().map(|job| row(job, kind, &props.on_retry, props.busy, &i18n)).collect();
    let on_more = query.replace.reform(move |rows: usize| {
        let mut wanted = query.value.clone();
        *kind.shown(&mut wanted) = Shown::rows(rows);
        wanted
    });
    html! {
        <section aria-labelledby={id}>
            <h2 {id}>{ t!(i18n, heading) }</h2>
            <RemoteList list={jobs.list()} empty={empty(kind, &i18n)} what={t!(i18n, "what-jobs")} {on_more}>
                <Table caption={t!(i18n, heading)} columns={columns(kind, &i18n)} {rows} />
            </RemoteList>
        </section>
    }
}

fn empty(kind: Kind, i18n: &I18n) -> Html {
    match kind {
        Kind::Dead => html! {
            <EmptyState heading={t!(i18n, "jobs-none-dead")} level="h3"><p>{ t!(i18n, "jobs-none-dead-text") }</p></EmptyState>
        },
        Kind::Waiting => html! { <p class="muted">{ t!(i18n, "jobs-none-waiting") }</p> },
    }
}

fn columns(kind: Kind, i18n: &I18n) -> Vec<Column> {
    let mut columns = vec![
        Column::text(t!(i18n, "jobs-column-kind")),
        Column::text(t!(i18n, "jobs-column-why")),
        Column::number(t!(i18n, "jobs-column-attempts")),
        Column::text(t!(i18n, "jobs-column-queued")),
    ];
    columns.push(Column::text(match kind {
        Kind::Dead => t!(i18n, "jobs-column-action"),
        Kind::Waiting => t!(i18n, "jobs-column-next"),
    }));
    columns
}

fn row(job: &Job, kind: Kind, on_retry: &Callback<(JobId, i64)>, busy: bool, i18n: &I18n) -> Row {
    let name = what(&job.kind, i18n);
    let last = match kind {
        Kind::Dead => {
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
        Kind::Waiting => html! { <Instant at={job.run_at} /> },
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
fn what(kind: &str, i18n: &I18n) -> AttrValue {
    match kind {
        "mail.receipt" => t!(i18n, "job-mail-receipt"),
        "file.remove_content" => t!(i18n, "job-file-remove-content"),
        "file.look_at" => t!(i18n, "job-file-look-at"),
        "hearing.image_sizes" => t!(i18n, "job-hearing-image-sizes"),
        "hearing.opened" => t!(i18n, "job-hearing-opened"),
        "hearing.deadline_passed" => t!(i18n, "job-hearing-deadline-passed"),
        other => other.to_owned().into(),
    }
}
