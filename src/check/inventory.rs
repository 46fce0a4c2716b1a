//! The compliance inventory: every use of a regulated interface, before any rule's opinion. It is
//! plain data with stable names (`wx.getLocation`, `open-type=chooseAvatar`); teams diff it in
//! review, so its order is by file and place and nothing else.

use crate::catalogue::FieldKind;
pub use crate::consent::{ConsentState, EvidenceKind};
use crate::finding::Place;
use crate::path::FilePath;
use crate::semantic::api_use::Destinations;
pub use crate::semantic::string_value::UnknownReason;

/// All uses, and what was not looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inventory {
    /// The uses, by file and place.
    pub uses: Vec<InventoryUse>,
    /// Calls of request wrappers, by file and place.
    pub wrappers: Vec<InventoryWrapper>,
    /// Form fields that ask for personal information, by file and place.
    pub forms: Vec<InventoryForm>,
    /// Files that were left out, by path.
    pub skipped: Vec<Skipped>,
}

/// One use of one interface.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InventoryUse {
    /// The callee, attribute name or tag name.
    pub place: Place,
    /// The interface: `wx.getLocation`, `RecorderManager.start`, `open-type=chooseAvatar`,
    /// `component camera`.
    pub api: &'static str,
    /// `payment`, `location`, `user-data` or `network`.
    pub kind: &'static str,
    /// Privacy keys of what it handles.
    pub information: Vec<&'static str>,
    /// For network uses: where it goes.
    pub network: Option<Network>,
    /// The vendored package that the file belongs to.
    pub package: Option<String>,
    /// What consent stands before it; `None` where that is not the question.
    pub consent: Option<ConsentState>,
}

/// One call of a request wrapper: a function whose parameters say where a network call inside it
/// goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InventoryWrapper {
    /// The callee.
    pub place: Place,
    /// The callee as written.
    pub callee: String,
    /// Where the call goes.
    pub network: Network,
}

/// One form field that asks for personal information.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InventoryForm {
    /// The tag's name.
    pub place: Place,
    /// What it asks for.
    pub kind: &'static FieldKind,
    /// What tells so: `type`, `hint`, `label`, `name`.
    pub signs: Vec<&'static str>,
}

/// Where a network use goes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Network {
    /// Origins `https://host[:port]`, sorted.
    pub hosts: Vec<String>,
    /// Whether that is all of them.
    pub resolution: Resolution,
    /// Why not all of them are known, each reason once.
    pub reasons: Vec<UnknownReason>,
}

impl Network {
    /// What a report says of `reach`.
    pub(crate) fn of(reach: &Destinations) -> Self {
        let hosts = reach.origins();
        let resolution = match (reach.complete, hosts.is_empty()) {
            (true, false) => Resolution::Resolved,
            (_, true) => Resolution::Dynamic,
            (false, false) => Resolution::Partial,
        };
        let mut reasons: Vec<UnknownReason> = reach.reasons.iter().cloned().collect();
        // Where the parameters stand is no reason of its own.
        reasons.dedup_by(|a, b| {
            matches!((&*a, &*b), (UnknownReason::Parameter(_), UnknownReason::Parameter(_)))
        });
        Self { hosts, resolution, reasons }
    }
}

/// How much is known of where a network use goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Resolution {
    /// All origins are known.
    Resolved,
    /// Some are.
    Partial,
    /// None is.
    #[default]
    Dynamic,
}

impl Resolution {
    /// The word in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Resolved => "resolved",
            Self::Partial => "partial",
            Self::Dynamic => "dynamic",
        }
    }
}

/// A file that was not looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skipped {
    /// Which.
    pub file: FilePath,
    /// Why.
    pub reason: crate::finding::Phrase,
}
