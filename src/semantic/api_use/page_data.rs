//! Which text a template's attribute may be, through the data of its page or component: `<web-view
//! src="{{url}}">`. The data is what the script gives it – `data`, the default of a property,
//! `setData` – and each of these may be what is shown; what is not said there is unknown, with the
//! reason that the script shows.

use std::cell::{Cell, RefCell};

use super::Destinations;
use super::network::of_versions;
use crate::facts::TemplateFacts;
use crate::facts::script::{Expr, ExprId};
use crate::facts::template::{AttributeValue, ExpressionKind, Piece, TemplateExpression};
use crate::finding::Place;
use crate::path::FilePath;
use crate::semantic::module_graph::{ModuleGraph, ModuleId};
use crate::semantic::resolve::{Resolver, ValueRef};
use crate::semantic::string_value::{StringPattern, UnknownReason, known, string_values, unknown};

/// More texts than this are not told apart.
const MOST: usize = 32;
/// How many names of the data one template may ask for: each is a search of the script, and real
/// ones ask for a few.
const NAMES: usize = 256;

/// The data of a page or component.
pub(super) struct PageData<'a> {
    module: ModuleId,
    resolver: RefCell<Resolver<'a>>,
    /// How many names may still be asked for.
    names: Cell<usize>,
}

impl<'a> PageData<'a> {
    /// The data of the page or component in `module`. Nothing is read before the first query.
    pub(super) fn new(modules: &'a ModuleGraph<'a>, module: ModuleId) -> Self {
        Self { module, resolver: RefCell::new(Resolver::new(modules)), names: Cell::new(NAMES) }
    }
}

/// Where `value`, a URL that the element `element` of the template `path` is given, leads.
pub(super) fn destinations_of_value(
    page: Option<&PageData<'_>>,
    facts: &TemplateFacts,
    element: u32,
    value: &AttributeValue,
    path: &FilePath,
) -> Destinations {
    let left = page.map(|page| &page.names);
    let read = |page: Option<(&mut Resolver<'_>, ModuleId)>| {
        let mut reading = Reading { page, left, facts, element, path };
        Destinations::of_patterns(&reading.value(value))
    };
    match page {
        Some(page) => {
            let mut resolver = page.resolver.borrow_mut();
            of_versions(&mut resolver, |resolver| read(Some((resolver, page.module))))
        }
        None => read(None),
    }
}

/// One value.
struct Reading<'r, 'a, 'f> {
    page: Option<(&'r mut Resolver<'a>, ModuleId)>,
    /// How many names may still be asked for.
    left: Option<&'f Cell<usize>>,
    facts: &'f TemplateFacts,
    element: u32,
    path: &'f FilePath,
}

impl Reading<'_, '_, '_> {
    /// The texts that the whole value may be.
    fn value(&mut self, value: &AttributeValue) -> Vec<StringPattern> {
        let mut whole = vec![StringPattern { fragments: Vec::new() }];
        for piece in &value.pieces {
            let choices = match piece {
                Piece::Literal { text, span } => vec![known(text, Place::new(self.path, *span))],
                Piece::Expression { expression, .. } => self.expression(expression),
            };
            whole = joined(&whole, choices);
        }
        whole
    }

    /// The texts that an expression may be. Bounded by its depth, which the facts bound.
    fn expression(&mut self, expression: &TemplateExpression) -> Vec<StringPattern> {
        let found = match &expression.kind {
            ExpressionKind::String(text) | ExpressionKind::Number(text) => {
                vec![known(text, Place::new(self.path, expression.span))]
            }
            // What is not there opens nothing.
            ExpressionKind::Bool(_) | ExpressionKind::Null | ExpressionKind::Undefined => {
                Vec::new()
            }
            ExpressionKind::Conditional { consequence, alternative, .. } => {
                let mut found = self.expression(consequence);
                found.extend(self.expression(alternative));
                found
            }
            ExpressionKind::Binary { operator, left, right } => match &**operator {
                "||" | "??" => {
                    let mut found = self.expression(left);
                    found.extend(self.expression(right));
                    found
                }
                "&&" => self.expression(right),
                "+" => {
                    let left = self.expression(left);
                    joined(&left, self.expression(right))
                }
                _ => vec![unknown(UnknownReason::Other)],
            },
            ExpressionKind::Name(_) | ExpressionKind::Member { .. } => self.name(expression),
            _ => vec![unknown(UnknownReason::Other)],
        };
        if found.len() > MOST { vec![unknown(UnknownReason::Other)] } else { found }
    }

    /// What a name of the data, or a member of one, may be.
    fn name(&mut self, expression: &TemplateExpression) -> Vec<StringPattern> {
        let data = || vec![unknown(UnknownReason::Data)];
        let Some(names) = names(expression) else { return data() };
        let Some(&first) = names.first() else { return data() };
        if self.is_from_elsewhere(first) {
            return data();
        }
        let (Some((resolver, module)), Some(left)) = (&mut self.page, self.left) else {
            return data();
        };
        let Some(fewer) = left.get().checked_sub(1) else { return data() };
        left.set(fewer);
        of_data(resolver, *module, &names)
    }

    /// Whether a name is none of the page's data: a variable of a loop, a module of functions, the
    /// data of a `<template>`.
    fn is_from_elsewhere(&self, name: &str) -> bool {
        let is_module = self.facts.wxs.iter().any(|module| module.module.as_deref() == Some(name));
        is_module
            || self.facts.scopes(self.element).any(|one| one.item == name || one.index == name)
            || self.is_in_definition()
    }

    /// Whether the element stands in a `<template name>`, which sees only what it is given.
    fn is_in_definition(&self) -> bool {
        let mut next = Some(self.element);
        while let Some(element) = next.and_then(|index| self.facts.elements.get(index as usize)) {
            if &*element.tag == "template" && element.attribute("name").is_some() {
                return true;
            }
            next = element.parent;
        }
        false
    }
}

