//! The methods that templates can bind: the entries of `Page`, the `methods` of `Component` and
//! `Behavior`, and those of the behaviours that these take in. A module that calls none of the
//! three by name may still be a page, by way of a wrapper; what looks like its options is then read
//! too, but never called certain.

use super::component;
use super::module_graph::{ModuleGraph, ModuleId};
use super::resolve::{Resolver, ValueRef};
use crate::facts::script::{Entry, Expr, ExprId, Key};
use crate::finding::Place;
use crate::text::Span;

/// A method.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Method {
    /// Its name.
    pub name: Box<str>,
    /// The key in its file, with quotes if it has any.
    pub key: Place,
    /// The key and what stands behind it.
    pub whole: Span,
    /// Whether `Page`, `Component` or `Behavior` themselves take it, in so many words.
    pub certain: bool,
}

/// The field of a component's options that holds them.
const METHODS: &str = "methods";

/// Fields of a page's options that templates cannot call.
const FIELDS: [&str; 13] = [
    "behaviors",
    "constructor",
    "data",
    "definitionFilter",
    "export",
    "externalClasses",
    "lifetimes",
    "observers",
    "options",
    "pageLifetimes",
    "properties",
    "relations",
    "watch",
];

/// How many behaviours deep one may take in another.
const DEPTH: u32 = 8;

/// The methods that the page, component or behaviour in `module` has, own ones first, each place
/// once.
pub fn of_module(modules: &ModuleGraph<'_>, module: ModuleId) -> Vec<Method> {
    let Some(facts) = modules.facts(module) else { return Vec::new() };
    let mut search = Search { resolver: Resolver::new(modules), found: Vec::new(), certain: true };
    for &call in &facts.calls {
        let Expr::Call { callee, arguments, .. } = facts.expr(call) else { continue };
        if let Some(kind) = constructor(facts.expr(*callee))
            && let Some(first) = arguments.first()
        {
            search.options(kind, ValueRef::new(module, first.value), DEPTH);
        }
    }
    if facts.component.is_some() {
        search.component(module);
    } else if search.found.is_empty() {
        search.certain = false;
        for &call in &facts.calls {
            let Expr::Call { callee, arguments, .. } = facts.expr(call) else { continue };
            let is_app = matches!(facts.expr(*callee), Expr::Global(name) if &**name == "App");
            if is_app || facts.function_at(facts.span(call).start()).is_some() {
                continue;
            }
            for argument in arguments {
                search.options(Kind::Either, ValueRef::new(module, argument.value), DEPTH);
            }
        }
        let classes = (0..).map(ExprId).zip(&facts.exprs);
        for (expr, _) in classes.filter(|(_, expr)| matches!(expr, Expr::Class { .. })) {
            search.options(Kind::Either, ValueRef::new(module, expr), DEPTH);
        }
        // What a compiler makes of a class's field.
        for write in &facts.writes {
            if let Expr::Member { object, name } = facts.expr(write.target)
                && &**name == METHODS
                && matches!(facts.expr(*object), Expr::This(_))
            {
                search.methods(ValueRef::new(module, write.value), DEPTH);
            }
        }
    }
    let own = modules.path(module);
    search.found.sort_by_key(|method| Some(&method.key.file) != own);
    search.found
}

/// Whose options they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Page,
    Component,
    /// A wrapper's.
    Either,
}

fn constructor(callee: &Expr) -> Option<Kind> {
    let Expr::Global(name) = callee else { return None };
    match &**name {
        "Page" => Some(Kind::Page),
        "Component" | "Behavior" => Some(Kind::Component),
        _ => None,
    }
}

struct Search<'a> {
    resolver: Resolver<'a>,
    found: Vec<Method>,
    certain: bool,
}

