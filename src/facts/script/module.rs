//! What a module asks for and gives, in `CommonJS` and ES alike. `require`, `module` and `exports`
//! count only where the file does not declare them; inside a bundle they are parameters and say
//! nothing of this file.

use super::context::Position;
use super::kind::{Kind, Part};
use super::nodes::Node;
use super::read::Reader;
use super::{Argument, Export, ExportName, Expr, ExprId, Import, ImportedName, Key, scope};
use crate::text::Span;

impl Reader<'_, '_> {
    fn import(&mut self, specifier: &str, span: Span, type_only: bool) -> u32 {
        let index = u32::try_from(self.facts.imports.len()).unwrap_or(u32::MAX);
        self.facts.imports.push(Import { specifier: specifier.into(), span, type_only });
        index
    }

    fn import_at(&mut self, source: Node, type_only: bool) -> u32 {
        let nodes = self.nodes;
        self.import(&nodes.string(source), nodes.span(source), type_only)
    }

    fn export(&mut self, name: ExportName, value: Option<ExprId>, from: Option<u32>) {
        self.facts.exports.push(Export { name, value, from });
    }

    fn is_global(&self, expr: ExprId, expected: &str) -> bool {
        matches!(self.facts.expr(expr), Expr::Global(name) if &**name == expected)
    }

    fn is_member(&self, expr: ExprId, object: &str, expected: &str) -> bool {
        matches!(self.facts.expr(expr), &Expr::Member { object: of, ref name }
            if &**name == expected && self.is_global(of, object))
    }

    /// The module that a first argument names.
    fn specifier(&mut self, arguments: &[Argument]) -> Option<u32> {
        let first = arguments.first().filter(|first| !first.spread)?.value;
        let Expr::String(specifier) = self.facts.expr(first) else { return None };
        let specifier = specifier.clone();
        Some(self.import(&specifier, self.facts.span(first), false))
    }

    /// `require('…')`, `require.async('…')`
    pub(super) fn required(&mut self, callee: ExprId, arguments: &[Argument]) {
        if self.is_global(callee, "require") || self.is_member(callee, "require", "async") {
            self.specifier(arguments);
        }
    }

    /// `import('…')`
    pub(super) fn dynamic_import(&mut self, node: Node, arguments: &[Argument]) -> ExprId {
        let expr = match self.specifier(arguments) {
            Some(import) => Expr::Import { import, name: ImportedName::Module },
            None => Expr::Unknown,
        };
        self.push_at(expr, node)
    }

    /// `import … from '…'`, `import '…'`, `import x = require('…')`
    pub(super) fn import_statement(&mut self, node: Node) {
        let nodes = self.nodes;
        let type_only = nodes.has(node, Kind::Type);
        let clause = nodes.child_of(node, Kind::ImportRequire);
        let source = nodes.child(clause.unwrap_or(node), Part::Source);
        let Some(source) = source else {
            self.opaque(node);
            return;
        };
        let import = self.import_at(source, type_only);
        if type_only {
            return;
        }
        if let Some(name) = clause.and_then(|clause| nodes.first(clause)) {
            self.imported(name, import, ImportedName::Module);
        }
        let clause = nodes.child_of(node, Kind::ImportClause);
        for part in clause.into_iter().flat_map(|clause| nodes.children(clause)) {
            match nodes.kind(part) {
                Kind::Identifier => self.imported(part, import, ImportedName::Default),
                Kind::NamespaceImport => {
                    if let Some(name) = nodes.child_of(part, Kind::Identifier) {
                        self.imported(name, import, ImportedName::Namespace);
                    }
                }
                Kind::NamedImports => {
                    for specifier in
                        nodes.children(part).filter(|&child| !nodes.has(child, Kind::Type))
                    {
                        let Some(name) = nodes.child(specifier, Part::Name) else { continue };
                        let local = nodes.child(specifier, Part::Alias).unwrap_or(name);
                        self.imported(local, import, self.imported_name(name));
                    }
                }
                _ => {}
            }
        }
    }

    fn imported_name(&self, name: Node) -> ImportedName {
        match self.spelled(name) {
            name if &*name == "default" => ImportedName::Default,
            name => ImportedName::Named(name),
        }
    }

    fn imported(&mut self, local: Node, import: u32, name: ImportedName) {
        if let Some(binding) = self.resolve(&self.nodes.name(local)) {
            let value = self.push_at(Expr::Import { import, name }, local);
            self.give(binding, value, true);
        }
    }

    /// `import A = B.C`
    pub(super) fn import_alias(&mut self, node: Node) {
        let nodes = self.nodes;
        let mut parts = nodes.children(node).filter(|&child| nodes.kind(child) != Kind::Equals);
        if let (Some(local), Some(value)) = (parts.next(), parts.next())
            && let Some(binding) = self.resolve(&nodes.name(local))
        {
            let value = self.expression(value, Position::Bound(binding));
            self.give(binding, value, true);
        }
    }

