//! What every adapter of a port must keep, whatever is behind it.

mod files;
