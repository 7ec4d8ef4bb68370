//! The proof: what Agora does over HTTP, what may never be forgotten, and what people see in a browser.

mod browser;
mod http;
mod nets;
