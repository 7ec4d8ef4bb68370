//! The document and Swagger UI, from this server alone: nothing is fetched from elsewhere.

use std::sync::Arc;

use actix_web::{
    HttpResponse, get,
    http::header::{self, ContentType},
    web::{self, Data, ServiceConfig},
};
use utoipa_swagger_ui::Config;

use crate::http::{Answer, ApiError};

/// The document as text.
#[derive(Debug)]
pub struct Document(pub String);

const DOCUMENT: &str = "/api/v1/openapi.json";

/// Starts Swagger UI with a login that works: it sends the cookie, and before every change asks for the CSRF token.
const START: &str = r##"window.addEventListener("load", () => {
  const csrfToken = async () => {
    const answer = await fetch("/api/v1/session", { credentials: "same-origin" });
    return (await answer.json()).csrfToken;
  };
  window.ui = SwaggerUIBundle({
    url: "/api/v1/openapi.json",
    dom_id: "#swagger-ui",
    deepLinking: true,
    docExpansion: "none",
    tryItOutEnabled: true,
    presets: [SwaggerUIBundle.presets.apis, SwaggerUIStandalonePreset],
    layout: "BaseLayout",
    requestInterceptor: async (request) => {
      request.credentials = "same-origin";
      if (!["GET", "HEAD"].includes((request.method || "GET").toUpperCase())) {
        request.headers["X-CSRF-Token"] = await csrfToken();
      }
      return request;
    },
  });
});
"##;

const PAGE: &str = r#"<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Agora – API</title>
<link rel="stylesheet" href="/api/docs/swagger-ui.css">
<link rel="icon" href="/api/docs/favicon-32x32.png">
</head>
<body>
<div id="swagger-ui"></div>
<script src="/api/docs/swagger-ui-bundle.js"></script>
<script src="/api/docs/swagger-ui-standalone-preset.js"></script>
<script src="/api/docs/start.js"></script>
</body>
</html>
"#;

pub(crate) fn routes(config: &mut ServiceConfig) {
    config.service(web::redirect("/api/docs", "/api/docs/")).service(get_docs);
}

/// The OpenAPI document.
#[get("/api/v1/openapi.json")]
pub(crate) async fn get_document(document: Data<Document>) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header(ContentType::json())
        .insert_header((header::CACHE_CONTROL, "no-cache"))
        .body(document.0.clone())
}

#[get("/api/docs/{file:.*}")]
async fn get_docs(file: web::Path<String>) -> Answer<HttpResponse> {
    match file.as_str() {
        "" | "index.html" => Ok(HttpResponse::Ok().insert_header(ContentType::html()).body(PAGE)),
        "start.js" => Ok(HttpResponse::Ok().content_type("text/javascript; charset=utf-8").body(START)),
        name => {
            let config = Arc::new(Config::from(DOCUMENT));
            let found =
                utoipa_swagger_ui::serve(name, config).map_err(|error| ApiError::internal(error.to_string()))?;
            let found = found.ok_or_else(ApiError::not_found)?;
            Ok(HttpResponse::Ok().content_type(found.content_type).body(found.bytes.into_owned()))
        }
    }
}
