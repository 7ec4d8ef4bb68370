//! The audit log, for auditors: who did what, on which object, when, from where.

mod asked;
mod filters;
mod person;
mod sealed;
mod table;

use openapi::{audit::AuditEntry, employees::Employee, session::GlobalRole};
use yew::prelude::*;

use self::{asked::Asked, filters::Filters, sealed::Sealed, table::Entries};
use crate::{
    components::{Alert, AlertKind, Button, ButtonKind, EmptyState, Page, RemoteList, Tag},
    form_errors::FormErrors,
    hooks::{ListQuery, use_list_query, use_rows},
    i18n::{I18n, use_i18n},
    pages::Restricted,
    route::Route,
    t,
};

/// The audit log.
#[component]
pub fn AuditLog() -> Html {
    let i18n = use_i18n();
    let title = t!(i18n, "audit-title");
    html! {
        <Restricted title={title.clone()} login={t!(i18n, "audit-login")} role={GlobalRole::Auditor}>
            <Page {title} crumbs={Some(vec![])}>
                <p class="lead">{ t!(i18n, "audit-lead") }</p>
                <Sealed />
                <Log />
            </Page>
        </Restricted>
    }
}

/// Filters and entries.
#[component]
fn Log() -> Html {
    let i18n = use_i18n();
    let query = use_list_query::<Asked>(Route::Audit);
    // The address names a person by an id; whoever chose one from the directory is to see the name.
    let chosen = use_state_eq(|| None::<Employee>);
    let on_person = {
        let (chosen, narrow) = (chosen.setter(), query.change(|asked, person| asked.actor = Some(person)));
        Callback::from(move |person: Employee| {
            narrow.emit(person.id);
            chosen.set(Some(person));
        })
    };
    let wrong = query.filters.validate().err();
    html! {
        <>
            <Filters query={query.clone()} {on_person} />
            if let Some(wrong) = wrong {
                <Alert kind={AlertKind::Error}>
                    { for FormErrors::from_fields(&wrong, &i18n).fields.into_iter().map(|field| html! {
                        <p>{ field.message }</p>
                    }) }
                </Alert>
            } else {
                <Found {query} chosen={(*chosen).clone()} />
            }
        </>
    }
}

#[derive(Properties, PartialEq)]
struct FoundProps {
    query: ListQuery<Asked>,
    chosen: Option<Employee>,
}

/// The entries that the filters let through.
#[component]
fn Found(props: &FoundProps) -> Html {
    let i18n = use_i18n();
    let FoundProps { query, chosen } = props;
    let entries = use_rows(query.filters.clone(), query.shown.wanted(), |api, asked: Asked, page| async move {
        api.list_audit_entries(&asked.page(page)).await
    });
    let empty = html! {
        <EmptyState heading={t!(i18n, "audit-none")}>
            <p>{ t!(i18n, "audit-none-text") }</p>
            if query.filters.is_narrowed() {
                <Button kind={ButtonKind::Secondary} on_press={query.set.reform(|()| Asked::default())}>
                    { t!(i18n, "audit-show-all") }
                </Button>
            }
        </EmptyState>
    };
    html! {
        <>
            { person_tag(query, chosen.as_ref(), entries.rows(), &i18n) }
            <RemoteList
                list={entries.list()}
                {empty}
                what={t!(i18n, "what-audit-log")}
                on_more={query.on_more.clone()}
            >
                <Entries entries={entries.rows().to_vec()} query={query.clone()} />
            </RemoteList>
        </>
    }
}

/// The person that the entries are narrowed to: by name where the directory or an entry tells it.
fn person_tag(query: &ListQuery<Asked>, chosen: Option<&Employee>, rows: &[AuditEntry], i18n: &I18n) -> Html {
    let Some(person) = query.filters.actor else { return Html::default() };
    let chosen = chosen.filter(|chosen| chosen.id == person).map(|chosen| chosen.name.clone());
    let mut actors = rows.iter().filter_map(|entry| entry.actor.as_ref()).filter(|actor| actor.id == person);
    let name = chosen.or_else(|| actors.find_map(|actor| actor.name.clone())).unwrap_or_else(|| person.to_string());
    html! {
        <div class="tags">
            <Tag
                text={t!(i18n, "audit-person-is", name = name)}
                on_remove={query.change(|asked, ()| asked.actor = None)}
            />
        </div>
    }
}
