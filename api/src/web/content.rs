//! What stands in the served page until the app takes over, and for good where there is no JavaScript: the same words,
//! plainly laid out. Every value is escaped by the template; only the HTML that the server made of users' Markdown
//! goes in as it is.

use chrono::NaiveDate;
use maud::{Markup, PreEscaped, html};
use openapi::{
    client::operations as op,
    danish,
    hearings::{Hearing, HearingStatus, HearingSummary, ShownImage},
    ids::HearingId,
    limits,
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
pub(super) fn hearing(hearing: &Hearing, icons: &str) -> Markup {
    let further = icon(icons, "chevron-right");
    let head = html! {
        nav.breadcrumbs aria-label="Brødkrummesti" {
            ol.breadcrumbs__list {
                li.breadcrumbs__list-item { a.breadcrumbs__link href="/" { "Forside" } }
                li.breadcrumbs__list-item { (further) a.breadcrumbs__link href="/hoeringer" { "Høringer" } }
                li.breadcrumbs__list-item aria-current="page" { (further) (hearing.title) }
            }
        }
        div.page-head {
            p.status-line { (when(hearing.status, hearing.starts_on, hearing.deadline_on)) }
            h1 { (hearing.title) }
        }
    };
    let body = html! {
        @if let Some(image) = ShownImage::of(hearing) {
            img.hearing-image src=(image.address) srcset=[&image.sources] sizes=[image.sources.as_ref().map(|_| ShownImage::SIZES)]
                width=(image.size.width) height=(image.size.height)
                alt=(hearing.image_alternative_text);
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
    frame(html! { (head) (body) })
}

/// What a hearing is about, for the page on which it is answered.
pub(super) fn beginning(title: &str, summary: &str) -> Markup {
    page(title, html! { p.lead { (summary) } })
}

/// The top of every page: whose it is. As high as the app's own, so that nothing jumps when that takes over.
pub(super) fn header(municipality: &str, icons: &str) -> Markup {
    html! {
        header.header {
            div.portal-info {
                div."portal-info-inner".container {
                    a.brand href="/" {
                        span.brand-mark { (icon(icons, "forum")) }
                        span.brand-text {
                            span.brand-name { "Høringsportalen" }
                            span.brand-municipality { (municipality) }
                        }
                    }
                }
            }
            div.navigation-menu {
                div."navigation-menu-inner".container {
                    nav.nav aria-label="Hovedmenu" {
                        ul.mainmenu { li { a.nav-link href="/hoeringer" { span { "Høringer" } } } }
                    }
                }
            }
        }
    }
}

fn icon(icons: &str, name: &str) -> Markup {
    html! { svg.icon-svg aria-hidden="true" focusable="false" { use href={ (icons) "#" (name) } {} } }
}

/// The front page: what this is, and what is open now.
pub(super) fn front(hearings: &[HearingSummary], icons: &str) -> Markup {
    html! {
        main.page-container {
            div.hero {
                div.container {
                    h1 { "Sig din mening, før det bliver besluttet" }
                    p.lead {
                        "Her finder du de forslag, kommunen har i høring. Læs dem, send dit svar, og se bagefter, hvad der \
                         kom ud af det."
                    }
                    (search(icons))
                }
            }
            div.container {
                h2 { "Åbne høringer lige nu" }
                @if hearings.is_empty() { p { "Der er ingen åbne høringer lige nu." } }
                (cards(hearings))
                p { a href="/hoeringer" { "Se alle høringer" } }
            }
        }
    }
}

/// Words to look for; the list of all hearings knows what to do with them.
fn search(icons: &str) -> Markup {
    html! {
        form role="search" action="/hoeringer" {
            div.form-group.search {
                label.sr-only for="search" { "Søg i høringer" }
                input.form-input #search type="search" name="q" placeholder="Søg i høringer" maxlength=(limits::SEARCH);
                button.button.button-search type="submit" {
                    (icon(icons, "search")) span.sr-only { "Søg" }
                }
            }
        }
    }
}

/// A list of hearings.
pub(super) fn list(title: &str, hearings: &[HearingSummary]) -> Markup {
    page(title, html! { h2.sr-only { "Høringer" } (cards(hearings)) })
}

/// Hearings in a list, each with its link.
fn cards(hearings: &[HearingSummary]) -> Markup {
    html! {
        ul.plain-list.hearing-list {
            @for hearing in hearings {
                li {
                    article.hearing-card {
                        div {
                            h3 { a href=(address(hearing.id, &hearing.title)) { (hearing.title) } }
                            p { (hearing.summary) }
                            div.meta { (when(hearing.status, hearing.starts_on, hearing.deadline_on)) }
                        }
                    }
                }
            }
        }
    }
}

/// What stands there when nothing can be shown.
pub(super) fn advice(title: &str, advice: &str) -> Markup {
    page(title, html! { p { (advice) } })
}

fn page(title: &str, body: Markup) -> Markup {
    frame(html! { div.page-head { h1 { (title) } } (body) })
}

fn frame(body: Markup) -> Markup {
    html! { main.page-container { div.container { (body) } } }
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
