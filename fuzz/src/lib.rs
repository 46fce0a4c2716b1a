//! What the fuzzers feed, and what must hold of it. Each target is a function of bytes that panics
//! where an invariant is broken.
//!
//! The integration tests of the product include this file, too, and feed it with the inputs of
//! proptest.

mod choices;
mod edits;
mod manifest;
mod messages;
mod program;
mod script;
mod seeds;
mod template;

pub use edits::edits;
pub use manifest::manifest;
pub use messages::messages;
pub use program::program;
pub use script::script;
pub use seeds::texts;
pub use template::template;

use miniguard::text::Span;

/// The longest text that a target reads: no hang is found in more that is not found in this.
const LONGEST: usize = 64 * 1024;

/// `input` as a text.
fn text(input: &[u8]) -> String {
    String::from_utf8_lossy(&input[..input.len().min(LONGEST)]).into_owned()
}

/// Asserts that `span` is a range of whole characters of `source`.
fn assert_fits(span: Span, source: &str) {
    assert!(source.get(span.start()..span.end()).is_some(), "{span:?} of {}", source.len());
}
