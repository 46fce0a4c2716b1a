//! Every key of `miniguard.json`. A setting is one row here and one field of [`Settings`]; reading,
//! did-you-mean, schema, `init` and the reference follow from the row.

use super::shape::{Choice, Item, Key, Shape, Value};
use super::{Ignore, Settings, declared};
use crate::finding::{Language, Place};
use crate::path::FilePath;

/// A setting.
#[derive(Debug)]
pub(super) struct Setting {
    /// Its key and what the value may be.
    pub(super) key: Key,
    /// A value as it may stand in the file.
    pub(super) example: &'static str,
    /// Puts a value of its shape into the settings. The path is the settings file's.
    pub(super) store: fn(&mut Settings, &FilePath, Value),
}

/// The settings, in the order in which a newcomer meets them.
pub(super) const SETTINGS: &[Setting] = &[
    Setting {
        key: optional(
            "$schema",
            Shape::Text,
            [
                "The JSON Schema by which an editor completes this file; the npm package brings it along, and the VS Code extension needs none",
                "供编辑器补全本文件的 JSON Schema；npm 包中自带，使用 VS Code 扩展时无需填写",
            ],
        ),
        example: "\"./node_modules/miniguard/schemas/miniguard.schema.json\"",
        store: |_, _, _| {},
    },
    Setting {
        key: optional(
            "language",
            Shape::Choice(&[
                Choice { word: "en", summary: ["English", "英文"] },
                Choice { word: "zh", summary: ["Simplified Chinese", "简体中文"] },
            ]),
            [
                "Language of messages; by default that of the editor or the terminal",
                "报告语言；默认跟随编辑器或终端",
            ],
        ),
        example: "\"zh\"",
        store: |settings, _, value| {
            if let Value::Word(word) = value {
                settings.language = Some(Language::of_locale(word));
            }
        },
    },
    Setting {
        key: optional(
            "rules",
            Shape::Levels,
            ["Level of each rule, or `off`", "各规则的级别；`off` 为关闭"],
        ),
        example: "{ \"regulated-interface\": \"hint\" }",
        store: |settings, _, value| {
            if let Value::Levels(levels) = value {
                settings.rules = levels;
            }
        },
    },
    Setting {
        key: optional(
            "exclude",
            Shape::List(&Shape::Pattern),
            [
                "Files and folders that are not checked: glob patterns, relative to this file",
                "不检查的文件和文件夹：相对于本文件的 glob 模式",
            ],
        ),
        example: "[\"vendor\", \"**/*.min.js\"]",
        store: |settings, _, value| {
            if let Value::List(items) = value {
                let pattern =
                    |item: Item| if let Value::Pattern(it) = item.value { Some(it) } else { None };
                settings.exclude = items.into_iter().filter_map(pattern).collect();
            }
        },
    },
    Setting {
        key: optional(
            "domains",
            Shape::Path,
            [
                "List of registered domains; by default `server-domains.json` beside project.config.json",
                "已配置的服务器域名列表；默认为 project.config.json 旁的 `server-domains.json`",
            ],
        ),
        example: "\"server-domains.json\"",
        store: |settings, _, value| settings.domains = path(value),
    },
    Setting {
        key: optional(
            "domainsMaxAge",
            Shape::Count,
            [
                "Days after which the list of registered domains (its `fetched_at`) is reported as old; by default never",
                "域名列表（以其 `fetched_at` 为准）超过多少天提示更新；默认不提示",
            ],
        ),
        example: "180",
        store: |settings, _, value| {
            if let Value::Count(days) = value {
                settings.domains_max_age = Some(days);
            }
        },
    },
    Setting {
        key: optional(
            "privacyGuide",
            Shape::Path,
            [
                "Checked-in privacy guide: the answer of getprivacysetting; by default `privacy-guide.json` beside project.config.json",
                "已保存的《用户隐私保护指引》（getprivacysetting 的返回）；默认为 project.config.json 旁的 `privacy-guide.json`",
            ],
        ),
        example: "\"privacy-guide.json\"",
        store: |settings, _, value| settings.privacy_guide = path(value),
    },
    Setting {
        key: optional(
            "entity",
            Shape::Object(declared::ENTITY),
            [
                "Whose account the mini-program is; many licences and interfaces open to some kinds of entity only",
                "小程序账号的主体；许多资质和接口仅对部分主体类型开放",
            ],
        ),
        example: "{ \"kind\": \"company\", \"verified\": true }",
        store: |settings, _, value| settings.entity = declared::entity(value),
    },
    Setting {
        key: optional(
            "filing",
            Shape::Object(declared::FILING),
            ["The ICP filing of the mini-program", "小程序的 ICP 备案"],
        ),
        example: "{ \"number\": \"京ICP备00000000号-1X\", \"name\": \"示例小程序\" }",
        store: |settings, _, value| settings.filing = declared::filing(value),
    },
    Setting {
        key: optional(
            "categories",
            Shape::List(&Shape::Category),
            ["The service categories chosen in the console", "管理后台所选的服务类目"],
        ),
        example: "[\"商家自营/食品饮料\"]",
        store: |settings, file, value| settings.categories = declared::texts(file, value),
    },
    Setting {
        key: optional(
            "licences",
            Shape::List(&Shape::Object(declared::LICENCE)),
            [
                "The licences that the entity holds; an empty list says that it holds none",
                "主体已取得的资质；空列表表示没有",
            ],
        ),
        example: "[{ \"id\": \"telecom.edi\", \"number\": \"京B2-20250001\" }]",
        store: |settings, file, value| settings.licences = declared::licences(file, value),
    },
    Setting {
        key: optional(
            "commerce",
            Shape::Choice(declared::COMMERCE),
            ["What is sold, and by whom: licences follow from it", "经营模式：所需资质由此而定"],
        ),
        example: "\"self-operated\"",
        store: |settings, _, value| settings.commerce = declared::commerce(&value),
    },
    Setting {
        key: optional(
            "hosting",
            Shape::Choice(declared::HOSTING),
            ["Where the servers stand", "服务器所在地"],
        ),
        example: "\"mainland\"",
        store: |settings, _, value| settings.hosting = declared::hosting(&value),
    },
    Setting {
        key: optional(
            "volume",
            Shape::Object(declared::VOLUME),
            [
                "How many people's information leaves mainland China in a year: the cross-border rules go by it",
                "每年向境外提供个人信息的人数：数据出境规则据此适用",
            ],
        ),
        example: "{ \"people\": 50000, \"sensitive\": 0 }",
        store: |settings, _, value| settings.volume = declared::volume(&value),
    },
    Setting {
        key: optional(
            "audience",
            Shape::Choice(declared::AUDIENCE),
            ["Whom the mini-program is for", "小程序的服务对象"],
        ),
        example: "\"adults\"",
        store: |settings, _, value| settings.audience = declared::audience(&value),
    },
    Setting {
        key: optional(
            "baseline",
            Shape::Path,
            [
                "Baseline of known findings, written by `miniguard check --write-baseline`",
                "已知问题的基线文件，由 `miniguard check --write-baseline` 生成",
            ],
        ),
        example: "\"miniguard-baseline.json\"",
        store: |settings, _, value| settings.baseline = path(value),
    },
    Setting {
        key: optional(
            "ignore",
            Shape::List(&Shape::Object(IGNORE)),
            [
                "Findings that are not shown, each with its reason; in scripts and templates a comment does the same",
                "不再显示的问题，须写明原因；脚本和模板中可用注释代替",
            ],
        ),
        example: "[{ \"rule\": \"domain-check-disabled\", \"file\": \"project.config.json\", \"reason\": \"local mock server\" }]",
        store: |settings, file, value| {
            if let Value::List(items) = value {
                settings.ignore = items.into_iter().filter_map(|item| ignore(file, item)).collect();
            }
        },
    },
];