/// Each of these with each of those behind it.
fn joined(heads: &[StringPattern], tails: Vec<StringPattern>) -> Vec<StringPattern> {
    let tails =
        if heads.len() * tails.len() > MOST { vec![unknown(UnknownReason::Other)] } else { tails };
    heads.iter().flat_map(|head| tails.iter().map(|tail| head.clone().followed_by(tail))).collect()
}

/// `a.b.c`, name by name.
fn names(expression: &TemplateExpression) -> Option<Vec<&str>> {
    match &expression.kind {
        ExpressionKind::Name(name) => Some(vec![name]),
        ExpressionKind::Member { object, property, .. } => {
            let mut names = names(object)?;
            names.push(property);
            Some(names)
        }
        _ => None,
    }
}

/// The texts that stand at `names` of the data of the page or component in `module`.
fn of_data(resolver: &mut Resolver<'_>, module: ModuleId, names: &[&str]) -> Vec<StringPattern> {
    let modules = resolver.modules();
    let (Some(facts), Some(index)) = (modules.facts(module), modules.index(module)) else {
        return vec![unknown(UnknownReason::Data)];
    };
    let at = |expr: ExprId| ValueRef::new(module, expr);
    let mut values: Vec<ValueRef> = Vec::new();
    let mut open = index.data().open;
    if facts.component.is_some() {
        resolver.reset_fuel();
        let seen = resolver.seen_by_template(module, names[0]);
        values.extend(descend(resolver, seen, &names[1..]));
        // `this.shop.url = …` and `this.shop = { url: … }`.
        for (depth, _) in names.iter().enumerate() {
            let (head, rest) = names.split_at(depth + 1);
            let head = head.join(".");
            let set = index.paths_on_this().filter(|(path, _)| *path == head);
            let set: Vec<ValueRef> = set.map(|(_, value)| at(value)).collect();
            resolver.reset_fuel();
            values.extend(descend(resolver, set, rest));
        }
    }
    for &call in &facts.calls {
        let Expr::Call { callee, arguments, .. } = facts.expr(call) else { continue };
        let is_options = matches!(facts.expr(*callee), Expr::Global(name)
            if matches!(&**name, "Page" | "Component"));
        let Some(options) = arguments.first().filter(|_| is_options) else { continue };
        let options = at(options.value);
        resolver.reset_fuel();
        let data = resolver.property(options, "data").values;
        values.extend(descend(resolver, data, names));
        // Whoever uses the component gives it; what stands here is what it is until then.
        let properties = resolver.property(options, "properties").values;
        let property = descend(resolver, properties, &names[..1]);
        if !property.is_empty() {
            open = true;
            let usual = descend(resolver, property, &["value"]);
            values.extend(descend(resolver, usual, &names[1..]));
        }
        open |= !resolver.property(options, "behaviors").values.is_empty();
    }
    // `setData({ 'shop.url': … })` and `setData({ shop: { url: … } })`.
    for (depth, _) in names.iter().enumerate() {
        let (head, rest) = names.split_at(depth + 1);
        if let Some(set) = index.data().set.get(head.join(".").as_str()) {
            let set: Vec<ValueRef> = set.iter().map(|&value| at(value)).collect();
            resolver.reset_fuel();
            values.extend(descend(resolver, set, rest));
        }
    }
    let mut patterns: Vec<StringPattern> = Vec::new();
    for value in values {
        resolver.reset_fuel();
        let sources = resolver.resolve(value);
        let absent = !sources.is_empty()
            && sources.into_iter().all(|source| match resolver.expr(source) {
                Expr::Null | Expr::Undefined | Expr::Bool(false) => true,
                Expr::String(text) => text.is_empty(),
                _ => false,
            });
        // What the data begins with before anything is shown.
        if !absent {
            resolver.reset_fuel();
            patterns.extend(string_values(resolver, value));
        }
    }
    if open || patterns.is_empty() {
        patterns.push(unknown(UnknownReason::Data));
    }
    patterns.sort();
    patterns.dedup();
    patterns
}

