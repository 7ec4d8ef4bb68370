//! How every refusal looks (RFC 9457), and the stable codes that say which it is.

use serde::{Deserialize, Serialize};

use crate::{enums::wire_enum, validation::FieldError};

/// The media type of [`Problem`].
pub const MEDIA_TYPE: &str = "application/problem+json";

/// A refusal or failure, as `application/problem+json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Problem {
    /// A URI for the kind of problem: `urn:agora:problem:` and the code.
    #[serde(rename = "type")]
    pub kind: String,
    /// The kind of problem in a few English words.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// This occurrence, for people, in English.
    pub detail: String,
    /// The request's id, by which operators find it in the log.
    pub instance: String,
    /// The kind of problem, for programs.
    pub code: ProblemCode,
    /// What is wrong with which field, when fields are the reason.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldError>,
}

impl Problem {
    /// A problem that says of itself what its code does.
    #[must_use]
    pub fn new(code: ProblemCode) -> Self {
        let (status, title) = code.status_and_title();
        Self {
            kind: format!("urn:agora:problem:{code}"),
            title: title.to_owned(),
            status,
            detail: title.to_owned(),
            instance: String::new(),
            code,
            errors: Vec::new(),
        }
    }
}

wire_enum! {
    /// The kinds of problems. Codes are stable; new ones may come.
    pub enum ProblemCode {
        /// The request could not be understood: bad JSON, a wrong type, an unknown field or parameter.
        RequestMalformed = "request.malformed",
        /// The request was understood and is invalid; `errors` says where.
        RequestInvalid = "request.invalid",
        /// Nothing exists here for the caller.
        NotFound = "request.not_found",
        /// The address exists, but not with this method.
        MethodNotAllowed = "request.method_not_allowed",
        /// The answer exists in none of the forms that the caller takes.
        NotAcceptable = "request.not_acceptable",
        /// The body has a media type that is not taken here.
        UnsupportedMediaType = "request.unsupported_media_type",
        /// The body is too large.
        TooLarge = "request.too_large",
        /// The part of a file that was asked for lies behind its end.
        RangeNotSatisfiable = "request.range_not_satisfiable",
        /// The request did not arrive in time.
        Timeout = "request.timeout",
        /// Too many requests; `Retry-After` says when to come back.
        RateLimited = "request.rate_limited",
        /// The CSRF header is missing or does not fit the session.
        CsrfRefused = "request.csrf_refused",
        /// `If-Match` is missing.
        PreconditionRequired = "request.precondition_required",
        /// `If-Match` names another version than the current one: somebody else was faster.
        PreconditionFailed = "request.precondition_failed",
        /// The same `Idempotency-Key` came with another request.
        IdempotencyKeyReused = "request.idempotency_key_reused",
        /// Nobody is logged in, or the session has ended.
        SessionRequired = "session.required",
        /// The user name or the password is wrong.
        BadCredentials = "session.bad_credentials",
        /// Too many failed logins; `Retry-After` says when to try again.
        LoginThrottled = "session.throttled",
        /// The caller is known, and may not do this.
        Forbidden = "permission.denied",
        /// The hearing does not show its answers, or not yet.
        ResponsesNotShown = "response.not_shown",
        /// The hearing lacks something it needs before it can be published; `errors` lists all of it.
        HearingIncomplete = "hearing.incomplete",
        /// The hearing's status does not allow this.
        HearingWrongStatus = "hearing.wrong_status",
        /// The hearing does not take answers yet.
        HearingNotOpen = "hearing.not_open",
        /// The deadline has passed.
        DeadlinePassed = "hearing.deadline_passed",
        /// A hearing keeps at least one owner, and its responsible owner.
        OwnerNeeded = "hearing.owner_needed",
        /// The person has this role already.
        RoleTaken = "hearing.role_taken",
        /// The role is not an invitee's, whose access alone is revoked.
        NotAnInvitee = "hearing.not_an_invitee",
        /// This answer was sent already.
        DraftSent = "draft.sent",
        /// The person has given as many answers as the hearing takes from one.
        ResponseLimit = "response.limit_reached",
        /// The answer was withdrawn.
        ResponseWithdrawn = "response.withdrawn",
        /// The information on how answers are used has changed since it was read.
        TermsChanged = "response.terms_changed",
        /// The job is still being tried by itself; only a dead one is set going again.
        JobNotDead = "job.not_dead",
        /// The file is empty.
        AttachmentEmpty = "attachment.empty",
        /// The file is larger than the installation takes.
        AttachmentTooLarge = "attachment.too_large",
        /// There are as many files as there may be.
        AttachmentTooMany = "attachment.too_many",
        /// The file's name ends in nothing that is taken here.
        AttachmentType = "attachment.type_refused",
        /// The file's content is not what its name says.
        AttachmentMislabelled = "attachment.mislabelled",
        /// The image has more pixels than one may have.
        AttachmentImageTooLarge = "attachment.image_too_large",
        /// The file holds macros.
        AttachmentMacros = "attachment.macros",
        /// The file loads something from elsewhere, runs something by itself, or holds other files.
        AttachmentActive = "attachment.active",
        /// The file cannot be read without a password.
        AttachmentProtected = "attachment.protected",
        /// The file becomes absurdly large when it is unpacked.
        AttachmentUnpacksTooLarge = "attachment.unpacks_too_large",
        /// The file cannot be read whole.
        AttachmentDamaged = "attachment.damaged",
        /// The file broke off before its end.
        AttachmentCutOff = "attachment.cut_off",
        /// The person has too much lying here that was not sent; `errors` says how much there may be.
        AttachmentQuota = "attachment.quota_reached",
        /// The service has lost the file's content.
        AttachmentLost = "attachment.lost",
        /// The file waits for the virus scanner or did not pass it, or there is nothing of it for the caller, yet or at all.
        AttachmentUnavailable = "attachment.unavailable",
        /// Something the service needs is away for the moment; `Retry-After` says when to try again.
        Unavailable = "service.unavailable",
        /// The service failed; its log knows why.
        Internal = "service.internal",
    }
}

