//! Which files a page takes: what is wrong with one is said before any of it is sent. The server checks the same, and what
//! only the content can tell.

use openapi::{
    attachments::{FileType, validate_name},
    client::Error,
    problem::{Problem, ProblemCode},
    text,
    validation::FieldErrors,
};

/// Which files are taken.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FileRules {
    /// How many at the most.
    pub files: usize,
    /// Bytes that each may have.
    pub bytes: u64,
    /// The kinds.
    pub types: &'static [FileType],
    /// Whether a new one takes the place of the one that is there.
    pub replacing: bool,
}

impl FileRules {
    /// What the file input is told: `.pdf,.docx`.
    pub fn accept(&self) -> String {
        let endings = self.types.iter().flat_map(|kind| kind.extensions()).map(|ending| format!(".{ending}"));
        endings.collect::<Vec<_>>().join(",")
    }

    /// Passes a file that is worth sending, when so many are there already.
    ///
    /// # Errors
    /// What the server would say.
    pub fn check(&self, name: &str, bytes: u64, present: usize) -> Result<(), Error> {
        let name = text::name(name);
        validate_name(&name).map_err(invalid)?;
        if !FileType::of_name(&name).is_some_and(|kind| self.types.contains(&kind)) {
            return Err(refused(ProblemCode::AttachmentType));
        }
        if bytes == 0 {
            return Err(refused(ProblemCode::AttachmentEmpty));
        }
        if bytes > self.bytes {
            return Err(refused(ProblemCode::AttachmentTooLarge));
        }
        if present >= self.files && !self.replacing {
            return Err(refused(ProblemCode::AttachmentTooMany));
        }
        Ok(())
    }
}

fn refused(code: ProblemCode) -> Error {
    Error::Problem(Box::new(Problem::new(code)))
}

fn invalid(FieldErrors(errors): FieldErrors) -> Error {
    Error::Problem(Box::new(Problem { errors, ..Problem::new(ProblemCode::RequestInvalid) }))
}

/// Whether the same file may be taken when it is sent again: it is not the file that was wrong.
pub fn may_pass_next_time(error: &Error) -> bool {
    use ProblemCode::{AttachmentCutOff, RateLimited, SessionRequired, Timeout};
    match error.problem() {
        Some(problem) => {
            let passing = [AttachmentCutOff, RateLimited, SessionRequired, Timeout];
            problem.status >= 500 || passing.contains(&problem.code)
        }
        None => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULES: FileRules = FileRules { files: 2, bytes: 100, types: FileType::ALL, replacing: false };

    #[test]
    fn a_file_is_refused_for_what_is_wrong_with_it() {
        assert_eq!(RULES.check("Høringssvar.pdf", 100, 1), Ok(()));
        assert_eq!(RULES.check("Ho\u{308}ringssvar\u{200B}.pdf\u{200B}", 100, 1), Ok(()), "the server cleans the name");
        for (name, bytes, present, code) in [
            ("virus.exe", 1, 0, ProblemCode::AttachmentType),
            ("tom.pdf", 0, 0, ProblemCode::AttachmentEmpty),
            ("stor.pdf", 101, 0, ProblemCode::AttachmentTooLarge),
            ("tredje.pdf", 1, 2, ProblemCode::AttachmentTooMany),
            ("../op.pdf", 1, 0, ProblemCode::RequestInvalid),
        ] {
            let error = RULES.check(name, bytes, present).unwrap_err();
            assert!(error.is(code), "{name}: {error:?}");
            assert!(!may_pass_next_time(&error), "{name}");
        }
    }

    #[test]
    fn a_picture_takes_the_place_of_the_last_one() {
        let image = FileRules { files: 1, types: FileType::IMAGES, replacing: true, ..RULES };
        assert_eq!(image.check("havn.png", 1, 1), Ok(()));
        assert!(image.check("havn.pdf", 1, 0).unwrap_err().is(ProblemCode::AttachmentType));
        assert_eq!(image.accept(), ".png,.jpg,.jpeg");
    }

    #[test]
    fn what_was_not_the_files_fault_can_be_tried_again() {
        assert!(may_pass_next_time(&Error::Unreachable("no network".to_owned())));
        assert!(may_pass_next_time(&refused(ProblemCode::AttachmentCutOff)));
        assert!(!may_pass_next_time(&refused(ProblemCode::AttachmentMislabelled)));
    }
}
