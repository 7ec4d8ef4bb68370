//! The interface in a real browser, by the words that stand on it.

mod answering;
mod changing;
mod conclusions;
mod console;
mod files;
mod keyboard;
mod leaving;
mod pages;
mod pasting;
mod revoking;
mod robustness;
mod searching;
mod served;
mod sessions;
mod states;
mod story;
mod swagger;
