//! Under which licences other people's code comes.

use anyhow::{Context, Result};
use spdx::{Expression, Licensee, ParseMode};

use super::Package;

/// Packages under none of the allowed licences, and allowed licences that no package needs.
pub(super) fn wrong(allowed: &[String], packages: &[Package]) -> Result<Vec<String>> {
    let allowed = allowed.iter().map(|name| {
        let licence = Licensee::parse(name).with_context(|| format!("deny.toml: {name} is no licence"))?;
        Ok((name, licence))
    });
    let allowed: Vec<(&String, Licensee)> = allowed.collect::<Result<_>>()?;
    let mut wrong = Vec::new();
    let mut expressions = Vec::new();
    for Package { name, version, license, .. } in packages {
        // Old packages write `MIT/Apache-2.0`.
        match license.as_deref().map(|text| (text, Expression::parse_mode(text, ParseMode::LAX))) {
            None => wrong.push(format!("{name} {version} names no licence")),
            Some((text, Err(_))) => wrong.push(format!("{name} {version} is under `{text}`, which nobody knows")),
            Some((text, Ok(expression))) => {
                if !expression.evaluate(|asked| allowed.iter().any(|(_, licence)| licence.satisfies(asked))) {
                    wrong.push(format!("{name} {version} is under {text}, which deny.toml does not allow"));
                }
                expressions.push(expression);
            }
        }
    }
    let is_asked_for = |licence: &Licensee| {
        expressions.iter().flat_map(Expression::requirements).any(|asked| licence.satisfies(&asked.req))
    };
    let unasked = allowed.iter().filter(|(_, licence)| !is_asked_for(licence));
    wrong.extend(unasked.map(|(name, _)| format!("deny.toml allows {name}, which nothing is under")));
    Ok(wrong)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test::supply::package;

    fn under(licence: Option<&str>) -> Package {
        Package { license: licence.map(ToOwned::to_owned), ..package("theirs", "1.0.0") }
    }

    #[test]
    fn one_allowed_choice_is_enough_and_every_condition_counts() {
        let allowed = ["MIT", "Unicode-3.0"].map(ToOwned::to_owned);
        let wrong = |licence| wrong(&allowed, &[under(Some("MIT AND Unicode-3.0")), under(licence)]).unwrap();
        for good in ["MIT", "GPL-3.0-only OR MIT", "MIT/GPL-3.0", "(MIT OR Apache-2.0) AND Unicode-3.0"] {
            assert_eq!(wrong(Some(good)), Vec::<String>::new(), "{good}");
        }
        for bad in ["GPL-3.0-only", "MIT AND GPL-3.0-only", "Apache-2.0 WITH LLVM-exception"] {
            assert!(wrong(Some(bad))[0].contains("does not allow"), "{bad}");
        }
        assert!(wrong(Some("Beerware of my own"))[0].contains("nobody knows"));
        assert!(wrong(None)[0].contains("names no licence"));
    }

    #[test]
    fn nothing_is_allowed_in_advance() {
        let allowed = ["MIT", "Zlib"].map(ToOwned::to_owned);
        assert_eq!(wrong(&allowed, &[under(Some("MIT"))]).unwrap(), ["deny.toml allows Zlib, which nothing is under"]);
        assert!(wrong(&["Nonsense".to_owned()], &[]).is_err());
    }
}
