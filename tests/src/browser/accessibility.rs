//! axe-core in the page: what it finds is a failure, on every page and in every state.

use std::{fs, sync::LazyLock};

use serde_json::Value;

use super::{Browser, driver};

static AXE: LazyLock<String> = LazyLock::new(|| {
    let path = driver::frontend().join("node_modules/axe-core/axe.min.js");
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}; run `cargo xtask setup`", path.display()))
});

const RUN: &str = "const done = arguments[0]; \
    axe.run().then(found => done(found.violations.map(violation => \
        `${violation.id} (${violation.help}): ${violation.nodes.map(node => node.html).join(' | ').slice(0, 600)}`)), \
        error => done([String(error)]))";

impl Browser {
    /// Asserts that axe finds nothing, and that nothing has to be scrolled sideways.
    pub async fn is_accessible(&self, what: &str) {
        self.run(&AXE, vec![]).await;
        let found = self.client.execute_async(RUN, vec![]).await.unwrap();
        assert_eq!(found, Value::Array(vec![]), "axe on {what}");
        self.fits_its_width(what).await;
    }
}
