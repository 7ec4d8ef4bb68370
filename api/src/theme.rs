//! The municipality's colour at run time: one is configured, the shades are made from it, and one that could not be
//! read is refused.

/// WCAG 2.2 AA for text.
const READABLE: f64 = 4.5;

/// Colours of the page.
#[derive(Debug, Clone)]
pub struct Theme {
    /// The style sheet that sets them.
    pub stylesheet: String,
    /// The icon of the page's tab, as SVG.
    pub icon: String,
}

impl Theme {
    /// From one colour as `#rrggbb`.
    ///
    /// # Errors
    /// A sentence that says why the colour cannot be used.
    pub fn from_colour(text: &str) -> Result<Self, String> {
        let colour = Colour::parse(text).ok_or_else(|| format!("{text} is no colour like #0b5c6b"))?;
        let contrast = colour.contrast_with_white();
        if contrast < READABLE {
            return Err(format!(
                "{text} is too pale: white text on it has a contrast of {contrast:.1}:1, and {READABLE}:1 is needed"
            ));
        }
        let (hover, active, tint) = (colour.mixed(0.0, 0.75), colour.mixed(0.0, 0.5), colour.mixed(255.0, 0.08));
        let colour = colour.hex();
        let (hover, active, tint) = (hover.hex(), active.hex(), tint.hex());
        let stylesheet = format!(
            ":root{{--agora-primary:{colour};--agora-primary-hover:{hover};--agora-primary-active:{active};\
             --agora-link:{colour};--agora-header-line:{colour};--agora-tint:{tint}}}\n"
        );
        // Two speech bubbles on the municipality's colour: proposal and answer.
        let icon = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 32 32\"><rect width=\"32\" height=\"32\" rx=\"6\" \
             fill=\"{colour}\"/><path d=\"M6 7h14v9H10l-4 4z\" fill=\"#fff\"/><path d=\"M23 12h3v14l-4-4H12v-3h11z\" \
             fill=\"#fff\" opacity=\".75\"/></svg>\n"
        );
        Ok(Self { stylesheet, icon })
    }
}

#[derive(Debug, Clone, Copy)]
struct Colour([f64; 3]);

impl Colour {
    fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6 && digits.is_ascii())?;
        let channel = |range| digits.get(range).and_then(|pair| u8::from_str_radix(pair, 16).ok()).map(f64::from);
        Some(Self([channel(0..2)?, channel(2..4)?, channel(4..6)?]))
    }

    /// So much of this colour, the rest black (0) or white (255).
    fn mixed(self, with: f64, share: f64) -> Self {
        Self(self.0.map(|channel| channel * share + with * (1.0 - share)))
    }

    fn hex(self) -> String {
        let Self([red, green, blue]) = self.mixed(0.0, 1.0);
        let byte = |channel: f64| format!("{:02x}", channel.round().clamp(0.0, 255.0) as u8);
        format!("#{}{}{}", byte(red), byte(green), byte(blue))
    }

    /// The contrast ratio of WCAG.
    fn contrast_with_white(self) -> f64 {
        let linear = |channel: f64| {
            let share = channel / 255.0;
            if share <= 0.03928 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
        };
        let [red, green, blue] = self.0.map(linear);
        1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_readable_colour_gives_its_shades() {
        let theme = Theme::from_colour("#0b5c6b").unwrap();
        assert!(
            theme.stylesheet.contains("--agora-primary:#0b5c6b;--agora-primary-hover:#084550"),
            "{}",
            theme.stylesheet
        );
    }

    #[test]
    fn black_on_white_has_the_known_contrast() {
        assert!((Colour([0.0; 3]).contrast_with_white() - 21.0).abs() < 0.01);
        assert!((Colour([255.0; 3]).contrast_with_white() - 1.0).abs() < 0.01);
    }

    #[test]
    fn pale_colours_and_no_colours_are_refused_with_the_reason() {
        assert!(Theme::from_colour("#ffdd00").unwrap_err().contains("too pale"));
        for text in ["red", "#123", "#12345g", "#æø345", ""] {
            assert!(Theme::from_colour(text).unwrap_err().contains("no colour"), "{text}");
        }
    }
}
