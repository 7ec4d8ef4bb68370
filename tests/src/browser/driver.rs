//! ChromeDriver: one for the whole process, gone when the process is.

use std::{
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::LazyLock,
    thread,
    time::Duration,
};

use fantoccini::Client;
use serde_json::json;

/// A window cannot be narrower; what the page is told of its screen can.
pub(super) const NARROWEST: u32 = 500;

/// Where it listens.
static DRIVER: LazyLock<String> = LazyLock::new(|| {
    let port = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).unwrap().port();
    // The kernel ends it when the thread that started it ends, which is when the process does.
    thread::spawn(move || {
        let mut child = Command::new("setpriv")
            .args(["--pdeathsig", "TERM", "chromedriver", &format!("--port={port}")])
            // Without a language it finds no file whose name is not plain English.
            .env("LC_ALL", "C.UTF-8")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver is installed: `cargo xtask setup` does that");
        drop(child.wait());
    });
    wait_for(port);
    format!("http://127.0.0.1:{port}")
});

fn wait_for(port: u16) {
    for _ in 0..200 {
        if std::net::TcpStream::connect(("127.0.0.1", port)).is_ok() {
            return;
        }
        thread::sleep(Duration::from_millis(50));
    }
    panic!("chromedriver does not listen");
}

/// The folder of the crate `frontend`.
pub(super) fn frontend() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../frontend")
}

/// A new browser with nothing in it, as wide as this.
pub(super) async fn open(width: u32) -> Client {
    let driver = tokio::task::spawn_blocking(|| DRIVER.clone()).await.unwrap();
    let mut arguments = vec![
        "--headless=new".to_owned(),
        "--disable-gpu".to_owned(),
        "--disable-dev-shm-usage".to_owned(),
        // It calls nobody: not for updates, not for lists of bad sites, not for a better protocol.
        "--disable-quic".to_owned(),
        "--no-first-run".to_owned(),
        "--disable-background-networking".to_owned(),
        "--disable-component-update".to_owned(),
        "--disable-sync".to_owned(),
        "--lang=da".to_owned(),
        format!("--window-size={},1000", width.max(NARROWEST)),
    ];
    if is_root() {
        arguments.push("--no-sandbox".to_owned());
    }
    let mut options = json!({ "args": arguments });
    if width < NARROWEST {
        options["mobileEmulation"] = json!({ "deviceMetrics": { "width": width, "height": 812, "pixelRatio": 1 } });
    }
    super::connect(&driver, options).await
}

/// Chromium's sandbox refuses to work for root.
fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0)
}