impl Search<'_> {
    /// Reads what the template of a component sees whose script stands beside it.
    fn component(&mut self, module: ModuleId) {
        let Some(facts) = self.resolver.modules().facts(module) else { return };
        if let Some(options) = component::options(facts) {
            let options = ValueRef::new(module, options);
            self.options(Kind::Component, options, DEPTH);
            if let Expr::Object(entries) = self.resolver.expr(options) {
                for entry in entries {
                    if matches!(&entry.key, Key::Name(key) if &**key == "setup") {
                        for returned in self.resolver.returns(options.at(entry.value)) {
                            self.methods(returned, DEPTH);
                        }
                    }
                }
            }
        }
        let Some(path) = self.resolver.modules().path(module) else { return };
        for id in component::setup_names(facts) {
            let Some(binding) = facts.binding(id) else { continue };
            let is_data = |&value: &ExprId| is_data(facts.expr(value));
            if binding.values.is_empty() || binding.values.iter().any(is_data) {
                continue;
            }
            let key = Place::new(path, binding.span);
            let spans = binding.values.iter().map(|&value| facts.span(value));
            let whole = spans.fold(binding.span, |whole, span| {
                Span::new(whole.start().min(span.start()), whole.end().max(span.end()))
            });
            let name = binding.name.clone();
            self.found.push(Method { name, key, whole, certain: self.certain });
        }
    }

    /// Reads options of `kind`; nothing of what cannot be followed.
    fn options(&mut self, kind: Kind, at: ValueRef, depth: u32) {
        for object in self.objects(at, depth) {
            let entries: &[Entry] = match self.resolver.expr(object) {
                Expr::Object(entries) => entries,
                Expr::Class { members, .. } => members,
                _ => continue,
            };
            for entry in entries {
                let value = object.at(entry.value);
                match &entry.key {
                    Key::Name(name) if &**name == "behaviors" => self.behaviors(value, depth),
                    Key::Name(name) if &**name == "mixins" => self.mixins(value, depth),
                    Key::Name(name) if &**name == METHODS && kind != Kind::Page => {
                        self.methods(value, depth);
                    }
                    Key::Name(name) if kind != Kind::Component => self.method(name, object, entry),
                    Key::Spread if depth > 0 => self.options(kind, value, depth - 1),
                    _ => {}
                }
            }
        }
    }

    fn methods(&mut self, at: ValueRef, depth: u32) {
        for object in self.objects(at, depth) {
            let Expr::Object(entries) = self.resolver.expr(object) else { continue };
            for entry in entries {
                match &entry.key {
                    Key::Name(name) => self.method(name, object, entry),
                    Key::Spread if depth > 0 => {
                        let value = object.at(entry.value);
                        self.methods(value, depth - 1);
                    }
                    _ => {}
                }
            }
        }
    }

    /// Reads the options that a component takes in as they are.
    fn mixins(&mut self, at: ValueRef, depth: u32) {
        self.resolver.reset_fuel();
        for list in self.resolver.resolve(at) {
            let Expr::Array(elements) = self.resolver.expr(list) else { continue };
            for element in elements.iter().filter(|_| depth > 0) {
                let element = list.at(element.value);
                self.options(Kind::Component, element, depth - 1);
            }
        }
    }

    fn behaviors(&mut self, at: ValueRef, depth: u32) {
        self.resolver.reset_fuel();
        for list in self.resolver.resolve(at) {
            let Expr::Array(elements) = self.resolver.expr(list) else { continue };
            for element in elements {
                let element = list.at(element.value);
                self.resolver.reset_fuel();
                for call in self.resolver.resolve(element) {
                    if let Expr::Call { callee, arguments, .. } = self.resolver.expr(call)
                        && let Some(first) = arguments.first()
                        && depth > 0
                    {
                        let callee = call.at(*callee);
                        if constructor(self.resolver.expr(callee)).is_some() {
                            let options = call.at(first.value);
                            self.options(Kind::Component, options, depth - 1);
                        }
                    }
                }
            }
        }
    }

    /// The objects that `at` may be, those that `Object.assign` puts together included.
    fn objects(&mut self, at: ValueRef, depth: u32) -> Vec<ValueRef> {
        self.resolver.reset_fuel();
        let mut objects = Vec::new();
        for found in self.resolver.resolve(at) {
            match self.resolver.expr(found) {
                Expr::Call { callee, arguments, .. } if depth > 0 => {
                    let callee = found.at(*callee);
                    if matches!(self.resolver.expr(callee), Expr::Member { name, .. } if &**name == "assign")
                    {
                        for argument in arguments {
                            let argument = found.at(argument.value);
                            objects.extend(self.objects(argument, depth - 1));
                        }
                    }
                }
                _ => objects.push(found),
            }
        }
        objects
    }

    fn method(&mut self, name: &str, object: ValueRef, entry: &Entry) {
        if FIELDS.contains(&name) {
            return;
        }
        let value = object.at(entry.value);
        let data = is_data(self.resolver.expr(value));
        let Some(place) = self.resolver.place(value).filter(|_| !data) else { return };
        let key = Place::new(&place.file, entry.key_span);
        if self.found.iter().all(|method| method.key != key) {
            let end = place.span.end().max(entry.key_span.end());
            let start = place.span.start().min(entry.key_span.start());
            let whole = Span::new(start, end);
            self.found.push(Method { name: name.into(), key, whole, certain: self.certain });
        }
    }
}

