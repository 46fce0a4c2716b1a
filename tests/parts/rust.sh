# shellcheck shell=bash
# What a change of src/ needs: formatting, lints, the Rust tests, the documentation. Sourced by ./test.

step 'formatting' cargo fmt --check
step 'clippy' cargo clippy --all-targets --locked -- -D warnings
step 'Rust tests' cargo test --locked
step 'documentation' env RUSTDOCFLAGS='-D warnings' cargo doc --no-deps --locked --quiet
