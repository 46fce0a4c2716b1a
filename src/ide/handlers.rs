//! A method and the templates that bind it. A handler is found by name among the methods that the
//! template's page or component has, own ones and its behaviours'; a template that several bring in
//! has several.

use std::collections::HashMap;

use memchr::memmem::Finder;

use crate::facts::Part;
use crate::facts::script::{BindingId, Expr, ExprId};
use crate::facts::template::{ExpressionKind, Handler, Piece, TemplateExpression};
use crate::finding::Place;
use crate::path::FilePath;
use crate::project::{Files, Ownership, Program};
use crate::semantic::methods::{self, Method};
use crate::semantic::module_graph::{ModuleGraph, ModuleId};
use crate::semantic::resolve::{Resolver, ValueRef};
use crate::text::Span;

/// What is asked about the handlers of one program.
pub(crate) struct Handlers<'a> {
    files: &'a Files,
    program: &'a Program,
    modules: ModuleGraph<'a>,
}

/// What a handler's name in a template, or a method's in a script, stands for.
#[derive(Clone, Debug)]
pub(crate) struct Named {
    /// The name.
    pub name: Box<str>,
    /// The name under the cursor, without quotes.
    pub span: Span,
    /// The methods of that name that are meant, one for each owner of the template.
    pub methods: Vec<Method>,
}

impl<'a> Handlers<'a> {
    pub(crate) fn new(files: &'a Files, program: &'a Program) -> Self {
        Self { files, program, modules: ModuleGraph::of(files, program) }
    }

    /// The methods of the page or component at `stem`.
    pub(crate) fn methods_of(&self, stem: &FilePath) -> Vec<Method> {
        let module =
            self.program.script_of(self.files, stem).and_then(|path| self.modules.id(&path));
        module.map_or_else(Vec::new, |module| methods::of_module(&self.modules, module))
    }

    /// The handler or method at byte `offset` of `path`.
    pub(crate) fn at(&self, path: &FilePath, offset: usize) -> Option<Named> {
        match self.files.get(path)?.facts().part_at(offset)? {
            Part::Template => self.in_template(path, offset),
            Part::Script => self.in_script(path, offset),
            Part::Manifest => None,
        }
    }

    fn in_template(&self, path: &FilePath, offset: usize) -> Option<Named> {
        let facts = self.files.template(path)?;
        let (name, span) = facts
            .events()
            .flat_map(|event| names_in(event.handler))
            .find(|(_, span)| span.contains(Span::at(offset)))?;
        let mut methods: Vec<Method> = Vec::new();
        for owner in self.program.owners_of_template(self.files, path) {
            for method in self.methods_of(&owner) {
                if method.name == name && !methods.contains(&method) {
                    methods.push(method);
                }
            }
        }
        Some(Named { name, span, methods })
    }

    fn in_script(&self, path: &FilePath, offset: usize) -> Option<Named> {
        let module = self.modules.id(path)?;
        let at = Span::at(offset);
        let all = methods::of_module(&self.modules, module);
        let own =
            all.iter().find(|method| &method.key.file == path && method.key.span.contains(at));
        if let Some(method) = own {
            let source = &self.files.get(path)?.source;
            let span = unquoted(source, method.key.span);
            return Some(Named { name: method.name.clone(), span, methods: vec![method.clone()] });
        }
        // `this.name`
        let (name, span) =
            self.own_members(module, |_, span| span.contains(at)).into_iter().next()?;
        let methods: Vec<Method> = all.into_iter().filter(|method| method.name == name).collect();
        (!methods.is_empty()).then_some(Named { name, span, methods })
    }

    /// The pages, components and behaviours whose options hold `method`, by the script's path
    /// without its extension.
    pub(crate) fn owners_of(&self, method: &Method) -> Vec<FilePath> {
        let own = method.key.file.without_extension();
        let holds = |path: &FilePath, word: &str| {
            let file = self.files.get(path);
            file.is_some_and(|file| Finder::new(word).find(file.source.as_bytes()).is_some())
        };
        let has_template = self.has_template(&own);
        let mut owners = vec![own];
        // A page does not forward its options.
        if has_template && method.certain && !holds(&method.key.file, "Behavior(") {
            return owners;
        }
        let word = Finder::new("behaviors");
        let spread = Finder::new("...");
        for file in self.files.iter().filter(|file| file.kind.is_module()) {
            let source = file.source.as_bytes();
            if file.path == method.key.file
                || !self.holds(&file.path)
                || (word.find(source).is_none() && spread.find(source).is_none())
            {
                continue;
            }
            let stem = file.path.without_extension();
            if !self.has_template(&stem) {
                continue;
            }
            if self.methods_of(&stem).iter().any(|other| other.key == method.key) {
                owners.push(stem);
            }
        }
        owners
    }

