//! The file store's contract, kept by a local folder and by an S3-compatible store alike.

use std::collections::BTreeSet;

use api::ports::{
    choose_cryptography,
    files::{Bucket, FileStore, Held, LocalFiles, S3Files, Spool, StoreError, check, remove},
};
use futures::StreamExt;
use openapi::ids::FileId;
use tests::{S3Server, attachments::files_in};
use uuid::Uuid;

/// Longer than any piece, and of another byte at every place near another.
fn long() -> Vec<u8> {
    (0..3_000_007_u32).map(|place| u8::try_from(place % 251).unwrap()).collect()
}

async fn put(store: &dyn FileStore, content: &[u8]) -> Result<FileId, StoreError> {
    let id = FileId(Uuid::now_v7());
    let mut spool = Spool::begin(store.incoming()).await.unwrap();
    for piece in content.chunks(70_001) {
        spool.write(piece).await.unwrap();
    }
    store.put(id, spool.finish().await.unwrap()).await?;
    Ok(id)
}

async fn get(store: &dyn FileStore, id: FileId, range: std::ops::Range<u64>) -> Result<Vec<u8>, StoreError> {
    let pieces = store.get(id, range).await?;
    Ok(pieces.map(|piece| piece.expect("a piece")).collect::<Vec<_>>().await.concat())
}

/// What each adapter must do.
async fn keeps_its_contract(store: &dyn FileStore) {
    check(store).await.unwrap();
    for content in [b"x".to_vec(), "Blåbærgrød".into(), long()] {
        let (id, size) = (put(store, &content).await.unwrap(), content.len() as u64);
        assert_eq!(get(store, id, 0..size).await.unwrap(), content, "whole");
        assert_eq!(get(store, id, 0..1).await.unwrap(), content[..1], "the first byte");
        assert_eq!(get(store, id, size - 1..size).await.unwrap(), content[content.len() - 1..], "the last byte");
        assert_eq!(get(store, id, 0..0).await.unwrap(), b"", "nothing");
        let middle = content.len() / 3..content.len() / 2;
        let range = middle.start as u64..middle.end as u64;
        assert_eq!(get(store, id, range).await.unwrap(), content[middle], "the middle");
        remove(store, id).await.unwrap();
        assert!(matches!(get(store, id, 0..1).await, Err(StoreError::Missing)), "gone");
        remove(store, id).await.expect("gone is gone");
    }
    let (one, other) = (put(store, b"one").await.unwrap(), put(store, b"other").await.unwrap());
    remove(store, one).await.unwrap();
    assert_eq!(get(store, other, 0..5).await.unwrap(), b"other", "each is its own");
    assert!(files_in(store.incoming()).is_empty(), "nothing is left on its way in");
}

/// Says what it holds and how long it is, and tells a content that is cut off from a whole one.
async fn tells_what_it_holds(store: &dyn FileStore) {
    let mut kept = Vec::new();
    for length in 1..=3 {
        kept.push((put(store, &vec![b'x'; length]).await.unwrap(), length as u64));
    }
    for (id, length) in &kept {
        assert_eq!(store.size(*id).await.unwrap(), *length);
        assert!(matches!(get(store, *id, 0..length + 1).await, Err(StoreError::CutOff)), "it has {length} bytes");
        assert!(matches!(get(store, *id, 5..9).await, Err(StoreError::CutOff)), "it has {length} bytes");
    }
    let gone = kept.pop().unwrap().0;
    remove(store, gone).await.unwrap();
    assert!(matches!(store.size(gone).await, Err(StoreError::Missing)));
    let mut held: Vec<Held> = store.list().map(Result::unwrap).collect().await;
    let mut expected: Vec<Held> = kept.into_iter().map(|(id, _)| Held::Content(id)).collect();
    held.sort_by_key(|held| format!("{held:?}"));
    expected.sort_by_key(|held| format!("{held:?}"));
    assert_eq!(held, expected, "the byte of the check is none");
}

