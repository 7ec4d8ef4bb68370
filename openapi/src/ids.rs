//! Identifiers: UUIDs of version 7, opaque to callers, one type for each kind of thing so that they cannot be mixed up.

use serde::{Deserialize, Deserializer, de};

/// A text that is no id as the document describes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("is no UUID in its usual form, 0190b7a2-0000-7000-8000-000000000001")]
pub struct NoId;

/// Reads an id in its one form: 36 characters with hyphens, in either case. Not in braces, not as a URN, not without hyphens.
fn parse(text: &str) -> Result<uuid::Uuid, NoId> {
    if text.len() == 36 { text.parse().map_err(|_| NoId) } else { Err(NoId) }
}

fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<uuid::Uuid, D::Error> {
    parse(&String::deserialize(deserializer)?).map_err(de::Error::custom)
}

/// Declares an identifier type around a UUID.
macro_rules! id {
    ($( $(#[$meta:meta])* $name:ident ),+ $(,)?) => { $(
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        #[cfg_attr(feature = "server", derive(utoipa::ToSchema, diesel::expression::AsExpression, diesel::deserialize::FromSqlRow))]
        #[cfg_attr(feature = "server", diesel(sql_type = diesel::sql_types::Uuid))]
        pub struct $name(#[serde(deserialize_with = "deserialize")] pub uuid::Uuid);

        impl $name {
            /// A new identifier; later ones sort after earlier ones.
            #[must_use]
            pub fn new(now: chrono::DateTime<chrono::Utc>) -> Self {
                let seconds = u64::try_from(now.timestamp()).unwrap_or_default();
                let moment = uuid::Timestamp::from_unix(uuid::NoContext, seconds, now.timestamp_subsec_nanos());
                Self(uuid::Uuid::new_v7(moment))
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = NoId;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                parse(text).map(Self)
            }
        }

        #[cfg(feature = "server")]
        impl diesel::serialize::ToSql<diesel::sql_types::Uuid, diesel::pg::Pg> for $name {
            fn to_sql<'b>(
                &'b self,
                out: &mut diesel::serialize::Output<'b, '_, diesel::pg::Pg>,
            ) -> diesel::serialize::Result {
                diesel::serialize::ToSql::<diesel::sql_types::Uuid, diesel::pg::Pg>::to_sql(&self.0, out)
            }
        }

        #[cfg(feature = "server")]
        impl diesel::deserialize::FromSql<diesel::sql_types::Uuid, diesel::pg::Pg> for $name {
            fn from_sql(bytes: diesel::pg::PgValue<'_>) -> diesel::deserialize::Result<Self> {
                diesel::deserialize::FromSql::<diesel::sql_types::Uuid, diesel::pg::Pg>::from_sql(bytes).map(Self)
            }
        }
    )+ };
}

id! {
    /// A person who can log in.
    AccountId,
    /// An entry of the audit log.
    AuditEntryId,
    /// A document of a hearing.
    DocumentId,
    /// An unsent answer.
    DraftId,
    /// A file.
    FileId,
    /// A hearing.
    HearingId,
    /// A job of the queue.
    JobId,
    /// An answer that was sent.
    ResponseId,
    /// One person's role on one hearing.
    RoleId,
    /// A section of a hearing's text.
    SectionId,
    /// A login.
    SessionId,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_has_one_form() {
        let id = "0190b7a2-0000-7000-8000-00000000000a";
        for right in [id.to_owned(), id.to_uppercase()] {
            assert_eq!(right.parse::<HearingId>().unwrap().to_string(), id);
            assert_eq!(serde_json::from_value::<HearingId>(right.into()).unwrap().to_string(), id);
        }
        for wrong in
            [format!("{{{id}}}"), format!("urn:uuid:{id}"), id.replace('-', ""), format!(" {id}"), String::new()]
        {
            assert_eq!(wrong.parse::<HearingId>(), Err(NoId), "{wrong}");
            assert!(serde_json::from_value::<HearingId>(wrong.into()).is_err());
        }
    }
}
