//! What single characters are to a reader: which stand for another, which are seen, and which only do something to their
//! neighbours.

use super::Lines;

pub(super) const SOFT_HYPHEN: char = '\u{AD}';
pub(super) const BLACK_FLAG: char = '\u{1F3F4}';
pub(super) const TAGS_END: char = '\u{E007F}';

const ZERO_WIDTH_JOINER: char = '\u{200D}';

/// Whether a character is one that cleaning passes by, whatever stands beside it. Most texts hold no others.
pub(super) fn is_plain(character: char, lines: Lines) -> bool {
    match character {
        '\n' | '\t' => lines == Lines::Many,
        ' '..='~' | '\u{A0}'..='\u{2FF}' | '\u{2010}'..='\u{2027}' | '\u{202F}'..='\u{205E}' | '€' => true,
        _ => false,
    }
}

/// Whether it is a control character that a text holds which was read in the wrong character set.
pub(super) fn is_misread(character: char) -> bool {
    matches!(character, '\u{80}'..='\u{84}' | '\u{86}'..='\u{9F}')
}

/// What a character means, standing alone: itself, another one, or nothing.
pub(super) fn meant(character: char) -> Option<char> {
    match character {
        // Word's hyphens: the one that does not part, and the one that may.
        '\u{1E}' => Some('\u{2011}'),
        '\u{1F}' => Some(SOFT_HYPHEN),
        '\u{80}'..='\u{9F}' => windows_1252(character),
        '\u{E000}'..='\u{F8FF}' => symbol(character),
        '\0'..='\u{1F}'
        | '\u{7F}'
        | '\u{34F}'
        // Letters that are seen by nobody, with which a name can be made of nothing.
        | '\u{3164}'
        | '\u{FFA0}'
        | '\u{17B4}'
        | '\u{17B5}'
        // Without width, or overriding the direction of writing.
        | '\u{200B}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}'
        | '\u{FEFF}'
        // Notes between the lines, and what stands for an image that was not copied.
        | '\u{FFF0}'..='\u{FFFC}'
        | '\u{1BCA0}'..='\u{1BCA3}'
        | '\u{1D173}'..='\u{1D17A}'
        // No characters, and without width for ever.
        | '\u{FDD0}'..='\u{FDEF}'
        | '\u{E0000}'..='\u{E001F}'
        | '\u{E0080}'..='\u{E00FF}'
        | '\u{E01F0}'..='\u{E0FFF}'
        | '\u{F0000}'..='\u{10FFFF}' => None,
        other if u32::from(other) & 0xFFFE == 0xFFFE => None,
        other => Some(other),
    }
}

/// What a control character of the second block is in Windows-1252; browsers read it so too.
fn windows_1252(character: char) -> Option<char> {
    const MEANT: [Option<char>; 32] = [
        Some('€'),
        None,
        Some('‚'),
        Some('ƒ'),
        Some('„'),
        Some('…'),
        Some('†'),
        Some('‡'),
        Some('ˆ'),
        Some('‰'),
        Some('Š'),
        Some('‹'),
        Some('Œ'),
        None,
        Some('Ž'),
        None,
        None,
        Some('‘'),
        Some('’'),
        Some('“'),
        Some('”'),
        Some('•'),
        Some('–'),
        Some('—'),
        Some('˜'),
        Some('™'),
        Some('š'),
        Some('›'),
        Some('œ'),
        None,
        Some('ž'),
        Some('Ÿ'),
    ];
    let place = usize::try_from(u32::from(character)).ok()?.checked_sub(0x80)?;
    MEANT.get(place).copied().flatten()
}

