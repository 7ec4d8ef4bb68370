//! How long and how many: one list that the forms, the server and the document share. Texts are counted in characters.

/// A hearing's title.
pub const TITLE: usize = 120;
/// A hearing's summary.
pub const SUMMARY: usize = 500;
/// A section's title.
pub const SECTION_TITLE: usize = 120;
/// A section's text, in Markdown.
pub const SECTION_BODY: usize = 50_000;
/// All of a hearing's sections together.
pub const HEARING_BODY: usize = 400_000;
/// Sections in one hearing.
pub const SECTIONS: usize = 50;
/// Each of a contact person's name, department, e-mail and phone.
pub const CONTACT_FIELD: usize = 200;
/// An answer's text.
pub const ANSWER: usize = 50_000;
/// An answer to one section.
pub const SECTION_ANSWER: usize = 20_000;
/// An answer with all its answers to sections.
pub const WHOLE_ANSWER: usize = 100_000;
/// Whom an answer is given on behalf of.
pub const ON_BEHALF_OF: usize = 200;
/// A conclusion, in Markdown.
pub const CONCLUSION: usize = 50_000;
/// A file's name.
pub const FILE_NAME: usize = 200;
/// Documents of one hearing.
pub const DOCUMENTS: usize = 50;
/// A document's title.
pub const DOCUMENT_TITLE: usize = 200;
/// The words that stand for a hearing's image.
pub const ALTERNATIVE_TEXT: usize = 300;
/// Files of one answer, unless the installation says otherwise.
pub const ATTACHMENTS: usize = 10;
/// Why something was decided.
pub const REASON: usize = 500;
/// Mebibytes of one file, unless the installation says otherwise.
pub const ATTACHMENT_MEBIBYTES: u64 = 10;
/// Millions of pixels of one image.
pub const IMAGE_MEGAPIXELS: u64 = 50;
/// Pixels in a row that can be asked for of a hearing's image.
pub const IMAGE_WIDTH: u16 = 10_000;
/// A search text.
pub const SEARCH: usize = 200;
/// A user name or a password of a built-in account.
pub const CREDENTIAL: usize = 200;
/// An `Idempotency-Key`.
pub const IDEMPOTENCY_KEY: usize = 100;
/// Rows of a list when the caller does not say.
pub const PAGE_DEFAULT: u16 = 20;
/// Rows of a list at the most.
pub const PAGE_MAXIMUM: u16 = 100;
/// Values of one filter in one request.
pub const FILTER_VALUES: usize = 20;
/// The first year a hearing's dates may lie in.
pub const FIRST_YEAR: i32 = 2000;
/// The last year a hearing's dates may lie in: so far the table of time zones knows when the clocks change.
pub const LAST_YEAR: i32 = 2099;
