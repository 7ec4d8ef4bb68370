//! The mail port. Adapter so far: a folder of `.eml` files, for development.

use std::{error::Error, future::Future, path::PathBuf, pin::Pin, time::Duration};

use lettre::{
    AsyncFileTransport, AsyncTransport, Message, Tokio1Executor,
    message::header::{HeaderName, HeaderValue},
};
use tokio::{fs, time};

/// How long taking a mail may last. The job that waits for it holds a connection and its row.
const TAKEN_WITHIN: Duration = Duration::from_secs(30);

/// What tells machines that no person wrote it (RFC 3834), so that they do not answer: no holiday notices and no read
/// receipts. Exchange has to be told in its own words; that a mail could not be delivered, it shall still say.
const AUTOMATIC: [(HeaderName, &str); 2] = [
    (HeaderName::new_from_ascii_str("Auto-Submitted"), "auto-generated"),
    (HeaderName::new_from_ascii_str("X-Auto-Response-Suppress"), "DR, RN, NRN, OOF, AutoReply"),
];

/// Why a mail was not taken. Its text may name the recipient: for the log, not for other people.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// The adapter refused it.
    #[error("the mail was refused: {0}")]
    Refused(String),
    /// The adapter failed, perhaps for want of room.
    #[error("the mail was not taken")]
    Failed(#[source] Box<dyn Error + Send + Sync>),
    /// The adapter took too long.
    #[error("the mail was not taken within {TAKEN_WITHIN:?}")]
    Late,
}

/// A delivery under way.
pub type Delivery<'a> = Pin<Box<dyn Future<Output = Result<(), MailError>> + Send + 'a>>;

/// A look at whether mails can be taken.
pub type Check<'a> = Pin<Box<dyn Future<Output = Result<(), MailError>> + Send + 'a>>;

/// Takes mails. Called from jobs alone: at least once for each mail, after a crash perhaps twice, then with the same
/// `Message-ID`.
pub trait Mail: Send + Sync {
    /// Which adapter this is.
    fn adapter(&self) -> &'static str;

    /// Tells whether mails can be taken now.
    ///
    /// # Errors
    /// What is wrong.
    fn check(&self) -> Check<'_>;

    /// Takes a mail.
    ///
    /// # Errors
    /// When it was not taken; the caller tries again.
    fn deliver(&self, message: Message) -> Delivery<'_>;
}

/// Has a mail taken, in time or not at all. All mail of this service is automatic, and says so.
///
/// # Errors
/// When it was not taken; the caller tries again.
pub async fn deliver(mail: &dyn Mail, mut message: Message) -> Result<(), MailError> {
    for (name, value) in AUTOMATIC {
        message.headers_mut().insert_raw(HeaderValue::new(name, value.to_owned()));
    }
    time::timeout(TAKEN_WITHIN, mail.deliver(message)).await.map_err(|_| MailError::Late)?
}

/// Writes mails into a folder.
#[derive(Debug, Clone)]
pub struct FileMail {
    directory: PathBuf,
    transport: AsyncFileTransport<Tokio1Executor>,
}

impl FileMail {
    /// Into this folder, which is there already.
    #[must_use]
    pub fn new(directory: PathBuf) -> Self {
        let transport = AsyncFileTransport::<Tokio1Executor>::new(&directory);
        Self { directory, transport }
    }
}

impl Mail for FileMail {
    fn adapter(&self) -> &'static str {
        "file"
    }

    fn check(&self) -> Check<'_> {
        let is_there = fs::read_dir(&self.directory);
        Box::pin(async move { is_there.await.map(drop).map_err(|error| MailError::Refused(error.to_string())) })
    }

    fn deliver(&self, message: Message) -> Delivery<'_> {
        let sent = self.transport.send(message);
        Box::pin(async move { sent.await.map(drop).map_err(|error| MailError::Failed(error.into())) })
    }
}

/// Keeps mails in memory, for tests to read.
#[cfg(feature = "testing")]
#[derive(Debug, Clone, Default)]
pub struct MemoryMail {
    taken: std::sync::Arc<parking_lot::Mutex<Vec<Message>>>,
    refusing: std::sync::Arc<std::sync::atomic::AtomicBool>,
}

#[cfg(feature = "testing")]
impl MemoryMail {
    /// Takes everything out.
    #[must_use]
    pub fn take(&self) -> Vec<Message> {
        std::mem::take(&mut self.taken.lock())
    }

    /// From now on refuses, or takes, every mail.
    pub fn refuse(&self, refuse: bool) {
        self.refusing.store(refuse, std::sync::atomic::Ordering::SeqCst);
    }
}

#[cfg(feature = "testing")]
impl Mail for MemoryMail {
    fn adapter(&self) -> &'static str {
        "memory"
    }

    fn check(&self) -> Check<'_> {
        let refuses = self.refusing.load(std::sync::atomic::Ordering::SeqCst);
        let state = if refuses { Err(MailError::Refused("told to refuse".to_owned())) } else { Ok(()) };
        Box::pin(std::future::ready(state))
    }

    fn deliver(&self, message: Message) -> Delivery<'_> {
        Box::pin(async move {
            if self.refusing.load(std::sync::atomic::Ordering::SeqCst) {
                return Err(MailError::Refused("told to refuse".to_owned()));
            }
            self.taken.lock().push(message);
            Ok(())
        })
    }
}