/// What stands at `names` of each of `values`.
fn descend(resolver: &mut Resolver<'_>, values: Vec<ValueRef>, names: &[&str]) -> Vec<ValueRef> {
    names.iter().fold(values, |values, name| {
        values.into_iter().flat_map(|value| resolver.property(value, name).values).collect()
    })
}

#[cfg(test)]
mod tests {
    use crate::path::FilePath;
    use crate::project::{Files, Project};
    use crate::semantic::module_graph::ModuleGraph;
    use crate::semantic::string_value::UnknownReason;
    use crate::semantic::uses_of_file;

    /// Where the web-view of `template` leads, whose page is `script`: the origins, `?` when more
    /// is possible, and why.
    fn leads(template: &str, script: &str) -> String {
        let texts = [
            ("app.json", "{\"pages\": [\"p/p\"]}"),
            ("app.js", ""),
            ("config.js", "exports.help = 'https://help.example.com'"),
            ("p/p.js", script),
            ("p/p.wxml", template),
        ];
        let files: Files = texts
            .iter()
            .map(|(path, text)| (FilePath::new(path).unwrap(), (*text).to_owned()))
            .collect();
        let project = Project::resolve(&files);
        let modules = ModuleGraph::of(&files, &project.programs[0]);
        let template = files.get(&FilePath::new("p/p.wxml").unwrap()).unwrap();
        let uses = uses_of_file(&modules, template);
        let reach = uses.iter().find_map(|used| used.reach.as_ref()).unwrap();
        let mut said = reach.origins();
        said.extend((!reach.complete).then(|| "?".to_owned()));
        said.extend(reach.reasons.iter().map(|reason| UnknownReason::name(reason).to_owned()));
        said.join(" ")
    }

    const VIEW: &str = "<web-view src=\"{{url}}\"/>";

    #[test]
    fn the_page_says_what_its_data_holds() {
        for (script, expected) in [
            ("Page({ data: { url: 'https://a.example.com/x' } })", "https://a.example.com"),
            (
                "const c = require('../config')\nPage({ data: { url: '' }, onLoad() { this.setData({ url: c.help + '/faq' }) } })",
                "https://help.example.com",
            ),
            (
                "Page({ data: { url: null }, onLoad(o) { const that = this\n that.setData({ url: o.id ? `https://a.example.com/${o.id}` : 'https://b.example.com' }) } })",
                "https://a.example.com https://b.example.com",
            ),
            (
                "Page({ onLoad(options) { this.setData({ url: decodeURIComponent(options.url) }) } })",
                "? page-options",
            ),
            (
                "Page({ data: { url: 'https://a.example.com' }, onLoad(options) { this.setData({ url: options.url }) } })",
                "https://a.example.com ? page-options",
            ),
            (
                "Page({ onLoad() { wx.request({ url: 'https://b.example.com', success: (res) => this.setData({ url: res.data.url }) }) } })",
                "? server-response",
            ),
            ("Page({ onLoad() { this.setData({ url: wx.getStorageSync('url') }) } })", "? storage"),
            (
                "Page({ data: { url: 'https://a.example.com' }, set(o) { this.setData(o) } })",
                "https://a.example.com ? page-data",
            ),
            ("Component({ properties: { url: String } })", "? page-data"),
            (
                "Component({ properties: { url: { type: String, value: 'https://a.example.com' } } })",
                "https://a.example.com ? page-data",
            ),
            ("Component({ data: { url: 'https://a.example.com' } })", "https://a.example.com"),
            ("Page({})", "? page-data"),
            ("", "? page-data"),
        ] {
            assert_eq!(leads(VIEW, script), expected, "{script}");
        }
    }

    #[test]
    fn the_template_says_what_it_makes_of_it() {
        let script = "Page({ data: { host: 'https://a.example.com', shop: { url: 'https://b.example.com/s' }, list: ['https://c.example.com'] },\n\
                      go() { this.setData({ 'shop.url': 'https://d.example.com' }) } })";
        for (src, expected) in [
            ("{{host}}/a?b={{x}}", "https://a.example.com"),
            ("{{host + '/a'}}", "https://a.example.com"),
            ("{{shop.url}}", "https://b.example.com https://d.example.com"),
            (
                "{{on ? host : 'https://e.example.com'}}",
                "https://a.example.com https://e.example.com",
            ),
            ("{{on && host}}", "https://a.example.com"),
            ("https://f.example.com/{{x}}", "https://f.example.com"),
            ("https://{{x}}.example.com/", "? page-data"),
            ("{{list[0]}}", "? not-followed"),
            ("{{m.of(host)}}", "? not-followed"),
        ] {
            assert_eq!(leads(&format!("<web-view src=\"{src}\"/>"), script), expected, "{src}");
        }
        for template in [
            "<block wx:for=\"{{list}}\" wx:for-item=\"host\"><web-view src=\"{{host}}\"/></block>",
            "<template name=\"t\"><web-view src=\"{{host}}\"/></template>",
            "<wxs module=\"host\">module.exports = 1</wxs><web-view src=\"{{host}}\"/>",
        ] {
            assert_eq!(leads(template, script), "? page-data", "{template}");
        }
    }
}
