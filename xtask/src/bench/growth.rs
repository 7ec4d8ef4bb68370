//! Growth: how much slower reads are when there is forty times as much.

use anyhow::Result;

use crate::bench::Bench;
use crate::bench::addresses::{Addresses, BASE, zipf};
use crate::bench::agora::Agora;
use crate::bench::database::DataSet;
use crate::bench::load::{Outcome, Requests};
use crate::bench::report::{Bar, Report, Row};
use crate::bench::rounds::{SECONDS, in_turn, median, ratio};
use crate::bench::sessions;

/// The large data set's database. It takes gigabytes, and goes when it was measured.
const LARGE: &str = "agora_large";

/// Few enough that nobody waits for anybody: it is the reads that are compared.
const CONNECTIONS: usize = 2;

/// Hearings that are read.
const HEARINGS: usize = 2_000;

/// Words that people look for, common and rare.
const WORDS: [&str; 8] =
    ["skole", "lokalplan", "cykelsti", "hjemmearbejde", "plejecenter", "vagtplan", "tilgængelighed", "solbjerg"];

pub(super) fn measure(bench: &Bench, report: &mut Report) -> Result<()> {
    bench.database.drop(LARGE)?;
    bench.database.seed(&bench.program, DataSet::Large, LARGE)?;
    sessions::begin(&bench.database, LARGE)?;
    let large = Agora::start(&bench.program, &bench.database.service_url(LARGE), &bench.folder, false)?;
    let (small_reads, large_reads) = (kinds(&bench.agora)?, kinds(&large)?);
    for ((kind, bar, on_small), (_, _, on_large)) in small_reads.into_iter().zip(large_reads) {
        let (mut small_last, mut large_last) = (None, None);
        let send = |agora: &Agora, requests: &Requests, last: &mut Option<Outcome>| {
            let outcome = requests.send(agora.base(), CONNECTIONS, SECONDS, &bench.folder)?;
            *last = Some(outcome);
            Ok(outcome.p99)
        };
        let mut small_round = || send(&bench.agora, &on_small, &mut small_last);
        let mut large_round = || send(&large, &on_large, &mut large_last);
        let [small, large] = in_turn([&mut small_round, &mut large_round])?;
        report.add(Row {
            what: format!("growth: {kind}"),
            figure: large_last.map(|outcome| format!("{:.0}/s", outcome.rate())).unwrap_or_default(),
            p50: large_last.map(|outcome| outcome.p50),
            p99: Some(median(large.clone())),
            beside: format!("p99 of small {:.2} ms", median(small.clone()) / 1_000.0),
            judged: ratio(&large, &small),
            bar: Some(Bar::AtMost(bar)),
            ..Row::default()
        });
    }
    large.stop()?;
    bench.database.drop(LARGE)
}

/// What somebody who is logged in reads: nothing of that is kept ready.
fn kinds(agora: &Agora) -> Result<[(&'static str, f64, Requests); 5]> {
    let people: Vec<_> = sessions::tokens().map(|token| agora.visitor(Some(&token))).collect();
    let addresses = Addresses::of(&agora.visitor(None), HEARINGS)?;
    let searched = |list: &str| WORDS.map(|word| format!("{BASE}/{list}?q={}", word.replace('æ', "%C3%A6")));
    let (found, counted) = (searched("hearings"), searched("hearings/facets"));
    let reads = |paths: &[String]| {
        let asked = zipf(paths).map(String::as_str).zip(people.iter().cycle());
        Requests::reads(asked.map(|(path, person)| (path, person.headers())))
    };
    Ok([
        ("list", 1.5, reads(&addresses.lists)),
        ("hearing", 1.5, reads(&addresses.hearings)),
        ("answers", 1.5, reads(&addresses.responses)),
        ("search", 5.0, reads(&found)),
        ("counts of a search", 5.0, reads(&counted)),
    ])
}
