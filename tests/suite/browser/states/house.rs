//! What the pages are looked at in: an installation in which everything there can be is there, one in which nothing has
//! happened yet, and a browser that goes from one to the other.

use std::collections::HashMap;

use api::clock::Clock;
use openapi::hearings::{Hearing, HearingDraft, HearingRole, ResponsesShown, SectionPatch};
use tests::{
    App, Browser, Gateway, Setup, WIDTHS, Who, key,
    specimen::{Specimen, Wish},
};
use uuid::Uuid;

/// As long as a title may be, with a word that no phone has room for.
const LONG_TITLE: &str = "Helhedsplan for specialundervisningstilbud og skolefritidsordninger i Nordøstlige Åstrup, Ørbæk og \
    Æbelnæs 2027-2034";
/// Everything a text can hold that is wider than a phone.
const WIDE_TEXT: &str = "\
Elevtallet i *Ørby* og *Åstrup* falder med **18 %** frem mod 2034, se <https://eksempel-kommune.dk/dagsordener/2026/11/\
boerne-og-ungdomsudvalget/bilag-4-prognose-for-elevtal-og-lokalebehov.pdf>.

| Skole | 2026 | 2028 | 2030 | 2032 | 2034 | Ændring i procent | Lokaler |
|---|---|---|---|---|---|---|---|
| Ørbyskolen | 312 | 301 | 284 | 266 | 251 | −19,6 | 14 |
| Åstrup Skole | 148 | 141 | 133 | 124 | 118 | −20,3 | 8 |

    const budget = sum(undervisning, fritidstilbud, specialundervisning, bygninger, transport) - besparelse;

1. Skolerne får én ledelse.
2. Undervisningen fortsætter på begge matrikler.";
const ANSWER: &str = "Vi bakker op om én ledelse, men SFO'en bør blive i Åstrup: \
    specialundervisningskoordinatorstillingen.kan-ikke-deles@eksempel-kommune.dk";

/// The two installations, and the browser.
pub(super) struct House {
    pub(super) app: App,
    pub(super) gateway: Gateway,
    new: App,
    pub(super) browser: Browser,
    hearings: HashMap<&'static str, Uuid>,
}

impl House {
    pub(super) async fn build() -> Self {
        // A browser has a clock of its own, so that the application goes by the same.
        let app = Setup::default().page().at(Clock::real_now()).start().await;
        let new = Setup::default().page().at(Clock::real_now()).start().await;
        let hearings = furnish(&app).await;
        let gateway = Gateway::to(&app).await;
        let browser = gateway.browser(WIDTHS[0]).await;
        Self { app, gateway, new, browser, hearings }
    }

    /// A cell's address with hearings' ids in place of their names.
    pub(super) fn address(&self, pattern: &str) -> String {
        let named = self.hearings.iter().map(|(name, id)| (format!("{{{name}}}"), id.to_string()));
        named.fold(pattern.to_owned(), |address, (name, id)| address.replace(&name, &id))
    }

    /// Where the installation is in which nothing has happened.
    pub(super) fn new_url(&self) -> String {
        self.new.url()
    }

    pub(super) async fn pull_down(self) {
        self.browser.close().await;
        self.gateway.close().await;
        for app in [self.app, self.new] {
            app.database().owner().execute("DELETE FROM job", &[]).await.unwrap();
            app.finish().await;
        }
    }
}

/// Makes the hearings that the table names, with their drafts and answers.
async fn furnish(app: &App) -> HashMap<&'static str, Uuid> {
    let wide = |title: &str| {
        app.hearing().titled(title).staffed().with(Who::OtherCreator, HearingRole::Owner).patch(|patch| {
            patch.responses_shown = Some(ResponsesShown::WhenApproved);
            let section =
                SectionPatch { id: None, title: LONG_TITLE.chars().take(120).collect(), body: WIDE_TEXT.to_owned() };
            patch.sections.get_or_insert_default().push(section);
        })
    };
    let draft = wide(LONG_TITLE).draft().await;
    let open = wide("Fælles ledelse på Ørbyskolen og Åstrup Skole").open().await;
    let unanswered = wide("Åbningstider på biblioteket").open().await;
    let public = app.hearing().titled("Cykelsti mellem Ørby og Åstrup").public().open().await;
    let bare = HearingDraft { title: "En kladde uden tekst".to_owned() };
    let bare = app.owner().create_hearing(&bare, &key()).await.unwrap();
    answer(app, &open).await;
    let past = |status| Wish { response: true, author: Who::Employee(2), ..Wish::of(status) };
    let processing = Specimen::copy(app, &draft, past("processing")).await.with_dead_job(app).await;
    Specimen::copy(app, &draft, past("concluded")).await;
    Specimen::copy(app, &draft, past("cancelled")).await;
    HashMap::from([
        ("draft", draft.id.0),
        ("open", open.id.0),
        ("unanswered", unanswered.id.0),
        ("public", public.id.0),
        ("bare", bare.id.0),
        ("processing", processing.hearing),
        ("missing", Uuid::now_v7()),
    ])
}

/// More answers than one page shows, and a draft.
async fn answer(app: &App, hearing: &Hearing) {
    app.employee(1).write(hearing.id, ANSWER).await;
    app.employee(2).answer(hearing.id, ANSWER).await;
    for number in 5..=Who::EMPLOYEES {
        app.employee(number).answer(hearing.id, ANSWER).await;
    }
}
