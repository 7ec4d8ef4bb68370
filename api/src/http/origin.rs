//! Where a request comes from, as the audit log keeps it.

use std::{
    future::{Ready, ready},
    net::{IpAddr, Ipv6Addr, SocketAddr},
};

use actix_web::{FromRequest, HttpMessage, HttpRequest, dev::Payload, web::Data};
use tracing_actix_web::RequestId;
use uuid::Uuid;

use super::ApiError;
use crate::service::Service;

/// A request's id and a keyed digest of the client's address: enough to see that two came from the same place, and not
/// from which.
#[derive(Debug, Clone, Default)]
pub struct Origin {
    /// The request's id; absent for what the service does by itself.
    pub request_id: Option<Uuid>,
    /// The digest of the client's address; absent for what the service does by itself.
    pub source: Option<String>,
}

impl FromRequest for Origin {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let Some(service) = request.app_data::<Data<Service>>() else {
            return ready(Err(ApiError::internal("the service's state is missing")));
        };
        let request_id = request.extensions().get::<RequestId>().map(|id| **id);
        let place = place(request, service.trusted_proxies());
        let source = place.map(|place| service.digest("client address", place.to_string().as_bytes()));
        ready(Ok(Self { request_id, source }))
    }
}

/// What a request's address counts as; none where there is no address.
pub(crate) fn place(request: &HttpRequest, trusted_proxies: usize) -> Option<IpAddr> {
    client_address(request, trusted_proxies).map(place_of)
}

/// The client's address: the peer's, or the entry of `X-Forwarded-For` that the outermost trusted proxy wrote. What
/// stands before that entry anybody can have written.
fn client_address(request: &HttpRequest, trusted_proxies: usize) -> Option<IpAddr> {
    let peer = request.peer_addr().map(|address| address.ip());
    if trusted_proxies == 0 {
        return peer;
    }
    // Chosen before it is understood: an entry that cannot be read must not make another one count.
    let forwarded: Vec<&str> = request
        .headers()
        .get_all("X-Forwarded-For")
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(str::trim)
        .collect();
    let entry = forwarded.len().checked_sub(trusted_proxies).and_then(|place| forwarded.get(place));
    entry.and_then(|entry| address_in(entry)).or(peer)
}

/// What counts as one place: an address of version 4, or the half of one of version 6 that a connection gets as a whole.
fn place_of(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & (u128::MAX << 64))),
        address @ IpAddr::V4(_) => address,
    }
}

/// An address with or without a port, as proxies write it.
fn address_in(entry: &str) -> Option<IpAddr> {
    let with_port = || entry.parse::<SocketAddr>().ok().map(|address| address.ip());
    entry.parse().ok().or_else(with_port)
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    #[test]
    fn a_connection_is_one_place_however_many_addresses_it_has() {
        let place = |text: &str| place_of(text.parse().unwrap()).to_string();
        assert_eq!(place("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::");
        assert_eq!(place("::ffff:192.0.2.7"), "192.0.2.7");
        assert_eq!(place("192.0.2.7"), "192.0.2.7");
    }

    #[test]
    fn forged_entries_are_not_believed() {
        let request = TestRequest::default()
            .peer_addr("10.0.0.1:1".parse().unwrap())
            .insert_header(("X-Forwarded-For", "1.1.1.1, 2.2.2.2:5123, 3.3.3.3"))
            .to_http_request();
        assert_eq!(client_address(&request, 0), Some("10.0.0.1".parse().unwrap()));
        assert_eq!(client_address(&request, 1), Some("3.3.3.3".parse().unwrap()));
        assert_eq!(client_address(&request, 2), Some("2.2.2.2".parse().unwrap()));
        assert_eq!(client_address(&request, 9), Some("10.0.0.1".parse().unwrap()));
    }
}
