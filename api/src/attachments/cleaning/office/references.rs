//! What a formula refers to: other files, and the data of other programs.

/// What a sign of a formula stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Within {
    Formula,
    Text,
    /// The name of a sheet, in apostrophes.
    Sheet,
    /// Columns of a table, in so many brackets. An apostrophe is an escape there.
    Columns(u32),
    /// Values in braces, where a bar ends a row.
    Rows,
    RowsText,
}

/// Whether a formula refers to another file, or to a program's data as `program|'what'!item` does, to a program that reads
/// brackets as Excel does. Names of sheets have no slashes.
pub(super) fn reaches_out(formula: &str) -> bool {
    let (mut within, mut is_escaped, mut begun) = (Within::Formula, false, 0);
    for (at, sign) in formula.char_indices() {
        let before = within;
        if std::mem::take(&mut is_escaped) {
            continue;
        }
        within = match (within, sign) {
            (Within::Formula, '|') | (Within::Sheet, '/' | '\\') => return true,
            (Within::Formula, '"') => Within::Text,
            (Within::Formula, '\'') => Within::Sheet,
            (Within::Formula, '[') => Within::Columns(1),
            (Within::Formula, '{') => Within::Rows,
            (Within::Text, '"') | (Within::Sheet, '\'') | (Within::Columns(1), ']') | (Within::Rows, '}') => {
                Within::Formula
            }
            (Within::Columns(_), '\'') => {
                is_escaped = true;
                within
            }
            (Within::Columns(deep), '[') => Within::Columns(deep.saturating_add(1)),
            (Within::Columns(deep), ']') => Within::Columns(deep.saturating_sub(1)),
            (Within::Rows, '"') => Within::RowsText,
            (Within::RowsText, '"') => Within::Rows,
            (within, _) => within,
        };
        if before == Within::Formula && within != Within::Formula {
            begun = at;
        }
    }
    // What begins and never ends hides nothing behind it.
    within != Within::Formula && formula.get(begun..).is_some_and(|rest| rest.contains('|'))
}

/// Whether a formula refers to another file, to a program that reads brackets as OpenDocument has them: a reference stands
/// in them, and the name of a file or a sheet in apostrophes.
pub(super) fn reaches_out_of_brackets(formula: &str) -> bool {
    let (mut quote, mut brackets, mut before) = (None, 0_u32, ' ');
    for sign in formula.chars() {
        match (quote, sign) {
            (Some(open), _) if sign == open => quote = None,
            (Some('\''), '/' | '\\') => return true,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(sign),
            // A file's name ends so.
            (None, '#') if before == '\'' => return true,
            (None, '[') => brackets = brackets.saturating_add(1),
            (None, ']') => brackets = brackets.saturating_sub(1),
            (None, '/' | '\\' | '|') if brackets > 0 && formula.contains(']') => return true,
            (None, _) => {}
        }
        before = sign;
    }
    // A text that never ends hides nothing behind it.
    quote.is_some() && formula.contains("'#")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_hide_nothing() {
        for out in [
            "SUM(T['[x])+cmd|'/c x'!A0",
            "SUM(T['#]])+cmd|'/c x'!A0",
            "T([)+cmd|'/c x'!A0",
            "T({)+cmd|'x'!A0",
            "LEN({\"}\"})+cmd|'x'!A0",
            "LEN(\"[\")+cmd|'x'!A0",
            "T[\"]+cmd|'x'!A0&\"\"",
            "T[{]+cmd|'x'!A0",
        ] {
            assert!(reaches_out(out), "{out}");
        }
        for within in [
            "SUM(T['[a|b']])+1",
            "SUM(Table1[[#Headers],[Antal|dag]])",
            "SUM(Table1['#Antal/dag])",
            "{\"a|b\";1|2}",
            "[1]Ark1!A1",
            "LEN(\"[|\")",
        ] {
            assert!(!reaches_out(within), "{within}");
        }
    }

    #[test]
    fn references_of_open_documents_stand_in_brackets() {
        for out in [
            "of:=['http://evil/x.ods'#$S.A1]",
            "of:=SUM(['file:///home/x/x.ods'#$S.A1:.A3])",
            "of:=['x.ods'#$S.A1]",
            "of:=[http://evil/x.ods#$S.A1]",
            "of:=\"a\"&['\\\\evil\\x'#S.A1]",
        ] {
            assert!(reaches_out_of_brackets(out), "{out}");
        }
        for within in [
            "of:=SUM([.A1:.A9])",
            "of:=[$'Ark 2'.A1]/[.A2]",
            "of:=[$'it''s #1'.A1]",
            "of:=[.#REF!]",
            "of:={1;2|3;4}",
            "of:=\"https://x/['a/b'\"&[.A1]",
            "a = [ / b",
        ] {
            assert!(!reaches_out_of_brackets(within), "{within}");
        }
    }
}
