//! Exists because somebody may be invited by mistake: an administrator without a role on the hearing, and its owner, take
//! the access away in the browser, with a reason, and the person finds nothing there any more.

use openapi::{
    hearings::{HearingRole, RevokeRole},
    page::PageQuery,
};
use tests::{Setup, WIDTHS, Who};

const WHOLE: &str = "Dit svar på hele høringen";
const REASON: &str = "Inviteret ved en fejl: æøå.";

#[tokio::test(flavor = "multi_thread")]
async fn an_invitees_access_is_revoked_with_a_reason() {
    let app = Setup::default().page().start().await;
    let again = ["En høringsejer kan give adgangen tilbage", "Du kan give adgangen tilbage"];
    for ((who, again), width) in [Who::Administrator, Who::Owner].into_iter().zip(again).zip(WIDTHS) {
        let hearing = app.hearing().staffed().invitation_only().titled("Lukket for andre");
        let hearing = hearing.with(Who::OtherInvitee, HearingRole::Invitee).open().await;
        app.person(Who::Invitee).answer(hearing.id, "Et svar fra en, der ikke skulle være spurgt.").await;
        let browser = app.browser_of(who, width).await;
        browser.open(&format!("/sag/{}/deltagere", hearing.id)).await;
        browser.press(&format!("Fjern adgang for {}", Who::Invitee.name())).await;
        browser.sees("Høringen er kun for inviterede").await;
        browser.is_accessible("the question before an access is revoked").await;
        browser.press("Fjern adgang").await;
        browser.sees("Skriv, hvorfor du fjerner adgangen.").await;
        let said = browser.text().await.matches("Skriv, hvorfor du fjerner adgangen.").count();
        assert_eq!(said, 1, "at the field, and nowhere else");
        let is_whole = "const box = document.querySelector('#revoke-access').getBoundingClientRect(); \
                        return [...document.querySelectorAll('#revoke-access .modal-footer button')].every(button => { \
                        const at = button.getBoundingClientRect(); return at.left >= box.left && at.right <= box.right \
                        && at.top >= box.top && at.bottom <= Math.min(box.bottom, innerHeight) })";
        assert_eq!(browser.run(is_whole, vec![]).await, true, "no button is cut off at {width}");
        browser.is_accessible("a revocation without a reason").await;
        browser.fill("Hvorfor fjerner du adgangen?", REASON).await;
        // Another's question begins empty, and coming back to the first finds what was written.
        browser.press("Annuller").await;
        browser.press(&format!("Fjern adgang for {}", Who::OtherInvitee.name())).await;
        browser.sees(&format!("{} kan ikke længere se den", Who::OtherInvitee.name())).await;
        assert_eq!(browser.value_of("Hvorfor fjerner du adgangen?").await, "");
        browser.press("Annuller").await;
        browser.press(&format!("Fjern adgang for {}", Who::Invitee.name())).await;
        browser.sees(&format!("{} kan ikke længere se den", Who::Invitee.name())).await;
        assert_eq!(browser.value_of("Hvorfor fjerner du adgangen?").await, REASON);
        browser.sees(again).await;
        browser.press_twice("Fjern adgang").await;
        browser.no_longer_sees(&Who::Invitee.email()).await;
        browser.is_accessible("the people after an access was revoked").await;

        browser.becomes(Some(Who::Owner)).await;
        browser.open(&format!("/sag/{}/svar", hearing.id)).await;
        browser.sees("Afsenderens adgang til høringen er fjernet").await;
        browser.open(&format!("/sag/{}/historik", hearing.id)).await;
        browser.sees("Fjernede en inviterets adgang").await;
        browser.sees(REASON).await;

        browser.becomes(Some(Who::Invitee)).await;
        for address in [format!("/api/v1/hearings/{}", hearing.id), format!("/hoeringer/{}", hearing.id)] {
            browser.expects_status(404, &address);
        }
        browser.open(&format!("/hoeringer/{}/lukket-for-andre", hearing.id)).await;
        browser.sees("Siden findes ikke").await;
        browser.close().await;
    }
    app.run_jobs().await;
    assert_eq!(app.mailbox.take().len(), 2, "a receipt each; a revocation sends nothing");
    app.finish().await;
}

/// Nothing untrue is said of an invitee who has another role too: the person sees the hearing on.
#[tokio::test(flavor = "multi_thread")]
async fn an_invitee_with_another_role_is_said_to_see_on() {
    let app = Setup::default().page().start().await;
    let hearing = app.hearing().staffed().with(Who::Invitee, HearingRole::Reviewer).invitation_only().open().await;
    let browser = app.browser_of(Who::Owner, WIDTHS[0]).await;
    browser.open(&format!("/sag/{}/deltagere", hearing.id)).await;
    browser.press(&format!("Fjern adgang for {}", Who::Invitee.name())).await;
    let stays = format!("{} har også en anden rolle på høringen og kan stadig se den", Who::Invitee.name());
    browser.sees(&stays).await;
    browser.sees("Du kan invitere personen igen").await;
    browser.fill("Hvorfor fjerner du adgangen?", REASON).await;
    browser.press("Fjern adgang").await;
    browser.no_longer_sees("Fjern adgang").await;
    browser.sees(&Who::Invitee.email()).await;
    browser.close().await;
    let roles = app.person(Who::Invitee).get_hearing(hearing.id).await.unwrap().your_roles;
    assert_eq!(roles, [HearingRole::Reviewer]);
    app.run_jobs().await;
    app.finish().await;
}

/// Whose access is taken away in the middle of a sentence is told, and keeps the sentence.
#[tokio::test(flavor = "multi_thread")]
async fn an_invitee_who_is_writing_is_told_that_the_access_is_gone() {
    let app = Setup::default().page().start().await;
    let hearing = app.hearing().staffed().invitation_only().open().await;
    let browser = app.browser_of(Who::Invitee, WIDTHS[1]).await;
    browser.open(&format!("/hoeringer/{}/svar", hearing.id)).await;
    browser.fill(WHOLE, "Det første ord.").await;
    browser.sees("Gemt").await;
    let owner = app.owner();
    let roles = owner.list_roles(hearing.id, &PageQuery::default()).await.unwrap().items;
    let role = roles.iter().find(|role| role.role == HearingRole::Invitee).unwrap().id;
    let version = owner.get_hearing(hearing.id).await.unwrap().version;
    owner.revoke_role(hearing.id, version, role, &RevokeRole { reason: REASON.to_owned() }).await.unwrap();

    browser.expects_status(404, &format!("/hearings/{}", hearing.id));
    browser.fill(WHOLE, "Det sidste ord: æøå.").await;
    browser.sees("Du har ikke længere adgang til høringen").await;
    browser.sees("Det kan ikke gemmes her længere").await;
    browser.sees(&hearing.contact.email).await;
    browser.sees("Kopiér teksten").await;
    assert_eq!(browser.value_of(WHOLE).await, "Det sidste ord: æøå.");
    let file = "return document.querySelector('a[download=\"mit-svar.txt\"]').href";
    let file = browser.run(file, vec![]).await;
    assert!(file.as_str().unwrap().contains("Det%20sidste%20ord%3A%20%C3%A6%C3%B8%C3%A5%2E"), "{file}");
    browser.is_accessible("a response that cannot be saved any more").await;
    browser.close().await;
    app.run_jobs().await;
    app.finish().await;
}
