//! What a team declares about itself: entity, filing, categories, licences, how it sells, where it
//! is hosted. None of it stands in the source of a program, so nothing here is ever guessed – what
//! is not declared is `None`.

use super::shape::{Choice, Item, Key, Shape, Value};
use super::table::optional;
use crate::catalogue::EntityKind;
use crate::finding::Place;
use crate::path::FilePath;

/// Whose account it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entity {
    /// The kind.
    pub kind: EntityKind,
    /// Whether WeChat has verified it, where that is said.
    pub verified: Option<bool>,
}

/// The ICP filing of the mini-program.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filing {
    /// Its number; empty where it is not said.
    pub number: String,
    /// The name that was filed.
    pub name: Option<String>,
}

/// A text of a list, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Declared {
    /// The text.
    pub text: String,
    /// Its place in the settings file.
    pub place: Place,
}

/// A licence that the team holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldLicence {
    /// The id in the catalogue.
    pub id: String,
    /// Its number, where it is said.
    pub number: Option<String>,
    /// The entry in the settings file.
    pub place: Place,
}

/// How the program sells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Commerce {
    /// Goods or services of its own.
    SelfOperated,
    /// Information, memberships, content.
    PaidInformation,
    /// Those of other merchants.
    Marketplace,
    /// Coins, unlocks, subscriptions: what is used inside WeChat.
    VirtualGoods,
}

/// Where the servers stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hosting {
    /// In mainland China.
    Mainland,
    /// Elsewhere.
    Overseas,
}

/// Whom the program is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Adults.
    Adults,
    /// Everybody.
    All,
    /// Children or minors.
    Minors,
}

/// How many people's information leaves the mainland in a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Volume {
    /// All people.
    pub people: Option<u64>,
    /// Those whose sensitive information it is.
    pub sensitive: Option<u64>,
}

impl Commerce {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 4] =
        [Self::SelfOperated, Self::PaidInformation, Self::Marketplace, Self::VirtualGoods];

    /// The word in the settings file.
    pub fn name(self) -> &'static str {
        match self {
            Self::SelfOperated => "self-operated",
            Self::PaidInformation => "paid-information",
            Self::Marketplace => "marketplace",
            Self::VirtualGoods => "virtual-goods",
        }
    }
}

impl Filing {
    /// Whether a number is said, and it is not the placeholder of a fix or of the template.
    pub fn is_recorded(&self) -> bool {
        let digits: Vec<char> = self.number.chars().filter(char::is_ascii_digit).collect();
        digits.len() > 4 && digits.iter().filter(|digit| **digit != '0').count() > 2
    }
}

/// The words of `entity.kind`.
const KINDS: &[Choice] = &[
    Choice {
        word: "company",
        summary: ["A company or organisation of mainland China", "中国大陆的企业或其他组织"],
    },
    Choice { word: "individual", summary: ["A natural person", "个人"] },
    Choice { word: "overseas", summary: ["A company from outside mainland China", "境外企业"] },
    Choice { word: "government", summary: ["A public body", "政府机关等公共机构"] },
    Choice {
        word: "via-partner",
        summary: ["A partner's company publishes it", "由合作方主体发布"],
    },
];

/// The keys of `entity`.
pub(super) const ENTITY: &[Key] = &[
    Key {
        name: "kind",
        required: true,
        shape: Shape::Choice(KINDS),
        summary: [
            "Whose account it is: licences and interfaces open to a kind of entity, not to a program",
            "账号的主体类型：资质与接口按主体类型开放",
        ],
    },
    optional(
        "verified",
        Shape::Flag,
        ["Whether the account has passed WeChat verification", "是否已通过微信认证"],
    ),
];

/// The keys of `filing`.
pub(super) const FILING: &[Key] = &[
    optional(
        "number",
        Shape::Text,
        ["The filing number of the mini-program, which ends in X", "小程序备案号，以 X 结尾"],
    ),
    optional("name", Shape::Text, ["The name that was filed", "备案的小程序名称"]),
];

