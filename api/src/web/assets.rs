//! Files with their content's hash in their name: served for ever, compressed beforehand.

use std::{collections::HashMap, fs, path::Path};

use actix_web::{
    HttpRequest, HttpResponse, get,
    http::header::{self, ContentEncoding},
    web::{self, Bytes, Data},
};
use anyhow::Context;

use crate::{
    http::{Answer, ApiError},
    service::Service,
};

/// A file in the forms it was built in.
#[derive(Debug)]
struct Asset {
    media_type: String,
    plain: Bytes,
    brotli: Option<Bytes>,
    gzip: Option<Bytes>,
}

/// The files below `assets/`, by their path there.
#[derive(Debug)]
pub(super) struct Assets(HashMap<String, Asset>);

impl Assets {
    /// Reads `assets/` of a built page, of this build and the one before.
    pub(super) fn load(root: &Path) -> anyhow::Result<Self> {
        let mut files = HashMap::new();
        collect(&root.join("assets"), "", &mut files)?;
        let names: Vec<String> = files.keys().filter(|name| !is_variant(name)).cloned().collect();
        let mut assets = HashMap::new();
        for name in names {
            let Some(plain) = files.remove(&name) else { continue };
            let asset = Asset {
                media_type: mime_guess::from_path(&name).first_or_octet_stream().to_string(),
                plain,
                brotli: files.remove(&format!("{name}.br")),
                gzip: files.remove(&format!("{name}.gz")),
            };
            assets.insert(name, asset);
        }
        Ok(Self(assets))
    }
}

fn is_variant(name: &str) -> bool {
    name.ends_with(".br") || name.ends_with(".gz")
}

fn collect(folder: &Path, prefix: &str, files: &mut HashMap<String, Bytes>) -> anyhow::Result<()> {
    let entries = fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    for entry in entries {
        let path = entry?.path();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let name = format!("{prefix}{name}");
        if path.is_dir() {
            collect(&path, &format!("{name}/"), files)?;
        } else {
            let bytes = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
            files.insert(name, bytes.into());
        }
    }
    Ok(())
}

/// A file of the page.
#[get("/assets/{name:.*}")]
pub(super) async fn get_asset(
    request: HttpRequest,
    name: web::Path<String>,
    service: Data<Service>,
) -> Answer<HttpResponse> {
    let assets = service.web().assets().ok_or_else(ApiError::not_found)?;
    let asset = assets.0.get(name.as_str()).ok_or_else(ApiError::not_found)?;
    let accepted = request.headers().get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok());
    let accepts = |coding| accepted.is_some_and(|accepted| accepted.contains(coding));
    let (body, encoding) = match asset {
        Asset { brotli: Some(brotli), .. } if accepts("br") => (brotli, ContentEncoding::Brotli),
        Asset { gzip: Some(gzip), .. } if accepts("gzip") => (gzip, ContentEncoding::Gzip),
        Asset { plain, .. } => (plain, ContentEncoding::Identity),
    };
    Ok(HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "public, max-age=31536000, immutable"))
        .insert_header((header::VARY, "Accept-Encoding"))
        .insert_header((header::CONTENT_TYPE, asset.media_type.as_str()))
        .insert_header(encoding)
        .body(body.clone()))
}
