//! Where files are kept, and how many and how large they may be.

use std::{
    env,
    path::{Path, PathBuf},
    sync::Arc,
};

use clap::{Args, builder::RangedU64ValueParser};
use openapi::limits;
use url::Url;

use super::check::{is_this_machine, secret};
use crate::{
    ports::files::{Bucket, FileStore, LocalFiles, S3Files},
    secret::Secret,
};

/// What a place in an S3-compatible store begins with.
const S3: &str = "s3://";

const MEBIBYTE: u64 = 1024 * 1024;

/// How often the files that one answer may have fit into what may lie unsent, unless the installation says otherwise.
const USUAL_ANSWERS: u64 = 10;

/// Files.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Files")]
pub struct FilesConfig {
    /// Where files are kept: a folder that all servers share, or `s3://bucket/prefix` in an S3-compatible store.
    #[arg(long, env = "AGORA_FILES")]
    pub files: Option<String>,
    /// The S3-compatible store's address: `https://s3.example.dk`.
    #[arg(long, env = "AGORA_FILES_ENDPOINT")]
    pub files_endpoint: Option<Url>,
    /// The region that requests to the S3-compatible store are signed for.
    #[arg(long, env = "AGORA_FILES_REGION", default_value = "us-east-1")]
    pub files_region: String,
    /// The access key of the S3-compatible store.
    #[arg(long, env = "AGORA_FILES_ACCESS_KEY")]
    pub files_access_key: Option<String>,
    /// The secret key of the S3-compatible store.
    #[arg(long, env = "AGORA_FILES_SECRET_KEY", hide_env_values = true)]
    pub files_secret_key: Option<Secret>,
    /// A file that holds the secret key of the S3-compatible store, instead of the key itself.
    #[arg(long, env = "AGORA_FILES_SECRET_KEY_FILE")]
    pub files_secret_key_file: Option<PathBuf>,
    /// A folder of this machine for uploads on their way to the S3-compatible store; by default the one for temporary
    /// files.
    #[arg(long, env = "AGORA_FILES_INCOMING")]
    pub files_incoming: Option<PathBuf>,
    /// MiB that a file may have.
    #[arg(long, env = "AGORA_ATTACHMENT_SIZE", default_value_t = limits::ATTACHMENT_MEBIBYTES, value_parser = up_to(4096))]
    pub attachment_size: u64,
    /// Files that an answer may have.
    #[arg(long, env = "AGORA_ATTACHMENTS", default_value_t = limits::ATTACHMENTS as u64, value_parser = up_to(100))]
    pub attachments: u64,
    /// MiB that may be stored of files which one person has uploaded and not sent: those of unsent answers, and those that
    /// belong to nothing yet or any more. Copies that are shown count too. Holds for every upload; what was sent or
    /// published does not count. By default ten times what the files of one answer may have.
    #[arg(long, env = "AGORA_UNSENT_FILES", value_parser = up_to(1_048_576))]
    pub unsent_files: Option<u64>,
}

/// How many files an answer may have, how large one may be, and how much of one person's may lie here unsent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileLimits {
    /// Files of one answer.
    pub files: usize,
    /// Bytes of one file.
    pub bytes: u64,
    /// Bytes of all files that one person has uploaded and that belong to nothing sent or published, with the copies of
    /// them that are shown.
    pub unsent: u64,
}

fn up_to(most: u64) -> RangedU64ValueParser {
    RangedU64ValueParser::new().range(1..=most)
}

impl FilesConfig {
    /// How many files an answer may have, how large one may be, and how much may lie unsent.
    #[must_use]
    pub fn limits(&self) -> FileLimits {
        FileLimits {
            files: usize::try_from(self.attachments).unwrap_or(usize::MAX),
            bytes: self.attachment_size * MEBIBYTE,
            unsent: self.unsent_files.unwrap_or(USUAL_ANSWERS * self.whole_answer()) * MEBIBYTE,
        }
    }

    /// MiB that one answer may have.
    fn whole_answer(&self) -> u64 {
        self.attachment_size * self.attachments
    }

    /// What is wrong with the limits together, in plain words.
    pub(super) fn contradiction(&self) -> Option<String> {
        // Of each file a copy may be stored that is shown.
        let stored = 2 * self.whole_answer();
        let unsent = self.unsent_files.filter(|unsent| *unsent < stored)?;
        let (files, size) = (self.attachments, self.attachment_size);
        Some(format!(
            "is {unsent}, and one answer may have {files} files of {size} MiB, each with a copy: it needs at least {stored}"
        ))
    }

    /// The folder that files are kept in, unless they are kept elsewhere.
    pub(crate) fn folder(&self) -> Option<&str> {
        self.files.as_deref().filter(|place| !place.is_empty() && !place.starts_with(S3))
    }

    /// Where files are kept, or the variable to change and what is wrong with it.
    pub(crate) fn place(&self) -> Result<FilesPlace, (&'static str, String)> {
        let Some(place) = self.files.as_deref().filter(|place| !place.is_empty()) else {
            return Err(("AGORA_FILES", "is missing: a folder for files, or s3://bucket".to_owned()));
        };
        match place.strip_prefix(S3) {
            Some(rest) => self.bucket(rest).map(FilesPlace::Bucket),
            None => folder(Path::new(place)).map(FilesPlace::Folder),
        }
    }

