//! The document as the nets read it: every operation with what it takes, what it answers and who may call it.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

/// The folder of the whole project.
#[must_use]
pub fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the tests lie in the project's folder").to_owned()
}

/// The document of this build.
#[must_use]
pub fn document() -> Value {
    serde_json::from_str(&api::application::openapi_document()).expect("the document is JSON")
}

/// An operation of the document.
#[derive(Debug, Clone)]
pub struct Operation {
    /// Its `operationId`.
    pub id: String,
    /// Its method in capitals.
    pub method: String,
    /// Its path from the root, with named placeholders.
    pub path: String,
    /// Everything the document says of it.
    pub value: Value,
}

/// A JSON body of an operation.
#[derive(Debug, Clone)]
pub struct Body {
    /// Where it stands: `create_hearing request`, `create_hearing 201`.
    pub place: String,
    /// The response's status; 0 for a request.
    pub status: u16,
    /// Its schema.
    pub schema: Value,
    /// Its example, when there is one.
    pub example: Option<Value>,
}

/// Every operation, in the document's order.
#[must_use]
pub fn operations() -> Vec<Operation> {
    let document = document();
    let paths = document["paths"].as_object().expect("the document has paths");
    let of_path = |(path, item): (&String, &Value)| {
        let item = item.as_object().expect("a path is an object").clone();
        let path = path.clone();
        item.into_iter().map(move |(method, value)| Operation {
            id: value["operationId"].as_str().unwrap_or_default().to_owned(),
            method: method.to_uppercase(),
            path: path.clone(),
            value,
        })
    };
    paths.iter().flat_map(of_path).collect()
}

impl Operation {
    /// Its JSON bodies: the request's, and each response's.
    #[must_use]
    pub fn bodies(&self) -> Vec<Body> {
        let request = ("request".to_owned(), 0, &self.value["requestBody"]);
        let responses = self.value["responses"].as_object().into_iter().flatten();
        let responses =
            responses.map(|(status, response)| (status.clone(), status.parse().unwrap_or_default(), response));
        std::iter::once(request)
            .chain(responses)
            .filter_map(|(place, status, body)| {
                let contents = body["content"].as_object()?;
                let (_, content) = contents.iter().find(|(media_type, _)| media_type.ends_with("json"))?;
                Some(Body {
                    place: format!("{} {place}", self.id),
                    status,
                    schema: content["schema"].clone(),
                    example: content.get("example").cloned(),
                })
            })
            .collect()
    }

    /// The body of its request.
    #[must_use]
    pub fn request(&self) -> Option<Body> {
        self.bodies().into_iter().find(|body| body.status == 0)
    }

    /// Whether its request is a file.
    #[must_use]
    pub fn takes_file(&self) -> bool {
        self.value["requestBody"]["content"].get("multipart/form-data").is_some()
    }

    /// Its parameters of one kind: `path`, `query`, `header`.
    #[must_use]
    pub fn parameters(&self, kind: &str) -> Vec<String> {
        let parameters = self.value["parameters"].as_array().into_iter().flatten();
        let of_kind = parameters.filter(|parameter| parameter["in"] == kind);
        of_kind.filter_map(|parameter| parameter["name"].as_str().map(ToOwned::to_owned)).collect()
    }

    /// Whether somebody not logged in gets an answer.
    #[must_use]
    pub fn is_open_to_all(&self) -> bool {
        let alternatives = self.value["security"].as_array().cloned().unwrap_or_default();
        alternatives.iter().any(|alternative| alternative.get("session").is_none())
    }

    /// Whether it changes anything.
    #[must_use]
    pub fn writes(&self) -> bool {
        self.method != "GET"
    }
}

/// A schema of the document as one that stands alone.
#[must_use]
pub fn standing_alone(schema: &Value, document: &Value) -> Value {
    json!({ "allOf": [schema], "components": document["components"] })
}
