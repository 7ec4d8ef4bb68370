//! Choosing a person from the directory, to see only what that person did.

use openapi::employees::Employee;
use yew::prelude::*;

use crate::{
    components::{Button, ButtonKind, Dialog},
    i18n::{I18n, use_i18n},
    pages::PeopleSearch,
    paging::Shown,
    t,
};

#[derive(Properties, PartialEq)]
pub(super) struct ChoosePersonProps {
    pub(super) open: bool,
    /// Told when nobody was chosen.
    pub(super) on_close: Callback<()>,
    pub(super) on_choose: Callback<Employee>,
}

/// The search, in a dialog of its own: it is a form, and stands beside that of the filters.
#[component]
pub(super) fn ChoosePerson(props: &ChoosePersonProps) -> Html {
    let i18n = use_i18n();
    let ChoosePersonProps { open, on_close, on_choose } = props;
    html! {
        <Dialog
            id="choose-person"
            open={*open}
            on_close={on_close.clone()}
            heading={t!(i18n, "audit-choose-person")}
            actions={html! {
                <Button kind={ButtonKind::Secondary} on_press={on_close.clone()}>{ t!(i18n, "cancel") }</Button>
            }}
        >
            <Search on_choose={on_choose.clone()} />
        </Dialog>
    }
}

#[derive(Properties, PartialEq)]
struct SearchProps {
    on_choose: Callback<Employee>,
}

/// The search, begun anew each time the dialog opens.
#[component]
fn Search(props: &SearchProps) -> Html {
    let i18n = use_i18n();
    let q = use_state_eq(String::new);
    let shown = use_state_eq(Shown::default);
    let on_search = {
        let (q, shown) = (q.setter(), shown.setter());
        Callback::from(move |words: String| {
            shown.set(Shown::default());
            q.set(words);
        })
    };
    let on_more = {
        let shown = shown.setter();
        Callback::from(move |rows: usize| shown.set(Shown::rows(rows)))
    };
    let action = {
        let (on_choose, i18n) = (props.on_choose.clone(), i18n.clone());
        Callback::from(move |person: Employee| choose(person, &on_choose, &i18n))
    };
    html! {
        <PeopleSearch id="audit-person" q={(*q).clone()} shown={*shown} {on_search} {on_more} {action} />
    }
}

fn choose(person: Employee, on_choose: &Callback<Employee>, i18n: &I18n) -> Html {
    let label = t!(i18n, "audit-choose-label", name = person.name.as_str());
    let on_press = on_choose.reform(move |()| person.clone());
    html! { <Button kind={ButtonKind::Secondary} {label} {on_press}>{ t!(i18n, "audit-choose") }</Button> }
}
