//! The statements that a request makes the server carry out, read from the database's log.

use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result};

use crate::bench::database::{Database, SERVICE};

/// A statement as it was carried out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Statement {
    pub(super) sql: String,
    /// The values of `$1`, `$2`, ... as text; `None` for NULL.
    pub(super) parameters: Vec<Option<String>>,
}

/// Has the log written while `each` is done to each thing, and gives the statements that each one took.
pub(super) fn of_each<T>(
    database: &Database,
    things: &[T],
    mut each: impl FnMut(&T) -> Result<()>,
) -> Result<Vec<Vec<Statement>>> {
    log_statements(database, "all")?;
    let recorded = things.iter().map(|thing| {
        let begin = File::open(database.log()?)?.metadata()?.len();
        each(thing)?;
        let mut log = File::open(database.log()?)?;
        log.seek(SeekFrom::Start(begin))?;
        let mut said = String::new();
        log.read_to_string(&mut said).context("the database's log is not text")?;
        Ok(parse(&said))
    });
    let recorded: Result<Vec<_>> = recorded.collect();
    log_statements(database, "none")?;
    recorded
}

fn log_statements(database: &Database, which: &str) -> Result<()> {
    database.execute("postgres", &format!("ALTER SYSTEM SET log_statement = '{which}'"))?;
    database.execute("postgres", "SELECT pg_reload_conf()")?;
    // The signal takes its time to reach everybody.
    thread::sleep(Duration::from_millis(300));
    Ok(())
}

/// Takes the service's statements out of a log whose lines begin with `<user> `.
fn parse(log: &str) -> Vec<Statement> {
    let mut statements: Vec<Statement> = Vec::new();
    // An entry of several lines goes on after a tab.
    for entry in log.replace("\n\t", "\u{0}").lines() {
        let entry = entry.replace('\u{0}', "\n");
        let Some(entry) = entry.strip_prefix(&format!("<{SERVICE}> ")) else { continue };
        if let Some(sql) = entry.strip_prefix("LOG:  statement: ") {
            statements.push(Statement { sql: sql.to_owned(), parameters: Vec::new() });
        } else if let Some((_, sql)) = entry.strip_prefix("LOG:  execute ").and_then(|named| named.split_once(": ")) {
            statements.push(Statement { sql: sql.to_owned(), parameters: Vec::new() });
        } else if let Some(values) = entry.strip_prefix("DETAIL:  parameters: ")
            && let Some(statement) = statements.last_mut()
        {
            statement.parameters = parameters(values);
        }
    }
    statements
}

/// Reads `$1 = 'it''s', $2 = NULL`.
fn parameters(mut text: &str) -> Vec<Option<String>> {
    let mut values = Vec::new();
    while let Some((_, value)) = text.split_once(" = ") {
        let Some(quoted) = value.strip_prefix('\'') else {
            values.push(None);
            text = value;
            continue;
        };
        let mut written = String::new();
        let mut rest = quoted;
        while let Some((part, behind)) = rest.split_once('\'') {
            written.push_str(part);
            rest = behind;
            match rest.strip_prefix('\'') {
                Some(behind) => {
                    written.push('\'');
                    rest = behind;
                }
                None => break,
            }
        }
        values.push(Some(written));
        text = rest;
    }
    values
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statements_are_read_with_their_values() {
        let log = "<agora_bench> LOG:  execute s1: SELECT 1 = $1, $2\n\
                   <agora_bench> DETAIL:  parameters: $1 = 'it''s $2 = ''x''', $2 = NULL, $3 = 'two\n\tlines'\n\
                   <agora_owner> LOG:  statement: SELECT 'somebody else'\n\
                   <agora_bench> LOG:  statement: COMMIT\n";
        let [select, commit] = parse(log).try_into().unwrap();
        assert_eq!(select.sql, "SELECT 1 = $1, $2");
        let values = [Some("it's $2 = 'x'"), None, Some("two\nlines")].map(|value| value.map(ToOwned::to_owned));
        assert_eq!(select.parameters, values);
        assert_eq!(commit, Statement { sql: "COMMIT".to_owned(), parameters: Vec::new() });
    }
}
