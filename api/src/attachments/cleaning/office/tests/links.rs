//! Links that a reader clicks, in every place where a document may have one; and places on a writer's own machine.

use super::*;

const LINK: &str = "file:///C:/Users/SECRETAUTHOR/Bilag.docx";

fn related(kind: &str, target: &str) -> Parts {
    let list = format!(
        "<Relationships><Relationship Id=\"r1\" Type=\"a/{kind}\" Target=\"{target}\" TargetMode=\"External\"/></Relationships>"
    );
    vec![("word/_rels/document.xml.rels", list.into_bytes())]
}

#[test]
fn links_to_the_web_and_to_people_stay() {
    for link in ["https://aarhus.dk/%C3%B8?a=1&amp;b=2", "http://a.example", "mailto:plan@a.example", "tel:+4589402000"]
    {
        let copy = shown(FileType::Docx, &docx_of("<a/>", related("hyperlink", link))).unwrap();
        assert!(copy.contains(&format!("Target=\"{link}\"")), "{copy}");
        let content = format!("<text:a xlink:href=\"{link}\">Se</text:a>");
        assert!(shown(FileType::Odt, &odt(&content)).unwrap().contains(&content), "{link}");
    }
    for still in ["<text:a xlink:href=\"#Bilag|outline\">Se</text:a>", "<chart:chart xlink:href=\"..\"/>"] {
        assert!(shown(FileType::Odt, &odt(still)).unwrap().contains(still), "{still}");
    }
    for still in [
        "<w:instrText> HYPERLINK \\l \"_Toc1\" </w:instrText>",
        "<w:instrText>HYPERLINK \"https://a.example\" \\o \"Se her\"</w:instrText>",
        "<v:shape href=\"https://a.example\"/>",
    ] {
        let copy = shown(FileType::Docx, &docx(still)).unwrap().replace("&quot;", "\"");
        assert!(copy.contains(still), "{copy}");
    }
    let still = "<f>HYPERLINK(\"#Ark1!A1\",\"Se\")</f>";
    assert!(shown(FileType::Xlsx, &xlsx(still)).unwrap().replace("&quot;", "\"").contains(still));
}

/// A link to a file on the writer's own machine is no attack: the document is taken, and the link leads nowhere.
#[test]
fn links_to_files_lead_nowhere() {
    let copies = [
        shown(FileType::Docx, &docx_of("<w:t>Hej</w:t>", related("hyperlink", LINK))),
        shown(FileType::Docx, &docx_of("<w:t>Hej</w:t>", related("hyperlink", "\\\\SECRETAUTHOR\\c$\\x"))),
        shown(FileType::Docx, &docx_of("<w:t>Hej</w:t>", related("hyperlink", "../SECRETAUTHOR/x.docx"))),
        shown(FileType::Docx, &docx(&format!("<w:instrText>HYPERLINK \"{LINK}\"</w:instrText><w:t>Hej</w:t>"))),
        shown(
            FileType::Docx,
            &docx(
                "<w:fldChar/><w:instrText> HYPER</w:instrText><w:r/><w:instrText>LINK \"file:</w:instrText>\
                 <w:instrText>///SECRETAUTHOR\" </w:instrText><w:fldChar/><w:t>Hej</w:t>",
            ),
        ),
        shown(FileType::Docx, &docx(&format!("<w:fldSimple w:instr=\"HYPERLINK &quot;{LINK}&quot;\"/><w:t>Hej</w:t>"))),
        shown(FileType::Docx, &docx(&format!("<v:shape href=\"{LINK}\"/><w:t>Hej</w:t>"))),
        shown(FileType::Xlsx, &xlsx(&format!("<f>HYPERLINK(\"{LINK}\",\"Hej\")</f>"))),
        shown(FileType::Xlsx, &xlsx("<f>HYPERLINK(&quot;\\\\SECRETAUTHOR\\x&quot;)</f><v>Hej</v>")),
        shown(FileType::Xlsx, &xlsx(&format!("<x formula=\"HYPERLINK(&quot;{LINK}&quot;)\"/><v>Hej</v>"))),
        shown(FileType::Odt, &odt(&format!("<text:a xlink:href=\"{LINK}\">Hej</text:a>"))),
        shown(FileType::Odt, &odt("<draw:a xlink:href=\"../SECRETAUTHOR.odt\">Hej</draw:a>")),
        shown(FileType::Odt, &odt("<form:button xlink:href=\"//SECRETAUTHOR/x\">Hej</form:button>")),
        shown(FileType::Odt, &odt("<t:c t:formula=\"of:=HYPERLINK(&quot;C:\\SECRETAUTHOR&quot;)\">Hej</t:c>")),
    ];
    for copy in copies {
        let copy = copy.unwrap();
        assert!(copy.contains("Hej") && copy.contains("about:blank") && !copy.contains(NAME), "{copy}");
    }
}

#[test]
fn what_has_a_program_do_something_is_refused() {
    for link in
        ["javascript:alert(1)", "VBScript:x", "data:text/html,x", "ms-msdt:/id", "search-ms:query", " j&#97;vascript:x"]
    {
        is_active(FileType::Docx, &docx_of("<a/>", related("hyperlink", link)), link);
        is_active(FileType::Docx, &docx(&format!("<w:instrText>HYPERLINK \"{link}\"</w:instrText>")), link);
        is_active(FileType::Docx, &docx(&format!("<v:shape href=\"{link}\"/>")), link);
        is_active(FileType::Xlsx, &xlsx(&format!("<f>HYPERLINK(\"{link}\")</f>")), link);
        is_active(FileType::Odt, &odt(&format!("<text:a xlink:href=\"{link}\"/>")), link);
    }
    is_active(FileType::Odt, &odt("<text:a xlink:href=\"macro:///Standard.x\"/>"), "a macro");
    is_active(FileType::Docx, &docx("<v:imagedata src=\"https://evil.example/x.png\"/>"), "an image elsewhere");
    is_active(FileType::Odt, &odt("<svg:font-face-uri xlink:href=\"https://evil.example/x\"/>"), "a font elsewhere");
    is_active(FileType::Xlsx, &xlsx("<f>CUBEVALUE(\"x\",\"y\")</f>"), "data elsewhere");
}

