//! The main job in a browser, from the first draft to the audit log, with everybody who has a part in it and two who have
//! none: the owner at a desk, the rest on phones, and axe on every page they pass.

use chrono::{Days, TimeDelta};
use openapi::{hearings::HearingPatch, ids::HearingId, problem::ProblemCode, time};
use tests::{App, Browser, Setup, Who, refused};

const TITLE: &str = "Fælles ledelse for Ørbyskolen og Åstrup Skole";
const SUMMARY: &str = "Skolerne får én ledelse fra august 2027.";
const PROPOSAL: &str = "Elevtallet falder med **18 %** frem mod 2034.";
const PROPOSAL_SHOWN: &str = "Elevtallet falder med 18 % frem mod 2034.";
const CONCLUSION: &str = "Vedtaget med én ændring: SFO'en fortsætter i Åstrup.";
const ANSWERS: [&str; 3] = [
    "Vi bakker op om én ledelse, men SFO'en bør blive i Åstrup.",
    "Bussen kører for sjældent til, at de små kan skifte skole.",
    "MED-udvalget har ingen bemærkninger.",
];
/// Asked to answer.
const INVITED: [Who; 3] = [Who::Employee(1), Who::Employee(2), Who::Employee(3)];
const STRANGER: Who = Who::Employee(9);
const DESK: u32 = 1280;
const PHONE: u32 = 375;

#[tokio::test(flavor = "multi_thread")]
async fn a_hearing_goes_from_its_first_draft_to_its_conclusion() {
    // A browser has a clock of its own, so that the application goes by the same.
    let app = Setup::default().page().at(api::clock::Clock::real_now()).start().await;
    let owner = app.browser(DESK).await;
    let hearing = write(&app, &owner).await;
    let reviewer = app.browser(PHONE).await;
    the_reviewer_does_not_find_it_yet(&reviewer, hearing).await;
    take_in(&owner, "Reviewer", &[Who::Reviewer]).await;
    the_reviewer_reads_it_and_cannot_edit_it(&app, &reviewer, hearing).await;
    take_in(&owner, "Inviteret", &INVITED).await;
    nobody_else_finds_it(&app, hearing).await;

    publish(&owner, hearing).await;
    nobody_else_finds_it(&app, hearing).await;
    for (number, (who, answer)) in (1..).zip(INVITED.into_iter().zip(ANSWERS)) {
        answer_it(&app, who, answer, number).await;
    }
    let read = app.owner().get_hearing(hearing).await.unwrap();
    app.clock.set(read.deadline_at.unwrap() + TimeDelta::seconds(1));
    conclude(&owner, hearing).await;
    let employee = app.browser_of(INVITED[2], PHONE).await;
    for browser in [&reviewer, &employee] {
        browser.open(&format!("/hoeringer/{hearing}")).await;
        browser.sees(CONCLUSION).await;
        browser.is_accessible("the concluded hearing").await;
    }
    nobody_else_finds_it(&app, hearing).await;
    the_auditor_reads_it(&app).await;
    for browser in [owner, reviewer, employee] {
        browser.close().await;
    }
    app.finish().await;
}

async fn log_in(browser: &Browser, who: Who) {
    browser.open("/log-ind").await;
    browser.log_in(who).await;
    browser.sees("Sådan fungerer det").await;
}

async fn write(app: &App, owner: &Browser) -> HearingId {
    log_in(owner, Who::Owner).await;
    owner.open("/sag/ny").await;
    owner.sees("Ny høring").await;
    owner.is_accessible("a new hearing").await;
    owner.press("Opret kladde").await;
    owner.sees("Skriv en titel.").await;
    owner.is_accessible("a new hearing without a title").await;
    owner.fill("Høringens titel", TITLE).await;
    owner.press("Opret kladde").await;
    owner.sees("Der mangler 3 ting.").await;
    owner.is_accessible("a hearing that lacks almost everything").await;

    owner.fill("Resumé", SUMMARY).await;
    let deadline = time::day_of(app.now()) + Days::new(28);
    owner.set_date("Frist", &deadline.to_string()).await;
    owner.tick("Lukket høring").await;
    owner.press("Tilføj afsnit").await;
    owner.fill("Afsnittets overskrift", "Baggrund").await;
    owner.fill("Afsnittets tekst", PROPOSAL).await;
    owner.sees("Alt er på plads.").await;
    owner.sees("Gemt").await;
    owner.is_accessible("a hearing that is ready").await;
    owner.address().await.split('/').nth(2).unwrap().parse().unwrap()
}

/// Looks people up and gives them a role.
async fn take_in(owner: &Browser, role: &str, people: &[Who]) {
    owner.press("Deltagere").await;
    owner.sees("Tilføj deltagere").await;
    owner.tick(role).await;
    for who in people {
        owner.fill("Søg efter navn, afdeling eller e-mail", &who.name()).await;
        owner.press("Søg").await;
        owner.press(&format!("Tilføj som {role}: {}", who.name())).await;
        owner.sees(&format!("{} er nu {role}", who.name())).await;
    }
    owner.is_accessible("the people of a hearing").await;
}

async fn the_reviewer_does_not_find_it_yet(reviewer: &Browser, hearing: HearingId) {
    log_in(reviewer, Who::Reviewer).await;
    reviewer.expects_status(404, &format!("/hearings/{hearing}"));
    reviewer.expects_status(404, &format!("/sag/{hearing}/indhold"));
    reviewer.open(&format!("/sag/{hearing}/indhold")).await;
    reviewer.sees("Siden findes ikke").await;
}

