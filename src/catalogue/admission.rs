//! What stands between a call and its answer: the privacy tables, the pop-ups, the console, the
//! groups that exclude each other. All of it is the platform's doing; the law's part is in the
//! duties.

use serde::Deserialize;

/// Which official privacy table lists the interface, so that an undeclared use fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PrivacyTable {
    /// That of mini-programs only.
    MiniProgram,
    /// That of plugins only.
    Plugin,
    /// Both.
    Both,
}

impl PrivacyTable {
    /// Whether code of a mini-program (not of a plugin) falls under it.
    pub fn covers_programs(self) -> bool {
        self != Self::Plugin
    }

    /// Whether code of a plugin falls under it.
    pub fn covers_plugins(self) -> bool {
        self != Self::MiniProgram
    }
}

/// How the user is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ConsentUi {
    /// The authorisation pop-up, which carries the privacy consent since base library 3.4.2;
    /// refusal is errno 103.
    Coupled,
    /// A privacy pop-up of its own; refusal is errno 104.
    Direct,
    /// None: see the note.
    None,
}

/// The two groups of location interfaces that cannot be declared together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ExclusiveGroup {
    /// An approximate position.
    Fuzzy,
    /// A precise position.
    Precise,
}

/// What has to be settled in the console, outside the source tree, before the interface works.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ConsoleGate {
    /// An application to the platform.
    Application,
    /// A fitting service category, then opening in the interface settings.
    CategoryApproval,
    /// A link to a verified official account.
    LinkedAccount,
    /// A merchant number.
    Merchant,
    /// An account that is not a natural person's.
    NonPersonal,
    /// A payment product that is opened for the merchant.
    Product,
    /// A fitting usage scenario, then opening in the interface settings.
    ScenarioApproval,
    /// A permission for one business scenario.
    ScenarioPermission,
    /// A verified account.
    VerifiedEntity,
}
