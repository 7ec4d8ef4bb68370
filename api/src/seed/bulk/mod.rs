//! Made-up data in bulk, to measure with: hearings, people and answers like the demonstration's, in every status, some
//! with thousands of answers and most with a few.

mod casting;
mod spread;
mod themes;

use chrono::{DateTime, Utc};
use clap::ValueEnum;
use diesel_async::AsyncConnection;

use super::{Error, answers, hearings, history, is_begun, people};
use crate::db::Connection;

/// How many hearings are written at a time.
const AT_A_TIME: usize = 250;

/// The data sets that figures are given for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Size {
    /// 500 hearings, 60,000 answers.
    Small,
    /// 20,000 hearings, 1,000,000 answers.
    Large,
}

impl Size {
    /// How much that is.
    #[must_use]
    pub fn extent(self) -> Extent {
        match self {
            Self::Small => Extent { hearings: 500, answers: 60_000, colleagues: 8_000, years: 2 },
            Self::Large => Extent { hearings: 20_000, answers: 1_000_000, colleagues: 20_000, years: 8 },
        }
    }
}

/// How much is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Extent {
    /// Hearings.
    pub hearings: usize,
    /// Answers to all of them.
    pub answers: usize,
    /// People who answer; who answers a hearing does so once.
    pub colleagues: usize,
    /// Years that the oldest hearing lies back.
    pub years: i64,
}

/// How much has been written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Progress {
    /// Hearings so far.
    pub hearings: usize,
    /// Answers so far.
    pub answers: usize,
}

/// Writes data in bulk, in one transaction, and tells now and then how far it is. Where there are hearings already it
/// adds to them only if it `may_add`.
///
/// # Errors
/// [`Error::NotEmpty`], and as the demonstration.
pub async fn bulk(
    conn: &mut Connection,
    extent: Extent,
    may_add: bool,
    now: DateTime<Utc>,
    mut tell: impl FnMut(Progress) + Send,
) -> Result<(), Error> {
    conn.transaction(async |conn| {
        if is_begun(conn).await? && !may_add {
            return Err(Error::NotEmpty);
        }
        let town = people::write(conn, extent.colleagues, now).await?;
        let themes = themes::all();
        let cases = casting::cases(extent, &town, &themes);
        let mut progress = Progress::default();
        for part in cases.chunks(AT_A_TIME) {
            let written = hearings::write(conn, part, now).await?;
            answers::write(conn, &town, &written, now).await?;
            history::write(conn, &written).await?;
            history::pass_boundaries(conn, &written, now).await?;
            progress.hearings += part.len();
            progress.answers += part.iter().map(|case| case.authors.len()).sum::<usize>();
            tell(progress);
        }
        Ok(())
    })
    .await
}

/// Texts of hearings, for the test that the contract takes them.
#[cfg(test)]
pub(super) fn some_texts() -> Vec<(String, super::markdown::Parts)> {
    use super::dice::Dice;
    let themes = themes::all();
    let text = |number| {
        let name = format!("text {number}");
        let mut dice = Dice::new(&name);
        let text = themes::Theme::pick(&themes, &mut dice).unwrap().text("Børn og Unge", &mut dice);
        (name, text)
    };
    (0..500).map(text).collect()
}
