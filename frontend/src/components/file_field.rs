//! Choosing files, by keyboard or by dropping them, and what becomes of each.

use web_sys::{DragEvent, File, FileList, HtmlInputElement};
use yew::prelude::*;

use super::{
    Button, ButtonKind,
    field::{Field, use_field},
};
use crate::{
    dom,
    i18n::{I18n, use_i18n},
    t,
};

/// How far a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileProgress {
    /// Others go first.
    Waiting,
    /// So many per cent are gone.
    Sending(u8),
    /// It is there.
    Kept,
    /// It is not, and may be if it is sent again.
    Failed,
    /// It is not, and never will be as it is.
    Refused,
}

/// A file of the field.
#[derive(Clone, Debug, PartialEq)]
pub struct FileRow {
    /// Names it to those who are told.
    pub key: u32,
    /// Its name.
    pub name: AttrValue,
    /// What else there is to say of it: »PDF, 1,4 MB«.
    pub about: AttrValue,
    /// Where it is fetched, once it is there.
    pub address: Option<AttrValue>,
    /// How far it is.
    pub progress: FileProgress,
    /// What went wrong with it.
    pub error: Option<AttrValue>,
}

/// What the field needs.
#[derive(Properties, PartialEq)]
pub struct FileFieldProps {
    /// The field, as a JSON pointer into what the form sends.
    pub pointer: AttrValue,
    /// Its label.
    pub label: AttrValue,
    /// Help that stands under the label: what is taken.
    pub hint: AttrValue,
    /// The endings that the browser offers: `.pdf,.docx`.
    pub accept: AttrValue,
    /// Whether several can be chosen at once.
    #[prop_or_default]
    pub multiple: bool,
    /// Whether it says that it may be left empty.
    #[prop_or_default]
    pub optional: bool,
    /// The files that were chosen.
    pub rows: Vec<FileRow>,
    /// Told of files that are chosen or dropped.
    pub on_files: Callback<Vec<File>>,
    /// Told which one to send again.
    pub on_retry: Callback<u32>,
    /// Told which one to take away.
    pub on_remove: Callback<u32>,
    /// Where names are chosen: draws what one is chosen with.
    #[prop_or_default]
    pub rename: Option<Callback<Renaming, Html>>,
}

/// A file whose name is being chosen.
pub struct Renaming {
    /// The file.
    pub key: u32,
    /// Its name now.
    pub name: AttrValue,
    /// The field, as a JSON pointer.
    pub pointer: AttrValue,
    /// To be told when nothing shall change.
    pub on_cancel: Callback<()>,
}

/// Choosing files. The browser's own input does it, so that it works as everywhere; files can be dropped on it too.
#[component]
pub fn FileField(props: &FileFieldProps) -> Html {
    let i18n = use_i18n();
    let state = use_field(&props.pointer, true, false);
    let over = use_state_eq(|| false);
    use_focus_after_removal(&props.rows, &state.id);
    let onchange = props.on_files.reform(|event: Event| {
        let input: HtmlInputElement = event.target_unchecked_into();
        let chosen = listed(input.files());
        // Else the same file could not be chosen again.
        input.set_value("");
        chosen
    });
    let hover = |hovers: bool| {
        let over = over.setter();
        Callback::from(move |event: DragEvent| {
            event.prevent_default();
            over.set(hovers);
        })
    };
    let ondrop = {
        let (on_files, over) = (props.on_files.clone(), over.setter());
        Callback::from(move |event: DragEvent| {
            event.prevent_default();
            over.set(false);
            on_files.emit(listed(event.data_transfer().and_then(|dropped| dropped.files())));
        })
    };
    let drop_text = if props.multiple { t!(i18n, "upload-drop") } else { t!(i18n, "upload-drop-one") };
    let row = |row: &FileRow| {
        html! {
            <Row
                key={row.key}
                field={state.id.clone()}
                pointer={props.pointer.clone()}
                row={row.clone()}
                on_retry={props.on_retry.clone()}
                on_remove={props.on_remove.clone()}
                rename={props.rename.clone()}
            />
        }
    };
    html! {
        <Field
            state={state.clone()}
            label={props.label.clone()}
            hint={props.hint.clone()}
            optional={props.optional}
            class="upload"
        >
            <div
                class={classes!("upload-zone", over.then_some("upload-zone--over"))}
                ondragenter={hover(true)}
                ondragover={hover(true)}
                ondragleave={hover(false)}
                {ondrop}
            >
                <p class="upload-drop">{ drop_text }</p>
                <input
                    type="file"
                    id={state.id.clone()}
                    multiple={props.multiple}
                    accept={props.accept.clone()}
                    {onchange}
                    aria-invalid={state.invalid}
                    aria-describedby={state.describedby.clone()}
                />
            </div>
            if !props.rows.is_empty() {
                <ul class="upload-rows plain-list" aria-label={t!(i18n, "upload-list")}>
                    { for props.rows.iter().map(row) }
                </ul>
            }
        </Field>
    }
}

fn listed(files: Option<FileList>) -> Vec<File> {
    let Some(files) = files else { return Vec::new() };
    (0..files.length()).filter_map(|index| files.get(index)).collect()
}

