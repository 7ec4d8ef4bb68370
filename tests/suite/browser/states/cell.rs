//! How a page is brought into a state, and looked at there.

use chrono::TimeDelta;
use tests::Passing;

use super::{
    house::House,
    table::{Cell, Page, State, Step},
};

/// How long a log-in still lasts that ends while the page is looked at: long enough to load the page with it.
const SOON: TimeDelta = TimeDelta::seconds(4);

/// What only the app shows, on every page and in every state.
const OF_THE_APP: &str = "Her kan du læse og svare på kommunens høringer.";

impl House {
    pub(super) async fn look(&self, page: &Page, cell: &Cell) {
        self.put_right().await;
        self.browser.becomes(cell.who).await;
        self.browser.resize(cell.widths[0]).await;
        self.bring_about(page, cell).await;
        for step in &cell.steps {
            match step {
                Step::Press(name) => self.browser.press(name).await,
                Step::Fill(label, text) => self.browser.fill(label, text).await,
            }
        }
        for &width in &cell.widths {
            let what = format!("{}, {:?}, {width} px wide", page.pattern, cell.state);
            self.browser.resize(width).await;
            self.browser.sees(&cell.seen).await;
            self.browser.is_accessible(&what).await;
        }
        self.look_at_the_rest(page, cell).await;
        self.browser.console_is_clean(&format!("{}, {:?}", page.pattern, cell.state)).await;
    }

    /// As if nothing had happened.
    async fn put_right(&self) {
        self.gateway.lets_through(Passing::Everything);
        self.app.database().set_away(false).await;
        self.app.renew_sessions().await;
        self.browser.set_offline(false).await;
    }

    async fn bring_about(&self, page: &Page, cell: &Cell) {
        let Self { browser, gateway, app, .. } = self;
        let address = self.address(&cell.address);
        for status in &cell.logs {
            browser.expects_status(*status, "");
        }
        match cell.state {
            State::New => browser.open_elsewhere(&self.new_url(), &address).await,
            State::Loading => {
                gateway.lets_through(Passing::FilesAndSession);
                browser.open(&address).await;
            }
            State::Failing | State::Away => {
                let files = if cell.state == State::Away { Passing::Files } else { Passing::FilesAndSession };
                gateway.lets_through(files);
                browser.expects_status(503, "/api/v1/");
                browser.open(&address).await;
                // The page is there; now the database goes, and then the requests arrive.
                browser.sees(OF_THE_APP).await;
                app.database().set_away(true).await;
                gateway.lets_through(Passing::Everything);
            }
            State::Offline => {
                browser.open(&address).await;
                browser.sees(page.filled()).await;
                // Whatever else was still on its way is not there any more.
                browser.excuses_on_console(&["ERR_INTERNET_DISCONNECTED"]);
                browser.set_offline(true).await;
            }
            State::Ended => {
                gateway.lets_through(Passing::Files);
                browser.open(&address).await;
                browser.sees(OF_THE_APP).await;
                self.end_soon(cell).await;
                gateway.lets_through(Passing::Everything);
                browser.sees(page.filled()).await;
            }
            _ => browser.open(&address).await,
        }
        if cell.state == State::English {
            browser.sees(page.filled()).await;
            browser.press("English").await;
        }
    }

    /// What a state asks for besides the looks.
    async fn look_at_the_rest(&self, page: &Page, cell: &Cell) {
        match cell.state {
            State::English => assert_eq!(self.browser.language().await, "en"),
            State::Offline | State::Ended => self.browser.sees(page.filled()).await,
            State::Failing => {
                self.app.database().set_away(false).await;
                self.browser.press("Prøv igen").await;
                self.browser.sees(page.filled()).await;
            }
            _ => {}
        }
    }

    /// Lets somebody's log-in end by its age.
    async fn end_soon(&self, cell: &Cell) {
        let who = cell.who.expect("somebody is logged in whose log-in can end");
        self.app.age_session(who, SOON).await;
    }
}
