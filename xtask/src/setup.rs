//! Finds out what this machine lacks, says so, and installs it.

mod install;
mod needs;

use std::fmt;

use anyhow::Result;

use crate::setup::needs::{NEEDS, Need, Remedy};

/// What the machine is wanted for. Each purpose includes those before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum For {
    /// Building the page.
    Building,
    /// Running Agora with a database of its own.
    Demo,
    /// Proving everything, in a real browser too.
    Tests,
    /// Measuring it.
    Bench,
}

/// Something is missing that this program cannot install. Its text says what and how.
#[derive(Debug)]
pub(crate) struct NeedsYou(pub(crate) String);

impl fmt::Display for NeedsYou {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for NeedsYou {}

/// Makes the machine ready for a purpose. When nothing is missing it says nothing and takes a fraction of a second.
pub(crate) fn run(purpose: For) -> Result<()> {
    let missing: Vec<&Need> = NEEDS.iter().filter(|need| need.from <= purpose && !(need.is_there)()).collect();
    if missing.is_empty() {
        return Ok(());
    }
    println!("Missing on this machine:");
    for need in &missing {
        println!("  {}, because {}", need.what, need.why);
    }
    let plan = install::plan(&missing)?;
    println!("Installing it now:");
    plan.carry_out()?;
    match missing.iter().find(|need| !(need.is_there)()) {
        None => Ok(()),
        Some(need) => Err(NeedsYou(format!(
            "{} is still missing although its installation ended well. {}",
            need.what,
            need.remedy.by_hand()
        ))
        .into()),
    }
}

impl Remedy {
    /// What somebody does whose system this program does not know.
    fn by_hand(&self) -> String {
        match self {
            Self::Yours(advice) => (*advice).to_owned(),
            Self::Rustup(arguments) => format!("With rustup: rustup {}", arguments.join(" ")),
            Self::Npm(folder) => format!("In {folder}/: npm ci"),
            Self::Python => "cargo xtask setup".to_owned(),
            Self::System { debian, others } => {
                format!("Debian, Ubuntu: apt-get install {}. {others}", debian.join(" "))
            }
        }
    }
}
