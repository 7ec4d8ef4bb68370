//! Lists that grow at their end: how much is shown lives in the address, so that Back and reload show as much again.

use std::future::Future;

use openapi::{client::Error, limits, page::Page};

/// Rows of one step of "Vis flere".
pub const STEP: usize = limits::PAGE_DEFAULT as usize;

/// Fetches the first `wanted` rows in as few calls as the contract allows; `next` of what comes back says whether
/// there are more. `fetch` gets the number of rows and the cursor.
///
/// # Errors
/// What the first failing call said.
pub async fn first_rows<T, F, R>(wanted: usize, fetch: F) -> Result<Page<T>, Error>
where
    F: Fn(u16, Option<String>) -> R,
    R: Future<Output = Result<Page<T>, Error>>,
{
    let mut rows = Page { items: Vec::new(), next: None };
    loop {
        let missing = wanted.saturating_sub(rows.items.len()).max(1);
        let limit = u16::try_from(missing).unwrap_or(u16::MAX).min(limits::PAGE_MAXIMUM);
        let page = fetch(limit, rows.next.take()).await?;
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
        let page = first_rows(wanted, |limit, cursor| {
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
