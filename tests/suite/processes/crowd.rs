//! A crowd that answers a hearing, each until he has his receipt, whatever happens to the servers; and what must be true
//! afterwards.

use std::{
    collections::BTreeMap,
    fs,
    sync::atomic::{AtomicUsize, Ordering},
    time::Duration,
};

use futures::future::{join, join_all};
use openapi::{
    client::Error,
    drafts::{Draft, DraftPatch, SendDraft},
    hearings::Hearing,
    ids::HearingId,
    problem::ProblemCode,
    responses::Receipt,
};
use tests::{App, Person, key};
use tokio::time::sleep;
use uuid::Uuid;

use super::in_time;

/// How long somebody waits before he tries again.
const PAUSE: Duration = Duration::from_millis(250);

/// People who answer one hearing, at several servers.
pub(super) struct Crowd {
    people: Vec<Person>,
    servers: Vec<String>,
    terms: SendDraft,
    hearing: HearingId,
    /// Answers that were acknowledged so far.
    acknowledged: AtomicUsize,
    /// Requests that were not carried out, and tried again.
    repeated: AtomicUsize,
}

impl Crowd {
    /// So many people, and a hearing for them.
    pub(super) async fn gather(app: &App, people: u16, servers: &[&str]) -> Self {
        let hearing = app.hearing().open().await;
        Self {
            people: app.crowd(people).await,
            servers: servers.iter().map(|server| (*server).to_owned()).collect(),
            terms: app.owner().terms().await,
            hearing: hearing.id,
            acknowledged: AtomicUsize::new(0),
            repeated: AtomicUsize::new(0),
        }
    }

    /// Everybody answers at once, and gets his receipt in the end; every third sends twice at once with the same key.
    pub(super) async fn answer(&self) -> Vec<Receipt> {
        let answers = self.people.iter().enumerate().map(|(number, person)| self.answer_of(number, person));
        in_time(join_all(answers)).await
    }

    /// Waits until so many answers were acknowledged.
    pub(super) async fn until(&self, acknowledged: usize) {
        while self.acknowledged.load(Ordering::SeqCst) < acknowledged {
            sleep(Duration::from_millis(1)).await;
        }
    }

    /// How many requests were tried again.
    pub(super) fn repeated(&self) -> usize {
        self.repeated.load(Ordering::SeqCst)
    }

    async fn answer_of(&self, number: usize, person: &Person) -> Receipt {
        let draft = self.write(number, person).await;
        let key = key();
        let send = async |first: usize| {
            let send = async |person: Person| {
                person.send_draft(self.hearing, draft.id, draft.version, &self.terms, &key).await
            };
            self.until_done(first, person, send).await.expect("the answer is taken")
        };
        let receipt = if number.is_multiple_of(3) {
            let (one, other) = join(send(number), send(number + 1)).await;
            assert_eq!(one, other, "the same key gives the same receipt");
            one
        } else {
            send(number).await
        };
        self.acknowledged.fetch_add(1, Ordering::SeqCst);
        receipt
    }

    /// Begins an answer and saves it, until it is there.
    async fn write(&self, number: usize, person: &Person) -> Draft {
        let text = format!("Svar fra nummer {number}.");
        let patch = DraftPatch { text: Some(text.clone()), ..DraftPatch::default() };
        loop {
            let begin = async |person: Person| person.create_draft(self.hearing).await;
            let draft = self.until_done(number, person, begin).await.expect("the answer is begun").item;
            if draft.text == text {
                return draft;
            }
            let save = async |person: Person| person.update_draft(self.hearing, draft.id, draft.version, &patch).await;
            match self.until_done(number, person, save).await {
                Ok(saved) => return saved,
                // Saved by a request whose answer got lost.
                Err(code) => assert_eq!(code, ProblemCode::PreconditionFailed),
            }
        }
    }

    /// Tries at one server after the other until a request is answered with more than "not now".
    async fn until_done<T>(
        &self,
        first: usize,
        person: &Person,
        request: impl AsyncFn(Person) -> Result<T, Error>,
    ) -> Result<T, ProblemCode> {
        for attempt in first.. {
            match request(person.at(&self.servers[attempt % self.servers.len()])).await {
                Ok(answer) => return Ok(answer),
                Err(Error::Problem(problem)) if problem.code != ProblemCode::Unavailable => return Err(problem.code),
                Err(_) => {
                    self.repeated.fetch_add(1, Ordering::SeqCst);
                    sleep(PAUSE).await;
                }
            }
        }
        unreachable!("there is always another try")
    }

    /// Everything that was acknowledged is there once, and so is everything that follows from it.
    pub(super) async fn everything_is_there_once(&self, app: &App, receipts: &[Receipt]) {
        let owner = app.database().owner();
        let rows = "SELECT number, id FROM response WHERE hearing_id = $1 ORDER BY number";
        let stored = owner.query(rows, &[&self.hearing.0]).await.unwrap();
        let stored: BTreeMap<i32, Uuid> = stored.iter().map(|row| (row.get(0), row.get(1))).collect();
        let acknowledged: BTreeMap<i32, Uuid> =
            receipts.iter().map(|receipt| (receipt.number, receipt.response.0)).collect();
        assert_eq!(stored, acknowledged, "every acknowledged answer, and no other");
        let expected = i32::try_from(receipts.len()).unwrap();
        assert!(stored.keys().copied().eq(1..=expected), "no holes and no doubles: {:?}", stored.keys());
        let Hearing { response_count, .. } = app.owner().get_hearing(self.hearing).await.unwrap();
        assert_eq!(response_count, Some(expected.into()));
        assert_eq!(app.database().count("draft").await, 0, "what was sent is no draft any more");

        let entries = "SELECT count(*), count(DISTINCT object_id) FROM audit_entry WHERE action = 'response.sent'";
        let entries = owner.query_one(entries, &[]).await.unwrap();
        assert_eq!((entries.get::<_, i64>(0), entries.get::<_, i64>(1)), (expected.into(), expected.into()));

        self.every_receipt_is_mailed(app).await;
        let failures = app.take_failures();
        assert!(
            failures.iter().all(|failure| failure.ends_with(": 503")),
            "refused for the moment at most: {failures:?}"
        );
    }

    async fn every_receipt_is_mailed(&self, app: &App) {
        let done = async {
            // The hearing's own start is noticed by and by, and has its job too.
            while app.database().count("hearing_boundary").await == 0 || app.database().count("job").await > 0 {
                sleep(Duration::from_millis(20)).await;
            }
        };
        in_time(done).await;
        let mut mails = BTreeMap::<String, usize>::new();
        for file in fs::read_dir(app.mail_folder()).unwrap() {
            let path = file.unwrap().path();
            if path.extension().is_some_and(|extension| extension == "eml") {
                // A process that is killed may leave a mail half written.
                let mail = fs::read_to_string(&path).unwrap_or_default();
                let id = mail.lines().find_map(|line| line.strip_prefix("Message-ID: ")).unwrap_or("none");
                *mails.entry(id.to_owned()).or_default() += 1;
            }
        }
        let halves = mails.remove("none").unwrap_or_default();
        assert_eq!(mails.len(), self.people.len(), "a receipt for everybody");
        let repeated = mails.values().sum::<usize>() + halves - self.people.len();
        assert!(repeated <= 1, "{repeated} receipts were mailed again");
    }
}
