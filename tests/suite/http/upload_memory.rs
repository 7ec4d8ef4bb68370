//! How much memory a large file takes on its way in and out: measured in a process of its own, where nothing else grows.

use std::{env, fs, process::Command};

use futures::StreamExt;
use tests::{App, Person, Setup};

/// What the measured test is told by, so that it does nothing in the usual run.
const MEASURED: &str = "AGORA_TEST_MEASURED";

const MEBIBYTE: usize = 1024 * 1024;
const FILE: usize = 100 * MEBIBYTE;

#[tokio::test(flavor = "multi_thread")]
async fn a_file_of_100_mebibytes_adds_at_most_50() {
    let this = env::current_exe().unwrap();
    let test = "http::upload_memory::measured";
    let mut measured = Command::new(this);
    measured.args(["--exact", test, "--nocapture", "--include-ignored"]).env(MEASURED, "1");
    let output = tokio::task::spawn_blocking(move || measured.output()).await.unwrap().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success() && said.contains("1 passed"),
        "{said}\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
    println!("{}", said.lines().find(|line| line.contains("MiB in")).expect("it was measured"));
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "run in a process of its own by the test above"]
async fn measured() {
    assert!(env::var_os(MEASURED).is_some(), "run by the test above");
    let app = Setup::default().configure(|config| config.files.attachment_size = 200).start().await;
    let (employee, hearing) = (app.employee(1), app.hearing().open().await);
    let draft = employee.write(hearing.id, "Et stort bilag").await;
    let address = format!("{}/api/v1/hearings/{}/drafts/{}/attachments", app.url(), hearing.id, draft.id);
    // A small one before: what is loaded once is not the file's.
    send(&app, &employee, &address, MEBIBYTE).await;
    let (id, sent) = grown(send(&app, &employee, &address, FILE)).await;
    let (length, fetched) = grown(fetch(&employee, &format!("{address}/{id}/content"))).await;
    assert_eq!(length, FILE);
    println!("{sent} MiB in, {fetched} MiB out");
    assert!(sent <= 50 && fetched <= 50, "{sent} MiB in, {fetched} MiB out");
    app.finish().await;
}

/// What a piece of work gives, and by how many MiB the process was larger at its largest.
async fn grown<T>(work: impl Future<Output = T>) -> (T, usize) {
    // From here on the largest size is counted anew.
    fs::write("/proc/self/clear_refs", "5").unwrap();
    let before = kibibytes("VmRSS");
    let done = work.await;
    (done, kibibytes("VmHWM").saturating_sub(before) / 1024)
}

fn kibibytes(name: &str) -> usize {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with(name)).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

/// Sends a file piece by piece, as a browser does, and tells its id.
async fn send(app: &App, person: &Person, address: &str, length: usize) -> String {
    let head =
        b"--a\r\nContent-Disposition: form-data; name=\"file\"; filename=\"stor.pdf\"\r\n\r\n%PDF-1.7\n".to_vec();
    let rest = (0..(length - 9) / 4096).map(|_| vec![b' '; 4096]);
    let last = vec![b' '; (length - 9) % 4096];
    let pieces = [head].into_iter().chain(rest).chain([last, b"\r\n--a--\r\n".to_vec()]);
    let pieces = futures::stream::iter(pieces.map(Ok::<_, std::io::Error>));
    let answer = request(person, reqwest::Client::new().post(address))
        .header("X-CSRF-Token", person.csrf_token())
        .header("Content-Type", "multipart/form-data; boundary=a")
        .body(reqwest::Body::wrap_stream(pieces))
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 201, "{:?}", app.take_failures());
    let taken: serde_json::Value = answer.json().await.unwrap();
    assert_eq!(taken["size"], length);
    taken["id"].as_str().unwrap().to_owned()
}

async fn fetch(person: &Person, address: &str) -> usize {
    let answer = request(person, reqwest::Client::new().get(address)).send().await.unwrap();
    answer.bytes_stream().map(|piece| piece.unwrap().len()).fold(0, async |sum, piece| sum + piece).await
}

fn request(person: &Person, request: reqwest::RequestBuilder) -> reqwest::RequestBuilder {
    let session = person.socket().cookie("agora_session").unwrap();
    request.header("Cookie", format!("agora_session={session}"))
}