/// What Word shows for a private character of its fonts Symbol and Wingdings. Where the two differ, the one that Word
/// itself writes: lists and arrows come from Wingdings, signs of arithmetic from Symbol.
fn symbol(character: char) -> Option<char> {
    Some(match character {
        '\u{F020}' => ' ',
        '\u{F02D}' => '−',
        '\u{F04A}' => '☺',
        '\u{F04C}' => '☹',
        '\u{F06C}' => '●',
        '\u{F06D}' => '❍',
        '\u{F06E}' => '■',
        '\u{F06F}' => '□',
        '\u{F071}' => '❑',
        '\u{F072}' => '❒',
        '\u{F073}' => '⬧',
        '\u{F075}' => '◆',
        '\u{F076}' => '❖',
        '\u{F09F}' | '\u{F0B7}' => '•',
        '\u{F0A3}' => '≤',
        '\u{F0A7}' => '▪',
        '\u{F0A8}' => '◻',
        '\u{F0B0}' => '°',
        '\u{F0B1}' => '±',
        '\u{F0B3}' => '≥',
        '\u{F0B4}' => '×',
        '\u{F0B8}' => '÷',
        '\u{F0B9}' => '≠',
        '\u{F0BB}' => '≈',
        '\u{F0D8}' => '➢',
        '\u{F0DF}' | '\u{F0AC}' => '←',
        '\u{F0E0}' | '\u{F0AE}' => '→',
        '\u{F0E1}' | '\u{F0AD}' => '↑',
        '\u{F0E2}' | '\u{F0AF}' => '↓',
        '\u{F0E8}' => '➔',
        '\u{F0F0}' => '⇨',
        '\u{F0FB}' => '✗',
        '\u{F0FC}' => '✓',
        '\u{F0FD}' => '☒',
        '\u{F0FE}' => '☑',
        _ => return None,
    })
}

/// What a character does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Is seen, or belongs to what is.
    Letter,
    /// Says in which direction its neighbours are written.
    Direction,
    /// Joins its neighbours or keeps them apart.
    Joiner,
    /// Says which form the character before it has.
    Selector,
    /// Holds the place of a letter in an old Korean syllable.
    HangulFiller,
    /// Says of a flag whose it is.
    Tag,
}

pub(super) fn kind(character: char) -> Kind {
    match character {
        '\u{200E}' | '\u{200F}' | '\u{61C}' => Kind::Direction,
        '\u{200C}' | ZERO_WIDTH_JOINER => Kind::Joiner,
        '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}' | '\u{180B}'..='\u{180F}' => Kind::Selector,
        '\u{115F}' | '\u{1160}' => Kind::HangulFiller,
        '\u{E0020}'..='\u{E007F}' => Kind::Tag,
        _ => Kind::Letter,
    }
}

/// Whether a letter is of a script that is written from the right.
pub(super) fn is_written_from_right(character: char) -> bool {
    matches!(character,
        '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}'
        | '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}')
        && character != '\u{61C}'
}

/// Whether a joiner between these two changes how they look: emoji, and scripts whose letters join.
pub(super) fn are_joined(before: char, joiner: char, behind: char) -> bool {
    let emoji = joiner == ZERO_WIDTH_JOINER && is_emoji(before) && is_emoji(behind);
    emoji || joins(before) || joins(behind)
}

/// Whether a character may be a part of an emoji that is joined of several.
fn is_emoji(character: char) -> bool {
    matches!(character,
        '©' | '®' | '\u{203C}'..='\u{2BFF}' | '\u{3030}'..='\u{303D}' | '\u{3297}' | '\u{3299}' | '\u{FE0F}'
        | '\u{1F000}'..='\u{1FAFF}' | TAGS_END)
}

/// Whether a letter is of a script that needs joiners: from Hebrew and Arabic over those of India to Mongolian.
fn joins(letter: char) -> bool {
    matches!(letter,
        '\u{590}'..='\u{10FF}' | '\u{1700}'..='\u{1AFF}' | '\u{1B00}'..='\u{1C7F}' | '\u{1CD0}'..='\u{1CFF}'
        | '\u{A800}'..='\u{ABFF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}'
        | '\u{10800}'..='\u{11FFF}' | '\u{1E800}'..='\u{1EFFF}')
}

/// Whether a character has forms that this selector chooses from.
pub(super) fn has_variants(character: char, selector: char) -> bool {
    let is_ideograph = matches!(character,
        '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}');
    match selector {
        '\u{180B}'..='\u{180F}' => matches!(character, '\u{1800}'..='\u{180A}' | '\u{1810}'..='\u{18AF}'),
        '\u{E0100}'..='\u{E01EF}' => is_ideograph,
        _ => {
            matches!(character, '0'..='9' | '#' | '*')
                || (is_emoji(character) && kind(character) == Kind::Letter)
                || is_ideograph
                || matches!(character, '\u{1000}'..='\u{109F}' | '\u{2200}'..='\u{22FF}' | '\u{3000}'..='\u{303F}' | '\u{A840}'..='\u{A87F}' | '\u{FF00}'..='\u{FF5E}')
        }
    }
}

/// Whether a character may stand before a filler in an old Korean syllable, or is one.
pub(super) fn is_old_hangul(character: char) -> bool {
    matches!(character, '\u{1100}'..='\u{11FF}' | '\u{A960}'..='\u{A97F}' | '\u{D7B0}'..='\u{D7FF}')
}