/// The keys of an entry of `ignore`.
const IGNORE: &[Key] = &[
    Key {
        name: "rule",
        required: true,
        shape: Shape::Rule,
        summary: ["The rule that keeps silent", "不再报告的规则"],
    },
    Key {
        name: "file",
        required: true,
        shape: Shape::Pattern,
        summary: [
            "The files: a glob pattern, relative to this file",
            "文件：相对于本文件的 glob 模式",
        ],
    },
    optional(
        "subject",
        Shape::Text,
        [
            "What the findings are about (an interface, a host); by default anything",
            "问题所涉及的对象（接口、域名等）；默认为全部",
        ],
    ),
    Key {
        name: "reason",
        required: true,
        shape: Shape::Text,
        summary: ["Why it is right that nothing is shown", "为什么可以不显示"],
    },
];

pub(super) const fn optional(name: &'static str, shape: Shape, summary: [&'static str; 2]) -> Key {
    Key { name, required: false, shape, summary }
}

fn path(value: Value) -> Option<FilePath> {
    if let Value::Path(path) = value { Some(path) } else { None }
}

fn ignore(settings_file: &FilePath, item: Item) -> Option<Ignore> {
    let Value::Object(mut fields) = item.value else { return None };
    let mut text = |key| match fields.remove(key) {
        Some(Value::Text(text)) => Some(text),
        _ => None,
    };
    let (rule, subject, reason) = (text("rule")?, text("subject"), text("reason")?);
    let Some(Value::Pattern(file)) = fields.remove("file") else { return None };
    let place = Place::new(settings_file, item.span);
    Some(Ignore { rule, file, subject, reason, place, index: item.index })
}
