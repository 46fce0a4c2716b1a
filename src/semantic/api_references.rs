//! Interfaces that a script names through an object that cannot be resolved: `h.a.getLocation(…)` in
//! a bundle, `common_vendor.index.chooseImage(…)` of a build, `Taro.getLocation` – and those that
//! it only asks about (`if (wx.chooseMedia)`). A reference is no use. The platform's scan of an
//! upload goes by references, so they tell what it will demand; what the program does is told by
//! uses alone, and a method of the program's own is neither.
//!
//! The shapes are those of the frameworks' own builds: webpack's `x_default().name` and `x.a.name`
//! (Taro, Mpx, uni-app with Vue 2), Rollup's `common_vendor.index.name` (uni-app with Vue 3).

use std::sync::LazyLock;

use memchr::memmem::Finder;

use super::module_graph::{ModuleGraph, ModuleId};
use super::platform;
use super::resolve::{Resolver, ValueRef};
use crate::catalogue::{self, Form, Interface};
use crate::facts::ScriptFacts;
use crate::facts::script::{Context, Expr, ExprId};
use crate::finding::Place;
use crate::project::File;

/// An interface that a script names without a use that can be followed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// The name with what stands before it.
    pub place: Place,
    /// The row of the catalogue.
    pub interface: &'static Interface,
}

/// An interface of the privacy table, and its last name.
struct Wanted {
    row: &'static Interface,
    name: &'static str,
    finder: Finder<'static>,
}

static WANTED: LazyLock<Vec<Wanted>> = LazyLock::new(|| {
    catalogue::interfaces()
        .iter()
        .filter(|row| row.form == Form::Interface && row.table.is_some())
        .filter(|row| !row.information.is_empty())
        .filter_map(|row| {
            let name = row.name.rsplit('.').next()?;
            Some(Wanted { row, name, finder: Finder::new(name) })
        })
        .collect()
});

/// Globals that give something of the program's own, or of another platform: a branch for that one
/// never runs here.
const OTHERS: [&str; 10] =
    ["App", "Component", "Page", "dd", "getApp", "getCurrentPages", "ks", "my", "swan", "tt"];
/// How many members long a chain may be before its first name.
const LONGEST: u32 = 6;

/// The references in the script `file`, in document order. `built` tells whether it is a bundler's
/// output or a package's code, where names stand for whatever the bundler gave them. O(n) without a
/// parse where no name occurs.
pub fn references_of_file(modules: &ModuleGraph<'_>, file: &File, built: bool) -> Vec<Reference> {
    let bytes = file.source.as_bytes();
    if WANTED.iter().all(|wanted| wanted.finder.find(bytes).is_none()) {
        return Vec::new();
    }
    let Some(module) = modules.id(&file.path) else { return Vec::new() };
    let Some(facts) = modules.facts(module) else { return Vec::new() };
    let mut resolver = Resolver::new(modules);
    let built = built || is_bundle(bytes);
    let mut found = Vec::new();
    for occurrence in &facts.occurrences {
        if occurrence.context == Context::Written {
            continue;
        }
        let Some((row, object)) = named(facts, occurrence.expr) else { continue };
        let at = ValueRef::new(module, occurrence.expr);
        resolver.reset_fuel();
        let known = !platform::names(&mut resolver, at).is_empty();
        // What is known is a use, unless it is only asked about.
        let counts = if known {
            occurrence.context == Context::Tested
        } else {
            !is_own(&mut resolver, at)
                && is_foreign(&mut resolver, ValueRef::new(module, object), built, LONGEST)
        };
        if counts {
            let place = Place::new(&file.path, facts.span(occurrence.expr));
            found.push(Reference { place, interface: row });
        }
    }
    found
}

/// Whether a bundler made the text: names in it stand for what the bundler put there.
fn is_bundle(bytes: &[u8]) -> bool {
    static MARKS: LazyLock<[Finder<'static>; 4]> = LazyLock::new(|| {
        ["__webpack_require__", "webpackJsonp", "webpackChunk", "common_vendor"].map(Finder::new)
    });
    MARKS.iter().any(|mark| mark.find(bytes).is_some())
}

/// The row whose last name the chain ends in, and what stands before the name.
fn named(facts: &ScriptFacts, expr: ExprId) -> Option<(&'static Interface, ExprId)> {
    let Expr::Member { object, name } = facts.expr(expr) else { return None };
    if matches!(&**name, "call" | "apply" | "bind") {
        return named(facts, *object);
    }
    let wanted = WANTED.iter().find(|wanted| wanted.name == &**name)?;
    Some((wanted.row, *object))
}

/// Whether `at` is something that the program itself makes, as far as it can be followed.
fn is_own(resolver: &mut Resolver<'_>, at: ValueRef) -> bool {
    resolver.reset_fuel();
    let values = resolver.resolve(at);
    resolver.reset_fuel();
    values
        .into_iter()
        .any(|value| matches!(resolver.expr(value), Expr::Function(_) | Expr::Class { .. }))
}

