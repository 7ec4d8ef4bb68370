//! The OpenAPI document: put together from the handlers, completed by rule rather than by hand.

#![allow(clippy::indexing_slicing, reason = "indexing a JSON value by a name that is not there gives null")]

pub mod docs;
mod schemas;
mod texts;

use std::collections::BTreeMap;

use openapi::{
    CSRF_HEADER, examples,
    hearings::HearingSort,
    ids::{DocumentId, DraftId, FileId, HearingId, JobId, ResponseId, RoleId},
    problem::{MEDIA_TYPE, Problem, ProblemCode},
    texts::TextName,
};
use serde_json::{Value, json};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{
        ContactBuilder, Info, InfoBuilder, LicenseBuilder, OpenApi, Paths, server::ServerBuilder, tag::TagBuilder,
    },
};

/// The tags, in the order they are shown.
const TAGS: &[(&str, &str)] = &[
    ("Session", "Logging in and out, and what is one's own."),
    ("Hearings", "From a draft to a conclusion."),
    ("Content", "Documents and pictures of hearings."),
    ("Participants", "Who does what on one hearing."),
    ("Drafts", "Unsent answers, seen by their author alone."),
    ("Attachments", "Files of answers."),
    ("Responses", "Answers, as others than staff see them."),
    ("Processing", "Answers with their senders, for staff."),
    ("Catalogue", "What hearings are made from."),
    ("Directory", "Employees, for those who pick people."),
    ("Audit log", "Who did what, for auditors."),
    ("Administration", "Integrations and the queue of jobs, for administrators."),
    ("Operations", "Health and version."),
];

/// What stands in paths, with its schema.
fn path_parameters() -> BTreeMap<&'static str, (&'static str, Value)> {
    fn id<T: ToSchema>() -> Value {
        json!({ "$ref": format!("#/components/schemas/{}", T::name()) })
    }
    BTreeMap::from([
        ("hearing", ("The hearing", id::<HearingId>())),
        ("role", ("The role", id::<RoleId>())),
        ("draft", ("The draft", id::<DraftId>())),
        ("response", ("The answer", id::<ResponseId>())),
        ("document", ("The document", id::<DocumentId>())),
        ("attachment", ("The file", id::<FileId>())),
        ("image", ("The picture's file", id::<FileId>())),
        ("job", ("The job", id::<JobId>())),
        ("name", ("Which text", id::<TextName>())),
    ])
}

/// The document before the operations are added.
#[must_use]
pub fn skeleton() -> OpenApi {
    let mut document = OpenApi::new(info(), Paths::new());
    let tags =
        TAGS.iter().map(|(name, description)| TagBuilder::new().name(*name).description(Some(*description)).build());
    document.tags = Some(tags.collect());
    let here = ServerBuilder::new().url("/").description(Some("The installation that serves this document"));
    document.servers = Some(vec![here.build()]);
    document
}

fn info() -> Info {
    let description = "Agora is a digital hearing portal for Danish municipalities: a proposal is put in hearing, people \
        answer before a deadline, staff weigh the answers and conclude.\n\n\
        **Log in**: `POST /session/login` sets a cookie; this page sends it and the CSRF header by itself. Other callers \
        send `X-CSRF-Token` with `csrfToken` of `GET /session` on everything that is not a `GET`.\n\n\
        **`HEAD`** answers wherever `GET` does, with the same headers and no body.\n\n\
        **Refusals** are `application/problem+json` with a stable `code`. What you may not see does not exist: 404.\n\n\
        **Changes** name the version that was read in `If-Match`.";
    InfoBuilder::new()
        .title("Agora")
        .version("1")
        .description(Some(description))
        .contact(Some(ContactBuilder::new().name(Some("Agora")).url(Some("https://example.org/agora")).build()))
        .license(Some(LicenseBuilder::new().name("MPL-2.0").identifier(Some("MPL-2.0")).build()))
        .build()
}

