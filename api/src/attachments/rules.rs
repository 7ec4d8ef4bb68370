//! Who may fetch a file of something that he may see, and what it is called among others: pure decisions.

use std::collections::HashSet;

use openapi::{
    attachments::{ScanState, ShownState},
    ids::AccountId,
};

use super::{Error, File, SeesOriginals, Served};

/// What those who see what a file hangs on get of it: the copy that is shown, and the original for its uploader.
///
/// # Errors
/// [`Error::Unavailable`], [`Error::NotShown`] when nobody has looked at it yet or no copy of it can be made.
pub fn fetch(file: File, asker: Option<AccountId>) -> Result<Served, Error> {
    passes(&file, asker)?;
    let served = file.shown_to(asker);
    if served.state == ShownState::Ready { Ok(served) } else { Err(Error::NotShown { state: served.state }) }
}

/// The original of a file, for staff.
///
/// # Errors
/// [`Error::Unavailable`].
pub fn fetch_original(file: File, asker: AccountId, proof: &impl SeesOriginals) -> Result<Served, Error> {
    passes(&file, Some(asker))?;
    Ok(file.original(proof))
}

// A file that the virus scanner has not passed is for its uploader alone, one that it has refused for nobody.
fn passes(file: &File, asker: Option<AccountId>) -> Result<(), Error> {
    let state = file.scan_state;
    let own = asker == Some(file.uploaded_by) && state != ScanState::Infected;
    if own || state.is_available() { Ok(()) } else { Err(Error::Unavailable { state }) }
}

/// What a file is called in an archive: `0012-name.pdf`, as no other one is, whatever the system it is unpacked on.
#[must_use]
pub fn name_in_archive(number: i32, name: &str, taken: &mut HashSet<String>) -> String {
    let safe: String = name.chars().map(|character| if is_safe(character) { character } else { '_' }).collect();
    let (stem, ending) = safe.rsplit_once('.').unwrap_or((&safe, ""));
    let stem = stem.trim_end_matches(['.', ' ']);
    let names = (1..).map(|copy| match copy {
        1 => format!("{number:04}-{stem}.{ending}"),
        copy => format!("{number:04}-{stem} ({copy}).{ending}"),
    });
    // Some systems take names that differ in the case of their letters for one.
    let mut free = names.filter(|name| taken.insert(name.to_lowercase()));
    free.next().unwrap_or(safe)
}

fn is_safe(character: char) -> bool {
    !character.is_control() && !matches!(character, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|')
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use openapi::{attachments::FileType, ids::FileId};
    use uuid::Uuid;

    use super::*;

    fn file(scan_state: ScanState) -> File {
        File {
            id: FileId(Uuid::nil()),
            uploaded_by: AccountId(Uuid::nil()),
            name: "notat.pdf".to_owned(),
            file_type: FileType::Pdf,
            size: 1,
            sha256: Vec::new(),
            scan_state,
            created_at: DateTime::UNIX_EPOCH,
            shown_id: Some(FileId(Uuid::max())),
            shown_size: Some(2),
            shown_sha256: Some(vec![1; 32]),
            lost_at: None,
            shown_lost_at: None,
            shown_state: ShownState::Ready,
        }
    }

    #[test]
    fn the_original_is_its_uploaders_and_the_copy_everybody_elses() {
        let (own, other) = (Some(AccountId(Uuid::nil())), Some(AccountId(Uuid::max())));
        let gets = |asker| fetch(file(ScanState::Clean), asker).map(|served| (served.content, served.bytes())).unwrap();
        assert_eq!(gets(own), (FileId(Uuid::nil()), 1));
        for asker in [other, None] {
            assert_eq!(gets(asker), (FileId(Uuid::max()), 2));
        }
        let without = File { shown_id: None, shown_size: None, shown_sha256: None, ..file(ScanState::Clean) };
        assert_eq!(without.shown_to(None).into_wire().size, 1, "nothing in it names people");
    }

    #[test]
    fn what_nobody_has_looked_at_is_its_uploaders_alone() {
        let (own, other) = (Some(AccountId(Uuid::nil())), Some(AccountId(Uuid::max())));
        for shown_state in [ShownState::Waiting, ShownState::Refused, ShownState::Unknown] {
            let old =
                File { shown_state, shown_id: None, shown_size: None, shown_sha256: None, ..file(ScanState::Clean) };
            assert!(fetch(old.clone(), own).is_ok(), "{shown_state}");
            for asker in [other, None] {
                assert!(matches!(fetch(old.clone(), asker), Err(Error::NotShown { .. })), "{shown_state}");
                assert_eq!(old.clone().shown_to(asker).into_wire().shown_state, shown_state);
            }
        }
    }

    #[test]
    fn a_file_is_its_uploaders_alone_until_it_was_scanned() {
        let (own, other) = (Some(AccountId(Uuid::nil())), Some(AccountId(Uuid::max())));
        let may = |state, asker| fetch(file(state), asker).is_ok();
        for state in [ScanState::Clean, ScanState::NotScanned] {
            assert!(may(state, own) && may(state, other) && may(state, None), "{state}");
        }
        assert!(may(ScanState::Waiting, own) && !may(ScanState::Waiting, other) && !may(ScanState::Waiting, None));
        assert!(!may(ScanState::Infected, own) && !may(ScanState::Infected, other));
    }

    #[test]
    fn names_in_an_archive_are_safe_and_each_its_own() {
        let mut taken = HashSet::new();
        let mut name = |number, name| name_in_archive(number, name, &mut taken);
        assert_eq!(name(1, "Høringssvar.pdf"), "0001-Høringssvar.pdf");
        assert_eq!(name(1, "høringssvar.PDF"), "0001-høringssvar (2).PDF");
        assert_eq!(name(1, "Høringssvar.pdf"), "0001-Høringssvar (3).pdf");
        assert_eq!(name(12, "Høringssvar.pdf"), "0012-Høringssvar.pdf");
        assert_eq!(name(12345, "a:b?c*\"<d>|.txt"), "12345-a_b_c___d__.txt");
        assert_eq!(name(2, "con. .txt"), "0002-con.txt");
    }
}
