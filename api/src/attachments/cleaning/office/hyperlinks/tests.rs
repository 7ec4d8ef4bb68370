//! Fields of which the link comes in pieces, or is hidden.

use super::*;

fn written(pieces: &[&str]) -> Result<String, Refusal> {
    let mut instruction = Instruction::default();
    pieces.iter().map(|piece| instruction.said(piece).map(Cow::into_owned)).collect()
}

#[test]
fn a_field_leads_where_it_may() {
    for kept in [
        &[" HYPERLINK \"https://x.example\" \\o \"C:\" "][..],
        &[" HYPERLINK \\l \"_Toc1\" "],
        &["HYPER", "LINK \\l \"_To", "c1\" \\h"],
        &["HYPERLINK \"mail", "to:a@x.example\""],
        &["PAGE \"C:\\\\x\""],
        &["TOC \\o \"1-3\" \\h"],
    ] {
        assert_eq!(written(kept).unwrap(), kept.concat());
    }
    for lost in [
        &[" HYPERLINK \"file:///C:\\\\Users\\\\Jens\\\\x.docx\" \\o \"Jens\" "][..],
        &["hyperlink \\\\\\\\server\\\\Jens "],
        &["HYPER", "LINK \"C:\\\\Use", "rs\\\\Jens\" \\t \"Jens\""],
        &["HYPERLINK \\o \"a\" ", "\"file:", "///Jens\""],
        &["HYPERLINK", " \"Jens.docx\""],
    ] {
        let written = written(lost).unwrap();
        assert!(!written.contains("Jens"), "{written}");
        assert!(written.trim().to_uppercase().starts_with(HYPERLINK), "{written}");
    }
    for active in [&["HYPERLINK \"ms-msdt:x\""][..], &["HYPER", "LINK \"java", "script:x", "\""]] {
        assert!(matches!(written(active), Err(Refusal::Active { .. })), "{active:?}");
    }
}

#[test]
fn a_field_hides_no_link() {
    for lost in [
        &["\"HYPERLINK\" \"file://Jens\""][..],
        &["\u{200b}HYPERLINK \"file://Jens\""],
        &["HYPERLINK \"\" \"file://Jens\""],
        &["HYPERLINK \"\" ", "\"Jens.docx\""],
        &["HYPERLINK \"https://x.example\" \"file://Jens\""],
        &["HYPERLINK “file://Jens”"],
        &["HYPERLINK \\* MERGEFORMAT \"file://Jens\""],
        &["HYPERLINK \\", "n \"file://Jens\""],
        &["HYPERLINK \"www.x.example", "\\\\Jens\""],
    ] {
        let written = written(lost).unwrap();
        assert!(!written.contains("Jens") && written.contains(HYPERLINK), "{written}");
    }
    for active in [
        "HYPERLINK \"\" \"ms-msdt:x\"",
        "HYPERLINK \"file://x\" \"ms-msdt:x\"",
        "HYPERLINK “ms-msdt:x”",
        "\"HYPERLINK\" \"ms-msdt%3Ax\"",
        "HYPERLINK\u{a0}\"ms-msdt:x\"",
        "HYPERLINK \\* MERGEFORMAT ms-msdt:x",
    ] {
        assert!(matches!(written(&[active]), Err(Refusal::Active { .. })), "{active:?}");
    }
    let unended = ["HYPERLINK ms-msdt", "%3Ax"];
    let mut instruction = Instruction::default();
    unended.iter().for_each(|piece| assert_eq!(instruction.said(piece).unwrap(), *piece));
    assert!(matches!(instruction.end(), Err(Refusal::Active { .. })));
    for kept in ["HYPERLINK \"https://x.example\" \\o \"Se: her\" \\* MERGEFORMAT ", "HYPER \"file://x\""] {
        assert_eq!(written(&[kept]).unwrap(), kept);
    }
}

/// In how many pieces a link comes does not count: each sign of it is judged a few times, not with each piece.
#[test]
fn an_instruction_is_judged_once() {
    for (begin, piece) in
        [("HYPERLINK http://", "x"), ("HYPERLINK \"", ":"), ("HYPERLINK #", "\\"), ("HYPERLINK \\o \"", ":")]
    {
        let mut instruction = Instruction::default();
        instruction.said(begin).unwrap();
        for _ in 0..65_000 {
            instruction.said(piece).unwrap();
        }
        assert!(instruction.judged <= 4 * instruction.length, "{begin}: {}", instruction.judged);
    }
    let mut endless = Instruction::default();
    assert_eq!(endless.said(&"x".repeat(LONGEST + 1)), Err(Refusal::Damaged));
}
