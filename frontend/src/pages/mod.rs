//! The pages. Each owns its data and its layout; what they look like is made of components.

pub mod admin;
pub mod audit;
mod login_first;
mod no_page;
pub mod portal;
pub mod workspace;

pub use login_first::LoginFirst;
pub use no_page::{Forbidden, NotFound};