/// The document as it is served and checked in: with what follows from rules, so that nobody has to write it at every
/// operation and nobody can forget it: security schemes, the problems an operation can answer, examples.
#[must_use]
pub fn complete(document: &OpenApi) -> String {
    let mut document = json!(document);
    let (name, schema) = (Problem::name(), json!(Problem::schema()));
    let mut nested = Vec::new();
    Problem::schemas(&mut nested);
    let components = &mut document["components"];
    components["schemas"][name.as_ref()] = schema;
    for (name, schema) in nested {
        components["schemas"][name] = json!(schema);
    }
    // Only parameters have these types, and parameters' types are not gathered.
    add_schema::<HearingSort>(components);
    add_schema::<TextName>(components);
    add_schema::<JobId>(components);
    schemas::name_items(&mut components["schemas"]);
    texts::add_patterns(&mut components["schemas"]);
    components["securitySchemes"] = security_schemes();
    let examples = examples::all();
    if let Some(paths) = document["paths"].as_object_mut() {
        for (path, item) in paths {
            for (method, operation) in item.as_object_mut().into_iter().flatten() {
                add_path_parameters(path, operation);
                add_problems(path, method, operation);
                add_examples(operation, &examples);
                schemas::describe_files(operation);
            }
        }
    }
    schemas::drop_foreign_defaults(&mut document);
    format!("{document:#}\n")
}

fn add_schema<T: ToSchema>(components: &mut Value) {
    components["schemas"][T::name().as_ref()] = json!(T::schema());
}

fn security_schemes() -> Value {
    json!({
        "session": {
            "type": "apiKey", "in": "cookie", "name": "agora_session",
            "description": "Set by logging in; `__Host-agora_session` with TLS.",
        },
        "csrf": {
            "type": "apiKey", "in": "header", "name": CSRF_HEADER,
            "description": "`csrfToken` of `GET /session`.",
        },
    })
}

/// What a path is made of follows from the path.
fn add_path_parameters(path: &str, operation: &mut Value) {
    let names = path.split(['{', '}']).skip(1).step_by(2);
    let known = path_parameters();
    let from_path = names.filter_map(|name| {
        let (description, schema) = known.get(name)?;
        Some(json!({ "in": "path", "name": name, "required": true, "description": description, "schema": schema }))
    });
    let others = operation["parameters"].as_array().cloned().unwrap_or_default();
    // Some are read off the handlers' arguments too, without a description.
    let others = others.into_iter().filter(|parameter| parameter["in"] != "path");
    let mut parameters: Vec<Value> = from_path.chain(others).collect();
    for parameter in &mut parameters {
        let name = parameter["name"].as_str().unwrap_or_default().to_owned();
        texts::add_pattern(&name, &mut parameter["schema"]);
    }
    if !parameters.is_empty() {
        operation["parameters"] = json!(parameters);
    }
}

