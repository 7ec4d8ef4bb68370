//! What was mailed, readable.

use api::ports::mail::MemoryMail;

/// The mailbox of everybody: takes what the service mails.
#[derive(Debug, Clone, Default)]
pub struct Mailbox(MemoryMail);

/// A mail as its reader sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    /// The recipients' addresses.
    pub to: Vec<String>,
    /// The subject.
    pub subject: String,
    /// The text.
    pub text: String,
    /// What makes a repeat known for one.
    pub message_id: String,
    /// Everything as it goes over the wire, encoded.
    pub raw: String,
}

impl Mailbox {
    pub(crate) fn adapter(&self) -> MemoryMail {
        self.0.clone()
    }

    /// Takes everything out.
    #[must_use]
    pub fn take(&self) -> Vec<Mail> {
        let read = |message: lettre::Message| {
            let header = |name| message.headers().get_raw(name).unwrap_or_default().to_owned();
            // Whatever the mail is about: nobody's holiday notice shall come back.
            assert_eq!(header("Auto-Submitted"), "auto-generated", "{message:?}");
            assert_eq!(header("X-Auto-Response-Suppress"), "DR, RN, NRN, OOF, AutoReply", "{message:?}");
            let raw = String::from_utf8(message.formatted()).expect("a mail is text");
            let (_, body) = raw.split_once("\r\n\r\n").expect("a mail has a body");
            let text = match header("Content-Transfer-Encoding").as_str() {
                "quoted-printable" => unquoted(body),
                "7bit" => body.to_owned(),
                other => panic!("nobody has taught the tests to read {other}"),
            };
            Mail {
                to: message.envelope().to().iter().map(ToString::to_string).collect(),
                subject: header("Subject"),
                text: text.replace("\r\n", "\n"),
                message_id: header("Message-ID"),
                raw: raw.clone(),
            }
        };
        self.0.take().into_iter().map(read).collect()
    }

    /// From now on refuses, or takes, every mail.
    pub fn refuse(&self, refuse: bool) {
        self.0.refuse(refuse);
    }
}

fn unquoted(text: &str) -> String {
    let joined = text.replace("=\r\n", "");
    let mut bytes = Vec::with_capacity(joined.len());
    let mut rest = joined.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        if byte == b'=' {
            let (hex, after) = rest.split_at(2);
            let hex = std::str::from_utf8(hex).expect("ASCII");
            bytes.push(u8::from_str_radix(hex, 16).expect("two hexadecimal digits"));
            rest = after;
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).expect("a mail's text is UTF-8")
}
