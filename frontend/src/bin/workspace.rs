//! The workspace: for staff.

use frontend::{app, i18n, pages, route::Area};

fn main() {
    app::mount(app::AreaApp { area: Area::Workspace, messages: i18n::WORKSPACE, pages: pages::workspace::page });
}