/// Every refusal an operation can answer follows from what it takes: a body can be malformed, an id can be nobody's.
fn add_problems(path: &str, method: &str, operation: &mut Value) {
    let parameters = operation["parameters"].as_array().cloned().unwrap_or_default();
    let takes = |name: &str| parameters.iter().any(|parameter| parameter["name"] == name);
    let changes = method != "get";
    let has_body = !operation["requestBody"].is_null();
    let takes_file = !operation["requestBody"]["content"]["multipart/form-data"].is_null();
    let has_id = path.contains('{');
    let logged_in = requires_log_in(operation);
    let stateless = ["/live", "/version", "/session/providers"].iter().any(|end| path.ends_with(end));
    let touches_database = !stateless && !path.contains("/texts/");
    let possible = [
        (400, takes_file, "`attachment.cut_off`, `request.malformed`: not one file as the part `file`"),
        (400, true, "`request.malformed`: a wrong type, an unknown field or parameter"),
        (401, logged_in, "`session.required`: nobody is logged in, or the session has ended"),
        (403, logged_in || changes || path.contains("/responses"), "`permission.denied`, `request.csrf_refused`"),
        (404, has_id || path.ends_with("/login"), "`request.not_found`: nothing here for the caller"),
        (408, has_body, "`request.timeout`: it did not arrive in time"),
        (412, takes("If-Match"), "`request.precondition_failed`: somebody else was faster"),
        (413, takes_file, "`attachment.too_large`"),
        (413, has_body, "`request.too_large`"),
        (415, takes_file, "`request.unsupported_media_type`: send `multipart/form-data`"),
        (415, has_body, "`request.unsupported_media_type`: send JSON"),
        (
            422,
            takes_file,
            "`attachment.type_refused`, `attachment.mislabelled`, `attachment.macros`, `attachment.empty`; \
             `request.invalid` for its name",
        ),
        (422, has_body || !parameters.is_empty(), "`request.invalid`, with all that is wrong in `errors`"),
        (428, takes("If-Match"), "`request.precondition_required`: send `If-Match`"),
        (429, !path.contains("/health/"), "`request.rate_limited`: come back after `Retry-After`"),
        (500, true, "`service.internal`: the service failed; its log knows why"),
        (503, touches_database, "`service.unavailable`: try again in a moment"),
    ];
    let responses = &mut operation["responses"];
    for (status, possible, description) in possible {
        let status = status.to_string();
        if possible && responses[&status].is_null() {
            responses[&status] = json!({ "description": description });
        }
    }
    let schema = format!("#/components/schemas/{}", Problem::name());
    for (status, response) in responses.as_object_mut().into_iter().flatten() {
        if status.as_str() >= "400" && response["content"].is_null() {
            response["content"] = json!({ MEDIA_TYPE: { "schema": { "$ref": schema } } });
        }
    }
}

fn requires_log_in(operation: &Value) -> bool {
    let alternatives = operation["security"].as_array().map(Vec::as_slice).unwrap_or_default();
    !alternatives.is_empty() && alternatives.iter().all(|alternative| !alternative["session"].is_null())
}

/// Puts the example of a body's type beside its schema.
fn add_examples(operation: &mut Value, examples: &BTreeMap<&str, Value>) {
    let add = |body: &mut Value| {
        // Looked for, not indexed: indexing would add a `content` to what has none.
        let contents = body.get_mut("content").and_then(Value::as_object_mut);
        for content in contents.into_iter().flat_map(|contents| contents.values_mut()) {
            let reference = content["schema"]["$ref"].as_str().and_then(|reference| reference.rsplit('/').next());
            if let Some(example) = reference.and_then(|name| examples.get(name)) {
                content["example"] = example.clone();
            }
        }
    };
    if operation["requestBody"].is_object() {
        add(&mut operation["requestBody"]);
    }
    for response in operation["responses"].as_object_mut().into_iter().flat_map(|responses| responses.values_mut()) {
        add(response);
        let code = response["description"].as_str().and_then(|description| description.split('`').nth(1)?.parse().ok());
        let problem = response.get_mut("content").and_then(|contents| contents.get_mut(MEDIA_TYPE));
        if let (Some(code), Some(content)) = (code, problem) {
            content["example"] = problem_example(code, &content["example"]);
        }
    }
}

/// The example of a problem as one of this kind.
fn problem_example(code: ProblemCode, example: &Value) -> Value {
    let mut example = example.clone();
    example["type"] = json!(format!("urn:agora:problem:{code}"));
    example["title"] = json!(code.title());
    example["status"] = json!(code.status());
    example["code"] = json!(code);
    let names_fields = [ProblemCode::RequestMalformed, ProblemCode::RequestInvalid, ProblemCode::HearingIncomplete];
    if let Some(members) = example.as_object_mut().filter(|_| !names_fields.contains(&code)) {
        members.remove("errors");
        members.insert("detail".to_owned(), json!(code.title()));
    }
    example
}
