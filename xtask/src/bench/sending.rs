//! Sending an answer, beside pgbench with the same transaction: its statements are read from the log of one sending, and
//! the values in which the next one differs are put in anew.

use std::fmt::Write as _;
use std::ops::Range;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use crate::bench::addresses::BASE;
use crate::bench::agora::CONNECTIONS;
use crate::bench::http::Visitor;
use crate::bench::load::Requests;
use crate::bench::pgbench::{self, Scripts};
use crate::bench::reads::Measured;
use crate::bench::report::{Bar, Report, Row};
use crate::bench::rounds::{SECONDS, in_turn, median, ratio};
use crate::bench::sessions::{self, PEOPLE};
use crate::bench::statements::{self, Statement};
use crate::bench::{Bench, NAME};

/// Open hearings that are answered, by everybody. The draft of a number is the one of person `number / HEARINGS` to
/// hearing `number % HEARINGS`.
const HEARINGS: usize = 50;

/// Answers that one measurement can send at the most.
const CHUNK: usize = 8_000;

/// The hearings' answers so far: a number that stands for nothing else in the log.
const ANSWERED: i64 = 700_000_000;

/// The drafts' version; likewise.
const VERSION: i64 = 600_000_000;

pub(super) fn measure(bench: &Bench, report: &mut Report) -> Result<()> {
    prepare(bench)?;
    let sender = Sender::new(bench)?;
    let taken = statements::of_each(&bench.database, &[0], |number| sender.send(*number))?.concat();
    sender.requests(1..CHUNK).send(bench.agora.base(), CONNECTIONS, 1, &bench.folder)?;
    let count = taken.len() as f64;
    let transaction = transaction(taken);

    let mut chunks = (1..).map(|chunk| chunk * CHUNK..(chunk + 1) * CHUNK);
    let mut chunk = move || chunks.next().unwrap_or_default();
    let (ours, theirs) = ([chunk(), chunk(), chunk()], [chunk(), chunk(), chunk()]);
    let (mut ours, mut theirs) = (ours.into_iter(), theirs.into_iter());
    let mut last = Measured::default();
    let mut agora = || last.measure(bench, &sender.requests(ours.next().unwrap_or_default()), CONNECTIONS);
    let mut same = || {
        let first = theirs.next().unwrap_or_default().start;
        script(&transaction, first)?.run(&bench.database, NAME, SECONDS, &bench.folder)
    };
    let [agora, same] = in_turn([&mut agora, &mut same])?;
    let row = last.row("sending an answer".to_owned(), median(agora.clone()));
    report.add(Row {
        statements: Some(count),
        beside: format!("pgbench, the same transaction {:.0}/s", median(same.clone())),
        judged: ratio(&agora, &same),
        bar: Some(Bar::AtLeast(0.5)),
        ..row
    });
    Ok(())
}

/// Makes open hearings and a draft of everybody to each of them, all with ids that count.
fn prepare(bench: &Bench) -> Result<()> {
    let (last_hearing, last_draft) = (HEARINGS - 1, HEARINGS * PEOPLE - 1);
    bench.database.execute(
        NAME,
        &format!(
            "INSERT INTO hearing (id, title, summary, starts_on, starts_at, deadline_on, deadline_at, published_at,
                     created_at, updated_at, response_count, search)
                 SELECT bench_id('b', n), source.title, source.summary, source.starts_on, source.starts_at,
                     source.deadline_on, source.deadline_at, source.published_at, source.created_at,
                     source.updated_at, {ANSWERED}, source.search
                 FROM generate_series(0, {last_hearing}) AS n, LATERAL (
                     SELECT * FROM hearing WHERE starts_at < now() AND deadline_at > now() + interval '1 day'
                         AND cancelled_at IS NULL ORDER BY id OFFSET n % 5 LIMIT 1) AS source;
             INSERT INTO hearing_role (id, hearing_id, account_id, role, responsible, created_at)
                 SELECT gen_random_uuid(), bench_id('b', n), owner.account_id, 'owner', true, now()
                 FROM generate_series(0, {last_hearing}) AS n,
                     (SELECT account_id FROM hearing_role WHERE responsible ORDER BY id LIMIT 1) AS owner;
             INSERT INTO hearing_section (id, hearing_id, position, title, body)
                 SELECT gen_random_uuid(), bench_id('b', n), section.place, section.title, section.body
                 FROM generate_series(0, {last_hearing}) AS n, (
                     SELECT title, body, row_number() OVER () AS place FROM hearing_section ORDER BY id LIMIT 3
                 ) AS section;
             INSERT INTO draft (id, version, hearing_id, author_id, text, created_at, updated_at)
                 SELECT bench_id('d', n), {VERSION}, bench_id('b', n % {HEARINGS}), bench_id('a', n / {HEARINGS}),
                     answer.text, now(), now()
                 FROM generate_series(0, {last_draft}) AS n,
                     (SELECT text FROM response WHERE length(text) BETWEEN 350 AND 450 ORDER BY id LIMIT 1) AS answer;
             ANALYZE hearing, hearing_section, draft;"
        ),
    )
}

