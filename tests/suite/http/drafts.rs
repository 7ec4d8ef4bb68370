//! Unsent answers: begun once, saved often, never overwritten silently, seen by their author alone.

use openapi::{
    drafts::{DraftPatch, SectionAnswer},
    page::PageQuery,
    problem::ProblemCode,
};
use tests::{App, Who, key, refused};

fn text(text: &str) -> DraftPatch {
    DraftPatch { text: Some(text.to_owned()), ..DraftPatch::default() }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_is_begun_once_in_however_many_tabs() {
    let app = App::start().await;
    let (employee, hearing) = (app.employee(1), app.hearing().open().await);
    let begun = futures::future::join_all((0..5).map(|_| employee.create_draft(hearing.id))).await;
    let begun: Vec<_> = begun.into_iter().map(Result::unwrap).collect();
    assert_eq!(begun.iter().filter(|draft| draft.created).count(), 1);
    assert!(begun.iter().all(|draft| draft.item.id == begun[0].item.id));
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_tabs_never_overwrite_each_other_silently() {
    let app = App::start().await;
    let (employee, hearing) = (app.employee(1), app.hearing().open().await);
    let draft = employee.create_draft(hearing.id).await.unwrap().item;
    let first = employee.update_draft(hearing.id, draft.id, draft.version, &text("Første fane")).await.unwrap();
    let second = employee.update_draft(hearing.id, draft.id, draft.version, &text("Anden fane")).await;
    assert_eq!(refused(second), ProblemCode::PreconditionFailed);
    assert_eq!(employee.get_draft(hearing.id, draft.id).await.unwrap(), first);
    let (stale, terms) = (draft.version, employee.terms().await);
    assert_eq!(
        refused(employee.send_draft(hearing.id, draft.id, stale, &terms, &key()).await),
        ProblemCode::PreconditionFailed,
        "what is sent is what was read"
    );
    assert_eq!(refused(employee.delete_draft(hearing.id, draft.id, stale).await), ProblemCode::PreconditionFailed);
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_patch_changes_what_it_names() {
    let app = App::start().await;
    let (employee, hearing) = (app.employee(1), app.hearing().open().await);
    let draft = employee.write(hearing.id, "Til det hele").await;
    let answers = vec![
        SectionAnswer { section: hearing.sections[2].id, text: "Til økonomien".to_owned() },
        SectionAnswer { section: hearing.sections[0].id, text: "Til baggrunden".to_owned() },
        SectionAnswer { section: hearing.sections[1].id, text: "   ".to_owned() },
    ];
    let patch = DraftPatch { sections: Some(answers), on_behalf_of: Some("MED-udvalget".to_owned()), text: None };
    let saved = employee.update_draft(hearing.id, draft.id, draft.version, &patch).await.unwrap();
    assert_eq!((saved.text.as_str(), saved.on_behalf_of.as_str()), ("Til det hele", "MED-udvalget"));
    let order: Vec<_> = saved.sections.iter().map(|answer| answer.section).collect();
    assert_eq!(order, [hearing.sections[0].id, hearing.sections[2].id], "in the hearing's order, without empty ones");

    let other = app.hearing().open().await;
    let foreign = SectionAnswer { section: other.sections[0].id, text: "x".to_owned() };
    let patch = DraftPatch { sections: Some(vec![foreign]), ..DraftPatch::default() };
    let refusal = refused(employee.update_draft(hearing.id, draft.id, saved.version, &patch).await);
    assert_eq!(refusal.pointers, ["/sections/0/section"]);
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_discarded_draft_is_gone_and_another_can_be_begun() {
    let app = App::start().await;
    let (employee, hearing) = (app.employee(1), app.hearing().open().await);
    let draft = employee.write(hearing.id, "Fortrudt").await;
    employee.delete_draft(hearing.id, draft.id, draft.version).await.unwrap();
    assert_eq!(refused(employee.get_draft(hearing.id, draft.id).await), ProblemCode::NotFound);
    assert!(employee.list_drafts(hearing.id).await.unwrap().items.is_empty());
    let again = employee.create_draft(hearing.id).await.unwrap();
    assert!(again.created && again.item.text.is_empty());
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn ones_drafts_are_listed_last_saved_first_and_are_nobody_elses() {
    let app = App::start().await;
    let employee = app.employee(1);
    let first = app.hearing().titled("Den første").open().await;
    let second = app.hearing().titled("Den anden").open().await;
    employee.write(first.id, "Et").await;
    employee.write(second.id, "To").await;
    let titles = async |who: Who| {
        let page = app.person(who).list_my_drafts(&PageQuery::default()).await.unwrap();
        page.items.into_iter().map(|draft| draft.hearing.title).collect::<Vec<_>>()
    };
    assert_eq!(titles(Who::Employee(1)).await, ["Den anden", "Den første"]);
    assert_eq!(titles(Who::Employee(2)).await, [""; 0]);
    assert_eq!(titles(Who::Owner).await, [""; 0]);
    app.finish().await;
}

/// Nobody loses words for having been late: the draft stays, can be read and saved, and cannot be sent.
#[tokio::test(flavor = "multi_thread")]
async fn a_draft_outlives_the_deadline() {
    let app = App::start().await;
    let (employee, hearing) = (app.employee(1), app.hearing().open().await);
    let draft = employee.write(hearing.id, "For sent").await;
    app.pass_deadline(&hearing);
    let saved = employee.update_draft(hearing.id, draft.id, draft.version, &text("Stadig mit")).await.unwrap();
    let sent = employee.send_draft(hearing.id, draft.id, saved.version, &employee.terms().await, &key()).await;
    assert_eq!(refused(sent), ProblemCode::DeadlinePassed);
    assert_eq!(employee.get_draft(hearing.id, draft.id).await.unwrap().text, "Stadig mit");
    assert_eq!(refused(app.employee(2).create_draft(hearing.id).await), ProblemCode::DeadlinePassed);
    app.finish().await;
}
