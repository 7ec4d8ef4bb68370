//! Buttons that write Markdown for those who do not know it.

use wasm_bindgen::JsCast;
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

use super::Icon;
use crate::{
    i18n::{key, use_i18n},
    markdown_edit::{self, Command},
    t,
};

/// What the toolbar needs.
#[derive(Properties, PartialEq)]
pub struct ToolbarProps {
    /// The `id` of the text area it writes in.
    pub target: AttrValue,
    /// Told the new text.
    pub on_change: Callback<String>,
}

/// Buttons that write Markdown in a text area.
#[component]
pub fn Toolbar(props: &ToolbarProps) -> Html {
    let i18n = use_i18n();
    let button = |command: &Command| {
        let command = *command;
        let (icon, label) = match command {
            Command::Bold => ("format-bold", key("toolbar-bold")),
            Command::Italic => ("format-italic", key("toolbar-italic")),
            Command::Heading => ("format-size", key("toolbar-heading")),
            Command::BulletList => ("format-list-bulleted", key("toolbar-bullets")),
            Command::NumberedList => ("format-list-numbered", key("toolbar-numbers")),
            Command::Link => ("link", key("toolbar-link")),
        };
        let onclick = {
            let target = props.target.clone();
            let on_change = props.on_change.clone();
            Callback::from(move |_: MouseEvent| {
                if let Some(text) = press(&target, command) {
                    on_change.emit(text);
                }
            })
        };
        html! {
            <button type="button" {onclick} title={t!(i18n, label)}>
                <Icon name={icon} label={t!(i18n, label)} />
            </button>
        }
    };
    html! {
        <div class="toolbar" role="group" aria-label={t!(i18n, "toolbar")}>
            { for Command::ALL.iter().map(button) }
        </div>
    }
}

fn press(target: &str, command: Command) -> Option<String> {
    let area: HtmlTextAreaElement = web_sys::window()?.document()?.get_element_by_id(target)?.dyn_into().ok()?;
    let text = area.value();
    // The browser counts in UTF-16 units, the rules in characters.
    let position = |units: Option<u32>| characters_before(&text, units.unwrap_or_default());
    let start = position(area.selection_start().ok()?);
    let end = position(area.selection_end().ok()?);
    let edited = markdown_edit::apply(command, &text, start, end);
    area.set_value(&edited.text);
    let _ = area.focus();
    let _ = area.set_selection_range(units_before(&edited.text, edited.start), units_before(&edited.text, edited.end));
    Some(edited.text)
}

fn characters_before(text: &str, units: u32) -> usize {
    let mut seen = 0;
    text.chars()
        .take_while(|character| {
            let inside = seen < units as usize;
            seen += character.len_utf16();
            inside
        })
        .count()
}

fn units_before(text: &str, characters: usize) -> u32 {
    let units: usize = text.chars().take(characters).map(char::len_utf16).sum();
    u32::try_from(units).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_survive_characters_of_two_units() {
        let text = "a𝒳b";
        assert_eq!(characters_before(text, 3), 2);
        assert_eq!(units_before(text, 2), 3);
        assert_eq!(characters_before(text, 99), 3);
    }
}