/// Everybody who sends.
struct Sender {
    people: Vec<Person>,
    body: String,
}

struct Person {
    visitor: Visitor,
    csrf_token: String,
}

impl Sender {
    fn new(bench: &Bench) -> Result<Self> {
        let terms = text(&bench.agora.visitor(None).json(&format!("{BASE}/texts/response_terms"))?, "version")?;
        let people = sessions::tokens().map(|token| {
            let visitor = bench.agora.visitor(Some(&token));
            let csrf_token = text(&visitor.json(&format!("{BASE}/session"))?, "csrfToken")?;
            Ok(Person { visitor, csrf_token })
        });
        Ok(Self { people: people.collect::<Result<_>>()?, body: json!({ "termsVersion": terms }).to_string() })
    }

    /// The sending of each of these drafts.
    fn requests(&self, drafts: Range<usize>) -> Requests {
        let writes: Vec<_> = drafts.filter_map(|number| self.write(number)).collect();
        Requests::writes(writes.iter().map(|(path, headers)| (path.as_str(), headers.clone())), &self.body)
    }

    /// Sends one draft.
    fn send(&self, number: usize) -> Result<()> {
        let person = self.people.get(number / HEARINGS).context("the draft is somebody's")?;
        let (path, headers) = self.write(number).context("the draft is somebody's")?;
        let status = person.visitor.post(&path, &headers, &self.body)?;
        ensure!(status == 201, "sending a draft answers {status}");
        Ok(())
    }

    fn write(&self, number: usize) -> Option<(String, Vec<(&'static str, String)>)> {
        let person = self.people.get(number / HEARINGS)?;
        let path = format!("{BASE}/hearings/{}/drafts/{}/send", id('b', number % HEARINGS), id('d', number));
        let mut headers = person.visitor.headers();
        headers.push(("X-CSRF-Token", person.csrf_token.clone()));
        headers.push(("If-Match", format!("\"v{VERSION}\"")));
        headers.push(("Idempotency-Key", key(number)));
        Some((path, headers))
    }
}

fn text(value: &Value, field: &str) -> Result<String> {
    let found = value.get(field).and_then(Value::as_str);
    found.map(ToOwned::to_owned).with_context(|| format!("there is a {field}"))
}

/// What the function `bench_id` in the database makes.
fn id(kind: char, number: usize) -> String {
    format!("{kind}0000000-0000-7000-8000-{number:012x}")
}

fn key(number: usize) -> String {
    format!("bench-{number}")
}

/// From BEGIN to COMMIT; who asks was found out before.
fn transaction(taken: Vec<Statement>) -> Vec<Statement> {
    taken.into_iter().skip_while(|statement| !statement.sql.starts_with("BEGIN")).collect()
}

/// The transaction that sent draft 0, written so that it sends another one each time, from the draft `first`.
fn script(transaction: &[Statement], first: usize) -> Result<Scripts> {
    let mut lines = format!("\\set i :i + 1\n\\set n {first} + :i * {CONNECTIONS} + :client_id\n");
    let mut defined = vec![("i".to_owned(), "-1".to_owned())];
    let mut met = Vec::new();
    for (place, statement) in transaction.iter().enumerate() {
        let line = statement.with_values(|parameter, value| {
            another(value, &mut met)
                .unwrap_or_else(|| pgbench::variable(&mut defined, format!("c{place}_{parameter}"), value))
        });
        // The number that the hearing gives is needed further on.
        let end = if line.contains("RETURNING \"hearing\".\"response_count\"") { " \\gset" } else { ";" };
        writeln!(lines, "{line}{end}")?;
    }
    ensure!(lines.contains("\\gset") && lines.contains(":response_count"), "the sending gives no number:\n{lines}");
    Ok(Scripts::of_one(lines, defined))
}

/// What stands in another sending where this value stood: nothing for what is the same in all of them.
fn another(value: &str, met: &mut Vec<String>) -> Option<String> {
    let known = [
        (id('d', 0), "bench_id('d', :n)".to_owned()),
        (id('b', 0), format!("bench_id('b', :n % {HEARINGS})")),
        (id('a', 0), format!("bench_id('a', :n / {HEARINGS})")),
        (key(0), "'bench-' || :n".to_owned()),
        ((ANSWERED + 1).to_string(), ":response_count".to_owned()),
    ];
    if let Some((_, expression)) = known.into_iter().find(|(known, _)| known == value) {
        return Some(expression);
    }
    // Any other id is a new row's, and wherever it comes again it is that row's. They count, as the server's do.
    let is_id = value.len() == 36 && value.chars().filter(|character| *character == '-').count() == 4;
    if !is_id {
        return None;
    }
    let place = met.iter().position(|id| id == value).unwrap_or_else(|| {
        met.push(value.to_owned());
        met.len() - 1
    });
    Some(format!("bench_id('{place}', :n)"))
}