/// Whether a value is data, which no template calls.
fn is_data(expr: &Expr) -> bool {
    matches!(
        expr,
        Expr::Array(_)
            | Expr::Bool(_)
            | Expr::Null
            | Expr::Number(_)
            | Expr::Object(_)
            | Expr::String(_)
            | Expr::Undefined
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::path::FilePath;
    use crate::project::{Files, Project};

    /// The methods of `p/p.js`, each as `file:name`, those of wrappers with `?`.
    fn methods(page: &str) -> String {
        let texts = [
            ("project.config.json", "{}"),
            ("app.json", r#"{"pages": ["p/p"]}"#),
            ("p/p.js", page),
            (
                "b.js",
                "const deep = require('./deep'); module.exports = Behavior({ behaviors: [deep], methods: { shared() {} } })",
            ),
            (
                "deep.js",
                "module.exports = Behavior({ methods: { deepest: () => 1 }, attached() {} })",
            ),
            ("mixin.js", "module.exports = { mixed() {} }"),
        ];
        let files: Files = texts
            .iter()
            .map(|(path, text)| (FilePath::new(path).unwrap(), (*text).to_owned()))
            .collect();
        let project = Project::resolve(&files);
        let modules = ModuleGraph::of(&files, &project.programs[0]);
        let module = modules.id(&FilePath::new("p/p.js").unwrap()).unwrap();
        let shown = of_module(&modules, module).into_iter().map(|method| {
            let file = &files.get(&method.key.file).unwrap().source;
            let key = method.key.span.of(file).trim_matches(['\'', '"']).to_owned();
            assert_eq!(key, &*method.name);
            assert!(method.whole.contains(method.key.span));
            let certain = if method.certain { "" } else { "?" };
            format!("{}:{key}{certain}", method.key.file.without_extension())
        });
        shown.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn methods_in_every_form() {
        for (page, expected) in [
            (
                "Page({ data: {}, onTap() {}, 'quoted': function () {}, n: 1, made: debounce(f) })",
                "p/p:onTap p/p:quoted p/p:made",
            ),
            ("const o = { a() {} }; Page(o)", "p/p:a"),
            ("const m = require('../mixin'); Page({ ...m, a() {} })", "p/p:a mixin:mixed"),
            (
                "import m from '../mixin'; Page(Object.assign({}, m, { a() {} }))",
                "p/p:a mixin:mixed",
            ),
            (
                "Component({ methods: { a() {} }, attached() {}, lifetimes: { ready() {} } })",
                "p/p:a",
            ),
            (
                "const b = require('../b'); Component({ behaviors: [b, 'wx://form-field'], methods: { a() {} } })",
                "p/p:a deep:deepest b:shared",
            ),
            (
                "import b from '../b'; Page({ a() {}, behaviors: [b] })",
                "p/p:a deep:deepest b:shared",
            ),
            ("VantComponent({ methods: { a() {} } })", "p/p:a?"),
            ("create(store, { a() {}, data: {} })", "p/p:a?"),
            (
                "export default class X extends Y { methods = { a() {} }; own() {} }",
                "p/p:a? p/p:own?",
            ),
            ("let X = class X extends Y { constructor() { this.methods = { a() {} } } }", "p/p:a?"),
            ("App({ a() {} })", ""),
            ("function f() { g({ a() {} }) }", ""),
            ("Page(unknown)", ""),
        ] {
            assert_eq!(methods(page), expected, "{page}");
        }
    }
}