/// Whether `at` may be the platform, or what a framework wraps it in, where that is unknown.
fn is_foreign(resolver: &mut Resolver<'_>, at: ValueRef, built: bool, depth: u32) -> bool {
    if depth == 0 {
        return false;
    }
    let modules = resolver.modules();
    resolver.resolve(at).into_iter().any(|source| {
        let here = |expr| source.at(expr);
        match resolver.expr(source) {
            Expr::Global(name) => {
                catalogue::is_platform_global(name) || (built && !OTHERS.contains(&&**name))
            }
            Expr::Parameter { .. } => built,
            Expr::Import { import, .. } => built || is_framework(modules, source.module, *import),
            // `new Proxy(…)` gives whatever its handler looks up.
            Expr::Call { callee, new: true, .. } => {
                matches!(resolver.expr(here(*callee)), Expr::Global(name) if &**name == "Proxy")
            }
            Expr::Call { callee, new: false, .. } => {
                built && is_foreign(resolver, here(*callee), built, depth - 1)
            }
            Expr::Member { object, .. } | Expr::Index { object, .. } => {
                is_foreign(resolver, here(*object), built, depth - 1)
            }
            _ => false,
        }
    })
}

fn is_framework(modules: &ModuleGraph<'_>, module: ModuleId, import: u32) -> bool {
    let facts = modules.facts(module);
    let import = facts.and_then(|facts| facts.imports.get(import as usize));
    import.is_some_and(|import| catalogue::is_platform_package(&import.specifier))
}

#[cfg(test)]
mod tests {
    use super::references_of_file;
    use crate::path::FilePath;
    use crate::project::{Files, Project};
    use crate::semantic::module_graph::ModuleGraph;

    fn references(source: &str, built: bool) -> String {
        let texts = [
            ("project.config.json", "{}"),
            ("app.json", r#"{"pages": ["p"]}"#),
            ("own.js", "exports.getLocation = function () {}; exports.pick = { chooseImage() {} }"),
            (
                "vendor.js",
                "const index = initUni(wx); exports.index = index; function initUni() { return new Proxy({}, {}) } exports.own = { getLocation() {} }",
            ),
            ("p.js", source),
        ];
        let files: Files = texts
            .iter()
            .map(|(path, text)| (FilePath::new(path).unwrap(), (*text).to_owned()))
            .collect();
        let project = Project::resolve(&files);
        let modules = ModuleGraph::of(&files, &project.programs[0]);
        let file = files.get(&FilePath::new("p.js").unwrap()).unwrap();
        let found = references_of_file(&modules, file, built);
        let shown = found.iter().map(|one| one.place.span.of(source)).collect::<Vec<_>>();
        shown.join(" ")
    }

    #[test]
    fn builds_name_the_platform_through_objects_of_their_own() {
        for (source, expected) in [
            ("const v = require('./vendor.js'); v.index.getLocation({})", "v.index.getLocation"),
            ("(function (e, t, n) { var h = n(3); h.a.getLocation({}) })", "h.a.getLocation"),
            (
                "(function (e, t, n) { var h = n(3), d = n.n(h); d().chooseImage({}) })",
                "d().chooseImage",
            ),
            (
                "(function (uni) { uni.chooseMedia({}) }).call(this, __webpack_require__(1)['default'])",
                "uni.chooseMedia",
            ),
            ("(function (e, t, n) { var h = n(3); (0, h.getLocation)() })", "h.getLocation"),
            (
                "(function (e, t, n) { n(3).default.chooseImage.call(null, {}) })",
                "n(3).default.chooseImage.call",
            ),
        ] {
            assert_eq!(references(source, true), expected, "{source}");
        }
    }

    #[test]
    fn what_is_the_programs_own_is_no_reference() {
        for source in [
            "Page({ getLocation() {}, onLoad() { this.getLocation(); var that = this; that.getLocation() } })",
            "const own = require('./own.js'); own.getLocation(); own.pick.chooseImage()",
            "const v = require('./vendor.js'); v.own.getLocation()",
            "getApp().getLocation(); my.getLocation(); tt.chooseImage()",
            "class A { chooseImage() {} } new A().chooseImage()",
            "wx.getLocation(); wx.chooseImage({})",
            "'getLocation'; wx.canIUse('getLocation'); ({ getLocation: 1 }).getLocation",
        ] {
            assert_eq!(references(source, true), "", "{source}");
        }
    }

    #[test]
    fn in_sources_only_what_a_framework_gives_counts() {
        for (source, expected) in [
            // What is followed is a use.
            ("uni.getLocation()", ""),
            ("import Taro from '@tarojs/taro'; Taro.chooseImage()", ""),
            ("if (uni.chooseMedia) { a() }", "uni.chooseMedia"),
            ("import api from 'some-lib'; api.chooseImage()", ""),
            ("function f(api) { api.chooseImage() }", ""),
            ("if (wx.chooseMedia) { a() }", "wx.chooseMedia"),
        ] {
            assert_eq!(references(source, false), expected, "{source}");
        }
    }
}
