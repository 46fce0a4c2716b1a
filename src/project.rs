//! What the workspace is: its files, and the mini-programs in them.
//! The one thing to know: everything here follows from the files at hand, without a disk; asking again gives the same answer.

pub mod files;

pub use files::{File, Files, Trouble};
