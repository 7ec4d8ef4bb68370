//! Who is in the examples: logging in, employees, roles.

use uuid::uuid;

use super::at;
use crate::{
    employees::Employee,
    hearings::{HearingRole, NewRole, RevokeRole, RoleAssignment},
    ids::{AccountId, RoleId},
    session::{
        Capacity, DemoPerson, GlobalRole, LoginProvider, LoginProviderKind, LoginProviders, LoginRequest, Session,
        SessionAccount,
    },
};

/// Owns the hearing of the examples.
pub(super) fn owner() -> Employee {
    Employee {
        id: AccountId(uuid!("019a9d3e-4c11-7a52-9b1e-5d0c7f2e8a10")),
        name: "Astrid Højgaard".to_owned(),
        email: "astrid.hoejgaard@eksempel-kommune.example".to_owned(),
        department: Some("HR og Arbejdsmiljø".to_owned()),
    }
}

pub(super) fn reviewer() -> Employee {
    Employee {
        id: AccountId(uuid!("019a9d3e-4c11-7a52-9b1e-5d0c7f2e8a11")),
        name: "Bjørn Lykkegaard".to_owned(),
        email: "bjoern.lykkegaard@eksempel-kommune.example".to_owned(),
        department: Some("Juridisk Afdeling".to_owned()),
    }
}

/// Answers the hearing of the examples.
pub(super) fn respondent() -> Employee {
    Employee {
        id: AccountId(uuid!("019a9d3e-4c11-7a52-9b1e-5d0c7f2e8a12")),
        name: "Søren Kjærgaard".to_owned(),
        email: "soeren.kjaergaard@eksempel-kommune.example".to_owned(),
        department: Some("Borgerservice".to_owned()),
    }
}

pub(super) fn login() -> LoginRequest {
    LoginRequest { username: "astrid".to_owned(), password: "korrekt hest batteri".to_owned() }
}

pub(super) fn session() -> Session {
    let owner = owner();
    Session {
        account: Some(SessionAccount {
            id: owner.id,
            name: owner.name,
            email: owner.email,
            department: owner.department,
            capacity: Capacity::Employee,
            roles: vec![GlobalRole::HearingCreator],
        }),
        csrf_token: "f3c1ZQ0m7y2Xo1bV5t9sKw4aJ8uRiE6hNpLdGqTzYxA".to_owned(),
        expires_at: Some(at(11, 23, 10, 2)),
        now: at(11, 23, 9, 32),
    }
}

pub(super) fn login_providers() -> LoginProviders {
    LoginProviders {
        providers: vec![LoginProvider {
            id: "built_in".to_owned(),
            kind: LoginProviderKind::BuiltIn,
            capacities: vec![Capacity::Employee],
        }],
        demo_people: vec![DemoPerson {
            username: "astrid".to_owned(),
            password: "korrekt hest batteri".to_owned(),
            name: owner().name,
            description: "Opretter høringer og er ansvarlig for flere af dem.".to_owned(),
        }],
    }
}

pub(super) fn roles() -> Vec<RoleAssignment> {
    let owner = RoleAssignment {
        id: RoleId(uuid!("019a9d52-7be0-7c31-8a44-16d2b90c3f01")),
        role: HearingRole::Owner,
        responsible: true,
        employee: owner(),
        hearing_version: 7,
    };
    vec![owner, reviewer_role()]
}

pub(super) fn reviewer_role() -> RoleAssignment {
    RoleAssignment {
        id: RoleId(uuid!("019a9d52-7be0-7c31-8a44-16d2b90c3f02")),
        role: HearingRole::Reviewer,
        responsible: false,
        employee: reviewer(),
        hearing_version: 7,
    }
}

pub(super) fn revoke_role() -> RevokeRole {
    RevokeRole { reason: "Inviteret ved en fejl.".to_owned() }
}

pub(super) fn new_role() -> NewRole {
    NewRole { account: reviewer().id, role: HearingRole::Reviewer }
}
