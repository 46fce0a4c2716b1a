//! What a use triggers: duties of the platform and of the law, and to which rows each applies.
//!
//! A duty applies to a row when one of its conditions holds or when it names the row. The
//! vocabulary of conditions is kept tiny on purpose; a duty that fits none of them names its
//! interfaces.

use std::sync::LazyLock;

use serde::Deserialize;

use super::admission::{ConsoleGate, ExclusiveGroup};
use super::row::{Interface, Kind, Payment, Sensitivity, Tier};
use super::{Phrase, ScopeStatus, domain_list, table};

static ROWS: LazyLock<Vec<Duty>> = LazyLock::new(|| table::parse(include_str!("duties.json")));

/// Who makes the duty felt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Enforcement {
    /// The platform: a call fails or a version is not accepted.
    Platform,
    /// The law alone: nothing fails, authorities may act.
    Law,
}

/// A property of a row that makes a duty apply.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Condition {
    /// An official privacy table lists it.
    InPrivacyTable,
    /// It asks for an authorisation that still exists.
    Scope,
    /// It yields personal information plainly: location or user data that is more than incidental.
    Personal,
    /// The same, and the information is or can become sensitive.
    Sensitive,
    /// It must be named in `requiredPrivateInfos`.
    PrivateInfo,
    /// It belongs to one of the two groups that exclude each other.
    ExclusiveGroup,
    /// It belongs to the precise one of them.
    PreciseLocation,
    /// It needs a purpose in `permission`.
    Permission,
    /// It needs a mode in `requiredBackgroundModes`.
    BackgroundMode,
    /// The console asks for an application.
    Application,
    /// The console asks for a category.
    CategoryApproval,
    /// The console asks for a linked official account.
    LinkedAccount,
    /// The console asks for a payment product.
    PaymentProduct,
    /// The console asks for a scenario.
    ScenarioApproval,
    /// The console asks for a permission of one business scenario.
    ScenarioPermission,
    /// The console asks for a verified account.
    VerifiedEntity,
    /// The user pays through it.
    UserPays,
    /// Its address is checked against an enforced list of server domains.
    ServerDomain,
    /// Its address is checked against the business domains.
    BusinessDomain,
}

impl Condition {
    /// Whether it holds for the row.
    pub fn holds(self, row: &Interface) -> bool {
        let list = row.list.and_then(domain_list);
        match self {
            Self::InPrivacyTable => row.table.is_some(),
            Self::Scope => {
                let gone = [Some(ScopeStatus::Cancelled), Some(ScopeStatus::Withdrawn)];
                !row.scopes.is_empty() && !gone.contains(&row.scope_status)
            }
            Self::Personal => {
                row.sensitivity.is_some()
                    && row.tier != Tier::Incidental
                    && matches!(row.kind, Some(Kind::Location | Kind::UserData))
            }
            Self::Sensitive => {
                Self::Personal.holds(row)
                    && matches!(
                        row.sensitivity,
                        Some(Sensitivity::Conditional | Sensitivity::Sensitive)
                    )
            }
            Self::PrivateInfo => row.required_private_info.is_some(),
            Self::ExclusiveGroup => row.exclusive_group.is_some(),
            Self::PreciseLocation => row.exclusive_group == Some(ExclusiveGroup::Precise),
            Self::Permission => row.permission.is_some(),
            Self::BackgroundMode => row.background_mode.is_some(),
            Self::Application => row.console_gate == Some(ConsoleGate::Application),
            Self::CategoryApproval => row.console_gate == Some(ConsoleGate::CategoryApproval),
            Self::LinkedAccount => row.console_gate == Some(ConsoleGate::LinkedAccount),
            Self::PaymentProduct => row.console_gate == Some(ConsoleGate::Product),
            Self::ScenarioApproval => row.console_gate == Some(ConsoleGate::ScenarioApproval),
            Self::ScenarioPermission => row.console_gate == Some(ConsoleGate::ScenarioPermission),
            Self::VerifiedEntity => row.console_gate == Some(ConsoleGate::VerifiedEntity),
            Self::UserPays => row.payment.is_some_and(Payment::user_pays),
            Self::ServerDomain => list.is_some_and(|list| list.enforced && !list.subdomains),
            Self::BusinessDomain => list.is_some_and(|list| list.enforced && list.subdomains),
        }
    }
}

/// One duty.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Duty {
    /// The key, kebab-case.
    pub id: &'static str,
    /// It applies where any of these holds …
    #[serde(default)]
    pub applies: Vec<Condition>,
    /// … and to the rows of these names.
    #[serde(default, borrow)]
    pub interfaces: Vec<&'static str>,
    /// Interfaces whose use shows that a program deals with the duty.
    #[serde(default, borrow)]
    pub evidence: Vec<&'static str>,
    /// Who makes it felt.
    pub enforcement: Enforcement,
    /// A short noun phrase.
    pub title: Phrase,
    /// What to do and what happens otherwise.
    pub text: Phrase,
    /// The article or the platform document.
    pub basis: Phrase,
    /// Where the facts come from.
    #[serde(borrow)]
    pub source: Vec<&'static str>,
}

impl Duty {
    /// Whether a use of the row triggers it.
    pub fn applies_to(&self, row: &Interface) -> bool {
        self.interfaces.contains(&row.name)
            || self.applies.iter().any(|condition| condition.holds(row))
    }
}

/// All duties, sorted by id.
pub fn duties() -> &'static [Duty] {
    &ROWS
}

/// The duty of that id. O(log n).
pub fn duty(id: &str) -> Option<&'static Duty> {
    table::find(&ROWS, |row| row.id, &[id])
}

/// The duties that a use of the row triggers, sorted by id.
pub fn duties_of(row: &Interface) -> impl Iterator<Item = &'static Duty> {
    ROWS.iter().filter(move |duty| duty.applies_to(row))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::interface;

    fn ids(name: &str) -> Vec<&'static str> {
        interface(name).map(|row| duties_of(row).map(|duty| duty.id).collect()).unwrap_or_default()
    }

    #[test]
    fn a_precise_position_triggers_everything_about_location() {
        assert_eq!(
            ids("wx.getLocation"),
            [
                "category-approval",
                "coarse-location",
                "consent",
                "exclusive-location",
                "guide-consent",
                "guide-declaration",
                "impact-assessment",
                "minimum-necessary",
                "permission-desc",
                "required-private-infos",
                "scope-authorisation",
                "separate-consent"
            ]
        );
    }

    #[test]
    fn a_cancelled_scope_is_no_duty() {
        assert!(!ids("wx.chooseAddress").contains(&"scope-authorisation"));
    }

    #[test]
    fn a_device_permission_needs_the_guide_but_no_legal_consent() {
        assert_eq!(
            ids("wx.saveImageToPhotosAlbum"),
            ["guide-consent", "guide-declaration", "scope-authorisation"]
        );
    }

    #[test]
    fn network_and_payment_have_their_own() {
        assert_eq!(ids("wx.request"), ["host-filing", "server-domain"]);
        assert_eq!(ids("UDPSocket.send"), Vec::<&str>::new());
        assert_eq!(ids("component web-view"), ["business-domain", "host-filing"]);
        assert_eq!(
            ids("wx.requestPayment"),
            [
                "commerce-model",
                "merchant-account",
                "payment-notice",
                "payment-signature",
                "virtual-goods"
            ]
        );
        assert_eq!(ids("wx.login"), ["account-deletion"]);
    }
}
