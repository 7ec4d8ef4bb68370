//! What anybody may read is answered once and kept for as long as nothing has changed: not for a while, but until
//! something is committed, on this server or another, or a hearing passes a boundary of its life.
//!
//! Each answer belongs to an epoch. Before it is given again the database is asked, after the request came, which epoch
//! it is: so nothing is served from an age, and a withdrawal shows on the next read from every server. It is kept only
//! when the epoch was the same before it was read and afterwards.
//!
//! Each thread keeps its own answers, so that none waits for another. They are given before anything else is done with a
//! request ([`give`]) and so are whole: with the headers of every answer, and a line in the log.

mod epochs;

use std::{cell::RefCell, rc::Rc};

use actix_web::{
    Error, HttpMessage, HttpRequest, HttpResponse,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::{
        Method, StatusCode,
        header::{self, HeaderMap},
    },
    middleware::Next,
    rt,
    web::{Bytes, Data},
};
use quick_cache::{Weighter, unsync::Cache};
use uuid::Uuid;

use self::epochs::{Epoch, Epochs};
use super::{headers, limits};
use crate::{
    http::{ApiError, MayBeKept, cookies::Cookies, is_known},
    service::Service,
    telemetry,
};

/// What all threads keep at the most, in bytes.
const WEIGHT: u64 = 32 * 1024 * 1024;

/// About what an answer weighs, in bytes.
const ANSWER: u64 = 4 * 1024;

/// What one thread keeps.
#[derive(Debug)]
pub struct Kept {
    epochs: Rc<Epochs>,
    answers: RefCell<Answers>,
}

#[derive(Debug)]
struct Answers {
    epoch: Epoch,
    of_epoch: Cache<String, Rc<KeptAnswer>, Weight>,
}

#[derive(Debug)]
struct KeptAnswer {
    operation: String,
    headers: HeaderMap,
    body: Bytes,
}

/// On its way in: what nothing was kept of, to be kept on its way out; or why nobody can know.
type Asked = Result<Wanted, ApiError>;

struct Wanted {
    kept: Rc<Kept>,
    epoch: Epoch,
    key: String,
}

#[derive(Debug, Clone)]
struct Weight;

impl Weighter<String, Rc<KeptAnswer>> for Weight {
    fn weight(&self, key: &String, answer: &Rc<KeptAnswer>) -> u64 {
        // Headers and bookkeeping weigh about as much as a short answer.
        u64::try_from(1_024 + key.len() + answer.body.len()).unwrap_or(u64::MAX)
    }
}

impl Kept {
    /// Nothing yet, with room for a thread's share of what so many threads keep.
    #[must_use]
    pub fn by_one_of(threads: usize) -> Rc<Self> {
        let weight = WEIGHT / u64::try_from(threads.max(1)).unwrap_or(WEIGHT);
        let number = usize::try_from(weight / ANSWER).unwrap_or_default();
        let answers = Answers { epoch: 0, of_epoch: Cache::with_weighter(number, weight, Weight) };
        Rc::new(Self { epochs: Rc::default(), answers: RefCell::new(answers) })
    }

    fn find(&self, epoch: Epoch, key: &str) -> Option<Rc<KeptAnswer>> {
        let answers = self.answers.borrow();
        if answers.epoch == epoch { answers.of_epoch.get(key).cloned() } else { None }
    }

    /// Keeps an answer that was begun to be read in an epoch, if that epoch is not over.
    async fn keep(self: Rc<Self>, service: Data<Service>, epoch: Epoch, key: String, answer: KeptAnswer) {
        if self.epochs.now(&service).await.is_ok_and(|now| now == epoch) {
            let mut answers = self.answers.borrow_mut();
            if answers.epoch != epoch {
                answers.epoch = epoch;
                answers.of_epoch.clear();
            }
            answers.of_epoch.insert(key, Rc::new(answer));
        }
    }
}

impl KeptAnswer {
    fn give(&self, request: &HttpRequest, service: &Service) -> HttpResponse {
        let tag = self.headers.get(header::ETAG).and_then(|tag| tag.to_str().ok());
        let is_known = tag.is_some_and(|tag| is_known(request, tag));
        let (status, body) = match is_known {
            true => (StatusCode::NOT_MODIFIED, Bytes::new()),
            false => (StatusCode::OK, self.body.clone()),
        };
        let mut response = HttpResponse::with_body(status, BoxBody::new(body));
        *response.headers_mut() = self.headers.clone();
        let id = Uuid::now_v7();
        headers::of_one(response.head_mut(), id, service);
        telemetry::answered(id, request.method(), &self.operation, status);
        response
    }
}

/// Middleware, outside of everything else: gives what was kept.
///
/// # Errors
/// Those of what lies inside.
pub async fn give(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    // Who asks too often is refused inside, and not looked after here.
    if let Some((kept, service)) = concerned(request.request())
        && limits::count_visit(request.request(), &service)
    {
        let key = key(request.request());
        let asked: Asked = match kept.epochs.now(&service).await {
            Ok(epoch) => match kept.find(epoch, &key) {
                Some(answer) => {
                    let response = answer.give(request.request(), &service);
                    return Ok(request.into_response(response).map_into_right_body());
                }
                None => Ok(Wanted { kept, epoch, key }),
            },
            Err(error) => Err(error),
        };
        request.extensions_mut().insert(asked);
    }
    Ok(next.call(request).await?.map_into_left_body())
}

/// Middleware, outside of what makes answers smaller: keeps what may be kept.
///
/// # Errors
/// Those of what lies inside.
pub async fn keep(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let asked = request.extensions_mut().remove::<Asked>();
    let wanted = match asked {
        Some(Err(error)) => return Ok(request.error_response(error)),
        asked => asked.and_then(Result::ok),
    };
    let service = request.app_data::<Data<Service>>().cloned();
    let response = next.call(request).await?;
    let may_be_kept =
        response.status() == StatusCode::OK && response.response().extensions().get::<MayBeKept>().is_some();
    let (Some(Wanted { kept, epoch, key }), Some(service), true) = (wanted, service, may_be_kept) else {
        return Ok(response.map_into_boxed_body());
    };
    let operation = response.request().match_pattern().unwrap_or_default();
    Ok(response.map_body(|head, body| match body.try_into_bytes() {
        Ok(body) => {
            let mut headers = head.headers.clone();
            headers::of_every_one(&mut headers, &service);
            let answer = KeptAnswer { operation, headers, body: body.clone() };
            // Behind the answer, which need not wait for it.
            rt::spawn(kept.keep(service, epoch, key, answer));
            BoxBody::new(body)
        }
        Err(body) => BoxBody::new(body),
    }))
}

/// Reads below `/hearings` of somebody who is not logged in.
fn concerned(request: &HttpRequest) -> Option<(Rc<Kept>, Data<Service>)> {
    let path = request.path().strip_prefix(openapi::BASE_PATH)?;
    let service = request.app_data::<Data<Service>>()?;
    let is_concerned = request.method() == Method::GET
        && path.starts_with("/hearings")
        && Cookies::of(service).session(request).is_none();
    is_concerned.then(|| Some((request.app_data::<Rc<Kept>>()?.clone(), service.clone()))).flatten()
}

/// What an answer depends on: the address, and how the reader wants it packed.
fn key(request: &HttpRequest) -> String {
    let address = request.uri().path_and_query().map_or("", |address| address.as_str());
    let packing = request.headers().get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok());
    format!("{address}\n{}", packing.unwrap_or_default())
}
