//! Gathers the whole text of elements, in however many pieces XML has it: a word that is cut by a remark, written in
//! entities or put into CDATA is the same word to the program that opens the document.

use super::xml::Rules;
use crate::attachments::refusal::Refusal;

/// Bytes of one text. A formula may have 8,192 characters.
const LONGEST: usize = 64 * 1024;

/// Elements that are read and lie in each other. There is no reason for any.
const WITHIN_EACH_OTHER: usize = 8;

/// The elements that are read at this place of a part, the outermost first.
#[derive(Debug, Default)]
pub(super) struct Gathering(Vec<Gathered>);

#[derive(Debug)]
struct Gathered {
    /// Its name without prefix.
    element: String,
    depth: usize,
    /// What stands in it itself: a program may leave out elements that it does not know, with what is in them.
    own: String,
    /// That, and what stands in elements within: a program may leave out their beginnings and ends alone.
    all: String,
}

impl Gathering {
    /// Whether an element is read.
    pub(super) fn is_under_way(&self) -> bool {
        !self.0.is_empty()
    }

    /// The element so deep, when it is read.
    pub(super) fn read_at(&self, depth: usize) -> Option<&str> {
        self.0.last().filter(|gathered| gathered.depth == depth).map(|gathered| gathered.element.as_str())
    }

    /// An element that is read begins.
    ///
    /// # Errors
    /// [`Refusal::Damaged`] when too many are read already.
    pub(super) fn begin(&mut self, element: &str, depth: usize) -> Result<(), Refusal> {
        if self.0.len() >= WITHIN_EACH_OTHER {
            return Err(Refusal::Damaged);
        }
        self.0.push(Gathered { element: element.to_owned(), depth, own: String::new(), all: String::new() });
        Ok(())
    }

    /// Some text, in an element so deep.
    ///
    /// # Errors
    /// [`Refusal::Damaged`] when it is longer than any program reads.
    pub(super) fn add(&mut self, text: &str, depth: usize) -> Result<(), Refusal> {
        for gathered in &mut self.0 {
            if gathered.all.len() + text.len() > LONGEST {
                return Err(Refusal::Damaged);
            }
            gathered.all.push_str(text);
            if gathered.depth == depth {
                gathered.own.push_str(text);
            }
        }
        Ok(())
    }

    /// An element so deep ends: if it is read, the rules are told what stands in it.
    ///
    /// # Errors
    /// What the rules refuse.
    pub(super) fn end(&mut self, depth: usize, rules: &mut dyn Rules) -> Result<(), Refusal> {
        let Some(Gathered { element, own, all, .. }) = self.0.pop_if(|gathered| gathered.depth == depth) else {
            return Ok(());
        };
        rules.read(&element, &own)?;
        if all == own { Ok(()) } else { rules.read(&element, &all) }
    }
}
