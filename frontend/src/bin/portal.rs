//! The portal: for whoever reads and answers.

use frontend::{app, i18n, pages, route::Area};

fn main() {
    app::mount(app::AreaApp { area: Area::Portal, messages: i18n::PORTAL, pages: pages::portal::page });
}
