//! Whose file is looked at next, when many wait: who sends little waits for nobody who sends much, and what is small and
//! plain for no office document.

use std::{fs, os::unix::fs::PermissionsExt, path::PathBuf, thread, time::Duration};

use futures::future::join_all;
use openapi::ids::{DraftId, HearingId};
use tempfile::TempDir;
use tests::{
    Person, Setup,
    attachments::{files_in, png, txt, upload},
    key,
};

/// A program in the place of the one that looks: at office documents it looks until it is told to go on. Each says its
/// content's words when it begins.
struct Held(TempDir);

impl Held {
    fn new() -> Self {
        let held = Self(tempfile::tempdir().unwrap());
        let script = format!(
            "#!/bin/sh\nif test \"$2\" = docx; then\n  cat \"$3\" >> {0}/begun\n  \
             until test -e {0}/all || mv {0}/one {0}/taken 2>/dev/null; do sleep 0.02; done\nfi\nprintf '\"original\"'\n",
            held.0.path().display(),
        );
        fs::write(held.program(), script).unwrap();
        fs::set_permissions(held.program(), fs::Permissions::from_mode(0o755)).unwrap();
        held
    }

    fn program(&self) -> PathBuf {
        self.0.path().join("look")
    }

    /// Lets one end, or all.
    fn let_end(&self, which: &str) {
        fs::write(self.0.path().join(which), "").unwrap();
    }

    /// What has begun, in this order, once so many have.
    async fn begun(&self, so_many: usize) -> Vec<char> {
        loop {
            let begun = fs::read_to_string(self.0.path().join("begun")).unwrap_or_default();
            if begun.len() >= so_many {
                return begun.chars().collect();
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

/// Adds an office document that says who sent it.
async fn send(who: &Person, to: (HearingId, DraftId), says: char) {
    let file = upload("Notat.docx", says.to_string());
    who.create_attachment(to.0, to.1, &file, &key()).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_sent_by_many_keeps_neither_others_nor_small_files_waiting() {
    let held = Held::new();
    let app = Setup::default().looking(held.program()).start().await;
    let hearing = app.hearing().open().await.id;
    let cores = thread::available_parallelism().map_or(1, usize::from).min(20);
    let mut greedy = Vec::new();
    for number in 0..cores {
        let person = app.employee(u8::try_from(number + 1).unwrap());
        let draft = person.write(hearing, "Mange bilag").await.id;
        greedy.push((person, draft));
    }
    let (third, small) = (app.employee(23), app.employee(24));
    let draft = third.write(hearing, "Et bilag").await.id;
    let own = small.write(hearing, "Små bilag").await.id;

    // Each of them sends one after the other, so that two lie there whenever one is looked at.
    let sending = join_all(greedy.iter().map(|(person, draft)| async move {
        let one = || send(person, (hearing, *draft), 'g');
        tokio::join!(one(), one(), one());
    }));
    let watching = async {
        held.begun(cores).await;
        // All turns are taken, and more wait: what is small and plain is taken all the same.
        small.create_attachment(hearing, own, &txt("Note.txt", "Kort"), &key()).await.unwrap();
        small.create_attachment(hearing, own, &png("Kort.png"), &key()).await.unwrap();
        let third = send(&third, (hearing, draft), 't');
        let letting = async {
            // What was sent has arrived, beside the copies of those that are looked at.
            let there = || files_in(&app.files().join("incoming")).len();
            while there() < 3 * cores + 1 + cores {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            tokio::time::sleep(Duration::from_millis(200)).await;
            let mut begun = held.begun(cores).await;
            while !begun.contains(&'t') {
                held.let_end("one");
                begun = held.begun(begun.len() + 1).await;
            }
            // One, if it was only just there.
            assert!(
                begun.len() <= cores + 2,
                "it waited for the end of one, whatever else was there before: {begun:?}"
            );
            held.let_end("all");
        };
        tokio::join!(third, letting);
    };
    tokio::join!(sending, watching);
    app.finish().await;
}
