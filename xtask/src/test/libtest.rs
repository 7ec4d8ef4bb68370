//! Runs `cargo test`, passes on what it says as it says it, and counts.

use std::io::{self, BufReader};
use std::process::{Command, Stdio};

use anyhow::{Context, Result};

use crate::run;
use crate::test::summary::Counts;

/// Runs the commands one after the other. A step that ran no test proves nothing, so it has failed.
pub(crate) fn run(commands: Vec<Command>) -> Counts {
    let mut counts = Counts::default();
    for mut command in commands {
        if let Err(error) = run_one(&mut command, &mut counts) {
            println!("{error:#}");
            counts.failed += 1;
        }
    }
    if counts.passed + counts.failed == 0 {
        println!("No test ran.");
        counts.failed += 1;
    }
    counts
}

fn run_one(command: &mut Command, counts: &mut Counts) -> Result<()> {
    println!("$ {}", run::shown(command));
    let mut child =
        command.stdout(Stdio::piped()).spawn().with_context(|| format!("cannot run `{}`", run::shown(command)))?;
    let failed_before = counts.failed;
    let output = child.stdout.take().context("the output is piped")?;
    listen(BufReader::new(output), counts).context("cannot read what the tests say")?;
    let status = child.wait()?;
    // A program that does not compile, or a test program that dies, has no line of its own that says so.
    if !status.success() && counts.failed == failed_before {
        anyhow::bail!("`{}` did not get to its end ({status})", run::shown(command));
    }
    Ok(())
}

fn listen(mut output: impl io::BufRead, counts: &mut Counts) -> io::Result<()> {
    let mut reader = Reader::default();
    let mut line = Vec::new();
    while output.read_until(b'\n', &mut line)? > 0 {
        let text = String::from_utf8_lossy(&line);
        print!("{text}");
        reader.read(text.trim_end(), counts);
        line.clear();
    }
    Ok(())
}

/// Understands libtest's output line by line.
#[derive(Default)]
struct Reader {
    /// Inside the list of names that follows the last `failures:`.
    is_listing_failures: bool,
}

impl Reader {
    fn read(&mut self, line: &str, counts: &mut Counts) {
        if let Some(result) = line.strip_prefix("test result: ") {
            counts.passed += number_before(result, " passed");
            counts.failed += number_before(result, " failed");
            counts.skipped += number_before(result, " ignored");
        } else if let Some(name) = line.strip_prefix("    ").filter(|_| self.is_listing_failures) {
            counts.failures.push(name.to_owned());
        } else {
            self.is_listing_failures = line == "failures:";
        }
    }
}

/// 14 in `ok. 14 passed; 0 failed; ...` before ` passed`.
fn number_before(text: &str, word: &str) -> usize {
    let before = text.split(word).next().unwrap_or_default();
    before.rsplit(' ').next().and_then(|number| number.parse().ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_are_added_up_and_failures_named_once() {
        let output = "\
running 3 tests
test a::works ... ok
test a::breaks ... FAILED
test a::waits ... ignored, needs a moon

failures:

---- a::breaks stdout ----
thread 'a::breaks' panicked at src/a.rs:1:1:
    left: 1

failures:
    a::breaks

test result: FAILED. 1 passed; 1 failed; 1 ignored; 0 measured; 7 filtered out; finished in 0.01s

running 12 tests
test result: ok. 12 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 4.73s
";
        let mut counts = Counts::default();
        listen(output.as_bytes(), &mut counts).unwrap();
        assert_eq!((counts.passed, counts.failed, counts.skipped), (13, 1, 1));
        assert_eq!(counts.failures, ["a::breaks"]);
    }
}