/// A reader who leaves in the middle disturbs nobody.
async fn outlives_its_readers(store: &dyn FileStore) {
    let content = long();
    let id = put(store, &content).await.unwrap();
    let mut pieces = store.get(id, 0..content.len() as u64).await.unwrap();
    assert!(pieces.next().await.unwrap().unwrap().len() < content.len(), "piece by piece");
    drop(pieces);
    assert_eq!(get(store, id, 0..content.len() as u64).await.unwrap(), content);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_local_folder_keeps_the_contract() {
    let folder = tempfile::tempdir().unwrap();
    let store = LocalFiles::open(folder.path()).unwrap();
    keeps_its_contract(&store).await;
    outlives_its_readers(&store).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_local_folder_tells_what_it_holds() {
    let folder = tempfile::tempdir().unwrap();
    let store = LocalFiles::open(folder.path()).unwrap();
    tells_what_it_holds(&store).await;
    std::fs::write(folder.path().join("contents/læs mig.txt"), "x").unwrap();
    let others = store.list().filter(|held| std::future::ready(matches!(held, Ok(Held::Other(_))))).count().await;
    assert_eq!(others, 1, "what somebody else put there is no content");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_s3_store_keeps_the_contract() {
    choose_cryptography();
    let (server, incoming) = (S3Server::start().await, tempfile::tempdir().unwrap());
    let store = S3Files::new(server.bucket(incoming.path())).unwrap();
    keeps_its_contract(&store).await;
    outlives_its_readers(&store).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_s3_store_tells_what_it_holds() {
    choose_cryptography();
    let (server, incoming) = (S3Server::start().await, tempfile::tempdir().unwrap());
    let store = S3Files::new(server.bucket(incoming.path())).unwrap();
    check(&store).await.unwrap();
    tells_what_it_holds(&store).await;
}

/// A store lists a thousand at a time.
#[tokio::test(flavor = "multi_thread")]
async fn an_s3_store_lists_every_page() {
    choose_cryptography();
    let (server, incoming) = (S3Server::start().await, tempfile::tempdir().unwrap());
    let store = S3Files::new(server.bucket(incoming.path())).unwrap();
    check(&store).await.unwrap();
    let folder = server.folder().join("agora");
    let ids: BTreeSet<FileId> = (0..2_100).map(|_| FileId(Uuid::now_v7())).collect();
    for id in &ids {
        std::fs::write(folder.join(id.to_string()), "x").unwrap();
    }
    let held: Vec<Held> = store.list().map(Result::unwrap).collect().await;
    let held: BTreeSet<FileId> = held
        .into_iter()
        .map(|held| match held {
            Held::Content(id) => id,
            Held::Other(name) => panic!("{name}"),
        })
        .collect();
    assert_eq!(held, ids);
}

/// Names lie below the prefix, and the bucket is named in the path.
#[tokio::test(flavor = "multi_thread")]
async fn an_s3_store_keeps_to_its_prefix() {
    choose_cryptography();
    let (server, incoming) = (S3Server::start().await, tempfile::tempdir().unwrap());
    let id = put(&S3Files::new(server.bucket(incoming.path())).unwrap(), b"x").await.unwrap();
    assert_eq!(std::fs::read(server.folder().join("agora").join(id.to_string())).unwrap(), b"x");
}

/// The server checks signatures: a store that signs wrongly is refused everything, and says so without its keys.
#[tokio::test(flavor = "multi_thread")]
async fn an_s3_store_is_believed_by_its_signature_alone() {
    choose_cryptography();
    let (server, incoming) = (S3Server::start().await, tempfile::tempdir().unwrap());
    let right = server.bucket(incoming.path());
    let id = put(&S3Files::new(right.clone()).unwrap(), b"x").await.unwrap();
    for wrong in [
        Bucket { secret_key: "en-anden-hemmelighed".to_owned().into(), ..right.clone() },
        Bucket { access_key: "en-anden".to_owned(), ..right.clone() },
    ] {
        let store = S3Files::new(wrong).unwrap();
        let refusals = [
            check(&store).await.unwrap_err(),
            put(&store, b"x").await.unwrap_err(),
            get(&store, id, 0..1).await.unwrap_err(),
            remove(&store, id).await.unwrap_err(),
        ];
        for refusal in refusals {
            assert!(matches!(refusal, StoreError::Refused(_)), "{refusal:?}");
            assert!(!format!("{refusal:?}").contains("hemmelighed"), "{refusal:?}");
        }
    }
    assert_eq!(get(&S3Files::new(right).unwrap(), id, 0..1).await.unwrap(), b"x", "it is still there");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bucket_that_is_not_there_is_told_from_a_store_that_is_away() {
    choose_cryptography();
    let (server, incoming) = (S3Server::start().await, tempfile::tempdir().unwrap());
    let bucket = server.bucket(incoming.path());
    let store = S3Files::new(Bucket { name: "another".to_owned(), ..bucket.clone() }).unwrap();
    let refusal = check(&store).await.unwrap_err();
    assert!(matches!(refusal, StoreError::Refused(_)), "{refusal:?}");
    drop(server);
    let nobody = Bucket { endpoint: "http://127.0.0.1:1".parse().unwrap(), ..bucket };
    let store = S3Files::new(nobody).unwrap();
    let away = check(&store).await.unwrap_err();
    assert!(matches!(away, StoreError::Failed(_)), "{away:?}");
    assert!(!format!("{away:?}").contains("X-Amz-Signature"), "an address lets whoever reads it in: {away:?}");
}

/// A folder that was taken away is a failure and no empty store.
#[tokio::test(flavor = "multi_thread")]
async fn a_local_folder_that_is_gone_fails() {
    let folder = tempfile::tempdir().unwrap();
    let store = LocalFiles::open(folder.path()).unwrap();
    std::fs::remove_dir_all(folder.path()).unwrap();
    assert!(matches!(check(&store).await, Err(StoreError::Failed(_))));
}
