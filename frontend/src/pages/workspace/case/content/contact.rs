//! Whom readers can ask about the hearing.

use yew::prelude::*;

use super::basics::PartProps;
use crate::{components::TextField, i18n::use_i18n, t};

/// The contact person.
#[component]
pub(super) fn ContactPerson(props: &PartProps) -> Html {
    let i18n = use_i18n();
    let PartProps { written, edit } = props;
    html! {
        <>
            <p>{ t!(i18n, "edit-contact-text") }</p>
            <TextField
                pointer="/contactName"
                label={t!(i18n, "edit-contact-name")}
                value={written.contact_name.clone()}
                on_input={edit.with(|written, text| written.contact_name = text)}
            />
            <TextField
                pointer="/contactDepartment"
                label={t!(i18n, "edit-contact-department")}
                value={written.contact_department.clone()}
                on_input={edit.with(|written, text| written.contact_department = text)}
                optional=true
            />
            <TextField
                pointer="/contactEmail"
                label={t!(i18n, "edit-contact-email")}
                kind="email"
                value={written.contact_email.clone()}
                on_input={edit.with(|written, text| written.contact_email = text)}
            />
            <TextField
                pointer="/contactPhone"
                label={t!(i18n, "edit-contact-phone")}
                kind="tel"
                value={written.contact_phone.clone()}
                on_input={edit.with(|written, text| written.contact_phone = text)}
                optional=true
            />
        </>
    }
}
