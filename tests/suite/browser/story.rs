//! The main job in a browser: written, published, answered, concluded, and read by the auditor; the owner at a desk, the
//! employee on a phone, and axe on every page they pass.

use chrono::{Days, TimeDelta};
use openapi::{ids::HearingId, time};
use tests::{App, Browser, PASSWORD, Setup, Who};

const TITLE: &str = "Fælles ledelse for Ørbyskolen og Åstrup Skole";
const ANSWER: &str = "Vi bakker op om én ledelse, men SFO'en bør blive i Åstrup.";
const CONCLUSION: &str = "Vedtaget med én ændring: SFO'en fortsætter i Åstrup.";
const DESK: u32 = 1280;
const PHONE: u32 = 375;

#[tokio::test(flavor = "multi_thread")]
async fn a_hearing_goes_from_its_first_draft_to_its_conclusion() {
    // A browser has a clock of its own, so that the application goes by the same.
    let app = Setup::default().page().at(api::clock::Clock::real_now()).start().await;
    let (owner, employee) = (app.browser(DESK).await, app.browser(PHONE).await);
    let hearing = write(&app, &owner).await;
    a_stranger_does_not_find_it(&app, hearing).await;
    publish(&owner).await;
    answer(&app, &employee).await;

    let read = app.owner().get_hearing(hearing).await.unwrap();
    app.clock.set(read.deadline_at.unwrap() + TimeDelta::seconds(1));
    conclude(&owner, hearing).await;
    employee.open(&format!("/hoeringer/{hearing}")).await;
    employee.sees(CONCLUSION).await;
    employee.is_accessible("the concluded hearing").await;
    the_auditor_reads_it(&app).await;
    owner.close().await;
    employee.close().await;
    app.finish().await;
}

async fn log_in(browser: &Browser, who: Who) {
    browser.open("/log-ind").await;
    browser.fill("Brugernavn", &who.username()).await;
    browser.fill("Adgangskode", PASSWORD).await;
    browser.press("Log ind").await;
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

    owner.fill("Resumé", "Skolerne får én ledelse fra august 2027.").await;
    let deadline = time::day_of(app.now()) + Days::new(28);
    owner.set_date("Frist", &deadline.to_string()).await;
    owner.press("Tilføj afsnit").await;
    owner.fill("Afsnittets overskrift", "Baggrund").await;
    owner.fill("Afsnittets tekst", "Elevtallet falder med **18 %** frem mod 2034.").await;
    owner.sees("Alt er på plads.").await;
    owner.sees("Gemt").await;
    owner.is_accessible("a hearing that is ready").await;
    owner.address().await.split('/').nth(2).unwrap().parse().unwrap()
}

async fn a_stranger_does_not_find_it(app: &App, hearing: HearingId) {
    let stranger = app.browser(PHONE).await;
    log_in(&stranger, Who::Employee(2)).await;
    stranger.open(&format!("/hoeringer/{hearing}")).await;
    stranger.sees("Siden findes ikke").await;
    stranger.open(&format!("/sag/{hearing}/indhold")).await;
    stranger.sees("Siden findes ikke").await;
    stranger.is_accessible("a hidden hearing in the workspace").await;
    stranger.close().await;
}

async fn publish(owner: &Browser) {
    owner.press("Offentliggør").await;
    owner.sees("Alle medarbejdere i kommunen, der logger ind, kan se den").await;
    owner.is_accessible("the question before publishing").await;
    owner.press("Offentliggør nu").await;
    owner.sees("Høringen er offentliggjort").await;
    owner.is_accessible("a published hearing").await;
}

async fn answer(app: &App, employee: &Browser) {
    log_in(employee, Who::Employee(1)).await;
    employee.press(TITLE).await;
    employee.press("Skriv høringssvar").await;
    employee.fill("Dit svar på hele høringen", ANSWER).await;
    employee.sees("Gemt").await;
    employee.press("Videre til tjek").await;
    employee.sees("Tjek dit høringssvar").await;
    employee.press("Send høringssvar").await;
    employee.sees("Vi har modtaget dit svar").await;
    app.run_jobs().await;
    let subjects: Vec<_> = app.mailbox.take().into_iter().map(|mail| mail.subject).collect();
    assert_eq!(subjects, ["Kvittering: dit høringssvar nr. 1"]);
}

async fn conclude(owner: &Browser, hearing: HearingId) {
    owner.open(&format!("/sag/{hearing}/svar")).await;
    owner.sees(ANSWER).await;
    owner.sees(&Who::Employee(1).name()).await;
    owner.is_accessible("the answers for staff").await;
    owner.open(&format!("/sag/{hearing}/resultat")).await;
    owner.fill("Konklusion", CONCLUSION).await;
    owner.is_accessible("a conclusion being written").await;
    owner.press("Konkludér høringen").await;
    owner.sees("Konklusionen kan ikke rettes bagefter.").await;
    owner.press("Konkludér").await;
    owner.sees("Se konklusionen på høringens side").await;
    owner.open(&format!("/sag/{hearing}/historik")).await;
    owner.sees("Konkluderede høringen").await;
    owner.is_accessible("a hearing's history").await;
}

async fn the_auditor_reads_it(app: &App) {
    let auditor = app.browser(DESK).await;
    log_in(&auditor, Who::Auditor).await;
    auditor.open("/revision").await;
    auditor.sees("Konkluderede høringen").await;
    auditor.sees("Sendte et svar").await;
    auditor.is_accessible("the audit log").await;
    auditor.close().await;
}
