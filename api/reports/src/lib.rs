//! Documents as PDF/UA-1: tagged, so that a screen reader knows a heading from a paragraph, and with everything in them
//! that it takes to show them.
//!
//! What goes in is plain structs of texts that are ready to be read; how it looks stands in the `.typ` files. Texts reach
//! Typst as data, never as markup, so nothing in them does anything.

mod characters;
mod fonts;
mod lines;
mod receipt;
mod typesetting;

pub use self::{
    receipt::{Part, Receipt, receipt},
    typesetting::Error,
};
