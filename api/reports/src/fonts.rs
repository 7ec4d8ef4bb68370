//! The fonts that documents are set in, from the package that comes with Typst.

use std::sync::LazyLock;

use typst::{
    foundations::Bytes,
    text::{Font, FontBook},
    utils::LazyHash,
};

/// The families that are used: the text's, and one that has more signs. The others in the package are for formulas.
pub(crate) const FAMILIES: [&str; 2] = ["Libertinus Serif", "DejaVu Sans Mono"];

/// Every font of the families, read once.
pub(crate) struct Fonts {
    pub(crate) book: LazyHash<FontBook>,
    pub(crate) all: Vec<Font>,
}

pub(crate) static FONTS: LazyLock<Fonts> = LazyLock::new(|| {
    let packaged = typst_assets::fonts().flat_map(|data| Font::iter(Bytes::new(data)));
    let all: Vec<Font> = packaged.filter(|font| FAMILIES.contains(&font.info().family.as_str())).collect();
    Fonts { book: LazyHash::new(FontBook::from_fonts(&all)), all }
});
