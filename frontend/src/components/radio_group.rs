//! One of a few, all in view.

use yew::prelude::*;

use super::field::{about, use_field};
use crate::i18n::use_i18n;

/// One of several that can be chosen.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// What stands for it.
    pub value: AttrValue,
    /// Its name.
    pub label: AttrValue,
    /// What choosing it means.
    pub hint: Option<AttrValue>,
}

impl Choice {
    /// A choice.
    pub fn new(value: impl Into<AttrValue>, label: impl Into<AttrValue>) -> Choice {
        Choice { value: value.into(), label: label.into(), hint: None }
    }

    /// The same with what choosing it means.
    #[must_use]
    pub fn with_hint(mut self, hint: impl Into<AttrValue>) -> Choice {
        self.hint = Some(hint.into());
        self
    }
}

/// What the group needs.
#[derive(Properties, PartialEq)]
pub struct RadioGroupProps {
    /// The field, as a JSON pointer into what the form sends.
    pub pointer: AttrValue,
    /// The question.
    pub legend: AttrValue,
    /// Help that stands under the question.
    #[prop_or_default]
    pub hint: Option<AttrValue>,
    /// What can be chosen.
    pub choices: Vec<Choice>,
    /// The value that is chosen.
    pub value: AttrValue,
    /// Told when another is chosen.
    pub on_change: Callback<AttrValue>,
}

/// One of a few, all in view.
#[component]
pub fn RadioGroup(props: &RadioGroupProps) -> Html {
    let i18n = use_i18n();
    let state = use_field(&props.pointer, props.hint.is_some(), false);
    let id = &state.id;
    let option = |(index, choice): (usize, &Choice)| {
        // The first one has the field's own id: links of the error summary lead to it.
        let option_id = if index == 0 { id.clone() } else { format!("{id}-{index}") };
        let onchange = {
            let value = choice.value.clone();
            props.on_change.reform(move |_: Event| value.clone())
        };
        let hint_id = format!("{option_id}-about");
        html! {
            <div class="form-group-radio">
                <input
                    type="radio"
                    class="form-radio"
                    id={option_id.clone()}
                    name={id.clone()}
                    value={choice.value.clone()}
                    checked={choice.value == props.value}
                    {onchange}
                    aria-describedby={choice.hint.as_ref().map(|_| hint_id.clone())}
                />
                <label class="form-label" for={option_id}>{ &choice.label }</label>
                if let Some(hint) = &choice.hint {
                    <span class="form-hint" id={hint_id}>{ hint }</span>
                }
            </div>
        }
    };
    html! {
        <div class={classes!("form-group", state.invalid.map(|_| "form-error"))}>
            <fieldset aria-describedby={state.describedby.clone()}>
                <legend class="form-label">{ &props.legend }</legend>
                { about(&state, props.hint.as_ref(), &i18n) }
                { for props.choices.iter().enumerate().map(option) }
            </fieldset>
        </div>
    }
}
