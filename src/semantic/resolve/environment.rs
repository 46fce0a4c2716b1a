//! Names that a build replaces: those of environment files, and those that tell the mode and the platform.
//! Invariant: what a release gets is told apart from what any build gets; of platforms there is only this one.

use super::const_eval::{ReleaseChannel, both};
use super::member::Lookup;
use super::{Resolver, ValueRef};
use crate::catalogue;
use crate::facts::script::{Expr, LogicalOperator, When};

/// Objects whose members a build replaces.
const HOLDERS: [&str; 2] = ["import.meta", "process"];
const ENVIRONMENT: &str = "env";
/// How many conditions deep a platform is asked for.
const DEPTH: u32 = 6;

/// A name whose value a build decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BuildConstant {
    /// A text that is the same in every build for WeChat.
    Platform(&'static str),
    /// The mode: `production` in a release.
    Mode,
    /// Whether it is a release.
    Release,
    /// Whether it is none.
    Development,
}

impl Resolver<'_> {
    /// Whether `at` is the object that holds the environment.
    fn is_environment(&self, at: ValueRef) -> bool {
        let Expr::Member { object, name } = self.expr(at) else { return false };
        &**name == ENVIRONMENT
            && matches!(self.expr(at.at(*object)), Expr::Global(holder)
                if HOLDERS.contains(&&**holder))
    }

    /// What the environment files say of the member `name` of `object`; `None` when it is not the environment.
    pub(super) fn member_of_environment(&mut self, object: ValueRef, name: &str) -> Option<Lookup> {
        if !self.is_environment(object) {
            return None;
        }
        let mut values = Vec::new();
        let mut released = None;
        for environment in self.modules.environments() {
            let Some(module) = self.modules.id(&environment.file) else { continue };
            let found = self.exported(module, name).unwrap_or_default();
            if released.is_none() && environment.is_of_release() && !found.is_empty() {
                released = Some(found.clone());
            }
            values.extend(found);
        }
        self.channel_read |= values.len() > 1;
        if self.channel == ReleaseChannel::Release
            && let Some(released) = released
        {
            values = released;
        }
        Some(Lookup { complete: !values.is_empty(), values })
    }

    /// Whether no build for WeChat holds the code at `at`: a condition around it asks for another platform.
    pub fn is_for_another_platform(&mut self, at: ValueRef) -> bool {
        let modules = self.modules;
        let (Some(facts), Some(index)) = (self.facts(at), modules.index(at.module)) else {
            return false;
        };
        let mut around = index.branches_around(facts, facts.span(at.expr).start());
        around.any(|branch| match branch.when {
            When::True(test) => self.on_platform(at.at(test), DEPTH) == Some(false),
            When::False(test) => self.on_platform(at.at(test), DEPTH) == Some(true),
            When::Equal(subject, value) => {
                self.same_platform(at.at(subject), at.at(value)) == Some(false)
            }
            When::Otherwise(_) | When::Thrown | When::Tried | When::Sometimes => false,
        })
    }

    /// Whether the condition `test` holds in a build for WeChat; `None` where more than the platform decides it.
    fn on_platform(&mut self, test: ValueRef, depth: u32) -> Option<bool> {
        let depth = depth.checked_sub(1)?;
        let facts = self.facts(test)?;
        let (expr, same) = facts.tested(test.expr);
        let at = test.at(expr);
        let equality = facts.equalities.binary_search_by_key(&expr, |one| one.whole).ok();
        let holds = if let Some(one) = equality.and_then(|index| facts.equalities.get(index)) {
            self.same_platform(at.at(one.left), at.at(one.right))? == one.equal
        } else {
            match self.expr(at) {
                Expr::Logical { operator, left, right } => {
                    let (left, right) = (at.at(*left), at.at(*right));
                    let absorbing = *operator == LogicalOperator::Or;
                    both(self.on_platform(left, depth), self.on_platform(right, depth), absorbing)?
                }
                Expr::Name(_) => {
                    self.reset_fuel();
                    let [value] = *self.resolve(at).as_slice() else { return None };
                    (value != at).then(|| self.on_platform(value, depth))??
                }
                _ => return None,
            }
        };
        Some(holds == same)
    }

    /// Whether two values are the same, when one is the platform's name and the other a text.
    fn same_platform(&self, left: ValueRef, right: ValueRef) -> Option<bool> {
        let text = |at: ValueRef| match self.expr(at) {
            Expr::String(text) => Some(&**text),
            _ => None,
        };
        let platform = |at: ValueRef| match self.build_constant(at) {
            Some(BuildConstant::Platform(name)) => Some(name),
            _ => None,
        };
        let (platform, text) = match (platform(left), text(right)) {
            (Some(platform), Some(text)) => (platform, text),
            _ => (platform(right)?, text(left)?),
        };
        Some(platform == text)
    }

    /// What a build puts in the place of the name at `at`.
    pub(super) fn build_constant(&self, at: ValueRef) -> Option<BuildConstant> {
        match self.expr(at) {
            Expr::Global(name) => catalogue::build_constant(name).map(BuildConstant::Platform),
            Expr::Member { object, name } if self.is_environment(at.at(*object)) => match &**name {
                "MODE" | "NODE_ENV" => Some(BuildConstant::Mode),
                "PROD" => Some(BuildConstant::Release),
                "DEV" => Some(BuildConstant::Development),
                name => catalogue::build_constant(name).map(BuildConstant::Platform),
            },
            _ => None,
        }
    }
}
