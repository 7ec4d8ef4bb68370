//! People who are logged in. Logging in takes its time on purpose; here it is done in the database.

use anyhow::Result;

use crate::bench::database::Database;

/// How many are logged in.
pub(super) const PEOPLE: usize = 1_200;

/// Their cookies' values.
pub(super) fn tokens() -> impl Iterator<Item = String> {
    (0..PEOPLE).map(|number| format!("bench-{number}"))
}

/// Gives people logins: `bench-0` to `bench-1199`. Their accounts are new, with ids that count.
pub(super) fn begin(database: &Database, name: &str) -> Result<()> {
    let last = PEOPLE - 1;
    database.execute(
        name,
        &format!(
            "CREATE FUNCTION bench_id(kind text, number bigint) RETURNS uuid LANGUAGE sql IMMUTABLE PARALLEL SAFE
                 RETURN (kind || '0000000-0000-7000-8000-' || lpad(to_hex(number), 12, '0'))::uuid;
             INSERT INTO account (id, name, email, department, created_at)
                 SELECT bench_id('a', n), 'Måler ' || n, 'maaler.' || n || '@eksempel-kommune.example',
                     'Borgerservice', now()
                 FROM generate_series(0, {last}) AS n;
             INSERT INTO session (id, token_hash, account_id, capacity, created_at, last_used_at)
                 SELECT bench_id('c', n), sha256(convert_to('bench-' || n, 'UTF8')), bench_id('a', n), 'employee',
                     now(), now()
                 FROM generate_series(0, {last}) AS n;
             ANALYZE account, session;"
        ),
    )
}
