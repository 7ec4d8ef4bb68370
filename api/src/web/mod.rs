//! The single-page app: its files, and the page around it with the right status, title and description.

mod assets;
mod content;
mod page;
mod template;
mod theme;

use actix_web::web::ServiceConfig;
use serde_json::json;

pub use self::page::show_failure;
use self::{assets::Assets, template::Template};
use crate::{
    config::{Config, FileLimits},
    theme::Theme,
};

/// The built page, in memory: it is small, and read once. Without a folder only the API is served.
#[derive(Debug)]
pub struct Web {
    built: Option<(Assets, Template)>,
    municipality: String,
    theme: Theme,
    attachment_limits: FileLimits,
}

impl Web {
    /// Reads the built page of a configuration.
    ///
    /// # Errors
    /// When a file cannot be read or the build is not whole.
    pub fn of(config: &Config, theme: Theme) -> anyhow::Result<Self> {
        let root = config.http.web_root.as_deref();
        let (municipality, attachment_limits) = (config.municipality.municipality.clone(), config.files.limits());
        let built = root.map(|root| anyhow::Ok((Assets::load(root)?, Template::load(root)?))).transpose()?;
        Ok(Self { built, municipality, theme, attachment_limits })
    }

    fn assets(&self) -> Option<&Assets> {
        self.built.as_ref().map(|(assets, _)| assets)
    }

    fn template(&self) -> Option<&Template> {
        self.built.as_ref().map(|(_, template)| template)
    }

    /// What the page is told about this installation.
    fn page_config(&self, icons: &str, demo: bool) -> String {
        json!({
            "municipality": self.municipality,
            "logoUrl": null,
            "iconsUrl": icons,
            "languages": ["da", "en"],
            "demo": demo,
            "attachments": { "files": self.attachment_limits.files, "bytes": self.attachment_limits.bytes },
        })
        .to_string()
    }
}

/// Everything that is not the API. Last, because it takes every address.
pub fn routes(config: &mut ServiceConfig) {
    config
        .service(assets::get_asset)
        .service(theme::get_theme)
        .service(theme::get_icon)
        .service(page::get_robots)
        .default_service(actix_web::web::to(page::get_page));
}
