//! Files with their content's hash in their name: served for ever, compressed beforehand.

use std::{collections::HashMap, fs, path::Path};

use actix_web::{
    HttpMessage, HttpRequest, HttpResponse, get,
    http::header::{self, AcceptEncoding, ContentEncoding, Encoding},
    web::{self, Bytes, Data},
};
use anyhow::Context;

use super::Web;
use crate::http::{Answer, ApiError};

/// A file in the forms it was built in.
#[derive(Debug)]
struct Asset {
    media_type: String,
    plain: Bytes,
    brotli: Option<Bytes>,
    gzip: Option<Bytes>,
}

impl Asset {
    /// The form that the caller likes best of those there are. The plain one when there is none that he takes: better
    /// than nothing.
    fn form(&self, accepted: Option<&AcceptEncoding>) -> (ContentEncoding, &Bytes) {
        let compressed = [(ContentEncoding::Brotli, &self.brotli), (ContentEncoding::Gzip, &self.gzip)];
        let compressed = compressed.into_iter().filter_map(|(coding, bytes)| Some((coding, bytes.as_ref()?)));
        let forms: Vec<_> = compressed.chain([(ContentEncoding::Identity, &self.plain)]).collect();
        let codings: Vec<_> = forms.iter().map(|(coding, _)| Encoding::Known(*coding)).collect();
        let liked = accepted.and_then(|accepted| accepted.negotiate(codings.iter()));
        let found = forms.into_iter().find(|(coding, _)| liked == Some(Encoding::Known(*coding)));
        found.unwrap_or((ContentEncoding::Identity, &self.plain))
    }
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
pub(super) async fn get_asset(request: HttpRequest, name: web::Path<String>, page: Data<Web>) -> Answer<HttpResponse> {
    let assets = page.assets().ok_or_else(ApiError::not_found)?;
    let asset = assets.0.get(name.as_str()).ok_or_else(ApiError::not_found)?;
    let (coding, body) = asset.form(request.get_header().as_ref());
    Ok(HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "public, max-age=31536000, immutable"))
        .insert_header((header::VARY, "Accept-Encoding"))
        .insert_header((header::CONTENT_TYPE, asset.media_type.as_str()))
        .insert_header(coding)
        .body(body.clone()))
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    #[test]
    fn a_caller_gets_the_form_he_likes_best_and_none_that_he_refuses() {
        use ContentEncoding::{Brotli, Gzip, Identity};
        let bytes = Bytes::from_static;
        let whole = Asset {
            media_type: String::new(),
            plain: bytes(b"plain"),
            brotli: Some(bytes(b"brotli")),
            gzip: Some(bytes(b"gzip")),
        };
        let plain = Asset { media_type: String::new(), plain: bytes(b"plain"), brotli: None, gzip: None };
        for (accepted, of_whole, of_plain) in [
            (None, Identity, Identity),
            (Some(""), Identity, Identity),
            (Some("gzip, deflate, br, zstd"), Brotli, Identity),
            (Some("gzip"), Gzip, Identity),
            (Some("br;q=0, gzip"), Gzip, Identity),
            (Some("br;q=0"), Identity, Identity),
            (Some("br;q=0.1, gzip;q=0.9"), Gzip, Identity),
            (Some("brotli, abridged"), Identity, Identity),
            (Some("br, identity;q=0"), Brotli, Identity),
            (Some("*;q=0"), Identity, Identity),
        ] {
            let request = accepted.into_iter().fold(TestRequest::default(), |request, accepted| {
                request.insert_header((header::ACCEPT_ENCODING, accepted))
            });
            let request = request.to_http_request();
            let accepted_header = request.get_header();
            let coding = |asset: &Asset| asset.form(accepted_header.as_ref()).0;
            assert_eq!((coding(&whole), coding(&plain)), (of_whole, of_plain), "{accepted:?}");
        }
        let request = TestRequest::default().insert_header((header::ACCEPT_ENCODING, "gzip")).to_http_request();
        assert_eq!(whole.form(request.get_header().as_ref()), (Gzip, &bytes(b"gzip")));
    }
}