impl ProblemCode {
    /// The HTTP status and the title that go with the code.
    #[must_use]
    pub const fn status_and_title(self) -> (u16, &'static str) {
        match self {
            Self::RequestMalformed => (400, "The request could not be understood"),
            Self::RequestInvalid => (422, "The request is invalid"),
            Self::NotFound => (404, "Not found"),
            Self::MethodNotAllowed => (405, "Method not allowed"),
            Self::NotAcceptable => (406, "Not acceptable"),
            Self::UnsupportedMediaType => (415, "Unsupported media type"),
            Self::TooLarge => (413, "The request is too large"),
            Self::RangeNotSatisfiable => (416, "There is no such part"),
            Self::Timeout => (408, "The request took too long"),
            Self::RateLimited => (429, "Too many requests"),
            Self::CsrfRefused => (403, "The CSRF token is missing or wrong"),
            Self::PreconditionRequired => (428, "If-Match is required"),
            Self::PreconditionFailed => (412, "Changed in the meantime"),
            Self::IdempotencyKeyReused => (422, "The idempotency key was used for another request"),
            Self::SessionRequired => (401, "Log in first"),
            Self::BadCredentials => (401, "Wrong user name or password"),
            Self::LoginThrottled => (429, "Too many failed logins"),
            Self::Forbidden => (403, "Not allowed"),
            Self::ResponsesNotShown => (403, "Answers are not shown"),
            Self::HearingIncomplete => (422, "The hearing is not ready for publication"),
            Self::HearingWrongStatus => (409, "Not possible in the hearing's status"),
            Self::HearingNotOpen => (409, "The hearing is not open yet"),
            Self::DeadlinePassed => (409, "The deadline has passed"),
            Self::OwnerNeeded => (409, "A hearing needs its responsible owner"),
            Self::RoleTaken => (409, "The person has this role already"),
            Self::NotAnInvitee => (409, "Only an invitee's access is revoked"),
            Self::DraftSent => (409, "The answer was sent already"),
            Self::ResponseLimit => (409, "No more answers can be given"),
            Self::ResponseWithdrawn => (409, "The answer was withdrawn"),
            Self::TermsChanged => (409, "The information has changed"),
            Self::JobNotDead => (409, "The job is not dead"),
            Self::AttachmentEmpty => (422, "The file is empty"),
            Self::AttachmentTooLarge => (413, "The file is too large"),
            Self::AttachmentTooMany => (409, "No more files can be added"),
            Self::AttachmentType => (422, "Files of this type are not taken"),
            Self::AttachmentMislabelled => (422, "The file is not what its name says"),
            Self::AttachmentImageTooLarge => (422, "The image has too many pixels"),
            Self::AttachmentMacros => (422, "The file holds macros"),
            Self::AttachmentActive => (422, "The file loads or runs something by itself"),
            Self::AttachmentProtected => (422, "The file is protected by a password"),
            Self::AttachmentUnpacksTooLarge => (422, "The file unpacks to too much"),
            Self::AttachmentDamaged => (422, "The file is damaged"),
            Self::AttachmentCutOff => (400, "The file broke off"),
            Self::AttachmentQuota => (409, "Too much was uploaded and not sent"),
            Self::AttachmentLost => (410, "The file is lost"),
            Self::AttachmentUnavailable => (409, "The file is not available"),
            Self::Unavailable => (503, "Not available right now"),
            Self::Internal | Self::Unknown => (500, "The service failed"),
        }
    }

    /// The HTTP status.
    #[must_use]
    pub const fn status(self) -> u16 {
        self.status_and_title().0
    }

    /// The title in English.
    #[must_use]
    pub const fn title(self) -> &'static str {
        self.status_and_title().1
    }
}
