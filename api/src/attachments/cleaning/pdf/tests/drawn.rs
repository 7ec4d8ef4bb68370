//! Images in the text of a page, pieces of images, and forms in forms.

use super::*;

fn text(content: &str) -> Stream {
    Stream::new(Dictionary::new(), content.as_bytes().to_vec())
}

fn megapixels(told: &Result<(), Failure>) -> Option<u64> {
    match told {
        Err(Failure::Refused(Refusal::ImageTooLarge { megapixels })) => Some(*megapixels),
        _ => None,
    }
}

#[test]
fn an_image_in_the_text_of_a_page_has_as_many_pixels_as_one_beside_it() {
    for still in [
        "q BI /W 4 /H 4 /BPC 8 /CS /G ID abcdefghijklmnop EI Q",
        "(En BI eller ID) Tj",
        "BI /W 20000 /H 20000 /IM true ID x EI",
    ] {
        assert!(told(document(text(still), Vec::new())).is_ok(), "{still}");
    }
    for large in [
        "q BI /W 30000/H 30000 /BPC 8 /CS/RGB ID x EI",
        "BI/Width 30000/H 30000/BPC 8 ID x EI",
        "BI /#57 30000 /Hei#67ht 30000 /BPC 8\nID x EI",
        "BI /W 99999999999999999999 /H 2 /BPC 8 ID x EI",
        "BI /W 1 /H 1 ID ( EI BI /W 30000 /H 30000 /BPC 8 ID x EI",
    ] {
        assert_eq!(megapixels(&told(document(text(large), Vec::new()))), Some(150), "{large}");
        let packed = packed("FlateDecode".into(), deflated(large.as_bytes(), 1));
        assert_eq!(megapixels(&told(document(packed, Vec::new()))), Some(150), "{large}");
        assert_eq!(megapixels(&told(document(words(), vec![text(large)]))), Some(150), "in a form: {large}");
    }
    let white = "BI /W 30000 /H 30000 /BPC 1 ID x EI";
    assert_eq!(megapixels(&told(document(text(white), Vec::new()))), Some(400));
}

/// A piece of a JBIG2 image.
fn piece(kind: u8, width: u32, height: u32) -> Vec<u8> {
    [&[0, 0, 0, 1, kind, 0, 1, 0, 0, 0, 18][..], &width.to_be_bytes(), &height.to_be_bytes(), &[0; 10]].concat()
}

#[test]
fn an_image_of_pieces_is_as_large_as_it_says_in_each() {
    let told = |pieces: &[Vec<u8>]| told(document(words(), vec![image(8, 8, 1, "JBIG2Decode", pieces.concat())]));
    assert!(told(&[piece(48, 13_244, 18_724), piece(6, 13_244, 18_724), piece(38, 13_244, 18_724)]).is_ok());
    assert!(told(&[piece(48, 13_244, u32::MAX), piece(49, 0, 0)]).is_ok());
    assert_eq!(megapixels(&told(&[piece(48, 30_000, 30_000)])), Some(400));
    assert_eq!(megapixels(&told(&[piece(0, 99, 99), piece(48, 8, 8), piece(38, 1_000_000, 1000)])), Some(400));
    assert!(is_too_large(&told(&vec![piece(38, 20_000, 20_000); 5])));
}

#[test]
fn a_row_is_no_longer_than_what_holds_it() {
    let faxed = |columns: i64, rows: i64| {
        let mut fax = image(8, 8, 1, "CCITTFaxDecode", vec![0; 8]);
        fax.dict.set("DecodeParms", dictionary! { "K" => -1, "Columns" => columns, "Rows" => rows });
        told(document(words(), vec![fax]))
    };
    assert!(faxed(13_244, 18_724).is_ok());
    assert_eq!(megapixels(&faxed(1_000_000, 1_000)), Some(400));
    assert!(is_too_large(&faxed(i64::MAX, 1)));
    let mut row = packed("FlateDecode".into(), numbers(1));
    row.dict.set("DecodeParms", dictionary! { "Predictor" => 15, "Columns" => 1_000_000_000 });
    assert!(is_too_large(&told(document(row, Vec::new()))));
}

/// A document of forms, each of which draws the next so many times.
fn nested(deep: usize, times: usize) -> Document {
    let mut document = document(text("/F Do"), Vec::new());
    let mut next = document.add_object(text("0 0 m"));
    for _ in 0..deep {
        let mut form = text(&"/F#6f Do ".repeat(times));
        form.dict.set("Subtype", "Form");
        form.dict.set("Resources", dictionary! { "XObject" => dictionary! { "Fo" => next } });
        next = document.add_object(form);
    }
    let page = document.page_iter().next().unwrap();
    let resources = dictionary! { "XObject" => dictionary! { "F" => next } };
    document.get_dictionary_mut(page).unwrap().set("Resources", resources);
    document
}

#[test]
fn forms_in_forms_are_counted_wherever_they_are_drawn() {
    assert!(told(nested(3, 20)).is_ok(), "symbols on a map");
    assert!(is_too_large(&told(nested(10, 10))), "ten thousand million lines");
    assert!(is_too_large(&told(nested(80, 1))), "deeper than programs go");
    let mut ring = nested(1, 1);
    let last = ring.max_id;
    let resources = dictionary! { "XObject" => dictionary! { "Fo" => (last, 0) } };
    ring.get_object_mut((last, 0)).unwrap().as_stream_mut().unwrap().dict.set("Resources", resources);
    assert!(told(ring).is_ok(), "programs do not draw a form in itself");
}