    /// Whether there is a template of `stem`.
    pub(crate) fn has_template(&self, stem: &FilePath) -> bool {
        self.files.contains(&self.program.template_of(self.files, stem))
    }

    /// Where templates of `owners` bind `name`, each place once.
    pub(crate) fn bindings(&self, owners: &[FilePath], name: &str) -> Vec<Place> {
        let mut places = Vec::new();
        for stem in owners {
            for path in self.program.templates_of(self.files, stem) {
                let Some(facts) = self.files.template(&path) else { continue };
                let named = facts.events().flat_map(|event| names_in(event.handler));
                let here = named.filter(|(other, _)| **other == *name);
                places.extend(here.map(|(_, span)| Place::new(&path, span)));
            }
        }
        places.sort();
        places.dedup();
        places
    }

    /// Where the scripts of `owners` say `this.name`, each place once.
    pub(crate) fn own_uses(&self, owners: &[FilePath], name: &str) -> Vec<Place> {
        let mut places = Vec::new();
        for stem in owners {
            let script = self.program.script_of(self.files, stem);
            let Some((path, module)) =
                script.and_then(|path| Some((path.clone(), self.modules.id(&path)?)))
            else {
                continue;
            };
            let uses = self.own_members(module, |own, _| own == name);
            places.extend(uses.into_iter().map(|(_, span)| Place::new(&path, span)));
        }
        places.sort();
        places.dedup();
        places
    }

    /// The pages and components whose template `path` is or is brought into.
    pub(crate) fn owners_of_template(&self, path: &FilePath) -> Vec<FilePath> {
        self.program.owners_of_template(self.files, path)
    }

    /// The template at `stem` and all that it brings in.
    pub(crate) fn templates_of(&self, stem: &FilePath) -> Vec<FilePath> {
        self.program.templates_of(self.files, stem)
    }

    /// The script at `stem`.
    pub(crate) fn script_of(&self, stem: &FilePath) -> Option<FilePath> {
        self.program.script_of(self.files, stem)
    }

    /// Whether a file is one of the program's, its packages' included.
    pub(crate) fn holds(&self, path: &FilePath) -> bool {
        self.program.owns(path) != Ownership::Foreign
    }

    /// Whether a file is other people's.
    pub(crate) fn is_foreign(&self, path: &FilePath) -> bool {
        self.program.package_of(self.files, path, &|_| None).is_some()
    }

    /// A member `name` in the script at `path` that may be the method without being written
    /// `this.name`: of something that is not followed, or taken out of `this` by destructuring.
    /// `own`: whether `this` is the page or component in question.
    pub(crate) fn other_member(&self, path: &FilePath, name: &str, own: bool) -> Option<Span> {
        let module = self.modules.id(path)?;
        let (facts, source) = (self.modules.facts(module)?, self.modules.source(module)?);
        let mut resolver = Resolver::new(&self.modules);
        for occurrence in &facts.occurrences {
            let mut expr = occurrence.expr;
            while let Expr::Member { object, name: member } = facts.expr(expr) {
                let span = facts.span(expr);
                if &**member == name {
                    let plain = source.get(..span.end())?.strip_suffix(name);
                    let dotted = plain.is_some_and(|before| before.trim_end().ends_with('.'));
                    if is_this(&mut resolver, module, *object) {
                        if own && !dotted {
                            return Some(span);
                        }
                    } else if !is_followed(&mut resolver, ValueRef::new(module, expr)) {
                        return Some(span);
                    }
                }
                expr = *object;
            }
        }
        None
    }

    /// A call `this[name]()` in the script at `path`.
    pub(crate) fn computed_call(&self, path: &FilePath) -> Option<Span> {
        let module = self.modules.id(path)?;
        let facts = self.modules.facts(module)?;
        let mut resolver = Resolver::new(&self.modules);
        facts.calls.iter().find_map(|&call| {
            let Expr::Call { callee, .. } = facts.expr(call) else { return None };
            let Expr::Index { object, .. } = facts.expr(*callee) else { return None };
            is_this(&mut resolver, module, *object).then(|| facts.span(*callee))
        })
    }

