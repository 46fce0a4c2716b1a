//! Where providers' hosts stand, and which rule the export of personal information falls under.
//!
//! A top-level domain says nothing about a place and is no row. Of a provider with regions the
//! label before its suffix decides: `cn-hongkong` begins like a mainland region and is none.

use std::sync::LazyLock;

use serde::Deserialize;

use super::{Phrase, table};

static ROWS: LazyLock<Vec<HostRegion>> =
    LazyLock::new(|| table::parse(include_str!("host_regions.json")));
static PATHS: LazyLock<Vec<ExportPath>> =
    LazyLock::new(|| table::parse(include_str!("crossborder.json")));

/// A side of the border.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// Mainland China.
    Mainland,
    /// Anywhere else; Hong Kong, Macau and Taiwan count as outside for the export of data.
    Overseas,
}

/// How sure a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Confidence {
    /// Known.
    High,
    /// Very likely.
    Medium,
}

/// The hosts of one provider.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HostRegion {
    /// The domain that its hosts end in.
    pub suffix: &'static str,
    /// Whether only the domain itself is meant, none below it.
    #[serde(default)]
    pub exact: bool,
    /// Regions in the label before the suffix; one that ends in `-` is a beginning.
    #[serde(default, borrow)]
    pub tokens: Vec<&'static str>,
    /// The provider.
    pub provider: &'static str,
    /// Where they stand.
    pub region: Side,
    /// How sure that is.
    pub confidence: Confidence,
    /// What it is for.
    pub kind: &'static str,
    /// The provider's counterpart on the mainland.
    pub instead: Option<&'static str>,
    /// Where the facts come from.
    #[serde(borrow)]
    pub source: Vec<&'static str>,
}

/// What the export of personal information asks for at a certain volume.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExportPath {
    /// Its key.
    pub id: &'static str,
    /// From so many people on …
    pub from_people: u64,
    /// … or from so many people with sensitive information on.
    pub from_sensitive: u64,
    /// What is asked for.
    pub path: Phrase,
    /// The volume in words.
    pub applies: Phrase,
    /// Where the facts come from.
    #[serde(borrow)]
    pub source: Vec<&'static str>,
}

impl HostRegion {
    fn means(&self, host: &str) -> bool {
        if host == self.suffix {
            return self.tokens.is_empty();
        }
        let Some(before) = host.strip_suffix(self.suffix).and_then(|head| head.strip_suffix('.'))
        else {
            return false;
        };
        let label = before.rsplit('.').next().unwrap_or_default();
        let says = |token: &&str| match token.strip_suffix('-') {
            Some(_) => label.starts_with(token) || label.contains(&format!("-{token}")),
            None => label == *token || label.ends_with(&format!("-{token}")),
        };
        !self.exact && (self.tokens.is_empty() || self.tokens.iter().any(says))
    }
}

/// All rows, sorted by suffix and regions.
pub fn host_regions() -> &'static [HostRegion] {
    &ROWS
}

/// The row of a host in lower case: of those that mean it the longest suffix. O(n).
pub fn host_region(host: &str) -> Option<&'static HostRegion> {
    ROWS.iter().filter(|row| row.means(host)).max_by_key(|row| row.suffix.len())
}

/// The ways in which personal information may leave the mainland, the strictest first.
pub fn export_paths() -> &'static [ExportPath] {
    &PATHS
}

/// The way for a volume.
pub fn export_path(people: u64, sensitive: u64) -> Option<&'static ExportPath> {
    PATHS
        .iter()
        .find(|path| people >= path.from_people.max(1) || sensitive >= path.from_sensitive.max(1))
        .or_else(|| PATHS.last())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regions_are_read_not_guessed() {
        for (host, expected) in [
            ("abc.supabase.co", Some(Side::Overseas)),
            ("api.openai.com", Some(Side::Overseas)),
            ("my.api.openai.com", None),
            ("s3.cn-northwest-1.amazonaws.com.cn", Some(Side::Mainland)),
            ("s3.us-east-1.amazonaws.com", Some(Side::Overseas)),
            ("img.oss-cn-hongkong.aliyuncs.com", Some(Side::Overseas)),
            ("img.oss-cn-hangzhou.aliyuncs.com", None),
            ("us-shop.oss-cn-hangzhou.aliyuncs.com", None),
            ("img.oss-ap-southeast-1.aliyuncs.com", Some(Side::Overseas)),
            ("a.cos.ap-guangzhou.myqcloud.com", None),
            ("a.cos.ap-hongkong.myqcloud.com", Some(Side::Overseas)),
            ("obs.cn-hk-1.myhuaweicloud.com", Some(Side::Overseas)),
            ("api.example.com", None),
            ("aliyuncs.com", None),
            ("xgithub.io", None),
        ] {
            assert_eq!(host_region(host).map(|row| row.region), expected, "{host}");
        }
    }

    #[test]
    fn the_path_follows_the_volume() {
        for (people, sensitive, expected) in [
            (0, 0, "exempt"),
            (99_999, 0, "exempt"),
            (100_000, 0, "contract"),
            (10, 1, "contract"),
            (10, 10_000, "assessment"),
            (1_000_000, 0, "assessment"),
        ] {
            assert_eq!(
                export_path(people, sensitive).map(|path| path.id),
                Some(expected),
                "{people} {sensitive}"
            );
        }
    }
}
