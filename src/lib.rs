//! miniguard: a compliance analyser and language server for WeChat mini-programs.
//!
//! ```text
//!                   catalogue ──────────────────┐     platform and legal facts: tables, no code
//!                                               ▼
//! text ─► syntax ─► facts ─► project ─► semantic ─► consent, content ─► rules ─► check ─┬► lsp
//!   │                           ▲                                        ▲   ide, compliance └► cli
//!   └──────────► finding ───────┼────────────────────────────────────────┘       ▲
//!                settings ──────┴── workspace ────────────────────────────────────┘
//! ```
//!
//! An arrow means "is used by"; left to right only. Nothing left of `workspace` touches a disk, a
//! clock, the environment or a terminal; nothing left of `lsp` knows the protocol.
//! `tests/integration/tidy.rs` holds the picture against the code, and ARCHITECTURE.md explains it.

pub mod cancel;
pub mod catalogue;
pub mod check;
pub mod cli;
pub mod compliance;
pub mod consent;
pub mod content;
pub mod facts;
pub mod finding;
pub mod ide;
pub mod lsp;
pub mod path;
pub mod project;
pub mod rules;
pub mod semantic;
pub mod settings;
pub mod syntax;
pub mod text;
pub mod workspace;
