//! What hangs on objects that every file sees: the app, and `wx` itself. Any file may assign to
//! them, so what one holds is looked for in all scripts, once.

use super::member::Lookup;
use super::{Resolver, ValueRef};
use crate::catalogue;
use crate::facts::script::Expr;
use crate::semantic::{access_path, component};

impl Resolver<'_> {
    /// The options that `App({…})` was given, when `callee` is `getApp`.
    pub(super) fn app_of(&self, callee: ValueRef) -> Option<ValueRef> {
        let Expr::Global(name) = self.expr(callee) else { return None };
        if &**name != "getApp" {
            return None;
        }
        let module = self.modules.app()?;
        let facts = self.modules.facts(module)?;
        if let Some(options) = component::options(facts) {
            return Some(ValueRef::new(module, options));
        }
        facts.calls.iter().find_map(|&call| {
            let Expr::Call { callee, arguments, .. } = facts.expr(call) else { return None };
            matches!(facts.expr(*callee), Expr::Global(name) if &**name == "App")
                .then(|| arguments.first())?
                .map(|options| ValueRef::new(module, options.value))
        })
    }

    pub(super) fn member_of_app(&mut self, app: ValueRef, name: &str) -> Lookup {
        let mut found = self.property(app, name);
        found.complete &= !found.values.is_empty();
        found
    }

    /// What the program hangs on a global object under `name`.
    pub(super) fn member_of_global(&self, global: &str, name: &str) -> Lookup {
        if !catalogue::is_platform_global(global) {
            return Lookup::default();
        }
        let values = self.modules.wx_writes(name).to_vec();
        Lookup { complete: !values.is_empty(), values }
    }

    /// What any file assigns to the member `at` of the app: `getApp().globalData.x = …`.
    pub(super) fn field_stores_on_app(&mut self, at: ValueRef) -> Vec<ValueRef> {
        if !self.is_of_app(at) {
            return Vec::new();
        }
        let path = self.facts(at).and_then(|facts| access_path::path(facts, at.expr));
        path.map_or_else(Vec::new, |path| self.modules.field_stores_on_app(&path).to_vec())
    }

    /// Whether the chain `at` begins with the app: `getApp()`, a name of it, or `this` in its own
    /// file.
    fn is_of_app(&self, at: ValueRef) -> bool {
        let Some(facts) = self.facts(at) else { return false };
        let root = access_path::root(facts, at.expr);
        access_path::is_app(facts, root)
            || (access_path::is_this(facts, root) && Some(at.module) == self.modules.app())
    }

    /// What the file gives the member `at` of a page's data by `setData`, and whether that is all.
    pub(super) fn set_data(&mut self, at: ValueRef) -> Option<Lookup> {
        let modules = self.modules;
        let facts = self.facts(at)?;
        if !access_path::is_this(facts, access_path::root(facts, at.expr)) {
            return None;
        }
        let path = access_path::path(facts, at.expr)?;
        let path = path.strip_prefix("data.")?;
        let data = modules.index(at.module)?.data();
        let values = data.set.get(path).into_iter().flatten().map(|&value| at.at(value)).collect();
        Some(Lookup { values, complete: !data.open })
    }
}
