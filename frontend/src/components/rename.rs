//! Another name for something that stands in a list, given where it stands.

use web_sys::KeyboardEvent;
use yew::prelude::*;

use super::{Button, ButtonKind, TextField};
use crate::{
    dom,
    form_errors::{FieldMessage, FormErrors, field_id},
    i18n::use_i18n,
    t,
};

/// What is needed to give another name.
#[derive(Properties, PartialEq)]
pub struct RenameProps {
    /// The field, as a JSON pointer that no other field of the page has.
    pub pointer: AttrValue,
    /// The name it has.
    pub name: AttrValue,
    /// The most characters of a name.
    pub limit: usize,
    /// Told the new name; tells what is wrong with it, if that is known at once.
    pub on_rename: Callback<String, Option<AttrValue>>,
    /// Told when nothing shall change.
    pub on_cancel: Callback<()>,
}

/// A line for the new name, with the old one in it. Enter takes it and Escape leaves it, as in a list of files.
#[component]
pub fn Rename(props: &RenameProps) -> Html {
    let i18n = use_i18n();
    let name = use_state(|| props.name.to_string());
    let errors = use_state(FormErrors::default);
    let id = field_id(&props.pointer);
    use_effect_with(id.clone(), |id| {
        dom::focus(id);
    });
    let save = {
        let (name, errors) = (name.clone(), errors.setter());
        let (on_rename, pointer) = (props.on_rename.clone(), props.pointer.clone());
        let (before, cancel) = (props.name.clone(), props.on_cancel.clone());
        Callback::from(move |()| {
            if *name == before.as_str() {
                return cancel.emit(());
            }
            let wrong = on_rename.emit((*name).clone());
            let fields = wrong.map(|message| FieldMessage { pointer: pointer.clone(), message });
            errors.set(FormErrors { fields: fields.into_iter().collect(), ..FormErrors::default() });
        })
    };
    let onkeydown = {
        let (save, cancel) = (save.clone(), props.on_cancel.clone());
        Callback::from(move |event: KeyboardEvent| {
            let does = match event.key().as_str() {
                "Enter" if dom::has_focus(&id) => &save,
                "Escape" => &cancel,
                _ => return,
            };
            // The form around it is not meant.
            event.prevent_default();
            does.emit(());
        })
    };
    let input = name.setter();
    html! {
        <ContextProvider<FormErrors> context={(*errors).clone()}>
            <div class="rename" {onkeydown}>
                <TextField
                    pointer={props.pointer.clone()}
                    label={t!(i18n, "rename-name")}
                    value={(*name).clone()}
                    on_input={move |name| input.set(name)}
                    limit={props.limit}
                />
                <div class="rename-actions">
                    <Button kind={ButtonKind::Secondary} on_press={save}>{ t!(i18n, "rename-save") }</Button>
                    <Button kind={ButtonKind::Tertiary} on_press={props.on_cancel.clone()}>{ t!(i18n, "cancel") }</Button>
                </div>
            </div>
        </ContextProvider<FormErrors>>
    }
}
