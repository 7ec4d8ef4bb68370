//! The table at the end, and the same as JSON.

use std::fmt;

use serde::Serialize;

/// What is measured, in the order in which it was.
#[derive(Debug, Default, Serialize)]
pub(super) struct Report {
    rows: Vec<Row>,
}

/// One line of the table.
#[derive(Debug, Default, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Row {
    /// What was measured.
    pub(super) what: String,
    /// What came out.
    pub(super) figure: String,
    /// Half of the answers took no longer, in microseconds.
    pub(super) p50: Option<f64>,
    /// Of a hundred answers 99 took no longer, in microseconds.
    pub(super) p99: Option<f64>,
    /// Microseconds of processor time a request: of the server, and of the database.
    pub(super) cpu: Option<(f64, f64)>,
    /// Statements a request.
    pub(super) statements: Option<f64>,
    /// Buffers that a request's statements touch.
    pub(super) buffers: Option<f64>,
    /// What it was measured beside, and what that reached.
    pub(super) beside: String,
    /// What the bar is about: the ratio of the two where there is one, else the figure.
    pub(super) judged: f64,
    pub(super) bar: Option<Bar>,
}

/// What `judged` has to reach.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) enum Bar {
    AtLeast(f64),
    AtMost(f64),
}

impl Bar {
    fn is_met(self, value: f64) -> bool {
        match self {
            Self::AtLeast(bar) => value >= bar,
            Self::AtMost(bar) => value <= bar,
        }
    }
}

impl fmt::Display for Bar {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AtLeast(bar) => write!(formatter, "≥ {bar}"),
            Self::AtMost(bar) => write!(formatter, "≤ {bar}"),
        }
    }
}

const HEADINGS: [&str; 10] =
    ["What", "Figure", "p50 ms", "p99 ms", "CPU µs", "Statements", "Buffers", "Beside", "Ratio", "Bar"];

impl Row {
    /// A figure that is judged by itself.
    pub(super) fn figure(what: &str, value: f64, unit: &str, bar: Bar) -> Self {
        let figure = format!("{} {unit}", rounded(value));
        Self { what: what.to_owned(), figure, judged: value, bar: Some(bar), ..Self::default() }
    }

    fn cells(&self) -> [String; 10] {
        let milliseconds =
            |value: Option<f64>| value.map(|value| format!("{:.2}", value / 1_000.0)).unwrap_or_default();
        let number = |value: Option<f64>| value.map(rounded).unwrap_or_default();
        let verdict = self.bar.map(|bar| format!("{bar} {}", if bar.is_met(self.judged) { "met" } else { "NOT MET" }));
        [
            self.what.clone(),
            self.figure.clone(),
            milliseconds(self.p50),
            milliseconds(self.p99),
            self.cpu.map(|(server, database)| format!("{server:.0} + {database:.0}")).unwrap_or_default(),
            number(self.statements),
            number(self.buffers),
            self.beside.clone(),
            if self.beside.is_empty() { String::new() } else { rounded(self.judged) },
            verdict.unwrap_or_default(),
        ]
    }
}

impl Report {
    /// Adds a row and shows it at once: a run takes minutes.
    pub(super) fn add(&mut self, row: Row) {
        let verdict = row.cells();
        println!("  {}", verdict.iter().filter(|cell| !cell.is_empty()).cloned().collect::<Vec<_>>().join("  "));
        self.rows.push(row);
    }
}

impl fmt::Display for Report {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let cells: Vec<[String; 10]> =
            [HEADINGS.map(ToOwned::to_owned)].into_iter().chain(self.rows.iter().map(Row::cells)).collect();
        let width =
            |column: usize| cells.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max();
        for row in &cells {
            for (column, cell) in row.iter().enumerate() {
                write!(formatter, "{cell:width$}  ", width = width(column).unwrap_or_default())?;
            }
            writeln!(formatter)?;
        }
        Ok(())
    }
}

/// As many digits as tell something.
fn rounded(value: f64) -> String {
    match value {
        value if value.fract() == 0.0 || value >= 1_000.0 => format!("{value:.0}"),
        value if value >= 10.0 => format!("{value:.1}"),
        value => format!("{value:.2}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_is_met_or_not() {
        let mut report = Report::default();
        report.add(Row::figure("memory", 84.21, "MiB", Bar::AtMost(150.0)));
        report.add(Row::figure("score", 89.0, "points", Bar::AtLeast(90.0)));
        let table = report.to_string();
        let lines: Vec<&str> = table.lines().map(str::trim_end).collect();
        assert!(lines[1].starts_with("memory  84.2 MiB") && lines[1].ends_with("≤ 150 met"), "{table}");
        assert!(lines[2].ends_with("≥ 90 NOT MET"), "{table}");
    }
}
