//! Epochs: stretches of time in which nothing in the database changes and no hearing passes a boundary. Within one, a
//! read that depends on nothing else gives the same answer.

use std::{
    cell::{Cell, RefCell},
    mem,
    rc::Rc,
};

use actix_web::rt;
use chrono::{DateTime, Utc};
use tokio::{sync::oneshot, task};

use crate::{db::state, hearings, http::ApiError, service::Service};

/// The number of an epoch of this thread.
pub(super) type Epoch = u64;

/// What is known of the present epoch.
#[derive(Debug, Default)]
struct Known {
    epoch: Epoch,
    state: String,
    from: DateTime<Utc>,
    /// The first boundary that comes; none when none does.
    until: Option<DateTime<Utc>>,
}

impl Known {
    fn holds(&self, state: &str, now: DateTime<Utc>) -> bool {
        self.state == state && self.from <= now && self.until.is_none_or(|until| now < until)
    }
}

/// Tells a thread's requests which epoch it is.
#[derive(Debug, Default)]
pub(super) struct Epochs {
    known: RefCell<Known>,
    waiting: RefCell<Vec<oneshot::Sender<Option<Epoch>>>>,
    is_asking: Cell<bool>,
}

impl Epochs {
    /// The epoch at a moment after this was called. Whoever asks while the database is being asked waits for the next
    /// statement; that one answers all who wait. So many requests cost one statement, and none is told of the past.
    ///
    /// # Errors
    /// When the database does not answer.
    pub(super) async fn now(self: &Rc<Self>, service: &Service) -> Result<Epoch, ApiError> {
        let (tell, told) = oneshot::channel();
        self.waiting.borrow_mut().push(tell);
        if !self.is_asking.replace(true) {
            rt::spawn(Rc::clone(self).answer_all(service.clone()));
        }
        let told = told.await.ok().flatten();
        told.ok_or_else(|| ApiError::unavailable("the database does not tell its state"))
    }

    async fn answer_all(self: Rc<Self>, service: Service) {
        loop {
            // Those who are at the door already come along.
            task::yield_now().await;
            let waiting = mem::take(&mut *self.waiting.borrow_mut());
            if waiting.is_empty() {
                self.is_asking.set(false);
                return;
            }
            let epoch = match self.ask(&service).await {
                Ok(epoch) => Some(epoch),
                Err(error) => {
                    tracing::warn!(%error, "the database's state cannot be read");
                    None
                }
            };
            for tell in waiting {
                // Somebody may have gone away meanwhile.
                let _ = tell.send(epoch);
            }
        }
    }

    async fn ask(&self, service: &Service) -> Result<Epoch, ApiError> {
        let mut conn = service.connection().await?;
        let state = state::current(&mut conn).await?;
        let now = service.now();
        if self.known.borrow().holds(&state, now) {
            return Ok(self.known.borrow().epoch);
        }
        // Should something be committed before this is read, nothing will be kept of this epoch: it is over.
        let until = hearings::queries::next_boundary(&mut conn, now).await?;
        let mut known = self.known.borrow_mut();
        *known = Known { epoch: known.epoch + 1, state, from: now, until };
        Ok(known.epoch)
    }
}
