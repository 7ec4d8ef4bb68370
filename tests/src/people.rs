//! The people of the tests. They are in the template, each with an account, a password and a session.

use std::sync::LazyLock;

use api::login::fold_username;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, Version};
use chrono::{DateTime, Utc};
use openapi::{
    ids::AccountId,
    session::GlobalRole::{self, Administrator, Auditor, HearingCreator},
};
use tokio_postgres::Client;
use uuid::Uuid;

use crate::beginning;

/// Everybody's password.
pub const PASSWORD: &str = "rødgrød-med-fløde";

/// Somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Who {
    /// Creates hearings, and owns those of [`crate::HearingBuilder`].
    Owner,
    /// Creates hearings too, and has no part in the owner's.
    OtherCreator,
    /// Reviews the owner's hearings.
    Reviewer,
    /// Works on the answers to the owner's hearings.
    CaseWorker,
    /// Is invited to the owner's hearings.
    Invitee,
    /// Is invited to the owner's hearings as well.
    OtherInvitee,
    /// Runs the installation.
    Administrator,
    /// Is the data protection officer.
    Auditor,
    /// One of [`Who::EMPLOYEES`] people who work for the municipality and have no role at all.
    Employee(u8),
}

impl Who {
    /// How many plain employees there are.
    pub const EMPLOYEES: u8 = 24;

    /// Everybody.
    pub fn everybody() -> impl Iterator<Item = Self> {
        use Who::{Administrator, Auditor, CaseWorker, Invitee, OtherCreator, OtherInvitee, Owner, Reviewer};
        let named = [Owner, OtherCreator, Reviewer, CaseWorker, Invitee, OtherInvitee, Administrator, Auditor];
        named.into_iter().chain((1..=Self::EMPLOYEES).map(Self::Employee))
    }

    /// The account.
    #[must_use]
    pub fn id(self) -> AccountId {
        AccountId(Uuid::from_u128(0x019a_0000_0000_7000_8000_0000_0000_0000 + u128::from(self.number())))
    }

    const fn number(self) -> u8 {
        match self {
            Self::Owner => 101,
            Self::OtherCreator => 102,
            Self::Reviewer => 103,
            Self::CaseWorker => 104,
            Self::Invitee => 105,
            Self::OtherInvitee => 106,
            Self::Administrator => 107,
            Self::Auditor => 108,
            Self::Employee(number) => number,
        }
    }

    /// Full name.
    #[must_use]
    pub fn name(self) -> String {
        match self {
            Self::Owner => "Mette Sørensen".to_owned(),
            Self::OtherCreator => "Poul Thygesen".to_owned(),
            Self::Reviewer => "Jens Ågård".to_owned(),
            Self::CaseWorker => "Birgit Møller-Lund".to_owned(),
            Self::Invitee => "Karen Østergaard".to_owned(),
            Self::OtherInvitee => "Ib Knudsen".to_owned(),
            Self::Administrator => "Ulla Ravn".to_owned(),
            Self::Auditor => "Lars Bech".to_owned(),
            Self::Employee(number) => format!("Medarbejder {number:02} Æbeltoft"),
        }
    }

    /// User name, and the part of the e-mail address before the `@`.
    #[must_use]
    pub fn username(self) -> String {
        match self {
            Self::Owner => "mette".to_owned(),
            Self::OtherCreator => "poul".to_owned(),
            Self::Reviewer => "jens".to_owned(),
            Self::CaseWorker => "birgit".to_owned(),
            Self::Invitee => "karen".to_owned(),
            Self::OtherInvitee => "ib".to_owned(),
            Self::Administrator => "ulla".to_owned(),
            Self::Auditor => "lars".to_owned(),
            Self::Employee(number) => format!("medarbejder{number}"),
        }
    }

    /// E-mail address.
    #[must_use]
    pub fn email(self) -> String {
        format!("{}@eksempel-kommune.dk", self.username())
    }

    /// Department.
    #[must_use]
    pub const fn department(self) -> &'static str {
        match self {
            Self::Owner | Self::Reviewer => "Skole og Dagtilbud",
            Self::OtherCreator => "Teknik og Miljø",
            Self::CaseWorker => "Børn og Unge",
            Self::Administrator => "It og Digitalisering",
            Self::Auditor => "Borgmesterens Afdeling",
            Self::Invitee | Self::OtherInvitee => "Ørbækskolen",
            Self::Employee(_) => "Ældreområdet",
        }
    }

    const fn roles(self) -> &'static [GlobalRole] {
        match self {
            Self::Owner | Self::OtherCreator => &[HearingCreator],
            Self::Administrator => &[Administrator],
            Self::Auditor => &[Auditor],
            _ => &[],
        }
    }

    /// The cookie of the session that the person has from the beginning.
    #[must_use]
    pub fn token(self) -> String {
        format!("session-of-{}", self.username())
    }
}

/// The password as it is stored, with figures that make it quick. What they are stands in the hash, so that the service
/// checks it as it checks every other.
fn stored_password() -> &'static str {
    static STORED: LazyLock<String> = LazyLock::new(|| {
        let quick = Params::new(8, 1, 1, None).unwrap();
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, quick);
        argon2.hash_password(PASSWORD.as_bytes()).unwrap().to_string()
    });
    &STORED
}

/// Gives everybody an account, a password, roles and a session.
pub(crate) async fn move_in(owner: &Client) {
    for who in Who::everybody() {
        let (id, now) = (who.id().0, beginning());
        let account = "INSERT INTO account (id, name, email, department, created_at) VALUES ($1, $2, $3, $4, $5)";
        owner.execute(account, &[&id, &who.name(), &who.email(), &who.department(), &now]).await.unwrap();
        let credential =
            "INSERT INTO credential (account_id, username, username_key, password_hash) VALUES ($1, $2, $3, $4)";
        let (username, key) = (who.username(), fold_username(&who.username()));
        owner.execute(credential, &[&id, &username, &key, &stored_password()]).await.unwrap();
        for role in who.roles() {
            let insert = "INSERT INTO account_role (account_id, role) VALUES ($1, $2)";
            owner.execute(insert, &[&id, &role.as_str()]).await.unwrap();
        }
        let session = "INSERT INTO session (id, token_hash, account_id, capacity, created_at, last_used_at) \
                       VALUES ($1, sha256(convert_to($2, 'UTF8')), $3, 'employee', $4, $4)";
        owner.execute(session, &[&Uuid::now_v7(), &who.token(), &id, &now]).await.unwrap();
    }
}

/// Gives so many more people, who have no role at all, an account and a session from now on; tells the sessions' tokens.
pub(crate) async fn crowd(owner: &Client, people: u16, now: DateTime<Utc>) -> Vec<String> {
    let accounts = "INSERT INTO account (id, name, email, department, created_at) \
         SELECT gen_random_uuid(), 'Borger ' || number, 'borger' || number || '@eksempel-kommune.dk', 'Byen', $2 \
         FROM generate_series(1, $1::int) AS number";
    owner.execute(accounts, &[&i32::from(people), &now]).await.unwrap();
    let sessions = "INSERT INTO session (id, token_hash, account_id, capacity, created_at, last_used_at) \
         SELECT gen_random_uuid(), sha256(convert_to('session-of-' || id, 'UTF8')), id, 'employee', $1, $1 \
         FROM account WHERE department = 'Byen' RETURNING 'session-of-' || account_id";
    owner.query(sessions, &[&now]).await.unwrap().iter().map(|row| row.get(0)).collect()
}
