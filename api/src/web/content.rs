//! What stands in the served page until the app takes over, and for good where there is no JavaScript: the same words,
//! plainly laid out. Every value is escaped by the template; only the HTML that the server made of users' Markdown
//! goes in as it is.

use chrono::NaiveDate;
use maud::{Markup, PreEscaped, html};
use openapi::{
    client::operations as op,
    danish,
    hearings::{Hearing, HearingStatus, HearingSummary},
    ids::HearingId,
    text::slug,
};

/// A hearing's public address, below the service's own.
pub(super) fn address(id: HearingId, title: &str) -> String {
    match slug(title).as_str() {
        "" | "svar" => format!("/hoeringer/{id}/hoering"),
        slug => format!("/hoeringer/{id}/{slug}"),
    }
}

/// A hearing: what it is about, until when one can answer, its text, and what came of it.
pub(super) fn hearing(hearing: &Hearing) -> Markup {
    let body = html! {
        p.status-line { (when(hearing.status, hearing.starts_on, hearing.deadline_on)) }
        @if let Some(image) = hearing.image.as_ref().filter(|image| image.scan_state.is_available()) {
            @let address = op::GET_IMAGE_CONTENT.address(&[&hearing.id, &image.id]);
            img.hearing-image src=(address) alt=(hearing.image_alternative_text);
        }
        p.lead { (hearing.summary) }
        @if let Some(conclusion) = &hearing.conclusion {
            section { h2 { "Konklusion" } div.rich-text { (PreEscaped(&conclusion.body_html)) } }
        }
        @for section in &hearing.sections {
            section { h2 { (section.title) } div.rich-text { (PreEscaped(&section.body_html)) } }
        }
        @if !hearing.documents.is_empty() {
            section {
                h2 { "Dokumenter" }
                ul {
                    @for document in &hearing.documents {
                        @let address = op::GET_DOCUMENT_CONTENT.address(&[&hearing.id, &document.id]);
                        li { a href=(address) { (document.title) } " (" (document.file.name) ")" }
                    }
                }
            }
        }
        p {
            "Kontakt: " (hearing.contact.name)
            @if !hearing.contact.department.is_empty() { ", " (hearing.contact.department) }
        }
    };
    page(&hearing.title, body)
}

/// A list of hearings, each with its link.
pub(super) fn list(title: &str, hearings: &[HearingSummary]) -> Markup {
    let body = html! {
        ul {
            @for hearing in hearings {
                li {
                    a href=(address(hearing.id, &hearing.title)) { (hearing.title) }
                    " – " (when(hearing.status, hearing.starts_on, hearing.deadline_on))
                }
            }
        }
    };
    page(title, body)
}

/// What stands there when nothing can be shown.
pub(super) fn advice(title: &str, advice: &str) -> Markup {
    page(title, html! { p { (advice) } })
}

fn page(title: &str, body: Markup) -> Markup {
    html! {
        main.page-container {
            div.container { div.page-head { h1 { (title) } } (body) }
        }
    }
}

fn when(status: HearingStatus, starts_on: Option<NaiveDate>, deadline_on: Option<NaiveDate>) -> String {
    let day = |day: Option<NaiveDate>| day.map(|day| format!("den {}", danish::day(day))).unwrap_or_default();
    match status {
        HearingStatus::Draft => "Kladde".to_owned(),
        HearingStatus::Scheduled => format!("Åbner for svar {}", day(starts_on)),
        HearingStatus::Open => format!("Åben for svar til og med {}", day(deadline_on)),
        HearingStatus::Processing => format!("Under behandling. Fristen var {}", day(deadline_on)),
        HearingStatus::Concluded => format!("Konkluderet. Fristen var {}", day(deadline_on)),
        HearingStatus::Cancelled => "Aflyst".to_owned(),
        HearingStatus::Unknown => String::new(),
    }
}

/// Data for the app, so that it can begin with what stands here already instead of asking for it again.
pub(super) fn data(item: &impl serde::Serialize) -> Markup {
    // In a script element nothing is escaped but its end, which no JSON needs to contain.
    let json = serde_json::to_string(item).unwrap_or_default().replace('<', "\\u003c");
    html! { script type="application/json" id="agora-data" { (PreEscaped(json)) } }
}

/// What link previews and search engines read.
pub(super) fn meta(title: &str, description: &str, address: &str, site: &str) -> Markup {
    html! {
        link rel="canonical" href=(address);
        meta property="og:type" content="website";
        meta property="og:site_name" content=(site);
        meta property="og:locale" content="da_DK";
        meta property="og:title" content=(title);
        meta property="og:description" content=(description);
        meta property="og:url" content=(address);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_cannot_end_its_element() {
        let data = data(&"</script><script>alert(1)</script>").into_string();
        assert_eq!(data.matches("</script>").count(), 1, "{data}");
    }
}
