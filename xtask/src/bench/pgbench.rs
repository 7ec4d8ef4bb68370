//! pgbench with the server's own statements, prepared: what the database gives without a server in between.

use std::fs;
use std::path::Path;
use std::process::{Child, Stdio};

use anyhow::{Context, Result};
use serde_json::{Deserializer, Value};

use crate::bench::agora::CONNECTIONS;
use crate::bench::database::Database;
use crate::bench::statements::Statement;
use crate::run;

/// The database of `pgbench -S`.
pub(super) const ITS_OWN: &str = "pgbench";

/// Transactions, one of which is drawn each time.
#[derive(Debug, Default)]
pub(super) struct Scripts {
    texts: Vec<String>,
    /// Variables with their values.
    defined: Vec<(String, String)>,
}

impl Scripts {
    /// Each request's statements, with the values they had.
    pub(super) fn of_reads(requests: &[Vec<Statement>]) -> Self {
        let mut scripts = Self::default();
        for (number, statements) in requests.iter().enumerate() {
            let mut lines = String::new();
            for (place, statement) in statements.iter().enumerate() {
                let value = |parameter: usize, value: &str| {
                    variable(&mut scripts.defined, format!("r{number}_{place}_{parameter}"), value)
                };
                lines.push_str(&statement.with_values(value));
                lines.push_str(";\n");
            }
            scripts.texts.push(lines);
        }
        scripts
    }

    /// One transaction, written out, with its variables.
    pub(super) fn of_one(text: String, defined: Vec<(String, String)>) -> Self {
        Self { texts: vec![text], defined }
    }

    /// Runs them for so many seconds over as many connections as the server has; tells the transactions a second.
    pub(super) fn run(&self, database: &Database, name: &str, seconds: u64, folder: &Path) -> Result<f64> {
        let mut command = command(database, name, seconds);
        for (number, text) in self.texts.iter().enumerate() {
            let file = folder.join(format!("script-{number}.sql"));
            fs::write(&file, text).with_context(|| format!("cannot write {}", file.display()))?;
            command.arg("--file").arg(file);
        }
        for (name, value) in &self.defined {
            command.args(["--define", &format!("{name}={value}")]);
        }
        rate(&run::output(&mut command)?)
    }
}

/// Makes a variable of a value, and tells how it is used. pgbench knows none that is empty.
pub(super) fn variable(defined: &mut Vec<(String, String)>, name: String, value: &str) -> String {
    if value.is_empty() {
        return "''".to_owned();
    }
    let used = format!(":{name}");
    defined.push((name, value.to_owned()));
    used
}

impl Statement {
    /// The statement with something in the place of each value that it has; NULL stays NULL.
    pub(super) fn with_values(&self, mut value: impl FnMut(usize, &str) -> String) -> String {
        // From behind, so that $1 is not found in $12.
        let mut sql = self.sql.clone();
        for (place, parameter) in self.parameters.iter().enumerate().rev() {
            let put = parameter.as_deref().map_or_else(|| "NULL".to_owned(), |parameter| value(place, parameter));
            sql = sql.replace(&format!("${}", place + 1), &put);
        }
        sql
    }
}

/// Begins to commit something that changes nothing, so often a second.
pub(super) fn committing(
    database: &Database,
    name: &str,
    commits: usize,
    seconds: u64,
    folder: &Path,
) -> Result<Child> {
    let file = folder.join("commit.sql");
    fs::write(&file, "SELECT pg_current_xact_id();\n").with_context(|| format!("cannot write {}", file.display()))?;
    let mut command = database.client("pgbench", name);
    command.args(["--no-vacuum", "--client", "1", "--rate", &commits.to_string(), "--time", &seconds.to_string()]);
    command.arg("--file").arg(file).stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().context("cannot run pgbench")
}

/// Makes pgbench's own tables.
pub(super) fn prepare(database: &Database) -> Result<()> {
    database.drop(ITS_OWN)?;
    database.execute("postgres", &format!("CREATE DATABASE {ITS_OWN}"))?;
    run::output(database.client("pgbench", ITS_OWN).args(["--initialize", "--scale", "10", "--quiet"])).map(drop)
}

/// Runs `pgbench -S`: one row by its key.
pub(super) fn select_only(database: &Database, seconds: u64) -> Result<f64> {
    rate(&run::output(command(database, ITS_OWN, seconds).arg("--select-only"))?)
}

fn command(database: &Database, name: &str, seconds: u64) -> std::process::Command {
    let mut command = database.client("pgbench", name);
    command.args(["--no-vacuum", "--protocol", "prepared", "--jobs", "2"]);
    command.args(["--client", &CONNECTIONS.to_string(), "--time", &seconds.to_string()]);
    command
}

/// `tps = 1234.5 (without initial connection time)` is 1234.5.
fn rate(said: &str) -> Result<f64> {
    let line = said.lines().find_map(|line| line.strip_prefix("tps = ")).context("pgbench tells its rate")?;
    line.split_whitespace().next().unwrap_or_default().parse().context("pgbench's rate is a number")
}

/// Buffers that these statements touch together.
pub(super) fn buffers(database: &Database, name: &str, statements: &[Statement]) -> Result<f64> {
    let literal = |_: usize, value: &str| format!("'{}'", value.replace('\'', "''"));
    let explained: Vec<String> = statements
        .iter()
        .filter(|statement| statement.sql.starts_with("SELECT"))
        .map(|statement| format!("EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {};", statement.with_values(literal)))
        .collect();
    let plans = database.query(name, &explained.join("\n"))?;
    let mut touched = 0.0;
    for plan in Deserializer::from_str(&plans).into_iter::<Value>() {
        let plan = plan.context("a plan is JSON")?;
        let count = |field: &str| plan.pointer(&format!("/0/Plan/{field}")).and_then(Value::as_f64).unwrap_or_default();
        touched += count("Shared Hit Blocks") + count("Shared Read Blocks");
    }
    Ok(touched)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_value_gets_its_place() {
        let parameters = (1..=11).map(|number| Some(number.to_string())).chain([None]).collect();
        let statement = Statement { sql: "SELECT $1, $11, $2, $12".to_owned(), parameters };
        assert_eq!(statement.with_values(|_, value| format!("'{value}'")), "SELECT '1', '11', '2', NULL");
        let scripts = Scripts::of_reads(&[vec![statement]]);
        assert_eq!(scripts.texts, ["SELECT :r0_0_0, :r0_0_10, :r0_0_1, NULL;\n"]);
        assert!(scripts.defined.contains(&("r0_0_10".to_owned(), "11".to_owned())));
    }

    #[test]
    fn the_rate_is_read() {
        let said = "latency average = 0.1 ms\ntps = 1234.500000 (without initial connection time)\n";
        assert_eq!(rate(said).unwrap(), 1234.5);
    }
}
