//! Attributes and elements that name the people who wrote a document, and where their files lay.

use super::*;

#[test]
fn nobody_is_named_in_word() {
    for named in [
        format!("<w:permStart w:id=\"1\" w:ed=\"KOMMUNE\\{NAME}\"/>"),
        format!("<t:Attribution userId=\"S::{NAME}@k.dk::1\" userName=\"{NAME}\" userProvider=\"AD {NAME}\"/>"),
        format!("<cr:user userId=\"S::{NAME}\" providerId=\"{NAME}\"/>"),
        format!(
            "<w:mailMerge><w:connectString w:val=\"Data Source=C:\\{NAME}\\l.mdb\"/><w:query w:val=\"SELECT {NAME}\"/>\
             <w:odso><w:udl w:val=\"{NAME}\"/></w:odso></w:mailMerge>"
        ),
        format!("<w:hyperlink w:docLocation=\"file://evil/{NAME}\"/>"),
        format!("<w:hyperlink w:docLocation=\"\\\\{NAME}\\x\"/>"),
    ] {
        let copy = shown(FileType::Docx, &docx(&format!("{named}<w:t>Hej</w:t>"))).unwrap();
        assert!(copy.contains("<w:t>Hej</w:t>") && !copy.contains(NAME), "{copy}");
    }
    let still = "<w:permStart w:id=\"1\" w:edGrp=\"everyone\"/><w:hyperlink w:docLocation=\"Bilag\"/>";
    assert!(shown(FileType::Docx, &docx(still)).unwrap().contains(still));
}

#[test]
fn nobody_is_named_in_excel() {
    for named in [
        format!("<pivotCacheDefinition refreshedBy=\"{NAME}\"/>"),
        format!("<customWorkbookViews><customWorkbookView name=\"{NAME} - Personlig visning\"/></customWorkbookViews>"),
        format!("<scenario name=\"a\" user=\"{NAME}\" comment=\"Oprettet af {NAME}\"/>"),
        format!("<webPublishItems><webPublishItem destinationFile=\"C:\\Users\\{NAME}\\x.htm\"/></webPublishItems>"),
        format!("<rangeSet ref=\"A1\" sheet=\"C:\\Users\\{NAME}\\x\"/>"),
        format!("<dataRef ref=\"A1\" name=\"C:\\Users\\{NAME}\\x.xlsx\"/>"),
        format!("<protectedRange name=\"a\" securityDescriptor=\"O:WDG:{NAME}\"/>"),
        format!("<person displayName=\"{NAME}\" userId=\"{NAME}\" providerId=\"{NAME}\"/>"),
        format!("<xdr:sp macro=\"[0]!{NAME}\" textlink=\"\"/>"),
    ] {
        let copy = shown(FileType::Xlsx, &xlsx(&format!("{named}<v>Hej</v>"))).unwrap();
        assert!(copy.contains("<v>Hej</v>") && !copy.contains(NAME), "{copy}");
    }
    let still = "<scenario name=\"a\"/><rangeSet ref=\"A1\" sheet=\"Ark 1\"/><xdr:sp macro=\"\"/>";
    assert!(shown(FileType::Xlsx, &xlsx(still)).unwrap().contains(still));
}

#[test]
fn nobody_is_named_in_an_open_document_or_a_drawing() {
    for named in [
        format!("<text:database-display text:database-name=\"file:///home/{NAME}/a.odb\"/>"),
        format!("<form:form form:datasource=\"/srv/{NAME}/a.odb\" xlink:href=\"\"/>"),
        format!("<svg:svg xml:base=\"file:///home/{NAME}\" inkscape:output-extension=\"{NAME}\"/>"),
        format!("<svg:svg><svg:g inkscape:output_extension=\"{NAME}\"/></svg:svg>"),
    ] {
        let copy = shown(FileType::Odt, &odt(&format!("{named}<text:p>Hej</text:p>"))).unwrap();
        assert!(copy.contains("<text:p>Hej</text:p>") && !copy.contains(NAME), "{copy}");
    }
    let still = "<text:database-display text:database-name=\"Adresser\"/>";
    assert!(shown(FileType::Odt, &odt(still)).unwrap().contains(still));
}
