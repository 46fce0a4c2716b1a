//! The kinds of evidence that consent was given. They are ordered, strongest first, and a use has
//! the weakest of all its ways.

use crate::finding::Phrase;

/// The kinds of evidence, strongest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EvidenceKind {
    /// The use waits for the platform's gate.
    Gate,
    /// Only the handler of the agree button leads to it.
    Button,
    /// It runs only where the platform says that the user has agreed.
    Query,
    /// The button that it belongs to is an agree button, too.
    Coupled,
    /// The program answers the privacy event for all uses.
    App,
    /// It runs only with the scope's authorisation, which carries the consent on current clients.
    Scope,
    /// It runs only where the program's own question was answered with yes, as far as a name can
    /// tell.
    Own,
    /// No gate, but the refusal is handled: it relies on the official pop-up.
    Fail,
    /// Nothing.
    None,
}

impl EvidenceKind {
    /// The word in reports for programs.
    pub fn name(self) -> &'static str {
        match self {
            Self::Gate => "gate",
            Self::Button => "button",
            Self::Query => "query",
            Self::Coupled => "coupled",
            Self::App => "app",
            Self::Scope => "scope",
            Self::Own => "own",
            Self::Fail => "fail",
            Self::None => "none",
        }
    }
}

impl EvidenceKind {
    /// A few words for people.
    pub fn label(self) -> Phrase {
        let (en, zh) = match self {
            Self::Gate => ("waits for the gate", "等待隐私授权通过"),
            Self::Button => ("after the agree button", "点击同意按钮之后"),
            Self::Query => ("after the consent is checked", "确认已授权之后"),
            Self::Coupled => ("coupled agree button", "组合同意按钮"),
            Self::App => ("the app's own pop-up", "应用自有弹窗"),
            Self::Scope => ("after the authorisation", "授权范围通过之后"),
            Self::Own => ("after the program's own question", "程序自行询问之后"),
            Self::Fail => ("official pop-up, refusal handled", "官方弹窗，已处理拒绝"),
            Self::None => ("official pop-up only", "仅官方弹窗"),
        };
        Phrase::new(en, zh)
    }
}
