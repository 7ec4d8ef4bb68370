//! Uploads that are no form, not one file, or not what they say.

use openapi::attachments::Upload;
use tests::{
    attachments::{WORD, form, office, pdf, txt, upload},
    contract::Operation,
    working::Working,
};

use super::cell::{Cell, Expected};

pub(super) fn cells(operation: &Operation) -> Vec<Cell> {
    let Some(whole) = Working::file(&operation.id) else { return Vec::new() };
    let mut cells = forms(&whole);
    cells.extend(names(&whole));
    cells.extend(contents());
    cells
}

fn refused(input: &str, status: u16, place: Option<&str>, body: Vec<u8>) -> Cell {
    Cell::bytes(input, Expected::Refused(status, place.map(ToOwned::to_owned)), move |_| body.clone())
}

/// Another body than a form with one file.
fn forms(whole: &Upload) -> Vec<Cell> {
    let (body, media_type) = form(whole);
    let body = String::from_utf8_lossy(&body).into_owned();
    let boundary = media_type.rsplit_once('=').map(|(_, boundary)| format!("--{boundary}")).expect("a boundary");
    let first = body.split(&format!("{boundary}--")).next().expect("a beginning").to_owned();
    let changed = |from: &str, to: &str| body.replacen(from, to, 1).into_bytes();
    let not_whole = |length: usize| body.as_bytes()[..length].to_vec();
    let mut cells = vec![
        refused("nothing", 400, None, Vec::new()),
        refused("JSON", 400, None, b"{}".to_vec()),
        refused("no parts", 400, Some("/file"), format!("{boundary}--\r\n").into_bytes()),
        refused("half a header", 400, None, not_whole(60)),
        refused("half a file", 400, None, not_whole(first.len() - 4)),
        refused("no end", 400, None, first.clone().into_bytes()),
        refused("another boundary", 400, None, body.replace("Boundary", "Grænse").into_bytes()),
        refused("another part", 400, Some("/title"), changed("name=\"file\"", "name=\"title\"")),
        refused("a part without a name", 400, None, changed("name=\"file\"; ", "")),
        refused(
            "a part without a file name",
            400,
            Some("/file"),
            changed(&format!("; filename=\"{}\"", whole.name), ""),
        ),
        refused("a part without a disposition", 400, None, changed("Content-Disposition", "X-Disposition")),
        refused("two files", 400, Some("/file"), [first.as_bytes(), body.as_bytes()].concat()),
        refused("another part behind the file", 400, Some("/title"), {
            [first.as_bytes(), &changed("name=\"file\"", "name=\"title\"")].concat()
        }),
        refused("a part within a part", 400, None, changed("application/octet-stream", "multipart/mixed; boundary=a")),
    ];
    for media_type in ["multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=\""] {
        let expected = Expected::Refused(400, None);
        cells.push(Cell::new(format!("the media type {media_type}"), expected, move |working| {
            working.header("Content-Type", Some(media_type))
        }));
    }
    cells
}

/// Names that are none, or say what is not taken.
fn names(whole: &Upload) -> Vec<Cell> {
    let long = format!("{}.pdf", "å".repeat(300));
    let wrong = ["", " ", "../../etc/passwd.pdf", "/etc/passwd.pdf", ".pdf", long.as_str()];
    let named = wrong.into_iter().map(|name| {
        let (body, _) = form(&Upload { name: name.to_owned(), ..whole.clone() });
        let short: String = name.chars().take(30).collect();
        Cell::bytes(format!("the name {short:?}"), Expected::Named("/file".to_owned()), move |_| body.clone())
    });
    let not_taken = ["program.exe", "notat", "notat.", "notat.docm", "side.html", "billede.svg", "notat.pdf.zip"];
    let not_taken = not_taken.map(|name| {
        let (body, _) = form(&Upload { name: name.to_owned(), ..whole.clone() });
        refused(&format!("the name {name}"), 422, None, body)
    });
    named.chain(not_taken).collect()
}

/// Contents that are not what their names say.
fn contents() -> Vec<Cell> {
    let program = b"MZ\x90\0\x03\0\0\0".to_vec();
    let large = [b"%PDF-1.7\n".to_vec(), vec![b' '; 11 * 1024 * 1024]].concat();
    let wrong = [
        ("an empty file", 422, upload("tom.png", Vec::new())),
        ("a program called a picture", 422, upload("billede.png", program.clone())),
        ("a program called a photo", 422, upload("billede.jpg", program)),
        ("a text called a picture", 422, txt("billede.png", "Ikke et billede")),
        ("a PDF called a picture", 422, Upload { name: "billede.jpeg".to_owned(), ..pdf("notat.pdf") }),
        ("macros", 422, office("notat.docx", WORD, "word/vbaProject.bin")),
        ("a large file", 413, upload("stor.png", large)),
    ];
    let cell = |(input, status, upload): (&str, u16, Upload)| refused(input, status, None, form(&upload).0);
    wrong.into_iter().map(cell).collect()
}
