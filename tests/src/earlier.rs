//! Databases as earlier versions left them, to bring up to date with what lies in them.

use std::{fs, path::PathBuf};

use crate::{Database, contract::repository};

impl Database {
    /// A new one with the tables as they were before a migration: `2026-11-27-000150`.
    pub async fn create_before(migration: &str) -> Self {
        let database = Self::create_empty().await;
        let owner = database.owner();
        let noted = "CREATE TABLE __diesel_schema_migrations (version varchar(50) PRIMARY KEY, \
                     run_on timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP)";
        owner.batch_execute(noted).await.unwrap();
        for folder in folders() {
            let name =
                folder.file_name().and_then(|name| name.to_str()).expect("a migration's name is text").to_owned();
            if name.as_str() >= migration {
                break;
            }
            let up = fs::read_to_string(folder.join("up.sql")).expect("each migration goes up");
            owner.batch_execute(&up).await.unwrap_or_else(|error| panic!("{name}: {error:?}"));
            let version = name.split('_').next().unwrap_or_default().replace('-', "");
            let note = "INSERT INTO __diesel_schema_migrations (version) VALUES ($1)";
            owner.execute(note, &[&version]).await.unwrap();
        }
        database
    }
}

/// The migrations' folders, in their order.
fn folders() -> Vec<PathBuf> {
    let folder = fs::read_dir(repository().join("migrations")).expect("the migrations are there");
    let mut folders: Vec<_> = folder.map(|entry| entry.expect("they can be listed").path()).collect();
    folders.sort();
    folders
}
