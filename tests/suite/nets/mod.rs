//! Nets that make forgetting impossible: they take every operation, every table, every file, and ask the same of each.

mod document;
