//! A row of `interfaces.json`: one thing of the platform that a program can use, and what is known
//! about it.
//!
//! The `name` is the identity everywhere (inventory, messages, settings): `wx.getLocation`,
//! `RecorderManager.start`, `component camera`, `open-type=chooseAvatar`, `input type=nickname`,
//! `map show-location`, `scope.record`.

use serde::Deserialize;

use super::admission::{ConsentUi, ConsoleGate, ExclusiveGroup, PrivacyTable};
use super::consent_role::ConsentRole;
use super::withdrawal::Withdrawal;
use super::{Phrase, ScopeStatus};

/// What a program writes to use the interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Form {
    /// A call of a member of `wx` (or of `wx.cloud`).
    Interface,
    /// A call of a method of a tracked object, named `Class.method`.
    Method,
    /// An element of a template: `tag` says which.
    Component,
    /// A token of the `open-type` attribute (a list divided by `|`), on `button` or on a component
    /// that forwards it.
    OpenType,
    /// An attribute of an element: `tag`, `attribute` and, unless presence alone counts, `value`.
    Attribute,
    /// A literal scope that is passed to an authorisation request: `value`.
    Scope,
}

/// What the use amounts to. Absent where the interface regulates nothing of these.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Money moves, or a means of payment is shown or bound.
    Payment,
    /// The position of the user, or a place the user picks.
    Location,
    /// Other personal information or a device permission of the privacy guide.
    UserData,
    /// Data leaves the device for a host.
    Network,
}

impl Kind {
    /// The word in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Payment => "payment",
            Self::Location => "location",
            Self::UserData => "user-data",
            Self::Network => "network",
        }
    }
}

/// How plainly a use matters, thus where it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tier {
    /// In the official privacy table or behind an authorisation, or a payment, location or network
    /// sink: inventory.
    Listed,
    /// Outside that table, yet plainly personal or sensitive: inventory.
    Personal,
    /// Personal only when combined or linked, or merely worth explaining: hover only.
    Incidental,
}

/// The class of a payment interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)] // The names are the fact base's own classes.
pub enum Payment {
    Card,
    CardProvisioning,
    #[serde(rename = "open-paycode")]
    OpenPayCode,
    #[serde(rename = "open-paycode-hk")]
    OpenPayCodeHk,
    Pay,
    PayB2b,
    PayCrossBorder,
    PayPlugin,
    PayScenario,
    PayVirtual,
    ReceiveMoney,
    RedPacket,
    SignRecurring,
    TransitCard,
}

impl Payment {
    /// Whether the user pays, or agrees to pay, through it; a card, a pay code or a transfer
    /// received is another thing.
    pub fn user_pays(self) -> bool {
        matches!(
            self,
            Self::Pay
                | Self::PayB2b
                | Self::PayCrossBorder
                | Self::PayPlugin
                | Self::PayScenario
                | Self::PayVirtual
                | Self::SignRecurring
        )
    }
}

/// Sensitivity under PIPL Art. 28: a considered judgement, not a statement of the platform or of a
/// court.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, PartialOrd, Ord)]
pub enum Sensitivity {
    /// Personal information.
    #[serde(rename = "PI")]
    Personal,
    /// Personal information that is or becomes sensitive by content or use.
    #[serde(rename = "PI/SPI")]
    Conditional,
    /// Sensitive personal information.
    #[serde(rename = "SPI")]
    Sensitive,
}

impl Sensitivity {
    /// The word in reports for programs and in the tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Personal => "PI",
            Self::Conditional => "PI/SPI",
            Self::Sensitive => "SPI",
        }
    }
}

