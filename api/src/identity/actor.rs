//! The caller of an operation, read from the session cookie once a request.

use std::future::{Ready, ready};

use actix_web::{
    Error, FromRequest, HttpMessage, HttpRequest,
    body::MessageBody,
    dev::{Payload, ServiceRequest, ServiceResponse},
    middleware::Next,
    web::Data,
};
use chrono::{DateTime, Utc};
use openapi::{
    ids::{AccountId, SessionId},
    session::{Capacity, GlobalRole, SessionAccount},
};

use super::{TokenHash, queries};
use crate::{
    http::{ApiError, Origin, cookies::Cookies},
    service::Service,
};

/// A person who is logged in.
#[derive(Debug, Clone)]
pub struct Actor {
    /// The account.
    pub account: AccountId,
    /// The login.
    pub session: SessionId,
    /// What it is found by.
    pub(super) token: TokenHash,
    /// Full name.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// Department.
    pub department: Option<String>,
    /// In what role.
    pub capacity: Capacity,
    /// Roles that hold everywhere.
    pub roles: Vec<GlobalRole>,
    /// When the login ends unless it is used before then.
    pub expires_at: DateTime<Utc>,
    /// Where the request comes from.
    pub origin: Origin,
}

impl Actor {
    /// Whether the person has a global role.
    #[must_use]
    pub fn has(&self, role: GlobalRole) -> bool {
        self.roles.contains(&role)
    }

    /// The person, as shown to the person.
    #[must_use]
    pub fn to_wire(&self) -> SessionAccount {
        SessionAccount {
            id: self.account,
            name: self.name.clone(),
            email: self.email.clone(),
            department: self.department.clone(),
            capacity: self.capacity,
            roles: self.roles.clone(),
        }
    }
}

/// The caller, logged in or not.
#[derive(Debug, Clone)]
pub struct Caller {
    /// Who is logged in; none for a visitor.
    pub actor: Option<Actor>,
    /// Where the request comes from.
    pub origin: Origin,
}

impl FromRequest for Caller {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let known = request.extensions().get::<Self>().cloned();
        ready(known.ok_or_else(|| ApiError::internal("the caller was not identified")))
    }
}

/// Middleware: finds out who calls before anything else of the request is looked at. So a permission is there at once,
/// and a caller who may not do a thing is told that, whatever else is wrong with the request.
///
/// # Errors
/// Those of what lies inside.
pub async fn identify(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    match read(request.request()).await {
        Ok(caller) => {
            request.extensions_mut().insert(caller);
            Ok(next.call(request).await?.map_into_left_body())
        }
        Err(error) => Ok(request.error_response(error).map_into_right_body()),
    }
}

async fn read(request: &HttpRequest) -> Result<Caller, ApiError> {
    let origin = Origin::extract(request).await?;
    let Some(service) = request.app_data::<Data<Service>>() else {
        return Err(ApiError::internal("the service's state is missing"));
    };
    // A visitor costs no connection, and the files of the page are the same for all.
    let session = Cookies::of(service).session(request).filter(|_| !is_file_of_the_page(request.path()));
    let actor = match session {
        Some(token) => {
            let mut conn = service.connection().await?;
            queries::actor(&mut conn, &token, service.sessions(), origin.clone(), service.now()).await?
        }
        None => None,
    };
    Ok(Caller { actor, origin })
}

/// Files that are the same for everybody; they are there when the database is not.
fn is_file_of_the_page(path: &str) -> bool {
    path.starts_with("/assets/") || ["/theme.css", "/icon.svg", "/robots.txt"].contains(&path)
}
