//! What the tests said, once, at the end.

use std::fmt;
use std::time::Duration;

/// How many tests went how.
#[derive(Debug, Default)]
pub(crate) struct Counts {
    pub(crate) passed: usize,
    pub(crate) failed: usize,
    pub(crate) skipped: usize,
    /// The names of those failed tests that have one.
    pub(crate) failures: Vec<String>,
}

/// How a step went.
pub(crate) struct Outcome {
    pub(crate) step: &'static str,
    pub(crate) counts: Counts,
    pub(crate) took: Duration,
}

/// All steps. Its last line is the count alone, for programs that read it.
#[derive(Default)]
pub(crate) struct Summary {
    outcomes: Vec<Outcome>,
}

impl Summary {
    pub(crate) fn add(&mut self, outcome: Outcome) {
        self.outcomes.push(outcome);
    }

    pub(crate) fn is_success(&self) -> bool {
        self.total(|counts| counts.failed) == 0 && self.total(|counts| counts.passed) > 0
    }

    fn total(&self, of: impl Fn(&Counts) -> usize) -> usize {
        self.outcomes.iter().map(|outcome| of(&outcome.counts)).sum()
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for Outcome { step, counts, took } in &self.outcomes {
            let verdict = if counts.failed == 0 { "ok" } else { "FAILED" };
            writeln!(out, "{step:18} {verdict:6} {:>34} {:>8.1} s", tally(counts), took.as_secs_f32())?;
        }
        for Outcome { step, counts, .. } in &self.outcomes {
            for name in &counts.failures {
                writeln!(out, "FAILED in {step}: {name}")?;
            }
        }
        let total = Counts {
            passed: self.total(|counts| counts.passed),
            failed: self.total(|counts| counts.failed),
            skipped: self.total(|counts| counts.skipped),
            failures: Vec::new(),
        };
        write!(out, "{}", tally(&total))
    }
}

fn tally(counts: &Counts) -> String {
    let Counts { passed, failed, skipped, .. } = counts;
    match skipped {
        0 => format!("{passed} passed, {failed} failed"),
        _ => format!("{passed} passed, {failed} failed, {skipped} skipped"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(step: &'static str, passed: usize, failed: usize, skipped: usize, failures: &[&str]) -> Outcome {
        let failures = failures.iter().map(ToString::to_string).collect();
        Outcome { step, counts: Counts { passed, failed, skipped, failures }, took: Duration::from_millis(1234) }
    }

    #[test]
    fn the_last_line_is_the_count_alone() {
        let mut summary = Summary::default();
        summary.add(outcome("format", 1, 0, 0, &[]));
        summary.add(outcome("unit", 20, 1, 2, &["hearings::rules::closes_on_time"]));
        let text = summary.to_string();
        assert_eq!(text.lines().last(), Some("21 passed, 1 failed, 2 skipped"));
        assert!(text.contains("FAILED in unit: hearings::rules::closes_on_time"), "{text}");
        assert!(!summary.is_success());
    }

    #[test]
    fn nothing_run_is_no_success() {
        assert!(!Summary::default().is_success());
    }
}
