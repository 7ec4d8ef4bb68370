//! Parameters: how headers are described in the document, and the refusal of query parameters where there are none, as
//! every other operation refuses those it does not know.

use std::collections::HashSet;

use actix_web::{
    Error,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    middleware::Next,
    web::Data,
};
use serde_json::Value;
use utoipa::openapi::{
    ObjectBuilder, Required,
    path::{Parameter, ParameterBuilder, ParameterIn},
};

use super::ApiError;

/// A header that an operation takes, for the document.
#[must_use]
pub fn header(name: &str, required: Required, description: &str, schema: ObjectBuilder) -> Parameter {
    ParameterBuilder::new()
        .name(name)
        .parameter_in(ParameterIn::Header)
        .required(required)
        .description(Some(description))
        .schema(Some(schema))
        .build()
}

/// The operations that take no query parameters: their methods and paths, as the document has them.
#[derive(Debug, Default)]
pub struct WithoutQuery(HashSet<(String, String)>);

impl WithoutQuery {
    /// Reads them from the document.
    #[must_use]
    pub fn of(document: &str) -> Self {
        let document: Value = serde_json::from_str(document).unwrap_or_default();
        let paths = document.get("paths").and_then(Value::as_object).into_iter().flatten();
        let operations = paths.flat_map(|(path, item)| {
            let operations = item.as_object().into_iter().flatten();
            operations.map(move |(method, operation)| ((method.to_uppercase(), path.clone()), operation))
        });
        let takes_query = |operation: &Value| {
            let parameters = operation.get("parameters").and_then(Value::as_array).into_iter().flatten();
            parameters.into_iter().any(|parameter| parameter.get("in").is_some_and(|place| place == "query"))
        };
        Self(operations.filter(|(_, operation)| !takes_query(operation)).map(|(place, _)| place).collect())
    }

    fn holds(&self, request: &ServiceRequest) -> bool {
        let place = |pattern| (request.method().as_str().to_owned(), pattern);
        request.match_pattern().is_some_and(|pattern| self.0.contains(&place(pattern)))
    }
}

/// Middleware: refuses parameters where there are none.
///
/// # Errors
/// Those of what lies inside.
pub async fn refuse_unknown(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let first = url::form_urlencoded::parse(request.query_string().as_bytes()).next();
    if let Some((name, _)) = first
        && request.app_data::<Data<WithoutQuery>>().is_some_and(|known| known.holds(&request))
    {
        let error = ApiError::malformed(name, "parameter.malformed", "this operation takes no parameters");
        return Ok(request.error_response(error).map_into_right_body());
    }
    Ok(next.call(request).await?.map_into_left_body())
}
