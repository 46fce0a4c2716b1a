//! What hangs on objects that every file sees: the app, and `wx` itself. The one thing to know: any file may assign to them, so
//! what one holds is looked for in all scripts, once.

use super::member::Found;
use super::{Ref, Resolver};
use crate::facts::script::{Expr, ExprId};

/// How many members long a chain may be that is compared with another.
const CHAIN: usize = 8;

impl Resolver<'_> {
    /// The options that `App({…})` was given, when `callee` is `getApp`.
    pub(super) fn app_of(&self, callee: Ref) -> Option<Ref> {
        let Expr::Global(name) = self.expr(callee) else { return None };
        if &**name != "getApp" {
            return None;
        }
        let module = self.modules.app()?;
        let facts = self.modules.facts(module)?;
        facts.calls.iter().find_map(|&call| {
            let Expr::Call { callee, arguments, .. } = facts.expr(call) else { return None };
            matches!(facts.expr(*callee), Expr::Global(name) if &**name == "App")
                .then(|| arguments.first())?
                .map(|options| Ref::new(module, options.value))
        })
    }

    pub(super) fn member_of_app(&mut self, app: Ref, name: &str) -> Found {
        let mut found = self.property(app, name);
        found.whole &= !found.values.is_empty();
        found
    }

    /// What the program hangs on a global object under `name`.
    pub(super) fn member_of_global(&self, global: &str, name: &str) -> Found {
        if global != "wx" {
            return Found::default();
        }
        let values = self.modules.hung(name).to_vec();
        Found { whole: !values.is_empty(), values }
    }

    /// What any file assigns to the member `at` of the app: `getApp().globalData.x = …`.
    pub(super) fn written_on_app(&mut self, at: Ref) -> Vec<Ref> {
        if !self.is_app(self.root_of(at)) {
            return Vec::new();
        }
        let path = self.path_of(at);
        path.map_or_else(Vec::new, |path| self.modules.written_on_app(&path).to_vec())
    }

    /// What the file gives the member `at` of a page's data by `setData`, and whether that is all.
    pub(super) fn set_data(&mut self, at: Ref) -> Option<Found> {
        let root = self.root_of(at);
        let modules = self.modules;
        if !matches!(self.expr(root), Expr::This(_)) && !self.is_this(root) {
            return None;
        }
        let path = self.path_of(at)?;
        let path = path.strip_prefix("data.")?;
        let data = modules.index(at.module)?.data();
        let values = data.set.get(path).into_iter().flatten().map(|&value| at.at(value)).collect();
        Some(Found { values, whole: !data.open })
    }

    /// What the chain `at` begins with.
    fn root_of(&self, mut at: Ref) -> Ref {
        for _ in 0..CHAIN {
            let Expr::Member { object, .. } = self.expr(at) else { break };
            at = at.at(*object);
        }
        at
    }

    /// The names of the chain `at` after what it begins with, joined by dots.
    fn path_of(&self, at: Ref) -> Option<String> {
        let mut names: Vec<&str> = Vec::new();
        let mut part = at;
        while let Expr::Member { object, name } = self.expr(part) {
            names.push(name);
            part = part.at(*object);
            if names.len() > CHAIN {
                return None;
            }
        }
        names.reverse();
        (!names.is_empty()).then(|| names.join("."))
    }

    fn values_of_name(&self, at: Ref) -> &[ExprId] {
        let Expr::Name(binding) = self.expr(at) else { return &[] };
        let binding = self.facts(at).and_then(|facts| facts.binding(*binding));
        binding.map_or(&[], |binding| &binding.values)
    }

    fn is_this(&self, at: Ref) -> bool {
        let values = self.values_of_name(at);
        !values.is_empty()
            && values.iter().all(|&value| matches!(self.expr(at.at(value)), Expr::This(_)))
    }

    /// Whether `root` is the app: `getApp()`, a name of it, or `this` in its own file.
    fn is_app(&self, root: Ref) -> bool {
        let is_call = |at: Ref| {
            matches!(self.expr(at), Expr::Call { callee, .. }
                if matches!(self.expr(at.at(*callee)), Expr::Global(name) if &**name == "getApp"))
        };
        let own = Some(root.module) == self.modules.app();
        match self.expr(root) {
            Expr::Call { .. } => is_call(root),
            Expr::This(_) => own,
            Expr::Name(_) => {
                let values = self.values_of_name(root);
                !values.is_empty()
                    && (values.iter().all(|&value| is_call(root.at(value)))
                        || own && self.is_this(root))
            }
            _ => false,
        }
    }
}
