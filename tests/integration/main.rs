//! The integration tests: one binary, one module per boundary.
//! The one thing to know: every test is input and expected report; `UPDATE_EXPECT=1 cargo test` writes the expected files anew.

mod apps;
mod cli;
mod corpora;
mod robustness;
mod rules;
mod server;
mod settings;
mod support;
mod templates;
mod tidy;
