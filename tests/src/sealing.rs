//! What sealing costs those who write to the audit log: a measurement, for `cargo run -p tests --example sealing`.

use std::{
    env, fs,
    time::{Duration, Instant},
};

use api::{
    assembly::{self, Substitutes},
    audit::{
        Change, Entry, Who, record_as,
        seal::{Sealer, keep_sealing, waiting},
    },
    config::check,
    db::{Address, Pool, migrations, provision},
    http::Origin,
    service::Service,
};
use chrono::Utc;
use diesel_async::AsyncConnection;
use openapi::{
    audit::{AuditAction, AuditObject},
    ids::HearingId,
    session::Capacity,
};
use postgres::{Cluster, Durability};
use serde::Serialize;
use tokio::{sync::watch, task::JoinSet};

use crate::{configuration::configuration, people};

/// How much is measured.
#[derive(Debug, Clone, Copy)]
pub struct Measure {
    /// How many write at once.
    pub writers: usize,
    /// How often each is measured, in turns.
    pub rounds: usize,
    /// How long each time.
    pub round: Duration,
}

/// Audited transactions each second, of all writers together.
#[derive(Debug, Clone, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Measured {
    /// Of the rounds in which nobody sealed.
    pub without_sealing: Vec<f64>,
    /// Of those in which a sealer was at work.
    pub with_sealing: Vec<f64>,
    /// At the end of each of those, for how many seconds the oldest entry had been waiting.
    pub longest_wait: Vec<f64>,
    /// Entries that are sealed each second while nobody writes, after each round in which nobody sealed.
    pub sealed_alone: Vec<f64>,
}

impl Measured {
    /// The median of the rounds with sealing, as a share of the median of those without.
    #[must_use]
    pub fn ratio(&self) -> f64 {
        median(&self.with_sealing) / median(&self.without_sealing)
    }
}

fn median(values: &[f64]) -> f64 {
    let mut values = values.to_vec();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// Measures on a private PostgreSQL whose commits are on the disk. The worst case there is: writers that do nothing but
/// write to the log.
pub async fn measure(measure: Measure) -> Measured {
    let directory = env::temp_dir().join(format!("agora-sealing-{}", std::process::id()));
    let cluster = Cluster::start(&directory, Durability::Durable).unwrap();
    let service_url = provisioned(&cluster).await;
    let service = service(&service_url);
    let patience = Duration::from_secs(60);
    let pool = Pool::new(Address::parse(&service_url).unwrap(), measure.writers, patience, patience).unwrap();
    let mut measured = Measured::default();
    write(&pool, Measure { round: measure.round / 4, ..measure }).await;
    seal(&service).await;
    for round in 0..measure.rounds * 2 {
        // Neither always comes first.
        if (round + round / 2) % 2 == 0 {
            measured.without_sealing.push(write(&pool, measure).await);
            measured.sealed_alone.push(seal(&service).await);
        } else {
            let (stop, stopped) = watch::channel(false);
            let (sealed, _) = tokio::join!(
                async {
                    let rate = write(&pool, measure).await;
                    measured.longest_wait.push(longest_wait(&pool).await);
                    stop.send_replace(true);
                    rate
                },
                keep_sealing(&service, stopped)
            );
            measured.with_sealing.push(sealed);
        }
    }
    cluster.stop().unwrap();
    fs::remove_dir_all(directory).unwrap();
    measured
}

async fn provisioned(cluster: &Cluster) -> String {
    let (database, password) = ("agora", "agorabench");
    provision::database(&cluster.url("postgres"), database).await.unwrap();
    migrations::run(&cluster.url(database)).await.unwrap();
    provision::service_login(&cluster.url(database), password).await.unwrap();
    format!("postgres://{}:{password}@127.0.0.1:{}/{database}", provision::LOGIN, cluster.port())
}

fn service(database_url: &str) -> Service {
    let config = configuration(database_url, &env::temp_dir());
    let checked = check(&config).unwrap();
    assembly::service(&config, checked, Substitutes::default()).unwrap()
}

/// Writes for a round and tells how many transactions were committed each second.
async fn write(pool: &Pool, measure: Measure) -> f64 {
    let begun = Instant::now();
    let mut writers = JoinSet::new();
    for _ in 0..measure.writers {
        let mut conn = pool.get().await.unwrap();
        writers.spawn(async move {
            let mut written = 0_u32;
            while begun.elapsed() < measure.round {
                conn.transaction(async |conn| {
                    let who = Who { account: people::Who::Owner.id(), capacity: Capacity::Employee };
                    record_as(conn, Some(who), &Origin::default(), entry(), Utc::now()).await
                })
                .await
                .unwrap();
                written += 1;
            }
            written
        });
    }
    let written: u32 = writers.join_all().await.iter().sum();
    f64::from(written) / begun.elapsed().as_secs_f64()
}

/// Seals what waits and tells how many entries each second.
async fn seal(service: &Service) -> f64 {
    let begun = Instant::now();
    let sealed = Sealer::new(service).turn(service).await.unwrap();
    f64::from(u32::try_from(sealed).unwrap()) / begun.elapsed().as_secs_f64()
}

/// A change with a decision and a personal value, as most are.
fn entry() -> Entry {
    let changes = vec![
        Change::decision("deadlineOn", Some("2026-11-30"), Some("2026-12-02")),
        Change::personal("contactEmail", None, Some("kontakt@eksempel-kommune.dk".to_owned()), None),
    ];
    let hearing = HearingId::new(Utc::now());
    Entry::new(AuditAction::HearingChanged, AuditObject::Hearing).object_id(hearing).hearing(hearing).changes(changes)
}

async fn longest_wait(pool: &Pool) -> f64 {
    let since = waiting(&mut pool.get().await.unwrap()).await.unwrap().since;
    since.map_or(0.0, |since| (Utc::now() - since).as_seconds_f64())
}
