//! A log that an earlier version wrote and sealed, in format 1: it is proven after the upgrade, goes on in format 2, and
//! from then on the upgrade cannot be taken back.

use std::env;

use api::{
    assembly::{self, Substitutes},
    audit::seal::Sealer,
    config::check,
    db::migrations,
};
use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::{Digest, Sha256, Sha512};
use tests::{Database, Who, configuration};
use uuid::Uuid;

use super::log::{Verified, verify};

/// The migration from which on the database itself records when an entry is written.
const MIGRATION: &str = "2026-11-27-000150";

const ACTION: &str = "account.changed";

/// The bytes of format 1, as `api/src/audit/seal/canonical.rs` describes them.
#[derive(Default)]
struct Bytes(Vec<u8>);

impl Bytes {
    fn field(mut self, value: Option<&[u8]>) -> Self {
        match value {
            None => self.0.push(0),
            Some(value) => self.tagged(1, value),
        }
        self
    }

    fn tagged(&mut self, tag: u8, value: &[u8]) {
        self.0.push(tag);
        self.counted(value);
    }

    fn counted(&mut self, value: &[u8]) {
        self.0.extend((value.len() as u64).to_be_bytes());
        self.0.extend(value);
    }

    fn json(&mut self, value: &Value) {
        match value {
            Value::Null => self.0.push(b'n'),
            Value::Bool(value) => self.0.push(if *value { b't' } else { b'f' }),
            Value::String(text) => self.tagged(b's', text.as_bytes()),
            Value::Array(members) => {
                self.0.push(b'a');
                self.0.extend((members.len() as u64).to_be_bytes());
                for member in members {
                    self.json(member);
                }
            }
            Value::Object(members) => {
                self.0.push(b'o');
                self.0.extend((members.len() as u64).to_be_bytes());
                let mut members: Vec<_> = members.iter().collect();
                members.sort_unstable_by_key(|(name, _)| *name);
                for (name, member) in members {
                    self.counted(name.as_bytes());
                    self.json(member);
                }
            }
            Value::Number(number) => panic!("the service writes no numbers: {number}"),
        }
    }
}

/// Microseconds since 1 January 2000, as PostgreSQL counts.
fn microseconds(at: DateTime<Utc>) -> [u8; 8] {
    (at.timestamp_micros() - 946_684_800_000_000).to_be_bytes()
}

/// The sealer of the earlier version.
struct Sealing {
    key: Hmac<Sha256>,
    key_id: String,
    position: i64,
    previous: Vec<u8>,
}

impl Sealing {
    fn by(secret: &str) -> Self {
        let key = Sha512::new().chain_update(b"audit seal\0").chain_update(secret).finalize();
        let mut sealing = Self { key: Hmac::new(&key), key_id: String::new(), position: 0, previous: Vec::new() };
        sealing.key_id = hex(&sealing.mac(b"key id\0", &[])[..4]);
        sealing
    }

    fn mac(&self, purpose: &[u8], bytes: &[u8]) -> Vec<u8> {
        self.key.clone().chain_update(purpose).chain_update(bytes).finalize().into_bytes().to_vec()
    }

    /// Writes an entry of an account's change, with its seal unless it shall wait.
    async fn write(&mut self, database: &Database, entry: &Entry, sealed_at: Option<DateTime<Utc>>) {
        let Entry { id, at, action, changes, count } = entry;
        let (actor, object_id) = (Who::Administrator.id().0, Who::Owner.id().to_string());
        let owner = database.owner();
        let insert = "INSERT INTO audit_entry (id, occurred_at, actor_id, capacity, action, outcome, object, object_id, \
                      source, count, changes) VALUES ($1, $2, $3, 'employee', $4, 'done', 'account', $5, 'kilde', $6, $7)";
        owner.execute(insert, &[id, at, &actor, action, &object_id, count, changes]).await.unwrap();
        let Some(sealed_at) = sealed_at else {
            owner.execute("INSERT INTO audit_unsealed (entry_id) VALUES ($1)", &[id]).await.unwrap();
            return;
        };
        let mut json = Bytes::default();
        json.json(changes);
        let bytes = Bytes::default()
            .field(Some(id.as_bytes()))
            .field(Some(&microseconds(*at)))
            .field(Some(actor.as_bytes()))
            .field(Some(b"employee"))
            .field(Some(action.as_bytes()))
            .field(Some(b"done"))
            .field(Some(b"account"))
            .field(Some(object_id.as_bytes()))
            .field(None)
            .field(None)
            .field(Some(b"kilde"))
            .field(Some(&count.to_be_bytes()))
            .field(Some(&json.0));
        let digest = self.mac(b"entry\0", &bytes.0);
        self.position += 1;
        let link = Bytes::default()
            .field(Some(&self.previous))
            .field(Some(&self.position.to_be_bytes()))
            .field(Some(id.as_bytes()))
            .field(Some(&microseconds(sealed_at)))
            .field(Some(&1_i32.to_be_bytes()))
            .field(Some(self.key_id.as_bytes()))
            .field(Some(&digest))
            .field(Some(&[1]));
        self.previous = self.mac(b"link\0", &link.0);
        let insert = "INSERT INTO audit_seal (position, entry_id, mac, sealed_at, format, key_id, digest, caught_up) \
                      VALUES ($1, $2, $3, $4, 1, $5, $6, true)";
        let seal: [&(dyn tokio_postgres::types::ToSql + Sync); 6] =
            [&self.position, id, &self.previous, &sealed_at, &self.key_id, &digest];
        owner.execute(insert, &seal).await.unwrap();
    }
}