    /// The members of `this` in `module`, `that` and `self` included, that `wanted` accepts by name
    /// and place. Only these are resolved, and each name of an object once.
    fn own_members(
        &self,
        module: ModuleId,
        wanted: impl Fn(&str, Span) -> bool,
    ) -> Vec<(Box<str>, Span)> {
        let (Some(facts), Some(source)) = (self.modules.facts(module), self.modules.source(module))
        else {
            return Vec::new();
        };
        // The queries of one request share the steps of one file.
        let modules = self.modules.tracked(source.len());
        let mut resolver = Resolver::new(&modules);
        let mut known: HashMap<BindingId, bool> = HashMap::new();
        let mut found = Vec::new();
        for occurrence in &facts.occurrences {
            // `this.a.b` speaks of `a`.
            let mut expr = occurrence.expr;
            while let Expr::Member { object, name: own } = facts.expr(expr) {
                let end = facts.span(expr).end();
                let span = Span::new(end.saturating_sub(own.len()), end);
                if span.of(source) == &**own && wanted(own, span) {
                    let is_own = match facts.expr(*object) {
                        Expr::Name(binding) => *known
                            .entry(*binding)
                            .or_insert_with(|| is_this(&mut resolver, module, *object)),
                        _ => is_this(&mut resolver, module, *object),
                    };
                    if is_own {
                        found.push((own.clone(), span));
                    }
                }
                expr = *object;
            }
        }
        found
    }
}

/// Whether all that a member may be is known, or it is the platform's.
fn is_followed(resolver: &mut Resolver<'_>, at: ValueRef) -> bool {
    let mut root = at.expr;
    while let Expr::Member { object, .. } = resolver.expr(ValueRef { expr: root, ..at }) {
        root = *object;
    }
    if matches!(resolver.expr(ValueRef { expr: root, ..at }), Expr::Global(_)) {
        return true;
    }
    resolver.reset_fuel();
    let unknown = |expr: &Expr| {
        matches!(
            expr,
            Expr::Member { .. }
                | Expr::Index { .. }
                | Expr::Call { .. }
                | Expr::Parameter { .. }
                | Expr::Import { .. }
                | Expr::Unknown
        )
    };
    let sources = resolver.resolve(at);
    !sources.is_empty() && sources.iter().all(|source| !unknown(resolver.expr(*source)))
}

fn is_this(resolver: &mut Resolver<'_>, module: ModuleId, expr: ExprId) -> bool {
    let at = ValueRef::new(module, expr);
    match resolver.expr(at) {
        Expr::This(_) => true,
        Expr::Name(_) => {
            resolver.reset_fuel();
            let sources = resolver.resolve(at);
            !sources.is_empty()
                && sources.iter().all(|source| matches!(resolver.expr(*source), Expr::This(_)))
        }
        _ => false,
    }
}

/// The names that a handler's value writes out, each with its place: the value itself, or the
/// strings that a conditional chooses from.
pub(crate) fn names_in(handler: Handler<'_>) -> Vec<(Box<str>, Span)> {
    match handler {
        Handler::None => Vec::new(),
        Handler::Method(name, span) => {
            let start = span.start() + (name.len() - name.trim_start().len());
            let name = name.trim();
            vec![(name.into(), Span::new(start, start + name.len()))]
        }
        Handler::Computed(value) => match value.pieces.as_slice() {
            [Piece::Expression { expression, .. }] => {
                let mut found = Vec::new();
                strings(expression, &mut found);
                found
            }
            _ => Vec::new(),
        },
    }
}

fn strings(expression: &TemplateExpression, found: &mut Vec<(Box<str>, Span)>) {
    match &expression.kind {
        ExpressionKind::String(text) if text.len() + 2 == expression.span.len() => {
            let (start, end) = (expression.span.start() + 1, expression.span.end() - 1);
            found.push((text.clone(), Span::new(start, end)));
        }
        ExpressionKind::Conditional { consequence, alternative, .. } => {
            strings(consequence, found);
            strings(alternative, found);
        }
        ExpressionKind::Binary { operator, left, right } if matches!(&**operator, "||" | "&&") => {
            strings(left, found);
            strings(right, found);
        }
        _ => {}
    }
}

/// `span` without the quotes around it, if it has any.
pub(crate) fn unquoted(source: &str, span: Span) -> Span {
    match span.of(source).as_bytes() {
        [b'\'' | b'"', .., b'\'' | b'"'] => Span::new(span.start() + 1, span.end() - 1),
        _ => span,
    }
}
