//! Choosing entries of the audit log. The choice is made with a press, so that half a date is no filter.

use std::str::FromStr;

use chrono::NaiveDate;
use openapi::{
    audit::{AuditAction, AuditOutcome},
    validation::{FieldErrors, Validate},
};
use yew::prelude::*;

use super::query::LogQuery;
use crate::{
    audit_text,
    components::{Button, ButtonKind, Choice, DateField, Form, Select, Tag, TextField},
    form_errors::FormErrors,
    hooks::Query,
    i18n::{I18n, use_i18n},
    t,
};

#[derive(Properties, PartialEq)]
pub(super) struct FiltersProps {
    pub(super) query: Query<LogQuery>,
}

/// What stands in the fields before it is chosen.
#[derive(Clone, Debug, PartialEq)]
struct Fields {
    action: Option<AuditAction>,
    outcome: Option<AuditOutcome>,
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
    actor: String,
    hearing: String,
}

impl Fields {
    fn of(query: &LogQuery) -> Fields {
        Fields {
            // Several actions can only be asked for by the address; they stand as tags under the form.
            action: query.action.first().copied().filter(|_| query.action.len() == 1),
            outcome: query.outcome,
            from: query.from,
            to: query.to,
            actor: query.actor.map(|id| id.to_string()).unwrap_or_default(),
            hearing: query.hearing.map(|id| id.to_string()).unwrap_or_default(),
        }
    }

    fn query(&self, several: &[AuditAction]) -> Result<LogQuery, FieldErrors> {
        let mut errors = FieldErrors::default();
        let query = LogQuery {
            action: match self.action {
                Some(action) => vec![action],
                None if several.len() > 1 => several.to_vec(),
                None => Vec::new(),
            },
            outcome: self.outcome,
            from: self.from,
            to: self.to,
            actor: id(&self.actor, "actor", &mut errors),
            hearing: id(&self.hearing, "hearing", &mut errors),
            shown: None,
        };
        errors.0.extend(query.asked(None, None).validate().err().unwrap_or_default().0);
        errors.finish().map(|()| query)
    }
}

fn id<T: FromStr>(text: &str, field: &str, errors: &mut FieldErrors) -> Option<T> {
    let text = text.trim();
    let id = text.parse().ok();
    errors.require(id.is_some() || text.is_empty(), field, "id.invalid", "is no id");
    id
}

