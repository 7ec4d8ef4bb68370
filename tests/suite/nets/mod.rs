//! Nets that make forgetting impossible: they take every operation, every table, every file, and ask the same of each.

mod audit;
mod document;
mod floors;
mod malformed;
mod migrations;
mod privacy;
mod rights;
mod seal;
mod shipped;
mod statements;
mod tidy;