#[test]
fn what_an_image_shows_is_told_and_not_where_it_lay() {
    let path = "C:\\Users\\SECRETAUTHOR\\Billeder\\kort.png";
    for property in ["wp:docPr", "pic:cNvPr"] {
        let content =
            format!("<{property} id=\"1\" name=\"{path}\" descr=\"Kort over Ørby {path}\" title=\"{path}\"/>");
        let copy = shown(FileType::Docx, &docx(&content)).unwrap();
        let kept = format!("<{property} id=\"1\" name=\"\" descr=\"Kort over Ørby\" title=\"\"/>");
        assert!(copy.contains(&kept), "{copy}");
    }
    let words = "<wp:docPr id=\"1\" name=\"Billede 1\" descr=\"Kort &amp; plan 1:1000, se https://a.example\"/>";
    assert!(shown(FileType::Docx, &docx(words)).unwrap().contains(words));
    let content = format!(
        "<draw:frame draw:name=\"file:///SECRETAUTHOR\"><svg:title>{path}</svg:title><svg:desc>Kort &amp; plan</svg:desc></draw:frame>"
    );
    let copy = shown(FileType::Odt, &odt(&content)).unwrap();
    assert!(copy.contains("<svg:title></svg:title><svg:desc>Kort &amp; plan</svg:desc>"), "{copy}");
    assert!(!copy.contains(NAME), "{copy}");
    let packed = "<v:shape o:gfxdata=\"U0VDUkVUQVVUSE9S\" alt=\"\\\\server\\SECRETAUTHOR\\x.png\"/>";
    assert!(shown(FileType::Docx, &docx(packed)).unwrap().contains("<v:shape alt=\"\"/>"));
}

#[test]
fn what_a_click_or_a_field_starts_is_refused() {
    for action in ["program?file=x", "MACRO?name=x", "ole?verb=0"] {
        let content = format!("<a:hlinkClick r:id=\"\" action=\"ppaction://{action}\"/>");
        is_active(FileType::Docx, &docx(&content), action);
    }
    let still = "<a:hlinkClick r:id=\"\" action=\"ppaction://hlinkshowjump?jump=nextslide\"/>";
    assert!(shown(FileType::Docx, &docx(still)).unwrap().contains(still));
    is_active(FileType::Xlsx, &xlsx("<xdr:sp macro=\"'\\\\evil\\x.xlsm'!Run\"/>"), "a macro elsewhere");
    is_active(FileType::Docx, &docx("<w:hyperlink w:docLocation=\"ms-msdt:/x\"/>"), "a place of a link");
    is_active(FileType::Docx, &docx("<w:instrText> RD \"x.docx\" </w:instrText>"), "a document elsewhere");
    is_active(FileType::Docx, &docx("<w:instrText> PRINT \"x\" </w:instrText>"), "what a printer does");
}

#[test]
fn an_open_document_loads_what_lies_in_it() {
    for elsewhere in [
        "<text:list-level-style-image xlink:href=\"http://evil/x.png\"/>",
        "<form:image form:image-data=\"http://evil/x.png\"/>",
        "<svg:svg/><form:button form:image-data=\"http://evil/x.png\"/>",
        "<xforms:instance src=\"http://evil/x\"/>",
        "<xforms:submission action=\"http://evil/x\"/>",
        "<form:form xlink:href=\"http://evil/x\"/>",
        "<text:alphabetical-index-auto-mark-file xlink:href=\"http://evil/x\"/>",
        "<svg:definition-src xlink:href=\"http://evil/x\"/>",
        "<form:connection-resource xlink:href=\"file:///home/x\"/>",
        "<text:section-source xlink:href=\"mailto:a@x.example\"/>",
        "<text:section-source xlink:href=\"../x.odt\"/>",
        "<text:section-source xlink:href=\"x.odt\"/>",
        "<text:section-source xlink:href=\"%2e%2e/%2e%2e/x.odt\"/>",
        "<draw:image xlink:href=\"Pictures/../../../x.png\"/>",
        "<draw:image xlink:href=\"./../../x.png\"/>",
        "<table:c table:formula=\"of:=['http://evil/x.ods'#$S.A1]\"/>",
    ] {
        is_active(FileType::Odt, &odt(elsewhere), elsewhere);
    }
    let still = "<draw:image xlink:href=\"Pictures/a.svg\"/><draw:object xlink:href=\"./Object 1\"/>\
         <text:list-level-style-image xlink:href=\"Pictures/a.svg\"/><form:form xlink:href=\"\"/>\
         <svg:font-face-uri xlink:href=\"Fonts/a.svg\"/><draw:area-circle xlink:href=\"https://x.example\"/>\
         <table:c table:formula=\"of:=SUM([.A1:.A9])+[$'Ark 2'.A1]\"/><text:section-source/>";
    let more = vec![
        ("Pictures/a.svg", b"<svg/>".to_vec()),
        ("Object 1/content.xml", b"<o:c><chart:chart xlink:href=\"..\"/></o:c>".to_vec()),
        ("Fonts/a.svg", b"<svg/>".to_vec()),
    ];
    let copy = shown(FileType::Odt, &odt_of(format!("<o:c>{still}</o:c>"), more)).unwrap();
    assert!(copy.contains(still), "{copy}");
}
