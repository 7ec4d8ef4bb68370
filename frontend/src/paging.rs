//! Lists that grow at their end: how much is shown lives in the address, so that Back and reload show as much again.

use std::future::Future;

use openapi::{
    client::Error,
    limits,
    page::{Page, PageQuery},
};
use serde::{Deserialize, Serialize};

/// Rows of one step of "Vis flere".
pub const STEP: usize = limits::PAGE_DEFAULT as usize;
/// Rows that a list shows at the most, whatever its address says.
pub const MOST: usize = 5_000;

/// How many rows of a list are shown, as it stands in an address: absent for the first step.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Shown(Option<usize>);

impl Shown {
    /// So many rows.
    pub fn rows(rows: usize) -> Shown {
        Shown(Some(rows).filter(|rows| *rows > STEP))
    }

    /// How many rows to fetch.
    pub fn wanted(self) -> usize {
        self.0.unwrap_or(STEP).clamp(STEP, MOST)
    }

    /// Whether it is the first step, which is not worth a word in the address.
    pub fn is_first(&self) -> bool {
        self.0.is_none()
    }
}

/// Fetches the first `wanted` rows in as few calls as the contract allows; `next` of what comes back says whether
/// there are more.
///
/// # Errors
/// What the first failing call said.
pub async fn first_rows<T, F, R>(wanted: usize, fetch: F) -> Result<Page<T>, Error>
where
    F: Fn(PageQuery) -> R,
    R: Future<Output = Result<Page<T>, Error>>,
{
    let mut rows = Page { items: Vec::new(), next: None };
    loop {
        let missing = wanted.saturating_sub(rows.items.len()).max(1);
        let limit = u16::try_from(missing).unwrap_or(u16::MAX).min(limits::PAGE_MAXIMUM);
        let page = fetch(PageQuery { limit: Some(limit), cursor: rows.next.take() }).await?;
        let empty = page.items.is_empty();
        rows.items.extend(page.items);
        rows.next = page.next;
        // A service that names a next page after an empty one would keep this going for ever.
        if rows.next.is_none() || empty || rows.items.len() >= wanted {
            return Ok(rows);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use super::*;

    /// Answers from a list of `total` numbers and notes how it was asked.
    async fn ask(total: usize, wanted: usize) -> (Page<usize>, Vec<u16>) {
        let asked = RefCell::new(Vec::new());
        let page = first_rows(wanted, |PageQuery { limit, cursor }| {
            let limit = limit.unwrap();
            asked.borrow_mut().push(limit);
            async move {
                let start: usize = cursor.map_or(0, |cursor| cursor.parse().unwrap());
                let end = total.min(start + usize::from(limit));
                let next = (end < total).then(|| end.to_string());
                Ok(Page { items: (start..end).collect(), next })
            }
        })
        .await
        .unwrap();
        (page, asked.into_inner())
    }

    #[test]
    fn an_address_says_how_many_rows_unless_it_is_the_first_step() {
        assert_eq!(Shown::default().wanted(), STEP);
        assert!(Shown::rows(STEP).is_first() && !Shown::rows(STEP + 1).is_first());
        assert_eq!(Shown::rows(40).wanted(), 40);
        assert_eq!(Shown::rows(usize::MAX).wanted(), MOST, "nobody is made to wait for a number somebody typed");
    }

    #[tokio::test]
    async fn as_many_rows_as_wanted_come_in_as_few_calls_as_possible() {
        let (page, asked) = ask(300, 250).await;
        assert_eq!(page.items, (0..250).collect::<Vec<_>>());
        assert_eq!(asked, [100, 100, 50]);
        assert!(page.next.is_some());
    }

    #[tokio::test]
    async fn short_and_empty_lists_end() {
        assert_eq!(ask(3, 20).await.0, Page { items: vec![0, 1, 2], next: None });
        assert_eq!(ask(0, 20).await.0.items.len(), 0);
    }
}
