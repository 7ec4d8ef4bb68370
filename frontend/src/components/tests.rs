//! Components rendered to text: markup and ARIA without a browser.

use std::rc::Rc;

use openapi::{
    client::Error,
    hearings::Contact,
    problem::{Problem, ProblemCode},
};
use yew::{ServerRenderer, prelude::*};

use super::*;
use crate::{
    aside::SavedBy,
    form_errors::{FieldMessage, FormErrors},
    hooks::Lost,
    shown_response::{SectionText, ShownResponse},
};

/// What a piece of a page becomes as text, without the marks that Yew leaves for itself.
async fn rendered(html: fn() -> Html) -> String {
    #[derive(Properties)]
    struct PieceProps {
        html: fn() -> Html,
    }
    impl PartialEq for PieceProps {
        fn eq(&self, _: &PieceProps) -> bool {
            true
        }
    }
    #[component]
    fn Piece(props: &PieceProps) -> Html {
        (props.html)()
    }
    ServerRenderer::<Piece>::with_props(move || PieceProps { html }).hydratable(false).render().await
}

fn errors() -> FormErrors {
    FormErrors {
        fields: vec![FieldMessage { pointer: "/title".into(), message: "Skriv en titel.".into() }],
        ..FormErrors::default()
    }
}

#[tokio::test]
async fn an_error_stands_at_its_field_and_in_the_summary_with_a_link_to_it() {
    let html = rendered(|| {
        html! {
            <Form errors={errors()} on_submit={|()| ()}>
                <TextField pointer="/title" label="Titel" hint="Kort" value="" on_input={|_| ()} limit={120} />
            </Form>
        }
    })
    .await;
    assert!(html.contains(r##"<a href="#field-title">Skriv en titel.</a>"##), "{html}");
    assert!(html.contains(r#"<label for="field-title" class="form-label">Titel</label>"#), "{html}");
    assert!(html.contains(r#"id="field-title-error""#), "{html}");
    assert!(html.contains(r#"aria-invalid="true""#), "{html}");
    assert!(html.contains(r#"aria-describedby="field-title-hint field-title-error field-title-length""#), "{html}");
    assert!(html.contains("novalidate"), "{html}");
}

#[tokio::test]
async fn a_field_without_an_error_says_so_by_nothing() {
    let html = rendered(|| {
        html! {
            <Form errors={FormErrors::default()} on_submit={|()| ()}>
                <TextArea pointer="/text" label="Svar" value="Æøå" on_input={|_| ()} optional=true />
            </Form>
        }
    })
    .await;
    assert!(!html.contains("aria-invalid") && !html.contains("role=\"alert\""), "{html}");
    assert!(html.contains("(frivilligt)") && html.contains("Æøå"), "{html}");
}

#[tokio::test]
async fn a_button_under_way_is_busy_and_not_disabled() {
    let html = rendered(|| html! { <Button busy=true>{ "Send" }</Button> }).await;
    assert!(html.contains(r#"aria-busy="true""#) && !html.contains("disabled"), "{html}");
}

#[tokio::test]
async fn an_icon_is_decoration_unless_it_has_words() {
    let html = rendered(|| html! { <Icon name="search" /> }).await;
    assert!(html.contains(r#"aria-hidden="true""#), "{html}");
    let html = rendered(|| html! { <Icon name="search" label="Søg" /> }).await;
    assert!(html.contains(r#"role="img""#) && html.contains(r#"aria-label="Søg""#), "{html}");
}

#[tokio::test]
async fn a_table_names_its_rows_columns_and_itself() {
    let html = rendered(|| {
        let rows = vec![Row { key: "1".into(), cells: vec![html! { "Skoler" }, html! { 12 }] }];
        let columns = vec![Column::text("Høring"), Column::number("Svar")];
        html! { <Table caption="Høringer" {columns} {rows} /> }
    })
    .await;
    assert!(html.contains(r#"<caption class="sr-only">Høringer</caption>"#), "{html}");
    assert!(html.contains(r#"scope="row""#) && html.contains(r#"scope="col""#), "{html}");
    assert!(html.contains(r#"data-title="Svar""#), "{html}");
}

#[tokio::test]
async fn the_steps_say_which_one_is_current_and_which_are_done() {
    let html = rendered(|| {
        let step = |text: &'static str| Step { text: text.into(), to: None };
        html! { <StepIndicator steps={vec![step("Skriv"), step("Tjek"), step("Kvittering")]} current={1} /> }
    })
    .await;
    assert!(html.contains(r#"aria-current="step""#), "{html}");
    assert!(html.contains("Trin 1 er klaret") && !html.contains("Trin 2 er klaret"), "{html}");
}

#[tokio::test]
async fn an_answer_has_an_address_and_shows_text_as_text() {
    let html = rendered(|| {
        let response = ShownResponse {
            id: None,
            number: Some(12),
            sender: None,
            access_revoked: false,
            files: Vec::new(),
            on_behalf_of: "MED-udvalget".into(),
            sent_at: None,
            edited_at: None,
            withdrawn_at: None,
            text: "<script>alert(1)</script>".into(),
            sections: vec![SectionText { title: "Økonomi".into(), text: "Enig".into() }],
        };
        html! { <ResponseArticle {response} /> }
    })
    .await;
    assert!(html.contains(r#"id="svar-12""#), "{html}");
    assert!(!html.contains("<script>"), "{html}");
    assert!(html.contains("En medarbejder") && html.contains("på vegne af MED-udvalget"), "{html}");
    assert!(html.contains("<h4 class=\"response-subheading\">Om afsnittet »Økonomi«</h4>"), "{html}");
}

#[tokio::test]
async fn a_dialog_begins_at_its_heading_and_not_at_the_button_that_closes_it() {
    let html = rendered(|| html! { <Dialog id="d" open=true on_close={|()| ()} heading="Slet kladden?" /> }).await;
    let heading = html.split("<h2").nth(1).and_then(|rest| rest.split('>').next()).unwrap();
    assert!(heading.contains(r#"tabindex="-1""#) && heading.contains("autofocus"), "{html}");
    assert!(!html.contains("autofocus=\"false\""), "{html}");
}

#[tokio::test]
async fn one_field_in_a_dialog_says_what_is_wrong_with_it_once() {
    let html = rendered(|| {
        html! {
            <Form errors={errors()} one_field=true on_submit={|()| ()}>
                <TextField pointer="/title" label="Titel" value="" on_input={|_| ()} />
            </Form>
        }
    })
    .await;
    assert_eq!(html.matches("Skriv en titel.").count(), 1, "{html}");
    assert!(html.contains(r#"aria-invalid="true""#), "{html}");
}

#[tokio::test]
async fn a_choice_between_versions_shows_both_and_says_whose_words_go() {
    let html = rendered(|| {
        let by = SavedBy { name: Some("Astrid Holm".to_owned()), at: Some("2026-12-04T09:32:00Z".parse().unwrap()) };
        let differing = Differing { field: "Konklusion".into(), mine: "Mine ord".into(), theirs: "Hendes".into() };
        html! {
            <VersionChoice
                question={VersionQuestion::WhichHolds(by)}
                heading="Rettet et andet sted"
                text="Vælg"
                differences={vec![differing]}
                on_choose={|_| ()}
            />
        }
    })
    .await;
    assert!(html.contains(r#"<details open="open""#), "nothing has to be unfolded: {html}");
    assert!(html.contains("Gemt af Astrid Holm den 4. december 2026 kl. 10.32"), "{html}");
    assert!(html.contains("Erstat udgaven fra Astrid Holm med min"), "{html}");
    assert!(html.contains("Hent udgaven fra Astrid Holm"), "{html}");
    assert!(html.contains("Mine ord") && html.contains("Hendes"), "{html}");
}

#[tokio::test]
async fn words_that_cannot_be_saved_can_be_taken_along_and_somebody_asked() {
    let html = rendered(|| {
        let contact = Contact {
            name: "Mette Holm".into(),
            email: "mette@eksempel.dk".into(),
            phone: "12 34 56 78".into(),
            ..Contact::default()
        };
        html! { <AccessLost lost={Lost::Hearing} text="Æ & ø" name="mit-svar.txt" {contact} /> }
    })
    .await;
    assert!(html.contains("Du har ikke længere adgang til høringen") && html.contains("Kopiér teksten"), "{html}");
    assert!(html.contains("data:text/plain;charset=utf-8,%EF%BB%BF%C3%86%20%26%20%C3%B8"), "{html}");
    assert!(html.contains("mailto:mette@eksempel.dk") && html.contains("tel:12345678"), "{html}");
}

#[tokio::test]
async fn a_failure_offers_what_helps_and_nothing_else() {
    fn failure(error: Error) -> Html {
        html! { <Failure error={Rc::new(error)} on_retry={|()| ()} /> }
    }
    fn problem(code: ProblemCode) -> Html {
        failure(Error::Problem(Box::new(Problem { instance: "req-1".to_owned(), ..Problem::new(code) })))
    }
    let html = rendered(|| failure(Error::Unreachable("gone".to_owned()))).await;
    assert!(html.contains("Prøv igen") && !html.contains("gone"), "{html}");
    let html = rendered(|| problem(ProblemCode::Internal)).await;
    assert!(html.contains("Prøv igen") && html.contains("req-1"), "operators find it by its reference: {html}");
    let html = rendered(|| problem(ProblemCode::Forbidden)).await;
    assert!(!html.contains("<button") && !html.contains("<a "), "asking again changes nothing: {html}");
}
