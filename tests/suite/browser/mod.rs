//! The interface in a real browser, by the words that stand on it.

mod answering;
mod changing;
mod console;
mod files;
mod keyboard;
mod pages;
mod revoking;
mod robustness;
mod searching;
mod served;
mod states;
mod story;
mod swagger;
