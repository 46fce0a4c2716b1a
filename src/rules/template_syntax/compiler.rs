//! The two official compilers, and what each says to a form. The framework of a page decides which
//! one reads its template; the classic one stops the build at what it does not know, glass-easel
//! goes on and warns.

use crate::finding::{Phrase, Severity};

/// An official compiler.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Compiler {
    /// That of the classic framework, exparser.
    Classic,
    /// That of glass-easel.
    GlassEasel,
}

/// What a compiler says to a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Nothing.
    Accepts,
    /// It accepts and advises against.
    Advises,
    /// It goes on, and warns or reads something else than is written.
    Warns,
    /// It accepts in silence, and reads something else than is written.
    Misreads,
    /// It stops.
    Rejects,
}

impl Compiler {
    /// The compiler of a `componentFramework`.
    pub(super) fn of_framework(framework: &str) -> Self {
        if framework == "glass-easel" { Self::GlassEasel } else { Self::Classic }
    }

    /// What people call it.
    pub(super) fn name(self) -> Phrase {
        match self {
            Self::Classic => Phrase::new("the classic compiler", "经典编译器"),
            Self::GlassEasel => Phrase::new("glass-easel", "glass-easel"),
        }
    }
}

impl Verdict {
    /// How much it weighs.
    pub(super) fn severity(self) -> Option<Severity> {
        match self {
            Self::Accepts => None,
            Self::Advises => Some(Severity::Hint),
            Self::Warns | Self::Misreads => Some(Severity::Warning),
            Self::Rejects => Some(Severity::Error),
        }
    }

    /// The same in a few words, with the name of `compiler`.
    pub(super) fn said(self, compiler: Compiler) -> Phrase {
        let name = compiler.name();
        let (en, zh) = match self {
            Self::Accepts => ("accepts it", "可以接受"),
            Self::Advises => ("advises against it", "不建议"),
            Self::Warns => ("warns about it", "会给出警告"),
            Self::Misreads => ("says nothing", "不会提示"),
            Self::Rejects => ("rejects it", "会拒绝编译"),
        };
        Phrase::new(format!("{} {en}", name.en), format!("{}{zh}", name.zh))
    }

    /// What it means, as said by `compiler`.
    pub(super) fn effect(self, compiler: Compiler) -> Phrase {
        let name = compiler.name();
        let (en, zh) = match self {
            Self::Accepts => return Phrase::default(),
            Self::Advises => ("accepts it and advises against it", "可以接受，但不建议这样写"),
            Self::Warns => (
                "goes on with a warning, and what it builds may not be what is meant",
                "会给出警告并继续，编译结果可能与本意不同",
            ),
            Self::Misreads => (
                "accepts it in silence, though it may not do what is meant",
                "不会报错，但效果可能与本意不同",
            ),
            Self::Rejects => (
                "rejects the template, so the program does not build",
                "会拒绝编译该模板，程序无法构建",
            ),
        };
        let mut letters = name.en.chars();
        let first = letters.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
        // The name of the product keeps its own letters.
        let subject = match compiler {
            Compiler::Classic => format!("{first}{}", letters.as_str()),
            Compiler::GlassEasel => name.en.clone(),
        };
        Phrase::new(format!("{subject} {en}."), format!("{}{zh}。", name.zh))
    }
}