/// The keys of an entry of `licences`.
pub(super) const LICENCE: &[Key] = &[
    Key {
        name: "id",
        required: true,
        shape: Shape::Licence,
        summary: ["Which licence it is", "资质的 id"],
    },
    optional("number", Shape::Text, ["Its number", "资质编号"]),
];

/// The words of `commerce`.
pub(super) const COMMERCE: &[Choice] = &[
    Choice {
        word: "self-operated", summary: ["Goods or services of your own", "自营商品或服务"]
    },
    Choice {
        word: "paid-information",
        summary: ["Information, memberships or content for payment", "有偿信息、会员或付费内容"],
    },
    Choice {
        word: "marketplace",
        summary: ["Other merchants sell through it", "其他商户在其中经营的平台"],
    },
    Choice {
        word: "virtual-goods",
        summary: ["Coins, unlocks, subscriptions and the like", "虚拟币、解锁、订阅等虚拟商品"],
    },
];

/// The words of `hosting`.
pub(super) const HOSTING: &[Choice] = &[
    Choice { word: "mainland", summary: ["In mainland China", "中国大陆"] },
    Choice { word: "overseas", summary: ["Outside mainland China", "境外"] },
];

/// The words of `audience`.
pub(super) const AUDIENCE: &[Choice] = &[
    Choice { word: "adults", summary: ["Adults", "成年人"] },
    Choice { word: "all", summary: ["Everybody", "所有人"] },
    Choice { word: "minors", summary: ["Children or minors", "儿童或未成年人"] },
];

/// The keys of `volume`.
pub(super) const VOLUME: &[Key] = &[
    optional(
        "people",
        Shape::Count,
        [
            "How many people's information leaves mainland China since 1 January",
            "自当年 1 月 1 日起向境外提供个人信息的人数",
        ],
    ),
    optional(
        "sensitive",
        Shape::Count,
        [
            "How many people's sensitive information leaves it since 1 January",
            "自当年 1 月 1 日起向境外提供敏感个人信息的人数",
        ],
    ),
];

pub(super) fn entity(value: Value) -> Option<Entity> {
    let Value::Object(fields) = value else { return None };
    let Some(Value::Word(kind)) = fields.get("kind") else { return None };
    let verified = match fields.get("verified") {
        Some(Value::Flag(flag)) => Some(*flag),
        _ => None,
    };
    Some(Entity { kind: EntityKind::of_name(kind)?, verified })
}

pub(super) fn filing(value: Value) -> Option<Filing> {
    let Value::Object(mut fields) = value else { return None };
    let number = text(fields.remove("number")).unwrap_or_default();
    Some(Filing { number, name: text(fields.remove("name")) })
}

pub(super) fn texts(file: &FilePath, value: Value) -> Option<Vec<Declared>> {
    let Value::List(items) = value else { return None };
    let one = |item: Item| {
        let place = Place::new(file, item.span);
        text(Some(item.value)).map(|text| Declared { text, place })
    };
    Some(items.into_iter().filter_map(one).collect())
}

pub(super) fn licences(file: &FilePath, value: Value) -> Option<Vec<HeldLicence>> {
    let Value::List(items) = value else { return None };
    let one = |item: Item| {
        let Value::Object(mut fields) = item.value else { return None };
        let id = text(fields.remove("id"))?;
        let place = Place::new(file, item.span);
        Some(HeldLicence { id, number: text(fields.remove("number")), place })
    };
    Some(items.into_iter().filter_map(one).collect())
}

pub(super) fn commerce(value: &Value) -> Option<Commerce> {
    let Value::Word(word) = value else { return None };
    Commerce::ALL.into_iter().find(|model| model.name() == *word)
}

pub(super) fn hosting(value: &Value) -> Option<Hosting> {
    match value {
        Value::Word("mainland") => Some(Hosting::Mainland),
        Value::Word("overseas") => Some(Hosting::Overseas),
        _ => None,
    }
}

pub(super) fn audience(value: &Value) -> Option<Audience> {
    match value {
        Value::Word("adults") => Some(Audience::Adults),
        Value::Word("all") => Some(Audience::All),
        Value::Word("minors") => Some(Audience::Minors),
        _ => None,
    }
}

