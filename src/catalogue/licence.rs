//! Licences, filings and permissions: what a capability of a program asks for, who issues it and on
//! which law.
//!
//! Every row says whether WeChat itself demands it or the law alone, because most licences that the
//! law asks for are never checked by the platform.

use std::sync::LazyLock;

use serde::Deserialize;

use super::{Phrase, table};

static ROWS: LazyLock<Vec<Licence>> = LazyLock::new(|| table::parse(include_str!("licences.json")));

/// Who makes a licence felt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EnforcedBy {
    /// WeChat: without it something fails or is not published.
    Platform,
    /// WeChat in some categories, the law in all.
    Partly,
    /// The law alone.
    Law,
}

impl EnforcedBy {
    /// The word in reports for programs.
    pub fn name(self) -> &'static str {
        match self {
            Self::Platform => "platform",
            Self::Partly => "partly",
            Self::Law => "law",
        }
    }

    /// The words in reports.
    pub fn phrase(self) -> Phrase {
        match self {
            Self::Platform => Phrase { en: "enforced by WeChat", zh: "微信平台执行" },
            Self::Partly => Phrase { en: "enforced by WeChat in part", zh: "微信部分执行" },
            Self::Law => Phrase { en: "law only", zh: "仅法律要求" },
        }
    }
}

/// What a team declares to hold it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HeldBy {
    /// A licence of that id.
    Licence,
    /// The filing of the mini-program.
    Filing,
    /// A service category that opens it.
    Category,
    /// The kind of the entity, and its verification.
    Entity,
    /// The list of registered domains.
    Domains,
    /// Nothing that could be declared: the code itself meets it or not.
    Nothing,
}

/// The kinds of entity that an account belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EntityKind {
    /// A company or another organisation of the mainland.
    Company,
    /// A natural person.
    Individual,
    /// A company from elsewhere.
    Overseas,
    /// A public body.
    Government,
    /// Another company publishes it.
    ViaPartner,
}

impl EntityKind {
    /// The word in the settings.
    pub fn name(self) -> &'static str {
        match self {
            Self::Company => "company",
            Self::Individual => "individual",
            Self::Overseas => "overseas",
            Self::Government => "government",
            Self::ViaPartner => "via-partner",
        }
    }

    /// The kind of that word.
    pub fn of_name(name: &str) -> Option<Self> {
        [Self::Company, Self::Individual, Self::Overseas, Self::Government, Self::ViaPartner]
            .into_iter()
            .find(|kind| kind.name() == name)
    }

    /// What it is called in a sentence.
    pub fn phrase(self) -> Phrase {
        match self {
            Self::Company => Phrase { en: "a company", zh: "企业主体" },
            Self::Individual => Phrase { en: "an individual", zh: "个人主体" },
            Self::Overseas => Phrase { en: "an overseas entity", zh: "境外主体" },
            Self::Government => Phrase { en: "a public body", zh: "政府主体" },
            Self::ViaPartner => Phrase { en: "a partner's company", zh: "合作方主体" },
        }
    }
}

/// What one capability asks for.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Licence {
    /// Its key, as in `licences` of the settings.
    pub id: &'static str,
    /// What a program does that asks for it: a noun phrase.
    pub capability: Phrase,
    /// The licence, filing or permission.
    pub licence: Phrase,
    /// Who issues it; of provinces and cities indicative only.
    pub issuer: Phrase,
    /// The law, or the rule of the platform.
    pub basis: Phrase,
    /// Who makes it felt …
    pub enforcement: EnforcedBy,
    /// … and how.
    pub enforced: Phrase,
    /// What a team declares to hold it.
    pub held: HeldBy,
    /// The kinds of entity that cannot have it.
    #[serde(default)]
    pub closed_to: Vec<EntityKind>,
    /// The service categories that it goes with, `first/second`; `first/*` for all below.
    #[serde(default, borrow)]
    pub categories: Vec<&'static str>,
    /// The interfaces whose use alone shows the capability.
    #[serde(default, borrow)]
    pub interfaces: Vec<&'static str>,
    /// Where the facts come from.
    #[serde(borrow)]
    pub source: Vec<&'static str>,
}

impl Licence {
    /// Issuer and basis, to stand at the end of a sentence.
    pub fn issuer_and_basis(&self) -> crate::finding::Phrase {
        crate::finding::Phrase::new(
            format!("Issued by: {}. Basis: {}.", self.issuer.en, self.basis.en),
            format!("主管机关：{}。依据：{}。", self.issuer.zh, self.basis.zh),
        )
    }

    /// How it is enforced, as a sentence.
    pub fn enforcement_sentence(&self) -> crate::finding::Phrase {
        let mut letters = self.enforced.en.chars();
        let en: String =
            letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
        crate::finding::Phrase::new(format!("{en}."), format!("{}。", self.enforced.zh))
    }
}

/// All rows, sorted by id.
pub fn licences() -> &'static [Licence] {
    &ROWS
}

/// The row of that id. O(log n).
pub fn licence(id: &str) -> Option<&'static Licence> {
    table::find(&ROWS, |row| row.id, &[id])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::{gates_of, interface};

    #[test]
    fn interfaces_exist_and_gated_ones_have_gates() {
        for row in licences() {
            for name in &row.interfaces {
                assert!(interface(name).is_some(), "{}: {name}", row.id);
                assert_eq!(row.held == HeldBy::Category, !gates_of(name).is_empty(), "{name}");
            }
        }
        assert_eq!(licence("telecom.edi").map(|row| row.held), Some(HeldBy::Licence));
        assert_eq!(licence("telecom"), None);
    }

    #[test]
    fn kinds_of_entity_are_read_as_written() {
        for name in ["company", "individual", "overseas", "government", "via-partner"] {
            assert_eq!(EntityKind::of_name(name).map(EntityKind::name), Some(name));
        }
        assert_eq!(EntityKind::of_name("person"), None);
    }
}
