//! Whom readers can ask about the hearing.

use yew::prelude::*;

use super::basics::PartProps;
use crate::{components::TextField, i18n::use_i18n, t};

/// The contact person.
#[component]
pub(super) fn ContactPerson(props: &PartProps) -> Html {
    let i18n = use_i18n();
    let PartProps { written, edit } = props;
    let contact = &written.contact;
    html! {
        <>
            <p>{ t!(i18n, "edit-contact-text") }</p>
            <TextField
                pointer="/contactName"
                label={t!(i18n, "edit-contact-name")}
                value={contact.name.clone()}
                on_input={edit.with(|written, text| written.contact.name = text)}
            />
            <TextField
                pointer="/contactDepartment"
                label={t!(i18n, "edit-contact-department")}
                value={contact.department.clone()}
                on_input={edit.with(|written, text| written.contact.department = text)}
                optional=true
            />
            <TextField
                pointer="/contactEmail"
                label={t!(i18n, "edit-contact-email")}
                kind="email"
                value={contact.email.clone()}
                on_input={edit.with(|written, text| written.contact.email = text)}
            />
            <TextField
                pointer="/contactPhone"
                label={t!(i18n, "edit-contact-phone")}
                kind="tel"
                value={contact.phone.clone()}
                on_input={edit.with(|written, text| written.contact.phone = text)}
                optional=true
            />
        </>
    }
}
