//! `agora account`: a built-in account, for places without an identity provider.

use std::io::{IsTerminal, Read};

use anyhow::{Context, bail};
use clap::Args;
use openapi::{session::GlobalRole, text::looks_like_email};

use super::{NeedsFixing, runtime};
use crate::{
    clock::Clock,
    db::Address,
    login::{Person, upsert_account},
    secret::Secret,
};

/// What `agora account` can be told. The password comes on standard input, so that no list of processes shows it.
#[derive(Debug, Args)]
pub(super) struct Account {
    /// PostgreSQL, as the role the service runs as.
    #[arg(long, env = "AGORA_DATABASE_URL", hide_env_values = true)]
    database_url: Option<Secret>,
    /// User name.
    #[arg(long)]
    username: String,
    /// Full name.
    #[arg(long)]
    name: String,
    /// E-mail address; an account with the same one is changed instead of made.
    #[arg(long)]
    email: String,
    /// Department.
    #[arg(long)]
    department: Option<String>,
    /// A role that holds everywhere: administrator, hearing_creator or auditor. Can be given several times.
    #[arg(long = "role")]
    roles: Vec<GlobalRole>,
}

impl Account {
    pub(super) fn run(self) -> anyhow::Result<()> {
        let Some(url) = self.database_url else {
            return Err(NeedsFixing("AGORA_DATABASE_URL is missing".to_owned()).into());
        };
        let database =
            Address::parse(url.expose()).map_err(|error| NeedsFixing(format!("AGORA_DATABASE_URL: {error}")))?;
        if !looks_like_email(&self.email) {
            bail!("{} is no e-mail address", self.email);
        }
        let person = Person {
            name: self.name,
            email: self.email,
            department: self.department,
            username: self.username,
            password: read_password()?,
            roles: self.roles,
        };
        runtime()?.block_on(async {
            let mut conn = database.establish().await.context("the database does not answer")?;
            upsert_account(&mut conn, &person, Clock::default().now()).await?;
            println!("{} can log in as {}.", person.name, person.username);
            Ok(())
        })
    }
}

fn read_password() -> anyhow::Result<String> {
    if std::io::stdin().is_terminal() {
        println!("Type the password, then Enter and Ctrl-D:");
    }
    let mut password = String::new();
    std::io::stdin().read_to_string(&mut password).context("the password cannot be read")?;
    let password = password.trim_end_matches(['\r', '\n']).to_owned();
    if password.chars().count() < 12 {
        bail!("the password needs at least 12 characters");
    }
    Ok(password)
}
