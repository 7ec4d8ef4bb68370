//! Makes small PDF documents: one page of text, which is all that the demonstration shows.

use std::fmt::Write;

/// Characters on a line.
const LINE: usize = 84;

/// A page with a title and paragraphs.
pub(super) fn pdf(title: &str, paragraphs: &[String]) -> Vec<u8> {
    let page = page(title, paragraphs);
    let objects = [
        b"<< /Type /Catalog /Pages 2 0 R /Lang (da) >>".to_vec(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R \
          /Resources << /Font << /F1 4 0 R >> >> >>"
            .to_vec(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_vec(),
        [format!("<< /Length {} >>\nstream\n", page.len()).as_bytes(), &page, b"\nendstream"].concat(),
        [b"<< /Title (", encoded(title).as_slice(), b") >>"].concat(),
    ];
    let (mut file, mut places) = (b"%PDF-1.4\n%\xe6\xf8\xe5\n".to_vec(), String::new());
    for (number, object) in (1..).zip(&objects) {
        let _ = writeln!(places, "{:010} 00000 n ", file.len());
        file.extend(format!("{number} 0 obj\n").bytes());
        file.extend(object);
        file.extend(b"\nendobj\n");
    }
    let (count, start) = (objects.len() + 1, file.len());
    let end = format!(
        "xref\n0 {count}\n0000000000 65535 f \n{places}trailer\n<< /Size {count} /Root 1 0 R /Info 6 0 R >>\n\
         startxref\n{start}\n%%EOF\n"
    );
    file.extend(end.bytes());
    file
}

fn page(title: &str, paragraphs: &[String]) -> Vec<u8> {
    let mut page = b"BT\n/F1 18 Tf\n60 770 Td\n(".to_vec();
    page.extend(encoded(title));
    page.extend(b") Tj\n/F1 11 Tf\n16 TL\n0 -14 Td\n");
    for paragraph in paragraphs {
        page.extend(b"T*\n");
        for line in lines(paragraph) {
            page.extend(b"(");
            page.extend(encoded(&line));
            page.extend(b") '\n");
        }
    }
    page.extend(b"ET");
    page
}

fn lines(paragraph: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in paragraph.split_whitespace() {
        let fits = lines.last().is_some_and(|line| line.chars().count() + word.chars().count() < LINE);
        match lines.last_mut().filter(|_| fits) {
            Some(line) if line.is_empty() => line.push_str(word),
            Some(line) => {
                line.push(' ');
                line.push_str(word);
            }
            None => lines.push(word.to_owned()),
        }
    }
    lines
}

/// Text in Windows-1252, as far as Danish needs it, with what would end it escaped.
fn encoded(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '(' | ')' | '\\' => bytes.extend([b'\\', u8::try_from(character).unwrap_or(b' ')]),
            '–' => bytes.push(0x96),
            '’' => bytes.push(0x92),
            other => bytes.push(u8::try_from(u32::from(other)).unwrap_or(b'?')),
        }
    }
    bytes
}
