//! The running of the installation, for administrators.