pub(super) fn volume(value: &Value) -> Option<Volume> {
    let Value::Object(fields) = value else { return None };
    let count = |key| match fields.get(key) {
        Some(Value::Count(count)) => Some(*count),
        _ => None,
    };
    Some(Volume { people: count("people"), sensitive: count("sensitive") })
}

fn text(value: Option<Value>) -> Option<String> {
    if let Some(Value::Text(text)) = value { Some(text) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::manifest;
    use crate::settings::Settings;

    fn read(source: &str) -> (Settings, Vec<String>) {
        let file = FilePath::new("miniguard.json").unwrap();
        let (settings, problems) = Settings::read(&file, &manifest::read(source), &[]);
        let said = problems.iter().map(|it| format!("{} {}", it.message.en, it.help.en)).collect();
        (settings, said)
    }

    #[test]
    fn a_team_declares_what_no_source_shows() {
        let (settings, problems) = read(
            r#"{
                "entity": { "kind": "via-partner", "verified": true },
                "filing": { "number": "粤ICP备12345678号-3X", "name": "茶铺" },
                "categories": ["商家自营/食品饮料", "工具/明天的新类目", "物流服务/收件/派件"],
                "licences": [{ "id": "telecom.edi", "number": "粤B2-1" }, { "id": "food" }],
                "commerce": "marketplace",
                "hosting": "overseas",
                "volume": { "people": 50000 },
                "audience": "minors"
            }"#,
        );
        assert_eq!(problems, Vec::<String>::new());
        let entity = Entity { kind: EntityKind::ViaPartner, verified: Some(true) };
        assert_eq!(settings.entity, Some(entity));
        assert_eq!(settings.filing.as_ref().and_then(|it| it.name.as_deref()), Some("茶铺"));
        assert_eq!(settings.categories.as_ref().map(Vec::len), Some(3));
        assert_eq!(
            settings.holds("telecom.edi").and_then(|it| it.number.as_deref()),
            Some("粤B2-1")
        );
        assert!(settings.holds("food").is_some() && settings.holds("news").is_none());
        assert_eq!(settings.commerce, Some(Commerce::Marketplace));
        assert_eq!(settings.hosting, Some(Hosting::Overseas));
        assert_eq!(settings.volume, Some(Volume { people: Some(50_000), sensitive: None }));
        assert_eq!(settings.audience, Some(Audience::Minors));
    }

    #[test]
    fn a_slip_is_named_and_left_out() {
        for (source, said) in [
            (r#"{ "entity": { "kind": "compny" } }"#, "Did you mean `company`?"),
            (r#"{ "licences": [{ "id": "telecom.edl" }] }"#, "Did you mean `telecom.edi`?"),
            (r#"{ "licences": [{ "id": "zzz" }] }"#, "The ids are `ai`,"),
            (r#"{ "categories": ["商家自营/食品饮枓"] }"#, "Did you mean `商家自营/食品饮料`?"),
            (r#"{ "categories": ["深度合成"] }"#, "Below 深度合成 there are 深度合成/AI创作"),
            (r#"{ "categories": ["Tools"] }"#, "Write the first and the second level"),
            (r#"{ "commerce": "shop" }"#, "It must be \"self-operated\" or"),
            (r#"{ "audience": true }"#, "It must be \"adults\" or"),
        ] {
            let (settings, problems) = read(source);
            assert_eq!(problems.len(), 1, "{source}");
            assert!(problems[0].contains(said), "{source}: {problems:?}");
            let held = settings.licences.unwrap_or_default().len();
            let categories = settings.categories.unwrap_or_default().len();
            assert_eq!((settings.entity, held, categories), (None, 0, 0), "{source}");
        }
    }

    #[test]
    fn a_placeholder_records_nothing() {
        for (number, recorded) in [
            ("粤ICP备12345678号-3X", true),
            ("粤B2-20090059-1626X", true),
            ("京ICP备00000000号-1X", false),
            ("京ICP备", false),
            ("", false),
        ] {
            let filing = Filing { number: number.to_owned(), ..Filing::default() };
            assert_eq!(filing.is_recorded(), recorded, "{number}");
        }
    }
}