/// Whether plugins can use the interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(untagged)]
pub enum Plugin {
    /// Yes or no, without a version.
    Stated(bool),
    /// Yes, from this base library on.
    Since(&'static str),
}

/// One interface, component, open type, attribute or scope. Absent facts are `None`, `false` or
/// empty.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Interface {
    /// The canonical name; unique, and the key that the table is sorted by.
    pub name: &'static str,
    /// What a program writes to use it.
    pub form: Form,
    /// The element, for components, attributes and open types (`button`, but custom components
    /// forward those).
    pub tag: Option<&'static str>,
    /// The attribute, for attributes and open types.
    pub attribute: Option<&'static str>,
    /// The attribute's value or the scope; an attribute without it counts unless its value is
    /// literally false.
    pub value: Option<&'static str>,
    /// Other spellings of `value`.
    #[serde(default, borrow)]
    pub aliases: Vec<&'static str>,
    /// Template events that deliver the result, without prefix: `getphonenumber`.
    #[serde(default, borrow)]
    pub events: Vec<&'static str>,
    /// What a use amounts to.
    pub kind: Option<Kind>,
    /// Where a use is shown.
    pub tier: Tier,
    /// The class, for payment interfaces.
    pub payment: Option<Payment>,
    /// Privacy keys of the information: rows of `information.json`.
    #[serde(default, borrow)]
    pub information: Vec<&'static str>,
    /// The official privacy table that lists it; information without a table is known but not
    /// enforced.
    pub table: Option<PrivacyTable>,
    /// Whether the platform's own scan of the uploaded code is known to pass it over, so that only
    /// the team can declare it.
    #[serde(default)]
    pub scan_misses: bool,
    /// Authorisations asked for: rows of `scopes.json`.
    #[serde(default, borrow)]
    pub scopes: Vec<&'static str>,
    /// Where the scopes do not simply apply to it.
    pub scope_status: Option<ScopeStatus>,
    /// The name that `requiredPrivateInfos` must hold.
    pub required_private_info: Option<&'static str>,
    /// The key of `permission` in app.json whose `desc` is required.
    pub permission: Option<&'static str>,
    /// Whether official pages name that key; if not, its absence is no certain fault.
    #[serde(default = "yes")]
    pub permission_verified: bool,
    /// The mode that `requiredBackgroundModes` must hold.
    pub background_mode: Option<&'static str>,
    /// The group that excludes the other in one program.
    pub exclusive_group: Option<ExclusiveGroup>,
    /// Whether `gates.json` lists the categories that may use it.
    #[serde(default)]
    pub category_gate: bool,
    /// What the console must grant.
    pub console_gate: Option<ConsoleGate>,
    /// Set when it should no longer be used.
    pub withdrawn: Option<Withdrawal>,
    /// Sensitivity of what it yields; absent where it yields nothing about a person.
    pub sensitivity: Option<Sensitivity>,
    /// What that depends on.
    pub sensitivity_note: Option<Phrase>,
    /// Use in plugins; absent where nothing is stated.
    pub plugin: Option<Plugin>,
    /// The first base library that has it.
    pub base_library: Option<&'static str>,
    /// Whether it returns a promise when no callback is passed; absent where nothing is stated.
    pub promise: Option<bool>,
    /// How the user is asked.
    pub consent_ui: Option<ConsentUi>,
    /// Its part in asking for consent.
    pub consent_role: Option<ConsentRole>,
    /// The row of the open type that the same button may have, too:
    /// `open-type="getPhoneNumber|agreePrivacyAuthorization"`.
    pub joins: Option<&'static str>,
    /// The registered list that its address is checked against: a field of `lists.json`.
    pub list: Option<&'static str>,
    /// Where the address stands: a property of the argument object, or an attribute of the
    /// component.
    pub url_argument: Option<&'static str>,
    /// A short noun phrase.
    pub label: Phrase,
    /// What else a developer should know.
    pub note: Option<Phrase>,
    /// Where the facts come from: addresses, or titles of documents.
    #[serde(borrow)]
    pub source: Vec<&'static str>,
}

fn yes() -> bool {
    true
}

impl Interface {
    /// Whether uses belong in the inventory.
    pub fn in_inventory(&self) -> bool {
        self.kind.is_some() && self.tier != Tier::Incidental
    }
}
