//! The pages. Each owns its data and its layout; what they look like is made of components. What pages of several areas
//! are made of, data included, lies here beside the areas.

pub mod admin;
pub mod audit;
mod no_page;
mod people_search;
pub mod portal;
mod remote_page;
mod response_list;
mod restricted;
pub mod workspace;

pub use no_page::{Failed, Forbidden, LoginFirst, NotFound};
pub use people_search::PeopleSearch;
pub use remote_page::RemotePage;
pub use response_list::{ResponseList, Responses, use_responses};
pub use restricted::Restricted;
