//! How far the audit log is sealed, and whether sealing stands still.

use openapi::audit::AuditVerification;
use yew::prelude::*;

use crate::{
    components::{Alert, AlertKind, RemoteView},
    hooks::use_remote,
    i18n::{I18n, use_i18n},
    t,
};

/// How far the log is sealed.
#[component]
pub(super) fn Sealed() -> Html {
    let i18n = use_i18n();
    let verification = use_remote((), |api, ()| async move { api.get_audit_verification().await });
    if verification.data().is_none() && verification.state().is_loading() {
        // Room for the line that comes, so that the page does not jump.
        return html! { <p class="muted" aria-hidden="true">{ "\u{a0}" }</p> };
    }
    html! {
        <RemoteView remote={verification.status()} what={t!(i18n, "what-audit-seal")}>
            { verification.data().map(|verification| state(verification, &i18n)).unwrap_or_default() }
        </RemoteView>
    }
}

fn state(verification: &AuditVerification, i18n: &I18n) -> Html {
    let dates = i18n.dates();
    let sealed = match &verification.head {
        Some(head) => t!(i18n, "audit-sealed", position = head.position, at = dates.instant(head.sealed_at)),
        None => t!(i18n, "audit-not-sealed"),
    };
    let delayed = verification
        .waiting_since
        .filter(|_| verification.delayed)
        .map(|since| t!(i18n, "audit-seal-delayed-text", count = verification.waiting, since = dates.instant(since)));
    html! {
        <>
            <p class="muted">{ sealed }</p>
            if let Some(text) = delayed {
                <Alert kind={AlertKind::Warning} heading={t!(i18n, "audit-seal-delayed")}><p>{ text }</p></Alert>
            }
        </>
    }
}
