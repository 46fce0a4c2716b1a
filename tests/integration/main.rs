//! The integration tests: one binary, one module per boundary. Every test is input and expected
//! report; `UPDATE_EXPECT=1 cargo test` writes the expected files anew.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test fails by panicking, and says on standard error what it could not look at"
)]

mod answers;
mod anywhere;
mod apps;
mod bounds;
mod cli;
mod compliance;
mod consent;
mod consent_fixes;
mod consent_labels;
mod consent_programs;
mod corpora;
mod domains;
mod editors;
mod forms;
mod frameworks;
mod fuzz;
mod grammar;
mod memory;
mod obligations;
mod platform;
mod robustness;
mod rules;
mod server;
mod settings;
mod shapes;
mod sinks;
mod support;
mod templates;
mod tidy;
mod unwritable;
