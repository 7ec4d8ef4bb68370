//! How much memory an image of fifty megapixels takes when its sizes are made: in the process that makes them, and in the
//! server, which is measured in a process of its own, where nothing else grows.

use std::{env, process::Command};

use api::attachments::specimens::{EVERY, HALF, Png, jpeg};
use openapi::attachments::Upload;
use tests::{
    App,
    attachments::{png, upload},
    key,
};

use super::upload_memory::{beside, grown};

/// What the measured test is told by, so that it does nothing in the usual run: which image.
const MEASURED: &str = "AGORA_TEST_MEASURED_IMAGE";

const IMAGES: [&str; 3] = ["havn.jpg", "havn.png", "skole.jpg"];

fn image(name: &str) -> Upload {
    match name {
        "havn.jpg" => upload(name, jpeg(8164, 6124, EVERY, false, &[])),
        "havn.png" => upload(name, Png { colours: 0, ..Png::new(8164, 6124) }.file(&[]).unwrap()),
        // As many as fit into memory that have to be held as a whole.
        _ => upload(name, jpeg(4032, 3024, HALF, true, &[])),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_image_of_fifty_megapixels_takes_as_much_memory_as_it_may() {
    for name in IMAGES {
        let mut measured = Command::new(env::current_exe().unwrap());
        let test = "image_memory::measured";
        measured.args(["--exact", test, "--nocapture", "--include-ignored"]).env(MEASURED, name);
        let output = tokio::task::spawn_blocking(move || measured.output()).await.unwrap().unwrap();
        let said = String::from_utf8_lossy(&output.stdout);
        let wrong = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() && said.contains("1 passed"), "{said}\n{wrong}");
        println!("{}", said.lines().find(|line| line.contains("MiB for")).expect("it was measured"));
    }
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "run in a process of its own by the test above"]
async fn measured() {
    let name = env::var(MEASURED).expect("run by the test above");
    let app = App::start().await;
    let (owner, hearing) = (app.owner(), app.hearing().draft().await);
    // A small one before: what is loaded once is not the image's.
    let small =
        beside("show-image", async || owner.replace_image(hearing.id, &png("lille.png"), &key()).await.unwrap());
    let (_, program) = small.await;
    let image = image(&name);
    let made = beside("show-image", async || grown(owner.replace_image(hearing.id, &image, &key())).await);
    let ((made, server), beside) = made.await;
    made.unwrap();
    let making = beside.saturating_sub(program);
    println!("{making} MiB for {name} beside the {program} of the program, {server} MiB in the server");
    assert!(making <= 60, "{making} MiB for {name}");
    assert!(making >= 5, "it was made there: {making} MiB for {name}");
    // The form holds the file once more on its way here.
    assert!(server <= 10 + 2 * image.file.len().div_ceil(1024 * 1024), "{server} MiB in the server for {name}");
    let sizes = owner.get_hearing(hearing.id).await.unwrap().image_sizes;
    assert!(sizes.last().unwrap().width >= 1000, "{sizes:?}");
    app.finish().await;
}
