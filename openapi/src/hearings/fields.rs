//! The fields of a hearing that its owner writes: each is said here once. Patch, checks, comparison, forms, history and
//! the audit log go by this list.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Audience, Hearing, HearingPatch, RespondentShown, ResponsesShown};
use crate::{
    limits,
    text::{self, Clean, Lines},
    validation::FieldErrors,
};

/// Gives the list to a macro: of each field its variant, its name, its type, what it holds with the limit of its length in
/// characters, its name on the wire and what the audit log keeps of a change. The types are those that are in scope where
/// the macro is called.
#[macro_export]
macro_rules! hearing_fields {
    ($with:ident) => {
        $with! {
            Title title: String, Line($crate::limits::TITLE), "title", Text;
            Summary summary: String, Paragraphs($crate::limits::SUMMARY), "summary", Text;
            ImageAlternativeText image_alternative_text: String, Line($crate::limits::ALTERNATIVE_TEXT),
                "imageAlternativeText", Text;
            Audience audience: Audience, Choice(), "audience", Decision;
            InvitationOnly invitation_only: bool, Choice(), "invitationOnly", Decision;
            StartsOn starts_on: Option<NaiveDate>, Day(), "startsOn", Decision;
            DeadlineOn deadline_on: Option<NaiveDate>, Day(), "deadlineOn", Decision;
            ContactName contact_name: String, Line($crate::limits::CONTACT_FIELD), "contactName", Personal;
            ContactDepartment contact_department: String, Line($crate::limits::CONTACT_FIELD), "contactDepartment",
                Decision;
            ContactEmail contact_email: String, Email($crate::limits::CONTACT_FIELD), "contactEmail", Personal;
            ContactPhone contact_phone: String, Line($crate::limits::CONTACT_FIELD), "contactPhone", Personal;
            ResponsesShown responses_shown: ResponsesShown, Choice(), "responsesShown", Decision;
            RespondentShown respondent_shown: RespondentShown, Choice(), "respondentShown", Decision;
        }
    };
}

/// What the audit log keeps of a field's change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// That it changed: the text itself is kept elsewhere.
    Text,
    /// Both values: a date, a setting.
    Decision,
    /// Both values, beside the entry and erasable: they tell of a person.
    Personal,
}

/// A value as text; none when there is none.
trait AsText {
    fn as_text(&self) -> Option<String>;
}

macro_rules! as_text {
    ($($type:ty),+) => { $( impl AsText for $type {
        fn as_text(&self) -> Option<String> {
            Some(self.to_string())
        }
    } )+ };
}

as_text!(String, bool, Audience, ResponsesShown, RespondentShown);

impl AsText for Option<NaiveDate> {
    fn as_text(&self) -> Option<String> {
        self.map(|day| day.to_string())
    }
}

/// Cleans a value by what its field holds.
macro_rules! clean {
    (Line $value:expr) => {
        $value.clean(Lines::One)
    };
    (Paragraphs $value:expr) => {
        $value.clean(Lines::Many)
    };
    (Email $value:expr) => {
        *$value = text::name($value)
    };
    ($other:ident $value:expr) => {
        let _ = $value;
    };
}

/// Notes what is wrong with a value by what its field holds.
macro_rules! check {
    (Day $errors:ident $pointer:expr, $value:expr) => {
        $value.iter().for_each(|day| $errors.date($pointer, *day));
    };
    (Choice $errors:ident $pointer:expr, $value:expr) => {
        let _ = ($pointer, $value);
    };
    (Email $errors:ident $pointer:expr, $value:expr, $limit:expr) => {
        $errors.text($pointer, $value, $limit);
        let fits = $value.is_empty() || text::looks_like_email($value);
        $errors.require(fits, $pointer, "email.invalid", "is no e-mail address");
    };
    ($line:ident $errors:ident $pointer:expr, $value:expr, $limit:expr) => {
        $errors.text($pointer, $value, $limit);
    };
}

