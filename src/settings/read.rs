//! Reads a settings file along its table. A part that does not have its shape is reported and left
//! out, never guessed; what stands around it applies.

use std::collections::BTreeMap;

use super::shape::{Item, Key, Shape, Value};
use super::table::SETTINGS;
use super::{Level, Pattern, Problem, Settings, nearest};
use crate::catalogue;
use crate::facts::ManifestFacts;
use crate::facts::manifest::{Json, JsonKind, Member};
use crate::finding::{Applicability, Edit, Fix, Phrase, Place};
use crate::path::FilePath;
use crate::text::Span;

/// See [`Settings::read`].
pub(super) fn read(
    file: &FilePath,
    facts: &ManifestFacts,
    known_rules: &[&str],
) -> (Settings, Vec<Problem>) {
    let mut reader = Reader { file, folder: file.parent(), known_rules, problems: Vec::new() };
    let mut settings = Settings::default();
    // One is enough: what follows a slip of JSON is mostly its consequence.
    if let Some(problem) = facts.problems.first() {
        reader.not_json(problem.span, problem.missing);
    }
    match &facts.root {
        Some(root) if root.is_object() => {
            let keys: Vec<&Key> = SETTINGS.iter().map(|setting| &setting.key).collect();
            let mut values = reader.object(&keys, root);
            for setting in SETTINGS {
                if let Some(value) = values.remove(setting.key.name) {
                    (setting.store)(&mut settings, file, value);
                }
            }
        }
        Some(root) => reader.wrong_type("miniguard.json", &Phrase::new("an object", "对象"), root),
        None if facts.problems.is_empty() => reader.not_json(Span::at(0), true),
        None => {}
    }
    reader.problems.sort_by_key(|problem| problem.place.span);
    (settings, reader.problems)
}

/// The place of the last member of each key.
fn last_of_each(members: &[Member]) -> BTreeMap<&str, Span> {
    members.iter().map(|member| (&*member.key, member.key_span)).collect()
}

pub(super) struct Reader<'a> {
    pub(super) file: &'a FilePath,
    pub(super) folder: FilePath,
    pub(super) known_rules: &'a [&'a str],
    pub(super) problems: Vec<Problem>,
}

