//! What becomes of files when the process that looks at them is ended from outside, because the service stops or the
//! machine has no memory left: nothing that stays.

use std::{fs, os::unix::fs::PermissionsExt, path::PathBuf};

use api::attachments::specimens::photograph;
use chrono::TimeDelta;
use openapi::{attachments::ShownState, problem::ProblemCode};
use tempfile::TempDir;
use tests::{
    App, Setup, Who,
    attachments::{files_kept, pdf, txt, upload},
    key, looking, refused,
};

/// A program in the place of the one that looks, which ends by a signal as long as that is told, and does its work
/// otherwise.
struct Ending(TempDir);

impl Ending {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn program(&self) -> PathBuf {
        let program = self.0.path().join("look");
        let script = format!(
            "#!/bin/sh\nread -r command signal < {} && test \"$command\" = \"$1\" && kill -\"$signal\" $$\nexec {} \"$@\"\n",
            self.told().display(),
            looking().display()
        );
        self.by(None);
        fs::write(&program, script).unwrap();
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
        program
    }

    fn told(&self) -> PathBuf {
        self.0.path().join("signal")
    }

    /// From now on the process for this command ends by this signal, or none does.
    fn by(&self, command_and_signal: Option<(&str, &str)>) {
        let (command, signal) = command_and_signal.unwrap_or(("-", "-"));
        fs::write(self.told(), format!("{command} {signal}\n")).unwrap();
    }
}

async fn later(app: &App) {
    app.clock.set(app.now() + TimeDelta::minutes(1));
    app.renew_sessions().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upload_is_asked_to_come_again() {
    let ending = Ending::new();
    let app = Setup::default().looking(ending.program()).start().await;
    let (employee, hearing) = (app.employee(1), app.hearing().open().await);
    let draft = employee.write(hearing.id, "Se bilaget").await;
    let (owner, with_image) = (app.owner(), app.hearing().draft().await);
    let photograph = upload("Havn.jpg", photograph(64, 48));
    for signal in ["TERM", "USR1", "KILL"] {
        ending.by(Some(("look-at", signal)));
        let refusal = refused(employee.create_attachment(hearing.id, draft.id, &pdf("Bilag.pdf"), &key()).await);
        assert_eq!(refusal, ProblemCode::Unavailable, "{signal}");
        ending.by(Some(("show-image", signal)));
        let refusal = refused(owner.replace_image(with_image.id, &photograph, &key()).await);
        assert_eq!(refusal, ProblemCode::Unavailable, "{signal}");
    }
    let _ = app.take_failures();
    for signal in ["XCPU", "XFSZ", "ABRT"] {
        ending.by(Some(("look-at", signal)));
        let refusal = refused(employee.create_attachment(hearing.id, draft.id, &pdf("Bilag.pdf"), &key()).await);
        assert_eq!(refusal, ProblemCode::AttachmentUnpacksTooLarge, "{signal}");
        ending.by(Some(("show-image", signal)));
        let refusal = refused(owner.replace_image(with_image.id, &photograph, &key()).await);
        assert_eq!(refusal, ProblemCode::AttachmentUnpacksTooLarge, "{signal}");
    }
    ending.by(None);
    employee.create_attachment(hearing.id, draft.id, &pdf("Bilag.pdf"), &key()).await.unwrap();
    owner.replace_image(with_image.id, &photograph, &key()).await.unwrap();
    assert_eq!(files_kept(app.files(), app.database()).await, 3, "the file, the image and its size");
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_older_file_is_looked_at_again() {
    let ending = Ending::new();
    let app = Setup::default().looking(ending.program()).start().await;
    let (owner, hearing) = (app.owner(), app.hearing().staffed().draft().await);
    let document = owner.create_document(hearing.id, &txt("Notat.txt", "Æbler"), &key()).await.unwrap();
    let reader = app.person(Who::Reviewer);
    let told = async || reader.get_hearing(hearing.id).await.unwrap().documents.remove(0).file.shown_state;
    for signal in ["TERM", "USR1", "KILL"] {
        app.database().owner().execute("UPDATE file SET shown_state = DEFAULT", &[]).await.unwrap();
        ending.by(Some(("look-at", signal)));
        app.run_jobs().await;
        assert_eq!((told().await, app.database().count("job").await), (ShownState::Waiting, 1), "{signal}");
        ending.by(None);
        later(&app).await;
        app.run_jobs().await;
        assert_eq!((told().await, app.database().count("job").await), (ShownState::Ready, 0), "{signal}");
    }
    assert_eq!(reader.get_document_content(hearing.id, document.id).await.unwrap(), "Æbler".as_bytes());
    app.database().owner().execute("UPDATE file SET shown_state = DEFAULT", &[]).await.unwrap();
    ending.by(Some(("look-at", "XCPU")));
    app.run_jobs().await;
    assert_eq!((told().await, app.database().count("job").await), (ShownState::Refused, 0));
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sizes_of_an_older_image_are_made_again() {
    let ending = Ending::new();
    let app = Setup::default().looking(ending.program()).start().await;
    let (owner, hearing) = (app.owner(), app.hearing().staffed().draft().await);
    owner.replace_image(hearing.id, &upload("Havn.jpg", photograph(64, 48)), &key()).await.unwrap();
    let sizes = owner.get_hearing(hearing.id).await.unwrap().image_sizes;
    for signal in ["TERM", "USR1", "KILL"] {
        app.database().owner().execute("DELETE FROM hearing_image_size", &[]).await.unwrap();
        ending.by(Some(("show-image", signal)));
        app.run_jobs().await;
        assert_eq!(app.database().count("file WHERE shown_state = 'refused'").await, 0, "{signal}");
        assert_eq!(app.database().count("job WHERE kind = 'hearing.image_sizes'").await, 1, "{signal}");
        ending.by(None);
        later(&app).await;
        app.run_jobs().await;
        assert_eq!(owner.get_hearing(hearing.id).await.unwrap().image_sizes, sizes, "{signal}");
    }
    app.run_jobs().await;
    app.finish().await;
}