macro_rules! define {
    ($($variant:ident $name:ident: $type:ty, $kind:ident($($limit:expr)?), $wire:literal, $told:ident;)+) => {
        /// A field that an owner writes.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[allow(missing_docs, reason = "the fields of `HearingPatch` say what they are")]
        pub enum HearingField {
            $($variant,)+
        }

        impl HearingField {
            /// Every field, in the order in which a change is told.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The name on the wire.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $wire,)+
                }
            }

            /// Where an error in it points to.
            #[must_use]
            pub const fn pointer(self) -> &'static str {
                match self {
                    $(Self::$variant => concat!("/", $wire),)+
                }
            }

            /// What the audit log keeps of a change.
            #[must_use]
            pub const fn told(self) -> Told {
                match self {
                    $(Self::$variant => Told::$told,)+
                }
            }
        }

        /// The values of all fields that an owner writes.
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
        #[allow(missing_docs, reason = "the fields of `HearingPatch` say what they are")]
        pub struct HearingFields {
            $(pub $name: $type,)+
        }

        impl HearingFields {
            /// A field's value as text, as the wire has it; none where there is no date.
            #[must_use]
            pub fn text(&self, field: HearingField) -> Option<String> {
                match field {
                    $(HearingField::$variant => self.$name.as_text(),)+
                }
            }

            /// The change from `saved` to these: only what differs.
            #[must_use]
            pub fn patch(&self, saved: &Self) -> HearingPatch {
                HearingPatch {
                    $($name: (self.$name != saved.$name).then(|| self.$name.clone()),)+
                    sections: None,
                }
            }

            /// The values after a change; sections are none of them.
            #[must_use]
            pub fn changed(mut self, patch: &HearingPatch) -> Self {
                let HearingPatch { $($name,)+ sections: _ } = patch;
                $(if let Some(value) = $name {
                    self.$name.clone_from(value);
                })+
                self
            }

            /// Cleans the texts as the server does.
            pub fn clean(&mut self) {
                $(clean!($kind &mut self.$name);)+
            }
        }

        impl HearingPatch {
            /// Cleans what it changes, but for sections.
            pub(super) fn clean_fields(&mut self) {
                $(if let Some(value) = &mut self.$name {
                    clean!($kind value);
                })+
            }

            /// Notes what is wrong with what it changes, but for sections.
            pub(super) fn check_fields(&self, errors: &mut FieldErrors) {
                $(if let Some(value) = &self.$name {
                    check!($kind errors concat!("/", $wire), value $(, $limit)?);
                })+
            }

            /// Takes the change of a field out.
            pub fn leave_out(&mut self, field: HearingField) {
                match field {
                    $(HearingField::$variant => self.$name = None,)+
                }
            }
        }
    };
}

hearing_fields!(define);

impl HearingFields {
    /// What a hearing holds.
    #[must_use]
    pub fn of(hearing: &Hearing) -> Self {
        Self {
            title: hearing.title.clone(),
            summary: hearing.summary.clone(),
            image_alternative_text: hearing.image_alternative_text.clone(),
            audience: hearing.audience,
            invitation_only: hearing.invitation_only,
            starts_on: hearing.starts_on,
            deadline_on: hearing.deadline_on,
            contact_name: hearing.contact.name.clone(),
            contact_department: hearing.contact.department.clone(),
            contact_email: hearing.contact.email.clone(),
            contact_phone: hearing.contact.phone.clone(),
            responses_shown: hearing.responses_shown,
            respondent_shown: hearing.respondent_shown,
        }
    }

    /// The fields in which these differ from others.
    pub fn differing<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = HearingField> + 'a {
        HearingField::ALL.iter().copied().filter(|field| self.text(*field) != other.text(*field))
    }
}

// What the document says of a length stands in `HearingPatch` as figures.
const _: () = assert!(
    limits::TITLE == 120 && limits::SUMMARY == 500 && limits::CONTACT_FIELD == 200 && limits::ALTERNATIVE_TEXT == 300,
    "the lengths in HearingPatch's schema follow these"
);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::validation::Validate;

    fn fields() -> HearingFields {
        HearingFields {
            title: "Ny struktur på skoleområdet".to_owned(),
            summary: String::new(),
            image_alternative_text: "Nordby Skole".to_owned(),
            audience: Audience::Internal,
            invitation_only: false,
            starts_on: None,
            deadline_on: "2026-12-04".parse().ok(),
            contact_name: "Mette Sørensen".to_owned(),
            contact_department: String::new(),
            contact_email: String::new(),
            contact_phone: String::new(),
            responses_shown: ResponsesShown::Never,
            respondent_shown: RespondentShown::Department,
        }
    }

    #[test]
    fn a_patch_has_every_field_that_differs_and_no_other() {
        let saved = fields();
        assert_eq!(saved.patch(&saved), HearingPatch::default());
        let mut now = saved.clone();
        now.image_alternative_text.push_str(" i sne");
        now.deadline_on = None;
        let patch = now.patch(&saved);
        assert_eq!(patch.image_alternative_text.as_ref(), Some(&now.image_alternative_text));
        assert_eq!(patch.deadline_on, Some(None));
        assert_eq!(saved.clone().changed(&patch), now);
        let differing: Vec<_> = now.differing(&saved).collect();
        assert_eq!(differing, [HearingField::ImageAlternativeText, HearingField::DeadlineOn]);
    }

    #[test]
    fn an_error_points_to_a_field_that_can_be_left_out() {
        let long = |length: usize| Some("å".repeat(length + 1));
        let mut patch = HearingPatch {
            title: long(limits::TITLE),
            summary: long(limits::SUMMARY),
            image_alternative_text: long(limits::ALTERNATIVE_TEXT),
            contact_email: Some("mette@".to_owned()),
            starts_on: Some("1999-12-31".parse().ok()),
            ..HearingPatch::default()
        };
        let errors = patch.validate().unwrap_err();
        assert_eq!(errors.0.len(), 5, "{errors:?}");
        for error in &errors.0 {
            let field = HearingField::ALL.iter().find(|field| field.pointer() == error.pointer).copied();
            patch.leave_out(field.expect("each error has its field"));
        }
        assert_eq!(patch, HearingPatch::default());
    }
}
