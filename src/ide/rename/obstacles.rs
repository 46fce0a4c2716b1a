//! What stands in the way of renaming a handler. Each is a sentence for the person who asked, with
//! the place to look at; when in doubt there is one.

use memchr::memmem::Finder;

use crate::facts::TemplateFacts;
use crate::facts::template::{EventBinding, ExpressionKind, Handler, Piece};
use crate::finding::{Phrase, Place};
use crate::ide::handlers::{Handlers, names_in};
use crate::path::FilePath;
use crate::project::{File, Files};
use crate::semantic::call_graph::is_lifecycle;
use crate::semantic::methods::Method;
use crate::text::Span;

/// By these a script gets hold of another page or component, and so of its methods.
const REACHES: [&str; 4] =
    ["getCurrentPages", "selectComponent", "selectAllComponents", "selectOwnerComponent"];

pub(super) fn no_method(name: &str) -> Phrase {
    Phrase::new(
        format!("no method `{name}` was found, so the rename may be incomplete"),
        format!("未找到方法 `{name}`，无法确定要重命名的对象"),
    )
}

pub(super) fn several_methods(name: &str, methods: &[Method]) -> Phrase {
    let files = list(methods.iter().map(|method| &method.key.file));
    Phrase::new(
        format!("`{name}` stands for several methods here: {files}"),
        format!("此处的 `{name}` 对应多个方法：{files}"),
    )
}

fn list<'a>(paths: impl Iterator<Item = &'a FilePath>) -> String {
    let mut paths: Vec<&str> = paths.map(FilePath::as_str).collect();
    paths.dedup();
    paths.join(", ")
}

/// Whether `method`, which `owners` have and whose name stands at `bindings` in templates, can be
/// renamed.
pub(super) fn check(
    files: &Files,
    handlers: &Handlers<'_>,
    method: &Method,
    owners: &[FilePath],
    bindings: &[Place],
) -> Result<(), Phrase> {
    let name = &*method.name;
    if is_lifecycle(name) {
        return Err(Phrase::new(
            format!("the platform calls `{name}` by its name"),
            format!("`{name}` 由平台按名称调用"),
        ));
    }
    if handlers.is_foreign(&method.key.file) {
        return Err(Phrase::new(
            format!("`{name}` is a package's: {}", method.key.file),
            format!("`{name}` 属于第三方包：{}", method.key.file),
        ));
    }
    if !method.certain {
        return Err(Phrase::new(
            format!("`{name}` goes through a function that is not followed before it is a page's"),
            format!("`{name}` 经由无法跟踪的函数成为页面方法"),
        ));
    }
    let users: Vec<&FilePath> =
        owners.iter().filter(|owner| handlers.has_template(owner)).collect();
    if users.len() > 1 {
        let files = list(users.into_iter());
        return Err(Phrase::new(
            format!("`{name}` belongs to a behaviour of several pages or components: {files}"),
            format!("`{name}` 属于多个页面或组件共用的 behavior：{files}"),
        ));
    }
    if let Some(shared) = bindings.iter().find(|place| {
        handlers.owners_of_template(&place.file).iter().any(|owner| !owners.contains(owner))
    }) {
        return Err(Phrase::new(
            format!("{} binds `{name}` for other pages, too", shared.file),
            format!("{} 也被其他页面引用并绑定 `{name}`", shared.file),
        ));
    }
    for owner in owners {
        for path in handlers.templates_of(owner) {
            if let Some(facts) = files.template(&path)
                && let Some(span) = computed(facts)
            {
                return Err(at(files, &Place::new(&path, span), name));
            }
        }
    }
    let scripts: Vec<FilePath> =
        owners.iter().filter_map(|owner| handlers.script_of(owner)).collect();
    for file in files.iter() {
        let own = scripts.contains(&file.path);
        let holds = |word: &str| Finder::new(word).find(file.source.as_bytes()).is_some();
        let reaches = || holds(name) && REACHES.iter().any(|word| holds(word));
        let is_script = file.kind.is_module() && handlers.holds(&file.path);
        if !is_script || !(own || reaches()) {
            continue;
        }
        let found = spelt(file, name, method)
            .or_else(|| handlers.other_member(&file.path, name, own))
            .or_else(|| own.then(|| handlers.computed_call(&file.path)).flatten());
        if let Some(span) = found {
            return Err(at(files, &Place::new(&file.path, span), name));
        }
    }
    Ok(())
}

/// That something at `place` may speak of the method.
fn at(files: &Files, place: &Place, name: &str) -> Phrase {
    let source = files.get(&place.file).map_or("", |file| &*file.source);
    let before = source.get(..place.span.start()).unwrap_or("");
    let line = before.matches('\n').count() + 1;
    Phrase::new(
        format!("{}:{line} may use `{name}` in a way that cannot be followed", place.file),
        format!("{}:{line} 可能以无法跟踪的方式使用 `{name}`", place.file),
    )
}

/// A handler that the template computes, unless all that it may be is written out or is a function
/// of a wxs module.
fn computed(facts: &TemplateFacts) -> Option<Span> {
    let unknown = |event: &EventBinding<'_>| {
        let Handler::Computed(value) = event.handler else { return false };
        let (names, complete) = value.candidates();
        let of_wxs = matches!(value.pieces.as_slice(), [Piece::Expression { expression, .. }]
            if matches!(&expression.kind, ExpressionKind::Member { object, .. }
                if matches!(&object.kind, ExpressionKind::Name(name) if facts.wxs_module(name).is_some())));
        let written_out = complete && names_in(event.handler).len() == names.len();
        !of_wxs && !written_out
    };
    facts.events().find(unknown).map(|event| event.name_span)
}

/// A string that reads like the name, but for the method's own key and the names of events.
fn spelt(file: &File, name: &str, method: &Method) -> Option<Span> {
    let source = &*file.source;
    for mark in ['\'', '"', '`'] {
        let quoted = format!("{mark}{name}{mark}");
        for start in memchr::memmem::find_iter(source.as_bytes(), &quoted) {
            let span = Span::new(start, start + quoted.len());
            let before = source.get(..start).unwrap_or("").trim_end();
            let is_event = before.ends_with("triggerEvent(");
            if !is_event && method.key != Place::new(&file.path, span) {
                return Some(span);
            }
        }
    }
    None
}