/// What differs between the entries.
struct Entry {
    id: Uuid,
    at: DateTime<Utc>,
    action: &'static str,
    changes: Value,
    count: i32,
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A personal value as an entry tells of it, and as it lies beside the entry unless it was erased.
async fn personal(database: &Database, entry: Uuid, value: &str, erased: bool) -> Value {
    let (salt, person) = (b"sixteen bytes...".to_vec(), Who::Owner.id().0);
    if !erased {
        let insert =
            "INSERT INTO audit_value (entry_id, field, person_id, new_value, salt) VALUES ($1, 'name', $2, $3, $4)";
        database.owner().execute(insert, &[&entry, &person, &value, &salt]).await.unwrap();
    }
    let digest = hex(&Sha256::new().chain_update(&salt).chain_update(value).finalize());
    json!({ "field": "name", "new": digest, "personal": true, "person": person })
}

/// A database of the version before, with a log of four sealed entries, one of them an erasure, and one that waits; then
/// brought up to date.
async fn upgraded(secret: &str) -> Database {
    let database = Database::create_before(MIGRATION).await;
    let mut sealing = Sealing::by(secret);
    let now = Utc::now().trunc_subsecs(6);
    let began = now - TimeDelta::days(3);
    // Values refer to entries, which are written last here.
    database.owner().batch_execute("SET session_replication_role = replica").await.unwrap();
    for number in 0..5_u8 {
        let (id, waits) =
            (Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 + u128::from(number)), number == 4);
        let at = if waits { now } else { began + TimeDelta::minutes(number.into()) };
        let decision = json!({ "field": "roles", "old": "auditor", "new": "\"æøå\" \\ \u{1}" });
        let (action, changes) = match number {
            0 => (ACTION, json!([decision, personal(&database, id, "Søren", true).await])),
            2 => ("audit.values_erased", json!([])),
            _ => (ACTION, json!([personal(&database, id, "Åse", false).await, decision, { "field": "password" }])),
        };
        let entry = Entry { id, at, action, changes, count: 1 };
        sealing.write(&database, &entry, (!waits).then_some(at + TimeDelta::seconds(2))).await;
    }
    database.owner().batch_execute("SET session_replication_role = DEFAULT").await.unwrap();
    migrations::run(&database.owner_url()).await.unwrap();
    database
}

/// A server of this version seals what waits.
async fn seal(database: &Database) -> (usize, String) {
    let config = configuration(&database.service_url(), &env::temp_dir());
    let service = assembly::service(&config, check(&config).unwrap(), Substitutes::default()).unwrap();
    let sealed = Sealer::new(&service).turn(&service).await.unwrap();
    (sealed, config.session.secret_key.unwrap().expose().to_owned())
}

async fn verified(database: &Database, secret: &str) -> Verified {
    verify(&database.service_url(), secret, &[] as &[&str]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_log_sealed_by_the_version_before_is_proven_and_goes_on() {
    let secret = secret();
    let database = upgraded(&secret).await;
    verified(&database, &secret).await.is_whole();
    assert_eq!(seal(&database).await, (1, secret.clone()), "what waited gets the seal of this version");
    assert_eq!(database.count("audit_seal WHERE format = 1").await, 4);
    assert_eq!(database.count("audit_seal WHERE format = 2 AND position = 5").await, 1);
    verified(&database, &secret).await.is_whole();

    let change =
        "UPDATE audit_entry SET source = 'anden' WHERE id = (SELECT entry_id FROM audit_seal WHERE position = $1)";
    for position in [2_i64, 5] {
        database.owner().execute(change, &[&position]).await.unwrap();
        verified(&database, &secret).await.names(&format!("(position {position}) has been changed"));
        let back = change.replace("anden", "kilde");
        database.owner().execute(&back, &[&position]).await.unwrap();
    }
    verified(&database, &secret).await.is_whole();
    database.remove().await;
}

/// Without the columns that format 2 covers nothing of it could be proven. As long as nothing is sealed in it, one can go
/// back.
#[tokio::test(flavor = "multi_thread")]
async fn the_upgrade_cannot_be_taken_back_once_this_version_has_sealed() {
    let secret = secret();
    let database = upgraded(&secret).await;
    let down = include_str!("../../../../migrations/2026-11-27-000150_audit_hand/down.sql");
    let up = include_str!("../../../../migrations/2026-11-27-000150_audit_hand/up.sql");
    database.owner().batch_execute(&format!("BEGIN; {down}; {up}; COMMIT")).await.unwrap();
    verified(&database, &secret).await.is_whole();

    seal(&database).await;
    let refused = migrations::revert_all(&database.owner_url()).await.unwrap_err().to_string();
    assert!(refused.contains("1 seals of the audit log cover recorded_at and transaction_id"), "{refused}");
    assert_eq!(database.count("audit_entry WHERE recorded_at IS NOT NULL").await, 1);
    migrations::run(&database.owner_url()).await.unwrap();
    verified(&database, &secret).await.is_whole();
    database.remove().await;
}

fn secret() -> String {
    let config = configuration("postgres://localhost/agora", &env::temp_dir());
    config.session.secret_key.unwrap().expose().to_owned()
}
