//! The demonstration's Markdown files: a title, what stands below it, and titled parts.

/// A file in its parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Parts {
    /// The first line's heading.
    pub(super) title: String,
    /// What stands between the title and the first part.
    pub(super) lead: String,
    /// Heading and text of each part.
    pub(super) parts: Vec<(String, String)>,
}

impl Parts {
    /// Takes a file apart at its headings of level 2.
    pub(super) fn of(file: &str) -> Self {
        let mut chunks = format!("\n{file}").split("\n## ").map(ToOwned::to_owned).collect::<Vec<_>>().into_iter();
        let (title, lead) = headed(&chunks.next().unwrap_or_default());
        let parts = chunks.map(|chunk| headed(&chunk)).collect();
        Self { title: title.trim_start_matches("# ").to_owned(), lead, parts }
    }

    /// Removes a part and gives its text.
    pub(super) fn take(&mut self, heading: &str) -> Option<String> {
        let place = self.parts.iter().position(|(title, _)| title == heading)?;
        Some(self.parts.remove(place).1)
    }

    /// The bullets of a part.
    pub(super) fn bullets(&self, heading: &str) -> Vec<&str> {
        let part = self.parts.iter().find(|(title, _)| title == heading);
        part.into_iter().flat_map(|(_, text)| text.lines()).filter_map(|line| line.strip_prefix("- ")).collect()
    }
}

fn headed(chunk: &str) -> (String, String) {
    let (heading, text) = chunk.trim_start().split_once('\n').unwrap_or((chunk, ""));
    (heading.trim().to_owned(), text.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_comes_apart_at_its_headings() {
        let mut file = Parts::of("# Titel\n\nResumé.\n\n## Baggrund\n\n- a\n- b\n\n# Under\n\n## Konklusion\n\nNej.\n");
        assert_eq!((file.title.as_str(), file.lead.as_str()), ("Titel", "Resumé."));
        assert_eq!(file.bullets("Baggrund"), ["a", "b"]);
        assert_eq!(file.take("Konklusion").as_deref(), Some("Nej."));
        assert_eq!(file.parts, [("Baggrund".to_owned(), "- a\n- b\n\n# Under".to_owned())]);
    }
}
