//! Reads: of anybody beside nginx, of people who are logged in beside pgbench.

use anyhow::{Context, Result, bail};

use crate::bench::addresses::{Addresses, zipf};
use crate::bench::agora::CONNECTIONS;
use crate::bench::http::Visitor;
use crate::bench::load::{Outcome, Requests};
use crate::bench::nginx::Nginx;
use crate::bench::pgbench::{self, Scripts};
use crate::bench::report::{Bar, Report, Row};
use crate::bench::rounds::{SECONDS, in_turn, median, ratio};
use crate::bench::{Bench, NAME};
use crate::bench::{sessions, statements};

/// Connections that anybody's reads come over.
const VISITORS: usize = 64;

/// Commits a second, of a busy afternoon, that reads are measured beside.
const COMMITS: usize = 20;

/// Requests whose statements pgbench draws from.
const SAMPLE: usize = 48;

/// Reads of anybody, beside nginx with the same bytes.
pub(super) fn public(bench: &Bench, report: &mut Report) -> Result<()> {
    let visitor = bench.agora.visitor(None);
    let addresses = Addresses::of(&visitor, usize::MAX)?;
    let kinds = [("list", &addresses.lists), ("hearing", &addresses.hearings), ("answers", &addresses.responses)];
    for (kind, paths) in kinds {
        let answers: Vec<_> = paths.iter().map(|path| visitor.get(path)).collect::<Result<_>>()?;
        if let Some(bad) = answers.iter().find(|answer| answer.status != 200) {
            bail!("a public {kind} answers {}", bad.status);
        }
        let nginx = Nginx::start(&bench.folder, &answers)?;
        let places: Vec<usize> = (0..paths.len()).collect();
        let files: Vec<String> = zipf(&places).map(|place| format!("/{place}")).collect();
        let headers = visitor.headers();
        let ours = Requests::reads(zipf(paths).map(|path| (path.as_str(), headers.clone())));
        let theirs = Requests::reads(files.iter().map(|path| (path.as_str(), headers.clone())));

        let mut last = Measured::default();
        let mut agora = || last.measure(bench, &ours, VISITORS);
        let mut beside = || Ok(theirs.send(nginx.base(), VISITORS, SECONDS, &bench.folder)?.rate());
        let [agora, beside] = in_turn([&mut agora, &mut beside])?;
        let written = if kind == "list" { Some(while_written(bench, &ours)?) } else { None };
        nginx.stop()?;
        let size = answers.iter().map(|answer| answer.body.len()).sum::<usize>() / answers.len().max(1);
        let what = format!("{kind}, anybody ({} addresses, {size} bytes)", paths.len());
        let row = last.row(what, median(agora.clone()));
        let row = Row { beside: format!("nginx {:.0}/s", median(beside.clone())), ..row };
        report.add(Row { judged: ratio(&agora, &beside), bar: Some(Bar::AtLeast(0.8)), ..row });
        if let Some((measured, rate)) = written {
            let row = measured.row(format!("{kind}, anybody, {COMMITS} commits a second"), rate);
            let beside_quiet = format!("the same without commits {:.0}/s", median(agora.clone()));
            report.add(Row { beside: beside_quiet, judged: rate / median(agora), ..row });
        }
    }
    Ok(())
}

/// What reads reach while others write: every commit ends what is kept of public answers.
fn while_written(bench: &Bench, reads: &Requests) -> Result<(Measured, f64)> {
    let mut writer = pgbench::committing(&bench.database, NAME, COMMITS, SECONDS + 1, &bench.folder)?;
    let mut measured = Measured::default();
    let rate = measured.measure(bench, reads, VISITORS);
    writer.wait().context("pgbench cannot be waited for")?;
    Ok((measured, rate?))
}

/// Reads of people who are logged in, beside pgbench with the same statements and beside `pgbench -S`.
pub(super) fn logged_in(bench: &Bench, report: &mut Report) -> Result<()> {
    let people: Vec<Visitor> = sessions::tokens().map(|token| bench.agora.visitor(Some(&token))).collect();
    let somebody = people.first().context("somebody is logged in")?;
    // Hearings that everybody sees; each person asks for them in an order of his own.
    let addresses = Addresses::of(&bench.agora.visitor(None), usize::MAX)?;
    let kinds = [("list", &addresses.lists), ("hearing", &addresses.hearings), ("answers", &addresses.responses)];
    for (kind, paths) in kinds {
        let asked: Vec<(&str, &Visitor)> = zipf(paths).map(String::as_str).zip(people.iter().cycle()).collect();
        let ours = Requests::reads(asked.iter().map(|(path, person)| (*path, person.headers())));
        ours.send(bench.agora.base(), CONNECTIONS, 1, &bench.folder)?;
        let sample: Vec<&str> = asked.iter().map(|(path, _)| *path).take(SAMPLE).collect();
        let taken = statements::of_each(&bench.database, &sample, |path| somebody.get(path).map(drop))?;
        let first: Vec<_> = taken.iter().take(8).map(Vec::as_slice).collect();
        let buffers = pgbench::buffers(&bench.database, NAME, &first.concat())? / first.len().max(1) as f64;
        let count = taken.iter().map(Vec::len).sum::<usize>() as f64 / taken.len().max(1) as f64;
        let scripts = Scripts::of_reads(&taken);

        let mut last = Measured::default();
        let mut agora = || last.measure(bench, &ours, CONNECTIONS);
        let mut same = || scripts.run(&bench.database, NAME, SECONDS, &bench.folder);
        let mut select = || pgbench::select_only(&bench.database, SECONDS);
        let [agora, same, select] = in_turn([&mut agora, &mut same, &mut select])?;
        let row = last.row(format!("{kind}, logged in"), median(agora.clone()));
        let row = Row { statements: Some(count), buffers: Some(buffers), ..row };
        let beside_same = Row {
            beside: format!("pgbench, the same statements {:.0}/s", median(same.clone())),
            judged: ratio(&agora, &same),
            bar: Some(Bar::AtLeast(0.5)),
            ..row
        };
        let beside_select = Row {
            what: beside_same.what.clone(),
            figure: beside_same.figure.clone(),
            beside: format!("pgbench -S {:.0}/s", median(select.clone())),
            judged: ratio(&agora, &select),
            bar: Some(Bar::AtLeast(0.2)),
            ..Row::default()
        };
        report.add(beside_same);
        report.add(beside_select);
    }
    Ok(())
}

/// What the last round cost, beside its rate.
#[derive(Debug, Default)]
pub(super) struct Measured {
    outcome: Option<Outcome>,
    cpu: (f64, f64),
}

impl Measured {
    /// Sends requests for a while; tells their rate.
    pub(super) fn measure(&mut self, bench: &Bench, requests: &Requests, connections: usize) -> Result<f64> {
        let used = || (bench.agora.cpu_seconds(), bench.database.cpu_seconds());
        let before = used();
        let outcome = requests.send(bench.agora.base(), connections, SECONDS, &bench.folder)?;
        let after = used();
        let each = |before: f64, after: f64| (after - before) * 1e6 / outcome.requests;
        self.cpu = (each(before.0, after.0), each(before.1, after.1));
        self.outcome = Some(outcome);
        Ok(outcome.rate())
    }

    /// A row of it.
    pub(super) fn row(&self, what: String, rate: f64) -> Row {
        let (p50, p99) = (self.outcome.map(|outcome| outcome.p50), self.outcome.map(|outcome| outcome.p99));
        Row { what, figure: format!("{rate:.0}/s"), p50, p99, cpu: Some(self.cpu), ..Row::default() }
    }
}
