//! More than one tab, the page's own history, and leaving a page.

use fantoccini::wd::WindowHandle;

use super::Browser;

/// One of the browser's tabs.
#[derive(Debug, Clone)]
pub struct Tab(WindowHandle);

impl Browser {
    /// The tab that is looked at.
    pub async fn tab(&self) -> Tab {
        Tab(self.client.window().await.unwrap())
    }

    /// Opens another tab and looks at it.
    pub async fn new_tab(&self) -> Tab {
        let tab = Tab(self.client.new_window(true).await.unwrap().handle);
        self.look_at(&tab).await;
        tab
    }

    /// Looks at a tab.
    pub async fn look_at(&self, tab: &Tab) {
        self.client.switch_to_window(tab.0.clone()).await.unwrap();
    }

    /// Presses the browser's button that leads back.
    pub async fn back(&self) {
        self.client.back().await.unwrap();
    }

    /// Loads the page anew, whatever it asks before.
    pub async fn reload(&self) {
        self.client.refresh().await.unwrap();
    }
}
