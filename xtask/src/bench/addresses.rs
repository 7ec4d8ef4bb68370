//! What a visitor reads: the lists, the hearings and the pages of answers there are for him, and how often each is
//! asked for.

use anyhow::{Context, Result};
use serde_json::Value;

use crate::bench::http::Visitor;

/// Below this all operations lie.
pub(super) const BASE: &str = "/api/v1";

/// Orders and filters that people choose, the commonest first.
const LISTS: [&str; 5] = ["", "status=open", "sort=-deadline", "status=concluded", "sort=-updated"];

/// Pages of one list or of one hearing's answers that anybody turns to.
const PAGES: usize = 5;

/// How many requests are drawn: enough for every address to come up.
const DRAWN: usize = 20_000;

/// Addresses of each kind, the most popular first.
#[derive(Debug)]
pub(super) struct Addresses {
    pub(super) lists: Vec<String>,
    pub(super) hearings: Vec<String>,
    pub(super) responses: Vec<String>,
}

impl Addresses {
    /// Finds what a visitor sees. At most `hearings` of them.
    pub(super) fn of(visitor: &Visitor, hearings: usize) -> Result<Self> {
        let mut lists = Vec::new();
        for query in LISTS {
            lists.extend(pages(visitor, &format!("{BASE}/hearings"), query, PAGES)?.0);
        }
        let (_, items) = pages(visitor, &format!("{BASE}/hearings"), "limit=100", hearings.div_ceil(100))?;
        let hearings: Vec<String> = items.iter().take(hearings).map(|id| format!("{BASE}/hearings/{id}")).collect();
        let mut responses = Vec::new();
        for hearing in &hearings {
            let address = format!("{hearing}/responses");
            // 403 while a hearing does not show its answers.
            if visitor.get(&address)?.status == 200 {
                responses.extend(pages(visitor, &address, "", PAGES)?.0);
            }
        }
        Ok(Self { lists, hearings, responses })
    }
}

/// The addresses of a list's first pages, and the ids of what is on them.
fn pages(visitor: &Visitor, list: &str, query: &str, most: usize) -> Result<(Vec<String>, Vec<String>)> {
    let (mut addresses, mut ids) = (Vec::new(), Vec::new());
    let mut cursor = None;
    while addresses.len() < most {
        let parameters: Vec<String> =
            [query.to_owned()].into_iter().chain(cursor).filter(|parameter| !parameter.is_empty()).collect();
        let address = [list.to_owned()].into_iter().chain((!parameters.is_empty()).then(|| parameters.join("&")));
        let address = address.collect::<Vec<_>>().join("?");
        let page = visitor.json(&address)?;
        let items = page.get("items").and_then(Value::as_array).context("a list has items")?;
        ids.extend(items.iter().filter_map(|item| item.get("id")?.as_str().map(ToOwned::to_owned)));
        addresses.push(address);
        let Some(next) = page.get("next").and_then(Value::as_str) else { break };
        cursor = Some(format!("cursor={next}"));
    }
    Ok((addresses, ids))
}

/// Draws from things by Zipf's law: the second comes half as often as the first, the third a third as often. The order
/// looks random and is the same each time: steps of the golden ratio spread evenly whatever their number.
pub(super) fn zipf<T>(things: &[T]) -> impl Iterator<Item = &T> {
    const GOLDEN: f64 = 0.618_033_988_749_894_9;
    let sums: Vec<f64> = (1_u32..)
        .take(things.len())
        .scan(0.0, |sum, rank| {
            *sum += 1.0 / f64::from(rank);
            Some(*sum)
        })
        .collect();
    let whole = sums.last().copied().unwrap_or_default();
    let mut at = 0.0_f64;
    (0..DRAWN).filter_map(move |_| {
        at = (at + GOLDEN).fract();
        things.get(sums.partition_point(|sum| *sum < at * whole))
    })
}

#[cfg(test)]
mod tests {
    use super::zipf;

    #[test]
    fn the_second_comes_half_as_often_as_the_first() {
        let drawn: Vec<&char> = zipf(&['a', 'b', 'c', 'd']).collect();
        let count = |wanted: char| drawn.iter().filter(|drawn| ***drawn == wanted).count();
        let (first, second, last) = (count('a'), count('b'), count('d'));
        assert!((9_550..9_650).contains(&first) && (4_750..4_850).contains(&second), "{first} {second}");
        assert!((2_350..2_450).contains(&last), "{last}");
    }
}
