//! Where links may lead.

/// Schemes that lead to a page, a mail or a call.
const SCHEMES: [&str; 4] = ["http:", "https:", "mailto:", "tel:"];

/// The address a link leads to, or none when it leads nowhere that a link may lead. `www.` is taken for a page.
pub(crate) fn address(written: &str) -> Option<String> {
    let written = written.trim();
    if written.chars().any(char::is_control) {
        return None;
    }
    let start = written.split(['/', '?', '#']).next().unwrap_or_default().to_ascii_lowercase();
    let leads = written.starts_with(['/', '#']) || SCHEMES.iter().any(|scheme| start.starts_with(scheme));
    match start.as_str() {
        page if page.starts_with("www.") => Some(format!("https://{written}")),
        _ => leads.then(|| written.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pages_mails_calls_and_this_site_are_led_to() {
        assert_eq!(address("HTTPS://a.dk/ø?b#c").as_deref(), Some("HTTPS://a.dk/ø?b#c"));
        assert_eq!(address("www.a.dk").as_deref(), Some("https://www.a.dk"));
        assert_eq!(address("/hoeringer").as_deref(), Some("/hoeringer"));
        for nowhere in [
            "",
            "2",
            "javascript:alert(1)",
            "JaVa\tScript:x",
            "data:text/html,x",
            "stk. 2",
            "vbscript:x",
            "java\u{1}script:x",
        ] {
            assert_eq!(address(nowhere), None, "{nowhere}");
        }
    }
}
