//! Which way a condition goes, where the program itself says so: `const ENV = 'prod'` decides `ENV
//! === 'prod'`. Only constants decide. What can change while the program runs – a property of
//! `this`, of the app, a parameter without a known argument – leaves both ways open.

use super::environment::BuildConstant;
use super::{Resolver, ValueRef};
use crate::facts::ScriptFacts;
use crate::facts::script::{BindingId, BindingKind, Expr, LogicalOperator, When};
use crate::text::Span;

/// How many conditions deep a condition may be decided by another.
pub(super) const MOST_DEEP: u32 = 4;

/// How many values of one name are told apart by their conditions: a person writes a few, a
/// minifier reuses a name for all.
const MOST_DECIDED: usize = 12;

/// Which version of the program is asked about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ReleaseChannel {
    /// What the text says at all, whatever decides a condition: an interface is named though a
    /// constant turns it off.
    #[default]
    Text,
    /// Any that runs: in development, on trial, released.
    Any,
    /// The one that users have.
    Release,
}

/// The values of `envVersion`, from the page of `wx.getAccountInfoSync`.
const VERSIONS: [&str; 3] = ["develop", "release", "trial"];
/// The one that users have.
const RELEASE: &str = "release";

/// A value that decides.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Constant {
    Text(Box<str>),
    Number(Box<str>),
    Bool(bool),
    Null,
    Undefined,
    /// An object, an array, a function: true, and equal to nothing else.
    Object,
}

impl Constant {
    fn is_true(&self) -> bool {
        match self {
            Self::Text(text) => !text.is_empty(),
            Self::Number(number) => number.parse() != Ok(0.0_f64),
            Self::Bool(value) => *value,
            Self::Null | Self::Undefined => false,
            Self::Object => true,
        }
    }
}

