//! Reads of the accounts that people log in with.

use diesel::{ExpressionMethods, OptionalExtension, QueryDsl, QueryResult, define_sql_function, sql_types::Text};
use diesel_async::RunQueryDsl;
use openapi::{ids::AccountId, session::Capacity};
use uuid::Uuid;

use super::username;
use crate::{
    db::{
        Connection,
        schema::{account, credential},
    },
    identity::queries::global_roles,
    ports::identity::Identity,
};

define_sql_function! {
    /// PostgreSQL's idea of lower case, which the unique indexes go by; Rust's differs in a few letters.
    fn lower(text: Text) -> Text;
}

/// The account behind a user name, and its password's hash.
pub(super) async fn credential(conn: &mut Connection, username: &str) -> QueryResult<Option<(AccountId, String)>> {
    credential::table
        .filter(credential::username_key.eq(username::fold(username)))
        .select((credential::account_id, credential::password_hash))
        .get_result(conn)
        .await
        .optional()
}

/// Who a built-in account is, unless its password was changed since this hash was read.
pub(super) async fn built_in_identity(
    conn: &mut Connection,
    id: AccountId,
    password_hash: &str,
) -> QueryResult<Option<Identity>> {
    let found: Option<(String, String, Option<String>)> = account::table
        .inner_join(credential::table)
        .filter(account::id.eq(id))
        .filter(credential::password_hash.eq(password_hash))
        .select((account::name, account::email, account::department))
        .get_result(conn)
        .await
        .optional()?;
    let Some((name, email, department)) = found else { return Ok(None) };
    let roles = global_roles(conn, id).await?;
    Ok(Some(Identity { account: id, name, email, department, capacity: Capacity::Employee, roles }))
}

/// How often all sessions of an account were ended at once. Asks the same of the database for a name that belongs to no
/// account.
pub(super) async fn sessions_ended(conn: &mut Connection, account: Option<AccountId>) -> QueryResult<Option<i64>> {
    let account = account::table.find(account.unwrap_or(AccountId(Uuid::nil())));
    account.select(account::sessions_ended).get_result(conn).await.optional()
}

/// Waits for the account's row, and keeps others from changing it until the transaction ends.
pub(super) async fn lock(conn: &mut Connection, id: AccountId) -> QueryResult<()> {
    account::table.find(id).select(account::id).for_no_key_update().get_result::<AccountId>(conn).await?;
    Ok(())
}