/// When the row that has the focus goes, the one that takes its place gets it, or the field when it was the last one.
#[hook]
fn use_focus_after_removal(rows: &[FileRow], field: &str) {
    let keys: Vec<u32> = rows.iter().map(|row| row.key).collect();
    let before = use_mut_ref(Vec::<u32>::new);
    let field = field.to_owned();
    use_effect_with(keys, move |keys| {
        let before = before.replace(keys.clone());
        let gone = before.iter().position(|key| !keys.contains(key));
        if let (Some(place), true) = (gone, dom::nothing_has_focus()) {
            let next = keys.get(place).or(keys.last());
            dom::focus(&next.map_or(field.clone(), |key| removal(&field, *key)));
        }
    });
}

/// The id of the button that takes a file away.
fn removal(field: &str, key: u32) -> String {
    format!("{field}-remove-{key}")
}

#[derive(Properties, PartialEq)]
struct RowProps {
    field: AttrValue,
    pointer: AttrValue,
    row: FileRow,
    on_retry: Callback<u32>,
    on_remove: Callback<u32>,
    rename: Option<Callback<Renaming, Html>>,
}

/// One file.
#[component]
fn Row(props: &RowProps) -> Html {
    let i18n = use_i18n();
    let RowProps { field, row, on_retry, on_remove, .. } = props;
    let FileRow { key, name, .. } = row;
    let (key, remove_id) = (*key, removal(field, *key));
    let renaming = use_state_eq(|| false);
    let rename_id = format!("{field}-rename-{key}");
    let rename = |does: bool| {
        let (renaming, rename_id) = (renaming.setter(), rename_id.clone());
        Callback::from(move |()| {
            renaming.set(does);
            if !does {
                dom::focus_later(rename_id.clone());
            }
        })
    };
    use_effect_with(name.clone(), {
        let done = rename(false);
        let is_open = *renaming;
        move |_| {
            if is_open {
                done.emit(());
            }
        }
    });
    let draw_rename = props.rename.as_ref().filter(|_| row.progress == FileProgress::Kept);
    let retry = {
        let (on_retry, remove_id) = (on_retry.clone(), remove_id.clone());
        Callback::from(move |()| {
            on_retry.emit(key);
            // The button that was pressed goes.
            dom::focus(&remove_id);
        })
    };
    html! {
        <li class={classes!("upload-row", row.error.is_some().then_some("upload-row--error"))}>
            <div class="upload-row-text">
                if let Some(address) = &row.address {
                    <a href={address.clone()} download="">{ name }</a>
                } else {
                    <span>{ name }</span>
                }
                <span class="muted">{ format!(" ({}) ", row.about) }</span>
                if let Some(error) = &row.error {
                    <span class="form-error-message">
                        <span class="sr-only">{ format!("{} ", t!(i18n, "field-error")) }</span>{ error }
                    </span>
                }
                { how_far(row, &i18n) }
                if let (Some(draw), true) = (draw_rename, *renaming) {
                    { draw.emit(Renaming {
                        key,
                        name: name.clone(),
                        pointer: format!("{}/{key}/name", props.pointer).into(),
                        on_cancel: rename(false),
                    }) }
                }
            </div>
            <div class="upload-row-actions">
                if row.progress == FileProgress::Failed {
                    <Button
                        kind={ButtonKind::Tertiary}
                        icon="refresh"
                        label={t!(i18n, "upload-retry-of", name = name.as_str())}
                        on_press={retry}
                    >
                        { t!(i18n, "try-again") }
                    </Button>
                }
                if draw_rename.is_some() && !*renaming {
                    <Button
                        kind={ButtonKind::Tertiary}
                        icon="edit"
                        id={rename_id.clone()}
                        label={t!(i18n, "upload-rename-of", name = name.as_str())}
                        on_press={rename(true)}
                    >
                        { t!(i18n, "upload-rename") }
                    </Button>
                }
                <Button
                    kind={ButtonKind::Tertiary}
                    icon="close"
                    id={remove_id}
                    label={t!(i18n, "upload-remove-of", name = name.as_str())}
                    on_press={on_remove.reform(move |()| key)}
                >
                    { t!(i18n, "upload-remove") }
                </Button>
            </div>
        </li>
    }
}

/// How far it is, while it is on its way.
fn how_far(row: &FileRow, i18n: &I18n) -> Html {
    let said = match row.progress {
        FileProgress::Waiting => t!(i18n, "upload-waiting"),
        // When all of it is gone, the server looks at it.
        FileProgress::Sending(100..) => t!(i18n, "upload-checking"),
        FileProgress::Sending(percent) => t!(i18n, "upload-sending", percent = percent),
        FileProgress::Kept | FileProgress::Failed | FileProgress::Refused => return Html::default(),
    };
    let value = if let FileProgress::Sending(percent) = row.progress { percent } else { 0 };
    html! {
        <span class="upload-progress">
            <progress max="100" value={value.to_string()} aria-label={row.name.clone()} />
            <span>{ said }</span>
        </span>
    }
}
