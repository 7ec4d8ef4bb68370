//! Readers who stop in the middle of an archive: they hold no thread, keep nobody else from being served, and are let go of.

use std::{env, fs, time::Duration};

use tests::{
    App, Person, Setup,
    attachments::{pdf, pdf_of_size},
    key,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpSocket, TcpStream},
    time::{sleep, timeout},
};

use super::upload_memory::{MEASURED, in_a_process_of_its_own};

const PEOPLE: u16 = 20;

/// Archives that one person may have at once.
const EACH: usize = 6;

const MEBIBYTE: usize = 1024 * 1024;

/// How long what should be quick may take on a slow machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// Somebody who has begun to read an archive, and has read no further.
async fn stalled(app: &App, person: &Person, address: &str) -> TcpStream {
    let session = person.socket().cookie("agora_session").unwrap();
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(4096).unwrap();
    let mut connection = socket.connect(app.url().trim_start_matches("http://").parse().unwrap()).await.unwrap();
    let head = format!("GET {address} HTTP/1.1\r\nHost: agora\r\nCookie: agora_session={session}\r\n\r\n");
    connection.write_all(head.as_bytes()).await.unwrap();
    let mut status = [0; 12];
    connection.read_exact(&mut status).await.unwrap();
    assert_eq!(String::from_utf8_lossy(&status), "HTTP/1.1 200");
    connection
}

fn threads() -> usize {
    fs::read_dir("/proc/self/task").unwrap().count()
}

/// Threads are counted, and other tests begin and end theirs meanwhile.
#[tokio::test(flavor = "multi_thread")]
async fn stalled_readers_hold_no_thread_and_are_let_go_of() {
    in_a_process_of_its_own("stalled_readers::alone").await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "run in a process of its own by the test above"]
async fn alone() {
    assert!(env::var_os(MEASURED).is_some(), "run by the test above");
    let app = Setup::default().configure(|config| config.http.reader_timeout = Duration::from_secs(12)).start().await;
    let (employee, hearing) = (app.employee(1), app.hearing().open().await);
    let draft = employee.write(hearing.id, "Se bilaget").await;
    let large = pdf_of_size("Stor.pdf", 9 * MEBIBYTE);
    employee.create_attachment(hearing.id, draft.id, &large, &key()).await.unwrap();
    employee.send_draft(hearing.id, draft.id, draft.version, &employee.terms().await, &key()).await.unwrap();
    let crowd = app.crowd(PEOPLE).await;
    let staff = "INSERT INTO hearing_role (id, hearing_id, account_id, role, responsible, created_at) \
        SELECT gen_random_uuid(), $1, id, 'case_worker', false, now() FROM account \
        WHERE id NOT IN (SELECT account_id FROM hearing_role WHERE hearing_id = $1)";
    app.database().owner().execute(staff, &[&hearing.id.0]).await.unwrap();
    let address = format!("/api/v1/hearings/{}/processing/attachments.zip", hearing.id);

    let before = threads();
    let mut readers = Vec::new();
    // One after the other: a crowd that begins at once takes threads for a moment, and keeps them idle for another.
    for person in &crowd {
        for _ in 0..EACH {
            readers.push(stalled(&app, person, &address).await);
        }
        // At once: the first of them are let go of before the last have begun, on a slow machine.
        let another = person.socket().get(&address).await;
        assert_eq!((another.status, another.problem().code.as_str()), (429, "request.rate_limited"));
        assert!(another.header("retry-after").parse::<u32>().is_ok());
    }
    let held = threads().saturating_sub(before);
    assert!(held < readers.len() / 2, "{} stalled readers hold {held} threads", readers.len());

    let others = async {
        let other = app.hearing().titled("En anden").open().await;
        let words = employee.write(other.id, "Andre ord").await;
        employee.create_attachment(other.id, words.id, &pdf("Lille.pdf"), &key()).await.unwrap();
        let archive = app.owner().get_attachment_archive(hearing.id).await.unwrap();
        assert!(archive.len() > 9 * MEBIBYTE, "whoever reads gets all of it");
    };
    timeout(PATIENCE, others).await.expect("others are served all the same");

    let let_go = async {
        while crowd[0].socket().get(&address).await.status == 429 {
            sleep(Duration::from_millis(200)).await;
        }
    };
    timeout(PATIENCE, let_go).await.expect("a stalled reader gives its place back");
    // Which of them was the first is not known.
    let mut broken_off = 0;
    for reader in &mut readers[..EACH] {
        let mut rest = Vec::new();
        let ended = timeout(PATIENCE, reader.read_to_end(&mut rest)).await.expect("the connection ends");
        assert_eq!(ended.is_ok(), rest.len() > 9 * MEBIBYTE, "an archive that breaks off looks broken off: {ended:?}");
        broken_off += usize::from(ended.is_err());
    }
    assert!(broken_off > 0, "whose place is free again is not served any more");
    drop(readers);
    app.run_jobs().await;
    assert_eq!(app.mailbox.take().len(), 1);
    app.finish().await;
}
