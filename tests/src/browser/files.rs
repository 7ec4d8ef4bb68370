//! Files in the browser: chosen in its dialog, or dropped on the page.

use std::fs;

use openapi::attachments::Upload;
use serde_json::json;
use tempfile::TempDir;

use super::Browser;

/// Drops a file on the place round a field, as a hand does that holds it.
const DROP: &str = "const [field, name, text] = arguments; \
    const dragged = new DataTransfer(); \
    dragged.items.add(new File([text], name)); \
    for (const name of ['dragenter', 'dragover', 'drop']) \
        field.parentElement.dispatchEvent(new DragEvent(name, {dataTransfer: dragged, bubbles: true, cancelable: true}))";

impl Browser {
    /// Chooses files in the field with this label. They lie in a folder of their own for as long as the browser is open.
    pub async fn choose_files(&self, label: &str, files: &[Upload]) {
        let folder = TempDir::new().unwrap();
        let write = |file: &Upload| {
            let path = folder.path().join(&file.name);
            fs::write(&path, &file.file).unwrap();
            path.to_str().expect("the folder's name is text").to_owned()
        };
        let paths: Vec<String> = files.iter().map(write).collect();
        self.chosen.lock().push(folder);
        self.field(label).await.send_keys(&paths.join("\n")).await.unwrap();
    }

    /// Drops a text file on the field with this label.
    pub async fn drop_file(&self, label: &str, name: &str, text: &str) {
        let field = self.field(label).await;
        self.run(DROP, vec![json!(field), json!(name), json!(text)]).await;
    }
}