/// The filters.
#[component]
pub(super) fn Filters(props: &FiltersProps) -> Html {
    let i18n = use_i18n();
    let query = &props.query;
    let fields = {
        let value = query.value.clone();
        use_state_eq(move || Fields::of(&value))
    };
    {
        // A person chosen in the table, Back, a link: the address decides what the fields say.
        let fields = fields.setter();
        use_effect_with(query.value.clone(), move |value| fields.set(Fields::of(value)));
    }
    let errors = use_state(FormErrors::default);
    let on_submit = {
        let (fields, errors, query, i18n) = (fields.clone(), errors.clone(), query.clone(), i18n.clone());
        Callback::from(move |()| match fields.query(&query.value.action) {
            Ok(chosen) => {
                errors.set(FormErrors::default());
                query.set.emit(chosen);
            }
            Err(wrong) => errors.set(FormErrors::from_fields(&wrong, &i18n).after(&errors)),
        })
    };
    let all = query.set.reform(|()| LogQuery::default());
    html! {
        <>
            <Form errors={(*errors).clone()} {on_submit}>
                <div class="filter-bar">
                    <Select
                        pointer="action"
                        label={t!(i18n, "audit-column-what")}
                        choices={choices(AuditAction::ALL, |action| (action.as_str(), audit_text::action(action)), &i18n)}
                        value={fields.action.map(AuditAction::as_str).unwrap_or_default()}
                        on_change={change(&fields, |fields, value: String| fields.action = value.parse().ok())}
                    />
                    <Select
                        pointer="outcome"
                        label={t!(i18n, "audit-column-outcome")}
                        choices={choices(AuditOutcome::ALL, |it| (it.as_str(), audit_text::outcome(it)), &i18n)}
                        value={fields.outcome.map(AuditOutcome::as_str).unwrap_or_default()}
                        on_change={change(&fields, |fields, value: String| fields.outcome = value.parse().ok())}
                    />
                    <DateField
                        pointer="from"
                        label={t!(i18n, "audit-from")}
                        value={fields.from}
                        on_input={change(&fields, |fields, day| fields.from = day)}
                        optional=true
                    />
                    <DateField
                        pointer="to"
                        label={t!(i18n, "audit-to")}
                        value={fields.to}
                        on_input={change(&fields, |fields, day| fields.to = day)}
                        optional=true
                    />
                    <TextField
                        pointer="actor"
                        label={t!(i18n, "audit-person")}
                        value={fields.actor.clone()}
                        on_input={change(&fields, |fields, text| fields.actor = text)}
                        optional=true
                    />
                    <TextField
                        pointer="hearing"
                        label={t!(i18n, "audit-hearing")}
                        value={fields.hearing.clone()}
                        on_input={change(&fields, |fields, text| fields.hearing = text)}
                        optional=true
                    />
                    <div class="filter-actions">
                        <Button kind_of_press="submit" icon="search">{ t!(i18n, "audit-show") }</Button>
                        if query.value.is_narrowed() {
                            <Button kind={ButtonKind::Tertiary} on_press={all}>{ t!(i18n, "audit-show-all") }</Button>
                        }
                    </div>
                </div>
            </Form>
            if query.value.action.len() > 1 {
                <div class="tags">{ for query.value.action.iter().map(|action| tag(*action, query, &i18n)) }</div>
            }
        </>
    }
}

fn change<T: 'static>(fields: &UseStateHandle<Fields>, change: fn(&mut Fields, T)) -> Callback<T> {
    let fields = fields.clone();
    Callback::from(move |value: T| {
        let mut changed = (*fields).clone();
        change(&mut changed, value);
        fields.set(changed);
    })
}

fn choices<T: Copy>(all: &[T], names: fn(T) -> (&'static str, &'static str), i18n: &I18n) -> Vec<Choice> {
    let choice = |value: &T| {
        let (code, key) = names(*value);
        Choice::new(code, t!(i18n, key))
    };
    std::iter::once(Choice::new("", t!(i18n, "filter-all"))).chain(all.iter().map(choice)).collect()
}

fn tag(action: AuditAction, query: &Query<LogQuery>, i18n: &I18n) -> Html {
    let on_remove = {
        let query = query.clone();
        Callback::from(move |()| {
            let left = query.value.action.iter().copied().filter(|other| *other != action).collect();
            query.set.emit(LogQuery { action: left, shown: None, ..query.value.clone() });
        })
    };
    html! { <Tag text={t!(i18n, audit_text::action(action))} {on_remove} /> }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields() -> Fields {
        Fields::of(&LogQuery::default())
    }

    #[test]
    fn half_an_id_and_a_period_that_ends_before_it_begins_are_no_filters() {
        let wrong = Fields {
            actor: "0193".to_owned(),
            from: "2026-11-23".parse().ok(),
            to: "2026-11-22".parse().ok(),
            ..fields()
        };
        let errors = wrong.query(&[]).unwrap_err();
        let places: Vec<_> = errors.0.iter().map(|error| error.pointer.as_str()).collect();
        assert_eq!(places, ["actor", "to"]);
    }

    #[test]
    fn several_actions_of_an_address_stay_unless_one_is_chosen() {
        let several = [AuditAction::LoggedIn, AuditAction::LoginFailed];
        assert_eq!(fields().query(&several).unwrap().action, several);
        let one = Fields { action: Some(AuditAction::JobRetried), ..fields() };
        assert_eq!(one.query(&several).unwrap().action, [AuditAction::JobRetried]);
    }
}
