//! Links that are written in a field of Word.

#[cfg(test)]
mod tests;

use std::borrow::Cow;

use super::active::stands_before;
use crate::attachments::{
    cleaning::links::{Link, NOWHERE, is_seen, judge, judge_beginning},
    refusal::Refusal,
};

/// Bytes of one instruction. No program writes a hundredth of it.
const LONGEST: usize = 64 * 1024;

/// What makes a link, in fields and in formulas.
pub(super) const HYPERLINK: &str = "HYPERLINK";

/// The instruction of a field, as far as it was read. It comes in pieces, of which each is written before the next is read;
/// each sign is looked at once.
#[derive(Debug, Default)]
pub(super) struct Instruction {
    length: usize,
    within: Within,
    argument: Argument,
    /// A link was read that is not empty.
    has_link: bool,
    /// A link leads nowhere: what follows is not said.
    is_lost: bool,
    #[cfg(test)]
    judged: usize,
}

/// Where in an instruction the next sign stands.
#[derive(Debug)]
enum Within {
    /// In the field's name, or before it: how much of [`HYPERLINK`] was read, and whether a quotation mark was.
    Name(usize, bool),
    /// Where the name has ended that stands in quotation marks.
    NameEnd,
    /// Another field.
    Another,
    /// Between arguments.
    Between,
    /// Behind a backslash, which begins a switch or an argument.
    Backslash,
    Argument(Quote),
}

impl Default for Within {
    fn default() -> Self {
        Self::Name(0, false)
    }
}

/// How an argument ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Quote {
    None,
    Straight,
    Curly,
}

/// The argument that is read.
#[derive(Debug, Default)]
struct Argument {
    text: String,
    role: Role,
    /// Where in the piece that is read it begins, with its quotation mark.
    at: Option<usize>,
    has_colon: bool,
    has_backslash: bool,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Role {
    #[default]
    Link,
    /// A place in the document, words that are seen above the link, a window.
    Words,
    /// How the link looks.
    Format,
}

impl Instruction {
    /// Another field begins, or the one that was read has ended.
    ///
    /// # Errors
    /// As [`judge`].
    pub(super) fn end(&mut self) -> Result<(), Refusal> {
        if matches!(self.within, Within::Argument(Quote::None)) {
            self.is_lost_at_its_end()?;
        }
        *self = Self::default();
        Ok(())
    }

    /// What stands in the place of the next piece.
    ///
    /// # Errors
    /// As [`judge`]; [`Refusal::Damaged`] when it is endless.
    pub(super) fn said<'a>(&mut self, piece: &'a str) -> Result<Cow<'a, str>, Refusal> {
        self.length += piece.len();
        if self.length > LONGEST {
            return Err(Refusal::Damaged);
        }
        self.argument.at = None;
        let was_lost = self.is_lost;
        let mut said = Cow::Borrowed(piece);
        for (at, sign) in piece.char_indices() {
            if self.is_lost_with(at, sign)? && !self.is_lost {
                self.is_lost = true;
                said = Cow::Owned(match self.argument.at {
                    Some(at) => format!("{}\"{NOWHERE}\" ", piece.get(..at).unwrap_or_default()),
                    None => "\" ".to_owned(),
                });
            }
        }
        Ok(if was_lost { Cow::Borrowed("") } else { said })
    }

    /// Whether a link is lost with this sign.
    fn is_lost_with(&mut self, at: usize, sign: char) -> Result<bool, Refusal> {
        match self.within {
            Within::Another => {}
            Within::Name(0, _) if stands_before(sign) => self.within = Within::Name(0, is_quote(sign)),
            Within::Name(read, is_quoted) => {
                let is_next = HYPERLINK.chars().nth(read).is_some_and(|next| next.eq_ignore_ascii_case(&sign));
                self.within = match read + 1 {
                    _ if !is_next => Within::Another,
                    read if read < HYPERLINK.len() => Within::Name(read, is_quoted),
                    _ if is_quoted => Within::NameEnd,
                    _ => Within::Between,
                };
            }
            Within::NameEnd if is_quote(sign) => self.within = Within::Between,
            Within::NameEnd | Within::Between => self.begin(at, sign),
            Within::Backslash => match sign {
                'l' | 'L' | 'o' | 'O' | 't' | 'T' => self.switch(Role::Words),
                '*' | '@' | '#' => self.switch(Role::Format),
                _ if sign.is_ascii_alphabetic() => self.switch(Role::Link),
                _ => {
                    self.within = Within::Argument(Quote::None);
                    return self
                        .is_lost_as_it_goes_on('\\')
                        .and_then(|is_lost| Ok(self.is_lost_within(Quote::None, sign)? || is_lost));
                }
            },
            Within::Argument(quote) => return self.is_lost_within(quote, sign),
        }
        Ok(false)
    }

    /// Begins what comes behind the name and between arguments.
    fn begin(&mut self, at: usize, sign: char) {
        if !is_seen(sign) || sign.is_whitespace() {
            return;
        }
        self.argument = Argument { role: self.argument.role, at: Some(at), ..Argument::default() };
        self.within = match sign {
            '\\' => Within::Backslash,
            '"' => Within::Argument(Quote::Straight),
            sign if is_quote(sign) => Within::Argument(Quote::Curly),
            sign => {
                self.argument.text.push(sign);
                Within::Argument(Quote::None)
            }
        };
    }

    fn switch(&mut self, role: Role) {
        self.argument.role = role;
        self.within = Within::Between;
    }

    fn is_lost_within(&mut self, quote: Quote, sign: char) -> Result<bool, Refusal> {
        let ends = match quote {
            Quote::None => sign.is_whitespace(),
            Quote::Straight => sign == '"',
            Quote::Curly => is_quote(sign),
        };
        if !ends {
            return self.is_lost_as_it_goes_on(sign);
        }
        let is_lost = self.is_lost_at_its_end()?;
        self.within = Within::Between;
        self.argument.role = Role::Link;
        Ok(is_lost)
    }

    /// What a link begins with decides where it leads: it is judged when that is known, and not for each sign behind it.
    fn is_lost_as_it_goes_on(&mut self, sign: char) -> Result<bool, Refusal> {
        let argument = &mut self.argument;
        let is_first = argument.text.is_empty();
        argument.text.push(sign);
        let decides = match sign {
            ':' => !std::mem::replace(&mut argument.has_colon, true),
            '\\' => !std::mem::replace(&mut argument.has_backslash, true),
            '/' => is_first,
            _ => false,
        };
        if !decides || argument.role == Role::Words {
            return Ok(false);
        }
        self.is_lost(judge_beginning)
    }

    fn is_lost_at_its_end(&mut self) -> Result<bool, Refusal> {
        match self.argument.role {
            Role::Words => Ok(false),
            Role::Link if !self.has_link => {
                self.has_link = self.argument.text.contains(|sign| is_seen(sign) && !sign.is_whitespace());
                self.is_lost(judge)
            }
            Role::Link | Role::Format => self.is_lost(judge_beginning),
        }
    }

    fn is_lost(&mut self, judge: fn(&str) -> Result<Link, Refusal>) -> Result<bool, Refusal> {
        #[cfg(test)]
        {
            self.judged += self.argument.text.len();
        }
        // Backslashes are doubled there.
        Ok(judge(&self.argument.text.replace("\\\\", "\\"))? == Link::Lost)
    }
}

fn is_quote(sign: char) -> bool {
    matches!(sign, '"' | '“' | '”' | '„')
}
