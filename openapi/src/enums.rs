//! One way to declare the lists of values: `snake_case` text on the wire, in addresses and in the database.
//!
//! Lists grow, and a page that was opened before the server was updated meets values it has never heard of. Whoever
//! reads an *answer* gets them as `Unknown`; in a request, in a form, and in the database they are refused.

use std::cell::Cell;

thread_local! {
    static READING_ANSWER: Cell<bool> = const { Cell::new(false) };
}

/// Reads an answer of the service: values that are unknown here become `Unknown` in place of an error.
pub(crate) fn reading_answer<T>(read: impl FnOnce() -> T) -> T {
    let outer = READING_ANSWER.replace(true);
    let answer = read();
    READING_ANSWER.set(outer);
    answer
}

/// Whether what is being read is an answer of the service.
pub(crate) fn is_reading_answer() -> bool {
    READING_ANSWER.get()
}

/// Declares an enum whose wire form, query form and database form are the same text.
///
/// Gives `Unknown`, `ALL`, `as_str`, `Display`, `FromStr`, serde, and with the feature `server` the schema and diesel's
/// `Text`. A `closed enum` has no `Unknown`: only callers name its values, and each knows those that it names.
macro_rules! wire_enum {
    ( $(#[$meta:meta])* pub enum $name:ident { $($variants:tt)+ } ) => {
        $crate::enums::wire_enum! { @declare [Unknown] $(#[$meta])* $name { $($variants)+ } }
    };
    ( $(#[$meta:meta])* pub closed enum $name:ident { $($variants:tt)+ } ) => {
        $crate::enums::wire_enum! { @declare [] $(#[$meta])* $name { $($variants)+ } }
    };
    (
        @declare [$($unknown:ident)?]
        $(#[$meta:meta])*
        $name:ident {
            $( $(#[$variant_meta:meta])* $variant:ident = $text:literal ),+ $(,)?
        }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
        #[cfg_attr(feature = "server", derive(utoipa::ToSchema, diesel::expression::AsExpression, diesel::deserialize::FromSqlRow))]
        #[cfg_attr(feature = "server", diesel(sql_type = diesel::sql_types::Text))]
        pub enum $name {
            $(
                $(#[$variant_meta])*
                #[serde(rename = $text)]
                // utoipa does not see serde's rename through a macro.
                #[cfg_attr(feature = "server", schema(rename = $text))]
                $variant,
            )+
            $(
                /// A value of a newer server, in an answer. It is never sent, stored or documented.
                #[serde(skip)]
                #[cfg_attr(feature = "server", schema(ignore))]
                $unknown,
            )?
        }

        impl $name {
            /// Every known value, in the order of declaration.
            pub const ALL: &'static [Self] = &[ $( Self::$variant ),+ ];

            /// The text used on the wire, in addresses and in the database; empty for one that is unknown.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $( Self::$variant => $text, )+
                    $( Self::$unknown => "", )?
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::text::UnknownValue;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                match text {
                    $( $text => Ok(Self::$variant), )+
                    _ => Err($crate::text::UnknownValue),
                }
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                match text.parse() {
                    Ok(value) => Ok(value),
                    $( Err(_) if $crate::enums::is_reading_answer() => Ok(Self::$unknown), )?
                    Err(_) => Err(serde::de::Error::unknown_variant(&text, &[ $( $text ),+ ])),
                }
            }
        }

        #[cfg(feature = "server")]
        impl diesel::serialize::ToSql<diesel::sql_types::Text, diesel::pg::Pg> for $name {
            fn to_sql<'b>(
                &'b self,
                out: &mut diesel::serialize::Output<'b, '_, diesel::pg::Pg>,
            ) -> diesel::serialize::Result {
                $( if *self == Self::$unknown {
                    return Err(concat!(stringify!($name), " holds a value that is unknown here").into());
                } )?
                std::io::Write::write_all(out, self.as_str().as_bytes())?;
                Ok(diesel::serialize::IsNull::No)
            }
        }

        #[cfg(feature = "server")]
        impl diesel::deserialize::FromSql<diesel::sql_types::Text, diesel::pg::Pg> for $name {
            fn from_sql(bytes: diesel::pg::PgValue<'_>) -> diesel::deserialize::Result<Self> {
                let text = std::str::from_utf8(bytes.as_bytes())?;
                text.parse().map_err(|_| {
                    format!(concat!("{:?} is no ", stringify!($name)), text).into()
                })
            }
        }
    };
}

pub(crate) use wire_enum;

#[cfg(test)]
mod tests {
    use serde::de::DeserializeOwned;

    use super::reading_answer;
    use crate::{hearings::HearingRole, texts::TextName};

    fn read<T: DeserializeOwned>(json: &str) -> Result<T, String> {
        serde_json::from_str(json).map_err(|error| error.to_string())
    }

    #[test]
    fn an_answer_may_hold_a_value_that_is_unknown_here() {
        assert_eq!(reading_answer(|| read("\"emperor\"")), Ok(HearingRole::Unknown));
        assert_eq!(reading_answer(|| read("\"owner\"")), Ok(HearingRole::Owner));
        assert!(reading_answer(|| read::<HearingRole>("7")).is_err(), "what is no text at all is no value either");
        assert!(reading_answer(|| read::<TextName>("\"poem\"")).is_err(), "callers know what they ask for");
    }

    #[test]
    fn everywhere_else_it_is_refused_and_the_known_ones_are_named() {
        reading_answer(|| ());
        let error = read::<HearingRole>("\"emperor\"").unwrap_err();
        assert!(error.contains("unknown variant `emperor`, expected one of `owner`, `case_worker`"), "{error}");
        assert!("emperor".parse::<HearingRole>().is_err() && "".parse::<HearingRole>().is_err());
    }

    #[test]
    fn an_unknown_value_is_never_sent() {
        assert!(serde_json::to_string(&HearingRole::Unknown).is_err());
        assert!(serde_html_form::to_string([("role", HearingRole::Unknown)]).is_err());
        assert!(!HearingRole::ALL.contains(&HearingRole::Unknown));
    }
}
