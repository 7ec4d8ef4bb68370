//! What an owner writes on a hearing, as the database has it, and what the audit log keeps of a change. All of it goes by
//! the contract's list of fields.

use chrono::NaiveDate;
use diesel::AsChangeset;
use openapi::{
    hearing_fields,
    hearings::{Audience, HearingField, HearingFields, RespondentShown, ResponsesShown, Told},
};

use super::HearingRow;
use crate::{audit::Change, db::schema::hearing};

macro_rules! columns {
    ($($variant:ident $name:ident: $type:ty, $kind:ident($($limit:expr)?), $wire:literal, $told:ident;)+) => {
        /// The columns of the fields.
        #[derive(AsChangeset)]
        #[diesel(table_name = hearing, treat_none_as_null = true)]
        pub(super) struct Columns {
            $($name: $type,)+
        }

        impl From<HearingFields> for Columns {
            fn from(fields: HearingFields) -> Self {
                Self { $($name: fields.$name,)+ }
            }
        }

        impl HearingRow {
            /// What an owner has written.
            pub(super) fn fields(&self) -> HearingFields {
                HearingFields { $($name: self.$name.clone(),)+ }
            }

            /// The same hearing with other values.
            pub(super) fn with_fields(self, fields: &HearingFields) -> Self {
                Self { $($name: fields.$name.clone(),)+ ..self }
            }
        }
    };
}

hearing_fields!(columns);

/// What the audit log keeps of a change.
pub(super) fn of(before: &HearingFields, after: &HearingFields) -> Vec<Change> {
    let change = |field: HearingField| {
        let (name, old, new) = (field.name(), before.text(field), after.text(field));
        match field.told() {
            Told::Text => Change::text(name),
            Told::Decision => Change::decision(name, old, new),
            Told::Personal => Change::personal(name, old, new, None),
        }
    };
    before.differing(after).map(change).collect()
}