    fn bucket(&self, place: &str) -> Result<Bucket, (&'static str, String)> {
        let (name, prefix) = place.split_once('/').unwrap_or((place, ""));
        if name.is_empty() || prefix.split('/').any(|part| part == "." || part == "..") {
            return Err(("AGORA_FILES", "names no bucket: s3://bucket, or s3://bucket/prefix".to_owned()));
        }
        let needed = |variable| (variable, "is missing: AGORA_FILES names an S3-compatible store".to_owned());
        let endpoint = self.files_endpoint.clone().ok_or_else(|| needed("AGORA_FILES_ENDPOINT"))?;
        if endpoint.scheme() != "https" && !is_this_machine(&endpoint) {
            return Err(("AGORA_FILES_ENDPOINT", "is not encrypted: files would be read along. Use https".to_owned()));
        }
        let secret_key = secret(&self.files_secret_key, &self.files_secret_key_file)
            .map_err(|reason| ("AGORA_FILES_SECRET_KEY_FILE", reason))?;
        let prefix = prefix.trim_end_matches('/');
        Ok(Bucket {
            endpoint,
            region: self.files_region.clone(),
            name: name.to_owned(),
            prefix: if prefix.is_empty() { String::new() } else { format!("{prefix}/") },
            access_key: self.files_access_key.clone().ok_or_else(|| needed("AGORA_FILES_ACCESS_KEY"))?,
            secret_key: secret_key.ok_or_else(|| needed("AGORA_FILES_SECRET_KEY"))?,
            incoming: self.files_incoming.clone().unwrap_or_else(env::temp_dir),
        })
    }
}

fn folder(path: &Path) -> Result<PathBuf, (&'static str, String)> {
    match LocalFiles::open(path) {
        Ok(_) => Ok(path.to_owned()),
        Err(error) => Err(("AGORA_FILES", format!("{} cannot be used ({error})", path.display()))),
    }
}

/// Where files are kept.
#[derive(Debug, Clone)]
pub enum FilesPlace {
    /// In a folder.
    Folder(PathBuf),
    /// In an S3-compatible store.
    Bucket(Bucket),
}

impl FilesPlace {
    /// The store there. Connects to nothing yet.
    ///
    /// # Errors
    /// When the folder cannot be made, or the store's address is none.
    pub fn open(self) -> anyhow::Result<Arc<dyn FileStore>> {
        Ok(match self {
            Self::Folder(folder) => Arc::new(LocalFiles::open(&folder)?),
            Self::Bucket(bucket) => Arc::new(S3Files::new(bucket)?),
        })
    }
}

#[cfg(test)]
mod tests {
    use clap::{Command, FromArgMatches};

    use super::*;

    fn place(arguments: &[&str]) -> Result<FilesPlace, &'static str> {
        let command = FilesConfig::augment_args(Command::new("test").no_binary_name(true));
        let matches = command.try_get_matches_from(arguments).unwrap();
        FilesConfig::from_arg_matches(&matches).unwrap().place().map_err(|(variable, _)| variable)
    }

    #[test]
    fn the_quota_holds_a_whole_answer() {
        let contradiction = |arguments: &[&str]| {
            let command = FilesConfig::augment_args(Command::new("test").no_binary_name(true));
            let matches = command.try_get_matches_from(arguments).unwrap();
            FilesConfig::from_arg_matches(&matches).unwrap().contradiction()
        };
        assert_eq!(contradiction(&[]), None);
        assert_eq!(contradiction(&["--unsent-files", "200"]), None);
        let said = contradiction(&["--unsent-files", "199"]).unwrap();
        assert_eq!(said, "is 199, and one answer may have 10 files of 10 MiB, each with a copy: it needs at least 200");
    }

    #[test]
    fn a_bucket_needs_an_encrypted_address_and_keys() {
        let whole = ["--files-endpoint", "https://s3.example.dk", "--files-access-key", "a", "--files-secret-key", "s"];
        let with = |files| place(&[&["--files", files], &whole[..]].concat());
        let Ok(FilesPlace::Bucket(bucket)) = with("s3://hearings/agora/") else { panic!("a bucket") };
        assert_eq!((bucket.name.as_str(), bucket.prefix.as_str()), ("hearings", "agora/"));
        let Ok(FilesPlace::Bucket(bucket)) = with("s3://hearings") else { panic!("a bucket") };
        assert_eq!(bucket.prefix, "");
        for wrong in ["", "s3://", "s3:///agora", "s3://hearings/../others"] {
            assert_eq!(with(wrong).err(), Some("AGORA_FILES"), "{wrong}");
        }
        let missing = |count| place(&[&["--files", "s3://hearings"], &whole[..count]].concat()).err();
        assert_eq!(missing(0), Some("AGORA_FILES_ENDPOINT"));
        assert_eq!(missing(2), Some("AGORA_FILES_ACCESS_KEY"));
        assert_eq!(missing(4), Some("AGORA_FILES_SECRET_KEY"));
        let open = ["--files", "s3://hearings", "--files-endpoint", "http://s3.example.dk"];
        assert_eq!(place(&open).err(), Some("AGORA_FILES_ENDPOINT"));
    }
}
