//! How much a finding weighs. The four levels mean what the platform and the law do, not how sure
//! we are; what we are unsure of is said at a lower level or not at all.

/// The weight of a finding, lightest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Better practice.
    Hint,
    /// A duty is triggered; evidence for it was found, or lies out of our sight.
    Information,
    /// A duty without evidence.
    Warning,
    /// The platform rejects it, or the call fails.
    Error,
}

impl Severity {
    /// All levels, heaviest first.
    pub const ALL: [Self; 4] = [Self::Error, Self::Warning, Self::Information, Self::Hint];

    /// The word used in settings, options and reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Information => "information",
            Self::Hint => "hint",
        }
    }

    /// The level that `name` means.
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.name() == name)
    }
}