    /// `export …` in all its forms.
    pub(super) fn export_statement(&mut self, node: Node) {
        let nodes = self.nodes;
        let type_only = nodes.has(node, Kind::Type);
        let from = nodes.child(node, Part::Source).map(|source| self.import_at(source, type_only));
        let default = nodes.has(node, Kind::Default);
        for child in nodes.children(node) {
            match (nodes.kind(child), nodes.part(child)) {
                (_, Part::Declaration) => {
                    self.statements([child]);
                    self.export_declared(child, default);
                }
                (_, Part::Value) => {
                    let value = self.expression(child, Position::Read);
                    self.export(ExportName::Default, Some(value), None);
                }
                (Kind::ExportClause, _) if !type_only => self.export_clause(child, from),
                (Kind::NamespaceExport, _) if !type_only => {
                    let name = nodes.children(child).find(|&name| nodes.kind(name) != Kind::Star);
                    if let (Some(import), Some(name)) = (from, name) {
                        let value = self
                            .push_at(Expr::Import { import, name: ImportedName::Namespace }, child);
                        self.export(self.export_name(name), Some(value), from);
                    }
                }
                (Kind::Star, _) if !type_only => {
                    self.export(ExportName::All, None, from);
                }
                (_, Part::Decorator) | (Kind::Error, _) => drop(self.opaque(child)),
                // TypeScript's `export = x`
                (_, Part::None)
                    if nodes.has(node, Kind::Equals)
                        && super::statement::is_expression(nodes.kind(child)) =>
                {
                    let value = self.expression(child, Position::Read);
                    self.export(ExportName::Whole, Some(value), None);
                }
                _ => {}
            }
        }
    }

    fn export_declared(&mut self, declaration: Node, default: bool) {
        let nodes = self.nodes;
        let names = match nodes.kind(declaration) {
            Kind::Var | Kind::Lexical => nodes
                .children(declaration)
                .filter_map(|declarator| nodes.child(declarator, Part::Name))
                .flat_map(|pattern| scope::names(nodes, pattern))
                .collect(),
            Kind::ImportAlias => nodes.first(declaration).into_iter().collect(),
            _ => nodes.child(declaration, Part::Name).into_iter().collect::<Vec<_>>(),
        };
        for name in names {
            if let Some(binding) = self.resolve(&nodes.name(name)) {
                let value = self.push_at(Expr::Name(binding), name);
                let name = if default { ExportName::Default } else { self.export_name(name) };
                self.export(name, Some(value), None);
            }
        }
    }

    fn export_clause(&mut self, clause: Node, from: Option<u32>) {
        let nodes = self.nodes;
        for specifier in
            nodes.children(clause).filter(|&child| nodes.kind(child) == Kind::ExportSpecifier)
        {
            let Some(name) =
                nodes.child(specifier, Part::Name).filter(|_| !nodes.has(specifier, Kind::Type))
            else {
                continue;
            };
            let value = match from {
                Some(import) => {
                    let name = self.imported_name(name);
                    self.push_at(Expr::Import { import, name }, specifier)
                }
                None => self.name(name, Position::Read),
            };
            let exported = nodes.child(specifier, Part::Alias).unwrap_or(name);
            self.export(self.export_name(exported), Some(value), from);
        }
    }

    fn export_name(&self, node: Node) -> ExportName {
        named(&self.spelled(node))
    }

    /// A name that may be written as a string.
    fn spelled(&self, node: Node) -> Box<str> {
        match self.nodes.kind(node) {
            Kind::String => self.nodes.string(node).into(),
            _ => self.nodes.name(node).into(),
        }
    }

    /// Notes an export, if assigning `value` to `target` is one.
    pub(super) fn exported(&mut self, target: ExprId, value: ExprId) {
        let name = match self.facts.expr(target) {
            _ if self.is_member(target, "module", "exports") => ExportName::Whole,
            &Expr::Member { object, ref name } if self.is_exports(object) => named(name),
            _ => return,
        };
        self.export(name, Some(value), None);
    }

    fn is_exports(&self, expr: ExprId) -> bool {
        self.is_global(expr, "exports") || self.is_member(expr, "module", "exports")
    }

    /// Notes an export, if the call is `Object.defineProperty(exports, '…', { value: … })` or with
    /// `get`.
    pub(super) fn defined_property(&mut self, callee: ExprId, arguments: &[Argument]) {
        let &[object, name, descriptor] = arguments else { return };
        if !self.is_member(callee, "Object", "defineProperty") || !self.is_exports(object.value) {
            return;
        }
        let Expr::String(name) = self.facts.expr(name.value) else { return };
        let name = named(name);
        let entry = |expected: &str| {
            let Expr::Object(entries) = self.facts.expr(descriptor.value) else { return None };
            let found = entries
                .iter()
                .find(|entry| matches!(&entry.key, Key::Name(name) if &**name == expected));
            found.map(|entry| entry.value)
        };
        let value = match (entry("value"), entry("get")) {
            (Some(value), _) => value,
            (None, Some(getter)) => self.result_of(getter),
            (None, None) => self.push(Expr::Unknown, self.facts.span(descriptor.value)),
        };
        self.export(name, Some(value), None);
    }

    /// What a getter gives: the one expression that it returns, or else a call of it.
    fn result_of(&mut self, getter: ExprId) -> ExprId {
        if let &Expr::Function(id) = self.facts.expr(getter)
            && let Some([only]) =
                self.facts.function(id).map(|function| function.returns.as_slice())
        {
            return *only;
        }
        let call = Expr::Call { callee: getter, arguments: Box::default(), new: false };
        self.push(call, self.facts.span(getter))
    }
}

fn named(name: &str) -> ExportName {
    if name == "default" { ExportName::Default } else { ExportName::Named(name.into()) }
}
