//! Comparing the chain with the heads that servers showed of it outside of the database.

use std::collections::HashMap;

use diesel::{ExpressionMethods, QueryDsl, QueryResult, SelectableHelper};
use diesel_async::RunQueryDsl;
use openapi::audit::AuditHead;

use super::{Error, Finding, Report};
use crate::{
    audit::seal::{heads::RecordedHeads, queries::newest, rows::Seal},
    db::{Connection, schema::audit_seal},
};

/// Lines compared at once.
const BATCH: usize = 1_000;

/// What does not fit in one file: told once, however many heads show it.
#[derive(Default)]
struct Differences {
    /// The furthest head behind the chain's end.
    beyond: Option<AuditHead>,
    /// The first head that the chain does not hold, and its line.
    other: Option<(usize, AuditHead)>,
    others: u64,
}

/// Compares the chain with a file of heads.
pub(super) async fn compare(conn: &mut Connection, file: RecordedHeads, report: &mut Report) -> Result<(), Error> {
    let path = file.path.clone();
    let last = newest(conn).await?.map_or(0, |seal| seal.position);
    let (mut differences, mut batch) = (Differences::default(), Vec::with_capacity(BATCH));
    for line in file {
        match line.map_err(|source| Error::Heads { path: path.clone(), source })? {
            (line, Some(head)) => batch.push((line, head)),
            (_, None) => report.unreadable += 1,
        }
        if batch.len() == BATCH {
            differences.look_for(conn, std::mem::take(&mut batch), last, report).await?;
        }
    }
    differences.look_for(conn, batch, last, report).await?;
    differences.tell(&path.display().to_string(), last, report);
    Ok(())
}

impl Differences {
    async fn look_for(
        &mut self,
        conn: &mut Connection,
        heads: Vec<(usize, AuditHead)>,
        last: i64,
        report: &mut Report,
    ) -> QueryResult<()> {
        let positions: Vec<i64> = heads.iter().map(|(_, head)| head.position).collect();
        let seals: Vec<Seal> = audit_seal::table
            .filter(audit_seal::position.eq_any(positions))
            .select(Seal::as_select())
            .load(conn)
            .await?;
        let held: HashMap<i64, AuditHead> = seals.into_iter().map(|seal| (seal.position, seal.head())).collect();
        for (line, head) in heads {
            if held.get(&head.position) == Some(&head) {
                report.heads += 1;
            } else if head.position > last {
                self.beyond = self.beyond.take().filter(|beyond| beyond.position >= head.position).or(Some(head));
            } else {
                self.others += 1;
                self.other =
                    self.other.take().filter(|(_, other)| other.position <= head.position).or(Some((line, head)));
            }
        }
        Ok(())
    }

    fn tell(self, file: &str, last: i64, report: &mut Report) {
        if let Some(AuditHead { position, sealed_at: at, .. }) = self.beyond {
            report.findings.add(Finding::CutOff { last, position, at, file: file.to_owned() });
        }
        if let Some((line, AuditHead { position, sealed_at: at, .. })) = self.other {
            let (file, more) = (file.to_owned(), self.others - 1);
            report.findings.add(Finding::WrittenAnew { position, line, at, file, more });
        }
    }
}
