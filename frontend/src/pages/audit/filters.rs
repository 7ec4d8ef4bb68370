//! Choosing entries of the audit log. The choice is made with a press, so that half a date is no filter.

use openapi::{
    audit::{AuditAction, AuditOutcome},
    employees::Employee,
    validation::FieldErrors,
};
use yew::prelude::*;

use super::{asked::Asked, person::ChoosePerson};
use crate::{
    audit_text,
    components::{Button, ButtonKind, Choice, DateRange, Days, Form, Select, Tag, TextField},
    form_errors::FormErrors,
    hooks::{ListQuery, use_form},
    i18n::{I18n, use_i18n},
    t,
};

#[derive(Properties, PartialEq)]
pub(super) struct FiltersProps {
    pub(super) query: ListQuery<Asked>,
    /// Told whose doings alone are to be shown.
    pub(super) on_person: Callback<Employee>,
}

/// What stands in the fields before it is chosen.
#[derive(Clone, Debug, PartialEq)]
struct Fields {
    action: Option<AuditAction>,
    outcome: Option<AuditOutcome>,
    days: Days,
    hearing: String,
}

impl Fields {
    fn of(asked: &Asked) -> Fields {
        Fields {
            // Several actions can only be asked for by the address; they stand as tags under the form.
            action: asked.action.first().copied().filter(|_| asked.action.len() == 1),
            outcome: asked.outcome,
            days: Days { from: asked.from, to: asked.to },
            hearing: asked.hearing.map(|id| id.to_string()).unwrap_or_default(),
        }
    }

    /// What was asked for, with what stands in the fields in its place.
    fn chosen(&self, before: &Asked) -> Result<Asked, FieldErrors> {
        let mut errors = FieldErrors::default();
        let hearing = self.hearing.trim().parse().ok();
        errors.require(hearing.is_some() || self.hearing.trim().is_empty(), "hearing", "id.invalid", "is no id");
        let asked = Asked {
            action: match self.action {
                Some(action) => vec![action],
                None if before.action.len() > 1 => before.action.clone(),
                None => Vec::new(),
            },
            outcome: self.outcome,
            actor: before.actor,
            hearing,
            from: self.days.from,
            to: self.days.to,
        };
        errors.0.extend(asked.validate().err().unwrap_or_default().0);
        errors.finish().map(|()| asked)
    }
}

/// The filters.
#[component]
pub(super) fn Filters(props: &FiltersProps) -> Html {
    let i18n = use_i18n();
    let FiltersProps { query, on_person } = props;
    let fields = use_state_eq(|| Fields::of(&query.filters));
    {
        // A person chosen in the table, Back, a link: the address decides what the fields say.
        let fields = fields.setter();
        use_effect_with(query.filters.clone(), move |asked| fields.set(Fields::of(asked)));
    }
    let form = use_form();
    let on_submit = {
        let (fields, form, query) = (fields.clone(), form.clone(), query.clone());
        Callback::from(move |()| match fields.chosen(&query.filters) {
            Ok(chosen) => {
                form.say(FormErrors::default());
                query.set.emit(chosen);
            }
            Err(wrong) => form.wrong(&wrong),
        })
    };
    let choosing = use_state_eq(|| false);
    let set_choosing = |value: bool| {
        let choosing = choosing.setter();
        Callback::from(move |()| choosing.set(value))
    };
    let on_choose = {
        let (close, on_person) = (set_choosing(false), on_person.clone());
        Callback::from(move |person: Employee| {
            close.emit(());
            on_person.emit(person);
        })
    };
    let all = query.set.reform(|()| Asked::default());
    html! {
        <>
            <Form errors={form.errors()} {on_submit}>
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
                    <DateRange
                        from={t!(i18n, "audit-from")}
                        to={t!(i18n, "audit-to")}
                        value={fields.days}
                        on_input={change(&fields, |fields, days| fields.days = days)}
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
                        <Button kind={ButtonKind::Secondary} icon="person" on_press={set_choosing(true)}>
                            { t!(i18n, "audit-choose-person") }
                        </Button>
                        if query.filters.is_narrowed() {
                            <Button kind={ButtonKind::Tertiary} on_press={all}>{ t!(i18n, "audit-show-all") }</Button>
                        }
                    </div>
                </div>
            </Form>
            <ChoosePerson open={*choosing} on_close={set_choosing(false)} on_choose={on_choose} />
            if query.filters.action.len() > 1 {
                <div class="tags">{ for query.filters.action.iter().map(|action| tag(*action, query, &i18n)) }</div>
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

fn tag(action: AuditAction, query: &ListQuery<Asked>, i18n: &I18n) -> Html {
    let on_remove = query.change(move |asked, ()| asked.action.retain(|other| *other != action));
    html! { <Tag text={t!(i18n, audit_text::action(action))} {on_remove} /> }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields() -> Fields {
        Fields::of(&Asked::default())
    }

    #[test]
    fn half_an_id_and_a_period_that_ends_before_it_begins_are_no_filters() {
        let days = Days { from: "2026-11-23".parse().ok(), to: "2026-11-22".parse().ok() };
        let wrong = Fields { hearing: "0193".to_owned(), days, ..fields() };
        let errors = wrong.chosen(&Asked::default()).unwrap_err();
        let places: Vec<_> = errors.0.iter().map(|error| error.pointer.as_str()).collect();
        assert_eq!(places, ["hearing", "to"]);
    }

    #[test]
    fn several_actions_of_an_address_stay_unless_one_is_chosen() {
        let before = Asked { action: vec![AuditAction::LoggedIn, AuditAction::LoginFailed], ..Asked::default() };
        assert_eq!(fields().chosen(&before).unwrap(), before);
        let one = Fields { action: Some(AuditAction::JobRetried), ..fields() };
        assert_eq!(one.chosen(&before).unwrap().action, [AuditAction::JobRetried]);
    }

    #[test]
    fn the_person_of_an_address_stays() {
        let person = "01938a5e-0000-7000-8000-000000000001".parse().ok();
        let before = Asked { actor: person, ..Asked::default() };
        assert_eq!(fields().chosen(&before).unwrap().actor, person);
    }
}