async fn the_reviewer_reads_it_and_cannot_edit_it(app: &App, reviewer: &Browser, hearing: HearingId) {
    reviewer.open("/sag").await;
    reviewer.press(TITLE).await;
    reviewer.sees("Du læser høringen som reviewer").await;
    reviewer.sees(PROPOSAL_SHOWN).await;
    let fields = "return document.querySelectorAll('main :is(input, textarea, select)').length";
    assert_eq!(reviewer.run(fields, vec![]).await, 0, "there is nothing to write in");
    reviewer.is_accessible("a draft that is reviewed").await;
    reviewer.press("Deltagere").await;
    reviewer.sees(&Who::Owner.name()).await;
    assert!(!reviewer.text().await.contains("Tilføj deltagere"), "nor does he take people in");
    reviewer.open(&format!("/hoeringer/{hearing}")).await;
    reviewer.sees("Høringen er en kladde").await;
    reviewer.sees(PROPOSAL_SHOWN).await;
    let read = app.owner().get_hearing(hearing).await.unwrap();
    let patch = HearingPatch { summary: Some("Noget andet".to_owned()), ..HearingPatch::default() };
    let edited = app.person(Who::Reviewer).update_hearing(hearing, read.version, &patch).await;
    assert_eq!(refused(edited), ProblemCode::Forbidden, "nor past the page");
}

/// Neither an employee who is not invited nor an anonymous visitor: not in a list, not in a search, not by its address,
/// and not in what the server writes into the page before the app takes over.
async fn nobody_else_finds_it(app: &App, hearing: HearingId) {
    for (who, there) in [(Some(STRANGER), "Siden findes ikke"), (None, "Siden findes ikke, eller du skal logge ind")] {
        let stranger = match who {
            Some(who) => app.browser_of(who, PHONE).await,
            None => app.browser(PHONE).await,
        };
        for (list, empty) in
            [("/", "Der er ingen åbne høringer lige nu"), ("/hoeringer?q=ledelse", "Vi fandt ingen høringer")]
        {
            stranger.open(list).await;
            stranger.sees(empty).await;
        }
        stranger.expects_status(404, &format!("/api/v1/hearings/{hearing}"));
        for address in
            [format!("/hoeringer/{hearing}"), format!("/hoeringer/{hearing}/svar"), format!("/sag/{hearing}/svar")]
        {
            stranger.expects_status(404, &address);
            stranger.open(&address).await;
            stranger.sees(if address.ends_with("/svar") && who.is_none() { "Log ind" } else { there }).await;
            let page = stranger.page().await;
            assert!(!page.contains(TITLE) && !page.contains(SUMMARY), "{address} tells {who:?} of it: {page}");
        }
        stranger.is_accessible("a hidden hearing").await;
        stranger.close().await;
    }
}

async fn publish(owner: &Browser, hearing: HearingId) {
    owner.open(&format!("/sag/{hearing}/indhold")).await;
    owner.press("Offentliggør").await;
    owner.sees("Kun de inviterede og dem, der arbejder med høringen, kan se den").await;
    owner.is_accessible("the question before publishing").await;
    owner.press("Offentliggør nu").await;
    owner.sees("Høringen er offentliggjort").await;
    owner.is_accessible("a published hearing").await;
}

async fn answer_it(app: &App, who: Who, answer: &str, number: u8) {
    let employee = app.browser(PHONE).await;
    log_in(&employee, who).await;
    employee.sees("Venter på dit svar").await;
    employee.press(TITLE).await;
    employee.press("Skriv høringssvar").await;
    employee.fill("Dit svar på hele høringen", answer).await;
    employee.sees("Gemt").await;
    employee.press("Videre til tjek").await;
    employee.sees("Tjek dit høringssvar").await;
    employee.press("Send høringssvar").await;
    employee.sees("Vi modtog dit svar").await;
    app.run_jobs().await;
    let subjects: Vec<_> = app.mailbox.take().into_iter().map(|mail| mail.subject).collect();
    assert_eq!(subjects, [format!("Kvittering: dit høringssvar nr. {number}")]);
    employee.close().await;
}

async fn conclude(owner: &Browser, hearing: HearingId) {
    owner.open(&format!("/sag/{hearing}/svar")).await;
    for (who, answer) in INVITED.into_iter().zip(ANSWERS) {
        owner.sees(answer).await;
        owner.sees(&who.name()).await;
    }
    owner.is_accessible("the answers for staff").await;
    owner.open(&format!("/sag/{hearing}/resultat")).await;
    owner.fill("Konklusion", CONCLUSION).await;
    owner.is_accessible("a conclusion being written").await;
    owner.sees("Gemt").await;
    owner.press("Afslut høringen, og offentliggør konklusionen").await;
    owner.sees("Konklusionen kan ikke rettes bagefter.").await;
    owner.press("Afslut og offentliggør").await;
    owner.sees("Se konklusionen på høringens side").await;
    owner.open(&format!("/sag/{hearing}/historik")).await;
    owner.sees("Konkluderede høringen").await;
    owner.sees(&Who::Reviewer.name()).await;
    owner.is_accessible("a hearing's history").await;
}

async fn the_auditor_reads_it(app: &App) {
    let auditor = app.browser(DESK).await;
    log_in(&auditor, Who::Auditor).await;
    auditor.open("/revision").await;
    for told in ["Konkluderede høringen", "Sendte et svar", "Offentliggjorde høringen", "Gav en rolle", "Blev afvist"]
    {
        auditor.sees(told).await;
    }
    let log = auditor.text().await;
    assert!(ANSWERS.iter().all(|answer| !log.contains(answer)), "the log never holds an answer");
    auditor.is_accessible("the audit log").await;
    auditor.close().await;
}