impl Resolver<'_> {
    /// Which way the condition `test` goes; `None` when both ways are open.
    pub(super) fn eval_condition(&mut self, test: ValueRef) -> Option<bool> {
        if self.channel == ReleaseChannel::Text {
            return None;
        }
        let facts = self.facts(test)?;
        let (expr, same) = facts.tested(test.expr);
        let at = test.at(expr);
        let equality = facts.equalities.binary_search_by_key(&expr, |one| one.whole).ok();
        let holds = match equality.and_then(|index| facts.equalities.get(index)) {
            Some(one) => self.equal(at.at(one.left), at.at(one.right))? == one.equal,
            None if matches!(self.expr(at), Expr::Call { .. }) => self.text_condition(at)?,
            None => match self.expr(at) {
                Expr::Logical { operator: LogicalOperator::And, left, right } => both(
                    self.eval_condition(at.at(*left)),
                    self.eval_condition(at.at(*right)),
                    false,
                )?,
                Expr::Logical { operator: LogicalOperator::Or, left, right } => both(
                    self.eval_condition(at.at(*left)),
                    self.eval_condition(at.at(*right)),
                    true,
                )?,
                _ => {
                    let constants = self.constants(at)?;
                    let holds = constants.first()?.is_true();
                    constants.iter().all(|constant| constant.is_true() == holds).then_some(holds)?
                }
            },
        };
        Some(holds == same)
    }

    /// Whether two values are equal: `Some` only when all that they may be says the same.
    fn equal(&mut self, left: ValueRef, right: ValueRef) -> Option<bool> {
        if let Some(holds) = self.index_condition(left, right) {
            return Some(holds);
        }
        let (left, right) = (self.constants(left)?, self.constants(right)?);
        if left.contains(&Constant::Object) || right.contains(&Constant::Object) {
            return None;
        }
        let common = left.iter().any(|one| right.contains(one));
        match (common, left.len(), right.len()) {
            (false, ..) => Some(false),
            (true, 1, 1) => Some(true),
            _ => None,
        }
    }

    /// Every value that `at` may be, when all are constants of the program.
    fn constants(&mut self, at: ValueRef) -> Option<Vec<Constant>> {
        if self.condition_depth >= MOST_DEEP || !self.is_constant(at) {
            return None;
        }
        self.condition_depth += 1;
        let sources = self.resolve(at);
        self.condition_depth -= 1;
        let constants: Option<Vec<_>> =
            sources.into_iter().map(|source| self.constant(source)).collect();
        constants.filter(|constants| !constants.is_empty())
    }

    fn constant(&mut self, source: ValueRef) -> Option<Constant> {
        Some(match self.expr(source) {
            Expr::String(text) => Constant::Text(text.clone()),
            Expr::Number(number) => Constant::Number(number.clone()),
            Expr::Bool(value) => Constant::Bool(*value),
            Expr::Null => Constant::Null,
            Expr::Undefined => Constant::Undefined,
            Expr::Object(_) | Expr::Array(_) | Expr::Function(_) | Expr::Class { .. } => {
                Constant::Object
            }
            _ if let Some(constant) = self.build_constant(source) => self.decided(constant)?,
            _ if self.is_version(source) && self.channel == ReleaseChannel::Release => {
                Constant::Text(RELEASE.into())
            }
            _ if self.is_absent(source) => Constant::Undefined,
            _ => return None,
        })
    }

    /// The value of a name that a build replaces; `None` where it depends on the build.
    fn decided(&mut self, constant: BuildConstant) -> Option<Constant> {
        if let BuildConstant::Platform(name) = constant {
            return Some(Constant::Text(name.into()));
        }
        self.channel_read = true;
        (self.channel == ReleaseChannel::Release).then(|| match constant {
            BuildConstant::Release => Constant::Bool(true),
            BuildConstant::Development => Constant::Bool(false),
            _ => Constant::Text("production".into()),
        })
    }

    /// Whether `at` is a name, or a member of one, that only the program's own text gives values:
    /// what hangs on `this` or comes out of a call changes while it runs.
    fn is_constant(&mut self, at: ValueRef) -> bool {
        let mut part = at;
        loop {
            match self.expr(part) {
                Expr::Member { object, .. } | Expr::Index { object, .. } => part = part.at(*object),
                Expr::This(_) | Expr::Super => return false,
                Expr::Call { .. } | Expr::Global(_) => {
                    return self.build_constant(at).is_some() || self.is_version(at);
                }
                Expr::Name(binding) => return self.is_given_once(part, *binding),
                _ => return true,
            }
        }
    }

    /// Whether a name has its value from its declaration on.
    fn is_given_once(&self, at: ValueRef, binding: BindingId) -> bool {
        let Some(facts) = self.facts(at) else { return false };
        let Some(binding) = facts.binding(binding) else { return false };
        match binding.kind {
            BindingKind::Let | BindingKind::Var => {
                let [value] = *binding.values.as_slice() else { return false };
                let between = self
                    .modules
                    .source(at.module)
                    .and_then(|source| source.get(binding.span.end()..facts.span(value).start()));
                between.is_some_and(|between| {
                    between.trim_start().starts_with(['=', ':']) && !between.contains(';')
                })
            }
            BindingKind::Other => false,
            _ => true,
        }
    }

    /// Whether `at` is the platform's word for which release runs:
    /// `wx.getAccountInfoSync().miniProgram.envVersion` or `__wxConfig.envVersion`.
    pub(super) fn is_version(&mut self, at: ValueRef) -> bool {
        let Expr::Member { object, name } = self.expr(at) else { return false };
        if &**name != "envVersion" {
            return false;
        }
        let is_it =
            self.resolve(at.at(*object)).into_iter().any(|account| match self.expr(account) {
                Expr::Global(name) => &**name == "__wxConfig",
                Expr::Member { object, name } if &**name == "miniProgram" => {
                    let calls = self.resolve(account.at(*object));
                    calls.into_iter().any(|call| self.is_call_of(call, "getAccountInfoSync"))
                }
                _ => false,
            });
        self.channel_read |= is_it;
        is_it
    }

    /// Whether `at` is a call of a method `name`.
    fn is_call_of(&self, at: ValueRef, name: &str) -> bool {
        let Expr::Call { callee, .. } = self.expr(at) else { return false };
        matches!(self.expr(at.at(*callee)), Expr::Member { name: own, .. } if &**own == name)
    }

    /// Whether the code at `at` can run at all: no condition around it is decided against it.
    pub(super) fn is_feasible(&mut self, at: ValueRef) -> bool {
        let modules = self.modules;
        let (Some(facts), Some(index)) = (self.facts(at), modules.index(at.module)) else {
            return true;
        };
        index.branches_around(facts, facts.span(at.expr).start()).all(|branch| match branch.when {
            _ if !self.spend() => true,
            When::True(test) => self.eval_condition(at.at(test)) != Some(false),
            When::False(test) => self.eval_condition(at.at(test)) != Some(true),
            When::Equal(subject, value) => self.equal(at.at(subject), at.at(value)) != Some(false),
            When::Otherwise(subject) => !facts.branches.iter().any(|other| {
                matches!(other.when, When::Equal(same, value) if same == subject
                        && self.equal(at.at(subject), at.at(value)) == Some(true))
            }),
            When::Thrown => !self.is_without_version(facts, branch.span),
            When::Tried | When::Sometimes => true,
        })
    }

    /// Whether `caught`, a `catch`, runs only where the platform cannot tell which version runs,
    /// and a release is asked about: all that its `try` calls is `wx.getAccountInfoSync`.
    fn is_without_version(&mut self, facts: &ScriptFacts, caught: Span) -> bool {
        let tried = facts
            .branches
            .iter()
            .filter(|one| one.when == When::Tried && one.span.end() <= caught.start())
            .max_by_key(|one| one.span.end());
        let Some(tried) = tried else { return false };
        let first =
            facts.calls.partition_point(|&call| facts.span(call).start() < tried.span.start());
        let mut calls = facts
            .calls
            .iter()
            .skip(first)
            .take_while(|&&call| facts.span(call).start() < tried.span.end())
            .peekable();
        let asks = calls.peek().is_some()
            && calls.all(|&call| {
                let Expr::Call { callee, .. } = facts.expr(call) else { return false };
                matches!(facts.expr(*callee), Expr::Member { name, .. }
                    if &**name == "getAccountInfoSync")
            });
        self.channel_read |= asks;
        asks && self.channel == ReleaseChannel::Release
    }

    /// The values of `values` that code gives which can run; all of them when none could.
    pub(super) fn feasible_values(&mut self, values: Vec<ValueRef>) -> Vec<ValueRef> {
        if self.channel == ReleaseChannel::Text || !(2..=MOST_DECIDED).contains(&values.len()) {
            return values;
        }
        let live: Vec<ValueRef> =
            values.iter().copied().filter(|&value| self.is_feasible(value)).collect();
        if live.is_empty() { values } else { live }
    }

    /// The versions that a key may be, when it is the platform's word for them.
    pub(super) fn versions(&mut self, key: ValueRef) -> &'static [&'static str] {
        match (self.is_version(key), self.channel) {
            (false, _) => &[],
            (true, ReleaseChannel::Text | ReleaseChannel::Any) => &VERSIONS,
            (true, ReleaseChannel::Release) => &[RELEASE],
        }
    }
}

/// `&&` of two conditions, or with `absorbing` true `||`: one that is decided so decides the whole.
pub(super) fn both(left: Option<bool>, right: Option<bool>, absorbing: bool) -> Option<bool> {
    match (left, right) {
        (Some(one), _) | (_, Some(one)) if one == absorbing => Some(absorbing),
        (Some(_), Some(_)) => Some(!absorbing),
        _ => None,
    }
}
