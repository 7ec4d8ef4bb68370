//! The service from outside, over HTTP.

mod story;
