//! What holds whatever happens and in whatever order: properties, tried on generated cases.
//!
//! By default a moderate number of cases, the same at each run. `AGORA_TEST_LONGER=1` tries fifty times as many,
//! `PROPTEST_CASES=2000` so many, and `PROPTEST_RNG_SEED=7` others.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test says what is wrong best by panicking where it is, and how much it covered by printing it"
)]

mod days;
mod life;
mod paging;

use std::{env, fmt::Debug};

use proptest::{
    strategy::Strategy,
    test_runner::{Config, RngSeed, TestRunner},
};
use tokio::runtime::Handle;

/// The seed by default.
const SEED: u64 = 20_261_102;

/// Tries a property on generated cases, one after the other. Blocks: run it where that is allowed.
fn holds<T: Debug>(cases: u32, strategy: &impl Strategy<Value = T>, property: impl AsyncFn(T)) {
    let chosen = Config::default();
    let cases = if env::var_os("AGORA_TEST_LONGER").is_some() { cases * 50 } else { cases };
    let config = Config {
        cases: if env::var_os("PROPTEST_CASES").is_some() { chosen.cases } else { cases },
        rng_seed: if env::var_os("PROPTEST_RNG_SEED").is_some() { chosen.rng_seed } else { RngSeed::Fixed(SEED) },
        failure_persistence: None,
        max_shrink_iters: 200,
        ..chosen
    };
    let runtime = Handle::current();
    let tried = tokio::task::block_in_place(|| {
        TestRunner::new(config).run(strategy, |case| {
            runtime.block_on(property(case));
            Ok(())
        })
    });
    tried.unwrap_or_else(|error| panic!("{error}"));
}
