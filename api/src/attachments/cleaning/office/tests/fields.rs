//! Fields and formulas that hide what they do.

use super::*;

#[test]
fn a_field_is_found_however_xml_writes_it() {
    for field in [
        "<w:instrText>D&#68;EAUTO c:\\x</w:instrText>",
        "<w:instrText>D&#x44;E<!-- -->AU<?x y?>TO c:\\x</w:instrText>",
        "<w:instrText><![CDATA[DDE]]>AUTO<![CDATA[ c:\\x]]></w:instrText>",
        "<w:instrText>DDE<x:y/>AUTO c:\\x</w:instrText>",
        "<w:instrText>DDE<x:y>AUTO</x:y> c:\\x</w:instrText>",
        "<w:instrText>IN<x:y>nothing</x:y>CLUDETEXT x</w:instrText>",
        "<instrText>dde</instrText><other:instrText>auto x</other:instrText>",
        "<w:fldChar/><w:instrText>DD</w:instrText><x:fldChar/><w:instrText>EAUTO x</w:instrText>",
        "<w:delInstrText>DDEAUTO\nx</w:delInstrText>",
        "<w:fldSimple w:instr=\"D&#68;EAUTO x\"/>",
        "<w:fldSimple w:instr=\"&unknown;\" x:instr=\"&#x9;D&#68;E&#10;x\"/>",
        "<w:docVars><w:instrText>DDEAUTO x</w:instrText></w:docVars>",
        "<x:metadata><x:author><w:instrText>DDEAUTO x</w:instrText></x:author></x:metadata>",
    ] {
        is_active(FileType::Docx, &docx(field), field);
    }
    for still in [
        "<w:fldChar/><w:instrText>HYPER</w:instrText><w:instrText>LINK \"https://x.example\"</w:instrText>",
        "<w:instrText>PAGE</w:instrText><w:t>DDEAUTO er et ord</w:t>",
        "<m:f xmlns:m=\"http://x/math\"><m:num><m:t>image(f)</m:t></m:num></m:f>",
    ] {
        shown(FileType::Docx, &docx(still)).expect(still);
    }
}

#[test]
fn a_formula_is_found_wherever_a_sheet_may_have_one() {
    for formula in [
        "<f>WEBSERVIC&#69;(\"x\")</f>",
        "<x:f>WEBSER<!-- -->VICE(\"x\")</x:f>",
        "<f>_xlfn.<![CDATA[webser]]>vice (\"x\")</f>",
        "<definedName name=\"a\">WEBSERVICE(\"x\")</definedName>",
        "<cfRule><formula>WEBSERVICE(\"x\")</formula></cfRule>",
        "<dataValidation><formula1>1</formula1><formula2>WEBSERVICE(\"x\")</formula2></dataValidation>",
        "<calculatedColumnFormula>WEBSERVICE(\"x\")</calculatedColumnFormula>",
        "<x:FmlaPict>IMAGE(\"x\")</x:FmlaPict>",
        "<cfvo type=\"formula\" val=\"WEBSERVICE(&quot;x&quot;)\"/>",
        "<cacheField formula=\"RT&#68;(1)\"/>",
    ] {
        is_active(FileType::Xlsx, &xlsx(formula), formula);
    }
    let elsewhere = "<m:f xmlns:m=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">IMAGE(1)</m:f>";
    assert_eq!(shown(FileType::Xlsx, &xlsx(elsewhere)), Err(Refusal::Damaged));
    shown(FileType::Xlsx, &xlsx("<f>SUM(A1:A3)&amp;\"x\"</f><t>WEBSERVICE(x)</t>")).unwrap();
}

#[test]
fn an_open_document_is_looked_at_in_the_same_way() {
    for active in [
        "<table:table-cell table:formula=\"of:=WEBSERVIC&#69;(&quot;x&quot;)\"/>",
        "<t:table-cell t:formula=\"of:=dde(1)\"/>",
        "<table:named-expression table:expression=\"WEBSERVICE(1)\"/>",
        "<table:content-validation table:condition=\"of:cell-content()=WEBSERVICE(1)\"/>",
        "<calcext:condition calcext:value=\"formula-is(WEBSERVICE(1))\"/>",
        "<draw:image x:href=\"Pictures/a.png\" xlink:href=\"&#104;ttps://x.example\"/>",
    ] {
        is_active(FileType::Odt, &odt(active), active);
    }
    for script in ["<office:script/>", "<o:script/>", "<svg:script/>"] {
        assert_eq!(shown(FileType::Odt, &odt(script)), Err(Refusal::Macros), "{script}");
    }
    let renamed = format!("<text:creator xmlns:text=\"http://purl.org/dc/elements/1.1/\">{NAME}</text:creator>");
    assert_eq!(shown(FileType::Odt, &odt(&renamed)), Err(Refusal::Damaged));
    shown(FileType::Odt, &odt("<table:table-cell table:formula=\"of:=SUM([.A1:.A3])\"/>")).unwrap();
}
