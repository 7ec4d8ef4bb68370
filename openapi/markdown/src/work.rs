//! What it costs to read a text, counted for the test that it grows with the text and no faster: bytes that are looked at
//! or written, and events of the parser. Outside of tests nothing is counted.

#[cfg(test)]
use std::cell::Cell;

#[cfg(test)]
thread_local! {
    static DONE: Cell<usize> = const { Cell::new(0) };
}

/// So much more was done.
#[cfg(test)]
pub(crate) fn done(work: usize) {
    DONE.set(DONE.get() + work);
}

/// So much more was done.
#[cfg(not(test))]
pub(crate) const fn done(_work: usize) {}

/// What was done by this thread since it was last asked.
#[cfg(test)]
pub(crate) fn take() -> usize {
    DONE.take()
}