impl Reader<'_> {
    /// `json`, the value of `name`, as a value of `shape`; `None`, and a problem, when it is none.
    pub(super) fn value(&mut self, shape: &Shape, name: &str, json: &Json) -> Option<Value> {
        let value = match (shape, &json.kind) {
            (Shape::Text, JsonKind::String(text)) => Some(Value::Text(text.to_string())),
            (Shape::Flag, JsonKind::Bool(flag)) => Some(Value::Flag(*flag)),
            (Shape::Count, JsonKind::Number(number)) => number.parse().ok().map(Value::Count),
            (Shape::Choice(choices), JsonKind::String(text)) => {
                let words = || choices.iter().map(|choice| choice.word);
                let found = words().find(|word| *word == &**text).map(Value::Word);
                if found.is_none() {
                    self.unknown_word(name, &shape.name(), json.span, text, nearest(text, words()));
                    return None;
                }
                found
            }
            (Shape::Rule, JsonKind::String(rule)) => {
                return self.known_rule(rule, json.span).then(|| Value::Text(rule.to_string()));
            }
            (Shape::Licence, JsonKind::String(id)) => {
                return self.known_licence(id, json.span).then(|| Value::Text(id.to_string()));
            }
            (Shape::Category, JsonKind::String(text)) => {
                return self.category(text, json.span).then(|| Value::Text(text.to_string()));
            }
            (Shape::Path, JsonKind::String(text)) => return self.path(name, text, json.span),
            (Shape::Pattern, JsonKind::String(text)) => return self.pattern(name, text, json.span),
            (Shape::Levels, JsonKind::Object(members)) => Some(self.levels(members)),
            (Shape::List(inner), JsonKind::Array(elements)) => {
                let items = elements.iter().enumerate().filter_map(|(index, element)| {
                    let value = self.value(inner, name, element)?;
                    Some(Item { index, span: element.span, value })
                });
                Some(Value::List(items.collect()))
            }
            (Shape::Object(keys), JsonKind::Object(_)) => {
                let keys: Vec<&Key> = keys.iter().collect();
                let fields = self.object(&keys, json);
                let complete =
                    keys.iter().all(|key| !key.required || fields.contains_key(key.name));
                return complete.then_some(Value::Object(fields));
            }
            _ => None,
        };
        if value.is_none() {
            self.wrong_type(name, &shape.name(), json);
        }
        value
    }

    /// The members of `json` that `keys` allow; what is unknown, repeated, wrong or missing is a
    /// problem.
    fn object(&mut self, keys: &[&Key], json: &Json) -> BTreeMap<&'static str, Value> {
        let mut fields = BTreeMap::new();
        let last = last_of_each(json.members());
        for member in json.members() {
            let Some(key) = keys.iter().find(|key| key.name == &*member.key) else {
                self.unknown_key(keys, member);
                continue;
            };
            if self.is_repeated(&last, member) {
                continue;
            }
            if let Some(value) = self.value(&key.shape, key.name, &member.value) {
                fields.insert(key.name, value);
            }
        }
        for key in keys.iter().filter(|key| key.required && json.member(key.name).is_none()) {
            self.problem(
                json.span,
                Phrase::new(
                    format!("This entry lacks `{}`, so it does not apply.", key.name),
                    format!("此项缺少 `{}`，因此不生效。", key.name),
                ),
                Phrase::new(
                    format!("Add `{}`: {}.", key.name, lower_first(key.summary[0])),
                    format!("请补充 `{}`：{}。", key.name, key.summary[1]),
                ),
            );
        }
        fields
    }

    fn levels(&mut self, members: &[Member]) -> Value {
        let mut levels = BTreeMap::new();
        let last = last_of_each(members);
        for member in members {
            if self.is_repeated(&last, member) || !self.known_rule(&member.key, member.key_span) {
                continue;
            }
            let words = Level::ALL.map(Level::name);
            let quoted = words.map(|word| format!("\"{word}\""));
            let expected = Phrase::new(quoted.join(" or "), quoted.join(" 或 "));
            match member.value.as_str().map(|word| (word, Level::of_name(word))) {
                Some((_, Some(level))) => {
                    levels.insert(member.key.to_string(), level);
                }
                Some((word, None)) => {
                    let near = nearest(word, words);
                    self.unknown_word(&member.key, &expected, member.value.span, word, near);
                }
                None => self.wrong_type(&member.key, &expected, &member.value),
            }
        }
        Value::Levels(levels)
    }

    fn path(&mut self, name: &str, text: &str, span: Span) -> Option<Value> {
        let absolute = text.starts_with(['/', '\\', '~']) || text.as_bytes().get(1) == Some(&b':');
        let path = if absolute { None } else { self.folder.join(text) };
        let path = path.filter(|path| *path != self.folder);
        if path.is_none() {
            self.problem(
                span,
                Phrase::new(
                    format!("`{name}` names no file of the workspace, so it does not apply."),
                    format!("`{name}` 指向的不是工作区内的文件，因此不生效。"),
                ),
                Phrase::new(
                    "Nothing outside the workspace is read: give a path relative to this file.",
                    "miniguard 不读取工作区之外的内容：请填写相对于本文件的路径。",
                ),
            );
        }
        path.map(Value::Path)
    }

    fn pattern(&mut self, name: &str, text: &str, span: Span) -> Option<Value> {
        match Pattern::new(&self.folder, text) {
            Ok(pattern) => Some(Value::Pattern(pattern)),
            Err(detail) => {
                self.problem(
                    span,
                    Phrase::new(
                        format!("`{name}` holds no glob pattern that could be used: {detail}."),
                        format!("`{name}` 中的 glob 模式无法使用：{detail}。"),
                    ),
                    Phrase::new(
                        "`*` stands for any name, `**` for any folders, `{a,b}` for either: `pages/**/*.js`.",
                        "`*` 代表任意名称，`**` 代表任意层文件夹，`{a,b}` 代表任一：`pages/**/*.js`。",
                    ),
                );
                None
            }
        }
    }

    fn known_rule(&mut self, rule: &str, span: Span) -> bool {
        let known = self.known_rules.contains(&rule);
        if !known {
            let near = nearest(rule, self.known_rules.iter().copied());
            let message = Phrase::new(
                format!("There is no rule `{rule}`, so this does not apply."),
                format!("没有名为 `{rule}` 的规则，因此此处不生效。"),
            );
            let otherwise = Phrase::new(
                "`miniguard rules` lists them all.",
                "用 `miniguard rules` 可列出全部规则。",
            );
            self.suggest(span, message, near, otherwise);
        }
        known
    }

    fn known_licence(&mut self, id: &str, span: Span) -> bool {
        let known = catalogue::licence(id).is_some();
        if !known {
            let near = nearest(id, catalogue::licences().iter().map(|row| row.id));
            let message = Phrase::new(
                format!("There is no licence `{id}`, so this entry does not apply."),
                format!("没有 id 为 `{id}` 的资质，因此此项不生效。"),
            );
            let ids: Vec<String> =
                catalogue::licences().iter().map(|row| format!("`{}`", row.id)).collect();
            let otherwise = Phrase::new(
                format!("The ids are {}.", ids.join(", ")),
                format!("可用的 id：{}。", ids.join("、")),
            );
            self.suggest(span, message, near, otherwise);
        }
        known
    }

    /// Whether `text` may be a service category. The platform adds some every month, so a second
    /// level that the table does not know is a mistake only when it is near one that it does.
    fn category(&mut self, text: &str, span: Span) -> bool {
        if catalogue::categories_named(text).next().is_some() {
            return true;
        }
        let names: Vec<String> =
            catalogue::categories().iter().map(catalogue::Category::name).collect();
        let near = nearest(text, names.iter().map(String::as_str));
        let (first, second) = text.split_once('/').unwrap_or((text, ""));
        if near.is_none() && !second.is_empty() && catalogue::is_first_level(first) {
            return true;
        }
        let message = Phrase::new(
            format!(
                "\"{text}\" is no service category of the table of {}, so it does not apply.",
                catalogue::CATEGORIES_AS_OF
            ),
            format!("“{text}”不在 {} 的服务类目表中，因此不生效。", catalogue::CATEGORIES_AS_OF),
        );
        let below: Vec<&str> = names
            .iter()
            .filter(|name| name.split('/').next() == Some(first))
            .map(String::as_str)
            .collect();
        let otherwise = if below.is_empty() {
            Phrase::new(
                "Write the first and the second level as the console prints them: \"工具/天气\".",
                "请按管理后台的写法填写一级和二级类目，如 \"工具/天气\"。",
            )
        } else {
            Phrase::new(
                format!("Below {first} there are {}.", below.join(", ")),
                format!("“{first}”之下有：{}。", below.join("、")),
            )
        };
        self.suggest(span, message, near, otherwise);
        false
    }

    /// Whether a later member has the key of `member`: a problem of the earlier one, since the last
    /// one counts.
    fn is_repeated(&mut self, last: &BTreeMap<&str, Span>, member: &Member) -> bool {
        let is_repeated = last.get(&*member.key).is_some_and(|span| *span != member.key_span);
        if is_repeated {
            let key = &member.key;
            self.problem(
                member.key_span,
                Phrase::new(
                    format!("`{key}` is set again below; only the last one counts."),
                    format!("`{key}` 在下文再次设置，只有最后一处生效。"),
                ),
                Phrase::new("Join the two.", "请合并为一处。"),
            );
        }
        is_repeated
    }

    fn unknown_key(&mut self, keys: &[&Key], member: &Member) {
        let names: Vec<&str> = keys.iter().map(|key| key.name).collect();
        let near = nearest(&member.key, names.iter().copied());
        let message = Phrase::new(
            format!("There is no setting `{}`, so it does nothing.", member.key),
            format!("没有名为 `{}` 的设置项，因此不起作用。", member.key),
        );
        let list: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
        let otherwise = Phrase::new(
            format!("The settings here are {}.", list.join(", ")),
            format!("此处可用的设置项：{}。", list.join("、")),
        );
        self.suggest(member.key_span, message, near, otherwise);
    }

    fn unknown_word(
        &mut self,
        name: &str,
        expected: &Phrase,
        span: Span,
        word: &str,
        near: Option<&str>,
    ) {
        let message = Phrase::new(
            format!("`{name}` cannot be \"{word}\", so it does not apply."),
            format!("`{name}` 不能为 \"{word}\"，因此不生效。"),
        );
        let otherwise =
            Phrase::new(format!("It must be {}.", expected.en), format!("应为 {}。", expected.zh));
        self.suggest(span, message, near, otherwise);
    }

    fn wrong_type(&mut self, name: &str, expected: &Phrase, json: &Json) {
        let found = type_name(json);
        self.problem(
            json.span,
            Phrase::new(
                format!("`{name}` has {} here, so it does not apply.", found.en),
                format!("`{name}` 此处为{}，因此不生效。", found.zh),
            ),
            Phrase::new(format!("It must be {}.", expected.en), format!("应为{}。", expected.zh)),
        );
    }

    fn not_json(&mut self, span: Span, missing: bool) {
        let message = if missing {
            Phrase::new(
                "Something is missing here, so this part of the settings may not apply.",
                "此处缺少内容，这一部分设置可能不生效。",
            )
        } else {
            Phrase::new(
                "This is not JSON, so this part of the settings does not apply.",
                "此处不是有效的 JSON，这一部分设置不生效。",
            )
        };
        let help = Phrase::new(
            "The file is one JSON object; comments and trailing commas are fine.",
            "文件应为一个 JSON 对象，可以有注释和多余的逗号。",
        );
        self.problem(span, message, help);
    }

    /// A problem whose help and fix are the word `near`, or else `otherwise`. The word at `span`
    /// stands in quotes.
    fn suggest(&mut self, span: Span, message: Phrase, near: Option<&str>, otherwise: Phrase) {
        let Some(near) = near else { return self.problem(span, message, otherwise) };
        let place = Place::new(self.file, span);
        let fix = Fix {
            title: Phrase::new(format!("Write `{near}`"), format!("改为 `{near}`")),
            applicability: Applicability::Unsafe,
            edits: vec![Edit::Replace { place: place.clone(), text: format!("\"{near}\"") }],
        };
        let help = Phrase::new(format!("Did you mean `{near}`?"), format!("是否想写 `{near}`？"));
        self.problems.push(Problem { place, message, help, fix: Some(fix) });
    }

    fn problem(&mut self, span: Span, message: Phrase, help: Phrase) {
        let place = Place::new(self.file, span);
        self.problems.push(Problem { place, message, help, fix: None });
    }
}

fn type_name(json: &Json) -> Phrase {
    match json.kind {
        JsonKind::Null => Phrase::new("null", " null"),
        JsonKind::Bool(_) => Phrase::new("true or false", "布尔值"),
        JsonKind::Number(_) => Phrase::new("a number", "数字"),
        JsonKind::String(_) => Phrase::new("a string", "字符串"),
        JsonKind::Array(_) => Phrase::new("a list", "列表"),
        JsonKind::Object(_) => Phrase::new("an object", "对象"),
    }
}

fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}
