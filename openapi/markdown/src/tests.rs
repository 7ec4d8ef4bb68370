//! What the whole does with the texts that people write, and with those that nobody does.

use proptest::prelude::*;

use crate::{Block, Inline, html, parse, specimens::SPECIMENS, work};

#[test]
fn each_specimen_becomes_its_markup() {
    let wrong: Vec<_> = SPECIMENS.iter().filter(|(text, expected)| html(&parse(text)) != *expected).collect();
    let shown: Vec<_> =
        wrong.iter().map(|(text, expected)| format!("{text:?}\n  {}\n  {expected}", html(&parse(text)))).collect();
    assert!(wrong.is_empty(), "{}", shown.join("\n"));
}

/// Nodes of a tree, and how deep it is.
fn size(blocks: &[Block]) -> (usize, usize) {
    fn all(sizes: impl Iterator<Item = (usize, usize)>) -> (usize, usize) {
        sizes.fold((0, 0), |(nodes, depth), (more, deeper)| (nodes + more, depth.max(deeper)))
    }
    fn inlines(words: &[Inline]) -> (usize, usize) {
        all(words.iter().map(|inline| match inline {
            Inline::Emphasis(words) | Inline::Strong(words) | Inline::Struck(words) | Inline::Link { words, .. } => {
                let (nodes, depth) = inlines(words);
                (nodes + 1, depth + 1)
            }
            _ => (1, 1),
        }))
    }
    all(blocks.iter().map(|block| {
        let (nodes, depth) = match block {
            Block::Paragraph(words) | Block::Words(words) | Block::Heading { words, .. } => inlines(words),
            Block::Quote(blocks) => size(blocks),
            Block::List(list) => all(list.items.iter().map(|item| size(&item.blocks))),
            Block::Table(table) => all(table.rows.iter().chain([&table.head]).flatten().map(|cell| inlines(cell))),
            Block::Code(_) | Block::Rule => (0, 0),
        };
        (nodes + 1, depth + 1)
    }))
}

/// As long as a section may be, of everything that has kept a parser of Markdown or HTML busy somewhere. What is done for
/// it, and what comes of it, grows with the text and no faster: twice the text takes twice the steps at the most, and
/// gives twice the nodes and bytes. Steps, because time is another's too while other tests run.
#[test]
fn the_work_grows_with_the_text_and_no_faster() {
    const LENGTH: usize = 50_000;
    let pieces = [
        "&",
        "&amp;",
        "&#",
        "[",
        "]",
        "[]",
        "![",
        "[a](",
        "[a](<b",
        "[a](b \"",
        "[a][",
        "[a]: b\n",
        "[x]\n",
        "*",
        "*a ",
        "**a",
        "*a**b ",
        "_",
        "_a ",
        "*_",
        "`",
        "`a``",
        "~",
        "~a ",
        "~~a",
        "<",
        "<a ",
        "<a@b",
        "<http:",
        "<!--",
        "<?",
        "<![CDATA[",
        "\\",
        "|",
        "|a",
        "|-\n",
        "a |\n",
        "> ",
        ">",
        "> a\n",
        "- ",
        "- a\n",
        "- \n",
        "1. ",
        "1. a\n",
        "1. 1. a\n",
        "# a\n",
        "#",
        "a\n",
        "\n",
        "\t",
        " - ",
        "```\n",
        "~~~\n",
        "\u{301}",
        "a\u{301}",
        "+ a\n",
        "9. ",
        "---\n",
        "===\n",
        "a|b\n-|-\n",
        "\"",
        "<a href=\"",
        "👩‍⚕️",
        "1. og ",
        "<!A",
        "a\n\n",
    ];
    let grown =
        |piece: &str, length: usize| piece.repeat(length / piece.len() + 1).chars().take(length).collect::<String>();
    let table = |length: usize| {
        let columns = length / 5;
        format!("{}\n{}\n{}", "|a".repeat(columns), "|-".repeat(columns), "|a\n".repeat(columns / 3))
    };
    let deep = |length: usize| format!("{}a\n{}", "- ".repeat(length / 4), "\nb\n".repeat(length / 6));
    let stairs = |length: usize| (0..length / 40).map(|step| " ".repeat(step % 80) + "- a\n").collect::<String>();
    let made: [&dyn Fn(usize) -> String; 3] = [&table, &deep, &stairs];
    let texts = pieces.iter().map(|piece| (grown(piece, LENGTH / 2), grown(piece, LENGTH)));
    for (half, whole) in texts.chain(made.iter().map(|make| (make(LENGTH / 2), make(LENGTH)))) {
        let parse_counted = |text: &str| {
            work::take();
            (parse(text), work::take())
        };
        let [(few, less), (many, most)] = [parse_counted(&half), parse_counted(&whole)];
        let trees = [few, many];
        let [(fewer, _), (more, depth)] = [size(&trees[0]), size(&trees[1])];
        let [short, long] = [html(&trees[0]).len(), html(&trees[1]).len()];
        let beginning: String = whole.chars().take(20).collect();
        assert!(most <= 2 * less + 10_000 && most <= 50 * LENGTH, "{beginning:?}: {less} steps, then {most}");
        assert!(less >= half.len(), "{beginning:?}: all of it was looked at: {less}");
        assert!(depth <= 32, "{beginning:?} is {depth} deep");
        assert!(more <= 2 * fewer + 100 && more <= 5 * LENGTH, "{beginning:?}: {fewer} nodes, then {more}");
        assert!(long <= 2 * short + 2_000 && long <= 40 * LENGTH, "{beginning:?}: {short} bytes, then {long}");
    }
}

/// The letters and figures of a text in their order: what nobody may lose.
fn letters(text: &str) -> String {
    text.chars().filter(|character| character.is_alphanumeric()).collect()
}

fn words(blocks: &[Block]) -> String {
    crate::plain(blocks).into_iter().flat_map(|block| block.lines).collect()
}

proptest! {
    /// Whatever is written, no letter and no figure of it is lost but what a link leads to and a language's name.
    #[test]
    fn fuzz_no_word_is_lost(text in "([a-c0-3æ.,:;)(*_~`<>|#+=\\\\&!\\[\\] \t\n-]|\n\n|\n[-*>] |\n1\\. |\n2\\. |> |    |\\||---\n|maj ){0,60}") {
        prop_assume!(!text.contains("](") && !text.contains("```"));
        let tree = parse(&text);
        prop_assert_eq!(letters(&words(&tree)), letters(&text), "{:?}", html(&tree));
    }

    #[test]
    fn fuzz_any_text(text in "\\PC{0,300}") {
        let tree = parse(&text);
        prop_assert!(size(&tree).1 <= 32);
    }
}
